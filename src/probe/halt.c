/* SPDX-License-Identifier: MIT */
/* halt: how late an idle CPU wakes up. */
#include "probe.h"

#include <glib/gi18n-lib.h>

#define SLEEP_NS 1000000

/* With nothing else to run the CPU halts, the VMM may give it away, and has to bring it back. A
 * guest with work of its own has no idle CPU to measure, so this is shown and never scored: see
 * `wake`. */
static gboolean
run_batch (VmmKit *kit, GError **error)
{
  return vmm_sleep_run (kit, SLEEP_NS);
}

const VmmProbe vmm_probe_halt = {
  .channel = VMM_CHANNEL_PROBE_HALT,
  .activity = N_ ("idle CPU wake-up"),
  .batches = 5,
  .budget_ms = 10, /* the sleeps alone take 5 */
  .factor = 1e-3,  /* us */
  .batch = run_batch,
};
