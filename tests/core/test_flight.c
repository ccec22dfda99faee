/* SPDX-License-Identifier: MIT */
/* test_flight: every echo has one fate, counted in one tick. */
#include "flight.h"

#include <string.h>

#define MS 1000
#define NS_PER_MS 1000000

static VmmFlightTick
take (VmmFlight *flight)
{
  VmmFlightTick tick;
  vmm_flight_take (flight, &tick);
  return tick;
}

static void
test_answered (void)
{
  g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);

  g_assert_cmpint (vmm_flight_oldest (flight), ==, -1);
  guint16 first = vmm_flight_send (flight, 5 * MS), second = vmm_flight_send (flight, 6 * MS);
  g_assert_cmpuint (second, ==, (guint16) (first + 1));
  g_assert_cmpint (vmm_flight_oldest (flight), ==, 5 * MS);
  g_assert_cmpint (vmm_flight_answer (flight, first, 7, 8 * MS), ==, VMM_FATE_ANSWERED);
  g_assert_cmpint (vmm_flight_oldest (flight), ==, 6 * MS);

  VmmFlightTick tick = take (flight);
  g_assert_cmpuint (tick.answered, ==, 1);
  g_assert_cmpuint (tick.rtts, ==, 1);
  g_assert_cmpint (tick.rtt_ns, ==, 7);
  g_assert_cmpuint (tick.lost + tick.late + tick.duplicate + tick.pairs, ==, 0);
  tick = take (flight); /* told once */
  g_assert_cmpuint (tick.answered + tick.rtts, ==, 0);
}

/* |3 - 1| + |2 - 3| + |6 - 2|, in whatever order the answers come; 20 has no neighbour. */
static void
test_jitter (void)
{
  const gint64 rtts[] = { 1, 3, 2, 6, -1, 20 };
  const guint  orders[][6] = { { 0, 1, 2, 3, 4, 5 }, { 5, 4, 3, 2, 1, 0 }, { 2, 0, 5, 3, 4, 1 } };

  for (guint o = 0; o < G_N_ELEMENTS (orders); o++) {
    g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);
    flight->next = flight->oldest = 65533; /* wraps in between */
    for (guint i = 0; i < 6; i++)
      vmm_flight_send (flight, i * MS);
    for (guint i = 0; i < 6; i++) {
      guint  echo = orders[o][i];
      gint64 rtt_ns = rtts[echo] < 0 ? -1 : rtts[echo] * NS_PER_MS;
      vmm_flight_answer (flight, (guint16) (65533 + echo), rtt_ns, 30 * MS);
    }
    VmmFlightTick tick = take (flight);
    g_assert_cmpuint (tick.answered, ==, 6);
    g_assert_cmpuint (tick.rtts, ==, 5); /* one could not be timed */
    g_assert_cmpint (tick.rtt_ns, ==, 32 * NS_PER_MS);
    g_assert_cmpuint (tick.pairs, ==, 3);
    g_assert_cmpint (tick.jitter_ns, ==, 7 * NS_PER_MS);
    g_assert_cmpint (vmm_flight_oldest (flight), ==, -1);
  }
}

/* The place after an echo holds one of a round before, which is no neighbour. */
static void
test_rounds (void)
{
  g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);

  for (guint i = 0; i < 3 * VMM_FLIGHT_SIZE; i++)
    vmm_flight_answer (flight, vmm_flight_send (flight, i), i * NS_PER_MS, i);
  VmmFlightTick tick = take (flight);
  g_assert_cmpuint (tick.pairs, ==, 3 * VMM_FLIGHT_SIZE - 1);
  g_assert_cmpint (tick.jitter_ns, ==, (3 * VMM_FLIGHT_SIZE - 1) * (gint64) NS_PER_MS);
}

/* A lost echo between two answered ones is no pair. */
static void
test_gap (void)
{
  g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);

  for (guint i = 0; i < 3; i++)
    vmm_flight_send (flight, 0);
  vmm_flight_answer (flight, 0, 1, 0);
  vmm_flight_answer (flight, 2, 9, 0);
  vmm_flight_expire (flight, VMM_FLIGHT_TIMEOUT_US);
  VmmFlightTick tick = take (flight);
  g_assert_cmpuint (tick.answered, ==, 2);
  g_assert_cmpuint (tick.lost, ==, 1);
  g_assert_cmpuint (tick.pairs, ==, 0);
}

