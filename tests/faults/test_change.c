/* SPDX-License-Identifier: MIT */
/* test_change: the machine and its clocks change under a running session: every number is right or
 * absent, and what is absent has a reason. */
#include "changing.h"
#include "vmm/result.h"

#include <math.h>
#include <time.h>

#define SECOND G_TIME_SPAN_SECOND
#define START_US (1000 * SECOND)

/* ---- A session on the changing machine, under clocks of its own. */

typedef struct {
  gint64 monotonic_us, boot_us, real_us;
} Clocks;

typedef struct {
  Changing    machine;
  Clocks      clocks;
  double      lost_ms, step_ms; /* by which the clocks differ since the last reading */
  VmmSession *session;
  guint       rows, numbers, absent;
} Fixture;

static gint64
read_clock (int id, gpointer data)
{
  const Clocks *clocks = data;

  switch (id) {
  case CLOCK_MONOTONIC:
    return clocks->monotonic_us;
  case CLOCK_BOOTTIME:
    return clocks->boot_us;
  case CLOCK_REALTIME:
    return clocks->real_us;
  default:
    return 0; /* CPU time of this thread */
  }
}

static void
fail (const Fixture *f, VmmChannelId channel, float value, const char *complaint)
{
  const char *reason = vmm_session_get_reason (f->session, channel).sentence;

  g_error ("%s: row %u: %s is %s: %g (%s)", f->machine.story->str, f->rows,
           vmm_channel (channel)->id, complaint, value, reason ? reason : "no reason");
}

static void
check_absent (Fixture *f, const ChangingTruth *truth, float value, ChangingRange range)
{
  const char *reason = vmm_session_get_reason (f->session, truth->channel).sentence;

  f->absent++;
  if (!reason || !*reason)
    fail (f, truth->channel, value, "absent for no reason");
  if (range.sure > 0)
    fail (f, truth->channel, value, "absent");
}

static void
check_number (Fixture *f, const ChangingTruth *truth, float value, ChangingRange range)
{
  double one = truth->value * (truth->is_rate ? f->machine.share : 1);
  double n = truth->is_sum && one > 0 ? round (value / one) : 1;

  f->numbers++;
  if (fabs (value - n * one) > 1e-3 * MAX (one, 1) || n > range.most || range.most == 0)
    fail (f, truth->channel, value, "wrong");
  if (!truth->is_sum || one == 0)
    return;
  if (n < range.sure)
    fail (f, truth->channel, value, "too little");
  if (n < range.most && !vmm_session_get_reason (f->session, truth->channel).sentence)
    fail (f, truth->channel, value, "incomplete for no reason");
}

static void
check_clock (const Fixture *f, VmmChannelId channel, float value, double expected)
{
  if (fabs (value - expected) > 1e-3 * MAX (fabs (expected), 1))
    fail (f, channel, value, "wrong");
}

static void
on_sampled (VmmSession *session, gpointer data)
{
  Fixture       *f = data;
  const VmmRing *ring = vmm_session_get_ring (session);
  guint          last = vmm_ring_get_length (ring) - 1;

  f->rows++;
  for (guint i = 0; i < G_N_ELEMENTS (changing_truths); i++) {
    const ChangingTruth *truth = &changing_truths[i];
    ChangingRange        range = changing_get_range (&f->machine, truth);
    float                value = vmm_ring_get (ring, last, truth->channel);

    if (vmm_absence (value) == VMM_PRESENT)
      check_number (f, truth, value, range);
    else
      check_absent (f, truth, value, range);
  }
  check_clock (f, VMM_CHANNEL_CLOCK_LOST, vmm_ring_get (ring, last, VMM_CHANNEL_CLOCK_LOST),
               f->lost_ms);
  check_clock (f, VMM_CHANNEL_CLOCK_STEP, vmm_ring_get (ring, last, VMM_CHANNEL_CLOCK_STEP),
               f->step_ms);
}

