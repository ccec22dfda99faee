/* SPDX-License-Identifier: MIT */
/* run_list: rows in columns, chosen from and edited. */
#include "run_list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "run_rows.h"

enum { CHOSEN, RELABELLED, UNWANTED, N_SIGNALS };

static guint signals[N_SIGNALS];

/* clang-format off */
static const struct {
  const char *title;
  int   text, sort;
  float align;
  int   width; /* characters at least, 0 = as wide as it is */
  const char *help;
} columns[] = {
  { NC_ ("column", "Date"),          VMM_RUN_DATE,     VMM_RUN_CREATED,  0, 0,
    N_ ("When the run began.") },
  { NC_ ("column", "VMM"),           VMM_RUN_VMM,      VMM_RUN_VMM,      0, 10,
    N_ ("The virtual machine monitor that served the guest.") },
  { NC_ ("column", "Label"),         VMM_RUN_LABEL,    VMM_RUN_LABEL,    0, 9,
    N_ ("Your own words for the run: F2 edits them.") },
  { NC_ ("column", "Score"),         VMM_RUN_SCORE,    VMM_RUN_TOTAL,    1, 0,
    N_ ("100 is the reference guest, 200 is served twice as fast; in brackets: not for comparison.") },
  { /* xgettext:no-c-format */ NC_ ("column", "95 % interval"), VMM_RUN_INTERVAL, VMM_RUN_LOW,      1, 0,
    N_ ("Where the score would lie 95 times out of 100 if the same guest were measured again within the hour.") },
  { NC_ ("column", "Quality"),       VMM_RUN_WINDOW,   VMM_RUN_QUALITY,  0, 0,
    N_ ("What else went on while it was measured: clean, busy, disturbed or invalid.") },
};
/* clang-format on */

struct _VmmRunList {
  GtkTreeView        parent;
  GtkListStore      *rows;
  GtkTreeModel      *found, *sorted;
  GtkTreeViewColumn *label_column;
  GtkCellRenderer   *label_cell, *cells[G_N_ELEMENTS (columns)];
  char             **words; /* searched for */
  gboolean           filling;
};

G_DEFINE_TYPE (VmmRunList, vmm_run_list, GTK_TYPE_TREE_VIEW)

/* ---- Rows */

void
vmm_run_list_set_entries (VmmRunList *list, const GPtrArray *entries)
{
  list->filling = TRUE;
  vmm_run_rows_set (list->rows, entries, g_get_real_time ());
  list->filling = FALSE;
  g_signal_emit (list, signals[CHOSEN], 0);
}

static gboolean
is_found (GtkTreeModel *rows, GtkTreeIter *row, gpointer data)
{
  return vmm_run_rows_have_words (rows, row, VMM_RUN_LIST (data)->words);
}

void
vmm_run_list_search (VmmRunList *list, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  g_strfreev (list->words);
  list->words = g_strsplit_set (folded, " \t", -1);
  gtk_tree_model_filter_refilter (GTK_TREE_MODEL_FILTER (list->found));
}

/* ---- Choice */

