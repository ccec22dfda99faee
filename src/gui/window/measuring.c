/* SPDX-License-Identifier: MIT */
/* measuring: a run's news on the screen, and the user's wishes to it. */
#include "measuring_private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "announce.h"
#include "measure_button.h"
#include "preferences.h"
#include "turns_news.h"
#include "vmm/compare.h"
#include "vmm/language.h"

static GSimpleAction *
get_action (VmmMeasuring *measuring, const char *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (measuring->place.window), name));
}

const VmmPlan *
vmm_measuring_get_plan (const VmmMeasuring *measuring)
{
  return vmm_session_get_plan (vmm_run_get_session (measuring->run));
}

void
vmm_measuring_tell (VmmMeasuring *measuring, const GError *error, const char *advice)
{
  g_autofree char *said = vmm_say (error->message);
  g_autofree char *words = g_strdup_printf ("%s\n%s", said, advice);

  measuring->place.tell (measuring->place.window, words);
}

/* ---- News */

/* Whether the run that is shown can be saved by hand. */
static void
offer_saving (VmmMeasuring *measuring, gboolean offered)
{
  g_simple_action_set_enabled (get_action (measuring, "save"), offered);
  vmm_score_card_offer_saving (vmm_dashboard_get_score_card (measuring->place.dashboard), offered);
}

static void
on_begun (VmmRun *run, gpointer data)
{
  VmmMeasuring *measuring = data;

  vmm_measure_button_show (measuring->place.button, run, FALSE);
  offer_saving (measuring, FALSE);
  vmm_labelling_hold (&measuring->labelling, NULL, NULL);
  g_simple_action_set_enabled (get_action (measuring, "stop"), TRUE);
  vmm_announce_take_back (GTK_WINDOW (measuring->place.window));
  vmm_dashboard_show_progress (measuring->place.dashboard);
}

static void
on_sampled (VmmRun *run, gpointer data)
{
  VmmMeasuring *measuring = data;

  vmm_dashboard_update (measuring->place.dashboard);
  vmm_announce_progress (GTK_WINDOW (measuring->place.window), run, g_get_monotonic_time ());
}

/* After a window that cannot be used, another one is what to do next. */
static void
on_finished (VmmRun *run, VmmResult *result, gpointer data)
{
  VmmMeasuring *measuring = data;
  gboolean      probes = vmm_result_get_plan (result)->probes;

  vmm_measure_button_show (measuring->place.button, run,
                           probes &&
                               vmm_result_get_score (result)->quality >= VMM_QUALITY_DISTURBED);
  vmm_measuring_series_take (measuring, result);
  vmm_measuring_series_show (measuring, result, NULL);
  g_simple_action_set_enabled (get_action (measuring, "stop"), vmm_run_count_left (run) > 0);
  vmm_announce_result (GTK_WINDOW (measuring->place.window), result, vmm_run_count_left (run));
}

static void
on_kept (VmmRun *run, VmmResult *result, const char *id, const GError *error, gpointer data)
{
  VmmMeasuring *measuring = data;

  if (id)
    measuring->place.kept (measuring->place.window);
  if (result != vmm_run_get_result (run))
    return;
  vmm_labelling_hold (&measuring->labelling, id, vmm_result_get_label (result));
  vmm_score_card_offer_comparison (vmm_dashboard_get_score_card (measuring->place.dashboard),
                                   id && !isnan (vmm_result_get_score (result)->total.value));
  vmm_measuring_look_guided (measuring, result, id != NULL);
  if (error)
    vmm_measuring_series_show (measuring, result, error);
  offer_saving (measuring, !id);
}

static void
on_troubled (VmmRun *run, const GError *error, gpointer data)
{
  vmm_measuring_tell (data, error, _ ("Forecasts may have to prove themselves anew."));
}

