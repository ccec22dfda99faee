/* SPDX-License-Identifier: MIT */
/* graph_private: what the files of the graph widget share. */
#pragma once

#include "graph.h"
#include "plot.h"

typedef enum {
  VMM_GRAPH_TITLE,
  VMM_GRAPH_VALUE,
  VMM_GRAPH_UNIT,
  VMM_GRAPH_DETAIL,
  VMM_GRAPH_AXIS,
  VMM_GRAPH_N_TEXTS
} VmmGraphText;

struct _VmmGraph {
  GtkDrawingArea parent;
  VmmMetric      metric;
  VmmTimeView   *view;
  VmmSession    *session; /* borrowed, or NULL */
  gboolean       has_secondary;
  double         top; /* of the axis so far */

  gboolean      styled; /* what follows is as the style says */
  PangoLayout  *texts[VMM_GRAPH_N_TEXTS];
  VmmColor      text_colors[VMM_GRAPH_N_TEXTS];
  VmmPlotColors colors;

  gboolean pointer_inside;
  double   pointer_x, wheel;
};

/* graph_style.c */
void vmm_graph_ensure_style (VmmGraph *graph);

/* graph.c */
gboolean     vmm_graph_get_newest (VmmGraph *graph, guint *ret_row);
void         vmm_graph_get_span (VmmGraph *graph, gint64 *ret_begin_us, gint64 *ret_end_us,
                                 gint64 *ret_now_us);
GdkRectangle vmm_graph_get_content (VmmGraph *graph); /* inside the padding */

/* graph_input.c */
void vmm_graph_class_init_input (GtkWidgetClass *class);
void vmm_graph_follow_pointer (VmmGraph *graph);
