/* SPDX-License-Identifier: MIT */
/* time_view: which span of time all graphs show together, and where their common crosshair stands.
 *
 * A view either follows the newest row (its end is VMM_PLOT_NO_TIME) or stands still in the past.
 * Times are monotonic us. Main thread. */
#pragma once

#include <glib-object.h>

#define VMM_TYPE_TIME_VIEW (vmm_time_view_get_type ())
G_DECLARE_FINAL_TYPE (VmmTimeView, vmm_time_view, VMM, TIME_VIEW, GObject)

/* 60 s, following. Emits "changed" whenever anything below changes. */
VmmTimeView *vmm_time_view_new (void);

gint64 vmm_time_view_get_span (VmmTimeView *view);
gint64 vmm_time_view_get_end (VmmTimeView *view);       /* VMM_PLOT_NO_TIME = follows */
gint64 vmm_time_view_get_crosshair (VmmTimeView *view); /* VMM_PLOT_NO_TIME = none */

/* Beside the newest row there is room for what comes: a quarter of the span, where it follows. */
void   vmm_time_view_set_ahead (VmmTimeView *view, gboolean is_ahead);
gint64 vmm_time_view_get_ahead (VmmTimeView *view); /* or 0 */

/* How much that is, whether it is there or not. */
gint64 vmm_time_view_get_room (VmmTimeView *view);

/* Steps towards closer (> 0) or wider (< 0), from 15 s to a day, and no wider than it takes to show
 * the `history_us` there are, or 60 s. */
void vmm_time_view_zoom (VmmTimeView *view, int steps, gint64 history_us);

/* Whether that would change anything. */
gboolean vmm_time_view_can_zoom (VmmTimeView *view, int steps, gint64 history_us);

/* Back to 60 s, following; the crosshair stays. FALSE: it was there. */
gboolean vmm_time_view_reset (VmmTimeView *view);

/* Follows again; the span stays. */
void vmm_time_view_follow (VmmTimeView *view);

/* Moves the view by `share` of its span, within `oldest_us` .. `newest_us`; follows again when it
 * reaches the newest. */
void vmm_time_view_pan (VmmTimeView *view, double share, gint64 oldest_us, gint64 newest_us);

void vmm_time_view_set_crosshair (VmmTimeView *view, gint64 time_us);
