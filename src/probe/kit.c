/* SPDX-License-Identifier: MIT */
/* kit: what the probes work with, and one round of one probe. */
#include "budget.h"
#include "probe.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#define MAX_BUFFER_BYTES (48u << 20)

guint64
vmm_random (guint64 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}

void *
vmm_pages_new (gsize bytes, GError **error)
{
  void *pages = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (pages == MAP_FAILED) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "mmap of %" G_GSIZE_FORMAT " bytes: %s", bytes,
                 g_strerror (errno));
    return NULL;
  }
  madvise (pages, bytes, MADV_NOHUGEPAGE);
  memset (pages, 1, bytes);
  return pages;
}

void
vmm_pages_free (void *pages, gsize bytes)
{
  if (pages)
    munmap (pages, bytes);
}

/* Half of what can be had is left to others. */
void
vmm_kit_init (VmmKit *kit, const char *scratch_dir, guint64 seed)
{
  g_auto (GStrv) candidates = vmm_scratch_candidates (scratch_dir);

  memset (kit, 0, sizeof *kit);
  kit->watch.schedstat = -1;
  kit->random = seed ? seed : 1;
  kit->buffer_bytes = MIN (vmm_budget_get ("/", &kit->buffer_limit) / 2, MAX_BUFFER_BYTES);
  vmm_scratch_init (&kit->scratch, (const char *const *) candidates);
}

void
vmm_kit_clear (VmmKit *kit)
{
  g_clear_pointer (&kit->buffer_limit, g_free);
  vmm_scratch_clear (&kit->scratch);
}

/* The budget is spent by the clock, but not by waiting behind other tasks of the guest: its own
 * load shall not cost samples. */
static gboolean
run_batches (const VmmProbe *probe, VmmKit *kit, gint64 until_ns, GError **error)
{
  int    schedstat = kit->watch.schedstat;
  gint64 begin_ns = vmm_now_ns () - (gint64) vmm_waited_ns (schedstat);
  gint64 budget_ns = probe->budget_ms * G_GINT64_CONSTANT (1000000);
  guint  n = 0;

  do {
    if (!probe->batch (kit, error))
      return FALSE;
  } while (++n < probe->batches && !g_atomic_int_get (&kit->stopping) && vmm_now_ns () < until_ns &&
           vmm_now_ns () - (gint64) vmm_waited_ns (schedstat) - begin_ns < budget_ns);
  return TRUE;
}

float
vmm_probe_run (const VmmProbe *probe, VmmKit *kit, gint64 until_ns, GError **error)
{
  VmmStopwatch *watch = &kit->watch;
  gboolean      is_done;

  vmm_stopwatch_reset (watch);
  if (probe->enter && !probe->enter (kit, error))
    return vmm_absent (VMM_FAILED);
  is_done =
      run_batches (probe, kit, MIN (until_ns, vmm_now_ns () + probe->budget_ms * 1000000LL), error);
  if (probe->leave)
    probe->leave (kit);
  if (!is_done)
    return vmm_absent (VMM_FAILED);
  double ns = (double) watch->total_ns, operations = (double) watch->operations;
  if (probe->is_rate && ns <= 0) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE, "%s: the clock stood still", probe->activity);
    return vmm_absent (VMM_FAILED);
  }
  return (float) (probe->factor * (probe->is_rate ? operations / ns : ns / operations));
}
