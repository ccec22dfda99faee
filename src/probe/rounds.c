/* SPDX-License-Identifier: MIT */
/* rounds: one worker thread that runs the table of probes, round after round. */
#include "rounds.h"

#include "bursts.h"
#include "random.h"
#include "vmm/aside.h"
#include "vmm/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#define MIN_PERIOD_US 1000000

/* A round begins this long after its tick, by chance: late enough for the tick's own work, a
 * repaint too, to be over, uneven enough not to lock on to a periodic neighbour. It ends in the first
 * half of the period: the second is for the echoes of the ping. */
#define MIN_DELAY_US 30000
#define MAX_DELAY_US 75000

/* A burst ends within it, but for the request that it then waits for. */
#define MAX_BURST_US 400000

/* CPU time after which no further probe begins in this round: the score's own goal is a tenth of a
 * CPU in the slowest VMM. Of a second, what period a round may have. A guest that does not see what
 * is taken from it takes that for CPU time as well: so many probes it does in any case, that each has
 * a value in more than half of the rounds. */
#define MAX_CPU_SECONDS 0.08
#define MIN_PROBES 12

#define ROW(name) &vmm_probe_##name,
static const VmmProbe *const table[] = { VMM_PROBES (ROW) VMM_BURSTS (ROW) };
#undef ROW

#define ROW(name) PLACE_##name,
enum { VMM_PROBES (ROW) N_PROBES, N_ALL = G_N_ELEMENTS (table) };
#undef ROW

G_STATIC_ASSERT (N_ALL <= VMM_MAX_PROBES);
G_STATIC_ASSERT (MIN_PROBES * 26 > N_PROBES * 15); /* four of thirty rounds are the bursts' */

const VmmProbe *const *
vmm_probes_table (guint *ret_n)
{
  *ret_n = N_ALL;
  return table;
}

/* Probes that run together, one after the other. */
typedef struct {
  guint  first, n;    /* of the table */
  guint  next;        /* of them */
  double cpu_seconds; /* after which no further one begins */
} Turn;

static void
set_reason (VmmRounds *rounds, guint probe, VmmCause cause, const GError *error)
{
  g_mutex_lock (&rounds->lock);
  g_free (rounds->reasons[probe]);
  rounds->reasons[probe] = error ? g_strdup (error->message) : NULL;
  rounds->causes[probe] = error ? cause : VMM_CAUSE_NONE;
  g_mutex_unlock (&rounds->lock);
}

static double
get_cpu_seconds (const VmmRounds *rounds)
{
  struct timespec used = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return (double) used.tv_sec + (double) used.tv_nsec / 1e9 +
         vmm_partner_cpu_seconds (&rounds->kit.partner) +
         vmm_partner_cpu_seconds (&rounds->kit.peer) + rounds->kit.helper.cpu_seconds +
         vmm_idler_cpu_seconds (rounds->kit.idler) + rounds->kit.cpu_seconds;
}

static gboolean
is_stopping (VmmRounds *rounds)
{
  return g_atomic_int_get (&rounds->kit.stopping);
}

/* FALSE when the run ends first. */
static gboolean
wait_until (VmmRounds *rounds, gint64 time_us)
{
  g_mutex_lock (&rounds->lock);
  while (!is_stopping (rounds) && g_cond_wait_until (&rounds->stop, &rounds->lock, time_us))
    ;
  g_mutex_unlock (&rounds->lock);
  return !is_stopping (rounds);
}

/* One round of the probes of a turn. It begins where the one before ran out of time or of its share of
 * a CPU, so that in a guest too slow for a whole round every probe has its turn. */
static void
run_round (VmmRounds *rounds, const gboolean *is_open, Turn *turn, gint64 until_us,
           float *ret_values)
{
  double enough_seconds = get_cpu_seconds (rounds) + turn->cpu_seconds;

  for (guint i = 0; i < N_ALL; i++)
    ret_values[i] = vmm_absent (is_open[i] ? VMM_PENDING : VMM_FAILED);
  for (guint n = 0; n < turn->n && !is_stopping (rounds); n++) {
    g_autoptr (GError) error = NULL;
    guint i = turn->first + turn->next;

    if (g_get_monotonic_time () >= until_us ||
        (n >= MIN_PROBES && get_cpu_seconds (rounds) >= enough_seconds))
      break;
    turn->next = (turn->next + 1) % turn->n;
    if (!is_open[i])
      continue;
    g_atomic_pointer_set (&rounds->activity, table[i]->activity);
    ret_values[i] =
        vmm_probe_run (table[i], &rounds->kit, rounds->states[i], until_us * 1000, &error);
    set_reason (rounds, i, VMM_CAUSE_PROBE_FAILED, error);
  }
  g_atomic_pointer_set (&rounds->activity, "");
}

