/* SPDX-License-Identifier: MIT */
/* run_list: entries of the store in a model, the model in columns. */
#include "run_list.h"

#include <math.h>
#include <string.h>

#include "vmm/store.h"

enum {
  ID,
  CREATED, /* us */
  DATE,
  VMM,
  LABEL,
  TOTAL, /* NAN = none */
  SCORE,
  INTERVAL,
  QUALITY,
  WINDOW,
  READABLE,
  TOOLTIP,
  HAYSTACK, /* all words, folded */
  N_COLUMNS
};

enum { CHOSEN, RELABELLED, UNWANTED, N_SIGNALS };

static guint signals[N_SIGNALS];

struct _VmmRunList {
  GtkTreeView        parent;
  GtkListStore      *rows;
  GtkTreeModel      *found, *sorted;
  GtkTreeViewColumn *label_column;
  char             **words; /* searched for */
  gboolean           filling;
};

G_DEFINE_TYPE (VmmRunList, vmm_run_list, GTK_TYPE_TREE_VIEW)

/* clang-format off */
static const struct {
  const char *title;
  int   text, sort;
  float align;
  int   width; /* characters before it is cut, 0 = as wide as it is */
} columns[] = {
  { "Date",          DATE,     CREATED,  0, 0 },
  { "VMM",           VMM,      VMM,      0, 10 },
  { "Label",         LABEL,    LABEL,    0, 9 },
  { "Score",         SCORE,    TOTAL,    1, 0 },
  { "95 % interval", INTERVAL, TOTAL,    1, 0 },
  { "Window",        WINDOW,   QUALITY,  0, 0 },
};
/* clang-format on */

/* ---- Rows */

static char *
format_date (gint64 created_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (created_us / G_USEC_PER_SEC);

  return time ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("–");
}

static char *
format_score (const VmmStoreEntry *entry)
{
  if (isnan (entry->total))
    return g_strdup ("–");
  return g_strdup_printf (entry->quality == VMM_QUALITY_DISTURBED ? "(%.1f)" : "%.1f",
                          entry->total);
}

static void
set_damaged (GtkListStore *rows, GtkTreeIter *row, const VmmStoreEntry *entry)
{
  g_autofree char *text = g_strdup_printf ("%s %s damaged", entry->id, entry->damage);
  g_autofree char *haystack = g_utf8_casefold (text, -1);
  g_autofree char *tooltip = g_markup_escape_text (entry->damage, -1);

  gtk_list_store_set (rows, row, ID, entry->id, CREATED, (gint64) 0, DATE, "–", VMM, "–", LABEL,
                      "cannot be read", TOTAL, (double) NAN, SCORE, "–", INTERVAL, "", QUALITY,
                      VMM_QUALITY_INVALID + 1, WINDOW, "damaged", READABLE, FALSE, TOOLTIP, tooltip,
                      HAYSTACK, haystack, -1);
}

static void
set_row (GtkListStore *rows, GtkTreeIter *row, const VmmStoreEntry *entry)
{
  if (entry->damage) {
    set_damaged (rows, row, entry);
    return;
  }
  const char      *quality = vmm_quality_id (entry->quality);
  g_autofree char *date = format_date (entry->created);
  g_autofree char *score = format_score (entry);
  g_autofree char *interval =
      isnan (entry->low) ? g_strdup ("") : g_strdup_printf ("%.1f – %.1f", entry->low, entry->high);
  g_autofree char *text = g_strjoin (" ", date, entry->vmm_name, entry->vmm_id, entry->label, score,
                                     quality, entry->id, NULL);
  g_autofree char *haystack = g_utf8_casefold (text, -1);
  g_autofree char *tooltip =
      g_markup_printf_escaped ("%s\n%s", *entry->label ? entry->label : entry->vmm_name, entry->id);
  gtk_list_store_set (rows, row, ID, entry->id, CREATED, entry->created, DATE, date, VMM,
                      entry->vmm_name, LABEL, entry->label, TOTAL, entry->total, SCORE, score,
                      INTERVAL, interval, QUALITY, (int) entry->quality, WINDOW, quality, READABLE,
                      TRUE, TOOLTIP, tooltip, HAYSTACK, haystack, -1);
}

/* Removes what is no more among `by_id` and updates the rest, taking it out of `by_id`. */
static void
update_rows (VmmRunList *list, GHashTable *by_id)
{
  GtkTreeIter row;
  gboolean    more = gtk_tree_model_get_iter_first (GTK_TREE_MODEL (list->rows), &row);

  while (more) {
    g_autofree char     *id = NULL;
    const VmmStoreEntry *entry;
    gtk_tree_model_get (GTK_TREE_MODEL (list->rows), &row, ID, &id, -1);
    entry = g_hash_table_lookup (by_id, id);
    if (!entry) {
      more = gtk_list_store_remove (list->rows, &row);
      continue;
    }
    set_row (list->rows, &row, entry);
    g_hash_table_remove (by_id, id);
    more = gtk_tree_model_iter_next (GTK_TREE_MODEL (list->rows), &row);
  }
}

void
vmm_run_list_set_entries (VmmRunList *list, const GPtrArray *entries)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  GtkTreeIter row;

  for (guint i = 0; i < entries->len; i++) {
    VmmStoreEntry *entry = entries->pdata[i];
    g_hash_table_insert (by_id, entry->id, entry);
  }
  list->filling = TRUE;
  update_rows (list, by_id);
  for (guint i = 0; i < entries->len; i++) {
    const VmmStoreEntry *entry = entries->pdata[i];
    if (!g_hash_table_contains (by_id, entry->id))
      continue;
    gtk_list_store_append (list->rows, &row);
    set_row (list->rows, &row, entry);
  }
  list->filling = FALSE;
  g_signal_emit (list, signals[CHOSEN], 0);
}

