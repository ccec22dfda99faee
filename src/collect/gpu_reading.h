/* SPDX-License-Identifier: MIT */
/* gpu_reading: what is told of one card, whoever tells it. */
#pragma once

#include "vmm/channel.h"

#define GPU_MAX 4 /* cards that are read */

enum { GPU_BUSY, GPU_MEMORY, GPU_POWER, GPU_N_VALUES };

/* One card: percent, percent, watts, each perhaps absent with its cause. */
typedef struct {
  float    values[GPU_N_VALUES];
  VmmCause causes[GPU_N_VALUES];
} GpuReading;
