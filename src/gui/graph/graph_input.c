/* SPDX-License-Identifier: MIT */
/* graph_input: crosshair, zoom and pan, by pointer and by keyboard. */
#include "graph_private.h"

#include <math.h>

/* Puts the crosshair on the row nearest to `time_us` that is to be seen. */
static void
point_at (VmmGraph *graph, gint64 time_us)
{
  gint64 begin_us, end_us, now_us;
  guint  newest;

  if (!vmm_graph_get_newest (graph, &newest))
    return;
  vmm_graph_get_span (graph, &begin_us, &end_us, &now_us);
  const VmmRing *ring = vmm_session_get_ring (graph->session);
  guint          row = MIN (vmm_ring_find (ring, time_us), newest);
  if (row > 0 &&
      time_us - vmm_ring_get_time (ring, row - 1) < vmm_ring_get_time (ring, row) - time_us)
    row--;
  if (row > 0 && vmm_ring_get_time (ring, row) > end_us)
    row--;
  if (row < newest && vmm_ring_get_time (ring, row) < begin_us)
    row++;
  vmm_time_view_set_crosshair (graph->view, vmm_ring_get_time (ring, row));
}

void
vmm_graph_follow_pointer (VmmGraph *graph)
{
  GdkRectangle content = vmm_graph_get_content (graph);
  double       left, right;
  gint64       begin_us, end_us, now_us;

  if (!graph->pointer_inside)
    return;
  vmm_graph_ensure_style (graph);
  vmm_plot_get_extent (content.width, &left, &right);
  vmm_graph_get_span (graph, &begin_us, &end_us, &now_us);
  double share = (graph->pointer_x - content.x - left) / (right - left);
  if (share < -0.02 || share > 1.02)
    vmm_time_view_set_crosshair (graph->view, VMM_PLOT_NO_TIME);
  else
    point_at (graph, begin_us + (gint64) (share * (double) (end_us - begin_us)));
}

void
vmm_graph_point (VmmGraph *graph, double x)
{
  graph->pointer_inside = TRUE;
  graph->pointer_x = x;
  vmm_graph_follow_pointer (graph);
}

void
vmm_graph_leave (VmmGraph *graph)
{
  graph->pointer_inside = FALSE;
  vmm_time_view_set_crosshair (graph->view, VMM_PLOT_NO_TIME);
}

/* ---- `amount` is a direction and a size, its meaning the function's. */

void
vmm_graph_zoom (VmmGraph *graph, double amount)
{
  gint64 history_us = 0;
  guint  newest;

  if (vmm_graph_get_newest (graph, &newest)) {
    const VmmRing *ring = vmm_session_get_ring (graph->session);
    history_us = vmm_ring_get_time (ring, newest) - vmm_ring_get_time (ring, 0);
  }
  vmm_time_view_zoom (graph->view, (int) amount, history_us);
}

static void
reset (VmmGraph *graph, double amount)
{
  vmm_time_view_reset (graph->view);
}

void
vmm_graph_pan (VmmGraph *graph, double amount)
{
  guint newest;

  if (!vmm_graph_get_newest (graph, &newest))
    return;
  const VmmRing *ring = vmm_session_get_ring (graph->session);
  vmm_time_view_pan (graph->view, amount, vmm_ring_get_time (ring, 0),
                     vmm_ring_get_time (ring, newest));
}

/* By rows, or further where the span is so long that a row is not to be seen. */
static void
step (VmmGraph *graph, double amount)
{
  gint64 begin_us, end_us, now_us, at_us = vmm_time_view_get_crosshair (graph->view);
  gint64 interval_us = (gint64) vmm_session_get_plan (graph->session)->interval_ms * 1000;

  vmm_graph_get_span (graph, &begin_us, &end_us, &now_us);
  if (at_us == VMM_PLOT_NO_TIME)
    at_us = end_us;
  else
    at_us += (gint64) (amount * (double) MAX (interval_us, (end_us - begin_us) / 200));
  point_at (graph, CLAMP (at_us, begin_us, end_us));
}

