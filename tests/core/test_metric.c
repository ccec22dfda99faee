/* SPDX-License-Identifier: MIT */
/* test_metric: the table is complete, its counts are its own, and a graph need not be scored. */
#include "vmm/channel.h"
#include "vmm/score.h"
#include "vmm/store.h"

#include <string.h>

/* What the list says of a row, told apart from what the program makes of it. */
static const struct {
  VmmMetric   metric;
  const char *graph, *category;
} rows[] = {
#define ROW(ID, graph, category) { VMM_METRIC_##ID, #graph, #category },
  VMM_METRICS (ROW)
#undef ROW
};

static void
test_ids (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (rows), ==, VMM_N_METRICS);
  for (int a = 0; a < VMM_N_METRICS; a++) {
    g_assert_nonnull (vmm_metric (a)->id);
    for (int b = 0; b < a; b++)
      g_assert_cmpstr (vmm_metric (a)->id, !=, vmm_metric (b)->id);
  }
}

/* Numbers without a gap, in the order of the list; nothing counts beside it. */
static void
test_counts (void)
{
  int graphs = 0, categories = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_cmpint (rows[i].metric, ==, i);
    if (g_str_equal (rows[i].graph, "YES"))
      g_assert_cmpint (vmm_graph_metric (graphs++), ==, rows[i].metric);
    if (g_str_equal (rows[i].category, "YES"))
      g_assert_cmpint (vmm_category_metric (categories++), ==, rows[i].metric);
  }
  g_assert_cmpint (graphs, ==, VMM_N_GRAPHS);
  g_assert_cmpint (categories, ==, VMM_N_CATEGORIES);
}

/* Lines are of the graph's own channels, and what is drawn can be named. */
static void
test_graphs (void)
{
  for (int graph = 0; graph < VMM_N_GRAPHS; graph++) {
    VmmMetric            metric = vmm_graph_metric (graph);
    const VmmMetricInfo *info = vmm_metric (metric);

    g_assert_nonnull (info->title);
    g_assert_cmpint (info->hue, <, VMM_N_HUES);
    g_assert_cmpint (info->main, >=, 0);
    g_assert_cmpint (vmm_channel (info->main)->metric, ==, metric);
    g_assert_true (vmm_channel_is_main (info->main));
    if (info->secondary >= 0) {
      g_assert_cmpint (vmm_channel (info->secondary)->metric, ==, metric);
      g_assert_cmpstr (vmm_channel (info->secondary)->unit, ==, vmm_channel (info->main)->unit);
    }
    g_assert_true (info->top > 0 || info->least > 0);
  }
}

static void
test_others_have_no_line (void)
{
  int mains = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].graph, "NO")) {
      g_assert_cmpint (vmm_metric (rows[i].metric)->main, ==, -1);
      g_assert_cmpint (vmm_metric (rows[i].metric)->secondary, ==, -1);
    }
  for (int c = 0; c < VMM_N_CHANNELS; c++)
    mains += vmm_channel_is_main (c);
  g_assert_cmpint (mains, ==, VMM_N_GRAPHS);
}

/* A category has words, a weight and a scored probe, which a sentence explains; what is no category has
 * none of them. */
static void
test_categories (void)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n);

  for (guint i = 0; i < n; i++)
    if (table[i].weight > 0)
      g_assert_nonnull (vmm_channel (table[i].channel)->about);
  for (int category = 0; category < VMM_N_CATEGORIES; category++) {
    gboolean scored = FALSE;
    for (guint i = 0; i < n; i++)
      scored |= table[i].category == (VmmCategory) category && table[i].weight > 0;
    g_assert_true (scored);
    g_assert_cmpfloat (vmm_score_category_weight (VMM_SCORE_VERSION, category), >, 0);
    g_assert_nonnull (vmm_category (category)->title);
    g_assert_nonnull (vmm_category (category)->word);
  }
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (vmm_metric (rows[i].metric)->word != NULL, ==,
                     g_str_equal (rows[i].category, "YES"));
}

static void
test_arrays (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (((VmmScore *) NULL)->categories), ==, VMM_N_CATEGORIES);
  g_assert_cmpuint (G_N_ELEMENTS (((VmmStoreEntry *) NULL)->categories), ==, VMM_N_CATEGORIES);
}

static void
test_hues (void)
{
  for (int hue = 0; hue < VMM_N_HUES; hue++) {
    g_assert_nonnull (vmm_hue_name (hue));
    g_assert_cmpint (strspn (vmm_hue_name (hue), "abcdefghijklmnopqrstuvwxyz"), ==,
                     strlen (vmm_hue_name (hue)));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/metric/ids", test_ids);
  g_test_add_func ("/metric/counts", test_counts);
  g_test_add_func ("/metric/graphs", test_graphs);
  g_test_add_func ("/metric/others-have-no-line", test_others_have_no_line);
  g_test_add_func ("/metric/categories", test_categories);
  g_test_add_func ("/metric/arrays", test_arrays);
  g_test_add_func ("/metric/hues", test_hues);
  return g_test_run ();
}
