/* SPDX-License-Identifier: MIT */
/* run_actions: done on the shelf, and what became of it is told. */
#include "run_actions.h"

#include <glib/gi18n-lib.h>

#include "chart_print.h"
#include "clipboard.h"
#include "file_dialogs.h"
#include "sharing.h"
#include "transfer.h"
#include "vmm/card.h"
#include "vmm/language.h"

struct _VmmRunActions {
  GSimpleActionGroup parent;
  GtkWidget         *page; /* this and what follows are the page's */
  VmmShelf          *shelf;
  VmmRunList        *list;
  VmmRunDetails     *details;
  VmmNotice         *notice;
  VmmFileDialogs     dialogs;
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (VmmRunActions, vmm_run_actions, G_TYPE_SIMPLE_ACTION_GROUP)

static void
tell_transfer (VmmRunActions *actions, const VmmTransfer *transfer, const char *words)
{
  vmm_notice_tell (actions->notice, transfer->problems->len ? GTK_MESSAGE_ERROR : GTK_MESSAGE_INFO,
                   words, FALSE);
}

/* What went wrong, in the user's language, and what to do about it. */
static void
tell_failure (VmmRunActions *actions, const char *said, const char *advice)
{
  g_autofree char *words = g_strdup_printf ("%s\n%s", said, advice);

  vmm_notice_tell (actions->notice, GTK_MESSAGE_ERROR, words, FALSE);
}

/* The store, by us: `to_choose` of it then, or NULL. */
static void
tell_changed (VmmRunActions *actions, char **to_choose)
{
  g_signal_emit (actions, signals[CHANGED], 0, to_choose);
}

/* ---- Import */

static void
on_imported (gpointer data, gpointer user_data)
{
  g_autofree char *words = vmm_transfer_tell_import (data);

  tell_transfer (user_data, data, words);
  tell_changed (user_data, NULL);
}

void
vmm_run_actions_import (VmmRunActions *actions, char **paths)
{
  vmm_shelf_ask_for (actions->shelf, actions, (VmmShelfWork) vmm_transfer_import, on_imported,
                     vmm_transfer_new (paths, NULL, VMM_FORMAT_JSON),
                     (GDestroyNotify) vmm_transfer_free);
}

static void
on_import (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  char **paths = vmm_file_dialogs_ask_for_files (&((VmmRunActions *) data)->dialogs);

  if (paths)
    vmm_run_actions_import (data, paths);
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
  VmmRunActions *actions = data;
  VmmFormat      format = VMM_FORMAT_JSON;
  g_auto (GStrv) chosen = vmm_run_list_get_chosen (actions->list);
  const char *id = g_variant_get_string (parameter, NULL);

  while (format + 1 < VMM_N_FORMATS && !g_str_equal (id, vmm_format_id (format)))
    format++;
  if (!chosen[0])
    return;
  gboolean         single = !chosen[1];
  g_autofree char *name = g_strconcat (chosen[0], vmm_format_ending (format), NULL);
  char            *path =
      single
                     ? vmm_file_dialogs_ask_for_path (&actions->dialogs, GTK_FILE_CHOOSER_ACTION_SAVE,
                                                      _ ("Export Run"), _ ("_Export"), name)
                     : vmm_file_dialogs_ask_for_path (&actions->dialogs, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                                      _ ("Export Runs into a Folder"), _ ("_Export"), NULL);
  if (path)
    vmm_shelf_ask_for (actions->shelf, actions, (VmmShelfWork) vmm_transfer_export, on_exported,
                       vmm_transfer_new (g_steal_pointer (&chosen), path, format),
                       (GDestroyNotify) vmm_transfer_free);
}

/* ---- Delete and undo */

/* `words` say how many were moved. */
static void
tell_move (VmmRunActions *actions, const GError *error, const char *words, gboolean can_undo)
{
  if (error) {
    g_autofree char *directory = vmm_store_default_directory ();
    g_autofree char *advice =
        g_strdup_printf (_ ("Make sure that you may write to %s, then try again."), directory);
    g_autofree char *said = vmm_say (error->message);
    g_autofree char *failure = g_strdup_printf ("%s %s\n%s", words, said, advice);
    vmm_notice_tell (actions->notice, GTK_MESSAGE_ERROR, failure, can_undo);
  } else
    vmm_notice_tell (actions->notice, GTK_MESSAGE_INFO, words, can_undo);
}

static void
on_deleted (char **ids, guint n, const GError *error, gpointer data)
{
  g_autofree char *words =
      g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u run deleted.", "%u runs deleted.", n), n);

  tell_move (data, error, words, n > 0);
  tell_changed (data, NULL);
}

static void
on_restored (char **ids, guint n, const GError *error, gpointer data)
{
  g_autofree char *words = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u run restored.", "%u runs restored.", n), n);

  tell_move (data, error, words, FALSE);
  tell_changed (data, ids);
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmRunActions *actions = data;
  g_auto (GStrv) chosen = vmm_run_list_get_chosen (actions->list);

  if (chosen[0])
    vmm_shelf_delete (actions->shelf, actions, g_steal_pointer (&chosen), on_deleted);
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmRunActions *actions = data;

  vmm_shelf_undo (actions->shelf, actions, on_restored);
  vmm_run_actions_enable (actions);
}

/* ---- Picture and paper */

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmRunActions *actions = data;
  g_autoptr (GError) error = NULL;

