/* SPDX-License-Identifier: MIT */
/* by_turns: what is said of windows that begin in slots: what is waited for, and how sure their mean is. */
#pragma once

#include "vmm/result.h"
#include "vmm/run.h"

/* "turn 1 of 2: the next measurement begins at 11:02:40, in 25 s; the last of them ends at 11:12:10". Of a
 * run that pauses, at `now_us`. Free with g_free(). */
char *vmm_by_turns_wait (const VmmRun *run, gint64 now_us);

/* Adds `result` to those that were taken (of VmmResult *). TRUE when half of the 95 % interval of their mean is at
 * most `until_percent` of it: enough. */
gboolean vmm_by_turns_take (GPtrArray *taken, VmmResult *result, double until_percent);

/* The line "mean of 7 measurements: 118 (115 to 121)", "" of less than two. Free with g_free(). */
char *vmm_by_turns_mean (const GPtrArray *taken);
