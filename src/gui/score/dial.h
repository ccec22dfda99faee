/* SPDX-License-Identifier: MIT */
/* dial: a ring with large digits in it: the time that is left, then the score.
 *
 * CSS name `dial`, its font that of the large digits; parts: `caption` (font, color), `track`,
 * `progress` and the four metrics (color). */
#pragma once

#include <gtk/gtk.h>

#include "vmm/channel.h"

#define VMM_TYPE_DIAL (vmm_dial_get_type ())
G_DECLARE_FINAL_TYPE (VmmDial, vmm_dial, VMM, DIAL, GtkDrawingArea)

/* The words in the ring: one large, one small. */
void vmm_dial_set_text (VmmDial *dial, const char *value, const char *caption);

/* "seconds left": the small words below a number of `seconds`. Static storage. */
const char *vmm_dial_caption_left (guint seconds);

/* One arc of `share` 0 .. 1. */
void vmm_dial_set_progress (VmmDial *dial, double share);

/* Four arcs, as long as the categories' weights; `present` says which have a colour. */
void vmm_dial_set_parts (VmmDial *dial, const gboolean present[VMM_N_CATEGORIES]);
