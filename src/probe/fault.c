/* SPDX-License-Identifier: MIT */
/* fault: the first touch of fresh pages, the time of one page. */
#include "probe.h"

#include "vmm/language.h"

#include <glib/gi18n-lib.h>
#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define PAGES 64
#define BATCHES 24

typedef struct {
  char *pages, *next; /* of a fresh mapping */
} Fault;

static gsize
get_bytes (void)
{
  return PAGES * BATCHES / 2 * (gsize) sysconf (_SC_PAGESIZE);
}

/* Small batches of one large mapping: where a fault takes long, only few of them are had. */
static gboolean
enter (VmmKit *kit, GError **error)
{
  Fault *fault = kit->state;
  gsize  bytes = get_bytes ();
  char  *pages = mmap (NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (pages == MAP_FAILED) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, VMM_SAID ("mmap of %zu bytes: %s"), bytes,
                 vmm_strerror (errno));
    return FALSE;
  }
  madvise (pages, bytes, MADV_NOHUGEPAGE);
  fault->pages = fault->next = pages;
  return TRUE;
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  Fault *fault = kit->state;
  gsize  page_bytes = (gsize) sysconf (_SC_PAGESIZE);
  char  *end = fault->next + PAGES * page_bytes;

  vmm_stopwatch_start (&kit->watch);
  for (char *at = fault->next; at < end; at += page_bytes)
    *(volatile char *) at = 1;
  vmm_stopwatch_stop (&kit->watch, 0, PAGES);
  fault->next = end;
  return TRUE;
}

static void
leave (VmmKit *kit)
{
  munmap (((Fault *) kit->state)->pages, get_bytes ());
}

const VmmProbe vmm_probe_fault = {
  .channel = VMM_CHANNEL_PROBE_FAULT,
  .activity = N_ ("page fault"),
  .batches = BATCHES,
  .budget_ms = 3,
  .factor = 1e-3, /* us */
  .state_bytes = sizeof (Fault),
  .enter = enter,
  .batch = run_batch,
  .leave = leave,
};
