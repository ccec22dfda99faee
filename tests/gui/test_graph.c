/* SPDX-License-Identifier: MIT */
/* test_graph: what a graph says and how it is steered, without a clock and without a pointer. */
#include "graph_private.h"

#include <glib/gstdio.h>
#include <gtk/gtk.h>
#include <math.h>
#include <vmm-resources.h>

#include "../core/made.h"
#include "vmm/plot.h"
#include "vmm/readout.h"
#include "style.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

typedef struct {
  VmmSession  *session;
  VmmTimeView *view;
  GtkWidget   *window, *graphs[VMM_N_GRAPHS];
} Panel;

/* `rows` samples, one a second; the CPU is as busy as the row's number. */
static void
set_up (Panel *panel, gconstpointer rows)
{
  panel->session = made_session (30, "virtualbox");
  panel->view = vmm_time_view_new ();
  panel->window = gtk_offscreen_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  made_row[VMM_CHANNEL_MEMORY_USED] = 25;
  made_row[VMM_CHANNEL_MEMORY_CACHE] = 10;
  made_row[VMM_CHANNEL_DISK_READ] = 12.3f;
  made_row[VMM_CHANNEL_DISK_WRITE] = 0.456f;
  made_row[VMM_CHANNEL_CPU_STEAL] = vmm_absent (VMM_NOT_EXPOSED);
  made_row[VMM_CHANNEL_CLOCK_LOST] = 0;
  gtk_container_add (GTK_CONTAINER (panel->window), box);
  for (int c = 0; c < VMM_N_GRAPHS; c++) {
    panel->graphs[c] = vmm_graph_new (vmm_graph_metric (c), panel->view);
    gtk_container_add (GTK_CONTAINER (box), panel->graphs[c]);
    vmm_graph_set_session (VMM_GRAPH (panel->graphs[c]), panel->session);
  }
  gtk_widget_show_all (panel->window);
  vmm_session_start (panel->session, 0, g_get_real_time ());
  for (int i = 1; i <= GPOINTER_TO_INT (rows); i++) {
    made_row[VMM_CHANNEL_CPU_BUSY] = (float) (i % 100);
    vmm_session_step (panel->session, i * SECOND);
  }
  for (int c = 0; c < VMM_N_GRAPHS; c++)
    vmm_graph_update (VMM_GRAPH (panel->graphs[c]));
}

static void
tear_down (Panel *panel, gconstpointer rows)
{
  gtk_widget_destroy (panel->window);
  g_object_unref (panel->view);
  vmm_session_free (panel->session);
}

static const char *
get_description (const Panel *panel, VmmMetric metric)
{
  return atk_object_get_description (gtk_widget_get_accessible (panel->graphs[metric]));
}

/* What its words mean is told below what they say. */
static void
assert_says (const Panel *panel, VmmMetric metric, const char *words)
{
  g_autofree char *help = vmm_readout_help (metric);
  g_autofree char *all = g_strdup_printf ("%s\n%s\n", words, help);

  if (!g_str_has_prefix (get_description (panel, metric), all))
    g_error ("\"%s\" does not begin with \"%s\"", get_description (panel, metric), all);
}

static double
get_value (const Panel *panel, VmmMetric metric)
{
  double value;

  atk_value_get_value_and_text (ATK_VALUE (gtk_widget_get_accessible (panel->graphs[metric])),
                                &value, NULL);
  return value;
}

static void
press (const Panel *panel, VmmMetric metric, guint keyval, GdkModifierType state)
{
  GdkEvent *event = gdk_event_new (GDK_KEY_PRESS);

  event->key.window = g_object_ref (gtk_widget_get_window (panel->graphs[metric]));
  event->key.keyval = keyval;
  event->key.state = state;
  gdk_event_set_device (
      event, gdk_seat_get_keyboard (gdk_display_get_default_seat (gdk_display_get_default ())));
  gtk_widget_event (panel->graphs[metric], event);
  gdk_event_free (event);
}

