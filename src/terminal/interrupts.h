/* SPDX-License-Identifier: MIT */
/* interrupts: what comes from outside while something is measured: signals, keys, another size.
 *
 * Heard in the default main context, one thread. */
#pragma once

#include <glib.h>

typedef struct _VmmInterrupts VmmInterrupts;

typedef void (*VmmInterrupt) (gpointer data);

/* SIGINT, SIGTERM and SIGHUP call `stop`, each time. */
VmmInterrupts *vmm_interrupts_new (VmmInterrupt stop, gpointer data);
void           vmm_interrupts_free (VmmInterrupts *interrupts); /* nothing is heard any more */

/* And another size of the terminal calls `resize`. */
void vmm_interrupts_watch_size (VmmInterrupts *interrupts, VmmInterrupt resize);

/* And q, read from standard input, is a stop. */
void vmm_interrupts_watch_keys (VmmInterrupts *interrupts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmInterrupts, vmm_interrupts_free)
