/* SPDX-License-Identifier: MIT */
/* graph_paint: the graph's picture: the paper that stays, and on it what the newest row says. */
#include "graph_private.h"

#include <math.h>
#include <string.h>

#include "vmm/axis.h"
#include "vmm/readout.h"
#include "style.h"

#define LINE_WIDTH 1.6 /* of the series */

static double
get_baseline (VmmGraph *graph, VmmGraphText text)
{
  return (double) pango_layout_get_baseline (graph->texts[text]) / PANGO_SCALE;
}

/* `x` from the side where reading begins. */
static double
get_left (VmmGraph *graph, double x, double extent, double all)
{
  return gtk_widget_get_direction (GTK_WIDGET (graph)) == GTK_TEXT_DIR_RTL ? all - x - extent : x;
}

static void
show_text (VmmGraph *graph, cairo_t *cr, VmmGraphText text, double x, double baseline)
{
  vmm_style_set_source (cr, &graph->text_colors[text]);
  cairo_move_to (cr, round (x), round (baseline - get_baseline (graph, text)));
  pango_cairo_show_layout (cr, graph->texts[text]);
}

/* ---- The plot's figures */

/* Round in the unit that it is labelled in. */
static double
round_top (VmmGraph *graph, double high)
{
  const VmmMetricInfo *info = vmm_metric (graph->metric);
  const char          *unit = vmm_channel (info->main)->unit;
  double               scale = vmm_units_scale (graph->units, unit, high);
  double top = scale * vmm_axis_round_top (graph->top / scale, high / scale, info->least);

  if (vmm_units_scale (graph->units, unit, top) == scale)
    return top;
  scale = vmm_units_scale (graph->units, unit, top);
  return scale * vmm_axis_round_top (graph->top / scale, high / scale, info->least);
}

static double
get_top (VmmGraph *graph, const VmmPlot *plot)
{
  const VmmMetricInfo *info = vmm_metric (graph->metric);
  guint                first = vmm_ring_find (plot->ring, plot->begin_us);
  guint                end = vmm_ring_find (plot->ring, plot->end_us + 1);
  float                low, high = 0, second = 0;

  if (info->top > 0)
    return info->top;
  vmm_ring_get_extremes (plot->ring, (guint) plot->main, first, end, &low, &high);
  if (plot->secondary >= 0)
    vmm_ring_get_extremes (plot->ring, (guint) plot->secondary, first, end, &low, &second);
  return graph->top = round_top (graph, MAX (high, second));
}

static void
label (VmmGraph *graph, VmmPlot *plot)
{
  const VmmMetricInfo *info = vmm_metric (graph->metric);
  const char          *unit = vmm_channel (info->main)->unit;

  plot->unit = vmm_units_scale (graph->units, unit, plot->top);
  plot->unit_name = plot->is_opposed ? vmm_units_read (graph->units, plot->top)
                                     : vmm_units_name (graph->units, unit, plot->top);
  plot->opposed_name = vmm_units_written (graph->units, plot->top);
  plot->from_right = gtk_widget_get_direction (GTK_WIDGET (graph)) == GTK_TEXT_DIR_RTL;
}

/* The first that is said of what this graph shows. */
static void
add_forecast (VmmGraph *graph, VmmPlot *plot)
{
  const VmmOutlook *outlook = vmm_session_get_outlook (graph->session);
  double            soonest_s = INFINITY;

  for (guint i = 0; outlook && i < VMM_N_OUTLOOKS; i++) {
    VmmOutlookItem item;
    if (vmm_channel (vmm_outlook_channel ((VmmOutlookSubject) i))->metric != graph->metric)
      continue;
    vmm_outlook_get_item (outlook, (VmmOutlookSubject) i, &item);
    if (item.why != VMM_OUTLOOK_SAID || item.when_s >= soonest_s)
      continue;
    soonest_s = item.when_s;
    plot->ahead_us = plot->now_us + (gint64) (item.when_s * G_USEC_PER_SEC);
    plot->ahead_low_us = plot->now_us + (gint64) (item.low_s * G_USEC_PER_SEC);
    plot->ahead_high_us = plot->now_us + (gint64) (item.high_s * G_USEC_PER_SEC);
  }
}

