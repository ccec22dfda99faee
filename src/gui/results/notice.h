/* SPDX-License-Identifier: MIT */
/* notice: what became of an action, over the page, where it moves nothing. */
#pragma once

#include <gtk/gtk.h>

#define VMM_TYPE_NOTICE (vmm_notice_get_type ())
G_DECLARE_FINAL_TYPE (VmmNotice, vmm_notice, VMM, NOTICE, GtkInfoBar)

/* Errors stay until they are closed, other messages for some seconds. `can_undo` offers that. */
void vmm_notice_tell (VmmNotice *notice, GtkMessageType type, const char *message,
                      gboolean can_undo);
