/* SPDX-License-Identifier: MIT */
/* fault: the first touch of fresh pages, the time of one page. */
#include "probe.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#define BATCH_BYTES (2 << 20) /* 512 pages where a page has 4 KiB */

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  gsize page_bytes = (gsize) sysconf (_SC_PAGESIZE);
  char *pages =
      mmap (NULL, BATCH_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

  if (pages == MAP_FAILED) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "mmap of %d bytes: %s", BATCH_BYTES,
                 g_strerror (errno));
    return FALSE;
  }
  madvise (pages, BATCH_BYTES, MADV_NOHUGEPAGE);
  vmm_stopwatch_start (&kit->watch);
  for (gsize at = 0; at < BATCH_BYTES; at += page_bytes)
    *(volatile char *) (pages + at) = 1;
  vmm_stopwatch_stop (&kit->watch, 0, BATCH_BYTES / page_bytes);
  munmap (pages, BATCH_BYTES);
  return TRUE;
}

const VmmProbe vmm_probe_fault = {
  .channel = VMM_CHANNEL_PROBE_FAULT,
  .activity = "page fault",
  .batches = 6,
  .budget_ms = 6,
  .factor = 1e-3, /* us */
  .batch = run_batch,
};
