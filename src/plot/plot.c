/* SPDX-License-Identifier: MIT */
/* plot: one graph's grid, series and crosshair, drawn from a ring. */
#include "vmm/plot.h"

#include "vmm/channel.h"

#include "axis.h"
#include "columns.h"
#include "marks.h"
#include "stack.h"

/* Rows up to this many intervals apart are joined. */
#define MAX_GAP_INTERVALS 2.5

void
vmm_plot_measure (PangoLayout *layout, VmmPlotMetrics *ret_metrics)
{
  pango_layout_set_text (layout, "1000", -1);
  pango_layout_get_pixel_size (layout, &ret_metrics->width, &ret_metrics->height);
}

void
vmm_plot_get_extent (double width, double *ret_left, double *ret_right)
{
  *ret_left = 0;
  *ret_right = floor (width);
}

/* ---- Series: columns of device pixels in a picture of the axes' size. */

typedef struct {
  const VmmPlot  *plot;
  VmmColumnSpan   span;
  guint          *rows;    /* that each column begins with */
  VmmPixelColumn *columns; /* of the channel that was scanned last */
  VmmPicture      picture;
} Series;

/* What is above zero, and what is below: the latter upside down. */
static VmmPicture
get_half (const VmmPicture *picture, gboolean is_lower)
{
  VmmPicture half = *picture;

  half.height = is_lower ? picture->height - picture->height / 2 : picture->height / 2;
  if (is_lower) {
    half.pixels += (gssize) (picture->height - 1) * picture->stride;
    half.stride = -half.stride;
  }
  return half;
}

static void
paint (Series *series, int channel, const VmmColor *line, const VmmColor *fill, gboolean is_second)
{
  const VmmPlot *plot = series->plot;
  VmmPicture picture = plot->is_opposed ? get_half (&series->picture, is_second) : series->picture;
  VmmColumnStyle style = { *line, *fill, plot->line_width * plot->scale };

  vmm_columns_scan (series->columns, series->rows, picture.width, &series->span, (guint) channel);
  vmm_columns_paint (&picture, series->columns, plot->top, &style);
}

/* ---- Lanes: a picture below the other for each CPU, or for several that share one. */

/* Of a lane, where there is room for one between it and the next. */
#define LANE_WITH_LINE 8.0

static VmmPicture
get_lane (const VmmPicture *picture, guint lane, guint n)
{
  VmmPicture part = *picture;
  guint      top = lane * picture->height / n, bottom = (lane + 1) * picture->height / n;

  part.pixels += (gssize) top * picture->stride;
  part.height = bottom - top;
  return part;
}

/* The least and the most of all CPUs of the lane, into the columns. */
static void
scan_lane (Series *series, guint first, guint end)
{
  const guint width = series->picture.width;

  vmm_columns_scan (series->columns, series->rows, width, &series->span, first);
  if (end <= first + 1)
    return;
  g_autofree VmmPixelColumn *others = g_new (VmmPixelColumn, width);
  for (guint i = first + 1; i < end; i++) {
    vmm_columns_scan (others, series->rows, width, &series->span, i);
    vmm_columns_join (series->columns, others, width);
  }
}

static void
paint_lanes (Series *series, guint n)
{
  const VmmPlot *plot = series->plot;
  double         height = (double) series->picture.height / plot->scale / n;
  gboolean       has_line = height >= LANE_WITH_LINE;
  VmmColumnStyle style = { plot->colors.line, has_line ? plot->colors.fill : plot->colors.line,
                           (has_line ? plot->line_width : 0.5) * plot->scale };

  series->span.ring = plot->lanes;
  vmm_columns_find (series->rows, series->picture.width, &series->span);
  for (guint lane = 0; lane < n; lane++) {
    VmmPicture picture = get_lane (&series->picture, lane, n);
    scan_lane (series, lane * plot->n_lanes / n, (lane + 1) * plot->n_lanes / n);
    vmm_columns_paint (&picture, series->columns, plot->top, &style);
  }
}

