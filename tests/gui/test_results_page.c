/* SPDX-License-Identifier: MIT */
/* test_results_page: list and details find their places in a window of any size. */
#include "results_page.h"

#include <vmm-resources.h>

#include "../core/made.h"
#include "style.h"
#include "vmm/store.h"
#include "label.h"

/* The page shows them only where there is a run. */
static void
keep_run (void)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autoptr (VmmStore) store = vmm_store_open (directory);
  g_auto (VmmPlan) plan = { 0 };
  float row[VMM_N_CHANNELS];

  made_fill (row);
  vmm_plan_init (&plan);
  g_autoptr (VmmResult) result =
      made_run (&plan, "kvm", (const float (*)[VMM_N_CHANNELS]) & row, 1);
  g_autofree char *id = vmm_store_save (store, result, NULL, NULL);
  g_assert_nonnull (id);
}

static void
find_paned (GtkWidget *widget, gpointer ret_paned)
{
  if (GTK_IS_PANED (widget))
    *(GtkWidget **) ret_paned = widget;
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), find_paned, ret_paned);
}

static void
find_list (GtkWidget *widget, gpointer ret_list)
{
  if (GTK_IS_TREE_VIEW (widget))
    *(GtkWidget **) ret_list = widget;
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_foreach (GTK_CONTAINER (widget), find_list, ret_list);
}

static gboolean
is_listed (GtkWidget *paned)
{
  GtkWidget *list = NULL;

  find_list (paned, &list);
  return gtk_tree_model_iter_n_children (gtk_tree_view_get_model (GTK_TREE_VIEW (list)), NULL) > 0;
}

/* Makes the window `width` wide and waits until it is, and the paned as it is to be there: for ever, if need
 * be, for the test has a time limit. `position` of the handle, 0 = whichever. */
static int
await (GtkWidget *window, int width, GtkOrientation orientation, int position)
{
  GtkWidget *paned = NULL;

  gtk_window_resize (GTK_WINDOW (window), width, 690);
  find_paned (window, &paned);
  while (!gtk_widget_get_mapped (paned) || !is_listed (paned) ||
         gtk_widget_get_allocated_width (window) != width ||
         gtk_orientable_get_orientation (GTK_ORIENTABLE (paned)) != orientation ||
         (position && gtk_paned_get_position (GTK_PANED (paned)) != position) ||
         g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  return gtk_paned_get_position (GTK_PANED (paned));
}

/* However often the window was narrow in between, the list is as wide as at first. */
static void
test_arrangement (void)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  int        wide, narrow;

  gtk_container_add (GTK_CONTAINER (window), g_object_new (VMM_TYPE_RESULTS_PAGE, NULL));
  gtk_widget_show_all (window);
  wide = await (window, 1100, GTK_ORIENTATION_HORIZONTAL, 0);
  g_assert_cmpint (wide, >, 0);
  narrow = await (window, 740, GTK_ORIENTATION_VERTICAL, 0);
  await (window, 1100, GTK_ORIENTATION_HORIZONTAL, wide);
  await (window, 740, GTK_ORIENTATION_VERTICAL, narrow);
  gtk_widget_destroy (window);
}

/* Where the last line of `text` begins, right of the label's left edge, in Pango's units. */
static int
measure_last_line (const char *text, GtkTextDirection direction)
{
  GtkWidget *window = gtk_offscreen_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  PangoRectangle extents;

  gtk_widget_set_default_direction (direction);
  gtk_container_add (GTK_CONTAINER (window), box);
  gtk_widget_set_size_request (box, 300, -1);
  GtkWidget *label = vmm_label_add (GTK_CONTAINER (box), text, "verdict");
  gtk_widget_set_size_request (label, 300, -1);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 20);
  gtk_widget_show_all (window);
  gtk_test_widget_wait_for_draw (window);
  PangoLayoutIter *iter = pango_layout_get_iter (gtk_label_get_layout (GTK_LABEL (label)));
  while (pango_layout_iter_next_line (iter))
    ;
  pango_layout_iter_get_line_extents (iter, NULL, &extents);
  pango_layout_iter_free (iter);
  gtk_widget_destroy (window);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  return extents.x;
}

/* Every line begins where reading does, be the words of this language or not translated into it. */
static void
test_sides (void)
{
  static const char english[] =
      "KVM serves this guest 20 % better than Xen, and so on, and so on, end";
  static const char hebrew[] =
      "אחת שתיים שלוש ארבע חמש שש שבע שמונה תשע עשר אחת עשרה שתים עשרה סוף";

  g_assert_cmpint (measure_last_line (english, GTK_TEXT_DIR_LTR), ==, 0);
  g_assert_cmpint (measure_last_line (english, GTK_TEXT_DIR_RTL), >, 0);
  g_assert_cmpint (measure_last_line (hebrew, GTK_TEXT_DIR_RTL), >, 0);
}

