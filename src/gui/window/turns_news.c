/* SPDX-License-Identifier: MIT */
/* turns_news: turns as the run has them, by the clock of now. */
#include "turns_news.h"

#include <glib/gi18n-lib.h>

#include "vmm/phrases.h"

gboolean
vmm_turns_news_is_by_turns (const VmmRun *run)
{
  return run && vmm_run_get_turns (run)->turns > 0;
}

gboolean
vmm_turns_news_begin (VmmRun *run, const VmmTurns *turns, const char *label, GError **error)
{
  g_auto (VmmPlan) plan = { 0 };

  vmm_plan_copy (&plan, vmm_session_get_plan (vmm_run_get_session (run)));
  g_free (plan.label);
  plan.label = g_strdup (label);
  if (!vmm_run_follow (run, &plan, error))
    return FALSE;
  vmm_run_set_turns (run, turns);
  return TRUE;
}

char *
vmm_turns_news_wait (const VmmRun *run)
{
  const VmmTurns *turns = vmm_run_get_turns (run);
  gint64          now_us = g_get_real_time (), end_us;
  gint64          next_us = now_us + vmm_run_get_next_us (run) - g_get_monotonic_time ();

  vmm_turns_count (turns, next_us - VMM_TURNS_LATE_US, &end_us);
  g_autofree char *line = vmm_phrase_turn (turns->turn, turns->turns, now_us, next_us, end_us);
  return vmm_phrase_capitalise (line);
}

char *
vmm_turns_news_end (const VmmRun *run)
{
  guint windows = vmm_run_get_number (run);

  return g_strdup_printf (
      ngettext ("The turns are over, after %u measurement here. Import the other guests' "
                "results, and compare by label.",
                "The turns are over, after %u measurements here. Import the other guests' "
                "results, and compare by label.",
                windows),
      windows);
}