/* `values` may be NULL: nothing new but the cost. */
static void
publish (VmmRounds *rounds, const float *values, double cpu_seconds)
{
  const VmmKit *kit = &rounds->kit;
  VmmReport    *report = &rounds->report;

  g_mutex_lock (&rounds->lock);
  if (values) {
    memcpy (report->values, values, N_ALL * sizeof *values);
    report->is_new = TRUE;
    report->rounds++;
  }
  report->cpu_seconds = cpu_seconds;
  report->operations = kit->scratch.operations;
  report->read_bytes = kit->scratch.read_bytes;
  report->written_bytes = kit->scratch.written_bytes;
  report->buffer_bytes = kit->held_bytes;
  g_mutex_unlock (&rounds->lock);
}

static void
open_probes (VmmRounds *rounds, gboolean *ret_is_open)
{
  g_atomic_pointer_set (&rounds->activity, N_ ("preparing"));
  for (guint i = 0; i < N_ALL; i++) {
    g_autoptr (GError) error = NULL;

    ret_is_open[i] = !rounds->barriers[i] && !is_stopping (rounds) &&
                     vmm_probe_open (table[i], &rounds->kit, rounds->states[i], &error);
    if (error)
      set_reason (rounds, i, VMM_CAUSE_PROBE_FAILED, error);
  }
  g_atomic_pointer_set (&rounds->activity, "");
}

static void
close_probes (VmmRounds *rounds)
{
  for (guint i = 0; i < N_ALL; i++)
    vmm_probe_close (table[i], &rounds->kit, rounds->states[i]);
}

/* The tick after `tick` whose round can still begin in time: in the first quarter of its period. */
static gint64
find_tick (const VmmRounds *rounds, gint64 tick)
{
  gint64 late_us = g_get_monotonic_time () - rounds->start_us - rounds->period_us / 4;

  return late_us > 0 ? MAX (tick, late_us / rounds->period_us + 1) : tick;
}

static gpointer
work (gpointer data)
{
  VmmRounds *rounds = data;
  Turn       round = { 0, N_PROBES, 0, MAX_CPU_SECONDS };
  Turn       burst = { N_PROBES, N_ALL - N_PROBES, 0, G_MAXDOUBLE };
  gboolean   is_open[N_ALL];
  float      values[N_ALL];
  guint      bursts = 0;

  prctl (PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL); /* else the kernel's own 50 us are measured */
  vmm_stopwatch_open (&rounds->kit.watch);
  open_probes (rounds, is_open);
  publish (rounds, NULL, get_cpu_seconds (rounds));

  for (gint64 tick = find_tick (rounds, 0);; tick = find_tick (rounds, tick + 1)) {
    gint64 tick_us = rounds->start_us + tick * rounds->period_us;
    gint64 delay_us =
        MIN_DELAY_US + (gint64) (vmm_random (&rounds->kit.random) % (MAX_DELAY_US - MIN_DELAY_US));
    gint64 until_us = tick_us + rounds->period_us / 2;

    if (!wait_until (rounds, tick_us + delay_us))
      break;
    if (vmm_bursts_are_due (rounds->window, tick, &bursts))
      run_round (rounds, is_open, &burst, MIN (until_us, g_get_monotonic_time () + MAX_BURST_US),
                 values);
    else
      run_round (rounds, is_open, &round, until_us, values);
    if (is_stopping (rounds))
      break;
    publish (rounds, values, get_cpu_seconds (rounds));
  }

  publish (rounds, NULL, get_cpu_seconds (rounds));
  g_mutex_lock (&rounds->lock);
  rounds->is_over = TRUE;
  g_cond_broadcast (&rounds->stop);
  g_mutex_unlock (&rounds->lock);
  close_probes (rounds);
  vmm_stopwatch_close (&rounds->kit.watch);
  return NULL;
}

/* Whole ticks, and never more than one round a second. */
static void
set_period (VmmRounds *rounds, const VmmProbesOptions *options)
{
  guint ticks = (guint) ((MIN_PERIOD_US + options->interval_us - 1) / options->interval_us);

  rounds->period_us = ticks * options->interval_us;
  rounds->window = options->light ? 0 : options->ticks / ticks;
}

