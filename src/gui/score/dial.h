/* SPDX-License-Identifier: MIT */
/* dial: the time that is left in a ring that gets shorter, then the score without one.
 *
 * CSS name `dial`, its font that of the large digits; parts: `caption` (font, color), `track`,
 * `progress` (color). */
#pragma once

#include <gtk/gtk.h>

#define VMM_TYPE_DIAL (vmm_dial_get_type ())
G_DECLARE_FINAL_TYPE (VmmDial, vmm_dial, VMM, DIAL, GtkDrawingArea)

/* `share` 0 .. 1 of the time is over, `seconds` are left. */
void vmm_dial_count_down (VmmDial *dial, double share, guint seconds);

/* One large, one small below it. */
void vmm_dial_tell (VmmDial *dial, const char *value, const char *caption);
