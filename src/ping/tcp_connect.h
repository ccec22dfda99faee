/* SPDX-License-Identifier: MIT */
/* tcp_connect: the wire of last resort: how long the target takes to answer a TCP connect.
 *
 * Any answer counts, a refusal too. Until the first one, each echo knocks at the next port of the
 * list; from then on at the one that answered. Timed by the user's clock, within VMM_WIRE_WAIT_US
 * exactly, later as exactly as receive() is called often. */
#pragma once

#include "wire.h"

/* `ports` in host order, borrowed for ever. */
VmmWire *vmm_tcp_connect_new (const VmmTarget *target, const guint16 *ports, guint n_ports);