/* A figure and its % are not parted. */
static void
test_percent (void)
{
  g_autoptr (GtkWidget) box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  GtkWidget *label = vmm_label_add (GTK_CONTAINER (box), "a 95 % interval", NULL);

  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (label)), ==, "a 95\u00a0% interval");
}

/* In a window of `width`, whatever the window manager and the screen have to say. */
static GtkWidget *
show (int width, GtkTreeView **ret_list)
{
  GtkWidget *window = gtk_window_new (GTK_WINDOW_POPUP);

  gtk_container_add (GTK_CONTAINER (window), g_object_new (VMM_TYPE_RESULTS_PAGE, NULL));
  gtk_widget_show_all (window);
  find_list (window, ret_list);
  await (window, width, GTK_ORIENTATION_HORIZONTAL, 0);
  return window;
}

/* All columns come into sight, and where there is room the VMM and the label share it. */
static void
test_columns (void)
{
  static const struct {
    int width, vmm, label;
  } cases[] = { { 1100, 60, 60 }, { 1920, 160, 160 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GtkTreeView   *list = NULL;
    GtkWidget     *window = show (cases[i].width, &list);
    GtkAdjustment *across = gtk_scrollable_get_hadjustment (GTK_SCROLLABLE (list));
    while (gtk_adjustment_get_upper (across) > gtk_adjustment_get_page_size (across) ||
           gtk_tree_view_column_get_width (gtk_tree_view_get_column (list, 1)) < cases[i].vmm ||
           gtk_tree_view_column_get_width (gtk_tree_view_get_column (list, 2)) < cases[i].label)
      g_main_context_iteration (NULL, TRUE);
    gtk_widget_destroy (window);
  }
}

/* The column that is sorted by, and no other, has the arrow. */
static void
test_arrow (void)
{
  GtkTreeView *list = NULL;
  GtkWidget   *window = show (1100, &list);

  for (int sorted = 0; sorted < (int) gtk_tree_view_get_n_columns (list); sorted++) {
    gtk_tree_view_column_clicked (gtk_tree_view_get_column (list, sorted));
    for (int i = 0; i < (int) gtk_tree_view_get_n_columns (list); i++)
      g_assert_true (gtk_tree_view_column_get_sort_indicator (gtk_tree_view_get_column (list, i)) ==
                     (i == sorted));
  }
  gtk_widget_destroy (window);
}

/* Also when a column is too narrow for its words. */
static void
test_rows (void)
{
  GtkTreeView *list = NULL;
  GtkWidget   *window = show (1100, &list);
  g_autoptr (GtkTreePath) path = gtk_tree_path_new_first ();
  GdkRectangle before, after;

  gtk_tree_view_get_background_area (list, path, NULL, &before);
  for (int i = 0; i < (int) gtk_tree_view_get_n_columns (list); i++)
    gtk_tree_view_column_set_fixed_width (gtk_tree_view_get_column (list, i), 40);
  gtk_tree_view_columns_autosize (list);
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, TRUE);
  gtk_tree_view_get_background_area (list, path, NULL, &after);
  g_assert_cmpint (after.height, >, 10);
  g_assert_cmpint (after.height, ==, before.height);
  gtk_widget_destroy (window);
}

/* However it is arranged, it can be made as narrow as one above the other. */
static void
test_least_width (void)
{
  GtkTreeView *list = NULL;
  GtkWidget   *window = show (1100, &list);
  int          beside, above;

  gtk_widget_get_preferred_width (window, &beside, NULL);
  await (window, 640, GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_get_preferred_width (window, &above, NULL);
  g_assert_cmpint (beside, ==, above);
  g_assert_cmpint (beside, <=, 640);
  gtk_widget_destroy (window);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  vmm_register_resource ();
  vmm_style_load (gdk_screen_get_default ());
  keep_run ();
  g_test_add_func ("/results-page/arrangement", test_arrangement);
  g_test_add_func ("/results-page/sides", test_sides);
  g_test_add_func ("/results-page/percent", test_percent);
  g_test_add_func ("/results-page/columns", test_columns);
  g_test_add_func ("/results-page/arrow", test_arrow);
  g_test_add_func ("/results-page/rows", test_rows);
  g_test_add_func ("/results-page/least-width", test_least_width);
  return g_test_run ();
}
