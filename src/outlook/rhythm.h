/* SPDX-License-Identifier: MIT */
/* rhythm: whether episodes begin at equal intervals, and when the next one begins if they go on so. */
#pragma once

#include <glib.h>

#define RHYTHM_INTERVALS 6

typedef enum {
  RHYTHM_FEW,
  RHYTHM_IRREGULAR,
  RHYTHM_SHORT,
  RHYTHM_ALIKE,
} RhythmState;

/* Times are monotonic us. */
typedef struct {
  gint64 interval_us; /* of the rows */
  gint64 least_us;    /* an episode is at least so long */

  gint64
      above_us; /* the first row of those above the level that are going on; G_MININT64 = none are */
  gboolean is_told; /* they are an episode already */

  gint64 last_us;                     /* when the newest episode began; G_MININT64 = not known */
  guint  n;                           /* intervals so far, at most RHYTHM_INTERVALS */
  gint64 intervals[RHYTHM_INTERVALS]; /* the oldest first */
} Rhythm;

void rhythm_init (Rhythm *rhythm, gint64 interval_us, gint64 least_us);

/* What comes does not follow from what was: the interval that goes on is not known. */
void rhythm_break (Rhythm *rhythm);

/* A row above the level, or not. TRUE: an episode is known since now, and it began at *ret_begin_us. */
gboolean rhythm_push (Rhythm *rhythm, gint64 now_us, gboolean is_above, gint64 *ret_begin_us);

/* What the intervals are. If they are alike, the next episode begins at *ret_due_us, give or take
 * *ret_tolerance_us. */
RhythmState rhythm_judge (const Rhythm *rhythm, gint64 *ret_due_us, gint64 *ret_tolerance_us);

void rhythm_get_range (const Rhythm *rhythm, gint64 *ret_shortest_us, gint64 *ret_longest_us);
