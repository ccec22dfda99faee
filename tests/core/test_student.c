/* SPDX-License-Identifier: MIT */
/* test_student: the distribution of t against its closed forms, its table and its own density. */
#include <math.h>

#include <glib.h>

#include "compare_private.h"

static const double ts[] = { 0, 1e-9, 0.01, 0.3, 0.9, 1, 1.7, 2.5, 4, 9, 31.6, 1e3, 1e6 };

/* The probability between -t and t for a whole number of degrees of freedom: Abramowitz and Stegun,
 * Handbook of Mathematical Functions, 26.7.3 and 26.7.4. */
static double
get_closed_form (double t, guint df)
{
  double theta = atan (t / sqrt (df)), term = df % 2 ? cos (theta) : 1, sum = 0;

  for (guint i = df % 2; i + 2 <= df; i += 2) {
    sum += term;
    term *= (i + 1.0) / (i + 2) * cos (theta) * cos (theta);
  }
  return df % 2 ? 2 / G_PI * (theta + sin (theta) * sum) : sin (theta) * sum;
}

static void
test_closed_form (void)
{
  static const guint dfs[] = { 1, 2, 3, 4, 5, 7, 10, 30, 31, 200, 1001 };

  for (guint i = 0; i < G_N_ELEMENTS (dfs); i++)
    for (guint k = 0; k < G_N_ELEMENTS (ts); k++)
      g_assert_cmpfloat_with_epsilon (1 - 2 * vmm_t_tail (ts[k], dfs[i]),
                                      get_closed_form (ts[k], dfs[i]), 1e-12);
}

/* Far out the digits count, not the places. */
static void
test_far_tail (void)
{
  for (double t = 1; t < 1e9; t *= 7) {
    double cauchy = atan (1 / t) / G_PI, root = sqrt (2 + t * t);
    g_assert_cmpfloat_with_epsilon (vmm_t_tail (t, 1) / cauchy, 1, 1e-11);
    g_assert_cmpfloat_with_epsilon (vmm_t_tail (t, 2) * root * (root + t), 1, 1e-11);
  }
  g_assert_cmpfloat (vmm_t_tail (INFINITY, 3), ==, 0);
  g_assert_true (isnan (vmm_t_tail (NAN, 3)));
}

/* As published: percentage points of the t-distribution, Abramowitz and Stegun, table 26.10, and
 * NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2. */
static void
test_table (void)
{
  static const struct {
    double df, p, t, places;
  } rows[] = {
    { 1, 0.975, 12.706, 3 },  { 2, 0.975, 4.303, 3 },   { 3, 0.975, 3.182, 3 },
    { 4, 0.975, 2.776, 3 },   { 5, 0.975, 2.571, 3 },   { 10, 0.975, 2.228, 3 },
    { 30, 0.975, 2.042, 3 },  { 100, 0.975, 1.984, 3 }, { 1, 0.995, 63.657, 3 },
    { 2, 0.995, 9.925, 3 },   { 4, 0.995, 4.604, 3 },   { 9, 0.995, 3.250, 3 },
    { 1, 0.999, 318.309, 3 }, { 2, 0.999, 22.327, 3 },  { 4, 0.999, 7.173, 3 },
    { 4, 0.90, 1.533, 3 },    { 60, 0.95, 1.671, 3 },   { 1e7, 0.975, 1.960, 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpfloat_with_epsilon (vmm_t_quantile (rows[i].p, rows[i].df), rows[i].t,
                                    0.5000001 * pow (10, -rows[i].places));
}

static double
get_density (double t, double df)
{
  return tgamma ((df + 1) / 2) / tgamma (df / 2) / sqrt (G_PI * df) *
         pow (1 + t * t / df, -(df + 1) / 2);
}

/* Between whole numbers there is no closed form: Simpson's rule over the density. */
static void
test_density (void)
{
  static const double dfs[] = { 2.0001, 2.5, 3.7, 17.3, 99.9 };
  const guint         steps = 20000;

  for (guint i = 0; i < G_N_ELEMENTS (dfs); i++)
    for (double t = 0.5; t < 8; t += 0.5) {
      double width = t / steps, sum = get_density (0, dfs[i]) + get_density (t, dfs[i]);
      for (guint k = 1; k < steps; k++)
        sum += (k % 2 ? 4 : 2) * get_density (k * width, dfs[i]);
      g_assert_cmpfloat_with_epsilon (0.5 - vmm_t_tail (t, dfs[i]), sum * width / 3, 1e-10);
    }
}

/* Falls with t, at every t in between those of whole degrees, and the quantile undoes it. */
static void
test_properties (void)
{
  for (double df = 0.5; df < 2e6; df *= 1.37)
    for (guint k = 1; k < G_N_ELEMENTS (ts); k++) {
      double tail = vmm_t_tail (ts[k], df);
      g_assert_true (0 <= tail && tail <= vmm_t_tail (ts[k - 1], df));
      g_assert_true (tail <= vmm_t_tail (ts[k], df / 1.37) * (1 + 1e-9));
    }
  for (double p = 0.5; p < 0.99999; p += (1 - p) / 3)
    for (double df = 0.8; df < 1e6; df *= 2.9) {
      double t = vmm_t_quantile (p, df);
      g_assert_true (t >= 0 && isfinite (t));
      g_assert_cmpfloat_with_epsilon (vmm_t_tail (t, df) / (1 - p), 1, 1e-9);
    }
  g_assert_true (isfinite (vmm_t_quantile (1 - 1e-7, 2.0001)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/student/closed-form", test_closed_form);
  g_test_add_func ("/student/far-tail", test_far_tail);
  g_test_add_func ("/student/table", test_table);
  g_test_add_func ("/student/density", test_density);
  g_test_add_func ("/student/properties", test_properties);
  return g_test_run ();
}
