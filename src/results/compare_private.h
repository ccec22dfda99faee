/* SPDX-License-Identifier: MIT */
/* compare_private: what the files that make a comparison know of one another. */
#pragma once

#include "vmm/compare.h"

/* ---- student: Student's distribution of t with `df` > 0 degrees of freedom. */

/* The probability of more than `t` >= 0, to about twelve digits. */
double vmm_t_tail (double t, double df);

/* The t below which it has the probability `p`, 0.5 to below 1. */
double vmm_t_quantile (double p, double df);

/* ---- welch: a sample of logarithms, and the test between two. */

typedef struct {
  guint  n;
  double mean, sd; /* NAN below 1 and 2 values */
} VmmSample;

typedef struct {
  double difference; /* of the means, a - b */
  double error;      /* its standard error */
  double df;         /* Welch and Satterthwaite's degrees of freedom */
  double p;          /* two-sided */
} VmmWelch;

void vmm_sample_of (VmmSample *ret_sample, const double *values, guint n);

/* Both samples of at least two values. */
void vmm_welch (VmmWelch *ret_welch, const VmmSample *a, const VmmSample *b);

/* The smallest difference that a test at two-sided level `alpha` finds with probability `power`. */
double vmm_welch_detectable (const VmmWelch *welch, double alpha, double power);

/* Holm's method: gives each of `n` p-values the level that it is held to (alpha / n for the
 * smallest, then alpha / (n - 1) and so on; from the first that fails its own on, that one's) and
 * its adjusted value. NAN entries are no tests. */
void vmm_holm (const double *p, guint n, double alpha, double *ret_levels, double *ret_adjusted);

/* ---- likeness: whether like is compared with like. */

GPtrArray *vmm_likeness_new (const VmmSide *sides, guint n_sides);

/* The first difference because of which total, category or probes of the category cannot be compared;
 * FALSE = they can. */
gboolean vmm_likeness_forbids (const GPtrArray *likeness, VmmLevel level, int category,
                               guint *ret_number);

/* ---- items: every value of every side, tested. */

GPtrArray *vmm_items_new (const VmmSide *sides, guint n_sides, const GPtrArray *likeness);

/* ---- ranks: fills those of an item whose pairs are judged. */
void vmm_rank_sides (VmmItem *item);
