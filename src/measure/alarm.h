/* SPDX-License-Identifier: MIT */
/* alarm: wakes a session from the main context when something of it is due. */
#pragma once

#include "vmm/session.h"

/* Attached to the default main context of this thread; calls vmm_session_step(). Not set yet. */
GSource *vmm_alarm_new (VmmSession *session);
void     vmm_alarm_free (GSource *alarm); /* NULL is fine */

/* To ring once `time_us` is reached; G_MAXINT64 = never. NULL is fine. */
void vmm_alarm_set (GSource *alarm, gint64 time_us);
