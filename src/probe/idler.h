/* SPDX-License-Identifier: MIT */
/* idler: a thread that keeps its CPU from going idle, and gives way to everybody. */
#pragma once

#include <glib.h>
#include <time.h>

/* Its scheduling policy is SCHED_IDLE: whoever wakes up on its CPU has it at once, and a scheduler in
 * search of an idle CPU takes this one for such. A thread cannot leave that policy again without
 * privilege, hence one of its own. Behind other work of the guest it may not run for seconds, so
 * nobody ever waits for it. */
typedef struct VmmIdler VmmIdler;

/* NULL and VMM_ERROR_IO when there is no thread or descriptor to be had. */
VmmIdler *vmm_idler_new (GError **error);

/* Tells the thread to end; it does so when it next runs. NULL is fine. */
void vmm_idler_free (VmmIdler *idler);

int    vmm_idler_tid (const VmmIdler *idler);         /* for vmm_cpus_pin() */
double vmm_idler_cpu_seconds (const VmmIdler *idler); /* since its start; 0 for NULL */

/* The CPU that the thread is pinned to stays awake for the next millisecond, or until
 * vmm_idler_rest(). FALSE and VMM_ERROR_IO when the thread cannot be told. */
gboolean vmm_idler_keep_awake (VmmIdler *idler, GError **error);
void     vmm_idler_rest (VmmIdler *idler);
