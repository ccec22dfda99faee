/* SPDX-License-Identifier: MIT */
/* capacity: medians of bursts, and whether they hold. */
#include "capacity.h"

#include "vmm/summary.h"

#include <string.h>

#define NOMINAL 85.0 /* % of all CPUs: beyond, a burst cannot tell it from all of them */
#define FADED 0.6f   /* of the first two bursts, the last two */
#define LEAST_BURSTS 2

static const VmmChannelId channels[N_BURST_KINDS] = {
  [BURST_PARALLEL] = VMM_CHANNEL_PROBE_PARALLEL,
  [BURST_DEEP] = VMM_CHANNEL_PROBE_DEEP,
  [BURST_STREAM_READ] = VMM_CHANNEL_PROBE_STREAMREAD,
  [BURST_STREAM_WRITE] = VMM_CHANNEL_PROBE_STREAMWRITE,
};

void
capacity_clear (Capacity *capacity)
{
  *capacity = (Capacity){ .at_us = G_MININT64 };
}

static gboolean
is_present (float value)
{
  return vmm_absence (value) == VMM_PRESENT && value > 0;
}

gboolean
capacity_push (Capacity *capacity, gint64 now_us, const float *row)
{
  gboolean is_burst = FALSE;

  for (guint i = 0; i < N_BURST_KINDS; i++) {
    float value = row[channels[i]];
    if (!is_present (value))
      continue;
    is_burst = TRUE;
    if (capacity->n[i] < CAPACITY_BURSTS)
      capacity->bursts[i][capacity->n[i]++] = value;
  }
  if (is_burst)
    capacity->at_us = now_us;
  if (is_present (row[VMM_CHANNEL_PROBE_WORK]) && capacity->works < CAPACITY_WORKS)
    capacity->work[capacity->works++] = row[VMM_CHANNEL_PROBE_WORK];
  return is_burst;
}

/* Of at most CAPACITY_WORKS values. */
static double
find_median (const float *values, guint n)
{
  double sorted[CAPACITY_WORKS];

  if (n == 0)
    return NAN;
  for (guint i = 0; i < n; i++)
    sorted[i] = (double) values[i];
  vmm_sort (sorted, n);
  return vmm_quantile (sorted, n, 0.5);
}

static double
get_median (const Capacity *capacity, BurstKind kind)
{
  return capacity->n[kind] >= LEAST_BURSTS ? find_median (capacity->bursts[kind], capacity->n[kind])
                                           : NAN;
}

/* So much of the work that each would do alone all CPUs do at once. */
double
capacity_get_cpu (const Capacity *capacity)
{
  double percent =
      100 * find_median (capacity->work, capacity->works) / get_median (capacity, BURST_PARALLEL);

  return percent > NOMINAL ? 100 : percent;
}

double
capacity_get_requests (const Capacity *capacity)
{
  return 1e6 / get_median (capacity, BURST_DEEP);
}

double
capacity_get_read (const Capacity *capacity)
{
  return get_median (capacity, BURST_STREAM_READ);
}

double
capacity_get_write (const Capacity *capacity)
{
  return get_median (capacity, BURST_STREAM_WRITE);
}

/* Rates, the first of four bursts first. In no order by chance: both of the last are below both of the
 * first. */
static gboolean
is_falling (const float *rates)
{
  return MAX (rates[2], rates[3]) < MIN (rates[0], rates[1]) &&
         rates[2] + rates[3] < FADED * (rates[0] + rates[1]);
}

gboolean
capacity_has_faded (const Capacity *capacity)
{
  for (guint kind = BURST_DEEP; kind < N_BURST_KINDS; kind++) {
    float rates[CAPACITY_BURSTS];
    if (capacity->n[kind] < CAPACITY_BURSTS)
      continue;
    memcpy (rates, capacity->bursts[kind], sizeof rates);
    for (guint i = 0; kind == BURST_DEEP && i < CAPACITY_BURSTS; i++)
      rates[i] = 1 / rates[i];
    if (is_falling (rates))
      return TRUE;
  }
  return FALSE;
}
