/* SPDX-License-Identifier: MIT */
/* graph: title, digits, quiet line and plot of one metric, painted once per sample. */
#include "graph.h"

#include <math.h>

#include "graph_private.h"
#include "readout.h"
#include "style.h"
#include "value_accessible.h"

#define GAP 6.0         /* between things beside each other */
#define LINE_WIDTH 1.6  /* of the series */
#define LINES_OF_TEXT 4 /* that the plot is at least high, */
#define CHARACTERS 28   /* and wide */

G_DEFINE_TYPE (VmmGraph, vmm_graph, GTK_TYPE_DRAWING_AREA)

GdkRectangle
vmm_graph_get_content (VmmGraph *graph)
{
  GtkWidget       *widget = GTK_WIDGET (graph);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GtkBorder        padding;

  gtk_style_context_get_padding (context, gtk_style_context_get_state (context), &padding);
  return (GdkRectangle){
    .x = padding.left,
    .y = padding.top,
    .width = gtk_widget_get_allocated_width (widget) - padding.left - padding.right,
    .height = gtk_widget_get_allocated_height (widget) - padding.top - padding.bottom,
  };
}

static int
get_text_width (VmmGraph *graph, VmmGraphText text)
{
  int width;

  pango_layout_get_pixel_size (graph->texts[text], &width, NULL);
  return width;
}

static int
get_text_height (VmmGraph *graph, VmmGraphText text)
{
  int height;

  pango_layout_get_pixel_size (graph->texts[text], NULL, &height);
  return height;
}

static double
get_baseline (VmmGraph *graph, VmmGraphText text)
{
  return (double) pango_layout_get_baseline (graph->texts[text]) / PANGO_SCALE;
}

static int
get_header_height (VmmGraph *graph)
{
  return get_text_height (graph, VMM_GRAPH_VALUE) + get_text_height (graph, VMM_GRAPH_DETAIL) +
         (int) GAP;
}

/* ---- What is to be seen */

gboolean
vmm_graph_get_newest (VmmGraph *graph, guint *ret_row)
{
  guint length = graph->session ? vmm_ring_get_length (vmm_session_get_ring (graph->session)) : 0;

  if (length == 0)
    return FALSE;
  *ret_row = length - 1;
  return TRUE;
}

void
vmm_graph_get_span (VmmGraph *graph, gint64 *ret_begin_us, gint64 *ret_end_us, gint64 *ret_now_us)
{
  gint64 span_us = vmm_time_view_get_span (graph->view);
  gint64 end_us = vmm_time_view_get_end (graph->view);
  guint  row;

  *ret_now_us = span_us;
  if (vmm_graph_get_newest (graph, &row))
    *ret_now_us = vmm_ring_get_time (vmm_session_get_ring (graph->session), row);
  *ret_end_us = end_us == VMM_PLOT_NO_TIME ? *ret_now_us : end_us;
  *ret_begin_us = *ret_end_us - span_us;
}

static double
get_top (VmmGraph *graph, const VmmPlot *plot)
{
  const VmmReadout *readout = vmm_readout (graph->metric);
  guint             first = vmm_ring_find (plot->ring, plot->begin_us);
  guint             end = vmm_ring_find (plot->ring, plot->end_us + 1);
  float             low, high = 0, second = 0;

  if (readout->top > 0)
    return readout->top;
  vmm_ring_get_extremes (plot->ring, readout->main, first, end, &low, &high);
  vmm_ring_get_extremes (plot->ring, readout->secondary, first, end, &low, &second);
  graph->top = vmm_plot_round_top (graph->top, MAX (high, second), readout->least);
  return graph->top;
}

static void
draw_plot (VmmGraph *graph, cairo_t *cr, double width, double height)
{
  const VmmReadout *readout = vmm_readout (graph->metric);
  VmmSession       *session = graph->session;
  g_autofree char  *words = NULL;
  VmmWindow         window = { 0 };
  VmmPlot           plot = {
              .ring = vmm_session_get_ring (session),
              .main = (int) readout->main,
              .secondary = (int) readout->secondary,
              .lost = VMM_CHANNEL_CLOCK_LOST,
              .interval_us = (gint64) vmm_session_get_plan (session)->interval_ms * 1000,
              .reason = vmm_session_get_reason (session, readout->main),
              .crosshair_us = vmm_time_view_get_crosshair (graph->view),
              .colors = graph->colors,
              .line_width = LINE_WIDTH,
              .scale = gtk_widget_get_scale_factor (GTK_WIDGET (graph)),
  };

  vmm_graph_get_span (graph, &plot.begin_us, &plot.end_us, &plot.now_us);
  plot.top = get_top (graph, &plot);
  if (vmm_session_get_state (session) != VMM_SESSION_IDLE)
    vmm_session_get_window (session, &window);
  plot.measured_begin_us = window.start_us;
  plot.measured_end_us = MIN (window.end_us, plot.now_us);
  if (plot.crosshair_us != VMM_PLOT_NO_TIME) {
    guint row = vmm_ring_find (plot.ring, plot.crosshair_us);
    if (row < vmm_ring_get_length (plot.ring))
      plot.crosshair_text = words = vmm_readout_at (graph->metric, session, row);
  }
  vmm_plot_draw (&plot, cr, graph->texts[VMM_GRAPH_AXIS], width, height);
}

