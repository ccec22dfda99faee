/* SPDX-License-Identifier: MIT */
/* notice: what became of an action, over the page, where it moves nothing.
 *
 * Signal: "closed" () when it was sent away with the mouse or the keyboard, which had its focus. */
#pragma once

#include <gtk/gtk.h>

#define VMM_TYPE_NOTICE (vmm_notice_get_type ())
G_DECLARE_FINAL_TYPE (VmmNotice, vmm_notice, VMM, NOTICE, GtkRevealer)

/* GTK_MESSAGE_ERROR stays until it is closed, with an icon; GTK_MESSAGE_OTHER, what is to be done now, without one;
 * the rest for some seconds. `can_undo` offers that. */
void vmm_notice_tell (VmmNotice *notice, GtkMessageType type, const char *message,
                      gboolean can_undo);

/* What is to be done now, until it is closed or its button was pressed: called `button` (with a mnemonic; NULL =
 * there is none), it does `action`, a static name, of the window. `message` NULL takes an offer back. */
void vmm_notice_offer (VmmNotice *notice, const char *message, const char *button,
                       const char *action);
