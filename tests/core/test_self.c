/* SPDX-License-Identifier: MIT */
/* test_self: the share is this process's CPU time over the time it is told. */
#include "machine.h"
#include "vmm/sources.h"

#include <time.h>

static double
get_spent_us (void)
{
  struct timespec time;
  g_assert_cmpint (clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time), ==, 0);
  return (double) time.tv_sec * 1e6 + (double) time.tv_nsec / 1e3;
}

/* The two readings lie between two of our own, so the share does too. */
static void
test_share (void)
{
  g_autoptr (VmmSource) self = vmm_self_new (4);
  float row[VMM_N_CHANNELS];

  assert_reason (self, SELF_CPU, "needs two readings");
  double outer_from = get_spent_us ();
  vmm_source_sample (self, 1000000, row);
  double inner_from = get_spent_us ();
  assert_absent (row, SELF_CPU, PENDING);

  while (get_spent_us () < inner_from + 20000)
    ;
  double inner_to = get_spent_us ();
  vmm_source_sample (self, 1000000 + 100000, row);
  double outer_to = get_spent_us ();

  double share = row[VMM_CHANNEL_SELF_CPU] / 100 * 4 * 100000;
  g_assert_cmpfloat (share, >=, inner_to - inner_from - 1);
  g_assert_cmpfloat (share, <=, outer_to - outer_from + 1);
  g_assert_null (vmm_source_reason (self, VMM_CHANNEL_SELF_CPU).sentence);

  vmm_source_sample (self, 1000000, row);
  assert_absent (row, SELF_CPU, PENDING);
}

static void
test_no_cpus (void)
{
  g_autoptr (VmmSource) self = vmm_self_new (0);
  float row[VMM_N_CHANNELS];

  vmm_source_start (self, 0);
  vmm_source_sample (self, 1000000, row);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_SELF_CPU]), ==, VMM_PRESENT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/self/share", test_share);
  g_test_add_func ("/self/no-cpus", test_no_cpus);
  return g_test_run ();
}
