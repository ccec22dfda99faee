/* SPDX-License-Identifier: MIT */
/* turns: guests of one host that measure by turns, each by its own clock, without talking to each other.
 *
 * The wall clock is cut into slots, counted from the epoch, so that all guests agree on them. Rounds go there
 * and back, 1 2 2 1 1 2 2 1: what drifts steadily falls on all alike. A window begins with its slot; the rest of
 * the slot, VMM_TURNS_ROOM_S, is for keeping it and for clocks that do not quite agree. Pure but for
 * vmm_turns_read_clock(): time is an argument, us since the epoch. */
#pragma once

#include "vmm/plan.h"

#define VMM_TURNS_MAX 16
#define VMM_TURNS_ROOM_S 10
#define VMM_TURNS_LATE_US (2 * G_TIME_SPAN_SECOND) /* so late a window may begin in its slot */

typedef struct {
  guint  turn, turns; /* the turn-th of `turns`, from 1; 0 = not by turns */
  guint  slot_s;
  gint64 until_us; /* no window ends later */
} VmmTurns;

/* Reads "1/2", or what vmm_turns_code() wrote. Fills turn, turns and slot_s, which is that of `plan`, and
 * until_us: for ever, or as the code says; else FALSE and the error, also where the code is of windows of
 * another length. */
gboolean vmm_turns_parse (VmmTurns *ret_turns, const char *code, const VmmPlan *plan,
                          GError **error);

/* What another guest, the turn-th, is to be told: "2/2-30-htfr4", its place, how long a window is, and when all
 * is over, to the minute before. Free with g_free(). */
char *vmm_turns_code (const VmmTurns *turns, guint turn);

/* When the first own slot begins that does so at `wall_us` or later; and which it is. */
gint64 vmm_turns_next (const VmmTurns *turns, gint64 wall_us, guint64 *ret_slot);

/* How many own windows begin at `wall_us` or later and end until until_us; and the end of the last of
 * them, or 0. */
guint vmm_turns_count (const VmmTurns *turns, gint64 wall_us, gint64 *ret_end_us);

/* What the kernel knows of its clock. */
typedef struct {
  gboolean synchronised;
  gint64   error_us; /* at most so wrong */
} VmmTurnsClock;

void vmm_turns_read_clock (VmmTurnsClock *ret_clock);

/* FALSE and an error that says what to do when slots by such a clock could overlap with another guest's. */
gboolean vmm_turns_check_clock (const VmmTurnsClock *clock, GError **error);
