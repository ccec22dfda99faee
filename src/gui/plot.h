/* SPDX-License-Identifier: MIT */
/* plot: from rows to a picture: Cairo only, no widget, no clock, nothing kept.
 *
 * x is time, y is value, an absent value lifts the pen. All lengths are in user units of the
 * cairo_t that is drawn on; `scale` device pixels make one. */
#pragma once

#include "drawing.h"

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
void vmm_plot_get_extent (const VmmPlotMetrics *metrics, double width, double *ret_left,
                          double *ret_right);
