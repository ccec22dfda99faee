/* SPDX-License-Identifier: MIT */
/* rounds: one worker thread that runs the table of probes, round after round. */
#include "probe.h"
#include "vmm/source.h"

#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#define MIN_PERIOD_US 1000000

/* A round begins this long after its tick, by chance: late enough for the tick's own work to be
 * over, uneven enough not to lock on to a periodic neighbour. */
#define MIN_DELAY_US 5000
#define MAX_DELAY_US 50000

/* clang-format off */
static const VmmProbe *const probes[] = {
  &vmm_probe_compute, &vmm_probe_wake, &vmm_probe_syscall, &vmm_probe_switch,
  &vmm_probe_fault, &vmm_probe_copy, &vmm_probe_load,
  &vmm_probe_read, &vmm_probe_sync,
  &vmm_probe_exit, &vmm_probe_gap, &vmm_probe_cross,
};

static const VmmChannelId channels[] = {
  VMM_CHANNEL_PROBE_COMPUTE, VMM_CHANNEL_PROBE_WAKE, VMM_CHANNEL_PROBE_SYSCALL,
  VMM_CHANNEL_PROBE_SWITCH, VMM_CHANNEL_PROBE_FAULT, VMM_CHANNEL_PROBE_COPY,
  VMM_CHANNEL_PROBE_LOAD, VMM_CHANNEL_PROBE_READ, VMM_CHANNEL_PROBE_SYNC, VMM_CHANNEL_PROBE_EXIT,
  VMM_CHANNEL_CPU_STOLEN, VMM_CHANNEL_PROBE_CROSS, VMM_CHANNEL_SELF_IOPS,
};
/* clang-format on */

#define N_PROBES G_N_ELEMENTS (probes)

/* What the worker tells: handed over under `lock`, whole. */
typedef struct {
  float    values[N_PROBES];
  gboolean is_new; /* not yet in a row */
  guint64  operations;
  double   cpu_seconds;
  guint    rounds;
  guint64  buffer_bytes, read_bytes, written_bytes;
} Report;

typedef struct {
  VmmSource base;
  gint64    period_us;
  gboolean  own_load_removed;
  gboolean  is_possible[N_PROBES]; /* known from construction on */

  VmmKit      kit; /* the worker's while there is one */
  GThread    *worker;
  gint64      start_us;
  const char *activity; /* atomic */

  GMutex lock; /* of all below */
  GCond  stop;
  Report report;
  char  *reasons[N_PROBES];

  char   *reason; /* the copy lent out by get_reason() */
  gint64  last_us;
  guint64 last_operations;
} Rounds;

const VmmProbe *const *
vmm_probes_table (guint *ret_n)
{
  *ret_n = N_PROBES;
  return probes;
}

static void
set_reason (Rounds *self, guint i, const char *reason)
{
  g_mutex_lock (&self->lock);
  if (g_strcmp0 (self->reasons[i], reason) != 0) {
    g_free (self->reasons[i]);
    self->reasons[i] = g_strdup (reason);
  }
  g_mutex_unlock (&self->lock);
}

static gboolean
is_stopping (Rounds *self)
{
  return g_atomic_int_get (&self->kit.stopping);
}

/* FALSE when the run ends first. */
static gboolean
wait_until (Rounds *self, gint64 time_us)
{
  g_mutex_lock (&self->lock);
  while (!is_stopping (self) && g_cond_wait_until (&self->stop, &self->lock, time_us))
    ;
  g_mutex_unlock (&self->lock);
  return !is_stopping (self);
}

/* One round. It begins where the one before ran out of time, so that in a guest too slow for a
 * whole round every probe has its turn. */
static void
run_round (Rounds *self, const gboolean *is_open, guint *next, gint64 until_us, float *ret_values)
{
  for (guint i = 0; i < N_PROBES; i++)
    ret_values[i] = vmm_absent (is_open[i] ? VMM_PENDING : VMM_FAILED);
  for (guint n = 0; n < N_PROBES && !is_stopping (self); n++) {
    guint i = *next;
    g_autoptr (GError) error = NULL;

    if (g_get_monotonic_time () >= until_us)
      break;
    *next = (i + 1) % N_PROBES;
    if (!is_open[i])
      continue;
    g_atomic_pointer_set (&self->activity, probes[i]->activity);
    ret_values[i] = vmm_probe_run (probes[i], &self->kit, until_us * 1000, &error);
    set_reason (self, i, error ? error->message : NULL);
  }
  g_atomic_pointer_set (&self->activity, "");
}

