/* SPDX-License-Identifier: MIT */
/* cross: a byte to a thread on another CPU and back, two wake-ups across CPUs. */
#include "probe.h"

#include <glib/gi18n-lib.h>

#define TRIPS 2

static gboolean
enter (VmmKit *kit, GError **error)
{
  return vmm_trips_enter (kit, &kit->partner, FALSE, error);
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  return vmm_trips_run (kit, TRIPS, error);
}

const VmmProbe vmm_probe_cross = {
  .channel = VMM_CHANNEL_PROBE_CROSS,
  .activity = N_ ("cross-CPU round trip"),
  .batches = 8,
  .budget_ms = 2,
  .factor = 1e-3, /* us */
  .state_bytes = sizeof (VmmTrips),
  .check = vmm_kit_check_two_cpus,
  .refusal = VMM_CAUSE_ONE_CPU,
  .open = vmm_trips_open,
  .enter = enter,
  .batch = run_batch,
  .leave = vmm_trips_leave,
  .close = vmm_trips_close,
};
