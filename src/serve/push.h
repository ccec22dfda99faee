/* SPDX-License-Identifier: MIT */
/* push: brings the figures to who cannot fetch them, one attempt at a time, less and less often while it
 * fails. Nothing is kept for later: the next attempt brings the figures of its own time. */
#pragma once

#include "vmm/serve.h"

typedef struct _VmmPush VmmPush;

/* After each attempt, by the main context of the thread; `error` NULL = it arrived. */
typedef void (*VmmPushed) (const GError *error, gpointer data);

VmmPush *vmm_push_new (const VmmPushTarget *target, VmmPushed pushed, gpointer data);
void     vmm_push_free (VmmPush *push); /* an attempt that is under way is given up; NULL is fine */

/* Sends `text`, unless one is under way or the last one failed not long ago. TRUE when it does. */
gboolean vmm_push_offer (VmmPush *push, const char *text, gint64 now_us);
gboolean vmm_push_is_busy (const VmmPush *push);

/* How long nothing is tried after the n-th failure on end: 30 s, twice as long each time, 10 minutes at
 * most; times 0.8 to 1.2 by `chance`, 0 to 1. */
gint64 vmm_push_wait (guint failures, double chance);
