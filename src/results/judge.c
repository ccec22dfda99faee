/* SPDX-License-Identifier: MIT */
/* judge: every two sides of every item, tested all together. */
#include "compare_private.h"

#include <math.h>

#define POWER 0.8

typedef struct {
  gboolean done; /* there are enough windows for it */
  guint    units;
  VmmWelch welch;
} Test;

static void
turn_pair (VmmPair *pair)
{
  guint better = pair->better;

  pair->better = pair->worse;
  pair->worse = better;
}

static void
tell_test (VmmPair *pair, const Test *test, double level, double adjusted)
{
  const VmmDesign design = pair->design;

  pair->tested = adjusted < VMM_COMPARE_ALPHA ? VMM_VERDICT_DIFFERENT : VMM_VERDICT_EQUAL;
  pair->verdict = design == VMM_DESIGN_INTERLEAVED || design == VMM_DESIGN_SESSIONS
                      ? pair->tested
                      : VMM_VERDICT_INDICATIVE;
  pair->p = adjusted;
  pair->detectable = exp (vmm_welch_detectable (&test->welch, level, POWER));
}

/* `level` is what the pair's test is held to. The greater mean is the better. */
static void
judge_pair (VmmPair *pair, const VmmSideSample *sides, const Test *test, double level,
            double adjusted)
{
  const VmmSideSample *first = &sides[pair->better], *second = &sides[pair->worse];
  double               difference =
      test->done ? test->welch.difference : first->sample.mean - second->sample.mean;
  double half;

  if (isnan (difference))
    return;
  if (difference < 0)
    turn_pair (pair);
  pair->units = test->units;
  if (test->done) {
    half = vmm_t_quantile (1 - level / 2, test->welch.df) * test->welch.error;
    tell_test (pair, test, level, adjusted);
  } else {
    half = sqrt (first->half * first->half + second->half * second->half);
    pair->verdict = VMM_VERDICT_INDICATIVE;
  }
  pair->ratio = exp (fabs (difference));
  pair->low = exp (fabs (difference) - half);
  pair->high = exp (fabs (difference) + half);
}

/* One family of tests: all pairs of all items of the level. */
void
vmm_judge_items (GPtrArray *items, const VmmSideSample *found, guint n_sides,
                 const VmmLayout *layouts)
{
  guint              n_pairs = n_sides * (n_sides - 1) / 2, n = items->len * n_pairs;
  g_autofree Test   *tests = g_new0 (Test, n + 1);
  g_autofree double *p = g_new (double, n + 1);
  g_autofree double *levels = g_new (double, n + 1);
  g_autofree double *adjusted = g_new (double, n + 1);

  for (guint i = 0; i < n; i++) {
    VmmItem             *item = items->pdata[i / n_pairs];
    VmmPair             *pair = &item->pairs[i % n_pairs];
    const VmmLayout     *layout = &layouts[i % n_pairs];
    const VmmSideSample *of = found + (gsize) (i / n_pairs) * n_sides;
    pair->design = layout->design;
    tests[i].done =
        !item->barrier && vmm_layout_test (layout, of[pair->better].values, of[pair->worse].values,
                                           &tests[i].welch, &tests[i].units);
    p[i] = tests[i].done ? tests[i].welch.p : NAN;
  }
  vmm_holm (p, n, VMM_COMPARE_ALPHA, levels, adjusted);
  for (guint i = 0; i < n; i++) {
    VmmItem *item = items->pdata[i / n_pairs];
    if (!item->barrier)
      judge_pair (&item->pairs[i % n_pairs], found + (gsize) (i / n_pairs) * n_sides, &tests[i],
                  levels[i], adjusted[i]);
  }
}