  if (!vmm_run_details_get_chart (actions->details))
    return;
  g_autoptr (VmmChart) chart = vmm_chart_ref (vmm_run_details_get_chart (actions->details));
  g_autofree char *path = vmm_file_dialogs_ask_for_picture (&actions->dialogs);
  if (!path)
    return;
  if (!vmm_chart_save (chart, path, &error)) {
    g_autofree char *said = vmm_say (error->message);
    tell_failure (actions, said,
                  _ ("Choose another folder or name, with room, that you may write to."));
    return;
  }
  g_autofree char *words = g_strdup_printf (_ ("Saved as %s"), path);
  vmm_notice_tell (actions->notice, GTK_MESSAGE_INFO, words, FALSE);
}

static void
on_print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmRunActions *actions = data;
  VmmChart      *chart = vmm_run_details_get_chart (actions->details);
  g_autoptr (GError) error = NULL;

  if (chart && !vmm_chart_print (chart, vmm_file_dialogs_get_window (&actions->dialogs),
                                 vmm_file_dialogs_get_folder (&actions->dialogs), &error))
    tell_failure (actions, error->message,
                  _ ("Choose another printer, or save a picture and print that."));
}

/* ---- To show to others */

/* What is not done yet, where the window is; FALSE and the error. */
static gboolean
hand_over (VmmRunActions *actions, const VmmSharing *sharing, GError **error)
{
  if (sharing->form == VMM_SHARED_AS_PICTURE)
    return vmm_clipboard_put_card (actions->page, sharing->share, error);
  if (sharing->form == VMM_SHARED_AS_CARD)
    return vmm_card_save (sharing->share, sharing->path, error);
  if (sharing->form < VMM_SHARED_AS_PAGE)
    vmm_clipboard_put_text (actions->page, sharing->text);
  return TRUE;
}

static void
on_shared (gpointer data, gpointer user_data)
{
  const VmmSharing *sharing = data;
  g_autoptr (GError) error = sharing->error ? g_error_copy (sharing->error) : NULL;

  if (!error && hand_over (user_data, sharing, &error)) {
    g_autofree char *words = sharing->path
                                 ? g_strdup_printf (_ ("Saved as %s"), sharing->path)
                                 : g_strdup (_ ("Copied: paste it where others read it."));
    vmm_notice_tell (((VmmRunActions *) user_data)->notice, GTK_MESSAGE_INFO, words, FALSE);
    return;
  }
  g_autofree char *said = vmm_say (error->message);
  tell_failure (user_data, said,
                sharing->path
                    ? _ ("Choose another folder or name, with room, that you may write to.")
                    : _ ("Choose one run, or two sides that can be compared."));
}

