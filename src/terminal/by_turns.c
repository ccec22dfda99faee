/* SPDX-License-Identifier: MIT */
/* by_turns: what is said of windows that begin in slots: what is waited for, and how sure their mean is. */
#include "by_turns.h"

#include "vmm/account.h"
#include "vmm/phrases.h"

#include <glib/gi18n-lib.h>
#include <math.h>

char *
vmm_by_turns_wait (const VmmRun *run, gint64 now_us)
{
  const VmmTurns *turns = vmm_run_get_turns (run);
  gint64 ahead_us = g_get_real_time () - now_us, next_us = vmm_run_get_next_us (run), end_us;

  vmm_turns_count (turns, next_us + ahead_us - VMM_TURNS_LATE_US, &end_us);
  return vmm_phrase_turn (turns->turn, turns->turns, now_us + ahead_us, next_us + ahead_us, end_us);
}

/* A comparison of nothing else: what its only side is. */
static VmmComparison *
gather (const GPtrArray *results)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);

  g_ptr_array_add (groups, vmm_group_new ("", (VmmResult *const *) results->pdata, results->len));
  return vmm_compare (groups);
}

gboolean
vmm_by_turns_take (GPtrArray *taken, VmmResult *result, double until_percent)
{
  g_ptr_array_add (taken, vmm_result_ref (result));
  g_autoptr (VmmComparison) comparison = gather (taken);
  const VmmItem      *total = vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total");
  const VmmSideValue *value = &total->sides[0];

  return value->windows >= VMM_COMPARE_MIN_WINDOWS &&
         100 * (value->high / value->value - 1) <= until_percent;
}

char *
vmm_by_turns_mean (const GPtrArray *taken)
{
  g_autoptr (VmmComparison) comparison = gather (taken);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_LOCAL);
  const VmmItem   *total = vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total");
  guint            windows = total->sides[0].windows;
  g_autofree char *value = vmm_account_value (account, total, 0);

  if (windows < 2)
    return g_strdup ("");
  /* TRANSLATORS: %2$s: a mean and its 95 % interval: "118 (115 to 121)" */
  g_autofree char *line = g_strdup_printf (
      ngettext ("mean of %1$u window: %2$s", "mean of %1$u windows: %2$s", windows), windows,
      value);
  return g_strconcat (line, "\n", NULL);
}