/* The timeout to the microsecond; then an answer is late, then a duplicate. */
static void
test_lost_and_late (void)
{
  g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);
  guint16               sequence = vmm_flight_send (flight, 100);

  vmm_flight_expire (flight, 100 + VMM_FLIGHT_TIMEOUT_US - 1);
  g_assert_cmpuint (take (flight).lost, ==, 0);
  vmm_flight_expire (flight, 100 + VMM_FLIGHT_TIMEOUT_US);
  vmm_flight_expire (flight, 100 + VMM_FLIGHT_TIMEOUT_US);
  g_assert_cmpuint (take (flight).lost, ==, 1);

  g_assert_cmpint (vmm_flight_answer (flight, sequence, 5, G_MAXINT32), ==, VMM_FATE_LATE);
  VmmFlightTick tick = take (flight);
  g_assert_cmpuint (tick.late, ==, 1);
  g_assert_cmpuint (tick.lost + tick.answered + tick.rtts, ==, 0);

  g_assert_cmpint (vmm_flight_answer (flight, sequence, 5, G_MAXINT32), ==, VMM_FATE_LATE);
  tick = take (flight);
  g_assert_cmpuint (tick.late, ==, 0);
  g_assert_cmpuint (tick.duplicate, ==, 1);
}

/* What counts is when the answer came, not when it was read; without a time, when it was read. */
static void
test_read_later (void)
{
  g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);
  const gint64          second_ns = VMM_FLIGHT_TIMEOUT_US * 1000;

  for (guint i = 0; i < 4; i++)
    vmm_flight_send (flight, 0);
  g_assert_cmpint (vmm_flight_answer (flight, 0, second_ns - 1, 9 * G_USEC_PER_SEC), ==,
                   VMM_FATE_ANSWERED);
  g_assert_cmpint (vmm_flight_answer (flight, 1, second_ns, 9 * G_USEC_PER_SEC), ==, VMM_FATE_LATE);
  g_assert_cmpint (vmm_flight_answer (flight, 2, -1, 9 * G_USEC_PER_SEC), ==, VMM_FATE_LATE);
  g_assert_cmpint (vmm_flight_answer (flight, 3, -1, 9 * MS), ==, VMM_FATE_ANSWERED);
  VmmFlightTick tick = take (flight);
  g_assert_cmpuint (tick.answered, ==, 2);
  g_assert_cmpuint (tick.lost, ==, 2);
  g_assert_cmpuint (tick.late, ==, 2);
  g_assert_cmpuint (tick.rtts, ==, 1);
}

static void
test_duplicate (void)
{
  g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);
  guint16               sequence = vmm_flight_send (flight, 0);

  for (guint i = 0; i < 4; i++)
    vmm_flight_answer (flight, sequence, 5 + i, MS);
  VmmFlightTick tick = take (flight);
  g_assert_cmpuint (tick.answered, ==, 1);
  g_assert_cmpuint (tick.duplicate, ==, 3);
  g_assert_cmpint (tick.rtt_ns, ==, 5); /* of the first */
}

static void
test_never_sent (void)
{
  g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);
  const VmmFlightTick   nothing = { 0 };

  g_assert_cmpint (vmm_flight_answer (flight, 0, 5, MS), ==, VMM_FATE_NONE);
  guint16 sequence = vmm_flight_send (flight, 0);
  for (guint other = 0; other < 65536; other++)
    if (other != sequence)
      g_assert_cmpint (vmm_flight_answer (flight, (guint16) other, 5, MS), ==, VMM_FATE_NONE);
  VmmFlightTick tick = take (flight);
  g_assert_cmpmem (&tick, sizeof tick, &nothing, sizeof nothing);
}

static void
test_unsent (void)
{
  g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);

  vmm_flight_unsend (flight, vmm_flight_send (flight, 0));
  g_assert_cmpint (vmm_flight_oldest (flight), ==, -1);
  vmm_flight_expire (flight, G_MAXINT32);
  VmmFlightTick tick = take (flight);
  g_assert_cmpuint (tick.lost, ==, 1);
  g_assert_cmpuint (tick.unsent, ==, 1);
}

