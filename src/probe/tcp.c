/* SPDX-License-Identifier: MIT */
/* tcp: a byte through a TCP connection of this process with itself and back, both threads on one CPU. */
#include "probe.h"

#include <glib/gi18n-lib.h>

#define TRIPS 10

static gboolean
open_peer (VmmKit *kit, GError **error)
{
  return vmm_partner_start_tcp (&kit->peer, error);
}

static gboolean
enter (VmmKit *kit, GError **error)
{
  return vmm_trips_enter (kit, &kit->peer, TRUE, error);
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  return vmm_trips_run (kit, TRIPS, error);
}

static void
close_peer (VmmKit *kit)
{
  vmm_partner_stop (&kit->peer);
}

const VmmProbe vmm_probe_tcp = {
  .channel = VMM_CHANNEL_PROBE_TCP,
  .activity = N_ ("TCP within the guest"),
  .batches = 6,
  .budget_ms = 3,
  .factor = 1e-3, /* us */
  .state_bytes = sizeof (VmmTrips),
  .open = open_peer,
  .enter = enter,
  .batch = run_batch,
  .leave = vmm_trips_leave,
  .close = close_peer,
};
