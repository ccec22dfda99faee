/* SPDX-License-Identifier: MIT */
/* disk_read: random reads of 4 KiB past the page cache. */
#include "probe.h"

#include <glib/gi18n-lib.h>

static gboolean
check (const VmmKit *kit, GError **error)
{
  if (kit->scratch.dir.path && kit->scratch.dir.direct)
    return TRUE;
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED, kit->scratch.dir.reason);
  return FALSE;
}

static gboolean
open_file (VmmKit *kit, GError **error)
{
  return vmm_scratch_open (&kit->scratch, &kit->random, &kit->stopping, error) &&
         vmm_awake_open (kit, error);
}

static gboolean
enter (VmmKit *kit, GError **error)
{
  return vmm_scratch_set_direct (&kit->scratch, TRUE, error) && vmm_awake_enter (kit, error);
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

static void
close_file (VmmKit *kit)
{
  vmm_scratch_close (&kit->scratch);
  vmm_awake_close (kit);
}

const VmmProbe vmm_probe_read = {
  .channel = VMM_CHANNEL_PROBE_READ,
  .activity = N_ ("disk read"),
  .batches = 10,
  .budget_ms = 100,
  .factor = 1e-3, /* us */
  .check = check,
  .open = open_file,
  .enter = enter,
  .batch = run_batch,
  .leave = vmm_awake_leave,
  .close = close_file,
};
