/* SPDX-License-Identifier: MIT */
/* window: a session's news on the screen, the user's wishes to the session. */
#include "window.h"

#include <glib/gi18n-lib.h>

#include "dashboard.h"
#include "preferences.h"
#include "results_page.h"
#include "score_page.h"
#include "shortcuts.h"
#include "style.h"
#include "vmm/result.h"
#include "vmm/store.h"
#include "vmm/language.h"

/* How often the card looks at what the probes do, while they run. */
#define PROGRESS_MS 250

struct _VmmMainWindow {
  GtkApplicationWindow parent;
  GtkWidget      *stack, *titles, *subtitle, *measure_button, *menu_button, *info_bar, *info_label;
  VmmDashboard   *dashboard;
  VmmResultsPage *results;
  VmmScorePage   *score_page;
  const char     *left;      /* name of the page before the score's */
  GtkWidget      *left_from; /* what had the focus there, or NULL */

  VmmSession *session;
  VmmResult  *result; /* the newest, while it is shown and not kept; or NULL */
  VmmSettings settings;
  guint       progress; /* timer, while observing */
  guint       begin;    /* idle, between the first frame and the first window */
  guint       judge;    /* idle, between the last sample of a window and its result */
};

G_DEFINE_TYPE (VmmMainWindow, vmm_main_window, GTK_TYPE_APPLICATION_WINDOW)

/* ---- The run */

static gboolean
on_progress (gpointer data)
{
  VmmMainWindow *window = data;

  vmm_score_card_show_progress (vmm_dashboard_get_score_card (window->dashboard), window->session,
                                g_get_monotonic_time ());
  return G_SOURCE_CONTINUE;
}

static void
stop_progress (VmmMainWindow *window)
{
  g_clear_handle_id (&window->progress, g_source_remove);
}

static void
on_sampled (VmmSession *session, gpointer data)
{
  VmmMainWindow *window = data;

  vmm_dashboard_update (window->dashboard);
  if (vmm_session_get_state (session) == VMM_SESSION_OBSERVING)
    on_progress (window);
}

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

/* The disk may be slow: the file is written beside the main loop. */
static void
keep_result (VmmMainWindow *window, VmmResult *result)
{
  g_autoptr (GTask) task = g_task_new (window, NULL, on_kept, NULL);

  g_task_set_task_data (task, vmm_result_ref (result), (GDestroyNotify) vmm_result_unref);
  g_task_run_in_thread (task, keep_in_thread);
}

/* After a window that cannot be used, measuring again is what to do next. */
static void
suggest_measure (VmmMainWindow *window, gboolean suggested)
{
  GtkStyleContext *context = gtk_widget_get_style_context (window->measure_button);

  if (suggested)
    gtk_style_context_add_class (context, GTK_STYLE_CLASS_SUGGESTED_ACTION);
  else
    gtk_style_context_remove_class (context, GTK_STYLE_CLASS_SUGGESTED_ACTION);
}

static gboolean
on_judge (gpointer data)
{
  VmmMainWindow *window = data;
  g_autoptr (VmmResult) result = vmm_result_new (window->session);

  window->judge = 0;
  suggest_measure (window, vmm_result_get_score (result)->quality >= VMM_QUALITY_DISTURBED);
  vmm_score_card_show_result (vmm_dashboard_get_score_card (window->dashboard), result, NULL);
  set_unsaved (window, result);
  if (window->settings.save)
    keep_result (window, result);
  else
    offer_saving (window, TRUE);
  return G_SOURCE_REMOVE;
}

/* Whatever comes next, the window that is over is judged first. */
static void
judge_now (VmmMainWindow *window)
{
  if (window->judge == 0)
    return;
  g_source_remove (window->judge);
  on_judge (window);
}

/* The last sample is painted before the judging, so that neither keeps the other waiting. */
static void
on_finished (VmmSession *session, gpointer data)
{
  VmmMainWindow *window = data;

  stop_progress (window);
  window->judge = g_idle_add (on_judge, window);
}

void
vmm_main_window_measure (VmmMainWindow *window)
{
  if (!window->session)
    return;
  g_clear_handle_id (&window->begin, g_source_remove);
  judge_now (window);
  suggest_measure (window, FALSE);
  set_unsaved (window, NULL);
  vmm_session_start (window->session, g_get_monotonic_time ());
  /* Without probes there is nothing to tell between the samples. */
  if (window->progress == 0 && vmm_session_get_plan (window->session)->probes)
    window->progress = g_timeout_add (PROGRESS_MS, on_progress, window);
  on_progress (window);
}

