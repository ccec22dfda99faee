/* SPDX-License-Identifier: MIT */
/* process: making and ending a process that writes to 64 inherited pages. */
#include "probe.h"

#include <glib/gi18n-lib.h>

static gboolean
open_helper (VmmKit *kit, GError **error)
{
  return vmm_helper_start (&kit->helper, error);
}

static gboolean
enter (VmmKit *kit, GError **error)
{
  vmm_waits_begin (kit->state);
  return vmm_kit_pin (kit, kit->helper.pid, kit->cpus.at, error);
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  gint64  ns;
  guint64 waited_ns;

  if (!vmm_helper_make_process (&kit->helper, &ns, &waited_ns, error))
    return FALSE;
  vmm_stopwatch_add (&kit->watch, ns, 1);
  vmm_waits_add (kit->state, waited_ns);
  return TRUE;
}

static void
leave (VmmKit *kit)
{
  vmm_waits_take_out (kit->state, &kit->watch);
  vmm_cpus_set (kit->helper.pid, &kit->cpus.allowed);
}

static void
close_helper (VmmKit *kit)
{
  vmm_helper_stop (&kit->helper);
}

const VmmProbe vmm_probe_process = {
  .channel = VMM_CHANNEL_PROBE_PROCESS,
  .activity = N_ ("new process"),
  .batches = 4,
  .budget_ms = 4,
  .factor = 1e-3, /* us */
  .state_bytes = sizeof (VmmWaits),
  .open = open_helper,
  .enter = enter,
  .batch = run_batch,
  .leave = leave,
  .close = close_helper,
};
