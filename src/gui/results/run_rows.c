/* SPDX-License-Identifier: MIT */
/* run_rows: what the columns of a row say of an entry. */
#include "run_rows.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "vmm/phrases.h"
#include "vmm/store.h"
#include "vmm/language.h"
#include "vmm/words.h"

/* By the score or the low end of its interval, whichever is sorted by. Runs without a score come last in
 * either order, of which `sorted` knows. */
static int
compare_scores (GtkTreeModel *model, GtkTreeIter *a, GtkTreeIter *b, gpointer sorted)
{
  GtkSortType order = GTK_SORT_ASCENDING;
  double      first, second, last;
  int         column;

  gtk_tree_sortable_get_sort_column_id (GTK_TREE_SORTABLE (sorted), &column, &order);
  last = order == GTK_SORT_ASCENDING ? INFINITY : -INFINITY;
  gtk_tree_model_get (model, a, column, &first, -1);
  gtk_tree_model_get (model, b, column, &second, -1);
  first = isnan (first) ? last : first;
  second = isnan (second) ? last : second;
  return (first > second) - (first < second);
}

static char *
format_score (const VmmStoreEntry *entry)
{
  if (isnan (entry->total))
    return g_strdup ("–");
  return vmm_words_points (entry->total, entry->quality);
}

static void
set_damaged (GtkListStore *rows, GtkTreeIter *row, const VmmStoreEntry *entry)
{
  g_autofree char *text = g_strjoin (" ", entry->id, entry->damage, _ ("damaged"), NULL);
  g_autofree char *haystack = g_utf8_casefold (text, -1);
  g_autofree char *damage = vmm_say (entry->damage);
  g_autofree char *tooltip = g_markup_escape_text (damage, -1);

  gtk_list_store_set (rows, row, VMM_RUN_ID, entry->id, VMM_RUN_CREATED, (gint64) 0, VMM_RUN_DATE,
                      "–", VMM_RUN_VMM, "–", VMM_RUN_LABEL, _ ("cannot be read"), VMM_RUN_TOTAL,
                      (double) NAN, VMM_RUN_LOW, (double) NAN, VMM_RUN_SCORE, "–", VMM_RUN_INTERVAL,
                      "", VMM_RUN_QUALITY, VMM_QUALITY_INVALID + 2, VMM_RUN_WINDOW, _ ("damaged"),
                      VMM_RUN_READABLE, FALSE, VMM_RUN_TOOLTIP, tooltip, VMM_RUN_HAYSTACK, haystack,
                      -1);
}

/* To sort by. */
static int
get_quality (const VmmStoreEntry *entry)
{
  return entry->passive ? VMM_QUALITY_INVALID + 1 : (int) entry->quality;
}

static void
set_row (GtkListStore *rows, GtkTreeIter *row, const VmmStoreEntry *entry, gint64 now_us)
{
  if (entry->damage) {
    set_damaged (rows, row, entry);
    return;
  }
  const char      *quality = vmm_words_entry_quality (entry);
  const char      *vmm_name = vmm_text (VMM_LOCAL, entry->vmm_name);
  g_autofree char *served = *entry->instance_type
                                ? g_strconcat (vmm_name, " · ", entry->instance_type, NULL)
                                : g_strdup (vmm_name);
  g_autofree char *date = vmm_phrase_day (entry->created, now_us);
  g_autofree char *moment = vmm_phrase_moment (entry->created, TRUE);
  g_autofree char *score = format_score (entry);
  g_autofree char *interval = vmm_words_narrow_interval (entry->low, entry->high);
  g_autofree char *text = g_strjoin (" ", date, moment, served, entry->vmm_id, entry->label, score,
                                     quality, entry->id, NULL);
  g_autofree char *haystack = g_utf8_casefold (text, -1);
  g_autofree char *tooltip = g_markup_printf_escaped (
      "%s\n%s\n%s", *entry->label ? entry->label : vmm_name, moment, entry->id);
  gtk_list_store_set (rows, row, VMM_RUN_ID, entry->id, VMM_RUN_CREATED, entry->created,
                      VMM_RUN_DATE, date, VMM_RUN_VMM, served, VMM_RUN_LABEL, entry->label,
                      VMM_RUN_TOTAL, entry->total, VMM_RUN_LOW, entry->low, VMM_RUN_SCORE, score,
                      VMM_RUN_INTERVAL, interval, VMM_RUN_QUALITY, get_quality (entry),
                      VMM_RUN_WINDOW, quality, VMM_RUN_READABLE, TRUE, VMM_RUN_TOOLTIP, tooltip,
                      VMM_RUN_HAYSTACK, haystack, -1);
}

