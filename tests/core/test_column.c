/* SPDX-License-Identifier: MIT */
/* test_column: the median of a resample is that of its rows written out and sorted. */
#include "column.h"

#include <math.h>
#include <stdlib.h>

#define MAX_ROWS 12

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

static double
get_plain_median (const double *rows, guint n, const guint *counts)
{
  double drawn[MAX_ROWS * MAX_ROWS];
  guint  m = 0;

  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < counts[i] && !isnan (rows[i]); k++)
      drawn[m++] = rows[i];
  if (m == 0)
    return NAN;
  qsort (drawn, m, sizeof *drawn, compare_doubles);
  return (drawn[(m - 1) / 2] + drawn[m / 2]) / 2;
}

static void
assert_same (double a, double b)
{
  if (!isnan (a) || !isnan (b))
    g_assert_cmpfloat (a, ==, b);
}

static void
test_resamples (void)
{
  GRand *random = g_rand_new_with_seed (2);

  for (int round = 0; round < 2000; round++) {
    guint     n = (guint) g_rand_int_range (random, 1, MAX_ROWS + 1), present = 0;
    double    rows[MAX_ROWS];
    guint     counts[MAX_ROWS], ones[MAX_ROWS];
    VmmCell  *cells = g_new (VmmCell, n);
    VmmColumn column;

    for (guint i = 0; i < n; i++) { /* with ties and gaps */
      rows[i] = g_rand_int_range (random, 0, 5) ? g_rand_int_range (random, 0, 8) : NAN;
      counts[i] = (guint) g_rand_int_range (random, 0, 4);
      ones[i] = 1;
      if (!isnan (rows[i]))
        cells[present++] = (VmmCell){ rows[i], i };
    }
    vmm_column_init (&column, cells, present);
    assert_same (vmm_column_median (&column, counts), get_plain_median (rows, n, counts));
    assert_same (vmm_column_median (&column, NULL), get_plain_median (rows, n, ones));

    for (guint i = 0; i < present; i++) /* falling: the same */
      cells[i].value = -cells[i].value;
    assert_same (-vmm_column_median (&column, counts), get_plain_median (rows, n, counts));
    vmm_column_clear (&column);
  }
  g_rand_free (random);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/column/resamples", test_resamples);
  return g_test_run ();
}
