/* SPDX-License-Identifier: MIT */
/* graph_touch: what fingers do, and a mouse that drags: pinching zooms, dragging goes through the history. */
#include "graph_private.h"

/* So much further apart, or closer together, are fingers a step. */
#define PINCH 1.4

void
vmm_graph_pinch (VmmGraph *graph, double scale)
{
  if (scale > graph->pinched * PINCH) {
    vmm_graph_zoom (graph, 1);
    graph->pinched = scale;
  } else if (scale * PINCH < graph->pinched) {
    vmm_graph_zoom (graph, -1);
    graph->pinched = scale;
  }
}

static void
on_pinch_begin (VmmGraph *graph)
{
  graph->pinched = 1;
}

/* The time below the finger stays there. */
void
vmm_graph_drag (VmmGraph *graph, double offset)
{
  GdkRectangle content = vmm_graph_get_content (graph);
  double       left, right;

  vmm_plot_get_extent (content.width, &left, &right);
  if (right > left)
    vmm_graph_pan (graph, (graph->dragged - offset) / (right - left));
  graph->dragged = offset;
}

static void
on_drag_begin (VmmGraph *graph)
{
  graph->dragged = 0;
}

static void
on_pan (VmmGraph *graph, GtkPanDirection direction, double offset)
{
  vmm_graph_drag (graph, direction == GTK_PAN_DIRECTION_LEFT ? -offset : offset);
}

/* Up and down is the page's. */
void
vmm_graph_feel (VmmGraph *graph)
{
  graph->gestures[0] = gtk_gesture_zoom_new (GTK_WIDGET (graph));
  g_signal_connect_swapped (graph->gestures[0], "begin", G_CALLBACK (on_pinch_begin), graph);
  g_signal_connect_swapped (graph->gestures[0], "scale-changed", G_CALLBACK (vmm_graph_pinch),
                            graph);
  graph->gestures[1] = gtk_gesture_pan_new (GTK_WIDGET (graph), GTK_ORIENTATION_HORIZONTAL);
  g_signal_connect_swapped (graph->gestures[1], "drag-begin", G_CALLBACK (on_drag_begin), graph);
  g_signal_connect_swapped (graph->gestures[1], "pan", G_CALLBACK (on_pan), graph);
}
