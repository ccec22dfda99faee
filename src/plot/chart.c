/* SPDX-License-Identifier: MIT */
/* chart: what is in the picture. */
#include "vmm/chart.h"

#include "vmm/language.h"

#include <glib/gi18n-lib.h>

static VmmSideValue
to_side (const VmmScoreValue *score)
{
  return (VmmSideValue){ 1, score->value, score->low, score->high, 0 };
}

VmmChart *
vmm_chart_new_of_run (VmmResult *result)
{
  VmmChart       *chart = g_new0 (VmmChart, 1);
  const VmmScore *score = vmm_result_get_score (result);
  const char     *label = vmm_result_get_label (result);

  g_ref_count_init (&chart->references);
  chart->n_sides = 1;
  chart->names = g_new0 (char *, 2);
  chart->names[0] =
      g_strdup (*label ? label : vmm_text (VMM_LOCAL, vmm_result_get_host (result)->vmm_name));
  chart->values = g_new0 (VmmSideValue, VMM_CHART_N_GROUPS);
  chart->values[0] = to_side (&score->total);
  for (guint c = 0; c < VMM_N_CATEGORIES; c++)
    chart->values[1 + c] = to_side (&score->categories[c]);
  chart->runs[0] = vmm_result_ref (result);
  return chart;
}

/* As in the verdict: two as they were given, more by rank. */
static void
sort (const VmmAccount *account, guint order[VMM_COMPARE_MAX_SIDES])
{
  for (guint i = 0; i < account->comparison->n_sides; i++)
    order[i] = i;
  if (vmm_account_is_ranking (account))
    vmm_account_sort (account, order);
}

static char *
name_side (const VmmAccount *account, guint side)
{
  const char      *name = account->sides[side].called;
  g_autofree char *rank =
      vmm_account_is_ranking (account) ? vmm_account_rank (account, side) : g_strdup ("");

  return *rank ? g_strdup_printf (C_ ("rank, side", "%1$s %2$s"), rank, name) : g_strdup (name);
}

VmmChart *
vmm_chart_new_of_comparison (const VmmAccount *account, VmmResult *first, VmmResult *second)
{
  const VmmComparison *comparison = account->comparison;
  VmmChart            *chart = g_new0 (VmmChart, 1);
  guint                n = comparison->n_sides, order[VMM_COMPARE_MAX_SIDES];

  g_ref_count_init (&chart->references);
  chart->n_sides = n;
  chart->names = g_new0 (char *, n + 1);
  chart->values = g_new (VmmSideValue, VMM_CHART_N_GROUPS * n);
  sort (account, order);
  for (guint i = 0; i < n; i++)
    chart->names[i] = name_side (account, order[i]);
  for (guint i = 0; i < VMM_CHART_N_GROUPS * n; i++)
    chart->values[i] = (VmmSideValue){ 0, NAN, NAN, NAN, 0 };
  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    if (item->level == VMM_LEVEL_PROBE)
      continue;
    for (guint side = 0; side < n; side++)
      chart->values[(gsize) (item->category + 1) * n + side] = item->sides[order[side]];
  }
  chart->runs[0] = first ? vmm_result_ref (first) : NULL;
  chart->runs[1] = second ? vmm_result_ref (second) : NULL;
  return chart;
}

G_DEFINE_BOXED_TYPE (VmmChart, vmm_chart, vmm_chart_ref, vmm_chart_unref)

VmmChart *
vmm_chart_ref (VmmChart *chart)
{
  g_ref_count_inc (&chart->references);
  return chart;
}

void
vmm_chart_unref (VmmChart *chart)
{
  if (!chart || !g_ref_count_dec (&chart->references))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (chart->runs); i++)
    g_clear_pointer (&chart->runs[i], vmm_result_unref);
  g_free (chart->title);
  g_free (chart->words);
  g_strfreev (chart->notes);
  g_strfreev (chart->names);
  g_free (chart->values);
  g_free (chart);
}
