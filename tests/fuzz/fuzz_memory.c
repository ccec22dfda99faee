/* SPDX-License-Identifier: MIT */
/* fuzz_memory: any bytes as proc/meminfo. */
#include "source.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  return fuzz_source (vmm_memory_new, "proc/meminfo", data, size);
}
