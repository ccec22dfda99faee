/* SPDX-License-Identifier: MIT */
/* score_bar: one score as a bar from 0, with its interval and the reference's mark at 100.
 *
 * CSS name `scorebar`; parts: `track`, `mark`, `interval` (color); the bar's is `series`. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/score.h"

#define VMM_TYPE_SCORE_BAR (vmm_score_bar_get_type ())
G_DECLARE_FINAL_TYPE (VmmScoreBar, vmm_score_bar, VMM, SCORE_BAR, GtkDrawingArea)

/* `full` is the score that fills the bar; an absent `value` leaves the track. */
void vmm_score_bar_set (VmmScoreBar *bar, double value, double low, double high, double full);
