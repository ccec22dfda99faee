/* SPDX-License-Identifier: MIT */
/* summary: five robust figures of what is present among some values. */
#include "vmm/summary.h"

#include "vmm/channel.h"

#include <math.h>
#include <stdlib.h>

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

void
vmm_sort (double *values, guint n)
{
  qsort (values, n, sizeof *values, compare_doubles);
}

double
vmm_quantile (const double *sorted, guint n, double q)
{
  double rank = q * (n - 1);
  guint  low = (guint) rank, high = MIN (low + 1, n - 1);
  double share = rank - low;

  return sorted[low] == sorted[high] ? sorted[low]
                                     : sorted[low] * (1 - share) + sorted[high] * share;
}

/* Takes `n` finite values, in any order, and leaves them sorted. */
static void
summarise (VmmSummary *ret_summary, double *values, guint n, guint missing)
{
  *ret_summary = (VmmSummary){ NAN, NAN, NAN, NAN, n, missing };
  if (n == 0)
    return;

  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += values[i];
  vmm_sort (values, n);
  ret_summary->mean = sum / n;
  ret_summary->median = vmm_quantile (values, n, 0.5);
  ret_summary->p95 = vmm_quantile (values, n, 0.95);
  ret_summary->max = values[n - 1];
}

void
vmm_summary_of_ring (VmmSummary *ret_summary, const VmmRing *ring, guint channel, guint first,
                     guint end)
{
  g_return_if_fail (first <= end && end <= vmm_ring_get_length (ring));

  g_autofree double *values = g_new (double, end - first);
  guint              present = 0;
  for (guint i = first; i < end; i++) {
    float value = vmm_ring_get (ring, i, channel);
    if (vmm_absence (value) == VMM_PRESENT)
      values[present++] = value;
  }
  summarise (ret_summary, values, present, end - first - present);
}
