/* SPDX-License-Identifier: MIT */
/* hours: what each hour is below its day, against the hours of each day in another order. */
#include "history_private.h"
#include "vmm/summary.h"

#include <math.h>
#include <string.h>

#define HOURS 24
#define PERMUTATIONS 499
#define MIN_DAYS_OF_HOUR 5
#define SEED 20261129

/* One day: of each hour the mean, from which the day's median is taken; NAN = it was not measured. */
typedef struct {
  double of[HOURS];
} Day;

/* ---- The days */

static guint
count_windows (const double *values, guint n)
{
  guint present = 0;

  for (guint i = 0; i < n; i++)
    present += !isnan (values[i]);
  return present;
}

static void
finish_day (Day *day, const guint *counts)
{
  double sorted[HOURS];
  guint  n = 0;

  for (guint h = 0; h < HOURS; h++) {
    day->of[h] = counts[h] ? day->of[h] / counts[h] : NAN;
    if (counts[h])
      sorted[n++] = day->of[h];
  }
  if (!n)
    return;
  vmm_sort (sorted, n);
  double median = vmm_quantile (sorted, n, 0.5);
  for (guint h = 0; h < HOURS; h++)
    day->of[h] -= median;
}

/* Of VmmHistory's order: a day's windows are together. */
static GArray *
make_days (const double *values, const guint *days, const guint *hours, guint n)
{
  GArray *all = g_array_new (FALSE, TRUE, sizeof (Day));

  for (guint first = 0, end; first < n; first = end) {
    guint counts[HOURS] = { 0 };
    Day   day = { 0 };
    for (end = first; end < n && days[end] == days[first]; end++)
      if (!isnan (values[end]) && hours[end] < HOURS) {
        day.of[hours[end]] += values[end];
        counts[hours[end]]++;
      }
    finish_day (&day, counts);
    g_array_append_val (all, day);
  }
  return all;
}

/* ---- The test */

/* Of that hour over the days that have it, as many as *ret_n. */
static double
sum_up (const GArray *days, guint hour, guint *ret_n)
{
  double sum = 0;

  *ret_n = 0;
  for (guint d = 0; d < days->len; d++) {
    double value = g_array_index (days, Day, d).of[hour];
    sum += isnan (value) ? 0 : value;
    *ret_n += !isnan (value);
  }
  return sum;
}

/* How low each hour is, in units of a day's scatter; NAN where too few days have it. */
static double
weigh_hours (const GArray *days, double ret_weights[HOURS])
{
  double lowest = 0;

  for (guint h = 0; h < HOURS; h++) {
    guint  n;
    double sum = sum_up (days, h, &n);
    ret_weights[h] = n >= MIN_DAYS_OF_HOUR ? sum / sqrt (n) : NAN;
    lowest = fmin (lowest, ret_weights[h]);
  }
  return lowest;
}

/* Those hours of a day that were measured change places. */
static void
shuffle_day (Day *day, GRand *chance)
{
  guint present[HOURS] = { 0 }, n = 0;

  for (guint h = 0; h < HOURS; h++)
    if (!isnan (day->of[h]))
      present[n++] = h;
  for (guint i = n; i > 1; i--) {
    guint  a = present[i - 1], b = present[g_rand_int_range (chance, 0, (gint32) i)];
    double kept = day->of[a];
    day->of[a] = day->of[b];
    day->of[b] = kept;
  }
}

/* The lowest hour of each permutation, sorted. Free with g_free(). */
static double *
permute (const GArray *days)
{
  g_autoptr (GArray) moved = g_array_sized_new (FALSE, FALSE, sizeof (Day), days->len);
  g_autoptr (GRand) chance = g_rand_new_with_seed (SEED);
  double *lowest = g_new (double, PERMUTATIONS);
  double  ignored[HOURS];

  g_array_append_vals (moved, days->data, days->len);
  for (guint i = 0; i < PERMUTATIONS; i++) {
    for (guint d = 0; d < moved->len; d++)
      shuffle_day (&g_array_index (moved, Day, d), chance);
    lowest[i] = weigh_hours (moved, ignored);
  }
  vmm_sort (lowest, PERMUTATIONS);
  return lowest;
}

static double
get_p (const double *lowest, double weight)
{
  guint as_low = 0;

  while (as_low < PERMUTATIONS && lowest[as_low] <= weight)
    as_low++;
  return (as_low + 1.0) / (PERMUTATIONS + 1.0);
}

/* ---- The answer */

static double
get_ratio (const GArray *days, guint hour)
{
  guint  n;
  double sum = sum_up (days, hour, &n);

  return exp (sum / n);
}

static void
judge (const GArray *days, double level, VmmHours *hours)
{
  g_autofree double *lowest = permute (days);
  double             weights[HOURS];

  hours->p = get_p (lowest, weigh_hours (days, weights));
  for (guint h = 0; h < HOURS; h++) {
    double p = isnan (weights[h]) ? 1 : get_p (lowest, weights[h]);
    hours->is_low[h] = p <= level && weights[h] < 0;
    hours->ratios[h] = isnan (weights[h]) ? NAN : get_ratio (days, h);
  }
}

void
vmm_hours_find (const double *values, const guint *days, const guint *hours, guint n, double level,
                VmmHours *ret_hours)
{
  g_autoptr (GArray) all = make_days (values, days, hours, n);

  memset (ret_hours, 0, sizeof *ret_hours);
  ret_hours->windows = count_windows (values, n);
  ret_hours->days = all->len;
  ret_hours->p = NAN;
  for (guint h = 0; h < HOURS; h++)
    ret_hours->ratios[h] = NAN;
  if (ret_hours->windows >= VMM_HOURS_MIN_WINDOWS && ret_hours->days >= VMM_HOURS_MIN_DAYS)
    judge (all, level, ret_hours);
}
