/* SPDX-License-Identifier: MIT */
/* parallel: units of work on all CPUs at once. One thread works alone at any other time: of CPUs that
 * are not there when they are wanted together, it sees nothing. */
#include "probe.h"
#include "work.h"

#include <glib/gi18n-lib.h>
#include <time.h>

#define BUDGET_MS 200
#define WORK_BYTES (256u << 10) /* of each thread */
#define MAX_THREADS 256

typedef struct {
  VmmKit  *kit; /* to be read only */
  GMutex   lock;
  GCond    changed;
  gboolean is_let_go; /* what follows is not to change */
  guint    ready, n;
  gint64   begin_ns; /* 0 = there is nothing to do */
} Start;

typedef struct {
  GThread *thread;
  Start   *start;
  guint    index;
  gint64   ns; /* without what it waited for a CPU */
  guint64  units, sum;
  double   cpu_seconds;
} Hand;

/* Of so many allowed CPUs, 0 = not known. */
static guint
count_threads (guint cpus)
{
  return MIN (cpus > 0 ? cpus : g_get_num_processors (), MAX_THREADS);
}

static gboolean
check (const VmmKit *kit, GError **error)
{
  VmmCpuSet allowed;
  gsize     bytes = count_threads (vmm_cpus_get (&allowed)) * (gsize) WORK_BYTES;

  return bytes <= kit->burst_bytes || vmm_kit_refuse_buffer (kit, bytes, error);
}

/* All have their memory and their CPU before one of them begins. */
static gint64
wait_for_start (Start *start)
{
  g_mutex_lock (&start->lock);
  start->ready++;
  g_cond_broadcast (&start->changed);
  while (!start->is_let_go)
    g_cond_wait (&start->changed, &start->lock);
  gint64 begin_ns = start->begin_ns;
  g_mutex_unlock (&start->lock);
  return begin_ns;
}

static void
do_units (Hand *hand, VmmWork *work, VmmStopwatch *watch, gint64 begin_ns)
{
  vmm_stopwatch_start (watch);
  do {
    hand->sum += vmm_work_unit (work);
    hand->units++;
  } while (!vmm_kit_is_over (hand->start->kit, begin_ns, BUDGET_MS));
  vmm_stopwatch_stop (watch, 0, hand->units);
  hand->ns = watch->total_ns;
}

static gpointer
lend (gpointer data)
{
  Hand           *hand = data;
  VmmKit         *kit = hand->start->kit;
  VmmStopwatch    watch;
  struct timespec used = { 0 };

  if (kit->cpus.n > 0)
    vmm_cpus_pin (0, &kit->cpus.allowed, (kit->cpus.at + hand->index) % kit->cpus.n);
  vmm_stopwatch_open (&watch);
  vmm_stopwatch_reset (&watch);
  VmmWork *work = vmm_work_new ();
  gint64   begin_ns = wait_for_start (hand->start);
  if (begin_ns > 0)
    do_units (hand, work, &watch, begin_ns);
  vmm_work_free (work);
  vmm_stopwatch_close (&watch);
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  hand->cpu_seconds = (double) used.tv_sec + (double) used.tv_nsec / 1e9;
  return NULL;
}

/* The thread that asks is not one of them: it sleeps meanwhile. */
static guint
gather (Start *start, Hand *hands, guint n)
{
  guint made = 0;

  for (; made < n; made++) {
    hands[made] = (Hand){ .start = start, .index = made };
    hands[made].thread = g_thread_try_new ("vmm-parallel", lend, &hands[made], NULL);
    if (!hands[made].thread)
      break;
  }
  return made;
}

static void
let_go (Start *start, guint made, gboolean is_complete)
{
  g_mutex_lock (&start->lock);
  while (start->ready < made)
    g_cond_wait (&start->changed, &start->lock);
  start->begin_ns = is_complete ? vmm_now_ns () : 0;
  start->is_let_go = TRUE;
  g_cond_broadcast (&start->changed);
  g_mutex_unlock (&start->lock);
}

static void
compare_speed (VmmKit *kit, const Hand *hand)
{
  if (hand->units == 0)
    return;
  gint64 unit_ns = hand->ns / (gint64) hand->units;
  gint64 fastest_ns = kit->parallel.fastest_ns;
  kit->parallel.fastest_ns = fastest_ns > 0 ? MIN (fastest_ns, unit_ns) : unit_ns;
  kit->parallel.slowest_ns = MAX (kit->parallel.slowest_ns, unit_ns);
}

static void
collect (VmmKit *kit, Hand *hands, guint made)
{
  gint64  ns = 0;
  guint64 units = 0;

  kit->parallel.fastest_ns = kit->parallel.slowest_ns = 0;
  for (guint i = 0; i < made; i++) {
    g_thread_join (hands[i].thread);
    compare_speed (kit, &hands[i]);
    ns += hands[i].ns;
    units += hands[i].units;
    kit->cpu_seconds += hands[i].cpu_seconds;
    kit->sink += hands[i].sum;
  }
  vmm_stopwatch_add (&kit->watch, ns, units);
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  Start            start = { .kit = kit };
  guint            n = count_threads (kit->cpus.n);
  g_autofree Hand *hands = g_new (Hand, n);

  g_mutex_init (&start.lock);
  g_cond_init (&start.changed);
  guint made = gather (&start, hands, n);
  let_go (&start, made, made == n);
  collect (kit, hands, made);
  g_mutex_clear (&start.lock);
  g_cond_clear (&start.changed);
  if (made == n)
    return TRUE;
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, vmm_cause_sentence (VMM_CAUSE_NO_THREAD));
  return FALSE;
}

const VmmProbe vmm_probe_parallel = {
  .channel = VMM_CHANNEL_PROBE_PARALLEL,
  .activity = N_ ("all CPUs at once"),
  .batches = 1,
  .budget_ms = BUDGET_MS,
  .factor = 1e-3, /* us */
  .check = check,
  .refusal = VMM_CAUSE_NO_MEMORY,
  .batch = run_batch,
};