static void
jump (VmmGraph *graph, double amount)
{
  gint64 begin_us, end_us, now_us;

  vmm_graph_get_span (graph, &begin_us, &end_us, &now_us);
  point_at (graph, amount < 0 ? begin_us : end_us);
}

/* clang-format off */
static const struct {
  guint keyval;
  void (*act) (VmmGraph *graph, double amount);
  double amount;
} keys[] = {
  { GDK_KEY_Left,      step, -1   }, { GDK_KEY_KP_Left,      step, -1   },
  { GDK_KEY_Right,     step, +1   }, { GDK_KEY_KP_Right,     step, +1   },
  { GDK_KEY_Home,      jump, -1   }, { GDK_KEY_KP_Home,      jump, -1   },
  { GDK_KEY_End,       jump, +1   }, { GDK_KEY_KP_End,       jump, +1   },
  { GDK_KEY_Page_Up,   vmm_graph_pan,  -0.5 }, { GDK_KEY_KP_Page_Up,   vmm_graph_pan,  -0.5 },
  { GDK_KEY_Page_Down, vmm_graph_pan,  +0.5 }, { GDK_KEY_KP_Page_Down, vmm_graph_pan,  +0.5 },
  { GDK_KEY_plus,      vmm_graph_zoom, +1   }, { GDK_KEY_KP_Add,       vmm_graph_zoom, +1   }, { GDK_KEY_equal, vmm_graph_zoom, +1 },
  { GDK_KEY_minus,     vmm_graph_zoom, -1   }, { GDK_KEY_KP_Subtract,  vmm_graph_zoom, -1   },
  { GDK_KEY_0,         reset, 0   }, { GDK_KEY_KP_0,         reset, 0   },
};
/* clang-format on */

/* First the crosshair goes, then the view comes back to now. FALSE: neither was away. */
static gboolean
escape (VmmGraph *graph)
{
  if (vmm_time_view_get_crosshair (graph->view) == VMM_PLOT_NO_TIME || graph->pointer_inside)
    return vmm_time_view_reset (graph->view);
  vmm_time_view_set_crosshair (graph->view, VMM_PLOT_NO_TIME);
  return TRUE;
}

gboolean
vmm_graph_press (VmmGraph *graph, const GdkEventKey *event)
{
  double times = (event->state & GDK_CONTROL_MASK) ? 10 : 1;

  if (event->keyval == GDK_KEY_Escape && escape (graph))
    return GDK_EVENT_STOP;
  if (graph->session && !(event->state & GDK_MOD1_MASK))
    for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
      if (keys[i].keyval == event->keyval) {
        keys[i].act (graph, keys[i].amount * (keys[i].act == step ? times : 1));
        return GDK_EVENT_STOP;
      }
  return GDK_EVENT_PROPAGATE;
}

/* With Ctrl the wheel zooms; with Shift, or sideways, it moves through the history; alone it is the
 * page's. Who has begun so goes on by keyboard. */
gboolean
vmm_graph_scroll (VmmGraph *graph, const GdkEventScroll *event)
{
  double x = 0, y = 0;

  if (!gdk_event_get_scroll_deltas ((const GdkEvent *) event, &x, &y)) {
    x = (event->direction == GDK_SCROLL_RIGHT) - (event->direction == GDK_SCROLL_LEFT);
    y = (event->direction == GDK_SCROLL_DOWN) - (event->direction == GDK_SCROLL_UP);
  }
  if (!graph->session)
    return GDK_EVENT_PROPAGATE;
  if (event->state & GDK_SHIFT_MASK)
    x += y, y = 0;
  if (x != 0)
    vmm_graph_pan (graph, x * 0.1);
  if (!(event->state & GDK_CONTROL_MASK))
    y = 0;
  if (x == 0 && y == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_widget_grab_focus (GTK_WIDGET (graph));
  graph->wheel += y;
  if (fabs (graph->wheel) >= 1) {
    vmm_graph_zoom (graph, graph->wheel < 0 ? 1 : -1);
    graph->wheel = 0;
  }
  return GDK_EVENT_STOP;
}
