/* SPDX-License-Identifier: MIT */
/* alarm: a GSource whose ready time is the next thing that is due. */
#include "alarm.h"

typedef struct {
  GSource     base;
  VmmSession *session;
} Alarm;

/* The step sets the alarm anew. */
static gboolean
on_ready (GSource *source, GSourceFunc callback, gpointer data)
{
  vmm_session_step (((Alarm *) source)->session, g_get_monotonic_time ());
  return G_SOURCE_CONTINUE;
}

static const GSourceFuncs functions = { .dispatch = on_ready };

GSource *
vmm_alarm_new (VmmSession *session)
{
  GSource *alarm = g_source_new ((GSourceFuncs *) &functions, sizeof (Alarm));

  ((Alarm *) alarm)->session = session;
  g_source_set_name (alarm, "vmm-session");
  g_source_set_priority (alarm, G_PRIORITY_HIGH); /* measuring before drawing */
  g_source_attach (alarm, g_main_context_get_thread_default ());
  return alarm;
}

void
vmm_alarm_free (GSource *alarm)
{
  if (!alarm)
    return;
  g_source_destroy (alarm);
  g_source_unref (alarm);
}

void
vmm_alarm_set (GSource *alarm, gint64 time_us)
{
  if (alarm)
    g_source_set_ready_time (alarm, time_us == G_MAXINT64 ? -1 : time_us);
}
