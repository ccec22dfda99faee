/* SPDX-License-Identifier: MIT */
/* fuzz_budget: any bytes as proc/meminfo, proc/self/cgroup and a schedstat. */
#include "budget.h"
#include "stopwatch.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  const char *text = (const char *) data;
  guint64     number = 42;

  if (!vmm_budget_parse_meminfo (text, size, &number))
    g_assert_cmpuint (number, ==, 42);
  number = 42;
  if (!vmm_waited_parse (text, size, &number))
    g_assert_cmpuint (number, ==, 42);
  for (guint version = 1; version <= 2; version++) {
    g_autofree char *path = vmm_budget_parse_cgroup (text, size, version);
    g_assert_true (!path || path[0] == '/');
  }
  return 0;
}
