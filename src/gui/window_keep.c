/* SPDX-License-Identifier: MIT */
/* window_keep: a finished run is kept, or offered for keeping. */
#include <glib/gi18n-lib.h>

#include "vmm/language.h"
#include "vmm/store.h"
#include "window_private.h"

static void
keep_in_thread (GTask *task, gpointer source, gpointer result, GCancellable *cancellable)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autoptr (VmmStore) store = vmm_store_open (directory);
  GError          *error = NULL;
  g_autofree char *id = vmm_store_save (store, result, NULL, &error);

  if (id)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
offer_saving (VmmMainWindow *window, gboolean offered)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), "save");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), offered);
  vmm_score_card_offer_saving (vmm_dashboard_get_score_card (window->dashboard), offered);
}

/* `result` may be NULL: there is nothing to save. */
static void
set_unsaved (VmmMainWindow *window, VmmResult *result)
{
  g_clear_pointer (&window->result, vmm_result_unref);
  window->result = result ? vmm_result_ref (result) : NULL;
  offer_saving (window, FALSE);
}

static void
on_kept (GObject *source, GAsyncResult *outcome, gpointer data)
{
  VmmMainWindow *window = VMM_MAIN_WINDOW (source);
  VmmResult     *result = g_task_get_task_data (G_TASK (outcome));
  g_autoptr (GError) error = NULL;

  g_application_release (g_application_get_default ());
  g_task_propagate_boolean (G_TASK (outcome), &error);
  if (!error && window->results)
    vmm_results_page_refresh (window->results);
  if (!window->session || window->result != result)
    return;
  if (!error) {
    set_unsaved (window, NULL);
    return;
  }
  g_autofree char *directory = vmm_store_default_directory ();
  g_autofree char *said = vmm_say (error->message);
  g_autofree char *note = g_strdup_printf (
      _ ("This run was not kept: %1$s. See to it that there is room in %2$s and that "
         "you may write to it, then save this run."),
      said, directory);
  vmm_score_card_show_result (vmm_dashboard_get_score_card (window->dashboard), result, note);
  offer_saving (window, TRUE);
}

/* The disk may be slow: the file is written beside the main loop, which goes on until it is. */
static void
keep_result (VmmMainWindow *window, VmmResult *result)
{
  g_autoptr (GTask) task = g_task_new (window, NULL, on_kept, NULL);

  g_task_set_task_data (task, vmm_result_ref (result), (GDestroyNotify) vmm_result_unref);
  g_application_hold (g_application_get_default ());
  g_task_run_in_thread (task, keep_in_thread);
}

void
vmm_main_window_keep (VmmMainWindow *window, VmmResult *result)
{
  set_unsaved (window, result);
  if (result && window->settings.save)
    keep_result (window, result);
  else
    offer_saving (window, result != NULL);
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;

  if (!window->result)
    return;
  offer_saving (window, FALSE);
  keep_result (window, window->result);
}

void
vmm_main_window_add_keep_actions (VmmMainWindow *window)
{
  static const GActionEntry actions[] = { { .name = "save", .activate = on_save } };

  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
  offer_saving (window, FALSE);
}
