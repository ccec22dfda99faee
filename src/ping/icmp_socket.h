/* SPDX-License-Identifier: MIT */
/* icmp_socket: the wire of ICMP echoes, timed by the kernel where it can.
 *
 * Where the kernel stamps both ways, neither a busy main loop nor a reading that comes 100 ms later
 * moves a time. Some drivers stamp nothing that leaves: then, from the first answers on and for
 * good, the time runs from just before the sending. An echo that lacks a stamp after that has no
 * time; kinds of stamps are never mixed. */
#pragma once

#include "icmp.h"
#include "wire.h"

/* Around the non-blocking, connected `fd`, which becomes its own. `id` is the identifier that
 * answers bring back. */
VmmWire *vmm_icmp_socket_new (int fd, VmmIcmpForm form, VmmPingMethod method, guint16 id);

/* The same for a test: no stamps, no errors; `read_clock` gives the monotonic ns. */
typedef gint64 (*VmmWireClock) (gpointer data);
VmmWire *vmm_icmp_socket_new_with_clock (int fd, VmmIcmpForm form, guint16 id,
                                         VmmWireClock read_clock, gpointer data);
