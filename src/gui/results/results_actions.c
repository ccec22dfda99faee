/* SPDX-License-Identifier: MIT */
/* results_actions: what can be done with the kept runs, by menu, button and key. */
#include <glib/gi18n-lib.h>

#include "results_private.h"
#include "transfer.h"
#include "vmm/language.h"

static void
tell_transfer (VmmResultsPage *page, const VmmTransfer *transfer, const char *words)
{
  vmm_results_page_tell (page, transfer->problems->len ? GTK_MESSAGE_ERROR : GTK_MESSAGE_INFO,
                         words, FALSE);
}

/* What went wrong, in the user's language, and what to do about it. */
static void
tell_failure (VmmResultsPage *page, const char *said, const char *advice)
{
  g_autofree char *words = g_strdup_printf ("%s\n%s", said, advice);

  vmm_results_page_tell (page, GTK_MESSAGE_ERROR, words, FALSE);
}

/* ---- Import */

static void
on_imported (gpointer data, gpointer user_data)
{
  g_autofree char *words = vmm_transfer_tell_import (data);

  tell_transfer (user_data, data, words);
  vmm_results_page_refresh (user_data);
}

void
vmm_results_page_import (VmmResultsPage *page, char **paths)
{
  vmm_shelf_ask (page->shelf, (VmmShelfWork) vmm_transfer_import, on_imported,
                 vmm_transfer_new (paths, NULL, VMM_FORMAT_JSON),
                 (GDestroyNotify) vmm_transfer_free);
}

static void
on_import (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  char **paths = vmm_results_page_ask_for_files (data);

  if (paths)
    vmm_results_page_import (data, paths);
}

/* ---- Export: the action's name says the format */

static void
on_exported (gpointer data, gpointer user_data)
{
  g_autofree char *words = vmm_transfer_tell_export (data);

  tell_transfer (user_data, data, words);
}

static void
on_export (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmResultsPage *page = data;
  VmmFormat       format = VMM_FORMAT_JSON;
  gboolean        single = page->chosen[0] && !page->chosen[1];
  const char     *id = g_variant_get_string (parameter, NULL);

  while (format + 1 < VMM_N_FORMATS && !g_str_equal (id, vmm_format_id (format)))
    format++;
  if (!page->chosen[0])
    return;
  g_autofree char *name = g_strconcat (page->chosen[0], vmm_format_ending (format), NULL);
  char            *path =
      single ? vmm_results_page_ask_for_path (page, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Export Run"),
                                                         _ ("_Export"), name)
                        : vmm_results_page_ask_for_path (page, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                                         _ ("Export Runs into a Folder"), _ ("_Export"), NULL);
  if (path)
    vmm_shelf_ask (page->shelf, (VmmShelfWork) vmm_transfer_export, on_exported,
                   vmm_transfer_new (g_strdupv (page->chosen), path, format),
                   (GDestroyNotify) vmm_transfer_free);
}

/* ---- Delete and undo */

typedef struct {
  char **ids;
  guint  done; /* the first of them */
  gboolean (*move) (VmmStore *store, const char *id, GError **error);
  GError *error;
} Move;

static void
move_free (Move *move)
{
  g_strfreev (move->ids);
  g_clear_error (&move->error);
  g_free (move);
}

static void
do_move (VmmStore *store, gpointer data)
{
  Move *move = data;

  for (; move->ids[move->done]; move->done++)
    if (!move->move (store, move->ids[move->done], &move->error))
      return;
}

static void
ask_to_move (VmmResultsPage *page, char                                             **ids,
             gboolean (*function) (VmmStore *, const char *, GError **), VmmShelfDone done)
{
  Move *move = g_new0 (Move, 1);

  move->ids = ids;
  move->move = function;
  vmm_shelf_ask (page->shelf, do_move, done, move, (GDestroyNotify) move_free);
}

/* `words` say how many were moved. */
static void
tell_move (VmmResultsPage *page, const Move *move, const char *words, gboolean can_undo)
{
  if (move->error) {
    g_autofree char *directory = vmm_store_default_directory ();
    g_autofree char *advice =
        g_strdup_printf (_ ("Make sure that you may write to %s, then try again."), directory);
    g_autofree char *said = vmm_say (move->error->message);
    g_autofree char *failure = g_strdup_printf ("%s %s", words, said);
    tell_failure (page, failure, advice);
    gtk_widget_set_visible (page->undo_button, can_undo);
  } else
    vmm_results_page_tell (page, GTK_MESSAGE_INFO, words, can_undo);
  vmm_results_page_refresh (page);
}

