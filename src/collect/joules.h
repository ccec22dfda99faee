/* SPDX-License-Identifier: MIT */
/* joules: from the readings of one energy counter to watts, or why there are none.
 *
 * Pure. A counter that did not move has no new reading: it is pending, and never 0 W; what it adds next
 * is divided by the time since it moved last. One that moves more rarely than it is read moved at some
 * time before its first reading, so its first move tells only when the next one begins. Nothing follows
 * from a move to one that is more than a minute later. */
#pragma once

#include "vmm/channel.h"

typedef struct {
  guint64  microjoules;
  gint64   moved_us;    /* when that was seen first */
  gboolean has_reading; /* of both */
  gboolean is_first;    /* and it is not known to have moved then */
  gboolean stood_still; /* since the first reading */
} Joules;

#define JOULES_WATTS_MAX 2000.0 /* of one counter: more is no measurement */

/* Takes the reading of `now_us`. `range` is the largest before it begins again with 0 (0 = it never
 * does). Watts, or an absent value with its cause in `ret_cause`. */
float joules_take (Joules *joules, guint64 microjoules, guint64 range, gint64 now_us,
                   VmmCause *ret_cause);