/* ---- Search and order */

static gboolean
is_found (GtkTreeModel *model, GtkTreeIter *row, gpointer data)
{
  VmmRunList      *list = data;
  g_autofree char *haystack = NULL;

  gtk_tree_model_get (model, row, HAYSTACK, &haystack, -1);
  for (guint i = 0; haystack && list->words && list->words[i]; i++)
    if (!strstr (haystack, list->words[i]))
      return FALSE;
  return TRUE;
}

void
vmm_run_list_search (VmmRunList *list, const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  g_strfreev (list->words);
  list->words = g_strsplit_set (folded, " \t", -1);
  gtk_tree_model_filter_refilter (GTK_TREE_MODEL_FILTER (list->found));
}

/* No score is less than any. */
static int
compare_totals (GtkTreeModel *model, GtkTreeIter *a, GtkTreeIter *b, gpointer data)
{
  double first, second;

  gtk_tree_model_get (model, a, TOTAL, &first, -1);
  gtk_tree_model_get (model, b, TOTAL, &second, -1);
  first = isnan (first) ? -1 : first;
  second = isnan (second) ? -1 : second;
  return (first > second) - (first < second);
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

  gtk_tree_model_get (model, row, ID, &id, -1);
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

void
vmm_run_list_choose (VmmRunList *list, const char *id)
{
  GtkTreeIter row;
  gboolean    more = gtk_tree_model_get_iter_first (list->sorted, &row);

  for (; more; more = gtk_tree_model_iter_next (list->sorted, &row)) {
    g_autofree char *found = NULL;
    gtk_tree_model_get (list->sorted, &row, ID, &found, -1);
    if (strcmp (found, id) != 0)
      continue;
    g_autoptr (GtkTreePath) path = gtk_tree_model_get_path (list->sorted, &row);
    gtk_tree_view_set_cursor (GTK_TREE_VIEW (list), path, NULL, FALSE);
    gtk_tree_view_scroll_to_cell (GTK_TREE_VIEW (list), path, NULL, FALSE, 0, 0);
    return;
  }
}

guint
vmm_run_list_count_shown (VmmRunList *list)
{
  return (guint) gtk_tree_model_iter_n_children (list->sorted, NULL);
}

/* ---- Label */

void
vmm_run_list_edit_label (VmmRunList *list)
{
  g_autoptr (GtkTreePath) path = NULL;

  gtk_tree_view_get_cursor (GTK_TREE_VIEW (list), &path, NULL);
  if (!path)
    return;
  gtk_tree_view_set_cursor (GTK_TREE_VIEW (list), path, list->label_column, TRUE);
}

static void
on_edited (GtkCellRendererText *cell, char *path, char *text, gpointer data)
{
  VmmRunList      *list = data;
  GtkTreeIter      row;
  g_autofree char *id = NULL, *label = NULL;

  if (!gtk_tree_model_get_iter_from_string (list->sorted, &row, path))
    return;
  gtk_tree_model_get (list->sorted, &row, ID, &id, LABEL, &label, -1);
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
    vmm_run_list_edit_label (list);
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
      columns[i].title, cell, "text", columns[i].text, NULL);

  g_object_set (cell, "xalign", columns[i].align, NULL);
  if (columns[i].width)
    g_object_set (cell, "ellipsize", PANGO_ELLIPSIZE_END, "width-chars", columns[i].width, NULL);
  gtk_tree_view_column_set_alignment (column, columns[i].align);
  gtk_tree_view_column_set_sort_column_id (column, columns[i].sort);
  gtk_tree_view_column_set_resizable (column, TRUE);
  gtk_tree_view_column_set_expand (column, columns[i].text == LABEL);
  gtk_tree_view_append_column (GTK_TREE_VIEW (list), column);
  if (columns[i].text != LABEL)
    return;
  list->label_column = column;
  gtk_tree_view_column_add_attribute (column, cell, "editable", READABLE);
  g_signal_connect (cell, "edited", G_CALLBACK (on_edited), list);
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

  list->rows =
      gtk_list_store_new (N_COLUMNS, G_TYPE_STRING, G_TYPE_INT64, G_TYPE_STRING, G_TYPE_STRING,
                          G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT,
                          G_TYPE_STRING, G_TYPE_BOOLEAN, G_TYPE_STRING, G_TYPE_STRING);
  list->found = gtk_tree_model_filter_new (GTK_TREE_MODEL (list->rows), NULL);
  gtk_tree_model_filter_set_visible_func (GTK_TREE_MODEL_FILTER (list->found), is_found, list,
                                          NULL);
  list->sorted = gtk_tree_model_sort_new_with_model (list->found);
  gtk_tree_sortable_set_sort_func (GTK_TREE_SORTABLE (list->sorted), TOTAL, compare_totals, NULL,
                                   NULL);
  gtk_tree_sortable_set_sort_column_id (GTK_TREE_SORTABLE (list->sorted), CREATED,
                                        GTK_SORT_DESCENDING);
  gtk_tree_view_set_model (view, list->sorted);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (list, i);
  gtk_tree_view_set_enable_search (view, FALSE);
  gtk_tree_view_set_tooltip_column (view, TOOLTIP);
  gtk_tree_selection_set_mode (selection, GTK_SELECTION_MULTIPLE);
  g_signal_connect (selection, "changed", G_CALLBACK (on_selection_changed), list);
}
