/* SPDX-License-Identifier: MIT */
/* serve: a run whose windows begin by a timetable, a session that watches between them, and who is told. */
#include "vmm/serve.h"

#include "cost.h"
#include "receivers.h"
#include "skipping.h"
#include "timetable.h"
#include "watch.h"

#include <string.h>

#define LOOK_TICKS 10     /* from one look for stolen time to the next */
#define TEXT_TICKS 60     /* from one text file to the next */
#define BUSY_PERCENT 60.0 /* of its own load beyond that, a window would be disturbed */
#define FIRST_TICKS 10    /* so long the load is looked at before the one window of who watches */
#define LOOKS 2

struct _VmmServe {
  VmmServeOptions  options;
  VmmReceivers     receivers;
  VmmRun          *run;
  VmmSession      *session; /* that watches between windows */
  VmmServeObserver observer;
  gpointer         observer_data;
  gboolean         attached;

  VmmTimetable table;
  VmmWatch     watch;
  guint64      ticks;
  gint64       now_us, wall_us; /* the latest heard of, when not attached */
  gint64       row_us;          /* when the newest row was */
  gint64       started_us;      /* by the wall clock */
  VmmResult   *result;          /* of the newest window */
  gboolean     is_measuring, has_ended;
  guint64      windows;
  VmmSkipping  skipping;
};

static gint64
get_wall (const VmmServe *serve)
{
  return serve->attached ? g_get_real_time () : serve->wall_us;
}

static gint64
get_now (const VmmServe *serve)
{
  return serve->attached ? g_get_monotonic_time () : serve->now_us;
}

/* ---- Telling */

static void
on_changed (VmmReceiver receiver, const GError *error, gpointer data)
{
  VmmServe *serve = data;

  if (serve->observer.failed)
    serve->observer.failed (serve, receiver, error, serve->observer_data);
}

static void
tell (VmmServe *serve)
{
  VmmSnapshot snapshot;

  if (!vmm_receivers_are_there (&serve->receivers))
    return;
  vmm_serve_describe (serve, get_wall (serve), &snapshot);
  vmm_receivers_tell (&serve->receivers, &snapshot, get_now (serve));
}

/* The one window is over, and told. */
static void
tell_end (gpointer data)
{
  VmmServe *serve = data;

  if (serve->has_ended && !vmm_receivers_are_busy (&serve->receivers) && serve->observer.ended)
    serve->observer.ended (serve, serve->observer_data);
}

/* ---- Windows */

static void
on_finished (VmmRun *run, VmmResult *result, gpointer data)
{
  VmmServe *serve = data;

  g_clear_pointer (&serve->result, vmm_result_unref);
  serve->result = vmm_result_ref (result);
  serve->windows++;
  if (serve->observer.measured)
    serve->observer.measured (serve, result, serve->observer_data);
}

static void
on_kept (VmmRun *run, VmmResult *result, const char *id, const GError *error, gpointer data)
{
  VmmServe *serve = data;

  if (id || error)
    vmm_receivers_note_kept (&serve->receivers, result, error);
}

/* What waits for the store, until it refuses again. */
static void
keep_late (VmmServe *serve)
{
  VmmResult *before = NULL, *next;

  for (; (next = vmm_receivers_get_unkept (&serve->receivers)) && next != before; before = next)
    vmm_run_keep (serve->run, next);
}

/* Between windows the run is silent. */
static void
on_ended (VmmRun *run, gpointer data)
{
  VmmServe *serve = data;

  serve->is_measuring = FALSE;
  serve->has_ended = serve->options.once;
  vmm_run_stop (run);
  tell (serve);
  tell_end (serve);
}

static void
begin_window (VmmServe *serve)
{
  serve->is_measuring = TRUE;
  vmm_run_begin (serve->run, get_now (serve), get_wall (serve));
}

static void
skip (VmmServe *serve, VmmSkipped why)
{
  g_autoptr (GError) error = NULL;

  if (!vmm_skipping_add (&serve->skipping, why, get_wall (serve), &error))
    vmm_receivers_note (&serve->receivers, VMM_RECEIVER_STORE, error);
  serve->has_ended = serve->options.once;
  tell (serve);
  if (serve->observer.skipped)
    serve->observer.skipped (serve, why, serve->observer_data);
  tell_end (serve);
}

static void
begin_unless_busy (VmmServe *serve)
{
  if (vmm_watch_get_busy (&serve->watch) > BUSY_PERCENT)
    skip (serve, VMM_SKIPPED_BUSY);
  else
    begin_window (serve);
}

static void
keep_timetable (VmmServe *serve)
{
  VmmDue due = vmm_timetable_check (&serve->table, get_wall (serve));

  if (due == VMM_DUE_LATE)
    skip (serve, VMM_SKIPPED_LATE);
  else if (due == VMM_DUE_NOW)
    begin_unless_busy (serve);
}

/* ---- Between them */

static void
look (VmmServe *serve)
{
  for (guint i = 0; i < LOOKS; i++) {
    VmmLook seen;
    vmm_stolen_look (&seen.observed_seconds, &seen.missing_seconds);
    vmm_watch_add_look (&serve->watch, &seen);
  }
}

