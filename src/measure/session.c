/* SPDX-License-Identifier: MIT */
/* session: turns the passing of time into rows of its sources, and a window of rows into news. */
#include "vmm/session.h"

#include "alarm.h"
#include "vmm/channel.h"

#include <math.h>

struct _VmmSession {
  VmmPlan     plan;
  VmmHost    *host;
  GPtrArray  *sources; /* of VmmSource *, owned */
  VmmSource  *by_channel[VMM_N_CHANNELS];
  VmmRing    *ring;
  VmmOutlook *outlook;
  VmmObserver observer;
  gpointer    observer_data;
  GSource    *alarm; /* NULL: not attached */
  VmmPlace    place; /* of the newest window */

  VmmSessionState state;
  gint64          interval_us;
  gint64          now_us;   /* the latest time heard of */
  gint64          start_us; /* of the newest window */
  gint64          end_us;   /* of it, or 0 */
  gint64          tick;     /* the latest one taken, counted from start_us */
  gint64          created_us;

  /* The newest window: its rows by their serial number in the ring. */
  guint64  first_row, end_row;
  guint    ticks, due, missed; /* planned; due and missed so far */
  gboolean complete;
};

static gint64
advance (VmmSession *session, gint64 now_us)
{
  session->now_us = MAX (session->now_us, now_us);
  return session->now_us;
}

/* Those that work all the time when idle, and a window unless there is one already. */
static void
start_sources (VmmSession *session)
{
  GPtrArray *sources = session->sources;

  for (guint i = 0; session->state == VMM_SESSION_IDLE && i < sources->len; i++)
    vmm_source_start (g_ptr_array_index (sources, i), session->now_us);
  for (guint i = 0; session->state != VMM_SESSION_OBSERVING && i < sources->len; i++)
    vmm_source_window_begins (g_ptr_array_index (sources, i), session->now_us);
}

static void
sample (VmmSession *session, float *row)
{
  for (int c = 0; c < VMM_N_CHANNELS; c++)
    row[c] = vmm_absent (VMM_OFF);
  for (guint i = 0; i < session->sources->len; i++)
    vmm_source_sample (g_ptr_array_index (session->sources, i), session->now_us, row);
}

static gint64
pulse (VmmSession *session)
{
  gint64 next_us = G_MAXINT64;
  for (guint i = 0; i < session->sources->len; i++)
    next_us =
        MIN (next_us, vmm_source_pulse (g_ptr_array_index (session->sources, i), session->now_us));
  return next_us;
}

static gint64
get_tick_time (const VmmSession *session, gint64 tick)
{
  return session->start_us + tick * session->interval_us;
}

static void
end_window (VmmSession *session)
{
  session->state = VMM_SESSION_FINISHED;
  for (guint i = 0; i < session->sources->len; i++)
    vmm_source_window_ends (g_ptr_array_index (session->sources, i));
}

static void
finish_window (VmmSession *session)
{
  session->complete = TRUE;
  end_window (session);
  if (session->observer.finished)
    session->observer.finished (session, session->observer_data);
}

/* One row for the latest tick that is due; those before it that had none are missed. */
static void
take_tick (VmmSession *session)
{
  float row[VMM_N_CHANNELS];

  session->tick = (session->now_us - session->start_us) / session->interval_us;
  sample (session, row);
  vmm_ring_push (session->ring, session->now_us, row);
  vmm_outlook_push (session->outlook, session->now_us,
                    session->created_us + session->now_us - session->start_us, row);
  if (session->state == VMM_SESSION_OBSERVING) {
    guint due = (guint) MIN (session->tick, session->ticks);
    session->missed += due - session->due - 1;
    session->due = due;
    session->end_row = vmm_ring_get_pushed (session->ring);
  }
  if (session->observer.sampled)
    session->observer.sampled (session, session->observer_data);
  if (session->state == VMM_SESSION_OBSERVING && session->due == session->ticks)
    finish_window (session);
}

static void
on_alarm (gint64 now_us, gpointer session)
{
  vmm_session_step (session, now_us);
}

VmmSession *
vmm_session_new_with_sources (const VmmPlan *plan, VmmHost *host, GPtrArray *sources,
                              GError **error)
{
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_source_free);
  for (guint i = 0; i < sources->len; i++)
    g_ptr_array_add (taken, g_ptr_array_index (sources, i));
  g_free (g_ptr_array_steal (sources, NULL));
  if (!vmm_plan_check (plan, error))
    return NULL;

  VmmSession *session = g_new0 (VmmSession, 1);
  vmm_plan_copy (&session->plan, plan);
  session->host = vmm_host_ref (host);
  session->sources = g_steal_pointer (&taken);
  session->interval_us = plan->interval_ms * G_GINT64_CONSTANT (1000);
  session->ticks = vmm_plan_ticks (plan);
  session->now_us = G_MININT64;
  session->ring = vmm_ring_new (MAX (plan->history, session->ticks), VMM_N_CHANNELS);
  session->outlook = vmm_outlook_new (session->interval_us);
  for (guint i = 0; i < session->sources->len; i++) {
    VmmSource *source = g_ptr_array_index (session->sources, i);
    for (guint c = 0; c < source->class->n_channels; c++)
      session->by_channel[source->class->channels[c]] = source;
  }
  return session;
}

