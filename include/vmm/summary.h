/* SPDX-License-Identifier: MIT */
/* summary: what a channel did over a window, in five robust figures. */
#pragma once

#include "vmm/ring.h"

typedef struct {
  double mean, median, p95, max; /* unit of the channel; NAN when no value was present */
  guint  present, missing;       /* rows */
} VmmSummary;

/* Of rows first .. end - 1 of `channel`. */
void vmm_summary_of_ring (VmmSummary *ret_summary, const VmmRing *ring, guint channel, guint first,
                          guint end);

/* Of `n` doubles; those that are not finite count as missing. */
void vmm_summary_of_values (VmmSummary *ret_summary, const double *values, guint n);

/* The q-quantile (0 .. 1) of `n` > 0 sorted values, linear between the two nearest ranks
 * (Hyndman and Fan's type 7, as in R and NumPy). */
double vmm_quantile (const double *sorted, guint n, double q);
