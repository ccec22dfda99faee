/* SPDX-License-Identifier: MIT */
/* run_parts: the doors to what a run knows, and to whom it tells it. */
#include "run_private.h"

void
vmm_run_set_observer (VmmRun *run, const VmmRunObserver *observer, gpointer data)
{
  run->observer = *observer;
  run->observer_data = data;
}

void
vmm_run_set_keep (VmmRun *run, gboolean keep)
{
  run->schedule.keep = keep;
}

VmmRunState
vmm_run_get_state (const VmmRun *run)
{
  return run->state;
}

VmmSession *
vmm_run_get_session (const VmmRun *run)
{
  return run->session;
}

guint
vmm_run_get_number (const VmmRun *run)
{
  return run->number;
}

VmmResult *
vmm_run_get_result (const VmmRun *run)
{
  return run->result;
}

const VmmTurns *
vmm_run_get_turns (const VmmRun *run)
{
  return &run->schedule.turns;
}

gint64
vmm_run_get_next_us (const VmmRun *run)
{
  return run->state == VMM_RUN_PAUSING ? run->next_us : 0;
}
