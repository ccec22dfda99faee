/* SPDX-License-Identifier: MIT */
/* watch: sums of rows and of looks at the clock, and the newest of them. */
#include "watch.h"

#include <math.h>

#define STEP_MS 500

void
vmm_watch_init (VmmWatch *watch, guint cpus)
{
  *watch = (VmmWatch){ .cpus = MAX (cpus, 1), .steal_seconds = NAN };
}

static double
or_zero (float value)
{
  return vmm_absence (value) == VMM_PRESENT ? (double) value : 0;
}

static void
add_steal (VmmWatch *watch, float percent, gint64 elapsed_us)
{
  if (vmm_absence (percent) != VMM_PRESENT)
    return;
  double before = isfinite (watch->steal_seconds) ? watch->steal_seconds : 0;
  watch->steal_seconds =
      before + (double) percent / 100 * watch->cpus * (double) elapsed_us / G_USEC_PER_SEC;
}

void
vmm_watch_add_row (VmmWatch *watch, const float *row, gint64 elapsed_us)
{
  float busy = row[VMM_CHANNEL_CPU_BUSY];

  add_steal (watch, row[VMM_CHANNEL_CPU_STEAL], elapsed_us);
  watch->stopped_seconds += or_zero (row[VMM_CHANNEL_CLOCK_LOST]) / 1000;
  watch->clock_steps += fabs (or_zero (row[VMM_CHANNEL_CLOCK_STEP])) > STEP_MS;
  if (vmm_absence (busy) == VMM_PRESENT)
    watch->busy[watch->n_busy++ % VMM_WATCH_ROWS] = busy;
}

void
vmm_watch_add_look (VmmWatch *watch, const VmmLook *look)
{
  watch->sum.observed_seconds += look->observed_seconds;
  watch->sum.missing_seconds += look->missing_seconds;
  watch->looks[watch->n_looks++ % VMM_WATCH_LOOKS] = *look;
}

double
vmm_watch_get_busy (const VmmWatch *watch)
{
  guint  n = MIN (watch->n_busy, VMM_WATCH_ROWS);
  double sum = 0;

  for (guint i = 0; i < n; i++)
    sum += (double) watch->busy[i];
  return n > 0 ? sum / n : NAN;
}

static double
get_ratio (const VmmWatch *watch)
{
  VmmLook sum = { 0 };

  for (guint i = 0; i < MIN (watch->n_looks, VMM_WATCH_LOOKS); i++) {
    sum.observed_seconds += watch->looks[i].observed_seconds;
    sum.missing_seconds += watch->looks[i].missing_seconds;
  }
  return sum.observed_seconds > 0 ? sum.missing_seconds / sum.observed_seconds : NAN;
}

void
vmm_watch_describe (const VmmWatch *watch, VmmSnapshot *snapshot)
{
  snapshot->steal_seconds = watch->steal_seconds;
  snapshot->stopped_seconds = watch->stopped_seconds;
  snapshot->clock_steps = watch->clock_steps;
  snapshot->stolen_observed_seconds = watch->sum.observed_seconds;
  snapshot->stolen_missing_seconds = watch->sum.missing_seconds;
  snapshot->stolen_ratio = get_ratio (watch);
}

VmmSession *
vmm_watch_make_session (const VmmPlan *plan, VmmHost *host, GError **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_auto (VmmPlan) own = { 0 };

  vmm_plan_copy (&own, plan);
  own.duration_s = VMM_PLAN_DURATION_MIN_S;
  own.interval_ms = VMM_PLAN_INTERVAL_MS;
  own.probes = FALSE;
  own.history = 1;
  g_ptr_array_add (sources, vmm_clock_new (G_TIME_SPAN_SECOND, NULL, NULL));
  g_ptr_array_add (sources, vmm_cpu_new (plan->sysroot ? plan->sysroot : "/", host));
  return vmm_session_new_with_sources (&own, host, sources, error);
}
