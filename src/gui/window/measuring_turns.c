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
  measuring->place.tell (measuring->place.window, words);
  vmm_measure_button_show (measuring->place.button, run, FALSE);
}

void
vmm_measuring_turns_ended (VmmRun *run, gpointer data)
{
  VmmMeasuring *measuring = data;

  if (!vmm_turns_news_is_by_turns (run))
    return;
  g_autofree char *words = vmm_turns_news_end (run);
  vmm_run_set_turns (run, &(VmmTurns){ 0 });
  measuring->place.tell (measuring->place.window, words);
  vmm_measure_button_show (measuring->place.button, run, FALSE);
}

static void
on_turns_chosen (const VmmTurns *turns, const char *label, gpointer data)
{
  VmmMeasuring *measuring = data;
  g_autoptr (GError) error = NULL;

  if (vmm_turns_news_begin (measuring->run, turns, label, &error))
    vmm_measuring_measure (measuring, 0);
  else
    vmm_measuring_tell (measuring, error, "");
}

void
vmm_measuring_ask_turns (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMeasuring *measuring = data;

  if (measuring->run && !vmm_turns_news_is_by_turns (measuring->run))
    vmm_turns_dialog_ask (GTK_WINDOW (measuring->place.window), vmm_measuring_get_plan (measuring),
                          on_turns_chosen, measuring);
}
