/* SPDX-License-Identifier: MIT */
/* rhythm: episodes of rows above a level, and how alike the times between their beginnings are. */
#include "rhythm.h"

#include "vmm/summary.h"

#include <string.h>

#define NEVER G_MININT64
#define ALIKE 0.25     /* of the median: from the shortest interval to the longest */
#define ALIKE_ROWS 2   /* or so many rows */
#define TOLERANCE 0.2  /* of the median, each way */
#define LEAST_PERIOD 5 /* rows: a shorter one meets its tolerance by chance */

void
rhythm_init (Rhythm *rhythm, gint64 interval_us, gint64 least_us)
{
  *rhythm = (Rhythm){
    .interval_us = interval_us,
    .least_us = least_us,
    .above_us = NEVER,
    .last_us = NEVER,
  };
}

void
rhythm_break (Rhythm *rhythm)
{
  rhythm->above_us = rhythm->last_us = NEVER;
  rhythm->is_told = FALSE;
}

static void
add_interval (Rhythm *rhythm, gint64 interval_us)
{
  if (rhythm->n == RHYTHM_INTERVALS)
    memmove (rhythm->intervals, rhythm->intervals + 1, --rhythm->n * sizeof *rhythm->intervals);
  rhythm->intervals[rhythm->n++] = interval_us;
}

static void
add_episode (Rhythm *rhythm, gint64 begin_us)
{
  if (rhythm->last_us != NEVER)
    add_interval (rhythm, begin_us - rhythm->last_us);
  rhythm->last_us = begin_us;
}

gboolean
rhythm_push (Rhythm *rhythm, gint64 now_us, gboolean is_above, gint64 *ret_begin_us)
{
  if (!is_above) {
    rhythm->above_us = NEVER;
    rhythm->is_told = FALSE;
    return FALSE;
  }
  if (rhythm->above_us == NEVER)
    rhythm->above_us = now_us;
  /* A row tells of the interval before it. */
  if (rhythm->is_told || now_us - rhythm->above_us + rhythm->interval_us < rhythm->least_us)
    return FALSE;
  rhythm->is_told = TRUE;
  *ret_begin_us = rhythm->above_us;
  add_episode (rhythm, rhythm->above_us);
  return TRUE;
}

void
rhythm_get_range (const Rhythm *rhythm, gint64 *ret_shortest_us, gint64 *ret_longest_us)
{
  *ret_shortest_us = G_MAXINT64;
  *ret_longest_us = 0;
  for (guint i = 0; i < rhythm->n; i++) {
    *ret_shortest_us = MIN (*ret_shortest_us, rhythm->intervals[i]);
    *ret_longest_us = MAX (*ret_longest_us, rhythm->intervals[i]);
  }
}

static gint64
find_median (const Rhythm *rhythm)
{
  double sorted[RHYTHM_INTERVALS];

  for (guint i = 0; i < RHYTHM_INTERVALS; i++)
    sorted[i] = (double) rhythm->intervals[i];
  vmm_sort (sorted, RHYTHM_INTERVALS);
  return (gint64) vmm_quantile (sorted, RHYTHM_INTERVALS, 0.5);
}

RhythmState
rhythm_judge (const Rhythm *rhythm, gint64 *ret_due_us, gint64 *ret_tolerance_us)
{
  gint64 shortest_us, longest_us, median_us;

  if (rhythm->n < RHYTHM_INTERVALS || rhythm->last_us == NEVER)
    return RHYTHM_FEW;
  rhythm_get_range (rhythm, &shortest_us, &longest_us);
  median_us = find_median (rhythm);
  if (longest_us - shortest_us >
      MAX (ALIKE_ROWS * rhythm->interval_us, (gint64) (ALIKE * (double) median_us)))
    return RHYTHM_IRREGULAR;
  if (median_us < LEAST_PERIOD * rhythm->interval_us)
    return RHYTHM_SHORT;
  *ret_due_us = rhythm->last_us + median_us;
  *ret_tolerance_us = MAX (rhythm->interval_us, (gint64) (TOLERANCE * (double) median_us));
  return RHYTHM_ALIKE;
}
