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

/* ---- likeness: whether like is compared with like. `used` has, side by side, the windows that
 * are compared (of VmmResult *, borrowed). */

GPtrArray *vmm_likeness_new (GPtrArray *const *used, guint n_sides, VmmLanguage language);

/* Why total, category or probes of the category cannot be compared; NULL = they can. Free. */
char *vmm_likeness_forbids (const GPtrArray *likeness, VmmLevel level, int category);

/* ---- items: every value of every side, tested. */

GPtrArray *vmm_items_new (GPtrArray *const *used, const VmmSide *sides, guint n_sides,
                          const GPtrArray *likeness, VmmLanguage language);

/* ---- ranks */

/* Fills the ranks of an item whose pairs are judged. */
void vmm_rank_sides (VmmItem *item);

/* Whether two sides are in one rank: not told apart by it. */
gboolean vmm_ranks_are_shared (const VmmSideValue *a, const VmmSideValue *b);

/* ---- words. Free with g_free(). */

/* `more` as a sentence of its own after what `text` (or NULL) has said; takes both. */
char *vmm_words_join (char *text, char *more, VmmLanguage language);

/* The verdict on a pair in one sentence. */
char *vmm_words_pair (const VmmItem *item, const VmmPair *pair, const VmmSide *sides,
                      VmmLanguage language);

/* The whole in one or two sentences; `ignored` sides were too many. */
char *vmm_words_verdict (const VmmComparison *comparison, guint ignored);
