/* SPDX-License-Identifier: MIT */
/* graph: title, digits, quiet line and plot of one metric, painted once per sample. */
#include "graph.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "graph_private.h"
#include "vmm/phrases.h"
#include "vmm/readout.h"
#include "style.h"
#include "value_accessible.h"
#include "vmm/language.h"

#define LINES_OF_TEXT 6 /* that the plot is at least high, */
#define LABELS 7        /* and wide */

G_DEFINE_TYPE (VmmGraph, vmm_graph, GTK_TYPE_DRAWING_AREA)

/* ---- Size: what the text needs, and a plot that can be read. */

int
vmm_graph_get_plot_width (VmmGraph *graph)
{
  vmm_graph_ensure_style (graph);
  return LABELS * graph->metrics.width;
}

static void
get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  VmmGraph    *graph = VMM_GRAPH (widget);
  GdkRectangle content = vmm_graph_get_content (graph);
  int          padding = gtk_widget_get_allocated_width (widget) - content.width;

  *minimum =
      padding + MAX (vmm_graph_get_plot_width (graph),
                     vmm_graph_get_text_width (graph, VMM_GRAPH_TITLE) + 4 * (int) VMM_GRAPH_GAP +
                         vmm_graph_get_text_width (graph, VMM_GRAPH_VALUE) +
                         vmm_graph_get_text_width (graph, VMM_GRAPH_UNIT));
  *natural = 2 * *minimum;
}

static void
get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  VmmGraph    *graph = VMM_GRAPH (widget);
  GdkRectangle content = vmm_graph_get_content (graph);
  int          padding = gtk_widget_get_allocated_height (widget) - content.height;

  vmm_graph_ensure_style (graph);
  *minimum = padding + vmm_graph_get_header_height (graph) +
             LINES_OF_TEXT * vmm_graph_get_text_height (graph, VMM_GRAPH_DETAIL);
  *natural = 2 * *minimum;
}

static void
on_style_updated (GtkWidget *widget)
{
  VMM_GRAPH (widget)->styled = FALSE;
  g_clear_pointer (&VMM_GRAPH (widget)->paper, cairo_surface_destroy);
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
    words = vmm_graph_say_row (graph, row);
  } else {
    const VmmReadout readout = vmm_graph_read (graph, row);
    g_autofree char *value = vmm_readout_value (&readout, graph->metric);
    g_autofree char *line = vmm_graph_say_line (graph);
    words = g_strdup_printf ("%s. %s\n%s", value, line, graph->help);
  }
  vmm_value_accessible_set (GTK_WIDGET (graph),
                            vmm_ring_get (ring, row, vmm_graph_get_main (graph, NULL)), words);
}

/* Over the words, not over the plot, where the crosshair is; by keyboard (Ctrl+F1) anywhere. */
static gboolean
on_query_tooltip (GtkWidget *widget, int x, int y, gboolean by_keyboard, GtkTooltip *tooltip)
{
  VmmGraph *graph = VMM_GRAPH (widget);
  int       bottom = vmm_graph_get_content (graph).y + vmm_graph_get_header_height (graph);

  if (!by_keyboard && y >= bottom)
    return FALSE;
  g_autofree char *line = vmm_graph_say_line (graph);
  g_autofree char *words = g_strjoin ("\n", line, graph->help, NULL);
  gtk_tooltip_set_text (tooltip, words + (line[0] ? 0 : 1));
  return TRUE;
}

static void
on_view_changed (VmmGraph *graph)
{
  gtk_widget_queue_draw (GTK_WIDGET (graph));
  set_description (graph);
}

/* The window behind the paper's corners may look otherwise now. */
static void
on_state_flags_changed (GtkWidget *widget, GtkStateFlags previous)
{
  g_clear_pointer (&VMM_GRAPH (widget)->paper, cairo_surface_destroy);
  GTK_WIDGET_CLASS (vmm_graph_parent_class)->state_flags_changed (widget, previous);
}

/* ---- What graph_paint.c draws, and what graph_input.c understands. */

static gboolean
on_draw (GtkWidget *widget, cairo_t *cr)
{
  return vmm_graph_paint (VMM_GRAPH (widget), cr);
}

