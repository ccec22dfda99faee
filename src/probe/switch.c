/* SPDX-License-Identifier: MIT */
/* switch: a byte to a thread on the same CPU and back, two context switches. */
#include "probe.h"

#include <glib/gi18n-lib.h>

#define TRIPS 25

static gboolean
enter (VmmKit *kit, GError **error)
{
  return vmm_trips_enter (kit, &kit->partner, TRUE, error);
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  return vmm_trips_run (kit, TRIPS, error);
}

const VmmProbe vmm_probe_switch = {
  .channel = VMM_CHANNEL_PROBE_SWITCH,
  .activity = N_ ("context switch"),
  .batches = 8,
  .budget_ms = 3,
  .factor = 1e-3, /* us */
  .state_bytes = sizeof (VmmTrips),
  .open = vmm_trips_open,
  .enter = enter,
  .batch = run_batch,
  .leave = vmm_trips_leave,
  .close = vmm_trips_close,
};
