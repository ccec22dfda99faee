/* SPDX-License-Identifier: MIT */
/* kblockd: how long the kernel threads that carry a flush to the disk waited for a CPU. */
#include "kblockd.h"

#include "stopwatch.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define MAX_WORKERS 64 /* 1 us each to read, twice a flush */

gboolean
vmm_kblockd_is_worker (const char *name)
{
  int length = 0;

  (void) sscanf (name, "kworker/%*[0-9]:%*[0-9]H%n", &length);
  return length > 0;
}

/* The schedstat of a process that is such a worker, else -1. */
static int
open_worker (const char *pid)
{
  g_autofree char *comm = g_build_filename ("/proc", pid, "comm", NULL);
  g_autofree char *schedstat = g_build_filename ("/proc", pid, "schedstat", NULL);
  g_autofree char *name = NULL;

  if (!g_file_get_contents (comm, &name, NULL, NULL) || !vmm_kblockd_is_worker (name))
    return -1;
  return open (schedstat, O_RDONLY | O_CLOEXEC);
}

void
vmm_kblockd_open (VmmKblockd *kblockd)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *pid;

  *kblockd = (VmmKblockd){ .workers = g_new0 (VmmKworker, MAX_WORKERS) };
  while (proc && kblockd->n < MAX_WORKERS && (pid = g_dir_read_name (proc))) {
    int schedstat = g_ascii_isdigit (*pid) ? open_worker (pid) : -1;
    if (schedstat >= 0)
      kblockd->workers[kblockd->n++].schedstat = schedstat;
  }
}

void
vmm_kblockd_close (VmmKblockd *kblockd)
{
  for (guint i = 0; i < kblockd->n; i++)
    close (kblockd->workers[i].schedstat);
  g_clear_pointer (&kblockd->workers, g_free);
  kblockd->n = 0;
}

void
vmm_kblockd_start (VmmKblockd *kblockd)
{
  for (guint i = 0; i < kblockd->n; i++)
    kblockd->workers[i].waited_ns = vmm_waited_ns (kblockd->workers[i].schedstat);
}

/* A worker that is no more reads as 0. */
guint64
vmm_kblockd_waited_ns (const VmmKblockd *kblockd)
{
  guint64 longest_ns = 0;

  for (guint i = 0; i < kblockd->n; i++) {
    guint64 before_ns = kblockd->workers[i].waited_ns;
    guint64 now_ns = vmm_waited_ns (kblockd->workers[i].schedstat);
    if (now_ns > before_ns)
      longest_ns = MAX (longest_ns, now_ns - before_ns);
  }
  return longest_ns;
}