static void
paint_main (Series *series)
{
  static const VmmColor none = { 0 };
  const VmmPlot        *plot = series->plot;
  const VmmStack        stack = { plot->layers, plot->colors.layers, plot->n_layers };

  if (plot->layers)
    vmm_stack_paint (&series->picture, series->rows, &series->span, plot->top, &stack);
  paint (series, plot->main, &plot->colors.line, plot->layers ? &none : &plot->colors.fill, FALSE);
}

static void
paint_second (Series *series)
{
  static const VmmColor none = { 0 };
  const VmmPlot        *plot = series->plot;

  if (plot->secondary >= 0)
    paint (series, plot->secondary, &plot->colors.secondary,
           plot->is_opposed ? &plot->colors.secondary_fill : &none, TRUE);
}

static void
show_picture (const VmmDrawing *d, cairo_surface_t *surface)
{
  cairo_surface_mark_dirty (surface);
  cairo_surface_set_device_scale (surface, d->plot->scale, d->plot->scale);
  cairo_set_source_surface (d->pen.cr, surface, d->frame.left, d->frame.top);
  cairo_pattern_set_filter (cairo_get_source (d->pen.cr), CAIRO_FILTER_NEAREST);
  cairo_paint (d->pen.cr);
}

static cairo_surface_t *
draw_series (const VmmDrawing *d)
{
  const VmmPlot *plot = d->plot;
  guint          scale = (guint) plot->scale;
  guint          width = (guint) (d->frame.right - d->frame.left) * scale;
  guint          height = (guint) (d->frame.bottom - d->frame.top) * scale;
  gint64         max_gap_us = (gint64) (MAX_GAP_INTERVALS * (double) plot->interval_us);
  Series         series = { .plot = plot };

  vmm_column_span_init (&series.span, plot->ring, plot->begin_us, plot->end_us, width, max_gap_us);
  g_autofree guint          *rows = series.rows = g_new (guint, width + 1);
  g_autofree VmmPixelColumn *columns = series.columns = g_new (VmmPixelColumn, width);
  vmm_columns_find (rows, width, &series.span);
  vmm_marks_draw_measured (d);
  vmm_marks_draw_bursts (d, rows, width);
  vmm_marks_draw_pauses (d, rows, width, max_gap_us);

  /* In memory that the display server reads from, where it can. */
  cairo_surface_t *surface = cairo_surface_create_similar_image (
      cairo_get_target (d->pen.cr), CAIRO_FORMAT_ARGB32, (int) width, (int) height);
  series.picture = (VmmPicture){ (guint32 *) (void *) cairo_image_surface_get_data (surface), width,
                                 height, cairo_image_surface_get_stride (surface) / 4 };
  if (series.picture.pixels) {
    if (plot->lanes) {
      paint_lanes (&series, vmm_drawing_count_lanes (d));
    } else {
      paint_main (&series);
      vmm_marks_draw_gaps (d, rows, columns, width);
      paint_second (&series);
    }
    show_picture (d, surface);
  }
  return surface;
}

/* ---- Crosshair */

static void
draw_dot (const VmmDrawing *d, double x, float value, gboolean is_second, const VmmColor *color)
{
  if (isnan (value))
    return;
  double y = vmm_drawing_get_y (d, value, is_second);
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
  if (row < vmm_ring_get_length (plot->ring) && !plot->lanes) {
    draw_dot (d, x + 0.5, vmm_ring_get (plot->ring, row, (guint) plot->main), FALSE,
              &plot->colors.line);
    if (plot->secondary >= 0)
      draw_dot (d, x + 0.5, vmm_ring_get (plot->ring, row, (guint) plot->secondary), TRUE,
                &plot->colors.secondary);
  }
}

static gboolean
begin (VmmDrawing *d, const VmmPlot *plot, cairo_t *cr, PangoLayout *layout, double width,
       double height)
{
  g_return_val_if_fail (plot->end_us > plot->begin_us && plot->top > 0 && plot->scale >= 1, FALSE);

  VmmFrame frame = { .top = plot->metrics.height,
                     .bottom = floor (height - plot->metrics.height - VMM_PAD),
                     .begin = (double) plot->begin_us,
                     .end = (double) plot->end_us,
                     .high = plot->top };

  vmm_plot_get_extent (width, &frame.left, &frame.right);
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
  vmm_marks_draw_ahead (&d);
  draw_crosshair (&d);
  return series;
}