/* Removes what is no more among `by_id` and updates the rest, taking it out of `by_id`. */
static void
update_rows (GtkListStore *rows, GHashTable *by_id, gint64 now_us)
{
  GtkTreeIter row;
  gboolean    more = gtk_tree_model_get_iter_first (GTK_TREE_MODEL (rows), &row);

  while (more) {
    g_autofree char     *id = NULL;
    const VmmStoreEntry *entry;
    gtk_tree_model_get (GTK_TREE_MODEL (rows), &row, VMM_RUN_ID, &id, -1);
    entry = g_hash_table_lookup (by_id, id);
    if (!entry) {
      more = gtk_list_store_remove (rows, &row);
      continue;
    }
    set_row (rows, &row, entry, now_us);
    g_hash_table_remove (by_id, id);
    more = gtk_tree_model_iter_next (GTK_TREE_MODEL (rows), &row);
  }
}

/* ---- Doors */

GtkListStore *
vmm_run_rows_new (void)
{
  return gtk_list_store_new (VMM_RUN_N_COLUMNS, G_TYPE_STRING, G_TYPE_INT64, G_TYPE_STRING,
                             G_TYPE_STRING, G_TYPE_STRING, G_TYPE_DOUBLE, G_TYPE_DOUBLE,
                             G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT, G_TYPE_STRING,
                             G_TYPE_BOOLEAN, G_TYPE_STRING, G_TYPE_STRING);
}

void
vmm_run_rows_set (GtkListStore *rows, const GPtrArray *entries, gint64 now_us)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (g_str_hash, g_str_equal);
  GtkTreeIter row;

  for (guint i = 0; i < entries->len; i++) {
    VmmStoreEntry *entry = entries->pdata[i];
    g_hash_table_insert (by_id, entry->id, entry);
  }
  update_rows (rows, by_id, now_us);
  for (guint i = 0; i < entries->len; i++) {
    const VmmStoreEntry *entry = entries->pdata[i];
    if (!g_hash_table_contains (by_id, entry->id))
      continue;
    gtk_list_store_append (rows, &row);
    set_row (rows, &row, entry, now_us);
  }
}

GtkTreeModel *
vmm_run_rows_sort (GtkTreeModel *rows)
{
  static const int scores[] = { VMM_RUN_TOTAL, VMM_RUN_LOW };
  GtkTreeModel    *sorted = gtk_tree_model_sort_new_with_model (rows);
  GtkTreeSortable *sortable = GTK_TREE_SORTABLE (sorted);

  for (guint i = 0; i < G_N_ELEMENTS (scores); i++)
    gtk_tree_sortable_set_sort_func (sortable, scores[i], compare_scores, sorted, NULL);
  gtk_tree_sortable_set_sort_column_id (sortable, VMM_RUN_CREATED, GTK_SORT_DESCENDING);
  return sorted;
}

gboolean
vmm_run_rows_have_words (GtkTreeModel *rows, GtkTreeIter *row, char *const *words)
{
  g_autofree char *haystack = NULL;

  gtk_tree_model_get (rows, row, VMM_RUN_HAYSTACK, &haystack, -1);
  for (guint i = 0; haystack && words && words[i]; i++)
    if (!strstr (haystack, words[i]))
      return FALSE;
  return TRUE;
}
