/* SPDX-License-Identifier: MIT */
/* results_files: asks for the files that runs and pictures come from and go to. */
#include <glib/gi18n-lib.h>

#include "results_private.h"

GtkWindow *
vmm_results_page_get_window (VmmResultsPage *page)
{
  return GTK_WINDOW (gtk_widget_get_toplevel (GTK_WIDGET (page)));
}

/* TRUE when files were chosen. It opens in the folder of the last time; at home the first time. */
static gboolean
run_chooser (VmmResultsPage *page, GtkFileChooserNative *dialog)
{
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  gtk_file_chooser_set_current_folder (chooser, page->folder ? page->folder : g_get_home_dir ());
  if (gtk_native_dialog_run (GTK_NATIVE_DIALOG (dialog)) != GTK_RESPONSE_ACCEPT)
    return FALSE;
  g_free (page->folder);
  page->folder = gtk_file_chooser_get_current_folder (chooser);
  return TRUE;
}

char *
vmm_results_page_ask_for_path (VmmResultsPage *page, GtkFileChooserAction action, const char *title,
                               const char *button, const char *name)
{
  g_autoptr (GtkFileChooserNative) dialog =
      gtk_file_chooser_native_new (title, vmm_results_page_get_window (page), action, button, NULL);
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  gtk_file_chooser_set_do_overwrite_confirmation (chooser, TRUE);
  if (name)
    gtk_file_chooser_set_current_name (chooser, name);
  return run_chooser (page, dialog) ? gtk_file_chooser_get_filename (chooser) : NULL;
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *pattern)
{
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

char **
vmm_results_page_ask_for_files (VmmResultsPage *page)
{
  g_autoptr (GtkFileChooserNative) dialog =
      gtk_file_chooser_native_new (_ ("Import Runs"), vmm_results_page_get_window (page),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"), NULL);
  GPtrArray *paths;

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("Results (*.json)"), "*.json");
  add_filter (GTK_FILE_CHOOSER (dialog), _ ("All files"), "*");
  if (!run_chooser (page, dialog))
    return NULL;
  GSList *names = gtk_file_chooser_get_filenames (GTK_FILE_CHOOSER (dialog));
  paths = g_ptr_array_new ();
  for (GSList *at = names; at; at = at->next)
    g_ptr_array_add (paths, at->data);
  g_slist_free (names);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}
