/* SPDX-License-Identifier: MIT */
/* test_probe_bursts: bursts come when they are due, end by time or when told, and keep within bounds. */
#include "bursts.h"
#include "rounds.h"
#include "vmm/plan.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#define MIB ((guint64) 1 << 20)
#define MAX_AT 4
#define NEVER G_MAXINT64

/* Which rounds of a window are bursts, counted from 0. */
typedef struct {
  guint duration_s, interval_ms, rounds, n;
  guint at[MAX_AT];
} Window;

/* clang-format off */
static const Window windows[] = {
  {    5,   100,    5, 1, { 2 } },
  {    5,  1000,    5, 1, { 2 } },
  {    5,  1500,    3, 0, { 0 } },
  {    5,  5000,    1, 0, { 0 } },
  {   10,   100,   10, 2, { 2, 7 } },
  {   10,   300,    8, 1, { 4 } }, /* a round takes 1.2 s */
  {   10,  1000,   10, 2, { 2, 7 } },
  {   10, 10000,    1, 0, { 0 } },
  {   30,   100,   30, 4, { 3, 11, 18, 26 } },
  {   30,  1000,   30, 4, { 3, 11, 18, 26 } },
  {   30,  1500,   20, 4, { 2, 7, 12, 17 } },
  {   30,  2000,   15, 3, { 2, 7, 12 } },
  {   30, 10000,    3, 0, { 0 } },
  { 3600,   100, 3600, 4, { 450, 1350, 2250, 3150 } },
  { 3600,  1000, 3600, 4, { 450, 1350, 2250, 3150 } },
  { 3600, 10000,  360, 4, { 45, 135, 225, 315 } },
};
/* clang-format on */

static void
test_when (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++) {
    const Window *window = &windows[i];
    VmmPlan       plan = { .duration_s = window->duration_s, .interval_ms = window->interval_ms };
    VmmProbesOptions options = { .scratch_dir = "/nonexistent",
                                 .interval_us = plan.interval_ms * 1000,
                                 .ticks = vmm_plan_ticks (&plan) };
    VmmRounds        rounds;
    guint            done = 0, n = 0;

    vmm_rounds_init (&rounds, &options);
    g_assert_cmpuint (rounds.window, ==, window->rounds);
    g_assert_cmpuint (vmm_probes_bursts (rounds.window), ==, window->n);
    for (guint round = 0; round < rounds.window; round++)
      if (vmm_bursts_are_due (rounds.window, round, &done)) {
        g_assert_cmpuint (n, <, window->n);
        g_assert_cmpuint (round, ==, window->at[n]);
        n++;
      }
    g_assert_cmpuint (n, ==, window->n);
    vmm_rounds_clear (&rounds);
  }
}

/* The guest was away for some rounds. */
static void
test_missed (void)
{
  guint done = 0;

  g_assert_false (vmm_bursts_are_due (30, 2, &done));
  g_assert_true (vmm_bursts_are_due (30, 5, &done)); /* instead of 3 */
  g_assert_false (vmm_bursts_are_due (30, 6, &done));
  g_assert_true (vmm_bursts_are_due (30, 20, &done)); /* instead of 11 and 18 */
  g_assert_false (vmm_bursts_are_due (30, 25, &done));
  g_assert_true (vmm_bursts_are_due (30, 40, &done));
  g_assert_false (vmm_bursts_are_due (30, 41, &done));
  g_assert_false (vmm_bursts_are_due (0, 0, &done)); /* a light window */
}

/* ---- Each of them for real */

typedef struct {
  VmmKit   kit;
  gpointer state;
} Bench;

static gboolean
set_up (Bench *bench, const VmmProbe *probe)
{
  g_autoptr (GError) error = NULL;

  vmm_kit_init (&bench->kit, NULL, 1);
  vmm_stopwatch_open (&bench->kit.watch);
  bench->state = g_malloc0 (probe->state_bytes);
  if (probe->check && !probe->check (&bench->kit, &error)) {
    g_test_message ("%s", error->message);
    return FALSE;
  }
  g_assert_true (vmm_probe_open (probe, &bench->kit, bench->state, &error));
  g_assert_no_error (error);
  return TRUE;
}

static void
run (Bench *bench, const VmmProbe *probe, gint64 until_ns)
{
  g_autoptr (GError) error = NULL;
  float value = vmm_probe_run (probe, &bench->kit, bench->state, until_ns, &error);

  g_assert_no_error (error);
  g_assert_cmpint (vmm_absence (value), ==, VMM_PRESENT);
  g_assert_cmpfloat (value, >, 0);
}