/* Where to; NULL when the user does not want it after all. */
static char *
ask_for_shared (VmmRunActions *actions, VmmSharedAs form)
{
  return form == VMM_SHARED_AS_PAGE
             ? vmm_file_dialogs_ask_for_path (&actions->dialogs, GTK_FILE_CHOOSER_ACTION_SAVE,
                                              _ ("Save Page"), _ ("_Save"), "vmm-score.html")
             : vmm_file_dialogs_ask_for_path (&actions->dialogs, GTK_FILE_CHOOSER_ACTION_SAVE,
                                              _ ("Save Card"), _ ("_Save"), "vmm-score.png");
}

static void
on_share (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmRunActions *actions = data;
  VmmSharedAs    form = VMM_SHARED_AS_TEXT;
  char         **chosen = vmm_run_list_get_chosen (actions->list);
  VmmSides       sides = vmm_run_details_get_sides (actions->details);
  char          *path = NULL;

  while (form + 1 < VMM_N_SHARED_AS &&
         !g_str_equal (g_variant_get_string (parameter, NULL), vmm_shared_as_id (form)))
    form++;
  if (form >= VMM_SHARED_AS_PAGE && !(path = ask_for_shared (actions, form)))
    g_strfreev (chosen);
  else
    vmm_shelf_ask_for (actions->shelf, actions, (VmmShelfWork) vmm_sharing_do, on_shared,
                       vmm_sharing_new (chosen, sides, form, path),
                       (GDestroyNotify) vmm_sharing_free);
}

/* ---- The group */

static const GActionEntry entries[] = {
  { .name = "import", .activate = on_import },
  { .name = "export", .activate = on_export, .parameter_type = "s" },
  { .name = "delete", .activate = on_delete },
  { .name = "undo", .activate = on_undo },
  { .name = "save", .activate = on_save },
  { .name = "print", .activate = on_print },
  { .name = "share", .activate = on_share, .parameter_type = "s" },
};

static void
enable (VmmRunActions *actions, const char *name, gboolean wanted)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               wanted && gtk_widget_get_mapped (actions->page));
}

void
vmm_run_actions_enable (VmmRunActions *actions)
{
  g_auto (GStrv) chosen = vmm_run_list_get_chosen (actions->list);
  gboolean has_chart = vmm_run_details_get_chart (actions->details) != NULL;

  enable (actions, "import", TRUE);
  enable (actions, "export", chosen[0] != NULL);
  enable (actions, "delete", chosen[0] != NULL);
  enable (actions, "undo", vmm_shelf_can_undo (actions->shelf));
  enable (actions, "save", has_chart);
  enable (actions, "print", has_chart);
  enable (actions, "share", has_chart);
}

static void
finalize (GObject *object)
{
  VmmRunActions *actions = VMM_RUN_ACTIONS (object);

  g_free (actions->dialogs.folder);
  G_OBJECT_CLASS (vmm_run_actions_parent_class)->finalize (object);
}

static void
vmm_run_actions_class_init (VmmRunActionsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
}

static void
vmm_run_actions_init (VmmRunActions *actions)
{
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries),
                                   actions);
}

VmmRunActions *
vmm_run_actions_new (GtkWidget *page, VmmShelf *shelf, VmmRunList *list, VmmRunDetails *details,
                     VmmNotice *notice)
{
  VmmRunActions *actions = g_object_new (VMM_TYPE_RUN_ACTIONS, NULL);

  actions->page = actions->dialogs.widget = page;
  actions->shelf = shelf;
  actions->list = list;
  actions->details = details;
  actions->notice = notice;
  return actions;
}
