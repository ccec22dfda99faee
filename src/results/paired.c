/* SPDX-License-Identifier: MIT */
/* paired: two sides in one item, tested as their windows lie in time. */
#include "compare_private.h"

#include <math.h>

#define FEW_PAIRS 12 /* up to here every way to swap sides is tried */

/* How many of the 2^n ways to swap the sides of pairs give at least the sum that there is: of equal sides
 * all are equally likely, however a difference is distributed. */
static double
swap_all (const double *differences, guint n)
{
  double sum = 0;
  guint  as_great = 0;

  for (guint i = 0; i < n; i++)
    sum += differences[i];
  for (guint signs = 0; signs < 1u << n; signs++) {
    double other = 0;
    for (guint i = 0; i < n; i++)
      other += signs >> i & 1 ? -differences[i] : differences[i];
    as_great += fabs (other) >= fabs (sum) * (1 - 1e-9);
  }
  return (double) as_great / (1u << n);
}

/* Few pairs cannot show that they are distributed normally. Where not even a swap at random finds the
 * difference remarkable it is not; of less than six pairs the least that can be asked is that all of them
 * say the same. */
static double
doubt (double p, const double *differences, guint n)
{
  double swapped = n <= FEW_PAIRS ? swap_all (differences, n) : 0;

  return swapped > MAX (VMM_COMPARE_ALPHA, 2.0 / (1u << MIN (n, FEW_PAIRS))) ? MAX (p, swapped) : p;
}

gboolean
vmm_paired (VmmWelch *ret_test, const double *differences, guint n)
{
  VmmSample sample;

  if (n < VMM_COMPARE_MIN_WINDOWS)
    return FALSE;
  vmm_sample_of (&sample, differences, n);
  ret_test->difference = sample.mean;
  ret_test->error = sample.sd / sqrt (n);
  ret_test->df = n - 1;
  ret_test->p =
      doubt (2 * vmm_t_tail (fabs (sample.mean) / ret_test->error, ret_test->df), differences, n);
  return TRUE;
}

/* The mean of each group, from 1; NAN where it has no value. */
static double *
average (const double *values, const guint *groups, guint n, guint n_groups)
{
  double           *means = g_new0 (double, n_groups + 1);
  g_autofree guint *counts = g_new0 (guint, n_groups + 1);

  for (guint i = 0; i < n; i++)
    if (groups[i] && !isnan (values[i])) {
      means[groups[i] - 1] += values[i];
      counts[groups[i] - 1]++;
    }
  for (guint i = 0; i < n_groups; i++)
    means[i] = counts[i] ? means[i] / counts[i] : NAN;
  return means;
}

/* Takes out what is no value; returns how many are left. */
static guint
compact (double *values, guint n)
{
  guint left = 0;

  for (guint i = 0; i < n; i++)
    if (!isnan (values[i]))
      values[left++] = values[i];
  return left;
}

static gboolean
test_blocks (VmmWelch *ret_test, guint *ret_units, const VmmLayout *layout,
             const double *const values[2])
{
  guint              n = layout->n_blocks;
  g_autofree double *first = average (values[0], layout->block[0], layout->n[0], n);
  g_autofree double *second = average (values[1], layout->block[1], layout->n[1], n);

  for (guint i = 0; i < n; i++)
    first[i] -= second[i];
  *ret_units = compact (first, n);
  return vmm_paired (ret_test, first, *ret_units);
}

static gboolean
test_samples (VmmWelch *ret_test, guint *ret_units, double *const values[2], const guint n[2],
              guint needed)
{
  VmmSample samples[2];

  for (guint side = 0; side < 2; side++)
    vmm_sample_of (&samples[side], values[side], compact (values[side], n[side]));
  *ret_units = MIN (samples[0].n, samples[1].n);
  if (*ret_units < needed)
    return FALSE;
  vmm_welch (ret_test, &samples[0], &samples[1]);
  return TRUE;
}

static gboolean
test_sessions (VmmWelch *ret_test, guint *ret_units, const VmmLayout *layout,
               const double *const values[2])
{
  g_autofree double *first =
      average (values[0], layout->session[0], layout->n[0], layout->n_sessions[0]);
  g_autofree double *second =
      average (values[1], layout->session[1], layout->n[1], layout->n_sessions[1]);

  return test_samples (ret_test, ret_units, (double *const[2]){ first, second }, layout->n_sessions,
                       VMM_COMPARE_MIN_SESSIONS);
}

static gboolean
test_windows (VmmWelch *ret_test, guint *ret_units, const VmmLayout *layout,
              const double *const values[2])
{
  g_autofree double *first = g_memdup2 (values[0], layout->n[0] * sizeof *values[0]);
  g_autofree double *second = g_memdup2 (values[1], layout->n[1] * sizeof *values[1]);

  return test_samples (ret_test, ret_units, (double *const[2]){ first, second }, layout->n,
                       VMM_COMPARE_MIN_WINDOWS);
}

gboolean
vmm_layout_test (const VmmLayout *layout, const double *first, const double *second,
                 VmmWelch *ret_test, guint *ret_units)
{
  const double *const values[2] = { first, second };

  if (layout->design == VMM_DESIGN_INTERLEAVED)
    return test_blocks (ret_test, ret_units, layout, values);
  if (layout->design == VMM_DESIGN_SESSIONS)
    return test_sessions (ret_test, ret_units, layout, values);
  return test_windows (ret_test, ret_units, layout, values);
}
