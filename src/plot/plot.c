/* SPDX-License-Identifier: MIT */
/* plot: one graph's grid, series and crosshair, drawn from a ring. */
#include "vmm/plot.h"

#include "vmm/channel.h"

#include "axis.h"
#include "columns.h"
#include "marks.h"

/* Rows up to this many intervals apart are joined. */
#define MAX_GAP_INTERVALS 2.5

/* Of the secondary series, in columns of one user unit. */
#define DASH 5
#define PAUSE 3

void
vmm_plot_measure (PangoLayout *layout, VmmPlotMetrics *ret_metrics)
{
  pango_layout_set_text (layout, "1000", -1);
  pango_layout_get_pixel_size (layout, &ret_metrics->width, &ret_metrics->height);
}

void
vmm_plot_get_extent (const VmmPlotMetrics *metrics, double width, double *ret_left,
                     double *ret_right)
{
  *ret_left = MIN (metrics->width + VMM_PAD, floor (width / 2));
  *ret_right = floor (width);
}

/* ---- Series: columns of device pixels in a picture of the axes' size. */

static cairo_surface_t *
draw_series (const VmmDrawing *d)
{
  const VmmPlot *plot = d->plot;
  guint          scale = (guint) plot->scale;
  guint          width = (guint) (d->frame.right - d->frame.left) * scale;
  guint          height = (guint) (d->frame.bottom - d->frame.top) * scale;
  gint64         max_gap_us = (gint64) (MAX_GAP_INTERVALS * (double) plot->interval_us);
  VmmColumnSpan  span;

  vmm_column_span_init (&span, plot->ring, plot->begin_us, plot->end_us, width, max_gap_us);
  g_autofree guint          *rows = g_new (guint, width + 1);
  g_autofree VmmPixelColumn *columns = g_new (VmmPixelColumn, width);
  vmm_columns_find (rows, width, &span);
  vmm_marks_draw_bursts (d, rows, width);
  vmm_marks_draw_pauses (d, rows, width, max_gap_us);

  /* In memory that the display server reads from, where it can. */
  cairo_surface_t *surface = cairo_surface_create_similar_image (
      cairo_get_target (d->pen.cr), CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  VmmPicture picture = { (guint32 *) (void *) cairo_image_surface_get_data (surface), width, height,
                         (guint) cairo_image_surface_get_stride (surface) / 4 };
  if (picture.pixels) {
    VmmColumnStyle main = { plot->colors.line, plot->colors.fill, plot->line_width * scale, 0, 0 };
    VmmColumnStyle secondary = {
      plot->colors.secondary, { 0 }, plot->line_width * scale, DASH * scale, PAUSE * scale
    };

    vmm_columns_scan (columns, rows, width, &span, (guint) plot->main);
    vmm_columns_paint (&picture, columns, &span, plot->top, &main);
    vmm_marks_draw_gaps (d, rows, columns, width);
    if (plot->secondary >= 0) {
      vmm_columns_scan (columns, rows, width, &span, (guint) plot->secondary);
      vmm_columns_paint (&picture, columns, &span, plot->top, &secondary);
    }
    cairo_surface_mark_dirty (surface);
    cairo_surface_set_device_scale (surface, scale, scale);
    cairo_set_source_surface (d->pen.cr, surface, d->frame.left, d->frame.top);
    cairo_pattern_set_filter (cairo_get_source (d->pen.cr), CAIRO_FILTER_NEAREST);
    cairo_paint (d->pen.cr);
  }
  return surface;
}

/* ---- Crosshair */

static void
draw_dot (const VmmDrawing *d, double x, float value, const VmmColor *color)
{
  if (isnan (value))
    return;
  double y = vmm_frame_get_y (&d->frame, value);
  cairo_arc (d->pen.cr, x, y, 4, 0, 2 * G_PI);
  vmm_pen_set_color (&d->pen, &d->plot->colors.background);
  cairo_fill (d->pen.cr);
  cairo_arc (d->pen.cr, x, y, 3, 0, 2 * G_PI);
  vmm_pen_set_color (&d->pen, color);
  cairo_fill (d->pen.cr);
}

static void
draw_crosshair (const VmmDrawing *d)
{
  const VmmPlot *plot = d->plot;

  if (plot->crosshair_us < plot->begin_us || plot->crosshair_us > plot->end_us)
    return;
  double x = vmm_frame_get_x (&d->frame, (double) plot->crosshair_us);
  guint  row = vmm_ring_find (plot->ring, plot->crosshair_us);
  x = MIN (round (x), d->frame.right - 1);
  vmm_pen_fill (&d->pen, &plot->colors.crosshair, x, d->frame.top, 1,
                d->frame.bottom - d->frame.top);
  if (row < vmm_ring_get_length (plot->ring)) {
    draw_dot (d, x + 0.5, vmm_ring_get (plot->ring, row, (guint) plot->main), &plot->colors.line);
    if (plot->secondary >= 0)
      draw_dot (d, x + 0.5, vmm_ring_get (plot->ring, row, (guint) plot->secondary),
                &plot->colors.secondary);
  }
}

static gboolean
begin (VmmDrawing *d, const VmmPlot *plot, cairo_t *cr, PangoLayout *layout, double width,
       double height)
{
  g_return_val_if_fail (plot->end_us > plot->begin_us && plot->top > 0 && plot->scale >= 1, FALSE);

  VmmFrame frame = { .top = ceil (plot->metrics.height / 2.0),
                     .bottom = floor (height - plot->metrics.height - VMM_PAD),
                     .begin = (double) plot->begin_us,
                     .end = (double) plot->end_us,
                     .high = plot->top };

  vmm_plot_get_extent (&plot->metrics, width, &frame.left, &frame.right);
  *d = (VmmDrawing){ plot, { cr, layout, frame.right, plot->metrics.height, FALSE }, frame };
  return frame.right - frame.left >= 8 && frame.bottom - frame.top >= 8;
}

void
vmm_plot_draw_axes (const VmmPlot *plot, cairo_t *cr, PangoLayout *layout, double width,
                    double height)
{
  VmmDrawing d;

  if (begin (&d, plot, cr, layout, width, height))
    vmm_axis_draw (&d);
}

cairo_surface_t *
vmm_plot_draw_data (const VmmPlot *plot, cairo_t *cr, PangoLayout *layout, double width,
                    double height)
{
  VmmDrawing d;

  if (!begin (&d, plot, cr, layout, width, height))
    return NULL;
  cairo_surface_t *series = draw_series (&d);
  vmm_marks_draw_measured (&d);
  draw_crosshair (&d);
  return series;
}
