/* SPDX-License-Identifier: MIT */
/* graph_style: the graph's fonts and colours, asked for once after each change of style. */
#include "graph_private.h"
#include "style.h"

static const char *const text_classes[VMM_GRAPH_N_TEXTS] = { "title",  "value",   "unit",
                                                             "detail", "readout", "axis" };

void
vmm_graph_ensure_style (VmmGraph *graph)
{
  GtkWidget *widget = GTK_WIDGET (graph);

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
  };
  vmm_plot_measure (graph->texts[VMM_GRAPH_AXIS], &graph->metrics);
  graph->styled = TRUE;
}
