/* SPDX-License-Identifier: MIT */
/* guided_news: where one is in five turns, and which VM is next. */
#include "guided_news.h"

#include <glib/gi18n-lib.h>

#include "vmm/language.h"

/* After each turn but the last: the first time the other one has to be told what it is. */
static const char *const next_steps[] = {
  N_ ("Now shut this VM down, start the other one, and there choose Measure in Turns… in the menu "
      "within ten minutes: it is the other one, with a label of its own."),
  N_ ("Now shut this VM down and start the other one again: its window offers to go on. Let it "
      "begin "
      "within ten minutes."),
};

static const char *
get_next_step (guint turn)
{
  return _ (next_steps[turn > 1]);
}

static char *
say_windows (const VmmGuided *guided, guint turn)
{
  guint windows = vmm_guided_count_windows (guided);

  if (turn == VMM_GUIDED_TURNS)
    return g_strdup_printf (
        ngettext ("Turn %1$u of %2$d: %3$u measurement of “%4$s”. It is the last one.",
                  "Turn %1$u of %2$d: %3$u measurements of “%4$s”. It is the last one.", windows),
        turn, VMM_GUIDED_TURNS, windows, guided->label);
  return g_strdup_printf (
      ngettext (
          "Turn %1$u of %2$d: %3$u measurement of “%4$s”, then shut this VM down and start the "
          "other one.",
          "Turn %1$u of %2$d: %3$u measurements of “%4$s”, then shut this VM down and start the "
          "other one.",
          windows),
      turn, VMM_GUIDED_TURNS, windows, guided->label);
}

char *
vmm_guided_news_place (const VmmGuided *guided, gint64 wall_us, guint duration_s)
{
  g_autofree char *windows = say_windows (guided, vmm_guided_get_turn (guided));

  if (!vmm_guided_is_late (guided, wall_us, duration_s * G_TIME_SPAN_SECOND))
    return g_steal_pointer (&windows);
  return g_strconcat (windows, "\n",
                      _ ("More than ten minutes have passed between two turns: they make no pair, "
                         "and perhaps there will be no verdict."),
                      NULL);
}

char *
vmm_guided_news_offer (const VmmGuided *guided, gint64 wall_us, guint duration_s)
{
  g_autofree char *place = vmm_guided_news_place (guided, wall_us, duration_s);

  return g_strconcat (_ ("You measure in turns. It is the turn of this VM."), "\n", place, NULL);
}

/* The turn before the last one is the last one of its VM. */
char *
vmm_guided_news_done (guint turn)
{
  g_autofree char *done =
      g_strdup_printf (_ ("Turn %1$u of %2$d is done."), turn, VMM_GUIDED_TURNS);

  if (turn == VMM_GUIDED_TURNS)
    return g_strjoin (
        " ", done, _ ("It was the last one. Import the other VM's results, and compare by label."),
        NULL);
  if (turn + 1 == VMM_GUIDED_TURNS)
    return g_strjoin (" ", done,
                      _ ("It was the last one of this VM: export its results to where the other VM "
                         "can read them, now or later."),
                      get_next_step (turn), NULL);
  return g_strjoin (" ", done, get_next_step (turn), NULL);
}

char *
vmm_guided_news_left (const VmmGuided *guided)
{
  return g_strdup_printf (
      _ ("Turn %1$u of %2$d does not count: it was not measured to its end. Measure it again."),
      vmm_guided_get_turn (guided), VMM_GUIDED_TURNS);
}
