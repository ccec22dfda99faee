/* SPDX-License-Identifier: MIT */
/* alarm: a GSource whose ready time is the time to ring at. */
#include "alarm.h"

typedef struct {
  GSource      base;
  VmmAlarmRing ring;
  gpointer     data;
} Alarm;

/* Who is rung for sets the alarm anew. */
static gboolean
on_ready (GSource *source, GSourceFunc callback, gpointer data)
{
  const Alarm *alarm = (Alarm *) source;

  alarm->ring (g_get_monotonic_time (), alarm->data);
  return G_SOURCE_CONTINUE;
}

static const GSourceFuncs functions = { .dispatch = on_ready };

GSource *
vmm_alarm_new (VmmAlarmRing ring, gpointer data)
{
  GSource *source = g_source_new ((GSourceFuncs *) &functions, sizeof (Alarm));
  Alarm   *alarm = (Alarm *) source;

  alarm->ring = ring;
  alarm->data = data;
  g_source_set_name (source, "vmm-alarm");
  g_source_set_priority (source, G_PRIORITY_HIGH); /* measuring before drawing */
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
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
