/* SPDX-License-Identifier: MIT */
/* test_fleet_list: ten thousand guests as rows, sorted, filtered and chosen. */
#include "fleet_list.h"

#include <string.h>

#define GUESTS 10000

static VmmFleet *
make_fleet (void)
{
  VmmFleet *fleet = vmm_fleet_new ();
  GString  *text =
      g_string_new ("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[");

  for (guint i = 0; i < GUESTS; i++)
    g_string_append_printf (text,
                            "%s{\"metric\":{\"instance\":\"g%05u\",\"job\":\"vmm\"},\"value\":["
                            "1795736264,\"%u\"]}",
                            i ? "," : "", i, GUESTS - i);
  g_string_append (text, "]}}");
  g_assert_true (vmm_fleet_add (fleet, VMM_FLEET_ASK_SCORE, text->str, text->len, NULL));
  g_string_free (text, TRUE);
  return fleet;
}

static const char *
get_name (VmmFleetList *list, int row)
{
  GtkTreeModel  *model = gtk_tree_view_get_model (GTK_TREE_VIEW (list));
  GtkTreeIter    iter;
  VmmFleetGuest *guest;

  g_assert_true (gtk_tree_model_iter_nth_child (model, &iter, NULL, row));
  gtk_tree_model_get (model, &iter, 0, &guest, -1);
  return guest->guest;
}

static int
count (VmmFleetList *list)
{
  return gtk_tree_model_iter_n_children (gtk_tree_view_get_model (GTK_TREE_VIEW (list)), NULL);
}

static void
click (VmmFleetList *list, int column)
{
  gtk_tree_view_column_clicked (gtk_tree_view_get_column (GTK_TREE_VIEW (list), column));
}

static void
on_chosen (VmmFleetList *list, gpointer times)
{
  ++*(guint *) times;
}

static void
test_rows (void)
{
  VmmFleetList *list = g_object_ref_sink (g_object_new (VMM_TYPE_FLEET_LIST, NULL));
  VmmFleet     *fleet = make_fleet (), *later = make_fleet ();
  guint         chosen = 0;

  g_signal_connect (list, "chosen", G_CALLBACK (on_chosen), &chosen);
  vmm_fleet_list_show (list, fleet, NULL);
  g_assert_cmpint (count (list), ==, GUESTS);
  g_assert_cmpstr (get_name (list, 0), ==, "g09999"); /* the worst */
  g_assert_null (vmm_fleet_list_get_chosen (list));
  click (list, 4);
  g_assert_cmpstr (get_name (list, 0), ==, "g00000");
  click (list, 0);
  click (list, 0);
  g_assert_cmpstr (get_name (list, 0), ==, "g09999");

  g_autoptr (GtkTreePath) path = gtk_tree_path_new_from_indices (3, -1);
  gtk_tree_view_set_cursor (GTK_TREE_VIEW (list), path, NULL, FALSE);
  g_assert_cmpuint (chosen, ==, 1);
  g_assert_cmpstr (vmm_fleet_list_get_chosen (list)->guest, ==, "g09996");
  vmm_fleet_list_show (list, later,
                       "G0999"); /* a newer table: the choice stays, and nobody is told */
  vmm_fleet_free (fleet);
  g_assert_cmpint (count (list), ==, 10);
  g_assert_cmpstr (vmm_fleet_list_get_chosen (list)->guest, ==, "g09996");
  g_assert_cmpuint (chosen, ==, 1);
  vmm_fleet_list_show (list, later, "nobody");
  g_assert_cmpint (count (list), ==, 0);
  g_assert_null (vmm_fleet_list_get_chosen (list));
  vmm_fleet_list_show (list, NULL, NULL);
  vmm_fleet_free (later);
  gtk_widget_destroy (GTK_WIDGET (list));
  g_object_unref (list);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fleet-list/rows", test_rows);
  return g_test_run ();
}
