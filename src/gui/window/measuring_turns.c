/* SPDX-License-Identifier: MIT */
/* measuring_turns: turns are asked for, waited for and over. */
#include "measuring_private.h"

#include "measure_button.h"
#include "turns_dialog.h"
#include "turns_news.h"

void
vmm_measuring_turns_paused (VmmRun *run, gpointer data)
{
  VmmMeasuring *measuring = data;

  if (!vmm_turns_news_is_by_turns (run))
    return;
  g_autofree char *words = vmm_turns_news_wait (run);
  measuring->place.offer (measuring->place.window, words, NULL, NULL);
  vmm_measure_button_show (measuring->place.button, run, FALSE);
}

void
vmm_measuring_turns_ended (VmmRun *run, gpointer data)
{
  VmmMeasuring *measuring = data;

  if (!vmm_turns_news_is_by_turns (run)) {
    vmm_measuring_end_guided (measuring);
    return;
  }
  g_autofree char *words = vmm_turns_news_end (run);
  vmm_run_set_turns (run, &(VmmTurns){ 0 });
  measuring->place.offer (measuring->place.window, words, NULL, NULL);
  vmm_measure_button_show (measuring->place.button, run, FALSE);
}

static void
on_turns_chosen (const VmmTurns *turns, const char *label, gpointer data)
{
  VmmMeasuring *measuring = data;
  g_autoptr (GError) error = NULL;

  if (!vmm_turns_news_begin (measuring->run, turns, label, &error)) {
    vmm_measuring_tell (measuring, error, "");
    return;
  }
  vmm_measuring_leave_guided (measuring);
  vmm_run_set_turns (measuring->run, turns);
  vmm_labelling_set (&measuring->labelling, label);
  vmm_measuring_measure (measuring, 0);
}

void
vmm_measuring_ask_turns (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const VmmTurnsAnswers answers = { on_turns_chosen, vmm_measuring_begin_guided };
  VmmMeasuring                *measuring = data;
  g_auto (VmmGuided) guided = { 0 };

  if (!measuring->run || vmm_turns_news_is_by_turns (measuring->run))
    return;
  vmm_measuring_load_guided (measuring, &guided);
  vmm_turns_dialog_ask (GTK_WINDOW (measuring->place.window), vmm_measuring_get_plan (measuring),
                        &guided, &answers, measuring);
}
