/* SPDX-License-Identifier: MIT */
/* cpus: which CPUs a thread may use, and one of them at a time. */
#include "cpus.h"

#define MAX_CPUS (8 * CPU_SETSIZE)

guint
vmm_cpus_get (VmmCpuSet *ret_set)
{
  if (sched_getaffinity (0, sizeof ret_set->sets, ret_set->sets) < 0)
    return 0;
  return (guint) CPU_COUNT_S (sizeof ret_set->sets, ret_set->sets);
}

gboolean
vmm_cpus_set (int tid, const VmmCpuSet *set)
{
  return sched_setaffinity (tid, sizeof set->sets, set->sets) == 0;
}

gboolean
vmm_cpus_pin (int tid, const VmmCpuSet *set, guint index)
{
  VmmCpuSet one = { 0 };

  for (int cpu = 0; cpu < MAX_CPUS; cpu++)
    if (CPU_ISSET_S (cpu, sizeof set->sets, set->sets) && index-- == 0) {
      CPU_SET_S (cpu, sizeof one.sets, one.sets);
      break;
    }
  return vmm_cpus_set (tid, &one);
}