static void
point (const Panel *panel, VmmMetric metric, double x)
{
  GdkEvent *event = gdk_event_new (x < 0 ? GDK_LEAVE_NOTIFY : GDK_MOTION_NOTIFY);

  if (x < 0) {
    event->crossing.window = g_object_ref (gtk_widget_get_window (panel->graphs[metric]));
  } else {
    event->motion.window = g_object_ref (gtk_widget_get_window (panel->graphs[metric]));
    event->motion.x = x;
  }
  gdk_event_set_device (
      event, gdk_seat_get_pointer (gdk_display_get_default_seat (gdk_display_get_default ())));
  gtk_widget_event (panel->graphs[metric], event);
  gdk_event_free (event);
}

/* TRUE: the graph has taken it. */
static gboolean
scroll (const Panel *panel, VmmMetric metric, GdkScrollDirection direction, GdkModifierType state)
{
  GdkEvent *event = gdk_event_new (GDK_SCROLL);

  event->scroll.window = g_object_ref (gtk_widget_get_window (panel->graphs[metric]));
  event->scroll.direction = direction;
  event->scroll.state = state;
  gdk_event_set_device (
      event, gdk_seat_get_pointer (gdk_display_get_default_seat (gdk_display_get_default ())));
  gboolean taken = gtk_widget_event (panel->graphs[metric], event);
  gdk_event_free (event);
  return taken;
}

static void
test_words (Panel *panel, gconstpointer rows)
{
  static const char *const names[] = { "CPU", "Memory", "Disk I/O", "Network latency" };

  for (guint c = 0; c < G_N_ELEMENTS (names); c++) {
    AtkObject *object = gtk_widget_get_accessible (panel->graphs[c]);
    g_assert_cmpstr (atk_object_get_name (object), ==, names[c]);
    g_assert_cmpint (atk_object_get_role (object), ==, ATK_ROLE_CHART);
  }
  assert_says (panel, VMM_METRIC_CPU, "20.0 % busy. Steal not reported");
  assert_says (panel, VMM_METRIC_MEMORY, "25.0 % used. Cache 10.0 % · 1.00 GiB of 4.00 GiB");
  assert_says (panel, VMM_METRIC_DISK, "12.3 MB/s read. Write 0.46 MB/s");
  assert_says (panel, VMM_METRIC_NETWORK, "not allowed to ping. ");
  g_assert_cmpfloat (get_value (panel, VMM_METRIC_CPU), ==, 20);
  g_assert_cmpfloat (get_value (panel, VMM_METRIC_DISK), ==, 12.3f);
  g_assert_true (isnan (get_value (panel, VMM_METRIC_NETWORK)));
}

/* What is told of is told apart: a key before each word that has a line or an area, none where it is
 * heard. */
static void
test_keys (Panel *panel, gconstpointer rows)
{
  static const struct {
    VmmMetric   metric;
    const char *expected;
  } cases[] = {
    { VMM_METRIC_CPU, "20.0 % busy. Steal 4.0 % · user 12.0 %" },
    { VMM_METRIC_MEMORY, "25.0 % used. Cache 10.0 % · 1.00 GiB of 4.00 GiB" },
  };
  const VmmReadout readout = { .ring = vmm_session_get_ring (panel->session), .row = 20 };
  VmmReadoutKeys   keys;

  made_row[VMM_CHANNEL_CPU_BUSY] = 20;
  made_row[VMM_CHANNEL_CPU_USER] = 12;
  made_row[VMM_CHANNEL_CPU_STEAL] = 4;
  vmm_session_step (panel->session, 21 * SECOND);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    vmm_graph_update (VMM_GRAPH (panel->graphs[cases[i].metric]));
    assert_says (panel, cases[i].metric, cases[i].expected);
  }
  g_autofree char *line = vmm_readout_detail (&readout, VMM_METRIC_CPU, "[]", &keys);
  g_assert_cmpstr (line, ==, "[]steal 4.0 %  []user 12.0 %");
  g_assert_cmpuint (keys.n, ==, 2);
  g_assert_cmpint (keys.channels[0], ==, VMM_CHANNEL_CPU_STEAL);
  g_assert_cmpint (keys.channels[1], ==, VMM_CHANNEL_CPU_USER);
  g_autofree char *disk = vmm_readout_detail (&readout, VMM_METRIC_DISK, "[]", &keys);
  g_assert_cmpstr (disk, ==, "[]write 0.46 MB/s");
}

