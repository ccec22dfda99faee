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

/* ---- paired: the test of differences of pairs, at least three of them, else FALSE. */
gboolean vmm_paired (VmmWelch *ret_test, const double *differences, guint n);

/* ---- design: how the windows of two sides lie in time. */

typedef struct {
  VmmDesign design;
  guint     n_blocks;
  guint    *block[2], *session[2]; /* of each window of the side, from 1; 0 = in no block */
  guint     n[2], n_sessions[2];   /* windows and sessions of the side */
} VmmLayout;

/* Of the windows (VmmResult *) of two sides. Free with vmm_layout_clear(). */
void vmm_layout_init (VmmLayout *ret_layout, const GPtrArray *first, const GPtrArray *second);
void vmm_layout_clear (VmmLayout *layout);

/* The test that the design allows, between a value for each window, or NAN. FALSE when too few are
 * there; `ret_units` is then as well how many pairs, or sessions or windows of a side, there are. */
gboolean vmm_layout_test (const VmmLayout *layout, const double *first, const double *second,
                          VmmWelch *ret_test, guint *ret_units);

/* ---- judge: the values of one side in one item, ln of something that is better when it is greater. */

typedef struct {
  double   *values; /* of each window; NAN = none */
  VmmSample sample; /* of those that there are */
  double
      half; /* half width of its mean's 95 % interval, from those of the single windows; NAN = not known */
} VmmSideSample;

#define VMM_COMPARE_ALPHA 0.05

/* Judges every pair of `items` (of VmmItem *), which have `n_sides` samples each, as one family of tests.
 * A layout for each pair of sides. */
void vmm_judge_items (GPtrArray *items, const VmmSideSample *found, guint n_sides,
                      const VmmLayout *layouts);

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
