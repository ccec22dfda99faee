/* SPDX-License-Identifier: MIT */
/* window_settings: the user's wishes to the session, and which of them last. */
#include <glib/gi18n-lib.h>

#include "preferences.h"
#include "window_private.h"

void
vmm_main_window_set_settings (VmmMainWindow *window, const VmmSettings *settings)
{
  vmm_settings_clear (&window->settings);
  vmm_settings_copy (&window->settings, settings);
  vmm_dashboard_set_units (window->dashboard, settings->units);
}

/* Measures anew, on the same machine, as `plan` says. */
static void
follow_plan (VmmMainWindow *window, const VmmPlan *plan)
{
  VmmHost *host = vmm_host_ref (vmm_session_get_host (window->session));
  g_autoptr (GError) error = NULL;
  VmmSession *session = vmm_session_new (plan, host, &error);

  vmm_host_unref (host);
  if (!session) {
    vmm_main_window_tell (window, error->message,
                          _ ("Choose other preferences, or start the program again."));
    return;
  }
  vmm_main_window_set_session (window, session);
  vmm_session_attach (session);
  vmm_main_window_measure (window);
}

static void
on_passive (GSimpleAction *action, GVariant *state, gpointer data)
{
  VmmMainWindow *window = data;
  g_auto (VmmPlan) plan = { 0 };

  if (!window->session)
    return;
  vmm_plan_copy (&plan, vmm_session_get_plan (window->session));
  plan.probes = !g_variant_get_boolean (state);
  follow_plan (window, &plan);
}

/* As they are now, which is not as they are kept where the command line says otherwise. */
static void
get_settings (VmmMainWindow *window, VmmSettings *ret_settings)
{
  const VmmPlan *plan = vmm_session_get_plan (window->session);

  vmm_settings_copy (ret_settings, &window->settings);
  ret_settings->interval_ms = plan->interval_ms;
  g_free (ret_settings->ping_target);
  ret_settings->ping_target = g_strdup (plan->ping_target);
}

/* What changes the measurement begins a new one, the rest does not. */
static void
follow_settings (VmmMainWindow *window, const VmmSettings *before, const VmmSettings *after)
{
  guint rows = vmm_settings_rows (after->history_s, after->interval_ms);

  vmm_main_window_set_settings (window, after);
  if (after->interval_ms != before->interval_ms ||
      g_strcmp0 (after->ping_target, before->ping_target) != 0) {
    g_auto (VmmPlan) plan = { 0 };
    vmm_plan_copy (&plan, vmm_session_get_plan (window->session));
    plan.interval_ms = after->interval_ms;
    g_free (plan.ping_target);
    plan.ping_target = g_strdup (after->ping_target);
    plan.history = rows;
    follow_plan (window, &plan);
  } else if (after->history_s != before->history_s) {
    vmm_session_set_history (window->session, rows);
    vmm_dashboard_update (window->dashboard);
  }
}

/* Of what is kept only that changes which was changed here. */
static void
remember (VmmMainWindow *window, const VmmSettings *before, const VmmSettings *after)
{
  g_autofree char *path = vmm_settings_path ();
  g_autoptr (GError) error = NULL;

  if (!vmm_settings_remember (before, after, path, &error))
    vmm_main_window_tell (window, error->message,
                          _ ("The preferences hold until the program ends. To keep them, make sure "
                             "that you may write to this file."));
}

static void
on_preferences_response (GtkDialog *dialog, int response, gpointer data)
{
  VmmMainWindow *window = data;
  g_auto (VmmSettings) before = { 0 }, after = { 0 };

  if (response == GTK_RESPONSE_APPLY && window->session) {
    get_settings (window, &before);
    vmm_settings_copy (&after, &before);
    vmm_preferences_get (VMM_PREFERENCES (dialog), &after);
    gtk_widget_destroy (GTK_WIDGET (dialog));
    follow_settings (window, &before, &after);
    remember (window, &before, &after);
    return;
  }
  gtk_widget_destroy (GTK_WIDGET (dialog));
}

static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;

  if (!window->session)
    return;
  g_auto (VmmSettings) settings = { 0 };
  get_settings (window, &settings);
  GtkWidget *dialog = vmm_preferences_new (GTK_WINDOW (window), &settings);
  g_signal_connect (dialog, "response", G_CALLBACK (on_preferences_response), window);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
vmm_main_window_show_passive (VmmMainWindow *window, gboolean passive)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), "passive");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (passive));
}

void
vmm_main_window_add_settings_actions (VmmMainWindow *window)
{
  static const GActionEntry actions[] = {
    { .name = "passive", .state = "false", .change_state = on_passive },
    { .name = "preferences", .activate = on_preferences },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
}
