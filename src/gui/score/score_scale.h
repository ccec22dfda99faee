/* SPDX-License-Identifier: MIT */
/* score_scale: one row of the scale of scores: a dot with the whisker of its interval, or what the lines
 * stand for. Rows of one width, one above the other, make one picture.
 *
 * CSS name `scorescale`; parts: `grid`, `reference`, `label` (color, font), `paper`; the dot's is
 * `series`. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/scale.h"

#define VMM_TYPE_SCORE_SCALE (vmm_score_scale_get_type ())
G_DECLARE_FINAL_TYPE (VmmScoreScale, vmm_score_scale, VMM, SCORE_SCALE, GtkDrawingArea)

/* Lines alone where the mark's value is absent. `main` makes the dot larger. */
void vmm_score_scale_set (VmmScoreScale *row, const VmmScale *scale, const VmmScaleMark *mark,
                          gboolean main);

/* The labels below the other rows. */
void vmm_score_scale_set_labels (VmmScoreScale *row, const VmmScale *scale);
