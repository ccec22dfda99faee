/* SPDX-License-Identifier: MIT */
/* pen: what all pictures are drawn with: rectangles and lines of text in a colour, and the frame in
 * which a time and a value have their place. */
#pragma once

#include <pango/pangocairo.h>

#include "vmm/color.h"

/* All lengths are in user units of `cr`. */
typedef struct {
  cairo_t     *cr;     /* NULL = only measure */
  PangoLayout *layout; /* carries the font; its text is changed, its width is -1 */
  double       width;  /* of the picture: text stays between 0 and this */
  double       line_height;
  gboolean     mirrored; /* x is told from the right */
} VmmPen;

void vmm_pen_set_color (const VmmPen *pen, const VmmColor *color);

/* A rectangle on whole user units, one wide and high at least. */
void vmm_pen_fill (const VmmPen *pen, const VmmColor *color, double x, double y, double width,
                   double height);

double vmm_pen_measure (const VmmPen *pen, const char *text);

/* One line, its upper edge at `y`; `align` is the share of its length that lies left of `x`. */
void vmm_pen_write (const VmmPen *pen, const char *text, const VmmColor *color, double x, double y,
                    double align);

/* The same, cut in its middle where it is longer than `room`; nothing where there is none. */
void vmm_pen_fit (const VmmPen *pen, const char *text, const VmmColor *color, double x, double y,
                  double align, double room);

/* A rectangle that stands for a span of time and of values. */
typedef struct {
  double left, right, top, bottom;
  double begin, end; /* times, in one unit, at the left and the right edge */
  double high;       /* value at the upper edge; 0 at the lower */
} VmmFrame;

double vmm_frame_get_x (const VmmFrame *frame, double time);

/* A value beyond an edge lies on it. */
double vmm_frame_get_y (const VmmFrame *frame, double value);
