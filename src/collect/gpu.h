/* SPDX-License-Identifier: MIT */
/* gpu: how busy a graphics processor is, as its driver or NVIDIA's library tells it. */
#pragma once

#include "vmm/sources.h"

/* For tests: waits for what is asked aside. */
void gpu_settle (VmmSource *gpu);