static double
get_cpu_seconds (Rounds *self)
{
  struct timespec used = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (double) used.tv_sec + (double) used.tv_nsec / 1e9 +
         vmm_partner_cpu_seconds (&self->kit.partner);
}

/* The one hand-over between the worker and the main thread. */
static void
publish (Rounds *self, const float *values, double cpu_seconds)
{
  const VmmScratch *scratch = &self->kit.scratch;

  g_mutex_lock (&self->lock);
  if (values) {
    memcpy (self->report.values, values, sizeof self->report.values);
    self->report.is_new = TRUE;
    self->report.rounds++;
  }
  self->report.cpu_seconds = cpu_seconds;
  self->report.operations = scratch->operations;
  self->report.read_bytes = scratch->read_bytes;
  self->report.written_bytes = scratch->written_bytes;
  self->report.buffer_bytes = self->kit.copy.bytes * 2 + self->kit.load.bytes;
  g_mutex_unlock (&self->lock);
}

static void
open_probes (Rounds *self, gboolean *ret_is_open)
{
  for (guint i = 0; i < N_PROBES; i++) {
    g_autoptr (GError) error = NULL;

    ret_is_open[i] = self->is_possible[i] && !is_stopping (self) &&
                     (!probes[i]->open || probes[i]->open (&self->kit, &error));
    if (error)
      set_reason (self, i, error->message);
  }
}

/* The worker: from vmm_source_start() to vmm_source_stop(). */
static gpointer
work (gpointer data)
{
  Rounds  *self = data;
  double   cpu_before = self->report.cpu_seconds;
  gboolean is_open[N_PROBES];
  float    values[N_PROBES];
  guint    next = 0;

  prctl (PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL); /* else the kernel's own 50 us are measured */
  vmm_stopwatch_open (&self->kit.watch);
  g_atomic_pointer_set (&self->activity, "preparing");
  open_probes (self, is_open);
  g_atomic_pointer_set (&self->activity, "");
  publish (self, NULL, cpu_before + get_cpu_seconds (self));

  for (gint64 tick = 0;; tick++) {
    gint64 late_us = g_get_monotonic_time () - self->start_us - self->period_us / 4;
    tick = MAX (tick, late_us / self->period_us + (late_us > 0));
    gint64 tick_us = self->start_us + tick * self->period_us;
    gint64 delay_us =
        MIN_DELAY_US + (gint64) (vmm_random (&self->kit.random) % (MAX_DELAY_US - MIN_DELAY_US));

    if (!wait_until (self, tick_us + delay_us))
      break;
    run_round (self, is_open, &next, tick_us + self->period_us / 2, values);
    if (is_stopping (self))
      break;
    publish (self, values, cpu_before + get_cpu_seconds (self));
  }

  publish (self, NULL, cpu_before + get_cpu_seconds (self));
  for (guint i = 0; i < N_PROBES; i++)
    if (is_open[i] && probes[i]->close)
      probes[i]->close (&self->kit);
  vmm_stopwatch_close (&self->kit.watch);
  return NULL;
}

/* Signals are for the main thread; but a fault is this thread's own, and blocked it would end the
 * process without the handlers that give a terminal back. */
static void
block_signals (sigset_t *ret_before)
{
  static const int faults[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT };
  sigset_t         blocked;

  sigfillset (&blocked);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    sigdelset (&blocked, faults[i]);
  pthread_sigmask (SIG_SETMASK, &blocked, ret_before);
}

static void
start (VmmSource *source, gint64 now_us)
{
  Rounds  *self = (Rounds *) source;
  sigset_t before;

  if (self->worker)
    return;
  self->start_us = now_us;
  self->last_us = 0;
  self->report.is_new = FALSE;
  g_atomic_int_set (&self->kit.stopping, FALSE);
  block_signals (&before);
  self->worker = g_thread_new ("vmm-probes", work, self);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
}

