/* SPDX-License-Identifier: MIT */
/* estimate: from the seconds of all probes to the logarithms of categories and total.
 *
 * The definition's own arithmetic, on the rows as they came or on any resample of them. Private to
 * the score. */
#pragma once

#include "column.h"
#include "vmm/score.h"

typedef struct {
  guint        n;                             /* rows */
  VmmColumn    columns[VMM_SCORE_MAX_PROBES]; /* ln ratios, parallel to vmm_score_table(); empty =
                                                 not scored */
  const float *loss;                          /* percent, n rows, absences included */
} VmmEvidence;

/* ln of the ratio to the reference guest; NAN = absent. */
typedef struct {
  double categories[VMM_N_CATEGORIES], total;
} VmmEstimate;

/* ln of reference / value, or its inverse, within the limit; `value` >= 0. */
double vmm_log_ratio (const VmmScoreRow *row, double value);

/* With row i taken counts[i] times; counts NULL = each once. */
void vmm_estimate (VmmEstimate *ret_estimate, const VmmEvidence *evidence, const guint *counts);

/* The standard deviation of each member over resamples of the rows: moving blocks of `block` rows
 * (Kuensch 1989), all probes together, from `seed`. NAN where the estimate is absent. */
void vmm_estimate_spread (VmmEstimate *ret_sd, const VmmEvidence *evidence, guint block,
                          guint64 seed);
