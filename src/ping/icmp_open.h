/* SPDX-License-Identifier: MIT */
/* icmp_open: opens a socket for echoes with whatever right this process has. */
#pragma once

#include "wire.h"

/* A datagram socket, else a raw one (CAP_NET_RAW is given back after it: privilege.h), connected, so
 * that the kernel hands up what comes from the target alone. The message of VMM_ERROR_PERMISSION
 * names both refusals and what to do. */
VmmWire *vmm_icmp_open (const VmmTarget *target, GError **error);
