/* SPDX-License-Identifier: MIT */
/* chart_draw: the scores, and below them the series. */
#include "chart_private.h"

#include <math.h>

/* A run without probes has none, nor has one that is invalid. */
static gboolean
has_scores (const VmmChart *chart)
{
  for (guint i = 0; i < VMM_CHART_N_GROUPS * chart->n_sides; i++)
    if (!isnan (chart->values[i].value))
      return TRUE;
  return FALSE;
}

double
vmm_chart_draw (const VmmChart *chart, const VmmChartColors *colors, cairo_t *cr,
                PangoLayout *layout, double width)
{
  VmmChartDrawing d = { chart, colors, { cr, layout, floor (width), 0, chart->mirrored } };
  double          bottom = 0;
  int             height;

  pango_layout_set_text (layout, "Ag", -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  d.pen.line_height = height;
  if (has_scores (chart))
    bottom = vmm_chart_draw_marks (&d, 0);
  d.pen.mirrored = FALSE; /* time goes to the right everywhere */
  return ceil (vmm_chart_draw_series (&d, bottom));
}
