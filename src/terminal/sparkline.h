/* SPDX-License-Identifier: MIT */
/* sparkline: values over time as one line of block characters. */
#pragma once

#include <glib.h>

/* Appends exactly `columns` characters for `n` values (floats of channel.h) on the scale 0 ..
 * `top`, the values spread evenly. Several values in one column show their largest; a column
 * without a present value is a blank. */
void vmm_sparkline_append (GString *out, const float *values, guint n, guint columns, float top);

/* The smallest of 1, 2, 5, 10, 20, ... times `unit` that no present value exceeds; at least
 * `unit`: a top for vmm_sparkline_append() that does not jitter. */
float vmm_sparkline_top (const float *values, guint n, float unit);
