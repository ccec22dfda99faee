/* SPDX-License-Identifier: MIT */
/* fuzz_pressure: any bytes as proc/pressure/io. */
#include "source.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  return fuzz_source (vmm_pressure_new, "proc/pressure/io", data, size);
}
