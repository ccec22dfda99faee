/* SPDX-License-Identifier: MIT */
/* privilege: gives back the right to open raw sockets. */
#pragma once

#include <glib.h>

/* A program installed with the file capability CAP_NET_RAW needs it for one socket(). From here on
 * this thread, and every thread that it starts later, cannot open another raw socket: the
 * capability leaves its effective, permitted, inheritable and ambient sets. Root keeps it, for it
 * could take it again. Does nothing when there is nothing to give back. FALSE when the kernel
 * refuses. */
gboolean vmm_privilege_drop_net_raw (void);
