/* SPDX-License-Identifier: MIT */
/* column: one probe's rows of a window, sorted, ready for the median of any resample of the rows.
 *
 * Private to the score. */
#pragma once

#include <glib.h>

/* In the order of `value`, rising or falling; `row` is where each came from. Rows without a value
 * are not in it. */
typedef struct {
  double value;
  guint  row;
} VmmCell;

typedef struct {
  VmmCell *cells;
  guint    n;
} VmmColumn;

/* Takes the cells, in any order, and sorts them. Clear with vmm_column_clear(). */
void vmm_column_init (VmmColumn *column, VmmCell *cells, guint n);
void vmm_column_clear (VmmColumn *column);

/* The median when row i was drawn counts[i] times; counts NULL = each once. NAN when nothing was
 * drawn. O(n). */
double vmm_column_median (const VmmColumn *column, const guint *counts);
