/* SPDX-License-Identifier: MIT */
/* summary: what a channel did over a window, in five robust figures. */
#pragma once

#include "vmm/ring.h"

/* p95 is the 0.95-quantile, linear between the two nearest ranks (Hyndman and Fan's type 7, as in R
 * and NumPy), and the median is the 0.5-quantile. */
typedef struct {
  double mean, median, p95, max; /* unit of the channel; NAN when no value was present */
  guint  present, missing;       /* rows */
} VmmSummary;

/* Sorts `n` values, none of them NAN. */
void vmm_sort (double *values, guint n);

/* The value below which the share `q` of `n` > 0 sorted values lies, as above. */
double vmm_quantile (const double *sorted, guint n, double q);

/* Of rows first .. end - 1 of `channel`. */
void vmm_summary_of_ring (VmmSummary *ret_summary, const VmmRing *ring, guint channel, guint first,
                          guint end);
