/* SPDX-License-Identifier: MIT */
/* clock: reading the clock, as programs do. */
#include "probe.h"

#include <glib/gi18n-lib.h>
#include <time.h>

#define READINGS 100

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  struct timespec now;

  vmm_stopwatch_start (&kit->watch);
  for (guint i = 0; i < READINGS; i++)
    clock_gettime (CLOCK_MONOTONIC, &now);
  vmm_stopwatch_stop (&kit->watch, 0, READINGS);
  return TRUE;
}

const VmmProbe vmm_probe_clock = {
  .channel = VMM_CHANNEL_PROBE_CLOCK,
  .activity = N_ ("clock reading"),
  .batches = 20,
  .budget_ms = 2,
  .factor = 1, /* ns */
  .batch = run_batch,
};
