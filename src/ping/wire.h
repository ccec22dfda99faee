/* SPDX-License-Identifier: MIT */
/* wire: what carries an echo to one target and brings the answer back.
 *
 * The seam of the ping: ICMP, TCP, or a test. A wire never blocks, but for the at most
 * VMM_WIRE_WAIT_US that send() of a wire without kernel stamps waits for the answer, which nobody
 * else would time. It allocates nothing while all goes well. */
#pragma once

#include "target.h"

#define VMM_WIRE_WAIT_US 2000

typedef struct _VmmWire VmmWire;

typedef enum {
  VMM_WIRE_EMPTY,   /* nothing is left to read now */
  VMM_WIRE_IGNORED, /* something was read that answers nothing: forged, stale, cut off, a stamp */
  VMM_WIRE_ANSWER,
  VMM_WIRE_TROUBLE, /* the network said why an answer will not come */
} VmmWireEvent;

typedef struct {
  /* FALSE and the error when the echo could not be sent. */
  gboolean (*send) (VmmWire *self, guint16 sequence, GError **error);

  /* Reads one thing. An answer sets *ret_sequence and *ret_rtt_ns (-1 when it cannot be timed the
   * way the others are), a trouble the error. */
  VmmWireEvent (*receive) (VmmWire *self, guint16 *ret_sequence, gint64 *ret_rtt_ns,
                           GError **error);

  void (*free) (VmmWire *self);
} VmmWireClass;

/* First member of every wire's struct. `stamps` may worsen until the first answer. */
struct _VmmWire {
  const VmmWireClass *class;
  VmmPingMethod method;
  VmmStamps     stamps;
};

/* Makes a wire to `target`: ICMP for VMM_PING_ICMP_DATAGRAM (which may come out as _RAW), else
 * VMM_PING_TCP. NULL and the error, VMM_ERROR_PERMISSION when the kernel refuses the socket. */
typedef VmmWire *(*VmmWireOpen) (gpointer data, VmmPingMethod method, const VmmTarget *target,
                                 GError **error);
