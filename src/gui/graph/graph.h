/* SPDX-License-Identifier: MIT */
/* graph: the widget that shows one metric of a session over time.
 *
 * CSS name `graph`, style class `cpu`, `memory`, `disk` or `network`; the parts of the drawing are
 * asked for as further classes on the same node: `title`, `value`, `detail`, `axis` (color, font),
 * `series` (color of the line, background-color of the area below it), `secondary` (the same), the
 * layers' of the metric's table (background-color), `grid`, `pause`, `crosshair` (color). It repaints when told of a sample, and at no other time of itself. */
#pragma once

#include <gtk/gtk.h>

#include "time_view.h"
#include "vmm/units.h"
#include "vmm/session.h"

#define VMM_TYPE_GRAPH (vmm_graph_get_type ())
G_DECLARE_FINAL_TYPE (VmmGraph, vmm_graph, VMM, GRAPH, GtkDrawingArea)

GtkWidget *vmm_graph_new (VmmMetric metric, VmmTimeView *view);

/* Borrowed until the next call; NULL shows an empty graph. */
void vmm_graph_set_session (VmmGraph *graph, VmmSession *session);

/* Counts bytes this way from now on. */
void vmm_graph_set_units (VmmGraph *graph, VmmUnits units);

/* CPUs of which something is known one by one; and each in a lane of its own in place of all of them
 * together. Of the CPUs' graph alone. */
guint vmm_graph_count_cores (VmmGraph *graph);
void  vmm_graph_show_cores (VmmGraph *graph, gboolean wanted);

/* That its axis of time can be read at, whatever its words are. */
int vmm_graph_get_plot_width (VmmGraph *graph);

/* The session has a new row. */
void vmm_graph_update (VmmGraph *graph);

/* Gives up the picture that it painted from. Cairo asks the display server to tell when it has read a
 * picture that is given up, and the answer wakes the program: once for all that are given up at once,
 * when all graphs are painted. Otherwise it is given up for the next one. */
void vmm_graph_end_paint (VmmGraph *graph);