static void
on_selection_changed (GtkTreeSelection *selection, gpointer data)
{
  VmmRunList *list = data;

  if (!list->filling)
    g_signal_emit (list, signals[CHOSEN], 0);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
add_id (GtkTreeModel *model, GtkTreePath *path, GtkTreeIter *row, gpointer ids)
{
  char *id;

  gtk_tree_model_get (model, row, VMM_RUN_ID, &id, -1);
  g_ptr_array_add (ids, id);
}

char **
vmm_run_list_get_chosen (VmmRunList *list)
{
  GPtrArray *ids = g_ptr_array_new ();

  gtk_tree_selection_selected_foreach (gtk_tree_view_get_selection (GTK_TREE_VIEW (list)), add_id,
                                       ids);
  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}

static void
choose_row (VmmRunList *list, GtkTreeIter *row, gboolean first)
{
  GtkTreeView      *view = GTK_TREE_VIEW (list);
  GtkTreeSelection *selection = gtk_tree_view_get_selection (view);
  g_autoptr (GtkTreePath) path = gtk_tree_model_get_path (list->sorted, row);

  if (first) { /* it unselects all others */
    gtk_tree_view_set_cursor (view, path, NULL, FALSE);
    gtk_tree_view_scroll_to_cell (view, path, NULL, FALSE, 0, 0);
  }
  gtk_tree_selection_select_path (selection, path);
}

void
vmm_run_list_choose (VmmRunList *list, char *const *ids)
{
  GtkTreeIter row;
  gboolean    more = gtk_tree_model_get_iter_first (list->sorted, &row), first = TRUE;

  list->filling = TRUE;
  for (; more; more = gtk_tree_model_iter_next (list->sorted, &row)) {
    g_autofree char *id = NULL;
    gtk_tree_model_get (list->sorted, &row, VMM_RUN_ID, &id, -1);
    if (!g_strv_contains ((const char *const *) ids, id))
      continue;
    choose_row (list, &row, first);
    first = FALSE;
  }
  list->filling = FALSE;
  g_signal_emit (list, signals[CHOSEN], 0);
}

guint
vmm_run_list_count_shown (VmmRunList *list)
{
  return (guint) gtk_tree_model_iter_n_children (list->sorted, NULL);
}

/* By how much the user made it wider than its title is. */
static int
get_excess (GtkTreeViewColumn *column)
{
  int title, fixed = gtk_tree_view_column_get_fixed_width (column);

  gtk_widget_get_preferred_width (gtk_tree_view_column_get_button (column), &title, NULL);
  return fixed < 0 ? 0 : MAX (0, fixed - title);
}

int
vmm_run_list_get_columns_width (VmmRunList *list)
{
  int width;

  gtk_widget_get_preferred_width (GTK_WIDGET (list), &width, NULL);
  for (int i = 0; i < (int) G_N_ELEMENTS (columns); i++)
    width -= get_excess (gtk_tree_view_get_column (GTK_TREE_VIEW (list), i));
  return width;
}

/* ---- Label */

/* Begins to edit the label of the run with the cursor. */
static void
edit_label (VmmRunList *list)
{
  g_autoptr (GtkTreePath) path = NULL;

  gtk_tree_view_get_cursor (GTK_TREE_VIEW (list), &path, NULL);
  if (!path)
    return;
  /* On the cell: without one, GTK 3.24 swallows the first arrow key after the editing. */
  gtk_tree_view_set_cursor_on_cell (GTK_TREE_VIEW (list), path, list->label_column,
                                    list->label_cell, TRUE);
}

gboolean
vmm_run_list_is_edited (VmmRunList *list)
{
  gboolean edited;

  g_object_get (list->label_cell, "editing", &edited, NULL);
  return edited;
}

static void
on_edited (GtkCellRendererText *cell, char *path, char *text, gpointer data)
{
  VmmRunList      *list = data;
  GtkTreeIter      row;
  g_autofree char *id = NULL, *label = NULL;

  if (!gtk_tree_model_get_iter_from_string (list->sorted, &row, path))
    return;
  gtk_tree_model_get (list->sorted, &row, VMM_RUN_ID, &id, VMM_RUN_LABEL, &label, -1);
  if (strcmp (label, text) != 0)
    g_signal_emit (list, signals[RELABELLED], 0, id, text);
}

static gboolean
on_key_press (GtkWidget *widget, GdkEventKey *event)
{
  VmmRunList *list = VMM_RUN_LIST (widget);
  guint       modifiers = event->state & gtk_accelerator_get_default_mod_mask ();

  if (GTK_WIDGET_CLASS (vmm_run_list_parent_class)->key_press_event (widget, event))
    return GDK_EVENT_STOP;
  if (event->keyval == GDK_KEY_F2 && !modifiers)
    edit_label (list);
  else if ((event->keyval == GDK_KEY_Delete || event->keyval == GDK_KEY_KP_Delete) && !modifiers)
    g_signal_emit (list, signals[UNWANTED], 0);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* ---- Making */

static void
add_column (VmmRunList *list, guint i)
{
  GtkCellRenderer   *cell = gtk_cell_renderer_text_new ();
  GtkTreeViewColumn *column = gtk_tree_view_column_new_with_attributes (
      g_dpgettext2 (GETTEXT_PACKAGE, "column", columns[i].title), cell, "text", columns[i].text,
      NULL);

  g_object_set (cell, "xalign", columns[i].align, NULL);
  list->cells[i] = cell;
  if (columns[i].width)
    g_object_set (cell, "width-chars", columns[i].width, NULL);
  if (columns[i].text == VMM_RUN_VMM || columns[i].text == VMM_RUN_LABEL) /* of any length */
    g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, NULL);
  gtk_tree_view_column_set_alignment (column, columns[i].align);
  gtk_tree_view_column_set_sort_column_id (column, columns[i].sort);
  gtk_tree_view_column_set_resizable (column, TRUE);
  gtk_tree_view_column_set_expand (column, columns[i].text == VMM_RUN_LABEL ||
                                               columns[i].text == VMM_RUN_VMM);
  gtk_tree_view_append_column (GTK_TREE_VIEW (list), column);
  gtk_widget_set_tooltip_text (gtk_tree_view_column_get_button (column), _ (columns[i].help));
  if (columns[i].text != VMM_RUN_LABEL)
    return;
  list->label_column = column;
  list->label_cell = cell;
  gtk_tree_view_column_add_attribute (column, cell, "editable", VMM_RUN_READABLE);
  g_signal_connect (cell, "edited", G_CALLBACK (on_edited), list);
}

/* All rows are as high as a line of text: a word that finds no room is cut, not wrapped. */
static void
on_style_updated (GtkWidget *widget)
{
  VmmRunList       *list = VMM_RUN_LIST (widget);
  PangoContext     *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics =
      pango_context_get_metrics (context, NULL, pango_context_get_language (context));
  int line = PANGO_PIXELS_CEIL (pango_font_metrics_get_ascent (metrics)) +
             PANGO_PIXELS_CEIL (pango_font_metrics_get_descent (metrics));
  int padding;

  GTK_WIDGET_CLASS (vmm_run_list_parent_class)->style_updated (widget);
  pango_font_metrics_unref (metrics);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    gtk_cell_renderer_get_padding (list->cells[i], NULL, &padding);
    gtk_cell_renderer_set_fixed_size (list->cells[i], -1, line + 2 * padding);
  }
}

