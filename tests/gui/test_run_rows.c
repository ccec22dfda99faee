/* SPDX-License-Identifier: MIT */
/* test_run_rows: what the list says of a run, and in which order. */
#include "run_rows.h"

#include <math.h>

#include "vmm/phrases.h"
#include "vmm/store.h"

#define NOW_US (1794831300 * (gint64) G_USEC_PER_SEC) /* 16 November 2026, 12:15 UTC */
#define HOUR_US (3600 * (gint64) G_USEC_PER_SEC)

static void
add (GPtrArray *entries, const char *id, double total, VmmQuality quality, gboolean passive)
{
  VmmStoreEntry *entry = g_new0 (VmmStoreEntry, 1);

  entry->id = g_strdup (id);
  entry->label = g_strdup ("");
  entry->vmm_id = g_strdup ("kvm");
  entry->vmm_name = g_strdup ("KVM");
  entry->instance_type = g_strdup ("t3.medium");
  entry->zone = g_strdup ("");
  entry->quality = quality;
  entry->passive = passive;
  entry->total = entry->low = entry->high = total;
  g_ptr_array_add (entries, entry);
}

static GtkTreeModel *
make_rows (void)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_store_entry_free);
  g_autoptr (GtkListStore) rows = vmm_run_rows_new ();

  add (entries, "none", NAN, VMM_QUALITY_DISTURBED, TRUE);
  add (entries, "low", 90, VMM_QUALITY_CLEAN, FALSE);
  add (entries, "stopped", NAN, VMM_QUALITY_INVALID, TRUE);
  add (entries, "high", 130, VMM_QUALITY_DISTURBED, FALSE);
  vmm_run_rows_set (rows, entries, NOW_US);
  return vmm_run_rows_sort (GTK_TREE_MODEL (rows));
}

/* The texts of a column, from above. */
static void
assert_column (GtkTreeModel *rows, int column, const char *expected)
{
  g_autoptr (GString) all = g_string_new (NULL);
  GtkTreeIter row;
  gboolean    more = gtk_tree_model_get_iter_first (rows, &row);

  for (; more; more = gtk_tree_model_iter_next (rows, &row)) {
    g_autofree char *text = NULL;
    gtk_tree_model_get (rows, &row, column, &text, -1);
    g_string_append_printf (all, "%s ", text);
  }
  g_assert_cmpstr (all->str, ==, expected);
}

/* What has no score is below what has one, the best first or the best last. */
static void
test_order (void)
{
  g_autoptr (GtkTreeModel) rows = make_rows ();
  GtkTreeSortable *sortable = GTK_TREE_SORTABLE (rows);

  gtk_tree_sortable_set_sort_column_id (sortable, VMM_RUN_TOTAL, GTK_SORT_ASCENDING);
  assert_column (rows, VMM_RUN_ID, "low high none stopped ");
  gtk_tree_sortable_set_sort_column_id (sortable, VMM_RUN_TOTAL, GTK_SORT_DESCENDING);
  assert_column (rows, VMM_RUN_ID, "high low none stopped ");
  assert_column (rows, VMM_RUN_VMM,
                 "KVM · t3.medium KVM · t3.medium KVM · t3.medium KVM · t3.medium ");
}

/* As people say it: the tests' time zone is UTC. */
static void
test_dates (void)
{
  static const struct {
    gint64      hours; /* before now */
    const char *words;
  } dates[] = { { 0, "Today 12:15" },
                { 12, "Today 00:15" },
                { 13, "Yesterday 23:15" },
                { 36, "Yesterday 00:15" },
                { 37, "14 November 23:15" },
                { 24 * 250, "11 March 12:15" },
                { 24 * 400, "12 October 2025" },
                { -48, "2026-11-18 12:15" } };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++) {
    g_autofree char *words = vmm_phrase_day (NOW_US - dates[i].hours * HOUR_US, NOW_US);
    g_assert_cmpstr (words, ==, dates[i].words);
  }
}

/* A run without probes was watched: there is nothing that could be disturbed. */
static void
test_passive (void)
{
  g_autoptr (GtkTreeModel) rows = make_rows ();

  gtk_tree_sortable_set_sort_column_id (GTK_TREE_SORTABLE (rows), VMM_RUN_TOTAL,
                                        GTK_SORT_ASCENDING);
  assert_column (rows, VMM_RUN_WINDOW, "clean disturbed passive invalid ");
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run-rows/order", test_order);
  g_test_add_func ("/run-rows/dates", test_dates);
  g_test_add_func ("/run-rows/passive", test_passive);
  return g_test_run ();
}
