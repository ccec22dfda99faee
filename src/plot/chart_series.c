/* SPDX-License-Identifier: MIT */
/* chart_series: the graphs of one run, or of two laid over each other. */
#include "chart_private.h"

#include <glib/gi18n-lib.h>

#include "vmm/axis.h"
#include "vmm/language.h"

#define TWO_COLUMNS 360.0 /* from this width on */
#define HEIGHT 96.0       /* of a graph's axes */
#define SAMPLE 24.0       /* of a line, in the key */

static const double dash[] = { 5, 3 };

static void
set_line (const VmmChartDrawing *d, guint run, const VmmColor *color)
{
  vmm_pen_set_color (&d->pen, color);
  cairo_set_line_width (d->pen.cr, 1.5);
  cairo_set_line_join (d->pen.cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (d->pen.cr, dash, run ? G_N_ELEMENTS (dash) : 0, 0);
}

/* ---- Key */

static double
draw_key (const VmmChartDrawing *d, double y)
{
  double x = 0;

  for (guint run = 0; run < 2; run++) {
    const char *name = d->chart->names[run];
    double      room = d->pen.width / 2 - SAMPLE - 3 * VMM_CHART_GAP;
    if (d->pen.cr) {
      set_line (d, run, &d->colors->text);
      cairo_move_to (d->pen.cr, x, round (y + d->pen.line_height / 2) + 0.5);
      cairo_rel_line_to (d->pen.cr, SAMPLE, 0);
      cairo_stroke (d->pen.cr);
    }
    x += SAMPLE + VMM_CHART_GAP;
    vmm_pen_fit (&d->pen, name, &d->colors->text, x, y, 0, room);
    x += MIN (vmm_pen_measure (&d->pen, name), room) + 3 * VMM_CHART_GAP;
  }
  return y + d->pen.line_height + VMM_CHART_GAP;
}

/* ---- Graph */

static gboolean
has_value (const VmmChart *chart, int channel)
{
  gboolean any = FALSE;

  for (guint run = 0; run < 2 && chart->runs[run]; run++)
    any |= vmm_result_get_summary (chart->runs[run], (VmmChannelId) channel)->present > 0;
  return any;
}

/* As vmm_readout_main(), of runs. */
static VmmChannelId
choose_channel (const VmmChart *chart, VmmMetric metric)
{
  const VmmMetricInfo *info = vmm_metric (metric);
  gboolean             stands_in =
      info->stands_in && !has_value (chart, info->main) && has_value (chart, info->secondary);

  return (VmmChannelId) (stands_in ? info->secondary : info->main);
}

/* Sets the end and the upper edge. FALSE: there is nothing to see. */
static gboolean
find_extent (const VmmChart *chart, VmmChannelId channel, VmmFrame *frame)
{
  gboolean any = FALSE;
  double   high = 0;

  frame->end = 1;
  for (guint run = 0; run < 2 && chart->runs[run]; run++) {
    guint        n;
    const float *times = vmm_result_get_times (chart->runs[run], &n);
    const float *values = vmm_result_get_series (chart->runs[run], channel);
    for (guint i = 0; values && i < n; i++) {
      high = fmax (high, values[i]);
      any |= !isnan (values[i]);
    }
    if (n > 0)
      frame->end = MAX (frame->end, times[n - 1]);
  }
  frame->high =
      strcmp (vmm_channel (channel)->unit, "%") == 0 ? 100 : vmm_axis_round_top (0, high, 0.1);
  return any;
}

/* Why there is nothing to see, in the middle of it. */
static void
write_reason (const VmmChartDrawing *d, const VmmFrame *frame, VmmChannelId channel)
{
  const char      *stored = vmm_result_get_reason (d->chart->runs[0], channel).sentence;
  g_autofree char *reason = stored ? vmm_say (stored) : NULL;

  vmm_pen_fit (&d->pen, reason ? reason : _ ("no values"), &d->colors->quiet,
               (frame->left + frame->right) / 2,
               (frame->top + frame->bottom) / 2 - d->pen.line_height, 0.5,
               frame->right - frame->left);
}

/* An absent value lifts the pen. */
static void
draw_line (const VmmChartDrawing *d, const VmmFrame *frame, VmmChannelId channel, guint run)
{
  guint        n;
  const float *times = vmm_result_get_times (d->chart->runs[run], &n);
  const float *values = vmm_result_get_series (d->chart->runs[run], channel);
  VmmHue       hue = vmm_metric (vmm_channel (channel)->metric)->hue;
  cairo_t     *cr = d->pen.cr;

  set_line (d, run, run ? &d->colors->second[hue] : &d->colors->hues[hue]);
  cairo_new_path (cr);
  for (guint i = 0; values && i < n; i++)
    if (isnan (values[i]))
      cairo_new_sub_path (cr);
    else
      cairo_line_to (cr, vmm_frame_get_x (frame, times[i]), vmm_frame_get_y (frame, values[i]));
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static char *
format_title (VmmChannelId channel)
{
  return g_strdup_printf (C_ ("title, unit", "%1$s, %2$s"), _ (vmm_channel (channel)->title),
                          _ (vmm_channel (channel)->unit));
}

static void
draw_graph (const VmmChartDrawing *d, VmmMetric metric, double x, double y, double width)
{
  VmmChannelId     channel = choose_channel (d->chart, metric);
  const VmmColor  *ink = &d->colors->quiet;
  g_autofree char *title = format_title (channel);
  double           labels = vmm_pen_measure (&d->pen, "10000") + VMM_CHART_GAP;
  double           top = y + 1.5 * d->pen.line_height, below = top + HEIGHT + 2;
  VmmFrame         frame = { x + labels, x + width, top, top + HEIGHT, 0, 0, 0 };
  gboolean         any = find_extent (d->chart, channel, &frame);
  g_autofree char *high = g_strdup_printf ("%g", frame.high);
  g_autofree char *end = vmm_axis_format_span ((gint64) (frame.end * G_USEC_PER_SEC));
  double           room = frame.right - frame.left, half = d->pen.line_height / 2;

  vmm_pen_fit (&d->pen, title, &d->colors->text, x, y, 0, width);
  for (guint i = 0; i <= 2; i++)
    vmm_pen_fill (&d->pen, &d->colors->grid, frame.left, top + i * HEIGHT / 2, room, 1);
  vmm_pen_fit (&d->pen, high, ink, frame.left - VMM_CHART_GAP, top - half, 1, labels);
  vmm_pen_fit (&d->pen, "0", ink, frame.left - VMM_CHART_GAP, frame.bottom - half, 1, labels);
  vmm_pen_fit (&d->pen, "0", ink, frame.left, below, 0, room);
  vmm_pen_fit (&d->pen, end, ink, frame.right, below, 1, room);
  if (!any)
    write_reason (d, &frame, channel);
  for (guint run = 0; run < 2 && d->pen.cr && d->chart->runs[run]; run++)
    draw_line (d, &frame, channel, run);
}

/* Two where their titles are not cut. */
static guint
choose_columns (const VmmChartDrawing *d)
{
  double width = (MAX (TWO_COLUMNS, d->pen.width) - 3 * VMM_CHART_GAP) / 2;

  for (int graph = 0; graph < VMM_N_GRAPHS; graph++) {
    g_autofree char *title = format_title (vmm_metric (vmm_graph_metric (graph))->main);
    if (vmm_pen_measure (&d->pen, title) > width)
      return 1;
  }
  return d->pen.width >= TWO_COLUMNS ? 2 : 1;
}

/* What few machines have is drawn of those. */
static gboolean
exists (const VmmChart *chart, VmmMetric metric)
{
  return !vmm_metric (metric)->is_rare || has_value (chart, (int) choose_channel (chart, metric));
}

double
vmm_chart_draw_series (const VmmChartDrawing *d, double y)
{
  guint  columns = choose_columns (d);
  double width = (d->pen.width - (columns - 1) * 3 * VMM_CHART_GAP) / columns;
  double height = HEIGHT + 2.5 * d->pen.line_height + 2 * VMM_CHART_GAP;

  if (!d->chart->runs[0])
    return y;
  y += 2 * VMM_CHART_GAP;
  if (d->chart->runs[1])
    y = draw_key (d, y);
  guint n = 0;
  for (guint i = 0; i < VMM_N_GRAPHS; i++) {
    guint row = n / columns, column = n % columns;
    if (!exists (d->chart, vmm_graph_metric (i)))
      continue;
    draw_graph (d, vmm_graph_metric (i), column * (width + 3 * VMM_CHART_GAP), y + row * height,
                width);
    n++;
  }
  guint rows = (n + columns - 1) / columns;
  return y + rows * height;
}
