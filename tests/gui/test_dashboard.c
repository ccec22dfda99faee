/* SPDX-License-Identifier: MIT */
/* test_dashboard: the card and the graphs find their places in a window of any
 * size. */
#include "dashboard.h"

#include <math.h>
#include <vmm-resources.h>

#include "../core/made.h"
#include "graph.h"
#include "headroom_card.h"
#include "style.h"
#include "time_bar.h"

typedef gboolean (*Check) (VmmDashboard *dashboard);

/* For ever, if need be: the test has a time limit. */
static void
await (VmmDashboard *dashboard, Check check)
{
  while (!check (dashboard))
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_above (VmmDashboard *dashboard)
{
  GtkOrientable *card = GTK_ORIENTABLE (vmm_dashboard_get_score_card (dashboard));

  return gtk_orientable_get_orientation (card) == GTK_ORIENTATION_HORIZONTAL;
}

static gboolean
is_beside (VmmDashboard *dashboard)
{
  return !is_above (dashboard) && gtk_widget_get_allocated_width (GTK_WIDGET (dashboard)) > 900;
}

/* The card says as much as it does while it watches. */
static VmmDashboard *
show (int width, int height)
{
  g_autoptr (VmmSession) session = made_session (30, "kvm");
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  GtkWidget *dashboard = g_object_new (VMM_TYPE_DASHBOARD, NULL);

  vmm_score_card_show_progress (vmm_dashboard_get_score_card (VMM_DASHBOARD (dashboard)), session,
                                0);
  gtk_container_add (GTK_CONTAINER (window), dashboard);
  gtk_window_resize (GTK_WINDOW (window), width, height);
  gtk_widget_show (window);
  return VMM_DASHBOARD (dashboard);
}

static GtkWindow *
get_window (VmmDashboard *dashboard)
{
  return GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (dashboard)));
}

/* There and back. */
static void
test_arrangement (void)
{
  VmmDashboard *dashboard = show (1100, 600);

  await (dashboard, is_beside);
  gtk_window_resize (get_window (dashboard), 640, 600);
  await (dashboard, is_above);
  gtk_window_resize (get_window (dashboard), 1100, 600);
  await (dashboard, is_beside);
  gtk_widget_destroy (GTK_WIDGET (get_window (dashboard)));
}

static GtkAdjustment *
get_adjustment (VmmDashboard *dashboard)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (dashboard));
}

static gboolean
is_too_low (VmmDashboard *dashboard)
{
  GtkAdjustment *adjustment = get_adjustment (dashboard);

  return is_above (dashboard) &&
         gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment);
}

static gboolean
has_scrolled (VmmDashboard *dashboard)
{
  return gtk_adjustment_get_value (get_adjustment (dashboard)) > 0;
}

static GtkWidget *
find_named (GtkWidget *widget, const char *name)
{
  const char *is = atk_object_get_name (gtk_widget_get_accessible (widget));
  GtkWidget  *found = g_strcmp0 (is, name) == 0 ? widget : NULL;
  g_autoptr (GList) children =
      GTK_IS_CONTAINER (widget) ? gtk_container_get_children (GTK_CONTAINER (widget)) : NULL;

  for (GList *child = children; child && !found; child = child->next)
    found = find_named (child->data, name);
  return found;
}

/* Until everything has its place in the small window, the focus finds no end.
 */
static gboolean
has_places (VmmDashboard *dashboard)
{
  GtkWidget    *last = find_named (GTK_WIDGET (dashboard), "Show less time, closer");
  GtkAllocation place;

  gtk_widget_get_allocation (last, &place);
  return place.height > 1 && place.x + place.width <= 640 &&
         gtk_widget_get_allocated_width (GTK_WIDGET (dashboard)) <= 640;
}

/* The last graph, which is below the edge, is brought into sight when it gets
 * the focus. */
static void
test_focus (void)
{
  VmmDashboard *dashboard = show (640, 240);

  await (dashboard, is_too_low);
  await (dashboard, has_places);
  g_assert_false (has_scrolled (dashboard));
  while (gtk_widget_child_focus (GTK_WIDGET (dashboard), GTK_DIR_TAB_FORWARD))
    ;
  await (dashboard, has_scrolled);
  gtk_widget_destroy (GTK_WIDGET (get_window (dashboard)));
}

static guint
count_graphs (GtkWidget *widget)
{
  guint n = VMM_IS_GRAPH (widget);
  g_autoptr (GList) children =
      GTK_IS_CONTAINER (widget) ? gtk_container_get_children (GTK_CONTAINER (widget)) : NULL;

  for (GList *child = children; child; child = child->next)
    n += count_graphs (child->data);
  return n;
}

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (widget), type) ? widget : NULL;
  g_autoptr (GList) children =
      GTK_IS_CONTAINER (widget) ? gtk_container_get_children (GTK_CONTAINER (widget)) : NULL;

  for (GList *child = children; child && !found; child = child->next)
    found = find (child->data, type);
  return found;
}