static void
show_text (VmmGraph *graph, cairo_t *cr, VmmGraphText text, double x, double baseline)
{
  const VmmColor *color = &graph->text_colors[text];

  vmm_style_set_source (cr, color);
  cairo_move_to (cr, x, round (baseline - get_baseline (graph, text)));
  pango_cairo_show_layout (cr, graph->texts[text]);
}

/* Two dashes before the quiet line: what its first item looks like in the plot. */
static double
show_sample (VmmGraph *graph, cairo_t *cr, double baseline)
{
  const VmmColor *color = &graph->colors.secondary;
  double          y = round (baseline - get_baseline (graph, VMM_GRAPH_DETAIL) * 0.35);

  vmm_style_set_source (cr, color);
  cairo_rectangle (cr, 0, y, 5, 2);
  cairo_rectangle (cr, 8, y, 5, 2);
  cairo_fill (cr);
  return 13 + GAP;
}

static void
draw_header (VmmGraph *graph, cairo_t *cr, double width)
{
  double baseline = get_baseline (graph, VMM_GRAPH_VALUE);
  double quiet = get_text_height (graph, VMM_GRAPH_VALUE) + get_baseline (graph, VMM_GRAPH_DETAIL);
  double unit_x = width - get_text_width (graph, VMM_GRAPH_UNIT);
  double detail_x = graph->has_secondary ? show_sample (graph, cr, quiet) : 0;

  show_text (graph, cr, VMM_GRAPH_TITLE, 0, baseline);
  show_text (graph, cr, VMM_GRAPH_UNIT, unit_x, baseline);
  show_text (graph, cr, VMM_GRAPH_VALUE, unit_x - GAP - get_text_width (graph, VMM_GRAPH_VALUE),
             baseline);
  pango_layout_set_width (graph->texts[VMM_GRAPH_DETAIL],
                          (int) MAX (0, width - detail_x) * PANGO_SCALE);
  show_text (graph, cr, VMM_GRAPH_DETAIL, detail_x, quiet);
}

static gboolean
on_draw (GtkWidget *widget, cairo_t *cr)
{
  VmmGraph        *graph = VMM_GRAPH (widget);
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  int              width = gtk_widget_get_allocated_width (widget);
  int              height = gtk_widget_get_allocated_height (widget);
  GdkRectangle     content = vmm_graph_get_content (graph);

  vmm_graph_ensure_style (graph);
  gtk_render_background (context, cr, 0, 0, width, height);
  gtk_render_frame (context, cr, 0, 0, width, height);
  if (gtk_widget_has_visible_focus (widget))
    gtk_render_focus (context, cr, 2, 2, width - 4, height - 4);
  cairo_translate (cr, content.x, content.y);
  draw_header (graph, cr, content.width);
  if (graph->session) {
    int header = get_header_height (graph);
    cairo_translate (cr, 0, header);
    draw_plot (graph, cr, content.width, content.height - header);
  }
  return GDK_EVENT_PROPAGATE;
}

/* ---- Size: what the text needs, and a plot that can be read. */

static void
get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  VmmGraph    *graph = VMM_GRAPH (widget);
  GdkRectangle content = vmm_graph_get_content (graph);
  int          padding = gtk_widget_get_allocated_width (widget) - content.width;

  vmm_graph_ensure_style (graph);
  pango_layout_set_text (graph->texts[VMM_GRAPH_AXIS], "0", -1);
  *minimum = padding + MAX (CHARACTERS * get_text_width (graph, VMM_GRAPH_AXIS),
                            get_text_width (graph, VMM_GRAPH_TITLE) + 4 * (int) GAP +
                                get_text_width (graph, VMM_GRAPH_VALUE) +
                                get_text_width (graph, VMM_GRAPH_UNIT));
  *natural = 2 * *minimum;
}

static void
get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  VmmGraph    *graph = VMM_GRAPH (widget);
  GdkRectangle content = vmm_graph_get_content (graph);
  int          padding = gtk_widget_get_allocated_height (widget) - content.height;

  vmm_graph_ensure_style (graph);
  *minimum = padding + get_header_height (graph) +
             LINES_OF_TEXT * get_text_height (graph, VMM_GRAPH_DETAIL);
  *natural = 2 * *minimum;
}

static void
on_style_updated (GtkWidget *widget)
{
  VMM_GRAPH (widget)->styled = FALSE;
  GTK_WIDGET_CLASS (vmm_graph_parent_class)->style_updated (widget);
}

/* ---- Words: for the crosshair's row, or the newest. */