static void
set_up (Fixture *f, guint duration_s, const char *story)
{
  const VmmObserver observer = { .sampled = on_sampled };
  const VmmHost     fields = { .vmm_id = "kvm", .cpus = CHANGING_CPUS };
  g_auto (VmmPlan) plan = { 0 };
  g_autoptr (VmmHost) host = vmm_host_copy (&fields);
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  *f = (Fixture){ .clocks = { START_US, START_US, 1700000000 * SECOND } };
  changing_init (&f->machine, story);
  changing_write (&f->machine);
  vmm_plan_init (&plan);
  plan.duration_s = duration_s;
  plan.probes = FALSE;
  g_ptr_array_add (sources, vmm_clock_new (SECOND, read_clock, &f->clocks));
  g_ptr_array_add (sources, vmm_cpu_new (f->machine.root, NULL));
  g_ptr_array_add (sources, vmm_disk_new (f->machine.root));
  g_ptr_array_add (sources, vmm_pressure_new (f->machine.root));
  f->session = vmm_session_new_with_sources (&plan, host, sources, &error);
  g_assert_no_error (error);
  vmm_session_set_observer (f->session, &observer, f);
  vmm_session_start (f->session, START_US, g_get_real_time ());
}

static void
tear_down (Fixture *f)
{
  vmm_session_free (f->session);
  changing_clear (&f->machine);
}

static void
step (Fixture *f)
{
  changing_write (&f->machine);
  vmm_session_step (f->session, f->clocks.monotonic_us);
}

/* A second, of which everything sees all. */
static void
live_a_second (Fixture *f)
{
  f->clocks.monotonic_us += SECOND;
  f->clocks.boot_us += SECOND;
  f->clocks.real_us += SECOND;
  f->lost_ms = f->step_ms = 0;
  changing_live (&f->machine, 1, 1);
}

/* A document in which every number is finite and in its range, or it is not read. */
static VmmQuality
get_quality (Fixture *f)
{
  g_autoptr (VmmResult) result = vmm_result_new (f->session);
  g_autofree char *text = vmm_result_to_json (result);
  g_autoptr (GError) error = NULL;
  g_autoptr (VmmResult) read = vmm_result_from_json (text, strlen (text), "changed", &error);

  g_assert_no_error (error);
  return vmm_result_get_score (read)->quality;
}

/* ---- One thing at a time. */

static void
do_once (const ChangingAct *act, ChangingKind kind, guint column)
{
  Fixture f;

  set_up (&f, 20, act->name);
  for (guint second = 1; second <= 20; second++) {
    live_a_second (&f);
    if (second == 4 && !act->is_there)
      changing_do (&f.machine, &changing_acts[CHANGING_STAYS], kind, 1, 0);
    if (second == 10)
      changing_do (&f.machine, act, kind, 1, column);
    step (&f);
  }
  g_assert_cmpuint (f.rows, ==, 20);
  g_assert_cmpuint (f.machine.counted[kind][1].calm, ==, 10);
  g_assert_cmpint (get_quality (&f), <, VMM_QUALITY_INVALID);
  tear_down (&f);
}

static void
test_once (void)
{
  for (guint kind = 0; kind < N_CHANGING_KINDS; kind++)
    for (guint i = 0; i < (kind == CHANGING_STALL ? CHANGING_STAYS : G_N_ELEMENTS (changing_acts));
         i++)
      for (guint column = 0; column < changing_columns[kind]; column++)
        do_once (&changing_acts[i], kind, column);
}

/* All of a kind at once: nothing can be said, and then everything again. */
static void
test_all (void)
{
  for (guint kind = 0; kind < N_CHANGING_KINDS; kind++)
    for (guint i = 0; i < CHANGING_STAYS; i++) {
      Fixture f;

      set_up (&f, 20, "all");
      for (guint second = 1; second <= 20; second++) {
        live_a_second (&f);
        for (guint k = 0; second == 10 && k < changing_n[kind]; k++)
          changing_do (&f.machine, &changing_acts[i], kind, k, 0);
        step (&f);
      }
      g_assert_cmpuint (f.absent, >=, 3);
      tear_down (&f);
    }
}

/* Counters of 32 bits come to their end without a word. */
static void
test_wrap (void)
{
  Fixture f;

  set_up (&f, 30, "wrap");
  f.machine.is_narrow = TRUE;
  changing_write (&f.machine);
  vmm_session_start (f.session, START_US, g_get_real_time ()); /* from here they are narrow */
  vmm_source_start (vmm_session_get_source (f.session, VMM_CHANNEL_DISK_READ), START_US);
  for (guint second = 1; second <= 30; second++) {
    live_a_second (&f);
    step (&f);
  }
  g_assert_cmpuint (f.absent, ==, 0);
  g_assert_cmpuint (f.numbers, ==, 30 * G_N_ELEMENTS (changing_truths));
  tear_down (&f);
}

/* ---- Everything at any time. */

