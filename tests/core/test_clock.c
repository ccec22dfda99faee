/* SPDX-License-Identifier: MIT */
/* test_clock: what each of the three clocks must do for a stop or a step to be told. */
#include "machine.h"
#include "vmm/sources.h"

#include <time.h>

#define MS ((gint64) 1000)

typedef struct {
  gint64 monotonic_us, boot_us, real_us, busy_us;
  guint  readings;
  guint  slow; /* the readings during which a preemption sets CLOCK_REALTIME ahead */
} Clocks;

static gint64
read_clock (int id, gpointer data)
{
  Clocks *clocks = data;

  clocks->readings++;
  switch (id) {
  case CLOCK_MONOTONIC:
    return clocks->monotonic_us;
  case CLOCK_BOOTTIME:
    if (clocks->slow > 0) {
      clocks->slow--;
      clocks->real_us += 50 * MS;
      clocks->monotonic_us += 50 * MS;
    }
    return clocks->boot_us;
  case CLOCK_REALTIME:
    return clocks->real_us;
  case CLOCK_THREAD_CPUTIME_ID:
    return clocks->busy_us;
  default:
    g_assert_not_reached ();
  }
}

static void
test_events (void)
{
  static const struct {
    const char *event;
    gint64      interval, monotonic, boot, real, busy; /* ms that pass */
    double      lost, step;
  } cases[] = {
    { "nothing", 1000, 1000, 1000, 1000, 0, 0, 0 },
    { "noise", 1000, 1003, 1004, 1020, 0, 0, 0 },
    { "late, and not by half", 1000, 1500, 1500, 1500, 0, 0, 0 },
    { "late tick of 100 ms", 100, 300, 300, 300, 0, 0, 0 },
    { "suspended for 60 s", 1000, 1000, 61000, 61000, 0, 60000, 0 },
    { "stopped for 5 s, clocks running", 1000, 6000, 6000, 6000, 0, 5000, 0 },
    { "stopped for 500 ms of 100", 100, 600, 600, 600, 0, 500, 0 },
    { "stopped for 30 s with all clocks, then put right", 1000, 1000, 1000, 31000, 0, 0, 30000 },
    { "clock set back by an hour", 1000, 1000, 1000, 1000 - 3600000, 0, 0, -3600000 },
    { "suspended, then set", 1000, 1000, 3000, 4000, 0, 2000, 1000 },
    { "suspended and late", 1000, 3000, 5000, 5000, 0, 4000, 0 },
    { "late by its own work", 1000, 3000, 3000, 3000, 1900, 0, 0 },
    { "stopped, and some work", 1000, 6000, 6000, 6000, 300, 4700, 0 },
    { "leap second", 1000, 1000, 1000, 0, 0, 0, -1000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Clocks clocks = { 7000 * MS, 9000 * MS, 1700000000000 * MS, 0, 0, 0 };
    g_autoptr (VmmSource) clock = vmm_clock_new (cases[i].interval * MS, read_clock, &clocks);
    float row[VMM_N_CHANNELS];

    g_test_message ("%s", cases[i].event);
    vmm_source_sample (clock, 0, row);
    assert_absent (row, CLOCK_LOST, PENDING);
    assert_absent (row, CLOCK_STEP, PENDING);
    clocks.monotonic_us += cases[i].monotonic * MS;
    clocks.boot_us += cases[i].boot * MS;
    clocks.real_us += cases[i].real * MS;
    clocks.busy_us += cases[i].busy * MS;
    vmm_source_sample (clock, 0, row);
    assert_value (row, CLOCK_LOST, cases[i].lost);
    assert_value (row, CLOCK_STEP, cases[i].step);
  }
}

/* A preemption between two clocks is no step, as long as one try is spared. */
static void
test_preempted (void)
{
  Clocks clocks = { 0 };
  g_autoptr (VmmSource) clock = vmm_clock_new (1000 * MS, read_clock, &clocks);
  float row[VMM_N_CHANNELS];

  vmm_source_start (clock, 0);
  g_assert_cmpuint (clocks.readings, ==, 5);
  clocks.monotonic_us += 900 * MS;
  clocks.boot_us += 1000 * MS;
  clocks.real_us += 900 * MS;
  clocks.slow = 2;
  vmm_source_sample (clock, 0, row);
  g_assert_cmpuint (clocks.readings, ==, 5 + 15);
  assert_value (row, CLOCK_STEP, 0);
  assert_value (row, CLOCK_LOST, 0);
}

/* What happened while nobody sampled is not the window's. */
static void
test_start (void)
{
  Clocks clocks = { 0 };
  g_autoptr (VmmSource) clock = vmm_clock_new (1000 * MS, read_clock, &clocks);
  float row[VMM_N_CHANNELS];

  assert_reason (clock, CLOCK_LOST, "needs two readings");
  vmm_source_sample (clock, 0, row);
  clocks.boot_us = clocks.real_us = 3600 * 1000 * MS;
  vmm_source_start (clock, 0);
  clocks.monotonic_us += 1000 * MS;
  clocks.boot_us += 1000 * MS;
  clocks.real_us += 1000 * MS;
  vmm_source_sample (clock, 0, row);
  assert_value (row, CLOCK_LOST, 0);
  assert_value (row, CLOCK_STEP, 0);
}

static void
test_real (void)
{
  g_autoptr (VmmSource) clock = vmm_clock_new (3600 * 1000 * MS, NULL, NULL);
  float row[VMM_N_CHANNELS];

  vmm_source_sample (clock, 0, row);
  vmm_source_sample (clock, 0, row);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_CLOCK_LOST]), ==, VMM_PRESENT);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_CLOCK_STEP]), ==, VMM_PRESENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/events", test_events);
  g_test_add_func ("/clock/preempted", test_preempted);
  g_test_add_func ("/clock/start", test_start);
  g_test_add_func ("/clock/real", test_real);
  return g_test_run ();
}