static gboolean
on_begin (gpointer data)
{
  VMM_MAIN_WINDOW (data)->begin = 0;
  vmm_main_window_measure (data);
  return G_SOURCE_REMOVE;
}

static gboolean
on_first_frame (GtkWidget *widget, cairo_t *cr, gpointer data)
{
  VmmMainWindow *window = VMM_MAIN_WINDOW (widget);

  g_signal_handlers_disconnect_by_func (widget, on_first_frame, data);
  if (window->begin == 0)
    window->begin = g_idle_add (on_begin, window);
  return GDK_EVENT_PROPAGATE;
}

void
vmm_main_window_measure_when_shown (VmmMainWindow *window)
{
  on_progress (window);
  g_signal_connect_after (window, "draw", G_CALLBACK (on_first_frame), NULL);
}

static void
drop_session (VmmMainWindow *window)
{
  stop_progress (window);
  g_clear_handle_id (&window->begin, g_source_remove);
  judge_now (window);
  vmm_dashboard_set_session (window->dashboard, NULL);
  set_unsaved (window, NULL);
  g_clear_pointer (&window->session, vmm_session_free);
}

static void
show_host (VmmMainWindow *window, const VmmHost *host)
{
  g_autofree char *summary = vmm_host_summary (host);
  g_autoptr (GString) evidence = g_string_new (NULL);

  gtk_label_set_text (GTK_LABEL (window->subtitle), summary);
  for (guint i = 0; host->evidence && host->evidence[i]; i++) {
    g_autofree char *line = vmm_say (host->evidence[i]);
    g_string_append_printf (evidence, "%s%s", i ? "\n" : "", line);
  }
  gtk_widget_set_tooltip_text (window->titles, evidence->str);
}

/* The menu's tick is the plan's, however it came about. */
static void
show_passive (VmmMainWindow *window, gboolean passive)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), "passive");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (passive));
}

void
vmm_main_window_set_settings (VmmMainWindow *window, const VmmSettings *settings)
{
  vmm_settings_clear (&window->settings);
  vmm_settings_copy (&window->settings, settings);
  vmm_dashboard_set_units (window->dashboard, settings->units);
}

void
vmm_main_window_set_session (VmmMainWindow *window, VmmSession *session)
{
  static const VmmObserver observer = { on_sampled, on_finished };

  drop_session (window);
  window->session = session;
  vmm_session_set_observer (session, &observer, window);
  show_host (window, vmm_session_get_host (session));
  show_passive (window, !vmm_session_get_plan (session)->probes);
  vmm_dashboard_set_session (window->dashboard, session);
}

VmmSession *
vmm_main_window_get_session (VmmMainWindow *window)
{
  return window->session;
}

/* ---- Wishes */

/* What went wrong, and what to do about it. */
static void
tell (VmmMainWindow *window, const char *message, const char *advice)
{
  g_autofree char *said = vmm_say (message);
  g_autofree char *words = g_strdup_printf ("%s\n%s", said, advice);

  gtk_label_set_text (GTK_LABEL (window->info_label), words);
  gtk_info_bar_set_revealed (GTK_INFO_BAR (window->info_bar), TRUE);
}

static void
on_info_response (GtkInfoBar *info_bar, int response, gpointer data)
{
  gtk_info_bar_set_revealed (info_bar, FALSE);
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
    g_autofree char *said = vmm_say (error->message);
    tell (window, said, _ ("Choose other preferences, or start the program again."));
    return;
  }
  vmm_main_window_set_session (window, session);
  vmm_session_attach (session);
  vmm_main_window_measure (window);
}

static void
on_measure (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;

  g_action_group_change_action_state (G_ACTION_GROUP (window), "results",
                                      g_variant_new_boolean (FALSE));
  vmm_main_window_measure (window);
}