static VmmPlot
make_plot (VmmGraph *graph)
{
  const VmmMetricInfo *info = vmm_metric (graph->metric);
  VmmSession          *session = graph->session;
  VmmWindow            window = { 0 };
  VmmPlot              plot = {
                 .ring = vmm_session_get_ring (session),
                 .lost = VMM_CHANNEL_CLOCK_LOST,
                 .interval_us = (gint64) vmm_session_get_plan (session)->interval_ms * 1000,
                 .reason = graph->said,
                 .crosshair_us = vmm_time_view_get_crosshair (graph->view),
                 .colors = graph->colors,
                 .metrics = graph->metrics,
                 .measured = graph->texts[VMM_GRAPH_MEASURED],
                 .layers = info->layers,
                 .n_layers = info->n_layers,
                 .is_opposed = info->is_opposed,
                 .line_width = LINE_WIDTH,
                 .scale = gtk_widget_get_scale_factor (GTK_WIDGET (graph)),
  };

  plot.main = (int) vmm_graph_get_main (graph, &plot.secondary);
  if (plot.layers)
    plot.secondary = -1;
  if (graph->shows_cores) {
    plot.lanes = graph->cores.ring;
    plot.n_lanes = graph->cores.n;
  }
  plot.bursts = vmm_channel_bursts (&plot.n_bursts);
  vmm_graph_get_span (graph, &plot.begin_us, &plot.end_us, &plot.now_us);
  add_forecast (graph, &plot);
  plot.top = get_top (graph, &plot);
  label (graph, &plot);
  if (vmm_session_get_state (session) != VMM_SESSION_IDLE)
    vmm_session_get_window (session, &window);
  plot.measured_begin_us = window.start_us;
  plot.measured_end_us = MIN (window.end_us, plot.now_us);
  return plot;
}

/* ---- The paper */

/* Has the letters that rows are told with rendered now, out of sight, and not among the probes. */
static void
warm_letters (VmmGraph *graph, cairo_t *cr, VmmGraphText text, const char *letters)
{
  PangoLayout *layout = pango_layout_copy (graph->texts[text]);

  pango_layout_set_text (layout, letters, -1);
  cairo_move_to (cr, 0, 0);
  pango_cairo_show_layout (cr, layout);
  g_object_unref (layout);
}

/* Opaque, so that it is laid down without blending: behind its round corners is the window. */
static void
paint_paper (VmmGraph *graph, cairo_t *cr, const VmmPlot *plot, int width, int height)
{
  GtkWidget       *widget = GTK_WIDGET (graph);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRectangle     content = vmm_graph_get_content (graph);
  int              header = vmm_graph_get_header_height (graph);
  double           baseline = get_baseline (graph, VMM_GRAPH_VALUE);

  warm_letters (graph, cr, VMM_GRAPH_VALUE, "0123456789.–");
  warm_letters (graph, cr, VMM_GRAPH_DETAIL, "0123456789.·%/abcdefghijklmnopqrstuvwxyzSCWJMBG");
  gtk_render_background (gtk_widget_get_style_context (gtk_widget_get_toplevel (widget)), cr, 0, 0,
                         width, height);
  gtk_render_background (context, cr, 0, 0, width, height);
  gtk_render_frame (context, cr, 0, 0, width, height);
  cairo_translate (cr, content.x, content.y);
  int title = vmm_graph_get_text_width (graph, VMM_GRAPH_TITLE);
  int unit = vmm_graph_get_text_width (graph, VMM_GRAPH_UNIT);
  show_text (graph, cr, VMM_GRAPH_TITLE, get_left (graph, 0, title, content.width), baseline);
  show_text (graph, cr, VMM_GRAPH_UNIT, get_left (graph, content.width - unit, unit, content.width),
             baseline);
  if (!plot)
    return;
  cairo_translate (cr, 0, header);
  vmm_plot_draw_axes (plot, cr, graph->texts[VMM_GRAPH_AXIS], content.width,
                      content.height - header);
}

static gboolean
is_same (const VmmPaperKey *a, const VmmPaperKey *b)
{
  return a->width == b->width && a->height == b->height && a->scale == b->scale &&
         a->top == b->top && a->lanes == b->lanes && a->span_us == b->span_us &&
         a->behind_us == b->behind_us;
}