/* Takes as long as the batch that is running: a few ms, but a sync as long as the disk wants. */
static void
stop (VmmSource *source)
{
  Rounds *self = (Rounds *) source;

  if (!self->worker)
    return;
  g_mutex_lock (&self->lock);
  g_atomic_int_set (&self->kit.stopping, TRUE);
  g_cond_signal (&self->stop);
  g_mutex_unlock (&self->lock);
  g_thread_join (self->worker);
  self->worker = NULL;
  g_atomic_pointer_set (&self->activity, "");
}

/* Our own operations per second since the last sample. */
static float
get_iops (Rounds *self, gint64 now_us, guint64 operations)
{
  gint64  elapsed_us = now_us - self->last_us;
  guint64 done = operations - self->last_operations;
  float   value = vmm_absent (VMM_PENDING);

  if (self->last_us > 0 && elapsed_us > 0)
    value = (float) ((double) done * 1e6 / (double) elapsed_us);
  self->last_us = now_us;
  self->last_operations = operations;
  return value;
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Rounds *self = (Rounds *) source;
  Report  report;

  if (!self->worker) {
    for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
      row[channels[i]] = vmm_absent (VMM_OFF);
    return;
  }
  g_mutex_lock (&self->lock);
  report = self->report;
  self->report.is_new = FALSE;
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < N_PROBES; i++) {
    float *value = &row[probes[i]->channel];
    if (!self->is_possible[i])
      *value = vmm_absent (VMM_NOT_EXPOSED);
    else
      *value = report.is_new ? report.values[i] : vmm_absent (VMM_PENDING);
  }
  row[VMM_CHANNEL_SELF_IOPS] = get_iops (self, now_us, report.operations);
}

static const char *
get_reason (VmmSource *source, VmmChannelId channel)
{
  Rounds *self = (Rounds *) source;

  for (guint i = 0; i < N_PROBES; i++)
    if (probes[i]->channel == channel) {
      g_mutex_lock (&self->lock);
      g_free (self->reason);
      self->reason = g_strdup (self->reasons[i]);
      g_mutex_unlock (&self->lock);
      return self->reason;
    }
  return NULL;
}

static void
free_rounds (VmmSource *source)
{
  Rounds *self = (Rounds *) source;

  for (guint i = 0; i < N_PROBES; i++)
    g_free (self->reasons[i]);
  g_free (self->reason);
  vmm_kit_clear (&self->kit);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->stop);
  g_free (self);
}

static const VmmSourceClass class = {
  .name = "probes",
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .start = start,
  .stop = stop,
  .sample = sample,
  .reason = get_reason,
  .free = free_rounds,
};

/* Whole ticks, and never more than one round a second. */
static gint64
get_period (gint64 interval_us)
{
  return (MIN_PERIOD_US + interval_us - 1) / interval_us * interval_us;
}

VmmSource *
vmm_probes_new (const VmmProbesOptions *options)
{
  g_return_val_if_fail (options->interval_us > 0, NULL);

  Rounds *self = g_new0 (Rounds, 1);
  int     schedstat = vmm_waited_open ();

  self->base.class = &class;
  self->period_us = get_period (options->interval_us);
  self->own_load_removed = schedstat >= 0;
  if (schedstat >= 0)
    close (schedstat);
  self->activity = "";
  g_mutex_init (&self->lock);
  g_cond_init (&self->stop);
  vmm_kit_init (&self->kit, options->scratch_dir, options->seed);
  for (guint i = 0; i < N_PROBES; i++) {
    g_autoptr (GError) error = NULL;

    self->is_possible[i] = !probes[i]->check || probes[i]->check (&self->kit, &error);
    if (error)
      set_reason (self, i, error->message);
  }
  return &self->base;
}

void
vmm_probes_get_info (VmmSource *source, VmmProbesInfo *ret_info)
{
  Rounds *self = (Rounds *) source;

  g_mutex_lock (&self->lock);
  *ret_info = (VmmProbesInfo){
    .scratch_dir = self->kit.scratch.dir,
    .direct = self->kit.scratch.direct,
    .buffer_bytes = self->report.buffer_bytes,
    .own_load_removed = self->own_load_removed,
    .cpu_seconds = self->report.cpu_seconds,
    .read_bytes = self->report.read_bytes,
    .written_bytes = self->report.written_bytes,
    .rounds = self->report.rounds,
  };
  g_mutex_unlock (&self->lock);
}

const char *
vmm_probes_get_activity (VmmSource *source)
{
  return g_atomic_pointer_get (&((Rounds *) source)->activity);
}
