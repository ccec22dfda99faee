/* SPDX-License-Identifier: MIT */
/* fleet_list: a row is a pointer, and what stands in it is said when it is to be seen: ten thousand rows
 * cost no more than those on the screen. */
#include "fleet_list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "fleet_rows.h"
#include "fleet_spark.h"
#include "vmm/fleet_words.h"

#define PADDING 20 /* of a cell and its heading's arrow */

static const struct {
  VmmFleetColumn column;
  enum { FIGURE, INTERVAL, CURVE } kind;
  float align;
  int   width; /* characters */
} columns[] = {
  { VMM_FLEET_GUEST, FIGURE, 0, 19 },  { VMM_FLEET_HOST, FIGURE, 0, 10 },
  { VMM_FLEET_VMM, FIGURE, 0, 11 },    { VMM_FLEET_TYPE, FIGURE, 0, 11 },
  { VMM_FLEET_SCORE, FIGURE, 1, 9 },   { VMM_FLEET_SCORE, INTERVAL, 1, 14 },
  { VMM_FLEET_SCORE, CURVE, 0, 11 },   { VMM_FLEET_STOLEN, FIGURE, 1, 9 },
  { VMM_FLEET_QUALITY, FIGURE, 0, 9 }, { VMM_FLEET_HEARD, FIGURE, 0, 20 },
};

struct _VmmFleetList {
  GtkTreeView        parent;
  VmmFleetRows      *rows;
  GtkTreeViewColumn *views[G_N_ELEMENTS (columns)];
  VmmFleet          *fleet;  /* lent */
  GHashTable        *curves; /* lent */
  char              *matching;
  guint              sorted; /* number of the column */
  gboolean           reversed, filling;
};

G_DEFINE_TYPE (VmmFleetList, vmm_fleet_list, GTK_TYPE_TREE_VIEW)

static guint chosen_signal;

/* ---- Rows */

static VmmFleetGuest *
get_guest (GtkTreeModel *model, GtkTreeIter *row)
{
  gpointer guest;

  gtk_tree_model_get (model, row, 0, &guest, -1);
  return guest;
}

const VmmFleetGuest *
vmm_fleet_list_get_chosen (VmmFleetList *list)
{
  GtkTreeSelection *selection = gtk_tree_view_get_selection (GTK_TREE_VIEW (list));
  GtkTreeModel     *model;
  GtkTreeIter       row;

  return gtk_tree_selection_get_selected (selection, &model, &row) ? get_guest (model, &row) : NULL;
}

static gboolean
is_same (const VmmFleetGuest *guest, const char *name, const char *job)
{
  return name && strcmp (guest->guest, name) == 0 && strcmp (guest->job, job) == 0;
}

/* Those that match (borrowed), and which of them is chosen: G_MAXUINT = none. */
static GPtrArray *
find_matching (const VmmFleetList *list, const char *name, const char *job, guint *ret_chosen)
{
  GPtrArray       *found = g_ptr_array_new ();
  const GPtrArray *guests = list->fleet ? list->fleet->guests : NULL;

  *ret_chosen = G_MAXUINT;
  for (guint i = 0; guests && i < guests->len; i++) {
    if (!vmm_fleet_matches (guests->pdata[i], list->matching))
      continue;
    if (is_same (guests->pdata[i], name, job))
      *ret_chosen = found->len;
    g_ptr_array_add (found, guests->pdata[i]);
  }
  return found;
}

/* What is to be seen is looked at again, by assistive technology as well. */
static void
tell_seen (VmmFleetList *list)
{
  g_autoptr (GtkTreePath) first = NULL, last = NULL;

  if (gtk_tree_view_get_visible_range (GTK_TREE_VIEW (list), &first, &last))
    vmm_fleet_rows_tell (list->rows, gtk_tree_path_get_indices (first)[0],
                         gtk_tree_path_get_indices (last)[0]);
}

void
vmm_fleet_list_set_curves (VmmFleetList *list, GHashTable *curves)
{
  list->curves = curves;
}

GPtrArray *
vmm_fleet_list_get_seen (VmmFleetList *list, gint64 *ret_now_us)
{
  GtkTreeView  *view = GTK_TREE_VIEW (list);
  GtkTreeModel *model = gtk_tree_view_get_model (view);
  GPtrArray    *seen = g_ptr_array_new ();
  GtkTreeIter   row;
  g_autoptr (GtkTreePath) first = NULL, last = NULL;

  *ret_now_us = list->fleet ? list->fleet->now_us : 0;
  if (!list->fleet || !model || !gtk_widget_get_mapped (GTK_WIDGET (list)) ||
      !gtk_tree_view_get_visible_range (view, &first, &last))
    return seen;
  for (int i = gtk_tree_path_get_indices (first)[0]; i <= gtk_tree_path_get_indices (last)[0]; i++)
    if (gtk_tree_model_iter_nth_child (model, &row, NULL, i))
      g_ptr_array_add (seen, get_guest (model, &row));
  return seen;
}

