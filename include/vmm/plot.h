/* SPDX-License-Identifier: MIT */
/* plot: from rows to a picture: Cairo only, no widget, no clock, nothing kept.
 *
 * x is time, y is value, an absent value lifts the pen. All lengths are in user units of the
 * cairo_t that is drawn on; `scale` device pixels make one. */
#pragma once

#include <pango/pangocairo.h>

#include "vmm/channel.h"
#include "vmm/color.h"
#include "vmm/ring.h"

#define VMM_PLOT_NO_TIME G_MININT64

/* From the style sheet; see graph.c. */
typedef struct {
  VmmColor text, quiet, grid, background;
  VmmColor line, fill, secondary, pause, crosshair;
  VmmColor secondary_fill; /* of one that is opposed */
  VmmColor layers[VMM_LAYERS_MAX];
} VmmPlotColors;

/* Of the labels: measured once, because shaping text costs more than drawing a series. */
typedef struct {
  int width, height;
} VmmPlotMetrics;

typedef struct {
  const VmmRing  *ring;
  int             main, secondary, lost; /* channels, -1 = none; lost: ms the guest stood still */
  gboolean        is_opposed; /* the second is drawn below zero, which is in the middle */
  const VmmLayer *layers;     /* the area below the main line, and what lies on it */
  guint           n_layers;
  const VmmRing  *lanes; /* in place of all that, each channel in a lane of its own; NULL = none */
  guint           n_lanes;
  const VmmChannelId *bursts; /* channels that have a value where this program made the load */
  guint               n_bursts;
  gint64              begin_us, end_us; /* what the left and the right edge stand for */
  gint64              now_us;           /* what the labels of time count back from */
  gint64              interval_us;      /* that rows are apart when none is missing */
  gint64         ahead_us, ahead_low_us, ahead_high_us; /* what is forecast; equal = nothing is */
  gint64         measured_begin_us, measured_end_us;    /* the window of the score; equal = none */
  double         top;                                   /* value at the upper edge */
  double         unit;                                  /* what a label's 1 stands for; 0 = 1 */
  const char    *unit_name;                             /* of the labels, or NULL */
  const char    *opposed_name; /* of the lower one, where the second is opposed */
  gboolean       from_right;   /* labels of values stand where reading begins: at the right */
  const char    *reason;       /* why the main channel is absent now; NULL = by its NaN */
  gint64         crosshair_us; /* or VMM_PLOT_NO_TIME */
  VmmPlotColors  colors;
  VmmPlotMetrics metrics;
  PangoLayout   *measured; /* the word over the window of the score, shaped once; NULL = no word */
  double         line_width;
  int            scale;
} VmmPlot;

/* Both draw into 0, 0, width, height: the grid and its labels, which stay as they are while top,
 * span and now - end do; and what the rows say. `layout` carries the font of the labels; its text
 * is changed. The latter returns the picture of the series, which a display server may still be
 * reading; NULL where there is no room for one. Free with cairo_surface_destroy(). */
void vmm_plot_draw_axes (const VmmPlot *plot, cairo_t *cr, PangoLayout *layout, double width,
                         double height);
cairo_surface_t *vmm_plot_draw_data (const VmmPlot *plot, cairo_t *cr, PangoLayout *layout,
                                     double width, double height);

/* What the axes need to know of the labels' font. */
void vmm_plot_measure (PangoLayout *layout, VmmPlotMetrics *ret_metrics);

/* Where in `width` the axis of time begins and ends. */
void vmm_plot_get_extent (double width, double *ret_left, double *ret_right);
