/* SPDX-License-Identifier: MIT */
/* compute: a fixed computation, the time of one slice. */
#include "probe.h"

#include <glib/gi18n-lib.h>

#define ITERATIONS 100000

/* Two chains in which each step needs the one before it, one of integers, one of floating point:
 * nothing to vectorise, no memory. */
static guint64
compute_slice (guint64 x)
{
  guint64 sum = 0;
  double  f = 1.0;

  for (guint i = 0; i < ITERATIONS; i++) {
    x ^= x << 13;
    x ^= x >> 7;
    x ^= x << 17;
    sum += x * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
    f = f * 1.0000001 + (double) (x & 7);
  }
  return sum + (guint64) f;
}

/* The volatile reading and writing keep the slice between the two looks at the clock. */
static gboolean
run_batch (VmmKit *kit, GError **error)
{
  vmm_stopwatch_start (&kit->watch);
  kit->sink = compute_slice (kit->sink | 1);
  vmm_stopwatch_stop (&kit->watch, 0, 1);
  return TRUE;
}

const VmmProbe vmm_probe_compute = {
  .channel = VMM_CHANNEL_PROBE_COMPUTE,
  .activity = N_ ("fixed computation"),
  .batches = 8,
  .budget_ms = 4,
  .factor = 1e-3, /* us */
  .batch = run_batch,
};