static void
test_reset (void)
{
  g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);
  guint16               first = vmm_flight_send (flight, 0);

  vmm_flight_answer (flight, vmm_flight_send (flight, 0), 5, MS);
  vmm_flight_reset (flight);
  vmm_flight_expire (flight, G_MAXINT32);
  g_assert_cmpint (vmm_flight_answer (flight, first, 5, MS), ==, VMM_FATE_NONE);
  VmmFlightTick tick = take (flight);
  g_assert_cmpuint (tick.answered + tick.lost + tick.duplicate, ==, 0);
  g_assert_cmpuint (vmm_flight_send (flight, 0), ==, (guint16) (first + 2)); /* numbers go on */
}

/* More under way than it remembers: the oldest are lost, and nothing is counted twice. */
static void
test_full (void)
{
  g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);

  for (guint i = 0; i < 3 * VMM_FLIGHT_SIZE; i++) {
    guint16 sequence = vmm_flight_send (flight, i);
    if (i % 2) /* the others stay open */
      vmm_flight_answer (flight, sequence, 5, i);
  }
  VmmFlightTick tick = take (flight);
  g_assert_cmpuint (tick.answered, ==, 3 * VMM_FLIGHT_SIZE / 2);
  g_assert_cmpuint (tick.lost, ==, VMM_FLIGHT_SIZE);
  g_assert_cmpint (vmm_flight_oldest (flight), ==, 2 * VMM_FLIGHT_SIZE);
  vmm_flight_expire (flight, G_MAXINT32);
  g_assert_cmpuint (take (flight).lost, ==, VMM_FLIGHT_SIZE / 2);

  /* One open echo whose place is taken by the next. */
  vmm_flight_reset (flight);
  vmm_flight_send (flight, 1);
  for (guint i = 1; i < VMM_FLIGHT_SIZE; i++)
    vmm_flight_answer (flight, vmm_flight_send (flight, 2), 5, 2);
  vmm_flight_send (flight, 3);
  g_assert_cmpint (vmm_flight_oldest (flight), ==, 3);
  g_assert_cmpuint (take (flight).lost, ==, 1);
}

/* Every echo that was sent is resolved exactly once, whatever happens to it. */
static void
test_conserved (void)
{
  g_autofree VmmFlight *flight = g_new0 (VmmFlight, 1);
  guint                 sent = 0, resolved = 0;
  gint64                now_us = 0;

  flight->next = flight->oldest = 60000;
  for (guint i = 0; i < 20000; i++) {
    int           step = g_test_rand_int_range (0, 8);
    VmmFlightTick tick;
    guint16       some = (guint16) (flight->next - g_test_rand_int_range (1, 300));

    now_us += g_test_rand_int_range (0, 20 * MS);
    if (step < 3) {
      vmm_flight_send (flight, now_us);
      sent++;
    } else if (step < 6)
      vmm_flight_answer (flight, some, g_test_rand_int_range (-1, G_MAXINT32), now_us);
    else if (step < 7)
      vmm_flight_expire (flight, now_us);
    vmm_flight_take (flight, &tick);
    resolved += tick.answered + tick.lost;
  }
  vmm_flight_expire (flight, now_us + VMM_FLIGHT_TIMEOUT_US);
  VmmFlightTick tick = take (flight);
  g_assert_cmpuint (sent, ==, resolved + tick.answered + tick.lost);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flight/answered", test_answered);
  g_test_add_func ("/flight/jitter", test_jitter);
  g_test_add_func ("/flight/rounds", test_rounds);
  g_test_add_func ("/flight/gap", test_gap);
  g_test_add_func ("/flight/lost-and-late", test_lost_and_late);
  g_test_add_func ("/flight/read-later", test_read_later);
  g_test_add_func ("/flight/duplicate", test_duplicate);
  g_test_add_func ("/flight/never-sent", test_never_sent);
  g_test_add_func ("/flight/unsent", test_unsent);
  g_test_add_func ("/flight/reset", test_reset);
  g_test_add_func ("/flight/full", test_full);
  g_test_add_func ("/flight/conserved", test_conserved);
  return g_test_run ();
}
