/* SPDX-License-Identifier: MIT */
/* battery: what a machine draws from its batteries, while they are what feeds it. */
#pragma once

#include "vmm/channel.h"
#include "vmm/host.h"

typedef struct _Batteries Batteries;

/* Those of sys/class/power_supply; NULL = the machine has none. Free with batteries_free(). `host`
 * (borrowed for the call) tells whose figures are made up. */
Batteries *batteries_new (const char *root, const VmmHost *host);
void       batteries_free (Batteries *batteries); /* NULL is fine */

/* The watts of all of them, or an absent value; a cause may accompany a value. `error` is set where the
 * cause is VMM_CAUSE_FILE. */
float batteries_take (Batteries *batteries, VmmCause *ret_cause, GError **error);
