/* SPDX-License-Identifier: MIT */
/* disk_read: random reads of 4 KiB past the page cache. */
#include "probe.h"

#include <glib/gi18n-lib.h>

static gboolean
check (const VmmKit *kit, GError **error)
{
  return vmm_disk_check (kit, TRUE, error);
}

static gboolean
enter (VmmKit *kit, GError **error)
{
  return vmm_disk_enter (kit, TRUE, error);
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  if (!vmm_idler_keep_awake (kit->idler, error))
    return FALSE;
  vmm_stopwatch_start (&kit->watch);
  if (!vmm_scratch_read (&kit->scratch, &kit->random, error))
    return FALSE;
  vmm_stopwatch_stop (&kit->watch, 0, 1);
  return TRUE;
}

const VmmProbe vmm_probe_read = {
  .channel = VMM_CHANNEL_PROBE_READ,
  .activity = N_ ("disk read"),
  .batches = 10,
  .budget_ms = 100,
  .factor = 1e-3, /* us */
  .check = check,
  .refusal = VMM_CAUSE_NO_SCRATCH,
  .open = vmm_disk_open,
  .enter = enter,
  .batch = run_batch,
  .leave = vmm_awake_leave,
  .close = vmm_disk_close,
};
