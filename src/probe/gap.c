/* SPDX-License-Identifier: MIT */
/* gap: looks at the clock without pause; time that is missing was taken by the host. */
#include "probe.h"
#include "vmm/sources.h"

#include <glib/gi18n-lib.h>
#include <sys/resource.h>
#include <unistd.h>

#define SPIN_NS 3000000
#define MAX_NS 50000000
#define MIN_GAP_NS 10000
#define MIN_GAP_STEPS 10 /* where a look at the clock takes long by itself */

static glong
count_preemptions (void)
{
  struct rusage usage;

  getrusage (RUSAGE_THREAD, &usage);
  return usage.ru_nivcsw;
}

/* A gap in which another task of the guest had the CPU shows in the time waited or, where the
 * kernel keeps none, in the preemptions. Interrupts of the guest cannot be told from the host.
 * The look at the counters is not part of the spinning.
 *
 * It ends when it has had its time of the CPU, not when that time is over: gaps are then as many as
 * that time meets on average, whatever their length. */
static void
spin (int schedstat, gint64 *ret_had_ns, gint64 *ret_lost_ns)
{
  guint64 waited_ns = vmm_waited_ns (schedstat);
  glong   preemptions = count_preemptions ();
  gint64  lost_ns = 0, had_ns = 0, last_ns = vmm_now_ns (), end_ns = last_ns + MAX_NS;
  gint64  step_ns = G_MAXINT64 / MIN_GAP_STEPS;

  while (had_ns < SPIN_NS && last_ns < end_ns) {
    gint64 now_ns = vmm_now_ns (), gap_ns = now_ns - last_ns;

    last_ns = now_ns;
    step_ns = MIN (step_ns, gap_ns);
    if (gap_ns <= MAX (MIN_GAP_NS, step_ns * MIN_GAP_STEPS)) {
      had_ns += gap_ns;
      continue;
    }
    guint64 waited_now_ns = vmm_waited_ns (schedstat);
    glong   preemptions_now = count_preemptions ();
    gint64  own_ns = (gint64) (waited_now_ns - waited_ns);

    if (schedstat < 0 && preemptions_now != preemptions)
      own_ns = gap_ns;
    lost_ns += MAX (gap_ns - own_ns, 0);
    waited_ns = waited_now_ns;
    preemptions = preemptions_now;
    last_ns = vmm_now_ns ();
  }
  *ret_had_ns = had_ns;
  *ret_lost_ns = lost_ns;
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  gint64 had_ns, lost_ns;

  spin (kit->watch.schedstat, &had_ns, &lost_ns);
  vmm_stopwatch_add (&kit->watch, lost_ns, (guint64) (lost_ns + had_ns));
  return TRUE;
}

void
vmm_stolen_look (double *ret_observed_seconds, double *ret_missing_seconds)
{
  int    schedstat = vmm_waited_open ();
  gint64 had_ns, lost_ns;

  spin (schedstat, &had_ns, &lost_ns);
  if (schedstat >= 0)
    close (schedstat);
  *ret_observed_seconds = (double) (had_ns + lost_ns) / 1e9;
  *ret_missing_seconds = (double) lost_ns / 1e9;
}

const VmmProbe vmm_probe_gap = {
  .channel = VMM_CHANNEL_CPU_STOLEN,
  .activity = N_ ("time gaps"),
  .batches = 2,
  .budget_ms = 100,
  .may_be_none = TRUE,
  .factor = 100, /* percent of the time that it took */
  .batch = run_batch,
};
