/* SPDX-License-Identifier: MIT */
/* cross: a byte to a thread on another CPU and back, two wake-ups across CPUs. */
#include "probe.h"

#define TRIPS 10

static gboolean
check (const VmmKit *kit, GError **error)
{
  VmmCpuSet allowed;

  if (vmm_cpus_get (&allowed) > 1)
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED, "only one CPU may be used");
  return FALSE;
}

static gboolean
open_partner (VmmKit *kit, GError **error)
{
  return vmm_partner_start (&kit->partner, error);
}

static gboolean
pin (VmmKit *kit, GError **error)
{
  return vmm_partner_pin (&kit->partner, vmm_random (&kit->random), FALSE, error);
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

const VmmProbe vmm_probe_cross = {
  .channel = VMM_CHANNEL_PROBE_CROSS,
  .activity = "cross-CPU round trip",
  .batches = 8,
  .budget_ms = 4,
  .factor = 1e-3, /* us */
  .check = check,
  .open = open_partner,
  .enter = pin,
  .batch = run_batch,
  .leave = unpin,
  .close = close_partner,
};
