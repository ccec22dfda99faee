/* SPDX-License-Identifier: MIT */
/* phrases: sentences made fit for a label, and moments as people of a
 * place write them. No widget. */
#pragma once

#include "vmm/account.h"

/* `text` beginning with a capital, unless it begins with a path, which may well be the first of a reason;
 * the verdict so, unless it begins with what a side is called; `text` with no line's end between a figure
 * and its %. Free with g_free(). */
char *vmm_phrase_capitalise (const char *text);
char *vmm_phrase_verdict (const VmmAccount *account);
char *vmm_phrase_bind (const char *text);

/* Date and time of `real_us` (since the epoch), to the minute or `precisely` to the second; the
 * time of day alone. "–" for a moment out of range. Free with g_free(). */
char *vmm_phrase_moment (gint64 real_us, gboolean precisely);
char *vmm_phrase_clock (gint64 real_us);

/* "turn 1 of 2: the next measurement begins at 11:02:40, in 25 s; the last of them ends at 11:12:10": the turn-th
 * of `turns` at `now_us`, all since the epoch. Free with g_free(). */
char *vmm_phrase_turn (guint turn, guint turns, gint64 now_us, gint64 next_us, gint64 end_us);

/* The time of day to the minute. Free with g_free(). */
char *vmm_phrase_minute (gint64 real_us);

/* A moment as people say it at `now_us`: "Today 14:05", "Yesterday 14:05", "12 March 14:05", "12 March
 * 2025"; one that is to come as vmm_phrase_moment(). Free with g_free(). */
char *vmm_phrase_day (gint64 real_us, gint64 now_us);

/* Why a value is absent, where nobody knows a better reason; NULL for VMM_PRESENT. */
const char *vmm_phrase_absence (VmmAbsence why);