/* The quiet line has whole items, as many as fit; who hears it hears all. */
static void
test_fitting (Panel *panel, gconstpointer rows)
{
  const VmmGraph           *graph = VMM_GRAPH (panel->graphs[VMM_METRIC_CPU]);
  PangoLayout              *layout = graph->texts[VMM_GRAPH_DETAIL];
  static const VmmChannelId channels[] = { VMM_CHANNEL_CPU_STEAL, VMM_CHANNEL_CPU_STOLEN,
                                           VMM_CHANNEL_CPU_USER, VMM_CHANNEL_CPU_SYSTEM,
                                           VMM_CHANNEL_CPU_IOWAIT };

  const int plot = vmm_graph_get_plot_width (VMM_GRAPH (panel->graphs[VMM_METRIC_CPU]));
  made_row[VMM_CHANNEL_CPU_BUSY] = 20;
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    made_row[channels[i]] = 4;
  vmm_session_step (panel->session, 21 * SECOND);
  vmm_graph_update (VMM_GRAPH (panel->graphs[VMM_METRIC_CPU]));
  gtk_test_widget_wait_for_draw (panel->window);
  assert_says (panel, VMM_METRIC_CPU,
               "20.0 % busy. Steal 4.0 % · stolen 4.0 % · user 4.0 % · "
               "system 4.0 % · I/O wait 4.0 %");
  g_assert_false (pango_layout_is_ellipsized (layout));
  g_assert_true (g_str_has_suffix (pango_layout_get_text (layout), "4.0 %"));
  g_assert_null (strstr (pango_layout_get_text (layout), "I/O wait"));
  g_assert_cmpint (vmm_graph_get_plot_width (VMM_GRAPH (panel->graphs[VMM_METRIC_CPU])), ==, plot);
  g_assert_cmpint (plot, <, gtk_widget_get_allocated_width (panel->graphs[VMM_METRIC_CPU]));
}

static void
test_units (Panel *panel, gconstpointer rows)
{
  static const char *const words[VMM_N_UNITS][2] = {
    [VMM_UNITS_CUSTOMARY] = { "25.0 % used. Cache 10.0 % · 1.00 GiB of 4.00 GiB",
                              "12.3 MB/s read. Write 0.46 MB/s" },
    [VMM_UNITS_DECIMAL] = { "25.0 % used. Cache 10.0 % · 1.07 GB of 4.29 GB",
                            "12.3 MB/s read. Write 0.46 MB/s" },
    [VMM_UNITS_BINARY] = { "25.0 % used. Cache 10.0 % · 1.00 GiB of 4.00 GiB",
                           "11.7 MiB/s read. Write 0.43 MiB/s" },
  };

  for (guint units = 0; units < VMM_N_UNITS; units++) {
    for (int c = 0; c < VMM_N_GRAPHS; c++)
      vmm_graph_set_units (VMM_GRAPH (panel->graphs[c]), (VmmUnits) units);
    assert_says (panel, VMM_METRIC_MEMORY, words[units][0]);
    assert_says (panel, VMM_METRIC_DISK, words[units][1]);
    g_assert_cmpfloat (get_value (panel, VMM_METRIC_DISK), ==, 12.3f);
  }
}

