/* SPDX-License-Identifier: MIT */
/* scale: scores as dots with the whiskers of their intervals, on one labelled axis where equal lengths are
 * equal ratios: Cairo only, no widget; the same drawing beside the graphs and in the chart of results. */
#pragma once

#include <pango/pangocairo.h>

#include "vmm/color.h"

/* Its first and its last line, counted in the series 1, 2, 5, 10 ..., whose line 0 is 1: from a fifth of the
 * reference to five times that, and further where a score is. */
typedef struct {
  int first, last;
} VmmScale;

typedef struct {
  double value, low, high; /* NAN = absent */
} VmmScaleMark;

typedef struct {
  VmmColor grid, reference; /* lines at the labels, and the one at 100 */
  VmmColor label, paper;    /* of the axis; around a dot */
} VmmScaleColors;

/* Where the axis lies in a picture that is `width` wide. */
typedef struct {
  VmmScale       scale;
  VmmScaleColors colors;
  double         left, right, width;
  gboolean       mirrored; /* x is told from the right */
} VmmScaleView;

/* `n` marks, whose intervals do not count: that of two windows may be of any length. */
void vmm_scale_init (VmmScale *ret_scale, const VmmScaleMark *marks, guint n);

/* Where a score lies between `left` and `right`, at an end if it is beyond. The ends have room for a dot. */
double vmm_scale_get_x (const VmmScaleView *view, double score);

/* The lines, from `top` to `bottom`. */
void vmm_scale_draw_lines (const VmmScaleView *view, cairo_t *cr, double top, double bottom);

/* A dot at the height `y`, larger if it is `main`. A whisker that is longer than the axis goes to its end. */
void vmm_scale_draw_mark (const VmmScaleView *view, cairo_t *cr, const VmmScaleMark *mark, double y,
                          const VmmColor *color, gboolean main);

/* What the lines stand for, below them, the upper edge at `y`: as many as there is room for, 100 always,
 * and of that what it is, where there is room. Returns the height; with `cr` NULL it only measures. */
double vmm_scale_draw_labels (const VmmScaleView *view, cairo_t *cr, PangoLayout *layout, double y);
