/* SPDX-License-Identifier: MIT */
/* cores: how busy each CPU was, of late: an hour at one row a second, or less. Nothing is read for it:
 * the source of the CPUs knows. */
#pragma once

#include "vmm/session.h"

/* Begins empty, all 0. */
typedef struct {
  VmmRing *ring; /* a channel for each CPU, by its number; NULL = nothing yet */
  guint    n;    /* CPUs */
} VmmCores;

void vmm_cores_clear (VmmCores *cores);

/* Takes the session's newest row, once. More CPUs than before begin anew. */
void vmm_cores_take (VmmCores *cores, const VmmSession *session);

/* "CPU 3 is the busiest with 97.0 %": of the newest row; NULL where no CPU tells. Free with g_free(). */
char *vmm_cores_say (const VmmCores *cores);
