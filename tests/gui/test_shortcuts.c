/* SPDX-License-Identifier: MIT */
/* test_shortcuts: the dialog that tells the keys tells every key of an action, and none that does nothing. */
#include "shortcuts.h"

/* Those that widgets understand where they have the focus. */
static const char *const keys_of_widgets[] = { "←",       "→",         "Home", "End", "Esc",
                                               "+",       "−",         "0",    "F2",  "Delete",
                                               "Page Up", "Page Down", NULL };

/* "<Primary><Shift>r" as the dialog writes it: "Ctrl+Shift+R". Free with g_free(). */
static char *
say (const char *accelerator)
{
  guint           key;
  GdkModifierType modifiers;

  gtk_accelerator_parse (accelerator, &key, &modifiers);
  g_assert_cmpuint (key, !=, 0);
  gunichar         letter = g_unichar_toupper (gdk_keyval_to_unicode (key));
  g_autofree char *name =
      letter ? g_ucs4_to_utf8 (&letter, 1, NULL, NULL, NULL) : g_strdup (gdk_keyval_name (key));
  return g_strconcat (modifiers & GDK_CONTROL_MASK ? "Ctrl+" : "",
                      modifiers & GDK_SHIFT_MASK ? "Shift+" : "", name, NULL);
}

static void
collect (GtkWidget *widget, gpointer told)
{
  if (gtk_style_context_has_class (gtk_widget_get_style_context (widget), "keycap"))
    g_hash_table_add (told, g_strdup (gtk_label_get_text (GTK_LABEL (widget))));
  else if (GTK_IS_CONTAINER (widget))
    gtk_container_forall (GTK_CONTAINER (widget), collect, told);
}

static void
check_action (GtkApplication *application, const char *action, GHashTable *told, GHashTable *known)
{
  g_auto (GStrv) accelerators = gtk_application_get_accels_for_action (application, action);

  for (guint i = 0; accelerators[i]; i++) {
    char *name = say (accelerators[i]);
    if (!g_hash_table_contains (told, name))
      g_error ("%s of %s is not told", name, action);
    g_hash_table_add (known, name);
  }
}

static void
test_told (void)
{
  g_autoptr (GtkApplication) application = gtk_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget     *parent = gtk_window_new (GTK_WINDOW_TOPLEVEL);
  GtkWidget     *dialog = vmm_shortcuts_new (GTK_WINDOW (parent));
  GHashTableIter each;
  gpointer       name;

  vmm_shortcuts_set (application);
  g_auto (GStrv) actions = gtk_application_list_action_descriptions (application);
  collect (dialog, told);
  g_assert_cmpuint (g_strv_length (actions), >, 10);
  for (guint i = 0; actions[i]; i++)
    check_action (application, actions[i], told, known);
  for (guint i = 0; keys_of_widgets[i]; i++)
    g_hash_table_add (known, g_strdup (keys_of_widgets[i]));
  g_hash_table_iter_init (&each, told);
  while (g_hash_table_iter_next (&each, &name, NULL))
    if (!g_hash_table_contains (known, name))
      g_error ("%s is told, and nothing has it", (const char *) name);
  g_assert_cmpuint (g_hash_table_size (told), ==, g_hash_table_size (known));
  gtk_widget_destroy (dialog);
  gtk_widget_destroy (parent);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shortcuts/told", test_told);
  return g_test_run ();
}
