/* SPDX-License-Identifier: MIT */
/* chart_series: the four graphs of one run, or of two laid over each other. */
#include "chart_private.h"

#include <glib/gi18n-lib.h>

#include "plot.h"
#include "vmm/language.h"

#define TWO_COLUMNS 360.0 /* from this width on */
#define HEIGHT 96.0       /* of a graph's axes */
#define SAMPLE 24.0       /* of a line, in the key */

static const double dash[] = { 5, 3 };

static VmmChannelId
get_main_channel (VmmMetric metric)
{
  guint id = 0;

  while (vmm_channel ((VmmChannelId) id)->metric != metric ||
         vmm_channel ((VmmChannelId) id)->role != VMM_ROLE_MAIN)
    id++;
  return (VmmChannelId) id;
}

static void
set_line (const VmmChartPen *pen, guint run, const VmmColor *color)
{
  vmm_chart_set_color (pen, color);
  cairo_set_line_width (pen->cr, 1.5);
  cairo_set_line_join (pen->cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (pen->cr, dash, run ? G_N_ELEMENTS (dash) : 0, 0);
}

/* ---- Key */

static double
draw_key (const VmmChartPen *pen, double y)
{
  double x = 0;

  for (guint run = 0; run < 2; run++) {
    const char *name = pen->chart->names[run];
    double      room = pen->width / 2 - SAMPLE - 3 * VMM_CHART_GAP;
    if (pen->cr) {
      set_line (pen, run, &pen->colors->text);
      cairo_move_to (pen->cr, x, round (y + pen->line_height / 2) + 0.5);
      cairo_rel_line_to (pen->cr, SAMPLE, 0);
      cairo_stroke (pen->cr);
    }
    x += SAMPLE + VMM_CHART_GAP;
    vmm_chart_write (pen, name, &pen->colors->text, x, y, 0, room);
    x += MIN (vmm_chart_measure (pen, name), room) + 3 * VMM_CHART_GAP;
  }
  return y + pen->line_height + VMM_CHART_GAP;
}

/* ---- Graph */

typedef struct {
  double   left, right, top, bottom;
  double   end_s, high; /* at the right and the upper edge */
  gboolean empty;
} Axes;

static void
find_extent (const VmmChart *chart, VmmChannelId channel, Axes *axes)
{
  double high = 0;

  axes->end_s = 1;
  axes->empty = TRUE;
  for (guint run = 0; run < 2 && chart->runs[run]; run++) {
    guint        n;
    const float *times = vmm_result_get_times (chart->runs[run], &n);
    const float *values = vmm_result_get_series (chart->runs[run], channel);
    for (guint i = 0; values && i < n; i++) {
      high = fmax (high, values[i]);
      axes->empty &= (gboolean) isnan (values[i]);
    }
    if (n > 0)
      axes->end_s = MAX (axes->end_s, times[n - 1]);
  }
  axes->high =
      strcmp (vmm_channel (channel)->unit, "%") == 0 ? 100 : vmm_plot_round_top (0, high, 0.1);
}

/* Why there is nothing to see, in the middle of it. */
static void
write_reason (const VmmChartPen *pen, const Axes *axes, VmmChannelId channel)
{
  const char      *stored = vmm_result_get_reason (pen->chart->runs[0], channel);
  g_autofree char *reason = stored ? vmm_say (stored) : NULL;

  vmm_chart_write (
      pen, reason ? reason : _ ("no values"), &pen->colors->quiet, (axes->left + axes->right) / 2,
      (axes->top + axes->bottom) / 2 - pen->line_height, 0.5, axes->right - axes->left);
}

/* An absent value lifts the pen. */
static void
draw_line (const VmmChartPen *pen, const Axes *axes, VmmChannelId channel, guint run)
{
  guint        n;
  const float *times = vmm_result_get_times (pen->chart->runs[run], &n);
  const float *values = vmm_result_get_series (pen->chart->runs[run], channel);
  guint        group = 1 + vmm_channel (channel)->metric;

  set_line (pen, run, run ? &pen->colors->second[group] : &pen->colors->bars[group]);
  cairo_new_path (pen->cr);
  for (guint i = 0; values && i < n; i++) {
    double x = axes->left + times[i] / axes->end_s * (axes->right - axes->left);
    double y = axes->bottom - CLAMP (values[i] / axes->high, 0, 1) * (axes->bottom - axes->top);
    if (isnan (values[i]))
      cairo_new_sub_path (pen->cr);
    else
      cairo_line_to (pen->cr, x, y);
  }
  cairo_stroke (pen->cr);
  cairo_set_dash (pen->cr, NULL, 0, 0);
}

static char *
format_title (VmmChannelId channel)
{
  return g_strdup_printf (C_ ("title, unit", "%1$s, %2$s"), _ (vmm_channel (channel)->title),
                          _ (vmm_channel (channel)->unit));
}

static void
draw_graph (const VmmChartPen *pen, guint metric, double x, double y, double width)
{
  VmmChannelId     channel = get_main_channel ((VmmMetric) metric);
  g_autofree char *title = format_title (channel);
  double           labels = vmm_chart_measure (pen, "10000") + VMM_CHART_GAP;
  Axes             axes = { x + labels, x + width, y + 1.5 * pen->line_height, 0, 0, 0, FALSE };

  axes.bottom = axes.top + HEIGHT;
  find_extent (pen->chart, channel, &axes);
  g_autofree char *high = g_strdup_printf ("%g", axes.high);
  g_autofree char *end = vmm_plot_format_span ((gint64) (axes.end_s * G_USEC_PER_SEC));
  double           room = axes.right - axes.left;
  vmm_chart_write (pen, title, &pen->colors->text, x, y, 0, width);
  for (guint i = 0; i <= 2; i++)
    vmm_chart_fill (pen, &pen->colors->grid, axes.left, axes.top + i * HEIGHT / 2, room, 1);
  vmm_chart_write (pen, high, &pen->colors->quiet, axes.left - VMM_CHART_GAP,
                   axes.top - pen->line_height / 2, 1, labels);
  vmm_chart_write (pen, "0", &pen->colors->quiet, axes.left - VMM_CHART_GAP,
                   axes.bottom - pen->line_height / 2, 1, labels);
  vmm_chart_write (pen, "0", &pen->colors->quiet, axes.left, axes.bottom + 2, 0, room);
  vmm_chart_write (pen, end, &pen->colors->quiet, axes.right, axes.bottom + 2, 1, room);
  if (axes.empty)
    write_reason (pen, &axes, channel);
  for (guint run = 0; run < 2 && pen->cr && pen->chart->runs[run]; run++)
    draw_line (pen, &axes, channel, run);
}

/* Two where their titles are not cut. */
static guint
choose_columns (const VmmChartPen *pen)
{
  double width = (MAX (TWO_COLUMNS, pen->width) - 3 * VMM_CHART_GAP) / 2;

  for (guint metric = 0; metric < VMM_N_CATEGORIES; metric++) {
    g_autofree char *title = format_title (get_main_channel ((VmmMetric) metric));
    if (vmm_chart_measure (pen, title) > width)
      return 1;
  }
  return pen->width >= TWO_COLUMNS ? 2 : 1;
}

double
vmm_chart_draw_series (const VmmChartPen *pen, double y)
{
  guint  columns = choose_columns (pen);
  double width = (pen->width - (columns - 1) * 3 * VMM_CHART_GAP) / columns;
  double height = HEIGHT + 2.5 * pen->line_height + 2 * VMM_CHART_GAP;

  if (!pen->chart->runs[0])
    return y;
  y += 2 * VMM_CHART_GAP;
  if (pen->chart->runs[1])
    y = draw_key (pen, y);
  for (guint metric = 0; metric < VMM_N_CATEGORIES; metric++) {
    guint row = metric / columns, column = metric % columns;
    draw_graph (pen, metric, column * (width + 3 * VMM_CHART_GAP), y + row * height, width);
  }
  guint rows = VMM_N_CATEGORIES / columns;
  return y + rows * height;
}
