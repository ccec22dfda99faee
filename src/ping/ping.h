/* SPDX-License-Identifier: MIT */
/* ping: the private door of the ping source: whoever makes its wires. */
#pragma once

#include "wire.h"

/* In a window: enough to see jitter and a few percent of loss. */
#define VMM_PING_PER_SECOND 5

#define VMM_PING_PER_TICK_MAX 100

/* Things read from the wire in one pulse or sample; a flood's rest waits for the next ones. */
#define VMM_PING_READ_MAX 256

/* As vmm_ping_new(), with `per_second` echoes in a window, at most VMM_PING_PER_TICK_MAX a tick; `open`
 * is called with `data` at once, and whenever a wire is needed. */
VmmSource *vmm_ping_new_with_open (const char *root, const char *target, gint64 interval_us,
                                   guint per_second, VmmWireOpen open, gpointer data);
