/* SPDX-License-Identifier: MIT */
/* syscall: the way into the kernel and back. */
#include "probe.h"

#include <glib/gi18n-lib.h>
#include <sys/syscall.h>
#include <unistd.h>

#define CALLS 200

/* getppid() does next to nothing, and no vDSO or C library answers it. */
static gboolean
run_batch (VmmKit *kit, GError **error)
{
  vmm_stopwatch_start (&kit->watch);
  for (guint i = 0; i < CALLS; i++)
    syscall (SYS_getppid);
  vmm_stopwatch_stop (&kit->watch, 0, CALLS);
  return TRUE;
}

const VmmProbe vmm_probe_syscall = {
  .channel = VMM_CHANNEL_PROBE_SYSCALL,
  .activity = N_ ("system call"),
  .batches = 20,
  .budget_ms = 4,
  .factor = 1, /* ns */
  .batch = run_batch,
};