static void
add_row (VmmServe *serve)
{
  const VmmRing *ring = vmm_session_get_ring (serve->session);
  guint          last = vmm_ring_get_length (ring) - 1;
  float          row[VMM_N_CHANNELS];
  gint64         time_us = vmm_ring_get_time (ring, last);

  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    row[c] = vmm_ring_get (ring, last, c);
  vmm_watch_add_row (&serve->watch, row, time_us - serve->row_us);
  serve->row_us = time_us;
}

/* A window is left alone: neither a look nor a file falls among its probes. */
static void
on_sampled (VmmSession *session, gpointer data)
{
  VmmServe *serve = data;

  add_row (serve);
  serve->ticks++;
  if (serve->options.once && serve->options.watch && serve->ticks == FIRST_TICKS)
    begin_unless_busy (serve);
  if (serve->is_measuring || serve->options.once)
    return;
  keep_timetable (serve);
  if (serve->is_measuring)
    return;
  if (serve->ticks % LOOK_TICKS == 0)
    look (serve);
  if (serve->ticks % TEXT_TICKS == 0) {
    keep_late (serve);
    tell (serve);
  }
}

/* ---- Its life */

VmmServe *
vmm_serve_new_with (VmmRun *run, VmmSession *watch, const VmmServeOptions *options)
{
  static const VmmRunObserver of_run = { .finished = on_finished,
                                         .kept = on_kept,
                                         .ended = on_ended };
  static const VmmObserver    of_watch = { .sampled = on_sampled };

  VmmServe *serve = g_new0 (VmmServe, 1);

  serve->options = *options;
  vmm_receivers_init (&serve->receivers, options, on_changed, tell_end, serve);
  serve->run = run;
  serve->session = watch;
  vmm_watch_init (&serve->watch, vmm_session_get_host (watch)->cpus);
  vmm_skipping_init (&serve->skipping, vmm_session_get_host (watch), options->keep);
  vmm_run_set_observer (run, &of_run, serve);
  vmm_session_set_observer (watch, &of_watch, serve);
  return serve;
}

VmmServe *
vmm_serve_new (const VmmPlan *plan, const VmmServeOptions *options, GError **error)
{
  const VmmSchedule schedule = { .windows = 1, .keep = options->keep };
  g_auto (VmmPlan) own = { 0 };

  vmm_plan_copy (&own, plan);
  own.keeps_scratch = !options->once; /* else each window writes its 32 MiB anew */
  g_autoptr (VmmRun) run = vmm_run_new (&own, &schedule, error);

  if (!run)
    return NULL;
  VmmSession *watch =
      vmm_watch_make_session (plan, vmm_session_get_host (vmm_run_get_session (run)), error);
  return watch ? vmm_serve_new_with (g_steal_pointer (&run), watch, options) : NULL;
}

void
vmm_serve_free (VmmServe *serve)
{
  if (!serve)
    return;
  vmm_run_set_observer (serve->run, &(VmmRunObserver){ NULL }, NULL);
  vmm_run_free (serve->run);
  vmm_session_free (serve->session);
  g_clear_pointer (&serve->result, vmm_result_unref);
  vmm_receivers_clear (&serve->receivers);
  vmm_skipping_clear (&serve->skipping);
  g_free (serve);
}

void
vmm_serve_set_observer (VmmServe *serve, const VmmServeObserver *observer, gpointer data)
{
  serve->observer = *observer;
  serve->observer_data = data;
}

void
vmm_serve_begin (VmmServe *serve, gint64 now_us, gint64 wall_us)
{
  const VmmPlan *plan = vmm_session_get_plan (serve->session);
  gint64         every_us = (gint64) serve->options.every_s * G_USEC_PER_SEC;

  serve->now_us = serve->row_us = now_us;
  serve->wall_us = serve->started_us = wall_us;
  vmm_timetable_init (&serve->table, every_us,
                      vmm_timetable_phase (plan->sysroot ? plan->sysroot : "/", every_us),
                      serve->options.watch ? every_us / 2 : 0, wall_us);
  vmm_session_start (serve->session, now_us, wall_us);
  if (serve->options.once && !serve->options.watch)
    begin_window (serve);
  else
    tell (serve);
}

void
vmm_serve_attach (VmmServe *serve)
{
  serve->attached = TRUE;
  vmm_run_attach (serve->run);
  vmm_session_attach (serve->session);
}

gint64
vmm_serve_step (VmmServe *serve, gint64 now_us, gint64 wall_us)
{
  serve->now_us = now_us;
  serve->wall_us = wall_us;
  gint64 next_us = vmm_session_step (serve->session, now_us);
  return MIN (next_us, vmm_run_step (serve->run, now_us, wall_us));
}

/* ---- Questions */

void
vmm_serve_describe (const VmmServe *serve, gint64 wall_us, VmmSnapshot *ret_snapshot)
{
  *ret_snapshot = (VmmSnapshot){
    .host = vmm_session_get_host (serve->session),
    .result = serve->result,
    .now_us = wall_us,
    .started_us = serve->started_us,
    .next_us = serve->options.once ? 0 : serve->table.next_us,
    .windows = serve->windows,
    .cpu_seconds = vmm_cost_cpu_seconds (),
    .resident_bytes = vmm_cost_resident (),
  };
  vmm_skipping_describe (&serve->skipping, ret_snapshot);
  memcpy (ret_snapshot->failures, serve->receivers.failures, sizeof ret_snapshot->failures);
  vmm_watch_describe (&serve->watch, ret_snapshot);
}

VmmRun *
vmm_serve_get_run (const VmmServe *serve)
{
  return serve->run;
}
