/* SPDX-License-Identifier: MIT */
/* switch: a byte to a thread on the same CPU and back, two context switches. */
#include "probe.h"

#define TRIPS 50

static gboolean
open_partner (VmmKit *kit, GError **error)
{
  return vmm_partner_start (&kit->partner, error);
}

static gboolean
pin (VmmKit *kit, GError **error)
{
  return vmm_partner_pin (&kit->partner, vmm_random (&kit->random), TRUE, error);
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  vmm_stopwatch_start (&kit->watch);
  if (!vmm_partner_round_trips (&kit->partner, TRIPS, error))
    return FALSE;
  vmm_stopwatch_stop (&kit->watch, 0, TRIPS);
  return TRUE;
}

static void
unpin (VmmKit *kit)
{
  vmm_partner_unpin (&kit->partner);
}

static void
close_partner (VmmKit *kit)
{
  vmm_partner_stop (&kit->partner);
}

const VmmProbe vmm_probe_switch = {
  .channel = VMM_CHANNEL_PROBE_SWITCH,
  .activity = "context switch",
  .batches = 6,
  .budget_ms = 5,
  .factor = 1e-3, /* us */
  .open = open_partner,
  .enter = pin,
  .batch = run_batch,
  .leave = unpin,
  .close = close_partner,
};
