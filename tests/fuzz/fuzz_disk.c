/* SPDX-License-Identifier: MIT */
/* fuzz_disk: any bytes as proc/diskstats. */
#include "source.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  return fuzz_source (vmm_disk_new, "proc/diskstats", data, size);
}
