/* SPDX-License-Identifier: MIT */
/* unequal: how far the slowest CPU was behind the fastest in the burst that all of them did just now: some
 * may be the host's small cores. */
#include "probe.h"
#include "vmm/language.h"

#include <glib/gi18n-lib.h>

/* What it does less in the same time, in percent of what the fastest does. */
static gboolean
run_batch (VmmKit *kit, GError **error)
{
  gint64 slowest_ns = kit->parallel.slowest_ns;

  if (slowest_ns > 0) {
    vmm_stopwatch_add (&kit->watch, slowest_ns - kit->parallel.fastest_ns, (guint64) slowest_ns);
    return TRUE;
  }
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, VMM_SAID ("there was no work on all CPUs"));
  return FALSE;
}

const VmmProbe vmm_probe_unequal = {
  .channel = VMM_CHANNEL_PROBE_UNEQUAL,
  .activity = N_ ("all CPUs at once"),
  .batches = 1,
  .budget_ms = 1,
  .factor = 100, /* % */
  .may_be_none = TRUE,
  .check = vmm_kit_check_two_cpus,
  .refusal = VMM_CAUSE_ONE_CPU,
  .batch = run_batch,
};