static void
on_replaced (VmmRun *run, gpointer data)
{
  VmmMeasuring *measuring = data;
  VmmSession   *session = vmm_run_get_session (run);
  gboolean      passive = !vmm_session_get_plan (session)->probes;

  /* Another measurement than that of the turns is by none. */
  if (vmm_turns_news_is_by_turns (run))
    vmm_run_set_turns (run, &(VmmTurns){ 0 });
  vmm_measuring_leave_guided (measuring);
  /* The menu's tick is the plan's, however it came about. */
  g_simple_action_set_state (get_action (measuring, "passive"), g_variant_new_boolean (passive));
  vmm_dashboard_set_session (measuring->place.dashboard, session);
}

static gboolean
on_begin (gpointer data)
{
  VmmMeasuring *measuring = data;

  measuring->begin = 0;
  vmm_run_begin (measuring->run, g_get_monotonic_time (), g_get_real_time ());
  return G_SOURCE_REMOVE;
}

static gboolean
on_first_frame (GtkWidget *widget, cairo_t *cr, gpointer data)
{
  VmmMeasuring *measuring = data;

  g_signal_handlers_disconnect_by_func (widget, on_first_frame, data);
  if (measuring->begin == 0)
    measuring->begin = g_idle_add (on_begin, measuring);
  return GDK_EVENT_PROPAGATE;
}

void
vmm_measuring_begin_when_shown (VmmMeasuring *measuring)
{
  vmm_dashboard_show_progress (measuring->place.dashboard);
  g_signal_connect_after (measuring->place.window, "draw", G_CALLBACK (on_first_frame), measuring);
}

/* ---- Wishes */

void
vmm_measuring_measure (VmmMeasuring *measuring, guint windows)
{
  g_clear_handle_id (&measuring->begin, g_source_remove);
  vmm_run_begin_several (measuring->run, windows, g_get_monotonic_time (), g_get_real_time ());
}

static void
show_and_measure (VmmMeasuring *measuring, guint windows)
{
  g_action_group_change_action_state (G_ACTION_GROUP (measuring->place.window), "results",
                                      g_variant_new_boolean (FALSE));
  if (vmm_turns_news_is_by_turns (measuring->run))
    vmm_run_end_turns (measuring->run);
  else if (measuring->run && !(windows == 1 && vmm_measuring_restart_guided (measuring))) {
    vmm_measuring_leave_guided (measuring);
    vmm_measuring_measure (measuring, windows);
  }
}

static void
on_measure (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_and_measure (data, 1);
}

static void
on_measure_thrice (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  show_and_measure (data, VMM_COMPARE_MIN_WINDOWS);
}

static void
on_stop (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMeasuring *measuring = data;

  g_simple_action_set_enabled (action, FALSE);
  measuring->is_guided_lost = TRUE;
  vmm_run_cut (measuring->run);
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  offer_saving (data, FALSE);
  vmm_run_keep (((VmmMeasuring *) data)->run, NULL);
}

/* What changes the measurement begins a new one, the rest does not. */
static void
follow (VmmMeasuring *measuring, const VmmPlan *plan)
{
  g_autoptr (GError) error = NULL;

  if (!vmm_run_follow (measuring->run, plan, &error))
    vmm_measuring_tell (measuring, error,
                        _ ("Choose other preferences, or start the program again."));
  else if (vmm_run_get_state (measuring->run) == VMM_RUN_IDLE)
    vmm_measuring_measure (measuring, 1);
  vmm_dashboard_update (measuring->place.dashboard);
}

static void
on_passive (GSimpleAction *action, GVariant *state, gpointer data)
{
  VmmMeasuring *measuring = data;
  g_auto (VmmPlan) plan = { 0 };

  if (!measuring->run)
    return;
  vmm_plan_copy (&plan, vmm_measuring_get_plan (measuring));
  plan.probes = !g_variant_get_boolean (state);
  follow (measuring, &plan);
}

static void
hold_settings (VmmMeasuring *measuring, const VmmSettings *settings)
{
  vmm_settings_clear (&measuring->settings);
  vmm_settings_copy (&measuring->settings, settings);
  vmm_run_set_keep (measuring->run, settings->save);
  vmm_dashboard_show_as (measuring->place.dashboard, settings);
  measuring->place.offer_fleet (measuring->place.window, settings);
}

