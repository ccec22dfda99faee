/* SPDX-License-Identifier: MIT */
/* wake: how late a sleeping thread wakes up on a CPU that is awake, and whether the host takes that
 * CPU away, which is seen each time. */
#include "probe.h"

#include <glib/gi18n-lib.h>

#define SLEEP_NS 200000

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  return vmm_idler_keep_awake (kit->idler, error) && vmm_sleep_run (kit, SLEEP_NS);
}

const VmmProbe vmm_probe_wake = {
  .channel = VMM_CHANNEL_PROBE_WAKE,
  .activity = N_ ("wake-up"),
  .batches = 10,
  .budget_ms = 4, /* the sleeps alone take 2 */
  .factor = 1e-3, /* us */
  .open = vmm_awake_open,
  .enter = vmm_awake_enter,
  .batch = run_batch,
  .leave = vmm_awake_leave,
  .close = vmm_awake_close,
};
