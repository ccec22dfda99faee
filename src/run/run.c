/* SPDX-License-Identifier: MIT */
/* run: one window after another is begun, watched, judged and kept. */
#include "book.h"
#include "run_private.h"

static void
advance (VmmRun *run, gint64 now_us, gint64 wall_us)
{
  run->now_us = MAX (run->now_us, now_us);
  run->ahead_us = wall_us - run->now_us;
}

static gboolean on_due (gpointer data);

/* The judging after all that is painted, the window in time. */
static void
wait_for_due (VmmRun *run)
{
  g_clear_handle_id (&run->source, g_source_remove);
  if (!run->attached)
    return;
  if (run->state == VMM_RUN_JUDGING)
    run->source = g_idle_add (on_due, run);
  else
    run->source = g_timeout_add ((guint) ((run->next_us - run->now_us + 999) / 1000), on_due, run);
}

/* ---- After a window */

static gboolean
is_last (const VmmRun *run)
{
  return run->stopped || (run->schedule.windows > 0 && run->number >= run->schedule.windows);
}

static void
end (VmmRun *run)
{
  run->state = VMM_RUN_ENDED;
  if (run->observer.ended)
    run->observer.ended (run, run->observer_data);
}

static gboolean
is_by_turns (const VmmRun *run)
{
  return run->schedule.turns.turns > 0;
}

/* When the next window may begin; FALSE when none may. A slot that has only just begun will do. */
static gboolean
find_next (VmmRun *run)
{
  const VmmTurns *turns = &run->schedule.turns;
  gint64          wall_us = run->now_us + run->ahead_us, end_us;

  if (!is_by_turns (run)) {
    run->next_us = run->now_us + (gint64) run->schedule.pause_s * G_USEC_PER_SEC;
    return TRUE;
  }
  gint64 since_us = wall_us - VMM_TURNS_LATE_US;
  if (!vmm_turns_count (turns, since_us, &end_us))
    return FALSE;
  gint64 begin_us = vmm_turns_next (turns, since_us, &run->place.slot);
  run->next_us = MAX (run->now_us, begin_us - run->ahead_us);
  return TRUE;
}

static void
pause_or_end (VmmRun *run)
{
  if (run->attached)
    advance (run, g_get_monotonic_time (), g_get_real_time ());
  if (is_last (run) || !find_next (run)) {
    end (run);
    return;
  }
  run->state = VMM_RUN_PAUSING;
  wait_for_due (run);
  if (run->observer.paused)
    run->observer.paused (run, run->observer_data);
}

/* An earlier window's result, or one that is kept once more, moves nothing. */
static void
tell_kept (VmmResult *result, const char *id, const GError *error, gpointer data)
{
  VmmRun *run = data;

  if (run->observer.kept)
    run->observer.kept (run, result, id, error, run->observer_data);
  if (run->state == VMM_RUN_KEEPING && run->result == result)
    pause_or_end (run);
}

static void
judge (VmmRun *run)
{
  g_autoptr (VmmResult) result = vmm_result_new (run->session);

  g_clear_pointer (&run->result, vmm_result_unref);
  run->result = vmm_result_ref (result);
  run->state = VMM_RUN_KEEPING;
  if (run->observer.finished)
    run->observer.finished (run, result, run->observer_data);
  if (run->schedule.keep && vmm_result_get_ticks (result) > 0)
    vmm_shelf_keep (run->shelf, result, tell_kept);
  else
    tell_kept (result, NULL, NULL, run);
}

/* Whatever comes next, the window that is over is judged first. */
void
vmm_run_settle (VmmRun *run)
{
  g_clear_handle_id (&run->source, g_source_remove);
  if (run->state == VMM_RUN_JUDGING)
    judge (run);
  g_clear_handle_id (&run->source, g_source_remove); /* of the pause, when one follows */
}

/* ---- The session's news */

static void
on_sampled (VmmSession *session, gpointer data)
{
  VmmRun *run = data;

  book_look (run);
  if (run->observer.sampled)
    run->observer.sampled (run, run->observer_data);
}

static void
on_finished (VmmSession *session, gpointer data)
{
  VmmRun *run = data;

  run->state = VMM_RUN_JUDGING;
  wait_for_due (run);
}

static void
take_session (VmmRun *run, VmmSession *session)
{
  static const VmmObserver observer = { on_sampled, on_finished };

  run->session = session;
  vmm_session_set_observer (session, &observer, run);
  if (run->attached)
    vmm_session_attach (session);
}

/* ---- Time */

static void
begin (VmmRun *run, gint64 created_us)
{
  g_clear_pointer (&run->result, vmm_result_unref);
  run->state = VMM_RUN_OBSERVING;
  run->number++;
  run->place.number = run->schedule.place.number + run->number;
  vmm_session_set_place (run->session, &run->place);
  vmm_session_start (run->session, run->now_us, created_us);
  if (run->observer.begun)
    run->observer.begun (run, run->observer_data);
}

/* The wall clock may have been set, or the machine have slept, meanwhile: by turns it is asked again. What
 * is measured just now gives way, without a result: it would reach into another guest's turn. */
