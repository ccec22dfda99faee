/* SPDX-License-Identifier: MIT */
/* flight: which echoes are under way, and what became of each.
 *
 * Echoes are numbered one after another. An echo is resolved once: answered, or lost when no answer
 * came within VMM_FLIGHT_TIMEOUT_US. An answer to a lost echo is counted as late and has no round
 * trip time; a second answer is a duplicate; an answer to an echo that was never sent, or so long
 * ago that its place was taken, is nothing. No memory is taken after construction. */
#pragma once

#include <glib.h>

#define VMM_FLIGHT_TIMEOUT_US G_USEC_PER_SEC
#define VMM_FLIGHT_SIZE 256 /* echoes remembered; divides 65536, so that numbers may wrap */

typedef enum {
  VMM_FATE_NONE, /* not sent */
  VMM_FATE_IN_FLIGHT,
  VMM_FATE_ANSWERED,
  VMM_FATE_LOST,
  VMM_FATE_LATE, /* lost, and answered after all */
} VmmFate;

typedef struct {
  gint64  sent_us;
  gint64  rtt_ns; /* -1 = none: not answered, or by an answer that could not be timed */
  guint16 sequence;
  guint8  fate;
} VmmFlightEcho;

/* What happened since the last vmm_flight_take(). Means are sums divided by counts. */
typedef struct {
  guint  answered, lost; /* resolved */
  guint  unsent;         /* of the lost ones: those that could not be sent at all */
  guint  late, duplicate;
  guint  rtts, pairs; /* answers with a time; pairs of consecutive echoes that both have one */
  gint64 rtt_ns, jitter_ns; /* sums: of times; of absolute differences within pairs */
} VmmFlightTick;

typedef struct {
  VmmFlightEcho echoes[VMM_FLIGHT_SIZE];
  guint16       next;   /* number of the next echo */
  guint16       oldest; /* no echo before it is in flight */
  VmmFlightTick tick;
} VmmFlight;

/* Forgets the echoes and the tick; numbers go on. A zeroed struct is a new flight. */
void vmm_flight_reset (VmmFlight *flight);

/* A new echo leaves at `now_us`; returns its number. */
guint16 vmm_flight_send (VmmFlight *flight, gint64 now_us);

/* It could not be sent after all: lost at once. */
void vmm_flight_unsend (VmmFlight *flight, guint16 sequence);

/* An answer was read at `now_us`; rtt_ns < 0 when it could not be timed. What counts for the
 * timeout is the round trip time where there is one, not when it was read. Returns the echo's new
 * fate, VMM_FATE_NONE when the answer is nothing. */
VmmFate vmm_flight_answer (VmmFlight *flight, guint16 sequence, gint64 rtt_ns, gint64 now_us);

/* Everything that has arrived by `now_us` was told: what is overdue is lost. */
void vmm_flight_expire (VmmFlight *flight, gint64 now_us);

/* When the oldest echo in flight was sent; -1 when none is. */
gint64 vmm_flight_oldest (const VmmFlight *flight);

void vmm_flight_take (VmmFlight *flight, VmmFlightTick *ret_tick);