/* Explained over the words and by keyboard; over the plot is the crosshair. */
static void
test_help (Panel *panel, gconstpointer rows)
{
  static const char *const terms[] = { "Steal: ", "Balloon: ", "await", "Jitter: " };

  for (guint c = 0; c < G_N_ELEMENTS (terms); c++) {
    GtkWidget       *graph = panel->graphs[c];
    g_autofree char *help = vmm_readout_help (vmm_graph_metric (c));
    GtkTooltip      *tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
    gboolean         shown;
    int              below = gtk_widget_get_allocated_height (graph) - 5;

    g_assert_nonnull (strstr (help, terms[c]));
    g_signal_emit_by_name (graph, "query-tooltip", 20, 20, FALSE, tooltip, &shown);
    g_assert_true (shown);
    g_signal_emit_by_name (graph, "query-tooltip", 20, below, FALSE, tooltip, &shown);
    g_assert_false (shown);
    g_signal_emit_by_name (graph, "query-tooltip", 20, below, TRUE, tooltip, &shown);
    g_assert_true (shown);
    g_object_unref (tooltip);
  }
}

/* Words change sides where people read from right to left, time does not. */
static void
test_right_to_left (Panel *panel, gconstpointer rows)
{
  for (int c = 0; c < VMM_N_GRAPHS; c++)
    gtk_widget_set_direction (panel->graphs[c], GTK_TEXT_DIR_RTL);
  gtk_test_widget_wait_for_draw (panel->window);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Left, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 20 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Left, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 19 * SECOND);
  point (panel, VMM_METRIC_CPU, gtk_widget_get_allocated_width (panel->graphs[0]) - 14);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 20 * SECOND);
  point (panel, VMM_METRIC_CPU, -1);
}

static void
test_crosshair_by_keyboard (Panel *panel, gconstpointer rows)
{
  press (panel, VMM_METRIC_CPU, GDK_KEY_Left, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 20 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Left, 0);
  press (panel, VMM_METRIC_DISK, GDK_KEY_Left, 0); /* whichever has the focus */
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 18 * SECOND);
  g_assert_cmpfloat (get_value (panel, VMM_METRIC_CPU), ==, 18);
  g_assert_true (g_str_has_suffix (get_description (panel, VMM_METRIC_CPU), " · 18.0 % busy"));
  press (panel, VMM_METRIC_CPU, GDK_KEY_Left, GDK_CONTROL_MASK);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 8 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Home, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 1 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Left, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 1 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Right, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 2 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_End, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 20 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Escape, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, VMM_PLOT_NO_TIME);
  g_assert_cmpfloat (get_value (panel, VMM_METRIC_CPU), ==, 20);
}

/* The pointer's crosshair stays where the pointer is; the rows move on below it. */
static void
test_crosshair_by_pointer (Panel *panel, gconstpointer rows)
{
  int    width = gtk_widget_get_allocated_width (panel->graphs[0]);
  gint64 before;

  point (panel, VMM_METRIC_MEMORY, width * 0.95);
  before = vmm_time_view_get_crosshair (panel->view);
  g_assert_cmpint (before, >=, 10 * SECOND);
  g_assert_cmpint (before, <=, 20 * SECOND);
  vmm_session_step (panel->session, 21 * SECOND);
  for (int c = 0; c < VMM_N_GRAPHS; c++)
    vmm_graph_update (VMM_GRAPH (panel->graphs[c]));
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, before + SECOND);
  point (panel, VMM_METRIC_MEMORY, 1); /* on the axis: no time there */
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, VMM_PLOT_NO_TIME);
  point (panel, VMM_METRIC_MEMORY, width * 0.95);
  point (panel, VMM_METRIC_MEMORY, -1);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, VMM_PLOT_NO_TIME);
}

/* Room for what comes is there where one looks at now, and nothing can be read in it. */
static void
test_ahead (Panel *panel, gconstpointer rows)
{
  g_assert_cmpint (vmm_time_view_get_ahead (panel->view), ==, 0);
  vmm_time_view_set_ahead (panel->view, TRUE);
  g_assert_cmpint (vmm_time_view_get_ahead (panel->view), ==, 15 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_End, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 100 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Page_Up, 0);
  g_assert_cmpint (vmm_time_view_get_ahead (panel->view), ==, 0);
  vmm_time_view_follow (panel->view);
  g_assert_cmpint (vmm_time_view_get_ahead (panel->view), ==, 15 * SECOND);
  vmm_time_view_set_ahead (panel->view, FALSE);
  g_assert_cmpint (vmm_time_view_get_ahead (panel->view), ==, 0);
}