/* A probe that cannot work here says why from now on, and so do bursts that are not to be. */
static void
bar (VmmRounds *rounds, guint i, VmmAbsence absence, VmmCause cause, const GError *error)
{
  rounds->barriers[i] = absence;
  set_reason (rounds, i, cause, error);
}

static void
check_probe (VmmRounds *rounds, guint i)
{
  g_autoptr (GError) error = NULL;

  rounds->states[i] = g_malloc0 (table[i]->state_bytes);
  if (table[i]->check && !table[i]->check (&rounds->kit, &error))
    bar (rounds, i, VMM_NOT_EXPOSED, table[i]->refusal, error);
}

static void
bar_bursts (VmmRounds *rounds, VmmCause cause)
{
  g_autoptr (GError) error =
      g_error_new_literal (VMM_ERROR, VMM_ERROR_UNSUPPORTED, vmm_cause_sentence (cause));

  for (guint i = N_PROBES; i < N_ALL; i++)
    bar (rounds, i, VMM_OFF, cause, error);
}

void
vmm_rounds_init (VmmRounds *rounds, const VmmProbesOptions *options)
{
  memset (rounds, 0, sizeof *rounds);
  set_period (rounds, options);
  rounds->activity = "";
  g_mutex_init (&rounds->lock);
  g_cond_init (&rounds->stop);
  vmm_kit_init (&rounds->kit, options->scratch_dir, options->seed);
  rounds->kit.scratch.stays = options->keeps_scratch;

  for (guint i = 0; i < N_ALL; i++)
    check_probe (rounds, i);
  if (vmm_probes_bursts (rounds->window) == 0)
    bar_bursts (rounds, options->light ? VMM_CAUSE_LIGHT : VMM_CAUSE_SHORT_WINDOW);
}

static void
wait_for_leaving (VmmRounds *rounds)
{
  if (rounds->leaving)
    g_thread_join (g_steal_pointer (&rounds->leaving));
}

void
vmm_rounds_clear (VmmRounds *rounds)
{
  wait_for_leaving (rounds);
  for (guint i = 0; i < N_ALL; i++) {
    g_clear_pointer (&rounds->reasons[i], g_free);
    g_clear_pointer (&rounds->states[i], g_free);
  }
  vmm_kit_clear (&rounds->kit);
  g_mutex_clear (&rounds->lock);
  g_cond_clear (&rounds->stop);
}

void
vmm_rounds_start (VmmRounds *rounds, gint64 now_us)
{
  VmmScratch *scratch = &rounds->kit.scratch;
  g_autoptr (GError) error = NULL;

  if (rounds->worker)
    return;
  wait_for_leaving (rounds);
  rounds->start_us = now_us;
  rounds->is_over = FALSE;
  rounds->report = (VmmReport){ 0 }; /* the account is of this run */
  rounds->kit.cpu_seconds = 0;
  scratch->operations = scratch->read_bytes = scratch->written_bytes = 0;
  g_atomic_int_set (&rounds->kit.stopping, FALSE);
  rounds->worker = vmm_quiet_thread_new ("vmm-probes", work, rounds);
  if (!rounds->worker) /* GLib's own words are in the user's language: not for files */
    g_set_error_literal (&error, VMM_ERROR, VMM_ERROR_IO, vmm_cause_sentence (VMM_CAUSE_NO_THREAD));
  for (guint i = 0; error && i < N_ALL; i++)
    set_reason (rounds, i, VMM_CAUSE_NO_THREAD, error);
}

void
vmm_rounds_stop (VmmRounds *rounds)
{
  if (!rounds->worker)
    return;
  g_mutex_lock (&rounds->lock);
  g_atomic_int_set (&rounds->kit.stopping, TRUE);
  g_cond_broadcast (&rounds->stop);
  while (!rounds->is_over)
    g_cond_wait (&rounds->stop, &rounds->lock);
  g_mutex_unlock (&rounds->lock);
  rounds->leaving = g_steal_pointer (&rounds->worker);
  g_atomic_pointer_set (&rounds->activity, "");
}

void
vmm_rounds_take (VmmRounds *rounds, VmmReport *ret_report)
{
  g_mutex_lock (&rounds->lock);
  *ret_report = rounds->report;
  rounds->report.is_new = FALSE;
  g_mutex_unlock (&rounds->lock);
}

char *
vmm_rounds_get_reason (VmmRounds *rounds, guint probe, VmmCause *ret_cause)
{
  g_mutex_lock (&rounds->lock);
  char *reason = g_strdup (rounds->reasons[probe]);
  *ret_cause = rounds->causes[probe];
  g_mutex_unlock (&rounds->lock);
  return reason;
}
