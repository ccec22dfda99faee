/* SPDX-License-Identifier: MIT */
/* test_turns: guests agree on whose slot it is, by clocks that are arguments. */
#include "vmm/turns.h"

#include "vmm/error.h"

#define SECOND G_TIME_SPAN_SECOND

static VmmTurns
make_turns (const char *code)
{
  g_auto (VmmPlan) plan = { 0 };
  VmmTurns turns = { 0 };
  g_autoptr (GError) error = NULL;

  vmm_plan_init (&plan);
  g_assert_true (vmm_turns_parse (&turns, code, &plan, &error));
  g_assert_no_error (error);
  return turns;
}

static void
test_codes (void)
{
  static const char *const bad[] = { "",     "1",    "0/2",  "3/2",  "1/0",  "1/17",
                                     "1/2x", "x/2",  "/2",   "1/",   "-1/2", "1/-2",
                                     "1//2", " 1/2", "1 /2", "1/2 ", "+1/2" };
  g_auto (VmmPlan) plan = { 0 };
  const VmmTurns turns = make_turns ("2/3");

  g_assert_cmpuint (turns.turn, ==, 2);
  g_assert_cmpuint (turns.turns, ==, 3);
  g_assert_cmpuint (turns.slot_s, ==, 40); /* of a window of 30 s */
  vmm_plan_init (&plan);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    VmmTurns unread;
    g_assert_false (vmm_turns_parse (&unread, bad[i], &plan, &error));
    g_assert_error (error, VMM_ERROR, VMM_ERROR_RANGE);
  }
}

/* A code is read as it was written, and is of the same end in all guests. */
static void
test_passed_on (void)
{
  static const char *const bad[] = { "2/2-",      "2/2-30",   "2/2-30-",   "2/2-30-h!", "2/2-30-a-",
                                     "2/2--30-a", "2/2-x-a",  "2/2-30--a", "3/2-30-a",  "2/2 30-a",
                                     "2/2-29-a",  "2/2-31-a", "2/2-30-a b" };
  g_auto (VmmPlan) plan = { 0 };
  VmmTurns turns = make_turns ("1/3"), read;

  vmm_plan_init (&plan);
  turns.until_us = G_GINT64_CONSTANT (1795736264) * SECOND;
  g_autofree char *code = vmm_turns_code (&turns, 3);
  g_assert_cmpstr (code, ==, "3/3-30-hthbd");
  g_assert_true (vmm_turns_parse (&read, code, &plan, NULL));
  g_assert_cmpuint (read.turn, ==, 3);
  g_assert_cmpuint (read.turns, ==, 3);
  g_assert_cmpuint (read.slot_s, ==, 40);
  g_assert_cmpint (read.until_us, ==, turns.until_us / (60 * SECOND) * 60 * SECOND);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    g_assert_false (vmm_turns_parse (&read, bad[i], &plan, NULL));
  g_assert_true (vmm_turns_parse (&read, "2/2-30-zzzzzzzzzzzzzzzzzzzz", &plan, NULL));
  g_assert_cmpint (read.until_us, >, 0);
}

/* Every slot has one owner, whoever asks and when; and each guest has one in each round. */
static void
test_owners (void)
{
  static const char *const orders[] = { [2] = "12211221", [3] = "123321123321" };

  for (guint n = 2; n <= 3; n++)
    for (guint slot = 0; orders[n][slot]; slot++) {
      guint owners = 0;
      for (guint turn = 1; turn <= n; turn++) {
        g_autofree char *code = g_strdup_printf ("%u/%u", turn, n);
        const VmmTurns   turns = make_turns (code);
        guint64          next;
        gint64           at_us = vmm_turns_next (&turns, slot * 40 * SECOND, &next);
        g_assert_cmpint (at_us, ==, (gint64) next * 40 * SECOND);
        if (next != slot)
          continue;
        g_assert_cmpuint ((guint) (orders[n][slot] - '0'), ==, turn);
        owners++;
        /* A moment too late: not this one. */
        g_assert_cmpint (vmm_turns_next (&turns, at_us + 1, &next), >, at_us);
      }
      g_assert_cmpuint (owners, ==, 1);
    }
}

