/* SPDX-License-Identifier: MIT */
/* drawing: what one plot shows, and what its parts draw it with. */
#pragma once

#include "pen.h"
#include "vmm/ring.h"

#define VMM_PLOT_NO_TIME G_MININT64

/* From the style sheet; see graph.c. */
typedef struct {
  VmmColor text, quiet, grid, background;
  VmmColor line, fill, secondary, pause, crosshair;
} VmmPlotColors;

/* Of the labels: measured once, because shaping text costs more than drawing a series. */
typedef struct {
  int width, height;
} VmmPlotMetrics;

typedef struct {
  const VmmRing *ring;
  int            main, secondary, lost; /* channels, -1 = none; lost: ms the guest stood still */
  gint64         begin_us, end_us;      /* what the left and the right edge stand for */
  gint64         now_us;                /* what the labels of time count back from */
  gint64         interval_us;           /* that rows are apart when none is missing */
  gint64         measured_begin_us, measured_end_us; /* the window of the score; equal = none */
  double         top;                                /* value at the upper edge */
  double         unit;                               /* what a label's 1 stands for; 0 = 1 */
  const char    *unit_name;    /* written below the upper label, or NULL: as everybody expects */
  const char    *reason;       /* why the main channel is absent now; NULL = by its NaN */
  gint64         crosshair_us; /* or VMM_PLOT_NO_TIME */
  VmmPlotColors  colors;
  VmmPlotMetrics metrics;
  double         line_width;
  int            scale;
} VmmPlot;

#define VMM_PAD 4.0 /* between text and what it belongs to */

typedef struct {
  const VmmPlot *plot;
  VmmPen         pen;
  VmmFrame       frame; /* the axes; edges on whole user units, times in microseconds */
} VmmDrawing;
