/* SPDX-License-Identifier: MIT */
/* fuzz_cpu: any bytes as proc/stat. */
#include "source.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static VmmSource *
make (const char *root)
{
  return vmm_cpu_new (root, NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  return fuzz_source (make, "proc/stat", data, size);
}