static void
test_storm (void)
{
  guint seeds = g_test_slow () ? 3000 : 100, numbers = 0, absent = 0;

  for (guint seed = 1; seed <= seeds; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    g_autofree char *story = g_strdup_printf ("seed %u", seed);
    double           wildness = g_rand_double (rand);
    Fixture          f;

    set_up (&f, 60, story);
    f.machine.total_forgets = g_rand_boolean (rand);
    for (guint second = 1; second <= 60; second++) {
      live_a_second (&f);
      while (g_rand_double (rand) < wildness) {
        ChangingKind kind = (ChangingKind) g_rand_int_range (rand, 0, N_CHANGING_KINDS);
        gsize        acts = kind == CHANGING_STALL ? CHANGING_STAYS : G_N_ELEMENTS (changing_acts);
        changing_do (&f.machine, &changing_acts[g_rand_int_range (rand, 0, (gint32) acts)], kind,
                     (guint) g_rand_int_range (rand, 0, (gint32) changing_n[kind]),
                     (guint) g_rand_int_range (rand, 0, (gint32) changing_columns[kind]));
      }
      step (&f);
    }
    g_assert_cmpuint (f.rows, ==, 60);
    get_quality (&f);
    numbers += f.numbers;
    absent += f.absent;
    tear_down (&f);
  }
  g_test_message ("%u machines, %u numbers, %u absent", seeds, numbers, absent);
  g_assert_cmpuint (numbers, >, absent);
}

/* ---- Clocks. */

#define HOUR_S 3600
#define DAY_S 86400

/* clang-format off */
static const struct {
  const char *name;
  double      monotonic_s, boot_s, real_s; /* that pass without anybody living */
  double      lost_ms, step_ms;
  gboolean    is_invalid;
} jumps[] = {
  { "slewed",                0,      0,      0.01,    0,           0,            FALSE },
  { "set a little",          0,      0,      -0.3,    0,           -300,         FALSE },
  { "set back by an hour",   0,      0,      -HOUR_S, 0,           -1e3 * HOUR_S, TRUE },
  { "set on by an hour",     0,      0,      HOUR_S,  0,           1e3 * HOUR_S, TRUE },
  { "set on by a day",       0,      0,      DAY_S,   0,           1e3 * DAY_S,  TRUE },
  { "late",                  0.4,    0.4,    0.4,     0,           0,            FALSE },
  { "stopped for 5 s",       5,      5,      5,       5e3,         0,            TRUE },
  { "stopped for a day",     DAY_S,  DAY_S,  DAY_S,   1e3 * DAY_S, 0,            TRUE },
  { "suspended for 2 s",     0,      2,      2,       2e3,         0,            TRUE },
  { "suspended for a day",   0,      DAY_S,  DAY_S,   1e3 * DAY_S, 0,            TRUE },
  { "stopped with all of its clocks, for an hour",
                             0,      0,      HOUR_S,  0,           1e3 * HOUR_S, TRUE },
  { "moved, and its clocks set back",
                             3,      3,      3 - HOUR_S, 3e3,      -1e3 * HOUR_S, TRUE },
};
/* clang-format on */

static void
test_clocks (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (jumps); i++) {
    Fixture f;

    set_up (&f, 30, jumps[i].name);
    for (guint second = 1; second <= 30; second++) {
      live_a_second (&f);
      if (second == 10) {
        f.clocks.monotonic_us += (gint64) (jumps[i].monotonic_s * SECOND);
        f.clocks.boot_us += (gint64) (jumps[i].boot_s * SECOND);
        f.clocks.real_us += (gint64) (jumps[i].real_s * SECOND);
        f.lost_ms = jumps[i].lost_ms;
        f.step_ms = jumps[i].step_ms;
        changing_live (&f.machine, 0, 1);
        f.machine.share = 1 / (1 + jumps[i].monotonic_s);
      }
      step (&f);
    }
    VmmWindow window;
    vmm_session_get_window (f.session, &window);
    g_assert_true (window.complete);
    g_assert_cmpuint (window.ticks, ==, 30);
    g_assert_cmpuint (window.missed, ==, (guint) MIN (jumps[i].monotonic_s, 20));
    if ((get_quality (&f) == VMM_QUALITY_INVALID) != jumps[i].is_invalid)
      g_error ("%s: the window is %s", jumps[i].name, jumps[i].is_invalid ? "valid" : "invalid");
    tear_down (&f);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/change/once", test_once);
  g_test_add_func ("/change/all", test_all);
  g_test_add_func ("/change/wrap", test_wrap);
  g_test_add_func ("/change/storm", test_storm);
  g_test_add_func ("/change/clocks", test_clocks);
  return g_test_run ();
}
