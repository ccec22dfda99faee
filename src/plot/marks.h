/* SPDX-License-Identifier: MIT */
/* marks: the measured window; where this program made the load itself; where the guest stood still or
 * rows are missing; why there is nothing to see. */
#pragma once

#include "columns.h"
#include "drawing.h"

void vmm_marks_draw_measured (const VmmDrawing *d);

/* On the axis of time: when what is forecast comes, and between when and when. */
void vmm_marks_draw_ahead (const VmmDrawing *d);

/* `rows` and `columns` as columns.h makes them, one per device pixel. */
void vmm_marks_draw_bursts (const VmmDrawing *d, const guint *rows, guint n);
void vmm_marks_draw_pauses (const VmmDrawing *d, const guint *rows, guint n, gint64 max_gap_us);
void vmm_marks_draw_gaps (const VmmDrawing *d, const guint *rows, const VmmPixelColumn *columns,
                          guint n);
