/* SPDX-License-Identifier: MIT */
/* gap: looks at the clock without pause; time that is missing was taken by the host. */
#include "probe.h"

#include <sys/resource.h>

#define SPIN_NS 2000000
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
 * The look at the counters is not part of the spinning. */
static gboolean
run_batch (VmmKit *kit, GError **error)
{
  int     schedstat = kit->watch.schedstat;
  guint64 waited_ns = vmm_waited_ns (schedstat);
  glong   preemptions = count_preemptions ();
  gint64  lost_ns = 0, spun_ns = 0, last_ns = vmm_now_ns ();
  gint64  step_ns = G_MAXINT64 / MIN_GAP_STEPS;

  while (spun_ns < SPIN_NS) {
    gint64 now_ns = vmm_now_ns (), gap_ns = now_ns - last_ns;

    spun_ns += gap_ns;
    last_ns = now_ns;
    step_ns = MIN (step_ns, gap_ns);
    if (gap_ns <= MAX (MIN_GAP_NS, step_ns * MIN_GAP_STEPS))
      continue;
    guint64 waited_now_ns = vmm_waited_ns (schedstat);
    glong   preemptions_now = count_preemptions ();
    gint64  own_ns = (gint64) (waited_now_ns - waited_ns);

    if (schedstat < 0 && preemptions_now != preemptions)
      own_ns = gap_ns;
    lost_ns += MAX (gap_ns - own_ns, 0);
    spun_ns -= MIN (own_ns, gap_ns);
    waited_ns = waited_now_ns;
    preemptions = preemptions_now;
    last_ns = vmm_now_ns ();
  }
  vmm_stopwatch_add (&kit->watch, lost_ns, (guint64) spun_ns);
  return TRUE;
}

const VmmProbe vmm_probe_gap = {
  .channel = VMM_CHANNEL_CPU_STOLEN,
  .activity = "time gaps",
  .batches = 2,
  .budget_ms = 4,
  .factor = 100, /* percent of the time spun */
  .batch = run_batch,
};
