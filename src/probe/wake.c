/* SPDX-License-Identifier: MIT */
/* wake: how late a sleeping thread wakes up. */
#include "probe.h"

#include <time.h>

#define SLEEP_NS 1000000

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  gint64          until_ns = vmm_stopwatch_start (&kit->watch) + SLEEP_NS;
  struct timespec until = { until_ns / 1000000000, until_ns % 1000000000 };

  clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
  vmm_stopwatch_stop (&kit->watch, SLEEP_NS, 1);
  return TRUE;
}

const VmmProbe vmm_probe_wake = {
  .channel = VMM_CHANNEL_PROBE_WAKE,
  .activity = "wake-up",
  .batches = 20,
  .budget_ms = 60, /* the sleeps alone take 20 */
  .factor = 1e-3,  /* us */
  .batch = run_batch,
};
