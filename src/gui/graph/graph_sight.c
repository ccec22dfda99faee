/* SPDX-License-Identifier: MIT */
/* graph_sight: what is to be seen of a graph, where, in which fonts and colours. */
#include "graph_private.h"

#include <glib/gi18n-lib.h>

#include "style.h"

/* ---- Time */

gboolean
vmm_graph_get_newest (const VmmGraph *graph, guint *ret_row)
{
  guint length = graph->session ? vmm_ring_get_length (vmm_session_get_ring (graph->session)) : 0;

  if (length == 0)
    return FALSE;
  *ret_row = length - 1;
  return TRUE;
}

VmmChannelId
vmm_graph_get_main (const VmmGraph *graph, int *ret_secondary)
{
  const VmmRing *ring = graph->session ? vmm_session_get_ring (graph->session) : NULL;

  return vmm_readout_main (ring, graph->metric, ret_secondary);
}

VmmReadout
vmm_graph_read (const VmmGraph *graph, guint row)
{
  const VmmSession *session = graph->session;
  VmmDescription    sources;
  VmmReadout        readout = {
           .ring = vmm_session_get_ring (session),
           .row = row,
           .reason = vmm_session_get_reason (session, vmm_graph_get_main (graph, NULL)).sentence,
           .memory_bytes = (double) vmm_session_get_host (session)->memory_bytes,
           .units = graph->units,
  };

  vmm_session_describe (session, &sources);
  readout.ping = sources.ping;
  return readout;
}

char *
vmm_graph_say_row (const VmmGraph *graph, guint row)
{
  const VmmReadout readout = vmm_graph_read (graph, row);
  gint64           sampled_us = vmm_ring_get_time (readout.ring, row);

  return vmm_readout_at (&readout, graph->metric,
                         sampled_us + g_get_real_time () - g_get_monotonic_time ());
}

void
vmm_graph_get_span (const VmmGraph *graph, gint64 *ret_begin_us, gint64 *ret_end_us,
                    gint64 *ret_now_us)
{
  gint64 span_us = vmm_time_view_get_span (graph->view);
  gint64 end_us = vmm_time_view_get_end (graph->view);
  guint  row;

  *ret_now_us = span_us;
  if (vmm_graph_get_newest (graph, &row))
    *ret_now_us = vmm_ring_get_time (vmm_session_get_ring (graph->session), row);
  *ret_end_us =
      end_us == VMM_PLOT_NO_TIME ? *ret_now_us + vmm_time_view_get_ahead (graph->view) : end_us;
  *ret_begin_us = *ret_end_us - span_us;
}

/* ---- Place */

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

int
vmm_graph_get_text_width (VmmGraph *graph, VmmGraphText text)
{
  int width;

  pango_layout_get_pixel_size (graph->texts[text], &width, NULL);
  return width;
}

int
vmm_graph_get_text_height (VmmGraph *graph, VmmGraphText text)
{
  int height;

  pango_layout_get_pixel_size (graph->texts[text], NULL, &height);
  return height;
}

int
vmm_graph_get_header_height (VmmGraph *graph)
{
  return vmm_graph_get_text_height (graph, VMM_GRAPH_VALUE) +
         vmm_graph_get_text_height (graph, VMM_GRAPH_DETAIL) + (int) VMM_GRAPH_GAP;
}

/* ---- Style */

static const char *const text_classes[VMM_GRAPH_N_TEXTS] = { "title",   "value", "unit", "detail",
                                                             "readout", "axis",  "axis" };

void
vmm_graph_ensure_style (VmmGraph *graph)
{
  GtkWidget           *widget = GTK_WIDGET (graph);
  const VmmMetricInfo *info = vmm_metric (graph->metric);

  if (graph->styled)
    return;
  for (guint text = 0; text < VMM_GRAPH_N_TEXTS; text++) {
    vmm_style_set_font (widget, text_classes[text], &graph->texts[text]);
    graph->text_colors[text] = vmm_style_get_color (widget, text_classes[text]);
  }
  pango_layout_set_ellipsize (graph->texts[VMM_GRAPH_DETAIL], PANGO_ELLIPSIZE_END);
  pango_layout_set_ellipsize (graph->texts[VMM_GRAPH_READOUT], PANGO_ELLIPSIZE_END);
  graph->colors = (VmmPlotColors){
    .text = graph->text_colors[VMM_GRAPH_TITLE],
    .quiet = graph->text_colors[VMM_GRAPH_AXIS],
    .grid = vmm_style_get_color (widget, "grid"),
    .background = vmm_style_get_background (widget, NULL),
    .line = vmm_style_get_color (widget, "series"),
    .fill = vmm_style_get_background (widget, "series"),
    .secondary = vmm_style_get_color (widget, "secondary"),
    .pause = vmm_style_get_color (widget, "pause"),
    .crosshair = vmm_style_get_color (widget, "crosshair"),
    .secondary_fill = vmm_style_get_background (widget, "secondary"),
  };
  for (guint i = 0; i < info->n_layers; i++)
    graph->colors.layers[i] = vmm_style_get_background (widget, info->layers[i].part);
  vmm_graph_style_keys (graph);
  pango_layout_set_text (graph->texts[VMM_GRAPH_MEASURED],
                         C_ ("over the stretch that the score is of", "measured"), -1);
  vmm_plot_measure (graph->texts[VMM_GRAPH_AXIS], &graph->metrics);
  graph->fitted = 0;
  graph->styled = TRUE;
}
