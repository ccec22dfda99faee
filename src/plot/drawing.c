/* SPDX-License-Identifier: MIT */
/* drawing: where a value of a series is. */
#include "drawing.h"

#include <math.h>

#define LANE_LEAST 2.0 /* user units */

double
vmm_drawing_get_zero (const VmmDrawing *d)
{
  return d->plot->is_opposed
             ? d->frame.top +
                   floor ((d->frame.bottom - d->frame.top) * d->plot->scale / 2) / d->plot->scale
             : d->frame.bottom;
}

double
vmm_drawing_get_y (const VmmDrawing *d, double value, gboolean is_second)
{
  double zero = vmm_drawing_get_zero (d), share = CLAMP (value / d->frame.high, 0, 1);

  return d->plot->is_opposed && is_second ? zero + share * (d->frame.bottom - zero)
                                          : zero - share * (zero - d->frame.top);
}

guint
vmm_drawing_count_lanes (const VmmDrawing *d)
{
  double room = (d->frame.bottom - d->frame.top) / LANE_LEAST;

  return MAX (1, MIN (d->plot->n_lanes, (guint) MAX (1, room)));
}