static void
on_preferences_chosen (const VmmSettings *before, const VmmSettings *after, gpointer data)
{
  VmmMeasuring    *measuring = data;
  g_autofree char *path = vmm_settings_path ();
  g_auto (VmmPlan) plan = { 0 };
  g_autoptr (GError) error = NULL;

  vmm_plan_copy (&plan, vmm_measuring_get_plan (measuring));
  vmm_settings_apply (after, &plan);
  hold_settings (measuring, after);
  follow (measuring, &plan);
  if (!vmm_settings_remember (before, after, path, &error))
    vmm_measuring_tell (measuring, error,
                        _ ("The preferences hold until the program ends. To keep them, see to it "
                           "that you may write to this file."));
}

/* They are shown as they hold now, which is not as they are kept where the command line says otherwise. */
static void
on_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMeasuring *measuring = data;

  if (!measuring->run)
    return;
  vmm_settings_take_plan (&measuring->settings, vmm_measuring_get_plan (measuring));
  vmm_preferences_ask (GTK_WINDOW (measuring->place.window), &measuring->settings,
                       on_preferences_chosen, measuring);
}

/* ---- The object */

VmmMeasuring *
vmm_measuring_new (const VmmMeasuringPlace *place)
{
  static const GActionEntry actions[] = {
    { .name = "measure", .activate = on_measure },
    { .name = "measure-thrice", .activate = on_measure_thrice },
    { .name = "stop", .activate = on_stop },
    { .name = "save", .activate = on_save },
    { .name = "passive", .state = "false", .change_state = on_passive },
    { .name = "turns", .activate = vmm_measuring_ask_turns },
    { .name = "go-on", .activate = vmm_measuring_go_on },
    { .name = "preferences", .activate = on_preferences },
  };
  VmmMeasuring *measuring = g_new0 (VmmMeasuring, 1);

  measuring->place = *place;
  measuring->series = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);
  vmm_settings_init (&measuring->settings);
  g_action_map_add_action_entries (G_ACTION_MAP (place->window), actions, G_N_ELEMENTS (actions),
                                   measuring);
  offer_saving (measuring, FALSE);
  g_simple_action_set_enabled (get_action (measuring, "stop"), FALSE);
  vmm_labelling_init (&measuring->labelling, place->window,
                      vmm_score_card_get_label (vmm_dashboard_get_score_card (place->dashboard)),
                      place->label);
  return measuring;
}

void
vmm_measuring_free (VmmMeasuring *measuring)
{
  g_clear_handle_id (&measuring->begin, g_source_remove);
  g_signal_handlers_disconnect_by_data (measuring->place.window, measuring);
  vmm_labelling_clear (&measuring->labelling);
  vmm_dashboard_set_session (measuring->place.dashboard, NULL);
  vmm_run_free (measuring->run);
  g_ptr_array_unref (measuring->series);
  vmm_settings_clear (&measuring->settings);
  vmm_guided_clear (&measuring->guided);
  g_free (measuring);
}

void
vmm_measuring_set_run (VmmMeasuring *measuring, VmmRun *run, const VmmSettings *settings)
{
  static const VmmRunObserver observer = { .begun = on_begun,
                                           .sampled = on_sampled,
                                           .finished = on_finished,
                                           .kept = on_kept,
                                           .replaced = on_replaced,
                                           .troubled = on_troubled,
                                           .paused = vmm_measuring_turns_paused,
                                           .ended = vmm_measuring_turns_ended };

  g_return_if_fail (!measuring->run);

  measuring->run = run;
  vmm_run_set_observer (run, &observer, measuring);
  hold_settings (measuring, settings);
  on_replaced (run, measuring);
  vmm_labelling_set (&measuring->labelling, vmm_measuring_get_plan (measuring)->label);
  vmm_measuring_offer_guided (measuring);
}

VmmRun *
vmm_measuring_get_run (const VmmMeasuring *measuring)
{
  return measuring->run;
}
