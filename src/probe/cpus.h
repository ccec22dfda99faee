/* SPDX-License-Identifier: MIT */
/* cpus: which CPUs a thread may use, and one of them at a time. */
#pragma once

#include <glib.h>
#include <sched.h>

/* Room for 8192 CPUs: sched_getaffinity() refuses a set smaller than the kernel's. */
typedef struct {
  cpu_set_t sets[8];
} VmmCpuSet;

/* CPUs that this thread may use, 0 when the kernel does not say. */
guint vmm_cpus_get (VmmCpuSet *ret_set);

/* Lets the thread `tid` (0 = this one) use `set` alone, or the `index`th CPU of it alone, counted
 * from 0. FALSE and errno when the kernel refuses. */
gboolean vmm_cpus_set (int tid, const VmmCpuSet *set);
gboolean vmm_cpus_pin (int tid, const VmmCpuSet *set, guint index);
