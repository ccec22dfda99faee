/* SPDX-License-Identifier: MIT */
/* cost: what this program costs, by the kernel. */
#include "cost.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

guint64
vmm_cost_resident (void)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    return 0;
  const char *second = strchr (text, ' ');
  return second ? g_ascii_strtoull (second, NULL, 10) * (guint64) sysconf (_SC_PAGESIZE) : 0;
}

double
vmm_cost_cpu_seconds (void)
{
  struct rusage usage = { 0 };

  getrusage (RUSAGE_SELF, &usage);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
         (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / G_USEC_PER_SEC;
}
