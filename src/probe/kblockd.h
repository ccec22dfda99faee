/* SPDX-License-Identifier: MIT */
/* kblockd: how long the kernel threads that carry a flush to the disk waited for a CPU.
 *
 * A flush does not leave from the thread that asks for it: the block layer hands it to a
 * high-priority worker, which queues for a CPU like everybody. Under the guest's own load that wait
 * is most of an fdatasync(), and it is not in the caller's schedstat. Where the workers cannot be
 * seen (a container, hidepid), nothing is known of it. */
#pragma once

#include <glib.h>

typedef struct {
  int     schedstat;
  guint64 waited_ns; /* at vmm_kblockd_start() */
} VmmKworker;

typedef struct {
  VmmKworker *workers;
  guint       n;
} VmmKblockd;

void vmm_kblockd_open (VmmKblockd *kblockd);
void vmm_kblockd_close (VmmKblockd *kblockd);

void    vmm_kblockd_start (VmmKblockd *kblockd);
guint64 vmm_kblockd_waited_ns (const VmmKblockd *kblockd); /* by one of them since, the longest */

/* Whether a thread of this name (/proc/PID/comm) is a high-priority worker of one CPU:
 * "kworker/0:1H-kblockd". */
gboolean vmm_kblockd_is_worker (const char *name);
