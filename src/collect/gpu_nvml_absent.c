/* SPDX-License-Identifier: MIT */
/* gpu_nvml_absent: NVIDIA's library, where nothing can be loaded: linked in the place of gpu_nvml. */
#include "gpu_nvml.h"

GpuNvml *
gpu_nvml_new (const char *library)
{
  return (GpuNvml *) g_strdup (library);
}

void
gpu_nvml_free (GpuNvml *nvml)
{
  g_free (nvml);
}

guint
gpu_nvml_take (GpuNvml *nvml, gint64 now_us, GpuReading *ret_cards, VmmCause *ret_cause)
{
  *ret_cause = VMM_CAUSE_NVML_LEFT_OUT;
  return 0;
}

void
gpu_nvml_settle (GpuNvml *nvml, gint64 limit_us)
{
}
