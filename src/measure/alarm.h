/* SPDX-License-Identifier: MIT */
/* alarm: rings from the main context when a monotonic time is reached. */
#pragma once

#include <glib.h>

/* `now_us` is the monotonic time; it may be later than what the alarm was set to. */
typedef void (*VmmAlarmRing) (gint64 now_us, gpointer data);

/* Attached to the default main context of this thread, before drawing. Not set yet. */
GSource *vmm_alarm_new (VmmAlarmRing ring, gpointer data);
void     vmm_alarm_free (GSource *alarm); /* NULL is fine */

/* To ring once `time_us` is reached, and again until it is set anew; G_MAXINT64 = never. NULL is
 * fine. */
void vmm_alarm_set (GSource *alarm, gint64 time_us);
