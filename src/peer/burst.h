/* SPDX-License-Identifier: MIT */
/* burst: asks a peer once: how long a byte is under way, how much a stream carries, and both at once. */
#pragma once

#include "vmm/cause.h"

#include <sys/socket.h>

#define VMM_BURST_SAID 128

typedef struct {
  double   rtt_idle_ms, rtt_loaded_ms; /* NAN = none came back */
  double   mb_per_s;                   /* 10^6 bytes, delivered in a second; NAN = not known */
  VmmCause cause;                      /* why something is not known, or VMM_CAUSE_NONE */
  char     said[VMM_BURST_SAID];       /* in words, where the cause has none */
} VmmBurst;

/* Waits, until `until_us` of the monotonic clock and hardly longer. */
void vmm_burst_run (VmmBurst *ret_burst, const struct sockaddr_storage *peer, socklen_t length,
                    gint64 until_us);
