/* SPDX-License-Identifier: MIT */
/* test_results_page: list and details find their places in a window of any size. */
#include "results_page.h"

#include <vmm-resources.h>

#include "../core/made.h"
#include "style.h"
#include "vmm/store.h"

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

/* For ever, if need be: the test has a time limit. `position` of the handle, 0 = whichever. */
static int
await (GtkWidget *paned, GtkOrientation orientation, int position)
{
  while (!gtk_widget_get_mapped (paned) ||
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
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL), *paned = NULL;
  int        wide, narrow;

  gtk_container_add (GTK_CONTAINER (window), g_object_new (VMM_TYPE_RESULTS_PAGE, NULL));
  gtk_window_resize (GTK_WINDOW (window), 1100, 700);
  gtk_widget_show_all (window);
  find_paned (window, &paned);
  wide = await (paned, GTK_ORIENTATION_HORIZONTAL, 0);
  g_assert_cmpint (wide, >, 0);
  gtk_window_resize (GTK_WINDOW (window), 740, 700);
  narrow = await (paned, GTK_ORIENTATION_VERTICAL, 190);
  gtk_window_resize (GTK_WINDOW (window), 1100, 700);
  await (paned, GTK_ORIENTATION_HORIZONTAL, wide);
  gtk_window_resize (GTK_WINDOW (window), 740, 700);
  await (paned, GTK_ORIENTATION_VERTICAL, narrow);
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
  return g_test_run ();
}
