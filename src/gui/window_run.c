/* SPDX-License-Identifier: MIT */
/* window_run: a session's news on the screen, from its first frame to its judgement. */
#include <glib/gi18n-lib.h>

#include "vmm/language.h"
#include "window_private.h"

/* How often the card looks at what the probes do, while they run. */
#define PROGRESS_MS 250

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

/* The button is called what it does. */
static void
name_measure (VmmMainWindow *window)
{
  gboolean ended = vmm_session_get_state (window->session) == VMM_SESSION_FINISHED;
  gboolean probes = vmm_session_get_plan (window->session)->probes;

  gtk_button_set_label (GTK_BUTTON (window->measure_button), !ended   ? _ ("Start over")
                                                             : probes ? _ ("Measure again")
                                                                      : _ ("Record again"));
}

static gboolean
on_judge (gpointer data)
{
  VmmMainWindow *window = data;
  g_autoptr (VmmResult) result = vmm_result_new (window->session);

  window->judge = 0;
  suggest_measure (window, vmm_session_get_plan (window->session)->probes &&
                               vmm_result_get_score (result)->quality >= VMM_QUALITY_DISTURBED);
  name_measure (window);
  vmm_score_card_show_result (vmm_dashboard_get_score_card (window->dashboard), result, NULL);
  vmm_main_window_keep (window, result);
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
  vmm_main_window_keep (window, NULL);
  vmm_session_start (window->session, g_get_monotonic_time (), g_get_real_time ());
  name_measure (window);
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

void
vmm_main_window_drop_session (VmmMainWindow *window)
{
  stop_progress (window);
  g_clear_handle_id (&window->begin, g_source_remove);
  judge_now (window);
  vmm_dashboard_set_session (window->dashboard, NULL);
  vmm_main_window_keep (window, NULL);
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

void
vmm_main_window_set_session (VmmMainWindow *window, VmmSession *session)
{
  static const VmmObserver observer = { on_sampled, on_finished };

  vmm_main_window_drop_session (window);
  window->session = session;
  vmm_session_set_observer (session, &observer, window);
  show_host (window, vmm_session_get_host (session));
  vmm_main_window_show_passive (window, !vmm_session_get_plan (session)->probes);
  vmm_dashboard_set_session (window->dashboard, session);
}

VmmSession *
vmm_main_window_get_session (VmmMainWindow *window)
{
  return window->session;
}

static void
on_measure (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;

  g_action_group_change_action_state (G_ACTION_GROUP (window), "results",
                                      g_variant_new_boolean (FALSE));
  vmm_main_window_measure (window);
}

void
vmm_main_window_add_run_actions (VmmMainWindow *window)
{
  static const GActionEntry actions[] = { { .name = "measure", .activate = on_measure } };

  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
}
