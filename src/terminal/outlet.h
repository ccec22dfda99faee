/* SPDX-License-Identifier: MIT */
/* outlet: a way out that is never waited for while something is measured.
 *
 * What the reader does not take at once waits in a queue, and goes on its way with the next text. When the
 * queue is full, texts are dropped until half of it is free again; then a line says how many lines that
 * were. A terminal is written to through a description of its own, so that the shell's never turns
 * non-blocking. A regular file is written as ever: it is always ready. One thread. */
#pragma once

#include <glib.h>

#define VMM_OUTLET_BYTES (1u << 20) /* three hours of lines, one a second */
#define VMM_OUTLET_FOR_EVER (-1)

typedef struct _VmmOutlet VmmOutlet;

/* To `fd`, which stays the caller's. At most `bytes` wait. */
VmmOutlet *vmm_outlet_new (int fd, gsize bytes);
void       vmm_outlet_free (VmmOutlet *outlet); /* what waits is lost */

/* The descriptor that is written to, for ioctl() and the like; borrowed. */
int vmm_outlet_get_fd (const VmmOutlet *outlet);

/* Queues the UTF-8 `text`, whole lines or "", and writes what the reader takes now, in ASCII where the locale
 * wants that. FALSE when it cannot be written; a reader that has gone is G_IO_ERROR_BROKEN_PIPE. */
gboolean vmm_outlet_put (VmmOutlet *outlet, const char *text, GError **error);

/* Whether something waits for the reader; and forgets that. */
gboolean vmm_outlet_is_waiting (const VmmOutlet *outlet);
void     vmm_outlet_discard (VmmOutlet *outlet);

/* From now on whatever is put is waited for: nothing is measured any more. A reader that takes nothing for
 * `patience_ms` (more than 0, or VMM_OUTLET_FOR_EVER) is G_IO_ERROR_TIMED_OUT. */
void vmm_outlet_be_patient (VmmOutlet *outlet, int patience_ms);

/* The same of both at the program's end: for ever, or where it was stopped, a second, for whoever stops it wants
 * it to end, though a reader may take nothing. */
void vmm_outlet_end (VmmOutlet *output, VmmOutlet *errors, gboolean stopped);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmOutlet, vmm_outlet_free)
