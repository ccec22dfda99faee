/* SPDX-License-Identifier: MIT */
/* disk_sync: writes of 4 KiB, each made durable before the next. */
#include "kblockd.h"
#include "probe.h"

#include <glib/gi18n-lib.h>

static gboolean
check (const VmmKit *kit, GError **error)
{
  return vmm_disk_check (kit, FALSE, error);
}

static gboolean
open_file (VmmKit *kit, GError **error)
{
  if (!vmm_disk_open (kit, error))
    return FALSE;
  vmm_kblockd_open (kit->state);
  return TRUE;
}

static gboolean
enter (VmmKit *kit, GError **error)
{
  return vmm_disk_enter (kit, FALSE, error);
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  VmmKblockd *kblockd = kit->state;

  if (!vmm_idler_keep_awake (kit->idler, error))
    return FALSE;
  vmm_kblockd_start (kblockd);
  vmm_stopwatch_start (&kit->watch);
  if (!vmm_scratch_sync (&kit->scratch, &kit->random, error))
    return FALSE;
  vmm_stopwatch_stop (&kit->watch, 0, 1);
  vmm_stopwatch_shorten (&kit->watch, vmm_kblockd_waited_ns (kblockd));
  return TRUE;
}

static void
close_file (VmmKit *kit)
{
  vmm_kblockd_close (kit->state);
  vmm_disk_close (kit);
}

const VmmProbe vmm_probe_sync = {
  .channel = VMM_CHANNEL_PROBE_SYNC,
  .activity = N_ ("disk sync"),
  .batches = 6,
  .budget_ms = 100,
  .factor = 1e-3, /* us */
  .state_bytes = sizeof (VmmKblockd),
  .check = check,
  .refusal = VMM_CAUSE_NO_SCRATCH,
  .open = open_file,
  .enter = enter,
  .batch = run_batch,
  .leave = vmm_awake_leave,
  .close = close_file,
};