static void
tear_down (Bench *bench, const VmmProbe *probe)
{
  vmm_probe_close (probe, &bench->kit, bench->state);
  g_assert_cmpuint (bench->kit.held_bytes, ==, 0);
  g_free (bench->state);
  vmm_stopwatch_close (&bench->kit.watch);
  vmm_kit_clear (&bench->kit);
}

static const struct {
  const VmmProbe *probe;
  guint64         least; /* operations of the stopwatch; 0 = one for each CPU */
} bursts[] = { { &vmm_probe_parallel, 0 },
               { &vmm_probe_stream_write, MIB },
               { &vmm_probe_stream_read, MIB },
               { &vmm_probe_deep, 16 } };

/* Told to stop, or late, each finishes what it began, and begins nothing more. */
static void
test_end (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bursts); i++)
    for (guint late = 0; late < 2; late++) {
      const VmmProbe *probe = bursts[i].probe;
      Bench           bench;

      if (set_up (&bench, probe)) {
        g_atomic_int_set (&bench.kit.stopping, !late);
        run (&bench, probe, late ? 0 : NEVER);
        guint64 least = bursts[i].least ? bursts[i].least : MAX (bench.kit.cpus.n, 1);
        g_assert_cmpuint (bench.kit.watch.operations, ==, least);
      }
      tear_down (&bench, probe);
    }
}

/* And each ends by itself, though nobody tells it to. */
static void
test_time (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bursts); i++) {
    const VmmProbe *probe = bursts[i].probe;
    Bench           bench;

    if (set_up (&bench, probe))
      run (&bench, probe, NEVER);
    tear_down (&bench, probe);
  }
}

/* Of a window with all its bursts, the file that is filled included. */
static void
test_written (void)
{
  const VmmProbe *probe = &vmm_probe_stream_write;
  Bench           bench;

  if (set_up (&bench, probe))
    for (guint i = 0; i < vmm_probes_bursts (G_MAXUINT); i++)
      run (&bench, probe, NEVER);
  g_assert_cmpuint (bench.kit.scratch.written_bytes, <=, 62 * MIB); /* leaves some for syncs */
  tear_down (&bench, probe);
}

static void
test_memory (void)
{
  VmmKit kit;
  g_autoptr (GError) error = NULL;

  vmm_kit_init (&kit, NULL, 1);
  g_assert_cmpuint (kit.burst_bytes, <=, 64 * MIB);
  kit.burst_bytes = 1;
  g_assert_false (vmm_probe_parallel.check (&kit, &error));
  g_assert_true (g_str_has_prefix (error->message, kit.buffer_limit));
  g_clear_error (&error);
  kit.burst_bytes = 64 * MIB; /* enough for any number of CPUs */
  g_assert_true (vmm_probe_parallel.check (&kit, &error));
  g_assert_no_error (error);
  vmm_kit_clear (&kit);
}

/* Lets this thread do without one system call, as a filter around a container does. */
static gboolean
forbid (guint32 number)
{
  struct sock_filter lines[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  struct sock_fprog program = { G_N_ELEMENTS (lines), lines };

  return prctl (PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL) == 0 &&
         prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static gpointer
open_forbidden (gpointer data)
{
  Bench *bench = data;
  g_autoptr (GError) error = NULL;

  if (!forbid (SYS_io_setup))
    return (gpointer) "no filter can be set here";
  g_assert_false (vmm_probe_open (&vmm_probe_deep, &bench->kit, bench->state, &error));
  g_assert_cmpstr (error->message, ==, "io_setup: Function not implemented");
  return NULL;
}

static void
test_refused (void)
{
  const VmmProbe *probe = &vmm_probe_deep;
  Bench           bench;

  if (set_up (&bench, probe)) {
    vmm_probe_close (probe, &bench.kit, bench.state);
    const char *skipped = g_thread_join (g_thread_new ("forbidden", open_forbidden, &bench));
    if (skipped)
      g_test_skip (skipped);
  }
  tear_down (&bench, probe);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/bursts/when", test_when);
  g_test_add_func ("/probe/bursts/missed", test_missed);
  g_test_add_func ("/probe/bursts/end", test_end);
  g_test_add_func ("/probe/bursts/time", test_time);
  g_test_add_func ("/probe/bursts/written", test_written);
  g_test_add_func ("/probe/bursts/memory", test_memory);
  g_test_add_func ("/probe/bursts/refused", test_refused);
  return g_test_run ();
}