static void
on_deleted (gpointer data, gpointer user_data)
{
  VmmResultsPage *page = user_data;
  Move           *move = data;

  if (move->done > 0) {
    char **ids = g_strdupv (move->ids);
    for (guint i = move->done; ids[i]; i++)
      g_clear_pointer (&ids[i], g_free);
    g_queue_push_head (page->deleted, ids);
  }
  g_autofree char *words = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u run deleted.", "%u runs deleted.", move->done), move->done);
  tell_move (page, move, words, move->done > 0);
}

static void
on_restored (gpointer data, gpointer user_data)
{
  VmmResultsPage  *page = user_data;
  const Move      *move = data;
  g_autofree char *words = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u run restored.", "%u runs restored.", move->done),
      move->done);

  g_strfreev (page->to_choose);
  page->to_choose = g_strdupv (move->ids);
  tell_move (page, move, words, FALSE);
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmResultsPage *page = data;

  if (page->chosen[0])
    ask_to_move (page, g_strdupv (page->chosen), vmm_store_delete, on_deleted);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmResultsPage *page = data;
  char          **ids = g_queue_pop_head (page->deleted);

  if (ids)
    ask_to_move (page, ids, vmm_store_restore, on_restored);
  vmm_results_page_enable_actions (page);
}

/* ---- Picture and paper */

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmResultsPage *page = data;
  g_autoptr (GError) error = NULL;

  if (!page->chart)
    return;
  g_autoptr (VmmChart) chart = vmm_chart_ref (page->chart);
  g_autofree char *path = vmm_results_page_ask_for_picture (page);
  if (!path)
    return;
  if (!vmm_chart_save (chart, path, &error)) {
    g_autofree char *said = vmm_say (error->message);
    tell_failure (page, said,
                  _ ("Choose another folder or name, with room, that you may write to."));
    return;
  }
  g_autofree char *words = g_strdup_printf (_ ("Saved as %s"), path);
  vmm_results_page_tell (page, GTK_MESSAGE_INFO, words, FALSE);
}

/* On one page, as wide as it is, less if it would be too high. */
static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  const VmmChart *chart = data;
  const double    width = 720; /* units of the picture */
  cairo_t        *cr = gtk_print_context_get_cairo_context (context);
  double          height = vmm_chart_draw_on_paper (chart, NULL, width);
  double          scale = MIN (gtk_print_context_get_width (context) / width,
                               gtk_print_context_get_height (context) / height);

  cairo_scale (cr, scale, scale);
  vmm_chart_draw_on_paper (chart, cr, width);
}

static void
on_print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmResultsPage *page = data;
  g_autoptr (GError) error = NULL;

  if (!page->chart)
    return;
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (VmmChart) chart = vmm_chart_ref (page->chart);
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_DIR,
                          page->folder ? page->folder : g_get_home_dir ());
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME, "vmm-comparison");
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_n_pages (operation, 1);
  gtk_print_operation_set_job_name (operation, _ ("VMM Performance Monitor"));
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page), chart);
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                               vmm_results_page_get_window (page),
                               &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    tell_failure (page, error->message,
                  _ ("Choose another printer, or save a picture and print that."));
}

static void
on_find (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_grab_focus (VMM_RESULTS_PAGE (data)->search);
}

/* ---- The group */

static const GActionEntry entries[] = {
  { .name = "import", .activate = on_import },
  { .name = "export", .activate = on_export, .parameter_type = "s" },
  { .name = "delete", .activate = on_delete },
  { .name = "undo", .activate = on_undo },
  { .name = "save", .activate = on_save },
  { .name = "print", .activate = on_print },
  { .name = "find", .activate = on_find },
};

static void
enable (VmmResultsPage *page, const char *name, gboolean wanted)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (page->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               wanted && gtk_widget_get_mapped (GTK_WIDGET (page)));
}

void
vmm_results_page_add_actions (VmmResultsPage *page)
{
  page->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), entries, G_N_ELEMENTS (entries),
                                   page);
}

void
vmm_results_page_enable_actions (VmmResultsPage *page)
{
  enable (page, "import", TRUE);
  enable (page, "find", TRUE);
  enable (page, "export", page->chosen[0] != NULL);
  enable (page, "delete", page->chosen[0] != NULL);
  enable (page, "undo", !g_queue_is_empty (page->deleted));
  enable (page, "save", page->chart != NULL);
  enable (page, "print", page->chart != NULL);
}
