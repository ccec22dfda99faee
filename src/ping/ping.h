/* SPDX-License-Identifier: MIT */
/* ping: the private door of the ping source: whoever makes its wires. */
#pragma once

#include "wire.h"

#define VMM_PING_PER_TICK_MAX 100

/* Things read from the wire in one pulse or sample; a flood's rest waits for the next ones. */
#define VMM_PING_READ_MAX 256

/* As vmm_ping_new(); `open` is called with `data` at once, and whenever a wire is needed. */
VmmSource *vmm_ping_new_with_open (const char *root, const char *target, gint64 interval_us,
                                   guint per_tick, VmmWireOpen open, gpointer data);
