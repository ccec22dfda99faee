/* SPDX-License-Identifier: MIT */
/* chart_private: what the parts of a chart's drawing share. */
#pragma once

#include "vmm/chart.h"
#include "pen.h"

#define VMM_CHART_GAP 6.0

typedef struct {
  const VmmChart       *chart;
  const VmmChartColors *colors;
  VmmPen                pen;
} VmmChartDrawing;

/* chart_marks.c, chart_series.c: from `y` on; both return where they end. */
double vmm_chart_draw_marks (const VmmChartDrawing *d, double y);
double vmm_chart_draw_series (const VmmChartDrawing *d, double y);