static void
begin_or_pause (VmmRun *run, gint64 created_us)
{
  if (is_by_turns (run) && (!find_next (run) || run->next_us > run->now_us)) {
    vmm_session_cut (run->session);
    pause_or_end (run);
  } else {
    begin (run, created_us);
  }
}

static void
do_due (VmmRun *run, gint64 now_us, gint64 created_us)
{
  advance (run, now_us, created_us);
  if (run->state == VMM_RUN_JUDGING)
    judge (run);
  else if (run->state == VMM_RUN_PAUSING)
    begin_or_pause (run, created_us);
}

static gboolean
on_due (gpointer data)
{
  VmmRun *run = data;

  run->source = 0;
  do_due (run, g_get_monotonic_time (), g_get_real_time ());
  return G_SOURCE_REMOVE;
}

void
vmm_run_begin (VmmRun *run, gint64 now_us, gint64 created_us)
{
  vmm_run_settle (run);
  advance (run, now_us, created_us);
  book_open (run);
  run->stopped = FALSE;
  begin_or_pause (run, created_us);
}

void
vmm_run_end_turns (VmmRun *run)
{
  run->schedule.turns.until_us = 0;
  if (run->state != VMM_RUN_PAUSING)
    return;
  vmm_run_settle (run);
  pause_or_end (run);
}

void
vmm_run_keep (VmmRun *run, VmmResult *result)
{
  VmmResult *kept = result ? result : run->result;

  if (kept)
    vmm_shelf_keep (run->shelf, kept, tell_kept);
}

gint64
vmm_run_step (VmmRun *run, gint64 now_us, gint64 created_us)
{
  if (run->state == VMM_RUN_JUDGING || (run->state == VMM_RUN_PAUSING && now_us >= run->next_us))
    do_due (run, now_us, created_us);
  advance (run, now_us, created_us);
  gint64 next_us = vmm_session_step (run->session, now_us);
  if (run->state == VMM_RUN_JUDGING)
    return now_us;
  return run->state == VMM_RUN_PAUSING ? MIN (next_us, run->next_us) : next_us;
}

/* Whatever the session does then: no window follows. TRUE: one was cut short. */
static gboolean
halt (VmmRun *run, void (*halt_session) (VmmSession *session))
{
  gboolean cut;

  run->stopped = TRUE;
  vmm_run_settle (run);
  cut = run->state == VMM_RUN_OBSERVING;
  halt_session (run->session);
  if (cut)
    judge (run);
  else if (run->state == VMM_RUN_PAUSING)
    end (run);
  return cut;
}

gboolean
vmm_run_stop (VmmRun *run)
{
  return halt (run, vmm_session_stop);
}

gboolean
vmm_run_cut (VmmRun *run)
{
  return halt (run, vmm_session_cut);
}

/* ---- Making, and making anew */

VmmRun *
vmm_run_new_with_session (VmmSession *session, const VmmSchedule *schedule)
{
  VmmRun  *run = g_new0 (VmmRun, 1);
  VmmPlace place = schedule->place;

  if (schedule->turns.turns) {
    place.turn = schedule->turns.turn;
    place.turns = schedule->turns.turns;
  }
  run->schedule = *schedule;
  vmm_run_start_series (run, &place);
  run->shelf = vmm_shelf_new (schedule->aside, run);
  run->now_us = G_MININT64;
  take_session (run, session);
  return run;
}

void
vmm_run_free (VmmRun *run)
{
  if (!run)
    return;
  vmm_run_settle (run);
  book_write (run);
  vmm_session_free (run->session);
  vmm_shelf_free (run->shelf);
  g_clear_pointer (&run->result, vmm_result_unref);
  g_free (run);
}

/* The history is the ring's affair. */
static gboolean
measures_the_same (const VmmPlan *a, const VmmPlan *b)
{
  return a->duration_s == b->duration_s && a->interval_ms == b->interval_ms &&
         a->probes == b->probes && a->light == b->light && a->cloud == b->cloud &&
         a->cloud_events == b->cloud_events && a->seed == b->seed &&
         g_strcmp0 (a->ping_target, b->ping_target) == 0 &&
         g_strcmp0 (a->network_peer, b->network_peer) == 0 && g_strcmp0 (a->label, b->label) == 0 &&
         g_strcmp0 (a->sysroot, b->sysroot) == 0 && g_strcmp0 (a->scratch_dir, b->scratch_dir) == 0;
}

static void
replace_session (VmmRun *run, VmmSession *session)
{
  VmmSession *before = run->session;

  vmm_run_settle (run);
  book_write (run);
  run->state = VMM_RUN_IDLE;
  g_clear_pointer (&run->result, vmm_result_unref);
  take_session (run, session);
  book_hand_over (run, before);
  if (run->observer.replaced)
    run->observer.replaced (run, run->observer_data);
  vmm_session_free (before);
}

gboolean
vmm_run_follow (VmmRun *run, const VmmPlan *plan, GError **error)
{
  const VmmPlan *now = vmm_session_get_plan (run->session);

  if (measures_the_same (plan, now)) {
    if (plan->history != now->history)
      vmm_session_set_history (run->session, plan->history);
    return TRUE;
  }
  VmmSession *session = vmm_session_new (plan, vmm_session_get_host (run->session), error);
  if (session)
    replace_session (run, session);
  return session != NULL;
}
