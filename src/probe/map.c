/* SPDX-License-Identifier: MIT */
/* map: 1 MiB of memory mapped, each page touched, and given back. */
#include "probe.h"

#include "vmm/language.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <sys/mman.h>
#include <unistd.h>

#define BYTES ((gsize) 1 << 20)

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  gsize page_bytes = (gsize) sysconf (_SC_PAGESIZE);

  vmm_stopwatch_start (&kit->watch);
  char *pages = mmap (NULL, BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, VMM_SAID ("mmap of %zu bytes: %s"), BYTES,
                 vmm_strerror (errno));
    return FALSE;
  }
  madvise (pages, BYTES, MADV_NOHUGEPAGE);
  for (gsize at = 0; at < BYTES; at += page_bytes)
    *(volatile char *) (pages + at) = 1;
  munmap (pages, BYTES);
  vmm_stopwatch_stop (&kit->watch, 0, 1);
  return TRUE;
}

const VmmProbe vmm_probe_map = {
  .channel = VMM_CHANNEL_PROBE_MAP,
  .activity = N_ ("memory mapping"),
  .batches = 4,
  .budget_ms = 3,
  .factor = 1e-3, /* us */
  .batch = run_batch,
};