/* `plot` NULL: there is no session. */
static void
ensure_paper (VmmGraph *graph, const VmmPlot *plot)
{
  GtkWidget  *widget = GTK_WIDGET (graph);
  VmmPaperKey key = { .width = gtk_widget_get_allocated_width (widget),
                      .height = gtk_widget_get_allocated_height (widget),
                      .scale = gtk_widget_get_scale_factor (widget) };

  if (plot) {
    key.top = plot->top;
    key.lanes = plot->lanes ? plot->n_lanes : 0;
    key.span_us = plot->end_us - plot->begin_us;
    key.behind_us = plot->now_us - plot->end_us;
  }
  if (graph->paper && is_same (&key, &graph->paper_key))
    return;
  g_clear_pointer (&graph->paper, cairo_surface_destroy);
  graph->paper = gdk_window_create_similar_surface (gtk_widget_get_window (widget),
                                                    CAIRO_CONTENT_COLOR, key.width, key.height);
  graph->paper_key = key;
  cairo_t *cr = cairo_create (graph->paper);
  paint_paper (graph, cr, plot, key.width, key.height);
  cairo_destroy (cr);
}

/* ---- What the newest row says */

/* What the crosshair stands at, in the place of the quiet line: over the plot it would hide it. */
static gboolean
set_readout (VmmGraph *graph)
{
  gint64 at_us = vmm_time_view_get_crosshair (graph->view);
  guint  newest;

  if (at_us == VMM_PLOT_NO_TIME || !vmm_graph_get_newest (graph, &newest))
    return FALSE;
  guint row = vmm_ring_find (vmm_session_get_ring (graph->session), at_us);
  if (row > newest)
    return FALSE;
  g_autofree char *words = vmm_graph_say_row (graph, row);
  pango_layout_set_text (graph->texts[VMM_GRAPH_READOUT], words, -1);
  return TRUE;
}

static void
paint_words (VmmGraph *graph, cairo_t *cr, double width)
{
  VmmGraphText text = set_readout (graph) ? VMM_GRAPH_READOUT : VMM_GRAPH_DETAIL;
  double       baseline = get_baseline (graph, VMM_GRAPH_VALUE);
  double       lower =
      vmm_graph_get_text_height (graph, VMM_GRAPH_VALUE) + get_baseline (graph, VMM_GRAPH_DETAIL);
  int    value = vmm_graph_get_text_width (graph, VMM_GRAPH_VALUE);
  double value_x = width - vmm_graph_get_text_width (graph, VMM_GRAPH_UNIT) - VMM_GRAPH_GAP - value;

  show_text (graph, cr, VMM_GRAPH_VALUE, get_left (graph, value_x, value, width), baseline);
  vmm_graph_fit_line (graph, (int) width);
  pango_layout_set_width (graph->texts[VMM_GRAPH_READOUT], (int) width * PANGO_SCALE);
  show_text (graph, cr, text, 0, lower);
}

void
vmm_graph_end_paint (VmmGraph *graph)
{
  g_clear_pointer (&graph->series, cairo_surface_destroy);
}

gboolean
vmm_graph_paint (VmmGraph *graph, cairo_t *cr)
{
  GtkWidget   *widget = GTK_WIDGET (graph);
  GdkRectangle content = vmm_graph_get_content (graph);
  VmmPlot      plot = { 0 };

  vmm_graph_ensure_style (graph);
  if (graph->session)
    plot = make_plot (graph);
  ensure_paper (graph, graph->session ? &plot : NULL);
  cairo_set_source_surface (cr, graph->paper, 0, 0);
  cairo_paint (cr);
  if (gtk_widget_has_visible_focus (widget))
    gtk_render_focus (gtk_widget_get_style_context (widget), cr, 2, 2, graph->paper_key.width - 4,
                      graph->paper_key.height - 4);
  cairo_translate (cr, content.x, content.y);
  paint_words (graph, cr, content.width);
  if (graph->session) {
    int header = vmm_graph_get_header_height (graph);

    cairo_translate (cr, 0, header);
    vmm_graph_end_paint (graph);
    graph->series = vmm_plot_draw_data (&plot, cr, graph->texts[VMM_GRAPH_AXIS], content.width,
                                        content.height - header);
  }
  return GDK_EVENT_PROPAGATE;
}
