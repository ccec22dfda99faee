/* SPDX-License-Identifier: MIT */
/* fuzz_budget: any bytes as what the probes read: proc/meminfo, proc/self/cgroup, a schedstat,
 * proc/diskstats and the name of a thread. */
#include "budget.h"
#include "kblockd.h"
#include "scratch.h"
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
  g_autofree char *string = g_strndup (text, size);
  vmm_scratch_parse_sectors (string);
  if (vmm_kblockd_is_worker (string))
    g_assert_true (g_str_has_prefix (string, "kworker/"));
  return 0;
}
