/* SPDX-License-Identifier: MIT */
/* file_dialogs: one for each kind of file. */
#include "file_dialogs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vmm/chart.h"

GtkWindow *
vmm_file_dialogs_get_window (const VmmFileDialogs *dialogs)
{
  return GTK_WINDOW (gtk_widget_get_toplevel (dialogs->widget));
}

const char *
vmm_file_dialogs_get_folder (const VmmFileDialogs *dialogs)
{
  return dialogs->folder ? dialogs->folder : g_get_home_dir ();
}

static void
go_to_folder (const VmmFileDialogs *dialogs, GtkFileChooser *chooser)
{
  gtk_file_chooser_set_current_folder (chooser, vmm_file_dialogs_get_folder (dialogs));
}

static void
remember_folder (VmmFileDialogs *dialogs, GtkFileChooser *chooser)
{
  g_free (dialogs->folder);
  dialogs->folder = gtk_file_chooser_get_current_folder (chooser);
}

/* TRUE when files were chosen. */
static gboolean
run_chooser (VmmFileDialogs *dialogs, GtkFileChooserNative *dialog)
{
  go_to_folder (dialogs, GTK_FILE_CHOOSER (dialog));
  if (gtk_native_dialog_run (GTK_NATIVE_DIALOG (dialog)) != GTK_RESPONSE_ACCEPT)
    return FALSE;
  remember_folder (dialogs, GTK_FILE_CHOOSER (dialog));
  return TRUE;
}

char *
vmm_file_dialogs_ask_for_path (VmmFileDialogs *dialogs, GtkFileChooserAction action,
                               const char *title, const char *button, const char *name)
{
  g_autoptr (GtkFileChooserNative) dialog = gtk_file_chooser_native_new (
      title, vmm_file_dialogs_get_window (dialogs), action, button, NULL);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  gtk_file_chooser_set_do_overwrite_confirmation (chooser, TRUE);
  if (name)
    gtk_file_chooser_set_current_name (chooser, name);
  return run_chooser (dialogs, dialog) ? gtk_file_chooser_get_filename (chooser) : NULL;
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *pattern)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

/* ---- Pictures */

/* The ending of a format takes the place of another's. */
static char *
replace_ending (const char *name, const char *ending)
{
  for (guint i = 0; vmm_chart_get_ending (i); i++)
    if (g_str_has_suffix (name, vmm_chart_get_ending (i)))
      return g_strdup_printf ("%.*s%s", (int) (strlen (name) - strlen (vmm_chart_get_ending (i))),
                              name, ending);
  return g_strconcat (name, ending, NULL);
}

/* The format is chosen as a filter: what is chosen is in the name, where the user can see it. */
static void
on_format_changed (GtkFileChooser *chooser)
{
  GtkFileFilter   *filter = gtk_file_chooser_get_filter (chooser);
  g_autofree char *name = gtk_file_chooser_get_current_name (chooser);

  for (guint i = 0; filter && name && vmm_chart_get_format (i); i++) {
    if (!g_str_equal (gtk_file_filter_get_name (filter), vmm_chart_get_format (i)))
      continue;
    g_autofree char *changed = replace_ending (name, vmm_chart_get_ending (i));
    gtk_file_chooser_set_current_name (chooser, changed);
  }
}

/* A dialog of GTK's own: the native one does not say which filter is chosen while it is open. */
static GtkWidget *
new_picture_dialog (const VmmFileDialogs *dialogs)
{
  GtkWidget *dialog = gtk_file_chooser_dialog_new (
      _ ("Save Picture"), vmm_file_dialogs_get_window (dialogs), GTK_FILE_CHOOSER_ACTION_SAVE,
      _ ("_Cancel"), GTK_RESPONSE_CANCEL, _ ("_Save"), GTK_RESPONSE_ACCEPT, NULL);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_dialog_set_default_response (GTK_DIALOG (dialog), GTK_RESPONSE_ACCEPT);
  gtk_file_chooser_set_do_overwrite_confirmation (chooser, TRUE);
  gtk_file_chooser_set_current_name (chooser, "vmm-comparison.png");
  for (guint i = 0; vmm_chart_get_format (i); i++) {
    g_autofree char *pattern = g_strconcat ("*", vmm_chart_get_ending (i), NULL);
    add_filter (chooser, vmm_chart_get_format (i), pattern);
  }
  g_signal_connect (chooser, "notify::filter", G_CALLBACK (on_format_changed), NULL);
  go_to_folder (dialogs, chooser);
  return dialog;
}

char *
vmm_file_dialogs_ask_for_picture (VmmFileDialogs *dialogs)
{
  g_autoptr (GtkWidget) dialog = g_object_ref (new_picture_dialog (dialogs));
  char *path = NULL;

  if (gtk_dialog_run (GTK_DIALOG (dialog)) == GTK_RESPONSE_ACCEPT) {
    path = gtk_file_chooser_get_filename (GTK_FILE_CHOOSER (dialog));
    remember_folder (dialogs, GTK_FILE_CHOOSER (dialog));
  }
  gtk_widget_destroy (dialog);
  return path;
}

/* ---- Runs */

char **
vmm_file_dialogs_ask_for_files (VmmFileDialogs *dialogs)
{
  g_autoptr (GtkFileChooserNative) dialog =
      gtk_file_chooser_native_new (_ ("Import Runs"), vmm_file_dialogs_get_window (dialogs),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"), NULL);
  GPtrArray *paths;

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("Results (*.json)"), "*.json");
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("All files"), "*");
  if (!run_chooser (dialogs, dialog))
    return NULL;
  GSList *names = gtk_file_chooser_get_filenames (GTK_FILE_CHOOSER (dialog));
  paths = g_ptr_array_new ();
  for (GSList *at = names; at; at = at->next)
    g_ptr_array_add (paths, at->data);
  g_slist_free (names);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}
