/* SPDX-License-Identifier: MIT */
/* drawing: what the parts of one plot draw it with. */
#pragma once

#include "pen.h"
#include "vmm/plot.h"

#define VMM_PAD 4.0 /* between text and what it belongs to */

typedef struct {
  const VmmPlot *plot;
  VmmPen         pen;
  VmmFrame       frame; /* the axes; edges on whole user units, times in microseconds */
} VmmDrawing;

/* The height of zero: the lower edge, or the middle where the second series is opposed; and the one of
 * a value, of the main or of the second series. */
double vmm_drawing_get_zero (const VmmDrawing *d);
double vmm_drawing_get_y (const VmmDrawing *d, double value, gboolean is_second);

/* Lanes that there is room for, 1 at least: where there are more CPUs, several share one. */
guint vmm_drawing_count_lanes (const VmmDrawing *d);