static void
finalize (GObject *object)
{
  VmmRunList *list = VMM_RUN_LIST (object);

  g_object_unref (list->sorted);
  g_object_unref (list->found);
  g_object_unref (list->rows);
  g_strfreev (list->words);
  G_OBJECT_CLASS (vmm_run_list_parent_class)->finalize (object);
}

static void
dispose (GObject *object)
{
  VMM_RUN_LIST (object)->filling = TRUE; /* nobody is told any more */
  G_OBJECT_CLASS (vmm_run_list_parent_class)->dispose (object);
}

static void
vmm_run_list_class_init (VmmRunListClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dispose;
  G_OBJECT_CLASS (class)->finalize = finalize;
  GTK_WIDGET_CLASS (class)->key_press_event = on_key_press;
  GTK_WIDGET_CLASS (class)->style_updated = on_style_updated;
  signals[CHOSEN] =
      g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RELABELLED] = g_signal_new ("relabelled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[UNWANTED] =
      g_signal_new ("unwanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vmm_run_list_init (VmmRunList *list)
{
  GtkTreeView      *view = GTK_TREE_VIEW (list);
  GtkTreeSelection *selection = gtk_tree_view_get_selection (view);

  list->rows = vmm_run_rows_new ();
  list->found = gtk_tree_model_filter_new (GTK_TREE_MODEL (list->rows), NULL);
  gtk_tree_model_filter_set_visible_func (GTK_TREE_MODEL_FILTER (list->found), is_found, list,
                                          NULL);
  list->sorted = vmm_run_rows_sort (list->found);
  gtk_tree_view_set_model (view, list->sorted);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (list, i);
  gtk_tree_view_set_enable_search (view, FALSE);
  gtk_tree_view_set_tooltip_column (view, VMM_RUN_TOOLTIP);
  gtk_tree_selection_set_mode (selection, GTK_SELECTION_MULTIPLE);
  g_signal_connect (selection, "changed", G_CALLBACK (on_selection_changed), list);
}
