/* SPDX-License-Identifier: MIT */
/* fuzz_memory: any bytes as proc/meminfo, and the same as proc/vmstat, which tells of the balloon. */
#include "source.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  memory_files_put ("proc/vmstat", data, size);
  return fuzz_source (vmm_memory_new, "proc/meminfo", data, size);
}
