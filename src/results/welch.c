/* SPDX-License-Identifier: MIT */
/* welch: Student's t between two samples of unlike spread, many of them at once. */
#include "compare_private.h"

#include <math.h>

/* Scores are kept with six digits: a spread below this is rounding, not agreement. */
#define MIN_SD 1e-5

void
vmm_sample_of (VmmSample *ret_sample, const double *values, guint n)
{
  double sum = 0, squares = 0;

  for (guint i = 0; i < n; i++)
    sum += values[i];
  *ret_sample = (VmmSample){ n, n ? sum / n : NAN, NAN };
  if (n < 2)
    return;
  for (guint i = 0; i < n; i++)
    squares += (values[i] - ret_sample->mean) * (values[i] - ret_sample->mean);
  ret_sample->sd = MAX (sqrt (squares / (n - 1)), MIN_SD);
}

void
vmm_welch (VmmWelch *ret_welch, const VmmSample *a, const VmmSample *b)
{
  double variance_a = a->sd * a->sd / a->n, variance_b = b->sd * b->sd / b->n;
  double variance = variance_a + variance_b;

  ret_welch->difference = a->mean - b->mean;
  ret_welch->error = sqrt (variance);
  ret_welch->df = variance * variance /
                  (variance_a * variance_a / (a->n - 1) + variance_b * variance_b / (b->n - 1));
  ret_welch->p = 2 * vmm_t_tail (fabs (ret_welch->difference) / ret_welch->error, ret_welch->df);
}

double
vmm_welch_detectable (const VmmWelch *welch, double alpha, double power)
{
  return welch->error *
         (vmm_t_quantile (1 - alpha / 2, welch->df) + vmm_t_quantile (power, welch->df));
}

static int
compare_p (gconstpointer a, gconstpointer b, gpointer p)
{
  double first = ((const double *) p)[*(const guint *) a];
  double second = ((const double *) p)[*(const guint *) b];

  return (first > second) - (first < second);
}

void
vmm_holm (const double *p, guint n, double alpha, double *ret_levels, double *ret_adjusted)
{
  g_autofree guint *order = g_new (guint, n + 1);
  gboolean          failed = FALSE;
  double            level = alpha, adjusted = 0;
  guint             tests = 0;

  for (guint i = 0; i < n; i++) {
    ret_levels[i] = ret_adjusted[i] = NAN;
    if (!isnan (p[i]))
      order[tests++] = i;
  }
  g_qsort_with_data (order, (int) tests, sizeof *order, compare_p, (gpointer) p);
  for (guint i = 0; i < tests; i++) {
    double value = p[order[i]];
    if (!failed)
      level = alpha / (tests - i);
    failed = failed || value >= level;
    adjusted = MAX (adjusted, MIN (1, value * (tests - i)));
    ret_levels[order[i]] = level;
    ret_adjusted[order[i]] = adjusted;
  }
}
