/* SPDX-License-Identifier: MIT */
/* kit: what the probes work with, and one round of one probe. */
#include "probe.h"

#include "budget.h"
#include "random.h"
#include "vmm/cause.h"
#include "vmm/language.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#define MAX_BUFFER_BYTES (48u << 20)
#define MAX_BURST_BYTES (64u << 20)
#define MAX_TOUCH_NS 100000000 /* user-mode Linux takes 0.2 ms a page */
#define N_HALVES 2
#define MIN_STEPS 100 /* of the clock, in what is timed: an error of 1 % */
#define MAX_STRETCH 5 /* of a budget, by waiting */

void *
vmm_pages_new (VmmKit *kit, gsize bytes, gsize step, gsize *ret_bytes, GError **error)
{
  gint64 end_ns = vmm_now_ns () + MAX_TOUCH_NS;
  gsize  done = 0;
  char  *pages = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (pages == MAP_FAILED) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, VMM_SAID ("mmap of %zu bytes: %s"), bytes,
                 vmm_strerror (errno));
    return NULL;
  }
  madvise (pages, bytes, MADV_NOHUGEPAGE);
  do {
    memset (pages + done, 1, step);
    done += step;
  } while (done < bytes && vmm_now_ns () < end_ns);
  if (done < bytes)
    munmap (pages + done, bytes - done);
  kit->held_bytes += done;
  *ret_bytes = done;
  return pages;
}

void
vmm_pages_free (VmmKit *kit, void *pages, gsize bytes)
{
  if (!pages)
    return;
  munmap (pages, bytes);
  kit->held_bytes -= bytes;
}

/* A third of what can be had is left to others in any case, and half of it between bursts. */
void
vmm_kit_init (VmmKit *kit, const char *scratch_dir, guint64 seed)
{
  g_auto (GStrv) candidates = vmm_scratch_candidates (scratch_dir);

  memset (kit, 0, sizeof *kit);
  kit->watch.schedstat = -1;
  kit->random = seed ? seed : 1;

  guint64 bytes = vmm_budget_get ("/", &kit->buffer_limit);
  kit->buffer_bytes = MIN (bytes / 2, MAX_BUFFER_BYTES);
  kit->burst_bytes = MIN (bytes / 8, MAX_BURST_BYTES);
  vmm_scratch_init (&kit->scratch, (const char *const *) candidates);
}

gboolean
vmm_kit_refuse_buffer (const VmmKit *kit, gsize bytes, GError **error)
{
  if (kit->buffer_limit)
    g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
                 VMM_SAID ("%s leaves too little memory for a buffer of %zu MiB"),
                 kit->buffer_limit, bytes >> 20);
  else
    g_set_error_literal (
        error, VMM_ERROR, VMM_ERROR_MISSING,
        VMM_SAID ("proc/meminfo cannot be read: it is not known how much memory is free"));
  return FALSE;
}

gboolean
vmm_kit_check_two_cpus (const VmmKit *kit, GError **error)
{
  VmmCpuSet allowed;

  if (vmm_cpus_get (&allowed) > 1)
    return TRUE;
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED,
                       vmm_cause_sentence (VMM_CAUSE_ONE_CPU));
  return FALSE;
}

void
vmm_kit_clear (VmmKit *kit)
{
  g_clear_pointer (&kit->buffer_limit, g_free);
  vmm_scratch_clear (&kit->scratch);
}

gboolean
vmm_kit_pin (VmmKit *kit, int tid, guint index, GError **error)
{
  if (kit->cpus.n > 0 && vmm_cpus_pin (tid, &kit->cpus.allowed, index % kit->cpus.n))
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_IO, VMM_SAID ("a thread may not be put on one CPU: %s"),
               vmm_strerror (errno));
  return FALSE;
}

gboolean
vmm_kit_is_over (const VmmKit *kit, gint64 begin_ns, guint budget_ms)
{
  gint64 now_ns = vmm_now_ns ();

  return g_atomic_int_get (&kit->stopping) || now_ns >= kit->until_ns ||
         now_ns - begin_ns >= budget_ms * G_GINT64_CONSTANT (1000000);
}

