/* SPDX-License-Identifier: MIT */
/* helper: a small process of its own that makes and ends processes.
 *
 * A process that is made inherits its parent's memory: from a window it would take longer than from a
 * terminal. So the helper gives back all memory but the little it needs, and all descriptors but its
 * socket. It ends with the thread that started it, and by itself when the socket is closed. */
#pragma once

#include <glib.h>
#include <sys/types.h>

typedef struct {
  pid_t  pid; /* 0 = not started */
  int    socket;
  double cpu_seconds; /* of the helper and of those it made, since its start */
} VmmHelper;

/* Starting a started helper, and stopping a stopped one, does nothing. */
gboolean vmm_helper_start (VmmHelper *helper, GError **error);
void     vmm_helper_stop (VmmHelper *helper);

/* A process is made, writes to each of 64 pages that it inherits, and ends. *ret_waited_ns of the time
 * both of them were ready to run and did not; 0 where the kernel does not tell. */
gboolean vmm_helper_make_process (VmmHelper *helper, gint64 *ret_ns, guint64 *ret_waited_ns,
                                  GError **error);
