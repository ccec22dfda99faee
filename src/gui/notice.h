/* SPDX-License-Identifier: MIT */
/* notice: what became of an action, over the page, where it moves nothing.
 *
 * Signal: "closed" () when it was sent away with the mouse or the keyboard, which had its focus. */
#pragma once

#include <gtk/gtk.h>

#define VMM_TYPE_NOTICE (vmm_notice_get_type ())
G_DECLARE_FINAL_TYPE (VmmNotice, vmm_notice, VMM, NOTICE, GtkRevealer)

/* Errors stay until they are closed, other messages for some seconds. `can_undo` offers that. */
void vmm_notice_tell (VmmNotice *notice, GtkMessageType type, const char *message,
                      gboolean can_undo);

/* Stays until it is closed, or its button was pressed: called `button` (with a mnemonic), it does `action`, a
 * static name, of the window. `button` NULL: it is news that stays, and no error. `message` NULL takes an offer back. */
void vmm_notice_offer (VmmNotice *notice, const char *message, const char *button,
                       const char *action);
