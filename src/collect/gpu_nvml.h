/* SPDX-License-Identifier: MIT */
/* gpu_nvml: asks NVIDIA's library, which is loaded on a thread of its own and may take its time. */
#pragma once

#include "gpu_reading.h"

typedef struct _GpuNvml GpuNvml;

/* `library` as dlopen() takes it. Nothing is loaded before the first question. */
GpuNvml *gpu_nvml_new (const char *library);
void     gpu_nvml_free (GpuNvml *nvml); /* NULL is fine */

/* The newest answer, and asks for the next: how many cards, up to GPU_MAX; or 0 and why, where `cause`
 * is VMM_CAUSE_NO_READING while it is not known yet. */
guint gpu_nvml_take (GpuNvml *nvml, gint64 now_us, GpuReading *ret_cards, VmmCause *ret_cause);

/* Waits for the answer, `limit_us` at most. */
void gpu_nvml_settle (GpuNvml *nvml, gint64 limit_us);
