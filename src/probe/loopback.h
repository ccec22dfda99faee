/* SPDX-License-Identifier: MIT */
/* loopback: a TCP connection of this process with itself, over 127.0.0.1. */
#pragma once

#include <glib.h>

/* Both ends, without delay. The first waits for what it reads, the second for at most a second.
 * Nothing is sent to any other address. */
gboolean vmm_loopback_connect (int ret_ends[2], GError **error);