static void
press (GtkWidget *widget, guint keyval)
{
  GdkEvent *event = gdk_event_new (GDK_KEY_PRESS);

  event->key.window = g_object_ref (gtk_widget_get_window (widget));
  event->key.keyval = keyval;
  gtk_widget_event (widget, event);
  gdk_event_free (event);
}

/* Who looks at the past sees how to come back, and keeps the span when he does.
 */
static void
test_back (void)
{
  VmmDashboard *dashboard = show (1100, 600);
  g_autoptr (VmmSession) session = made_session (30, "kvm");
  VmmRing      *ring = (VmmRing *) vmm_session_get_ring (session);
  GtkWidget    *graph = find (GTK_WIDGET (dashboard), VMM_TYPE_GRAPH);
  GtkWidget    *grid = gtk_widget_get_parent (graph);
  GtkWidget    *bar = find (GTK_WIDGET (dashboard), VMM_TYPE_TIME_BAR);
  GtkWidget    *back = gtk_box_get_center_widget (GTK_BOX (bar));
  GtkAllocation graphs, button = { .height = 1 };
  float         row[VMM_N_CHANNELS];

  made_fill (row);
  for (guint i = 1; i <= 200; i++)
    vmm_ring_push (ring, i * (gint64) G_USEC_PER_SEC, row);
  vmm_dashboard_set_session (dashboard, session);
  vmm_dashboard_update (dashboard);
  g_assert_false (gtk_widget_get_visible (back));
  press (graph, GDK_KEY_plus);
  press (graph, GDK_KEY_Page_Up);
  g_assert_true (gtk_widget_get_visible (back));
  while (button.height <= 1) {
    g_main_context_iteration (NULL, TRUE);
    gtk_widget_get_allocation (back, &button);
  }
  gtk_widget_get_allocation (grid, &graphs);
  g_assert_false (gdk_rectangle_intersect (&graphs, &button, NULL)); /* no label is covered */
  gtk_button_clicked (GTK_BUTTON (back));
  g_assert_false (gtk_widget_get_visible (back));
  g_assert_true (gtk_window_get_focus (get_window (dashboard)) == graph);
  press (graph, GDK_KEY_Page_Up);
  press (graph, GDK_KEY_Page_Down);
  g_assert_false (gtk_widget_get_visible (back));
  vmm_dashboard_set_session (dashboard, NULL);
  gtk_widget_destroy (GTK_WIDGET (get_window (dashboard)));
}

/* The buttons go as far as the history does, and no further. */
static void
test_zoom (void)
{
  VmmDashboard *dashboard = show (1100, 600);
  g_autoptr (VmmSession) session = made_session (30, "kvm");
  VmmRing   *ring = (VmmRing *) vmm_session_get_ring (session);
  GtkWidget *closer = find_named (GTK_WIDGET (dashboard), "Show less time, closer");
  GtkWidget *wider = find_named (GTK_WIDGET (dashboard), "Show more time");
  float      row[VMM_N_CHANNELS];

  made_fill (row);
  vmm_dashboard_set_session (dashboard, session);
  vmm_ring_push (ring, G_USEC_PER_SEC, row);
  vmm_dashboard_update (dashboard);
  g_assert_false (gtk_widget_get_sensitive (wider)); /* there is no more than the minute */
  g_assert_true (gtk_widget_get_sensitive (closer));
  vmm_ring_push (ring, 90 * (gint64) G_USEC_PER_SEC, row);
  vmm_dashboard_update (dashboard);
  g_assert_true (gtk_widget_get_sensitive (wider));
  gtk_button_clicked (GTK_BUTTON (wider));
  g_assert_nonnull (find_named (GTK_WIDGET (dashboard), "120 s"));
  g_assert_false (gtk_widget_get_sensitive (wider));
  for (int i = 0; i < 3; i++)
    gtk_button_clicked (GTK_BUTTON (closer));
  g_assert_nonnull (find_named (GTK_WIDGET (dashboard), "15 s"));
  g_assert_false (gtk_widget_get_sensitive (closer));
  vmm_dashboard_set_session (dashboard, NULL);
  gtk_widget_destroy (GTK_WIDGET (get_window (dashboard)));
}

/* A guest with neither GPU nor energy has four graphs, and two more from their
 * first value on. */