/* As many rows as before stay where they are on the screen. */
static void
set_rows (VmmFleetList *list, GPtrArray *guests)
{
  GtkTreeView  *view = GTK_TREE_VIEW (list);
  GtkTreeModel *model = GTK_TREE_MODEL (list->rows);
  gboolean      is_shown = gtk_tree_view_get_model (view) != NULL;
  gboolean      is_as_long = gtk_tree_model_iter_n_children (model, NULL) == (int) guests->len;

  if (!is_as_long)
    gtk_tree_view_set_model (view, NULL);
  vmm_fleet_rows_set (list->rows, guests);
  if (is_shown && is_as_long)
    tell_seen (list);
  else
    gtk_tree_view_set_model (view, model);
}

static void
fill (VmmFleetList *list, const char *name, const char *job)
{
  GtkTreeView      *view = GTK_TREE_VIEW (list);
  GtkTreeSelection *selection = gtk_tree_view_get_selection (view);
  guint             chosen;

  set_rows (list, find_matching (list, name, job, &chosen));
  if (chosen == G_MAXUINT) {
    gtk_tree_selection_unselect_all (selection);
    return;
  }
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices ((int) chosen, -1);
  if (!gtk_tree_selection_path_is_selected (selection, path))
    gtk_tree_view_set_cursor (view, path, NULL, FALSE);
}

/* In the order that is asked for. `name`: of the guest that is chosen, NULL = none. */
static void
refill (VmmFleetList *list, const char *name, const char *job)
{
  if (list->fleet)
    vmm_fleet_sort (list->fleet, columns[list->sorted].column, list->reversed, FALSE);
  list->filling = TRUE;
  fill (list, name, job);
  list->filling = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    gtk_tree_view_column_set_sort_indicator (list->views[i], i == list->sorted);
    gtk_tree_view_column_set_sort_order (list->views[i],
                                         list->reversed ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  }
}

void
vmm_fleet_list_show (VmmFleetList *list, VmmFleet *fleet, const char *matching)
{
  const VmmFleetGuest *chosen = vmm_fleet_list_get_chosen (list);
  g_autofree char     *name = chosen ? g_strdup (chosen->guest) : NULL;
  g_autofree char     *job = chosen ? g_strdup (chosen->job) : NULL;

  list->fleet = fleet;
  g_free (list->matching);
  list->matching = g_strdup (matching);
  refill (list, name, job);
}

static void
on_clicked (const GtkTreeViewColumn *column, gpointer data)
{
  VmmFleetList        *list = data;
  const VmmFleetGuest *chosen = vmm_fleet_list_get_chosen (list);
  guint                i = 0;

  while (list->views[i] != column)
    i++;
  list->reversed = i == list->sorted && !list->reversed;
  list->sorted = i;
  refill (list, chosen ? chosen->guest : NULL, chosen ? chosen->job : NULL);
}

static void
on_selection_changed (GtkTreeSelection *selection, gpointer data)
{
  VmmFleetList *list = data;

  if (!list->filling)
    g_signal_emit (list, chosen_signal, 0);
}

/* ---- Making */

static void
set_text (GtkTreeViewColumn *view, GtkCellRenderer *cell, GtkTreeModel *model, GtkTreeIter *row,
          gpointer data)
{
  VmmFleetList        *list = VMM_FLEET_LIST (gtk_tree_view_column_get_tree_view (view));
  const VmmFleetGuest *guest = get_guest (model, row);
  guint                i = GPOINTER_TO_UINT (data);
  g_autofree char     *text = columns[i].kind == INTERVAL
                                  ? vmm_fleet_interval (guest)
                                  : vmm_fleet_cell (list->fleet, guest, columns[i].column);

  g_object_set (cell, "text", text, "sensitive", guest->is_heard, NULL);
}

static void
set_curve (GtkTreeViewColumn *view, GtkCellRenderer *cell, GtkTreeModel *model, GtkTreeIter *row,
           gpointer data)
{
  const VmmFleetList  *list = VMM_FLEET_LIST (gtk_tree_view_column_get_tree_view (view));
  const VmmFleetGuest *guest = get_guest (model, row);
  g_autofree char     *key = vmm_fleet_key (guest->job, guest->guest);

  vmm_fleet_spark_set (VMM_FLEET_SPARK (cell),
                       list->curves ? g_hash_table_lookup (list->curves, key) : NULL);
}

