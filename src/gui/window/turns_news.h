/* SPDX-License-Identifier: MIT */
/* turns_news: what the window does and says of a run that measures by turns. */
#pragma once

#include "vmm/run.h"

/* FALSE also where there is no run. */
gboolean vmm_turns_news_is_by_turns (const VmmRun *run);

/* From the next window on, by `turns` and with that label (NULL = none). FALSE and the error: all is as it
 * was. */
gboolean vmm_turns_news_begin (VmmRun *run, const VmmTurns *turns, const char *label,
                               GError **error);

/* What a run that pauses waits for, and when all is over; that it is over. Free with g_free(). */
char *vmm_turns_news_wait (const VmmRun *run);
char *vmm_turns_news_end (const VmmRun *run);
