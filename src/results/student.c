/* SPDX-License-Identifier: MIT */
/* student: Student's distribution of t, from the incomplete beta function. */
#include "compare_private.h"

#include <float.h>
#include <math.h>

#define MAX_STEPS 100000 /* about sqrt (df) are taken */

/* ---- Formulas of Abramowitz and Stegun, Handbook of Mathematical Functions, 1964 */

static double
ln_beta (double a, double b)
{
  int sign; /* lgamma() itself would keep it in a global variable */

  return lgamma_r (a, &sign) + lgamma_r (b, &sign) - lgamma_r (a + b, &sign);
}

/* The coefficient d(i) of 26.5.8. */
static double
get_coefficient (guint i, double a, double b, double x)
{
  guint  m = i / 2;
  double at = a + 2 * m;

  if (i % 2)
    return -(a + m) * (a + b + m) * x / (at * (at + 1));
  return m * (b - m) * x / ((at - 1) * at);
}

/* The continued fraction's denominator 1 + d(1) / (1 + d(2) / (1 + ...)), from the front: the
 * method of Lentz, Applied Optics 15 (1976) 668. For x < (a + 1) / (a + b + 2), where it converges
 * fast. */
static double
get_fraction (double a, double b, double x)
{
  double value = 1, numerator = 1, denominator = 0, change = 0;

  for (guint i = 1; i < MAX_STEPS && fabs (change - 1) > DBL_EPSILON; i++) {
    double d = get_coefficient (i, a, b, x);
    numerator = 1 + d / numerator;
    denominator = 1 / (1 + d * denominator);
    change = numerator * denominator;
    value *= change;
  }
  return value;
}

/* 26.7.1: twice the tail is the incomplete beta function of 1 / (1 + t^2 / df) with df / 2, 1/2.
 * Near its right end its complement (26.5.2) is calculated. */
double
vmm_t_tail (double t, double df)
{
  double a = df / 2, b = 0.5, square = t * t / df;
  double x = 1 / (1 + square), y = 1 / (1 + 1 / square);
  double power = exp (-a * log1p (square) - b * log1p (1 / square) - ln_beta (a, b));

  if (x < (a + 1) / (a + b + 2))
    return power / a / get_fraction (a, b, x) / 2;
  return (1 - power / b / get_fraction (b, a, y)) / 2;
}

double
vmm_t_quantile (double p, double df)
{
  double low = 0, high = 1;

  while (vmm_t_tail (high, df) > 1 - p && high < 1e12)
    high *= 2;
  for (;;) {
    double middle = low + (high - low) / 2;
    if (middle == low || middle == high)
      return high;
    if (vmm_t_tail (middle, df) > 1 - p)
      low = middle;
    else
      high = middle;
  }
}
