/* SPDX-License-Identifier: MIT */
/* reach: whom to ping and over which wire, and what to say when nobody answers.
 *
 * The method is settled by the first answer. Echoes that nobody ever answered say nothing about
 * loss, only that the target does not answer this method, as gateways of many clouds do not: so
 * after a few of them ICMP gives way to TCP, then TCP to ICMP, and so on. Hence whatever was
 * answered since vmm_reach_begin() was answered to one method. */
#pragma once

#include "flight.h"
#include "wire.h"

/* To be read, not written, by others. */
typedef struct {
  char       *root, *target_text;
  VmmWireOpen open;
  gpointer    open_data;

  VmmPingInfo info; /* of the wire, else of the last one that was answered */
  VmmTarget   target;
  VmmWire    *wire;       /* NULL = `absence` and the reason say why */
  gboolean    is_broken;  /* a sending failed: the wire may be of a network that is no more */
  gboolean    is_heard;   /* the target has answered */
  gboolean    is_settled; /* some target has, since vmm_reach_begin() */
  guint       silent;     /* echoes without an answer, on a wire that was never answered */

  VmmAbsence absence;
  char      *trouble; /* why there is no answer, or NULL */
  VmmCause   trouble_cause;
  char      *word;  /* what the network said last, or NULL: nothing since the last answer */
  char      *cause; /* why it is not ICMP, or NULL: it is */
  char      *note;  /* the same as a reason */
} VmmReach;

/* Looks whom to ping and opens a wire, when that is possible. `root`, `target`: vmm_ping_new(). */
void vmm_reach_init (VmmReach *reach, const char *root, const char *target, VmmWireOpen open,
                     gpointer data);
void vmm_reach_clear (VmmReach *reach);

/* Looks again; from here on one method counts. */
void vmm_reach_begin (VmmReach *reach);

/* With a wire only. As the wire's own. */
gboolean     vmm_reach_send (VmmReach *reach, guint16 sequence);
VmmWireEvent vmm_reach_receive (VmmReach *reach, guint16 *ret_sequence, gint64 *ret_rtt_ns);

/* Learns from what a tick brought. */
void vmm_reach_judge (VmmReach *reach, const VmmFlightTick *tick);

/* Then, while nothing answers: looks again whom to ping, mends or changes the wire. TRUE when the
 * wire is another one, or gone: what is in flight will not be answered. */
gboolean vmm_reach_look_after (VmmReach *reach, const VmmFlightTick *tick);

/* Why values are absent or what to know about them. */
VmmReason vmm_reach_get_reason (const VmmReach *reach);
