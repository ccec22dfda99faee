/* SPDX-License-Identifier: MIT */
/* cost: what this program costs. */
#pragma once

#include <glib.h>

guint64 vmm_cost_resident (void);    /* bytes; 0 = unknown */
double  vmm_cost_cpu_seconds (void); /* since it was started */