static const char *
get_title (guint i)
{
  return columns[i].kind == INTERVAL ? _ ("95 %")
         : columns[i].kind == CURVE  ? _ ("Last 24 h")
                                     : vmm_fleet_heading (columns[i].column);
}

static void
add_column (VmmFleetList *list, guint i)
{
  gboolean         is_curve = columns[i].kind == CURVE;
  GtkCellRenderer *cell =
      is_curve ? g_object_new (VMM_TYPE_FLEET_SPARK, NULL) : gtk_cell_renderer_text_new ();
  GtkTreeViewColumn *view = gtk_tree_view_column_new ();

  if (!is_curve)
    g_object_set (cell, "xalign", columns[i].align, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_tree_view_column_set_title (view, get_title (i));
  gtk_tree_view_column_pack_start (view, cell, TRUE);
  gtk_tree_view_column_set_cell_data_func (view, cell, is_curve ? set_curve : set_text,
                                           GUINT_TO_POINTER (i), NULL);
  gtk_tree_view_column_set_alignment (view, columns[i].align);
  gtk_tree_view_column_set_sizing (view, GTK_TREE_VIEW_COLUMN_FIXED);
  gtk_tree_view_column_set_resizable (view, TRUE);
  gtk_tree_view_column_set_clickable (view, !is_curve);
  g_signal_connect (view, "clicked", G_CALLBACK (on_clicked), list);
  gtk_tree_view_append_column (GTK_TREE_VIEW (list), view);
  list->views[i] = view;
}

/* Widths are those of the font. */
static void
on_style_updated (GtkWidget *widget)
{
  PangoContext     *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics =
      pango_context_get_metrics (context, NULL, pango_context_get_language (context));
  int letter = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_char_width (metrics));

  GTK_WIDGET_CLASS (vmm_fleet_list_parent_class)->style_updated (widget);
  pango_font_metrics_unref (metrics);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    gtk_tree_view_column_set_fixed_width (VMM_FLEET_LIST (widget)->views[i],
                                          columns[i].width * letter * 11 / 10 + PADDING);
}

/* The chosen guest stays in sight when its day is shown below. */
static void
on_size_allocate (GtkWidget *widget, GdkRectangle *allocation)
{
  GtkTreeView *view = GTK_TREE_VIEW (widget);
  GtkTreePath *path = NULL;
  gboolean     shrinks = allocation->height < gtk_widget_get_allocated_height (widget);

  GTK_WIDGET_CLASS (vmm_fleet_list_parent_class)->size_allocate (widget, allocation);
  if (shrinks)
    gtk_tree_view_get_cursor (view, &path, NULL);
  if (path)
    gtk_tree_view_scroll_to_cell (view, path, NULL, FALSE, 0, 0);
  gtk_tree_path_free (path);
}

static void
dispose (GObject *object)
{
  VMM_FLEET_LIST (object)->filling = TRUE; /* nobody is told any more */
  G_OBJECT_CLASS (vmm_fleet_list_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  VmmFleetList *list = VMM_FLEET_LIST (object);

  g_object_unref (list->rows);
  g_free (list->matching);
  G_OBJECT_CLASS (vmm_fleet_list_parent_class)->finalize (object);
}

static void
vmm_fleet_list_class_init (VmmFleetListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = dispose;
  G_OBJECT_CLASS (class)->finalize = finalize;
  GTK_WIDGET_CLASS (class)->size_allocate = on_size_allocate;
  GTK_WIDGET_CLASS (class)->style_updated = on_style_updated;
  chosen_signal = g_signal_new ("chosen", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
vmm_fleet_list_init (VmmFleetList *list)
{
  GtkTreeView *view = GTK_TREE_VIEW (list);

  list->rows = vmm_fleet_rows_new ();
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    add_column (list, i);
    if (columns[i].column == VMM_FLEET_SCORE && columns[i].kind == FIGURE)
      list->sorted = i;
  }
  gtk_tree_view_set_fixed_height_mode (view, TRUE);
  gtk_tree_view_set_enable_search (view, FALSE);
  g_signal_connect (list, "cursor-changed", G_CALLBACK (tell_seen), NULL);
  g_signal_connect (gtk_tree_view_get_selection (view), "changed",
                    G_CALLBACK (on_selection_changed), list);
}