static void
test_rare (void)
{
  VmmDashboard *dashboard = show (1100, 600);
  float         row[VMM_N_CHANNELS];
  g_autoptr (VmmSession) session = made_session (30, "kvm");
  VmmRing *ring = (VmmRing *) vmm_session_get_ring (session);

  for (int channel = 0; channel < VMM_N_CHANNELS; channel++)
    row[channel] = vmm_absent (VMM_NOT_EXPOSED);
  vmm_dashboard_set_session (dashboard, session);
  vmm_ring_push (ring, G_USEC_PER_SEC, row);
  vmm_dashboard_update (dashboard);
  g_assert_cmpuint (count_graphs (GTK_WIDGET (dashboard)), ==, 4);
  row[VMM_CHANNEL_GPU_BUSY] = 12;
  vmm_ring_push (ring, 2 * G_USEC_PER_SEC, row);
  vmm_dashboard_update (dashboard);
  g_assert_cmpuint (count_graphs (GTK_WIDGET (dashboard)), ==, 5);
  row[VMM_CHANNEL_ENERGY_MACHINE] = 120;
  vmm_ring_push (ring, 3 * G_USEC_PER_SEC, row);
  vmm_dashboard_update (dashboard);
  vmm_dashboard_update (dashboard);
  g_assert_cmpuint (count_graphs (GTK_WIDGET (dashboard)), ==, 6);
  vmm_dashboard_set_session (dashboard, NULL);
  gtk_widget_destroy (GTK_WIDGET (get_window (dashboard)));
}

/* ---- Headroom */

static VmmHeadroom
make_headroom (void)
{
  return (VmmHeadroom){
    .why = VMM_HEADROOM_KNOWN,
    .first = VMM_RESOURCE_REQUESTS,
    .second = VMM_RESOURCE_CPU,
    .resources = { { 12, 100, 7, VMM_HEADROOM_10 },
                   { 61, 200, 3.3, VMM_HEADROOM_4 },
                   { NAN, NAN, NAN, VMM_HEADROOM_BEYOND },
                   { 40, 100, INFINITY, VMM_HEADROOM_BEYOND } },
  };
}

static void
assert_bar (GtkWidget *card, const char *name, double value, const char *words, gboolean is_first)
{
  GtkWidget *bar = find_named (card, name);

  g_assert_nonnull (bar);
  g_assert_true (gtk_widget_get_visible (bar));
  g_assert_cmpfloat_with_epsilon (gtk_level_bar_get_value (GTK_LEVEL_BAR (bar)), value, 0.01);
  g_assert_cmpstr (atk_object_get_description (gtk_widget_get_accessible (bar)), ==, words);
  g_assert_cmpint (gtk_style_context_has_class (gtk_widget_get_style_context (bar), "first"), ==,
                   is_first);
}

/* What is known has a bar, what fills first is marked; it fits a small window,
 * and is gone with what it knew. */
static void
test_headroom (void)
{
  GtkWidget  *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  GtkWidget  *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget  *card = vmm_headroom_card_new (GTK_CONTAINER (box));
  VmmHeadroom headroom = make_headroom ();
  int         width;

  gtk_container_add (GTK_CONTAINER (window), box);
  gtk_widget_show_all (window);
  g_assert_false (gtk_widget_get_visible (card));
  vmm_headroom_card_update (card, &headroom);
  g_assert_true (gtk_widget_get_visible (card));
  assert_bar (card, "Headroom: CPU", 0.12, "12.0 % of 100.0 %; full at about 5 to 10 times", FALSE);
  assert_bar (card, "Headroom: disk requests", 0.305,
              "61.0 per s of 200 per s; full at about 3 to 4 times", TRUE);
  assert_bar (card, "Headroom: memory", 0.4, "40.0 % of 100.0 %; does not grow with the load",
              FALSE);
  g_assert_false (gtk_widget_get_visible (find_named (card, "Headroom: disk bandwidth")));
  gtk_widget_get_preferred_width (card, &width, NULL);
  g_assert_cmpint (width, <, 600);

  headroom.first = VMM_RESOURCE_CPU;
  headroom.second = VMM_N_RESOURCES;
  vmm_headroom_card_update (card, &headroom);
  assert_bar (card, "Headroom: disk requests", 0.305,
              "61.0 per s of 200 per s; full at about 3 to 4 times", FALSE);
  headroom.why = VMM_HEADROOM_OLD;
  vmm_headroom_card_update (card, &headroom);
  g_assert_false (gtk_widget_get_visible (card));
  gtk_widget_destroy (window);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  vmm_register_resource ();
  vmm_style_load (gdk_screen_get_default ());
  g_test_add_func ("/dashboard/arrangement", test_arrangement);
  g_test_add_func ("/dashboard/focus", test_focus);
  g_test_add_func ("/dashboard/rare", test_rare);
  g_test_add_func ("/dashboard/back", test_back);
  g_test_add_func ("/dashboard/zoom", test_zoom);
  g_test_add_func ("/dashboard/headroom", test_headroom);
  return g_test_run ();
}
