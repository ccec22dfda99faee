/* SPDX-License-Identifier: MIT */
/* wake: how late a sleeping thread wakes up on a CPU that is awake. */
#include "probe.h"

#include <time.h>

#define SLEEP_NS 200000

/* Waking an idle CPU costs the way out of HLT besides, and a guest with work of its own is never
 * idle: left alone, the delay halves under the guest's own load. So the partner keeps the CPU awake,
 * and a host that takes the CPU away is seen each time. */
static gboolean
enter (VmmKit *kit, GError **error)
{
  if (!vmm_partner_pin (&kit->partner, vmm_random (&kit->random), TRUE, error))
    return FALSE;
  if (vmm_partner_begin_spinning (&kit->partner, error))
    return TRUE;
  vmm_partner_unpin (&kit->partner);
  return FALSE;
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  gint64          until_ns = vmm_stopwatch_start (&kit->watch) + SLEEP_NS;
  struct timespec until = { until_ns / 1000000000, until_ns % 1000000000 };

  clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
  vmm_stopwatch_stop (&kit->watch, SLEEP_NS, 1);
  return TRUE;
}

static void
leave (VmmKit *kit)
{
  vmm_partner_end_spinning (&kit->partner);
  vmm_partner_unpin (&kit->partner);
}

const VmmProbe vmm_probe_wake = {
  .channel = VMM_CHANNEL_PROBE_WAKE,
  .activity = "wake-up",
  .batches = 20,
  .budget_ms = 8, /* the sleeps alone take 4 */
  .factor = 1e-3, /* us */
  .open = vmm_trips_open,
  .enter = enter,
  .batch = run_batch,
  .leave = leave,
  .close = vmm_trips_close,
};