void
vmm_session_free (VmmSession *session)
{
  if (!session)
    return;
  vmm_alarm_free (session->alarm);
  g_ptr_array_unref (session->sources);
  vmm_outlook_free (session->outlook);
  vmm_ring_free (session->ring);
  vmm_host_unref (session->host);
  vmm_plan_clear (&session->plan);
  g_free (session);
}

void
vmm_session_set_observer (VmmSession *session, const VmmObserver *observer, gpointer data)
{
  session->observer = *observer;
  session->observer_data = data;
}

void
vmm_session_start (VmmSession *session, gint64 now_us, gint64 created_us)
{
  gint64 before_us = session->now_us;

  session->start_us = advance (session, now_us);
  session->created_us = created_us;
  start_sources (session);
  session->state = VMM_SESSION_OBSERVING;
  session->tick = 0;
  session->end_us = get_tick_time (session, session->ticks);
  session->due = session->missed = 0;
  session->complete = FALSE;
  session->first_row = session->end_row = vmm_ring_get_pushed (session->ring);
  if (session->now_us > before_us) { /* the first reading of the counters, for no row */
    float row[VMM_N_CHANNELS];
    sample (session, row);
  }
  vmm_alarm_set (session->alarm, session->now_us);
}

gint64
vmm_session_step (VmmSession *session, gint64 now_us)
{
  gint64 next_us = G_MAXINT64;

  advance (session, now_us);
  if (session->state != VMM_SESSION_IDLE &&
      session->now_us >= get_tick_time (session, session->tick + 1))
    take_tick (session);
  if (session->state != VMM_SESSION_IDLE)
    next_us = MIN (pulse (session), get_tick_time (session, session->tick + 1));
  vmm_alarm_set (session->alarm, next_us);
  return next_us;
}

void
vmm_session_stop (VmmSession *session)
{
  if (session->state == VMM_SESSION_IDLE)
    return;
  session->state = VMM_SESSION_IDLE;
  for (guint i = 0; i < session->sources->len; i++)
    vmm_source_stop (g_ptr_array_index (session->sources, i));
  vmm_alarm_set (session->alarm, G_MAXINT64);
}

void
vmm_session_cut (VmmSession *session)
{
  if (session->state != VMM_SESSION_OBSERVING)
    return;
  session->end_us = session->now_us;
  end_window (session);
}

void
vmm_session_set_history (VmmSession *session, guint rows)
{
  session->plan.history = rows;
  vmm_ring_resize (session->ring, MAX (rows, session->ticks));
}

void
vmm_session_attach (VmmSession *session)
{
  g_return_if_fail (session->alarm == NULL);

  session->alarm = vmm_alarm_new (on_alarm, session);
  if (session->state != VMM_SESSION_IDLE)
    vmm_alarm_set (session->alarm, session->now_us);
}

VmmSessionState
vmm_session_get_state (const VmmSession *session)
{
  return session->state;
}

const VmmPlan *
vmm_session_get_plan (const VmmSession *session)
{
  return &session->plan;
}

VmmHost *
vmm_session_get_host (const VmmSession *session)
{
  return session->host;
}

const VmmRing *
vmm_session_get_ring (const VmmSession *session)
{
  return session->ring;
}

VmmOutlook *
vmm_session_get_outlook (const VmmSession *session)
{
  return session->outlook;
}

void
vmm_session_get_window (const VmmSession *session, VmmWindow *ret_window)
{
  guint64 oldest = vmm_ring_get_pushed (session->ring) - vmm_ring_get_length (session->ring);

  *ret_window = (VmmWindow){
    .start_us = session->start_us,
    .end_us = session->end_us,
    .first = (guint) (MAX (session->first_row, oldest) - oldest),
    .end = (guint) (MAX (session->end_row, oldest) - oldest),
    .ticks = session->due,
    .missed = session->missed,
    .complete = session->complete,
  };
}

void
vmm_session_set_place (VmmSession *session, const VmmPlace *place)
{
  session->place = *place;
}

const VmmPlace *
vmm_session_get_place (const VmmSession *session)
{
  return &session->place;
}

gint64
vmm_session_get_created (const VmmSession *session)
{
  return session->created_us;
}

VmmSource *
vmm_session_get_source (const VmmSession *session, VmmChannelId channel)
{
  g_return_val_if_fail ((guint) channel < VMM_N_CHANNELS, NULL);
  return session->by_channel[channel];
}

VmmReason
vmm_session_get_reason (const VmmSession *session, VmmChannelId channel)
{
  VmmSource *source = vmm_session_get_source (session, channel);
  return source ? vmm_source_reason (source, channel) : vmm_reason (VMM_CAUSE_NONE);
}

void
vmm_session_settle (VmmSession *session)
{
  for (guint i = 0; i < session->sources->len; i++)
    vmm_source_settle (g_ptr_array_index (session->sources, i));
}

void
vmm_session_describe (const VmmSession *session, VmmDescription *ret_description)
{
  *ret_description = (VmmDescription){ .activity = "" };
  vmm_rented_init (&ret_description->rented);
  for (guint i = 0; i < session->sources->len; i++)
    vmm_source_describe (g_ptr_array_index (session->sources, i), ret_description);
}
