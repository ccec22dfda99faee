/* SPDX-License-Identifier: MIT */
/* score_bar: one score as a bar, with its interval and the reference's mark in the middle.
 *
 * Equal lengths are equal ratios: a quarter of the reference at the left end, four times at the
 * right; what lies beyond fills or empties the bar.
 *
 * CSS name `scorebar`; parts: `track`, `mark`, `interval` (color); the bar's is `series`. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/score.h"

#define VMM_TYPE_SCORE_BAR (vmm_score_bar_get_type ())
G_DECLARE_FINAL_TYPE (VmmScoreBar, vmm_score_bar, VMM, SCORE_BAR, GtkDrawingArea)

/* An absent `value` leaves the track. */
void vmm_score_bar_set (VmmScoreBar *bar, double value, double low, double high);
