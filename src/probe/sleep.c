/* SPDX-License-Identifier: MIT */
/* sleep: how much longer than it should a sleep takes. */
#include "probe.h"

#include <time.h>

gboolean
vmm_sleep_run (VmmKit *kit, gint64 sleep_ns)
{
  gint64          until_ns = vmm_stopwatch_start (&kit->watch) + sleep_ns;
  struct timespec until = { until_ns / 1000000000, until_ns % 1000000000 };

  clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
  vmm_stopwatch_stop (&kit->watch, sleep_ns, 1);
  return TRUE;
}