static gboolean
on_motion (GtkWidget *widget, GdkEventMotion *event)
{
  vmm_graph_point (VMM_GRAPH (widget), event->x);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_leave (GtkWidget *widget, GdkEventCrossing *event)
{
  vmm_graph_leave (VMM_GRAPH (widget));
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_button_press (GtkWidget *widget, GdkEventButton *event)
{
  gtk_widget_grab_focus (widget);
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_scroll (GtkWidget *widget, GdkEventScroll *event)
{
  return vmm_graph_scroll (VMM_GRAPH (widget), event);
}

static gboolean
on_key_press (GtkWidget *widget, GdkEventKey *event)
{
  return vmm_graph_press (VMM_GRAPH (widget), event);
}

/* ---- Life */

/* Both are surfaces of the window that goes. */
static void
on_unrealize (GtkWidget *widget)
{
  g_clear_pointer (&VMM_GRAPH (widget)->paper, cairo_surface_destroy);
  g_clear_pointer (&VMM_GRAPH (widget)->series, cairo_surface_destroy);
  GTK_WIDGET_CLASS (vmm_graph_parent_class)->unrealize (widget);
}

static void
dispose (GObject *object)
{
  VmmGraph *graph = VMM_GRAPH (object);

  if (graph->view)
    g_signal_handlers_disconnect_by_data (graph->view, graph);
  g_clear_object (&graph->view);
  for (guint i = 0; i < G_N_ELEMENTS (graph->gestures); i++)
    g_clear_object (&graph->gestures[i]);
  vmm_cores_clear (&graph->cores);
  g_clear_pointer (&graph->help, g_free);
  g_clear_pointer (&graph->reason, g_free);
  g_clear_pointer (&graph->said, g_free);
  g_clear_pointer (&graph->line, g_free);
  g_clear_pointer (&graph->paper, cairo_surface_destroy);
  g_clear_pointer (&graph->series, cairo_surface_destroy);
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
  widget_class->state_flags_changed = on_state_flags_changed;
  widget_class->unrealize = on_unrealize;
  widget_class->query_tooltip = on_query_tooltip;
  widget_class->motion_notify_event = on_motion;
  widget_class->leave_notify_event = on_leave;
  widget_class->button_press_event = on_button_press;
  widget_class->scroll_event = on_scroll;
  widget_class->key_press_event = on_key_press;
  gtk_widget_class_set_css_name (widget_class, "graph");
  gtk_widget_class_set_accessible_type (widget_class, vmm_value_accessible_get_type ());
}

static void
vmm_graph_init (VmmGraph *graph)
{
  gtk_widget_set_can_focus (GTK_WIDGET (graph), TRUE);
  gtk_widget_add_events (GTK_WIDGET (graph), GDK_POINTER_MOTION_MASK | GDK_LEAVE_NOTIFY_MASK |
                                                 GDK_BUTTON_PRESS_MASK | GDK_SCROLL_MASK |
                                                 GDK_SMOOTH_SCROLL_MASK | GDK_KEY_PRESS_MASK |
                                                 GDK_BUTTON_RELEASE_MASK | GDK_TOUCH_MASK);
  vmm_graph_feel (graph);
}

/* ---- Text: set when there is a row, shaped once. */

static gboolean
set_text (VmmGraph *graph, VmmGraphText text, const char *words)
{
  if (g_strcmp0 (pango_layout_get_text (graph->texts[text]), words) == 0)
    return FALSE;
  pango_layout_set_text (graph->texts[text], words, -1);
  return TRUE;
}

static void
update_reason (VmmGraph *graph)
{
  const char *reason =
      graph->session
          ? vmm_session_get_reason (graph->session, vmm_graph_get_main (graph, NULL)).sentence
          : NULL;

  if (g_strcmp0 (reason, graph->reason) == 0)
    return;
  g_free (graph->reason);
  g_free (graph->said);
  graph->reason = g_strdup (reason);
  graph->said = reason ? vmm_say (reason) : NULL;
}

static void
set_texts (VmmGraph *graph)
{
  g_autofree char *value = g_strdup ("–");
  g_autofree char *detail = g_strdup ("");
  float            main = NAN;
  guint            row;

  graph->keys.n = 0;
  update_reason (graph);
  if (vmm_graph_get_newest (graph, &row)) {
    const VmmReadout readout = vmm_graph_read (graph, row);
    main = vmm_ring_get (readout.ring, row, vmm_graph_get_main (graph, NULL));
    g_free (value);
    value = vmm_readout_digits (graph->metric, main, graph->units);
    g_free (detail);
    detail = vmm_graph_make_detail (graph, &readout);
  }
  vmm_graph_ensure_style (graph);
  set_text (graph, VMM_GRAPH_TITLE, vmm_readout_title (graph->metric));
  set_text (graph, VMM_GRAPH_VALUE, value);
  if (set_text (graph, VMM_GRAPH_UNIT, vmm_readout_unit (graph->metric, main, graph->units)))
    g_clear_pointer (&graph->paper, cairo_surface_destroy); /* it is written there */
  vmm_graph_set_line (graph, detail);
}

GtkWidget *
vmm_graph_new (VmmMetric metric, VmmTimeView *view)
{
  VmmGraph *graph = g_object_new (VMM_TYPE_GRAPH, NULL);

  graph->metric = metric;
  g_autofree char *meaning = vmm_readout_help (metric);
  graph->help =
      g_strconcat (meaning, "\n",
                   _ ("Ctrl with the wheel changes the span of time, Shift with the wheel "
                      "goes through the history, Esc comes back."),
                   NULL);
  gtk_widget_set_has_tooltip (GTK_WIDGET (graph), TRUE);
  graph->view = g_object_ref (view);
  g_signal_connect_swapped (view, "changed", G_CALLBACK (on_view_changed), graph);
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (graph)),
                               vmm_hue_name (vmm_metric (metric)->hue));
  vmm_value_accessible_set_up (GTK_WIDGET (graph), ATK_ROLE_CHART, vmm_readout_title (metric),
                               vmm_metric (metric)->top > 0 ? vmm_metric (metric)->top : 1e12);
  set_texts (graph);
  return GTK_WIDGET (graph);
}

void
vmm_graph_set_session (VmmGraph *graph, VmmSession *session)
{
  graph->session = session;
  graph->top = 0;
  vmm_cores_clear (&graph->cores);
  vmm_graph_update (graph);
}

void
vmm_graph_set_units (VmmGraph *graph, VmmUnits units)
{
  graph->units = units;
  graph->top = 0;
  g_clear_pointer (&graph->paper, cairo_surface_destroy);
  vmm_graph_update (graph);
  gtk_widget_queue_resize (GTK_WIDGET (graph));
}

guint
vmm_graph_count_cores (VmmGraph *graph)
{
  return graph->cores.n;
}

void
vmm_graph_show_cores (VmmGraph *graph, gboolean wanted)
{
  graph->shows_cores = wanted;
  vmm_graph_update (graph);
}

void
vmm_graph_update (VmmGraph *graph)
{
  if (graph->metric == VMM_METRIC_CPU && graph->session)
    vmm_cores_take (&graph->cores, graph->session);
  set_texts (graph);
  vmm_graph_follow_pointer (graph);
  gtk_widget_queue_draw (GTK_WIDGET (graph));
  set_description (graph);
}
