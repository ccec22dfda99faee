/* SPDX-License-Identifier: MIT */
/* drawing: what the parts of one plot's drawing share: where things are, and how text is set. */
#pragma once

#include "plot.h"

#define VMM_PAD 4.0 /* between text and what it belongs to */

typedef struct {
  const VmmPlot *plot;
  cairo_t       *cr;
  PangoLayout   *layout;
  double         left, right, top, bottom; /* the axes; whole user units */
  double         line_height;              /* of the labels */
} VmmDrawing;

double vmm_drawing_get_x (const VmmDrawing *d, gint64 time_us);
double vmm_drawing_get_y (const VmmDrawing *d, double value);

void vmm_drawing_set_color (const VmmDrawing *d, const VmmColor *color);

/* A rectangle on whole user units. */
void vmm_drawing_fill (const VmmDrawing *d, double x, double y, double width, double height);

double vmm_drawing_get_text_width (const VmmDrawing *d, const char *text);

/* One line, its upper edge at `y`; `align` is the share of it that lies left of `x`. It is moved
 * to stay within 0 and the right axis. */
void vmm_drawing_show_text (const VmmDrawing *d, const char *text, double x, double y,
                            double align);

/* axis.c: the grid with its labels. */
void vmm_axis_draw (const VmmDrawing *d);

/* marks.c: the measured window; where the guest stood still or rows are missing; why there is
 * nothing to see. `rows` and `columns` as columns.h makes them, one per device pixel. */
void vmm_marks_draw_measured (const VmmDrawing *d);
void vmm_marks_draw_pauses (const VmmDrawing *d, const guint *rows, guint n, gint64 max_gap_us);
void vmm_marks_draw_gaps (const VmmDrawing *d, const guint *rows, const VmmColumn *columns,
                          guint n);
