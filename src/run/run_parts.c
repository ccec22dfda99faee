/* SPDX-License-Identifier: MIT */
/* run_parts: how a run is made and attached, the doors to what it knows, to whom it tells it, and to more
 * windows of it. */
#include "run_private.h"

VmmRun *
vmm_run_new (const VmmPlan *plan, const VmmSchedule *schedule, GError **error)
{
  g_autoptr (VmmHost) host = vmm_host_new (plan->sysroot ? plan->sysroot : "/");
  VmmSession *session = vmm_session_new (plan, host, error);

  return session ? vmm_run_new_with_session (session, schedule) : NULL;
}

void
vmm_run_attach (VmmRun *run)
{
  run->attached = TRUE;
  vmm_session_attach (run->session);
}

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

void
vmm_run_set_turns (VmmRun *run, const VmmTurns *turns)
{
  run->schedule.turns = *turns;
  run->schedule.windows = turns->turns ? 0 : 1;
  run->schedule.place = (VmmPlace){ .turn = turns->turn, .turns = turns->turns };
  vmm_run_start_series (run, &run->schedule.place);
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
vmm_run_count_left (const VmmRun *run)
{
  guint windows = run->stopped ? 0 : run->schedule.windows;

  return windows > run->number ? windows - run->number : 0;
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

void
vmm_run_start_series (VmmRun *run, const VmmPlace *place)
{
  run->number = 0;
  run->place = *place;
  if (!place->session[0] && (run->schedule.windows != 1 || run->schedule.turns.turns))
    g_snprintf (run->place.session, sizeof run->place.session, "%08x%08x", g_random_int (),
                g_random_int ());
}

/* Their number begins anew with what they share; so does that of the result. */
void
vmm_run_begin_several (VmmRun *run, guint windows, gint64 now_us, gint64 created_us)
{
  VmmPlace place = run->place;

  vmm_run_settle (run);
  run->schedule.windows = windows;
  place.session[0] = '\0';
  vmm_run_start_series (run, &place);
  vmm_run_begin (run, now_us, created_us);
}

void
vmm_run_begin_from (VmmRun *run, const VmmPlace *place, guint windows, gint64 now_us,
                    gint64 created_us)
{
  vmm_run_settle (run);
  run->number = 0;
  run->schedule.windows = windows;
  run->schedule.place = *place;
  run->place = *place;
  vmm_run_begin (run, now_us, created_us);
}