static void
test_zoom_and_pan (Panel *panel, gconstpointer rows)
{
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 60 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_plus, 0);
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 30 * SECOND);
  for (int i = 0; i < 20; i++)
    press (panel, VMM_METRIC_CPU, GDK_KEY_plus, 0);
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 15 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Page_Up, 0);
  g_assert_cmpint (vmm_time_view_get_end (panel->view), ==, 100 * SECOND - 15 * SECOND / 2);
  press (panel, VMM_METRIC_CPU, GDK_KEY_End, 0); /* the newest that is to be seen */
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, 92 * SECOND);
  for (int i = 0; i < 20; i++)
    press (panel, VMM_METRIC_CPU, GDK_KEY_Page_Up, 0);
  g_assert_cmpint (vmm_time_view_get_end (panel->view), ==, 16 * SECOND); /* oldest + span */
  for (int i = 0; i < 20; i++)
    press (panel, VMM_METRIC_CPU, GDK_KEY_Page_Down, 0);
  g_assert_cmpint (vmm_time_view_get_end (panel->view), ==, VMM_PLOT_NO_TIME);
  for (int i = 0; i < 20; i++)
    press (panel, VMM_METRIC_CPU, GDK_KEY_minus, 0);
  /* No wider than it takes to show the hundred seconds there are. */
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 120 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_0, 0);
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 60 * SECOND);
}

/* First the crosshair goes, then the view comes back. */
static void
test_escape (Panel *panel, gconstpointer rows)
{
  press (panel, VMM_METRIC_CPU, GDK_KEY_plus, 0);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Page_Up, 0);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Left, 0);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Escape, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, VMM_PLOT_NO_TIME);
  g_assert_cmpint (vmm_time_view_get_end (panel->view), ==, 85 * SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Escape, 0);
  g_assert_cmpint (vmm_time_view_get_end (panel->view), ==, VMM_PLOT_NO_TIME);
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 60 * SECOND);
}

/* Alone the wheel is the page's, also where there is nothing to scroll. */
static void
test_wheel (Panel *panel, gconstpointer rows)
{
  g_assert_false (scroll (panel, VMM_METRIC_CPU, GDK_SCROLL_DOWN, 0));
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 60 * SECOND);
  g_assert_true (scroll (panel, VMM_METRIC_CPU, GDK_SCROLL_DOWN, GDK_CONTROL_MASK));
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 120 * SECOND);
  g_assert_true (scroll (panel, VMM_METRIC_CPU, GDK_SCROLL_UP, GDK_CONTROL_MASK));
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 60 * SECOND);
  g_assert_true (scroll (panel, VMM_METRIC_CPU, GDK_SCROLL_UP, GDK_SHIFT_MASK));
  g_assert_cmpint (vmm_time_view_get_end (panel->view), ==, 94 * SECOND);
}

/* Fingers apart and together zoom, a step at a time; a finger drawn to the right brings what was before. */
static void
test_touch (Panel *panel, gconstpointer rows)
{
  VmmGraph *graph = VMM_GRAPH (panel->graphs[VMM_METRIC_CPU]);

  graph->pinched = 1;
  vmm_graph_pinch (graph, 1.2);
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 60 * SECOND);
  vmm_graph_pinch (graph, 1.5);
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 30 * SECOND);
  vmm_graph_pinch (graph, 1.6);
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 30 * SECOND);
  vmm_graph_pinch (graph, 1.0);
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 60 * SECOND);
  graph->dragged = 0;
  vmm_graph_drag (graph, 0.25 * vmm_graph_get_content (graph).width);
  g_assert_cmpint (ABS (vmm_time_view_get_end (panel->view) - 85 * SECOND), <, SECOND / 10);
  vmm_graph_drag (graph, 0.10 * vmm_graph_get_content (graph).width);
  g_assert_cmpint (ABS (vmm_time_view_get_end (panel->view) - 94 * SECOND), <, SECOND / 10);
  vmm_graph_drag (graph, -0.5 * vmm_graph_get_content (graph).width);
  g_assert_cmpint (vmm_time_view_get_end (panel->view), ==, VMM_PLOT_NO_TIME);
}

