/* SPDX-License-Identifier: MIT */
/* test_probe_stopwatch: waiting for a CPU is read exactly and taken out once. */
#include "stopwatch.h"

#include <glib.h>
#include <string.h>

typedef struct {
  const char *text;
  gboolean    is_good;
  guint64     waited_ns;
} Case;

/* clang-format off */
static const Case cases[] = {
  { "163000 73601 1\n",                                   TRUE,  73601 },
  { "0 0 1\n",                                            TRUE,  0 },
  { "1 18446744073709551615 1\n",                         TRUE,  G_MAXUINT64 },
  { "1 2 3 4\n",                                          FALSE, 0 }, /* not the format */
  { "0 0 0\n",                                            FALSE, 0 }, /* accounting is off */
  { "1 18446744073709551616 1\n",                         FALSE, 0 },
  { "1 2 3",                                              FALSE, 0 }, /* cut off */
  { "1 2\n",                                              FALSE, 0 },
  { "1  2 3\n",                                           TRUE,  2 },
  { "1 -2 3\n",                                           FALSE, 0 },
  { "\n",                                                 FALSE, 0 },
  { "",                                                   FALSE, 0 },
};
/* clang-format on */

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint64 waited_ns = 42;

    g_assert_cmpint (vmm_waited_parse (cases[i].text, strlen (cases[i].text), &waited_ns), ==,
                     cases[i].is_good);
    g_assert_cmpuint (waited_ns, ==, cases[i].is_good ? cases[i].waited_ns : 42);
  }
}

static void
test_laps (void)
{
  VmmStopwatch watch;

  vmm_stopwatch_open (&watch);
  vmm_stopwatch_reset (&watch);
  vmm_stopwatch_add (&watch, 100, 2);
  vmm_stopwatch_add (&watch, -7, 1); /* nothing takes less than no time */
  g_assert_cmpint (watch.total_ns, ==, 100);
  g_assert_cmpuint (watch.operations, ==, 3);

  /* What the last lap waited comes out of it alone; what all waited, down to the shortest. */
  vmm_stopwatch_shorten (&watch, 10);
  g_assert_cmpint (watch.total_ns, ==, 100);
  vmm_stopwatch_reset (&watch);
  vmm_stopwatch_add (&watch, 30, 1);
  vmm_stopwatch_add (&watch, 100, 1);
  vmm_stopwatch_shorten (&watch, 10);
  g_assert_cmpint (watch.total_ns, ==, 120);
  vmm_stopwatch_take_out (&watch, 40);
  g_assert_cmpint (watch.total_ns, ==, 80);
  vmm_stopwatch_take_out (&watch, G_MAXINT64);
  g_assert_cmpint (watch.total_ns, ==, 60);
  vmm_stopwatch_reset (&watch);
  vmm_stopwatch_take_out (&watch, 40);
  g_assert_cmpint (watch.total_ns, ==, 0);

  vmm_stopwatch_reset (&watch);
  gint64 before_ns = vmm_now_ns ();
  gint64 start_ns = vmm_stopwatch_start (&watch);
  g_assert_cmpint (start_ns, >=, before_ns);
  vmm_stopwatch_stop (&watch, 0, 5);
  g_assert_cmpint (watch.total_ns, >=, 0);
  g_assert_cmpint (watch.total_ns, <=, vmm_now_ns () - before_ns);
  g_assert_cmpuint (watch.operations, ==, 5);

  vmm_stopwatch_reset (&watch);
  vmm_stopwatch_start (&watch);
  vmm_stopwatch_stop (&watch, G_MAXINT32, 1); /* nominal time is taken out */
  g_assert_cmpint (watch.total_ns, ==, 0);
  vmm_stopwatch_close (&watch);
  vmm_stopwatch_close (&watch);
}

/* Without the accounting the wall time stands as it is. */
static void
test_no_schedstat (void)
{
  VmmStopwatch watch = { .schedstat = -1 };

  vmm_stopwatch_start (&watch);
  gint64 until_ns = vmm_now_ns () + 100000;
  while (vmm_now_ns () < until_ns)
    ;
  vmm_stopwatch_stop (&watch, 0, 1);
  g_assert_cmpint (watch.total_ns, >=, 100000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/stopwatch/parse", test_parse);
  g_test_add_func ("/probe/stopwatch/laps", test_laps);
  g_test_add_func ("/probe/stopwatch/no-schedstat", test_no_schedstat);
  return g_test_run ();
}
