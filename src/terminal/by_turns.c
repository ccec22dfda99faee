/* SPDX-License-Identifier: MIT */
/* by_turns: what is said of windows that begin in slots: what is waited for, and how sure their mean is. */
#include "by_turns.h"

#include "vmm/phrases.h"
#include "vmm/account.h"

char *
vmm_by_turns_wait (const VmmRun *run, gint64 now_us)
{
  const VmmTurns *turns = vmm_run_get_turns (run);
  gint64 ahead_us = g_get_real_time () - now_us, next_us = vmm_run_get_next_us (run), end_us;

  vmm_turns_count (turns, next_us + ahead_us - VMM_TURNS_LATE_US, &end_us);
  return vmm_phrase_turn (turns->turn, turns->turns, now_us + ahead_us, next_us + ahead_us, end_us);
}

gboolean
vmm_by_turns_take (GPtrArray *taken, VmmResult *result, double until_percent)
{
  g_ptr_array_add (taken, vmm_result_ref (result));
  g_autoptr (VmmComparison) comparison = vmm_account_gather (taken);
  const VmmItem      *total = vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total");
  const VmmSideValue *value = &total->sides[0];

  return value->windows >= VMM_COMPARE_MIN_WINDOWS &&
         100 * (value->high / value->value - 1) <= until_percent;
}

char *
vmm_by_turns_mean (const GPtrArray *taken)
{
  g_autofree char *mean = vmm_account_mean (taken);

  return mean ? g_strconcat (mean, "\n", NULL) : g_strdup ("");
}