static void
write_stat (const char *root, guint busy0, guint busy1, guint idle)
{
  g_autofree char *path = g_build_filename (root, "proc", "stat", NULL);
  g_autofree char *text = g_strdup_printf ("cpu  %u 0 0 %u\ncpu0 %u 0 0 %u\ncpu1 %u 0 0 %u\n",
                                           busy0 + busy1, 2 * idle, busy0, idle, busy1, idle);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Each CPU has been kept from the first sample on, and is told of when that is wanted. */
static void
test_cores (void)
{
  g_autofree char *root = g_dir_make_tmp ("vmm-test-XXXXXX", NULL);
  g_autofree char *proc = g_build_filename (root, "proc", NULL);
  g_autofree char *stat = g_build_filename (proc, "stat", NULL);
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_auto (VmmPlan) plan = { 0 };
  g_autoptr (VmmTimeView) view = vmm_time_view_new ();
  GtkWidget *window = gtk_offscreen_window_new ();
  VmmGraph  *graph = VMM_GRAPH (vmm_graph_new (VMM_METRIC_CPU, view));

  g_assert_cmpint (g_mkdir (proc, 0700), ==, 0);
  write_stat (root, 100, 100, 100);
  vmm_plan_init (&plan);
  g_ptr_array_add (sources, vmm_cpu_new (root, NULL));
  VmmHost    *host = made_host ("kvm");
  VmmSession *session = vmm_session_new_with_sources (&plan, host, sources, NULL);
  vmm_host_unref (host);
  gtk_container_add (GTK_CONTAINER (window), GTK_WIDGET (graph));
  gtk_widget_show_all (window);
  vmm_graph_set_session (graph, session);
  vmm_session_start (session, 0, g_get_real_time ());
  for (guint i = 1; i <= 3; i++) {
    write_stat (root, 100 + 20 * i, 100 + 90 * i, 100 + 80 * i);
    vmm_session_step (session, i * SECOND);
    vmm_graph_update (graph);
    vmm_graph_update (graph); /* for another reason */
  }
  g_assert_cmpuint (vmm_graph_count_cores (graph), ==, 2);
  g_assert_cmpuint (vmm_ring_get_length (graph->cores.ring), ==, 3);
  g_assert_cmpfloat (vmm_ring_get (graph->cores.ring, 2, 0), ==, 20);
  g_assert_null (strstr (pango_layout_get_text (graph->texts[VMM_GRAPH_DETAIL]), "busiest"));
  vmm_graph_show_cores (graph, TRUE);
  g_assert_cmpstr (pango_layout_get_text (graph->texts[VMM_GRAPH_DETAIL]), ==,
                   "CPU 1 is the busiest: 52.9 %");
  gtk_test_widget_wait_for_draw (window);
  vmm_graph_show_cores (graph, FALSE);
  g_assert_null (strstr (pango_layout_get_text (graph->texts[VMM_GRAPH_DETAIL]), "busiest"));
  gtk_widget_destroy (window);
  vmm_session_free (session);
  g_unlink (stat);
  g_rmdir (proc);
  g_rmdir (root);
}

/* A day is kept and can be looked back at, by wheel and by keys; what is older is gone. */
static void
test_day (Panel *panel, gconstpointer rows)
{
  const gint64 newest = GPOINTER_TO_INT (rows) * SECOND, day = 86400 * SECOND;

  for (int i = 0; i < 20; i++)
    scroll (panel, VMM_METRIC_DISK, GDK_SCROLL_DOWN, GDK_CONTROL_MASK);
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, day);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Home, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, newest - day + SECOND);
  press (panel, VMM_METRIC_CPU, GDK_KEY_End, 0);
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), ==, newest);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Left, 0); /* a step that is to be seen */
  g_assert_cmpint (vmm_time_view_get_crosshair (panel->view), <=, newest - day / 200);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Escape, 0);

  for (int i = 0; i < 4; i++)
    scroll (panel, VMM_METRIC_CPU, GDK_SCROLL_UP, GDK_CONTROL_MASK);
  g_assert_cmpint (vmm_time_view_get_span (panel->view), ==, 3600 * SECOND);
  for (int i = 0; i < 300; i++)
    scroll (panel, VMM_METRIC_CPU, GDK_SCROLL_UP, GDK_SHIFT_MASK);
  g_assert_cmpint (vmm_time_view_get_end (panel->view), ==, newest - day + 3601 * SECOND);
  for (int i = 0; i < 300; i++)
    scroll (panel, VMM_METRIC_CPU, GDK_SCROLL_DOWN, GDK_SHIFT_MASK);
  g_assert_cmpint (vmm_time_view_get_end (panel->view), ==, VMM_PLOT_NO_TIME);
}