/* The button's state is what is to be seen, however it came about. */
static void
on_results (GSimpleAction *action, GVariant *state, gpointer data)
{
  VmmMainWindow *window = data;
  gboolean       wanted = g_variant_get_boolean (state);

  g_simple_action_set_state (action, state);
  gtk_stack_set_visible_child_name (GTK_STACK (window->stack), wanted ? "results" : "live");
  if (wanted)
    vmm_results_page_focus (window->results);
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

/* ---- The page about the score: from either of the others, and back to it */

static void
on_explain (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;
  const char    *shown = gtk_stack_get_visible_child_name (GTK_STACK (window->stack));

  if (g_str_equal (shown, "score"))
    return;
  window->left = g_str_equal (shown, "results") ? "results" : "live";
  g_set_weak_pointer (&window->left_from, gtk_window_get_focus (GTK_WINDOW (window)));
  g_action_group_change_action_state (G_ACTION_GROUP (window), "results",
                                      g_variant_new_boolean (FALSE));
  gtk_stack_set_visible_child_name (GTK_STACK (window->stack), "score");
  vmm_score_page_focus (window->score_page);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;

  g_action_group_change_action_state (
      G_ACTION_GROUP (window), "results",
      g_variant_new_boolean (g_strcmp0 (window->left, "results") == 0));
  if (window->left_from)
    gtk_widget_grab_focus (window->left_from);
}

/* ---- The plan and the settings */

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
  g_auto (VmmSettings) kept = { 0 };

  vmm_settings_init (&kept);
  vmm_settings_load (&kept, path);
  if (after->interval_ms != before->interval_ms)
    kept.interval_ms = after->interval_ms;
  if (g_strcmp0 (after->ping_target, before->ping_target) != 0) {
    g_free (kept.ping_target);
    kept.ping_target = g_strdup (after->ping_target);
  }
  if (after->history_s != before->history_s)
    kept.history_s = after->history_s;
  if (after->save != before->save)
    kept.save = after->save;
  if (after->units != before->units)
    kept.units = after->units;
  if (!vmm_settings_save (&kept, path, &error))
    tell (window, error->message,
          _ ("The preferences hold until the program ends. To keep them, see to it that you may "
             "write "
             "to this file."));
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

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_present (GTK_WINDOW (vmm_shortcuts_new (window)));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  /* TRANSLATORS: your names, one a line. */
  const char *translators = _ ("translator-credits");

  gtk_show_about_dialog (
      window, "program-name", _ ("VMM Performance Monitor"), "version", VMM_VERSION,
      "logo-icon-name", "io.github.vmm_monitor", "license-type", GTK_LICENSE_MIT_X11, "comments",
      _ ("How well does this virtual machine monitor serve this guest?"), "translator-credits",
      g_str_equal (translators, "translator-credits") ? NULL : translators, NULL);
}

static const GActionEntry actions[] = {
  { .name = "measure", .activate = on_measure },
  { .name = "results", .state = "false", .change_state = on_results },
  { .name = "save", .activate = on_save },
  { .name = "explain", .activate = on_explain },
  { .name = "back", .activate = on_back },
  { .name = "passive", .state = "false", .change_state = on_passive },
  { .name = "preferences", .activate = on_preferences },
  { .name = "shortcuts", .activate = on_shortcuts },
  { .name = "about", .activate = on_about },
};

static void
on_style_updated (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vmm_main_window_parent_class)->style_updated (widget);
  vmm_style_classify (widget);
}

static void
dispose (GObject *object)
{
  VmmMainWindow *window = VMM_MAIN_WINDOW (object);

  if (window->session)
    drop_session (window);
  g_clear_weak_pointer (&window->left_from);
  vmm_settings_clear (&window->settings);
  G_OBJECT_CLASS (vmm_main_window_parent_class)->dispose (object);
}

static void
vmm_main_window_class_init (VmmMainWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (VMM_TYPE_DASHBOARD);
  g_type_ensure (VMM_TYPE_RESULTS_PAGE);
  g_type_ensure (VMM_TYPE_SCORE_PAGE);
  G_OBJECT_CLASS (class)->dispose = dispose;
  widget_class->style_updated = on_style_updated;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/vmm_monitor/window.ui");
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, titles);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, measure_button);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, info_bar);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, info_label);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, dashboard);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, results);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, score_page);
}

static void
vmm_main_window_init (VmmMainWindow *window)
{
  g_autoptr (GPropertyAction) menu = NULL;

  gtk_widget_init_template (GTK_WIDGET (window));
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "results",
                                  vmm_results_page_get_actions (window->results));
  g_signal_connect (window->info_bar, "response", G_CALLBACK (on_info_response), NULL);
  menu = g_property_action_new ("menu", window->menu_button, "active");
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (menu));
  vmm_style_classify (GTK_WIDGET (window));
  vmm_settings_init (&window->settings);
  offer_saving (window, FALSE);
}

GtkWidget *
vmm_main_window_new (GtkApplication *application)
{
  return g_object_new (VMM_TYPE_MAIN_WINDOW, "application", application, NULL);
}