static void
set_description (VmmGraph *graph)
{
  gint64           crosshair_us = vmm_time_view_get_crosshair (graph->view);
  g_autofree char *words = NULL;
  guint            row;

  if (!vmm_graph_get_newest (graph, &row))
    return;
  const VmmRing *ring = vmm_session_get_ring (graph->session);
  if (crosshair_us != VMM_PLOT_NO_TIME) {
    row = MIN (row, vmm_ring_find (ring, crosshair_us));
    words = vmm_readout_at (graph->metric, graph->session, row);
  } else {
    g_autofree char *value = vmm_readout_value (graph->metric, graph->session, row);
    words =
        g_strdup_printf ("%s. %s", value, pango_layout_get_text (graph->texts[VMM_GRAPH_DETAIL]));
  }
  vmm_value_accessible_set (GTK_WIDGET (graph),
                            vmm_ring_get (ring, row, vmm_readout (graph->metric)->main), words);
}

static void
on_view_changed (VmmGraph *graph)
{
  gtk_widget_queue_draw (GTK_WIDGET (graph));
  set_description (graph);
}

static void
dispose (GObject *object)
{
  VmmGraph *graph = VMM_GRAPH (object);

  if (graph->view)
    g_signal_handlers_disconnect_by_data (graph->view, graph);
  g_clear_object (&graph->view);
  for (guint text = 0; text < VMM_GRAPH_N_TEXTS; text++)
    g_clear_object (&graph->texts[text]);
  G_OBJECT_CLASS (vmm_graph_parent_class)->dispose (object);
}

static void
vmm_graph_class_init (VmmGraphClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dispose;
  widget_class->draw = on_draw;
  widget_class->get_preferred_width = get_preferred_width;
  widget_class->get_preferred_height = get_preferred_height;
  widget_class->style_updated = on_style_updated;
  vmm_graph_class_init_input (widget_class);
  gtk_widget_class_set_css_name (widget_class, "graph");
  gtk_widget_class_set_accessible_type (widget_class, vmm_value_accessible_get_type ());
}

static void
vmm_graph_init (VmmGraph *graph)
{
  gtk_widget_set_can_focus (GTK_WIDGET (graph), TRUE);
  gtk_widget_add_events (GTK_WIDGET (graph), GDK_POINTER_MOTION_MASK | GDK_LEAVE_NOTIFY_MASK |
                                                 GDK_BUTTON_PRESS_MASK | GDK_SCROLL_MASK |
                                                 GDK_SMOOTH_SCROLL_MASK | GDK_KEY_PRESS_MASK);
}

/* ---- Text: set when there is a row, shaped once. */

static void
set_text (VmmGraph *graph, VmmGraphText text, const char *words)
{
  if (g_strcmp0 (pango_layout_get_text (graph->texts[text]), words) != 0)
    pango_layout_set_text (graph->texts[text], words, -1);
}

static void
set_texts (VmmGraph *graph)
{
  const VmmReadout *readout = vmm_readout (graph->metric);
  g_autofree char  *value = g_strdup ("–");
  g_autofree char  *detail = g_strdup ("");
  guint             row;

  graph->has_secondary = FALSE;
  if (vmm_graph_get_newest (graph, &row)) {
    const VmmRing *ring = vmm_session_get_ring (graph->session);
    g_free (value);
    value = vmm_readout_format (vmm_ring_get (ring, row, readout->main),
                                vmm_channel (readout->main)->unit);
    g_free (detail);
    detail = vmm_readout_detail (graph->metric, graph->session, row, &graph->has_secondary);
  }
  vmm_graph_ensure_style (graph);
  set_text (graph, VMM_GRAPH_TITLE, readout->title);
  set_text (graph, VMM_GRAPH_VALUE, value);
  set_text (graph, VMM_GRAPH_UNIT, readout->unit);
  set_text (graph, VMM_GRAPH_DETAIL, detail);
}

GtkWidget *
vmm_graph_new (VmmMetric metric, VmmTimeView *view)
{
  VmmGraph *graph = g_object_new (VMM_TYPE_GRAPH, NULL);

  graph->metric = metric;
  graph->view = g_object_ref (view);
  g_signal_connect_swapped (view, "changed", G_CALLBACK (on_view_changed), graph);
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (graph)),
                               vmm_metric_id (metric));
  vmm_value_accessible_set_up (GTK_WIDGET (graph), ATK_ROLE_CHART, vmm_readout (metric)->title,
                               vmm_readout (metric)->top > 0 ? vmm_readout (metric)->top : 1e12);
  set_texts (graph);
  return GTK_WIDGET (graph);
}

void
vmm_graph_set_session (VmmGraph *graph, VmmSession *session)
{
  graph->session = session;
  graph->top = 0;
  vmm_graph_update (graph);
}

void
vmm_graph_update (VmmGraph *graph)
{
  set_texts (graph);
  vmm_graph_follow_pointer (graph);
  gtk_widget_queue_draw (GTK_WIDGET (graph));
  set_description (graph);
}
