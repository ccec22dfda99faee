/* SPDX-License-Identifier: MIT */
/* control: what the kernel says beside a packet: when it passed, what became of it.
 *
 * Kernel stamps are CLOCK_REALTIME in ns. See Documentation/networking/timestamping.rst. */
#pragma once

#include "vmm/sources.h"

#include <sys/socket.h>

#define VMM_CONTROL_SIZE 512 /* bytes that the control messages of one packet fit in */

typedef struct {
  gint64   stamp_ns;     /* 0 = none */
  gboolean is_departure; /* of an own packet (error queue): the stamp is when it left */
  guint32  key;          /* then: how many stamped packets left before it */
  gboolean is_error;     /* from the error queue, and no stamp */
  gboolean is_icmp;      /* then: sent by the network, with ICMP `type` and `code` */
  guint8   type, code;
  int      number; /* then: errno */
} VmmControl;

/* Asks for the best stamps that this kernel gives, counting keys from 0. */
VmmStamps vmm_control_enable (int fd);

/* Counts keys from 0 again: a sending that failed may have taken one, or not. */
void vmm_control_restart (int fd);

/* Asks for the network's errors on the error queue. FALSE when the kernel has none. */
gboolean vmm_control_enable_errors (int fd, int family);

/* From a message that recvmsg() filled. */
void vmm_control_read (VmmControl *ret_control, struct msghdr *message);
