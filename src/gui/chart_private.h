/* SPDX-License-Identifier: MIT */
/* chart_private: what the parts of a chart's drawing share. */
#pragma once

#include "chart.h"

#define VMM_CHART_GAP 6.0

typedef struct {
  const VmmChart       *chart;
  const VmmChartColors *colors;
  cairo_t              *cr; /* NULL = measure */
  PangoLayout          *layout;
  double                width, line_height;
  gboolean              mirrored; /* x is told from the right */
} VmmChartPen;

double vmm_chart_measure (const VmmChartPen *pen, const char *text);

/* One line with its upper edge at `y`, `room` wide at most; `align` is the share of its length that
 * lies left of `x`. */
void vmm_chart_write (const VmmChartPen *pen, const char *text, const VmmColor *color, double x,
                      double y, double align, double room);
void vmm_chart_set_color (const VmmChartPen *pen, const VmmColor *color);
void vmm_chart_fill (const VmmChartPen *pen, const VmmColor *color, double x, double y,
                     double width, double height);

/* chart_bars.c, chart_series.c: from `y` on; both return where they end. */
double vmm_chart_draw_bars (const VmmChartPen *pen, double y);
double vmm_chart_draw_series (const VmmChartPen *pen, double y);
