/* SPDX-License-Identifier: MIT */
/* window_keep: a finished run is kept, or offered for keeping. */
#include <glib/gi18n-lib.h>

#include "vmm/language.h"
#include "vmm/store.h"
#include "window_private.h"

typedef struct {
  VmmResult *result;
  GError    *error;
} Keeping;

static void
keeping_free (Keeping *keeping)
{
  vmm_result_unref (keeping->result);
  g_clear_error (&keeping->error);
  g_free (keeping);
}

static void
keep (VmmStore *store, gpointer data)
{
  Keeping *keeping = data;

  g_free (vmm_store_save (store, keeping->result, NULL, &keeping->error));
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
on_kept (gpointer data, gpointer user_data)
{
  const Keeping *keeping = data;
  VmmMainWindow *window = user_data;

  if (!keeping->error)
    vmm_results_page_refresh (window->results);
  if (window->result != keeping->result)
    return;
  if (!keeping->error) {
    set_unsaved (window, NULL);
    return;
  }
  g_autofree char *directory = vmm_store_default_directory ();
  g_autofree char *said = vmm_say (keeping->error->message);
  g_autofree char *note =
      g_strdup_printf (_ ("This run was not kept: %1$s. Free some space in %2$s, and make sure "
                          "that you may write to it. Then save this run."),
                       said, directory);
  vmm_score_card_show_result (vmm_dashboard_get_score_card (window->dashboard), keeping->result,
                              note);
  offer_saving (window, TRUE);
}

static void
keep_result (VmmMainWindow *window, VmmResult *result)
{
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->result = vmm_result_ref (result);
  vmm_shelf_ask (window->shelf, keep, on_kept, keeping, (GDestroyNotify) keeping_free);
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