static GdkPixbuf *
take_picture (const Panel *panel)
{
  gtk_window_resize (GTK_WINDOW (panel->window), 500, 800);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  gtk_widget_queue_draw (panel->window);
  gtk_test_widget_wait_for_draw (panel->window);
  GdkPixbuf *picture = gtk_offscreen_window_get_pixbuf (GTK_OFFSCREEN_WINDOW (panel->window));
  g_assert_nonnull (picture);
  return picture;
}

/* The crosshair hides nothing of the plot but a line and a dot: its words are above. */
static void
test_crosshair_covers_nothing (Panel *panel, gconstpointer rows)
{
  g_autoptr (GdkPixbuf) without = take_picture (panel);
  GtkAllocation area;
  int           changed = 0;

  press (panel, VMM_METRIC_CPU, GDK_KEY_Home, 0);
  g_autoptr (GdkPixbuf) with = take_picture (panel);
  press (panel, VMM_METRIC_CPU, GDK_KEY_Escape, 0);
  gtk_widget_get_allocation (panel->graphs[VMM_METRIC_CPU], &area);
  int stride = gdk_pixbuf_get_rowstride (with), channels = gdk_pixbuf_get_n_channels (with);
  for (int x = area.x; x < area.x + area.width; x++) {
    gboolean differs = FALSE;
    for (int y = area.y + area.height / 2; y < area.y + area.height; y++)
      differs |= memcmp (gdk_pixbuf_read_pixels (with) + y * stride + x * channels,
                         gdk_pixbuf_read_pixels (without) + y * stride + x * channels, 3) != 0;
    changed += differs;
  }
  g_assert_cmpint (changed, >, 0);
  g_assert_cmpint (changed, <, 12);
}

/* Painted in the metric's own colour, if a line lies between two rows of pixels then nearly so. */
static void
test_colors (Panel *panel, gconstpointer rows)
{
  g_autoptr (GdkPixbuf) picture = take_picture (panel);

  for (int c = 0; c < VMM_GRAPH_NETWORK; c++) { /* the network has no value here */
    VmmColor      line = vmm_style_get_color (panel->graphs[c], "series");
    GtkAllocation area;
    guint         found = 0;

    gtk_widget_get_allocation (panel->graphs[c], &area);
    for (int y = area.y; y < area.y + area.height; y++)
      for (int x = area.x; x < area.x + area.width; x++) {
        const guint8 *pixel = gdk_pixbuf_read_pixels (picture) +
                              y * gdk_pixbuf_get_rowstride (picture) +
                              x * gdk_pixbuf_get_n_channels (picture);
        found += fabs (pixel[0] - 255 * line.red) < 48 && fabs (pixel[1] - 255 * line.green) < 48 &&
                 fabs (pixel[2] - 255 * line.blue) < 48;
      }
    g_assert_cmpuint (found, >, 20);
  }
}

