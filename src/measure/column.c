/* SPDX-License-Identifier: MIT */
/* column: sorts once, so that a thousand resampled medians need no sorting. */
#include "column.h"

#include <math.h>
#include <stdlib.h>

static int
compare_cells (const void *a, const void *b)
{
  double x = ((const VmmCell *) a)->value, y = ((const VmmCell *) b)->value;
  return (x > y) - (x < y);
}

/* The value of rank `rank` (from 0) among those drawn. */
static double
get_ranked (const VmmColumn *column, const guint *counts, guint rank)
{
  guint seen = 0;
  for (guint i = 0; i < column->n; i++) {
    seen += counts[column->cells[i].row];
    if (seen > rank)
      return column->cells[i].value;
  }
  return NAN;
}

void
vmm_column_init (VmmColumn *column, VmmCell *cells, guint n)
{
  column->cells = cells;
  column->n = n;
  if (n > 0)
    qsort (cells, n, sizeof *cells, compare_cells);
}

void
vmm_column_clear (VmmColumn *column)
{
  g_clear_pointer (&column->cells, g_free);
  column->n = 0;
}

double
vmm_column_median (const VmmColumn *column, const guint *counts)
{
  guint drawn = counts ? 0 : column->n;
  for (guint i = 0; counts && i < column->n; i++)
    drawn += counts[column->cells[i].row];
  if (drawn == 0)
    return NAN;

  guint  low = (drawn - 1) / 2, high = drawn / 2;
  double a = counts ? get_ranked (column, counts, low) : column->cells[low].value;
  double b = counts ? get_ranked (column, counts, high) : column->cells[high].value;
  return a == b ? a : (a + b) / 2;
}