/* Two clocks half a slot's room apart: their windows do not meet. */
static void
test_apart (void)
{
  const VmmTurns one = make_turns ("1/2"), other = make_turns ("2/2");
  const gint64   start_us = 1795860000 * SECOND;
  guint64        slot;

  for (gint64 now_us = start_us; now_us < start_us + 3600 * SECOND; now_us += 7 * SECOND) {
    gint64 first_us = vmm_turns_next (&one, now_us, &slot);
    for (gint64 wrong_us = -9 * SECOND; wrong_us <= 9 * SECOND; wrong_us += SECOND) {
      gint64 at_us = vmm_turns_next (&other, now_us - 80 * SECOND, &slot) + wrong_us;
      for (guint i = 0; i < 6; i++) {
        g_assert_true (at_us + 30 * SECOND <= first_us || first_us + 30 * SECOND <= at_us);
        at_us = vmm_turns_next (&other, at_us - wrong_us + 1, &slot) + wrong_us;
      }
    }
  }
}

/* Ten thousand rounds of three guests whose clocks are two seconds wrong, each time in another way. */
static void
test_rounds (void)
{
  const VmmTurns guests[] = { make_turns ("1/3"), make_turns ("2/3"), make_turns ("3/3") };
  gint64         slot_us = 1795860000 * SECOND, end_us = 0;

  for (guint round = 0; round < 10000 * G_N_ELEMENTS (guests); round++) {
    gint64  next_us = G_MAXINT64;
    guint64 slot;
    for (guint k = 0; k < G_N_ELEMENTS (guests); k++)
      next_us = MIN (next_us, vmm_turns_next (&guests[k], slot_us + 1, &slot));
    slot_us = next_us;
    gint64 begin_us = slot_us + g_test_rand_int_range (-2000, 2001) * G_TIME_SPAN_MILLISECOND;
    g_assert_cmpint (begin_us, >=, end_us);
    end_us = begin_us + 30 * SECOND;
  }
}

static void
test_count (void)
{
  VmmTurns turns = make_turns ("1/2"); /* slots 0, 3, 4, 7, 8 ... */
  gint64   end_us;

  turns.until_us = 600 * SECOND;
  g_assert_cmpuint (vmm_turns_count (&turns, 0, &end_us), ==, 7);
  g_assert_cmpint (end_us, ==, (12 * 40 + 30) * SECOND);
  g_assert_cmpuint (vmm_turns_count (&turns, 1, &end_us), ==, 6);
  turns.until_us = 30 * SECOND;
  g_assert_cmpuint (vmm_turns_count (&turns, 0, &end_us), ==, 1);
  turns.until_us = 30 * SECOND - 1;
  g_assert_cmpuint (vmm_turns_count (&turns, 0, &end_us), ==, 0);
  g_assert_cmpint (end_us, ==, 0);
}

static void
test_clock (void)
{
  static const struct {
    VmmTurnsClock clock;
    const char   *complaint;
  } cases[] = {
    { { TRUE, 0 }, NULL },
    { { TRUE, 4 * SECOND }, NULL },
    { { TRUE, 4 * SECOND + 1 }, "may be wrong by 4 s" },
    { { TRUE, 16 * SECOND }, "may be wrong by 16 s" },
    { { FALSE, 0 }, "not synchronised" },
  };
  VmmTurnsClock now;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_cmpint (vmm_turns_check_clock (&cases[i].clock, &error), ==, !cases[i].complaint);
    if (cases[i].complaint) {
      g_assert_nonnull (strstr (error->message, cases[i].complaint));
      g_assert_nonnull (strstr (error->message, "--unsynchronised"));
    }
  }
  vmm_turns_read_clock (&now); /* whatever it is */
  g_assert_cmpint (now.error_us, >=, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turns/codes", test_codes);
  g_test_add_func ("/turns/passed-on", test_passed_on);
  g_test_add_func ("/turns/owners", test_owners);
  g_test_add_func ("/turns/apart", test_apart);
  g_test_add_func ("/turns/rounds", test_rounds);
  g_test_add_func ("/turns/count", test_count);
  g_test_add_func ("/turns/clock", test_clock);
  return g_test_run ();
}