/* A budget is spent by the clock, but not by waiting behind other tasks of the guest: its own load
 * shall not cost samples, unless it is so heavy that the round would take too long. */
static gint64
get_spent_ns (const VmmKit *kit)
{
  return vmm_now_ns () - (gint64) vmm_waited_ns (kit->watch.schedstat);
}

static gint64
get_budget_ns (const VmmProbe *probe)
{
  return probe->budget_ms * G_GINT64_CONSTANT (1000000);
}

static gboolean
run_batches (const VmmProbe *probe, VmmKit *kit, guint batches, gint64 until_ns, GError **error)
{
  gint64 budget_ns = get_budget_ns (probe) / N_HALVES, begin_ns = get_spent_ns (kit);

  until_ns = MIN (until_ns, vmm_now_ns () + MAX_STRETCH * budget_ns);
  do {
    if (!probe->batch (kit, error))
      return FALSE;
  } while (--batches > 0 && !g_atomic_int_get (&kit->stopping) && vmm_now_ns () < until_ns &&
           get_spent_ns (kit) - begin_ns < budget_ns);
  return TRUE;
}

/* Where the kernel does not let this thread be put on a CPU, it stays where it is. */
static gboolean
run_half (const VmmProbe *probe, VmmKit *kit, guint batches, gint64 until_ns, GError **error)
{
  gboolean is_done;

  if (kit->cpus.n > 0)
    vmm_cpus_pin (0, &kit->cpus.allowed, kit->cpus.at);
  if (probe->enter && !probe->enter (kit, error))
    return FALSE;
  is_done = run_batches (probe, kit, batches, until_ns, error);
  if (probe->leave)
    probe->leave (kit);
  return is_done;
}

/* A guest so slow that one half takes all of the time has the other half in another round. */
static gboolean
run_halves (const VmmProbe *probe, VmmKit *kit, gint64 until_ns, GError **error)
{
  guint    batches[N_HALVES] = { (probe->batches + 1) / 2, probe->batches / 2 };
  guint    first = (guint) vmm_random (&kit->random);
  gint64   begin_ns = get_spent_ns (kit);
  gboolean is_done = TRUE;

  kit->cpus.n = vmm_cpus_get (&kit->cpus.allowed);
  for (guint i = 0; is_done && i < N_HALVES; i++) {
    if (i > 0 && (batches[i] == 0 || vmm_now_ns () >= until_ns ||
                  get_spent_ns (kit) - begin_ns >= get_budget_ns (probe)))
      break;
    kit->cpus.at = kit->cpus.n > 0 ? (first % kit->cpus.n + i) % kit->cpus.n : 0;
    is_done = run_half (probe, kit, batches[i], until_ns, error);
  }
  if (kit->cpus.n > 0)
    vmm_cpus_set (0, &kit->cpus.allowed);
  return is_done;
}

gboolean
vmm_probe_open (const VmmProbe *probe, VmmKit *kit, gpointer state, GError **error)
{
  kit->state = state;
  return !probe->open || probe->open (kit, error);
}

void
vmm_probe_close (const VmmProbe *probe, VmmKit *kit, gpointer state)
{
  kit->state = state;
  if (probe->close)
    probe->close (kit);
}

float
vmm_probe_run (const VmmProbe *probe, VmmKit *kit, gpointer state, gint64 until_ns, GError **error)
{
  VmmStopwatch *watch = &kit->watch;

  kit->state = state;
  kit->until_ns = until_ns;
  vmm_stopwatch_reset (watch);
  if (!run_halves (probe, kit, until_ns, error))
    return vmm_absent (VMM_FAILED);
  double ns = (double) watch->total_ns, operations = (double) watch->operations;
  if (!probe->may_be_none && ns < MIN_STEPS * (double) vmm_clock_step_ns ()) {
    g_set_error (
        error, VMM_ERROR, VMM_ERROR_RANGE,
        VMM_SAID (
            "%s: %.0f ns are too little to be timed by a clock that goes in steps of %.0f ns"),
        probe->activity, ns, (double) vmm_clock_step_ns ());
    return vmm_absent (VMM_FAILED);
  }
  return (float) (probe->factor * (probe->is_rate ? operations / ns : ns / operations));
}
