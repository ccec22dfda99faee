/* SPDX-License-Identifier: MIT */
/* flight: which echoes are under way, and what became of each. */
#include "flight.h"

G_STATIC_ASSERT (65536 % VMM_FLIGHT_SIZE == 0);

static VmmFlightEcho *
get_echo (VmmFlight *flight, guint16 sequence)
{
  return &flight->echoes[sequence % VMM_FLIGHT_SIZE];
}

static VmmFlightEcho *
find_echo (VmmFlight *flight, guint16 sequence)
{
  VmmFlightEcho *echo = get_echo (flight, sequence);
  return echo->fate != VMM_FATE_NONE && echo->sequence == sequence ? echo : NULL;
}

static void
lose (VmmFlight *flight, VmmFlightEcho *echo)
{
  echo->fate = VMM_FATE_LOST;
  flight->tick.lost++;
}

static void
advance_oldest (VmmFlight *flight)
{
  for (; flight->oldest != flight->next; flight->oldest++) {
    const VmmFlightEcho *echo = find_echo (flight, flight->oldest);
    if (echo && echo->fate == VMM_FATE_IN_FLIGHT)
      return;
  }
}

/* With the neighbour before or after, whichever was answered first. */
static void
count_pair (VmmFlight *flight, const VmmFlightEcho *echo, guint16 neighbour)
{
  const VmmFlightEcho *other = find_echo (flight, neighbour);
  if (!other || other->fate != VMM_FATE_ANSWERED || other->rtt_ns < 0)
    return;
  flight->tick.jitter_ns += ABS (echo->rtt_ns - other->rtt_ns);
  flight->tick.pairs++;
}

static void
count_answer (VmmFlight *flight, const VmmFlightEcho *echo)
{
  flight->tick.answered++;
  if (echo->rtt_ns < 0)
    return;
  flight->tick.rtt_ns += echo->rtt_ns;
  flight->tick.rtts++;
  count_pair (flight, echo, (guint16) (echo->sequence - 1));
  count_pair (flight, echo, (guint16) (echo->sequence + 1));
}

void
vmm_flight_reset (VmmFlight *flight)
{
  *flight = (VmmFlight){ .next = flight->next, .oldest = flight->next };
}

guint16
vmm_flight_send (VmmFlight *flight, gint64 now_us)
{
  guint16        sequence = flight->next++;
  VmmFlightEcho *echo = get_echo (flight, sequence);

  if (echo->fate == VMM_FATE_IN_FLIGHT)
    lose (flight, echo);
  *echo = (VmmFlightEcho){ now_us, -1, sequence, VMM_FATE_IN_FLIGHT };
  advance_oldest (flight);
  return sequence;
}

void
vmm_flight_unsend (VmmFlight *flight, guint16 sequence)
{
  VmmFlightEcho *echo = find_echo (flight, sequence);
  g_return_if_fail (echo != NULL && echo->fate == VMM_FATE_IN_FLIGHT);

  lose (flight, echo);
  flight->tick.unsent++;
  advance_oldest (flight);
}

VmmFate
vmm_flight_answer (VmmFlight *flight, guint16 sequence, gint64 rtt_ns, gint64 now_us)
{
  VmmFlightEcho *echo = find_echo (flight, sequence);
  if (!echo)
    return VMM_FATE_NONE;
  if (echo->fate == VMM_FATE_ANSWERED || echo->fate == VMM_FATE_LATE) {
    flight->tick.duplicate++;
    return echo->fate;
  }

  gint64 elapsed_us = rtt_ns >= 0 ? rtt_ns / 1000 : now_us - echo->sent_us;
  if (echo->fate == VMM_FATE_IN_FLIGHT && elapsed_us >= VMM_FLIGHT_TIMEOUT_US)
    lose (flight, echo);
  if (echo->fate == VMM_FATE_LOST) {
    echo->fate = VMM_FATE_LATE;
    flight->tick.late++;
  } else {
    echo->fate = VMM_FATE_ANSWERED;
    echo->rtt_ns = rtt_ns;
    count_answer (flight, echo);
  }
  advance_oldest (flight);
  return echo->fate;
}

void
vmm_flight_expire (VmmFlight *flight, gint64 now_us)
{
  while (flight->oldest != flight->next) {
    VmmFlightEcho *echo = get_echo (flight, flight->oldest);
    if (now_us - echo->sent_us < VMM_FLIGHT_TIMEOUT_US)
      return;
    lose (flight, echo);
    advance_oldest (flight);
  }
}

gint64
vmm_flight_oldest (const VmmFlight *flight)
{
  return flight->oldest == flight->next ? -1
                                        : flight->echoes[flight->oldest % VMM_FLIGHT_SIZE].sent_us;
}

void
vmm_flight_take (VmmFlight *flight, VmmFlightTick *ret_tick)
{
  *ret_tick = flight->tick;
  flight->tick = (VmmFlightTick){ 0 };
}