static void
test_no_session (void)
{
  g_autoptr (VmmTimeView) view = vmm_time_view_new ();
  GtkWidget *window = gtk_offscreen_window_new ();
  GtkWidget *graph = vmm_graph_new (VMM_METRIC_CPU, view);

  gtk_container_add (GTK_CONTAINER (window), graph);
  gtk_widget_show_all (window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  vmm_graph_set_session (VMM_GRAPH (graph), NULL);
  gtk_widget_destroy (window);
}

/* From a thousand on in the next larger unit, which the axis is in as well. */
static void
test_rates (void)
{
  static const struct {
    float       value;
    VmmUnits    units;
    const char *digits, *unit;
  } cases[] = {
    { 340, VMM_UNITS_CUSTOMARY, "340", "MB/s read" },
    { 999, VMM_UNITS_DECIMAL, "999", "MB/s read" },
    { 1000, VMM_UNITS_CUSTOMARY, "1.00", "GB/s read" },
    { 4903, VMM_UNITS_CUSTOMARY, "4.90", "GB/s read" },
    { 10000, VMM_UNITS_DECIMAL, "10.0", "GB/s read" },
    { 1048.6f, VMM_UNITS_BINARY, "1000", "MiB/s read" },
    { 4903, VMM_UNITS_BINARY, "4.57", "GiB/s read" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *digits = vmm_readout_digits (VMM_METRIC_DISK, cases[i].value, cases[i].units);
    g_assert_cmpstr (digits, ==, cases[i].digits);
    g_assert_cmpstr (vmm_readout_unit (VMM_METRIC_DISK, cases[i].value, cases[i].units), ==,
                     cases[i].unit);
  }
}

static void
test_digits (void)
{
  static const struct {
    float       value;
    VmmMetric   metric;
    const char *expected;
  } cases[] = {
    { 0, VMM_METRIC_CPU, "0.0" },           { 99.94f, VMM_METRIC_CPU, "99.9" },
    { 99.96f, VMM_METRIC_CPU, "100.0" },    { 0.213f, VMM_METRIC_NETWORK, "0.21" },
    { 0.05f, VMM_METRIC_NETWORK, "0.050" }, { 9.996f, VMM_METRIC_NETWORK, "10.0" },
    { 99.97f, VMM_METRIC_NETWORK, "100" },  { NAN, VMM_METRIC_DISK, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        vmm_readout_digits (cases[i].metric, cases[i].value, VMM_UNITS_CUSTOMARY);
    g_assert_cmpstr (text, ==, cases[i].expected);
  }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  vmm_register_resource ();
  vmm_style_load (gdk_screen_get_default ());
#define ADD(path, test, rows)                                                                      \
  g_test_add (path, Panel, GINT_TO_POINTER (rows), set_up, test, tear_down)
  ADD ("/graph/words", test_words, 20);
  ADD ("/graph/keys", test_keys, 20);
  ADD ("/graph/fitting", test_fitting, 20);
  ADD ("/graph/units", test_units, 20);
  ADD ("/graph/help", test_help, 20);
  ADD ("/graph/right-to-left", test_right_to_left, 20);
  ADD ("/graph/crosshair-by-keyboard", test_crosshair_by_keyboard, 20);
  ADD ("/graph/crosshair-by-pointer", test_crosshair_by_pointer, 20);
  ADD ("/graph/crosshair-covers-nothing", test_crosshair_covers_nothing, 20);
  ADD ("/graph/zoom-and-pan", test_zoom_and_pan, 100);
  ADD ("/graph/ahead", test_ahead, 100);
  ADD ("/graph/escape", test_escape, 100);
  ADD ("/graph/wheel", test_wheel, 100);
  ADD ("/graph/day", test_day, 90000);
  ADD ("/graph/colors", test_colors, 20);
  ADD ("/graph/touch", test_touch, 100);
  g_test_add_func ("/graph/cores", test_cores);
  g_test_add_func ("/graph/no-session", test_no_session);
  g_test_add_func ("/graph/rates", test_rates);
  g_test_add_func ("/graph/digits", test_digits);
  return g_test_run ();
}
