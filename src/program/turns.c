/* SPDX-License-Identifier: MIT */
/* turns: the command that measures in slots of the wall clock: whose, how long, by what clock. */
#include "turns.h"

#include "guided.h"
#include "measure.h"
#include "own.h"
#include "vmm/command.h"
#include "vmm/error.h"
#include "vmm/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FOR_S 600        /* unless said */
#define FOR_UNTIL_S 3600 /* where an end is asked for that may never come */
#define FOR_MAX_S (7 * 86400)
#define UNTIL_MIN 0.1
#define UNTIL_MAX 50

/* What GOption stores into. */
typedef struct {
  char    *duration, *until;
  gboolean unsynchronised, guided;
} Own;

static void
own_clear (Own *own)
{
  g_free (own->duration);
  g_free (own->until);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Own, own_clear)

static double
read_percent (const char *text)
{
  static const char *const units[] = { "", "%", NULL };
  static const double      factors[] = { 1, 1 };

  return vmm_own_read_figure (text, units, factors);
}

/* How long, and how sure. NULL, or what is wrong with it. */
static const char *
apply (const Own *own, VmmOptions *options)
{
  double seconds = own->duration ? vmm_own_read_time (own->duration)
                   : own->until  ? FOR_UNTIL_S
                                 : FOR_S;

  options->until_percent = own->until ? read_percent (own->until) : 0;
  if (!(seconds >= 1 && seconds <= FOR_MAX_S))
    return _ ("--for: expected a time such as 10min, 600s or 1h, up to a week");
  if (own->until && !(options->until_percent >= UNTIL_MIN && options->until_percent <= UNTIL_MAX))
    return _ ("--until: expected a percentage such as 3%, from 0.1 to 50");
  if (options->repeat != 1 || options->pause_s)
    return _ ("--repeat and --pause are not for turns: --for says how long");
  if (g_strcmp0 (options->face, "window") == 0)
    return _ ("turns are measured in the terminal");
  if (g_strcmp0 (options->json_file, "-") == 0 || g_strcmp0 (options->csv_file, "-") == 0)
    return _ ("several measurements need files of their own, not -");
  if (own->duration || options->turns.until_us == G_MAXINT64)
    options->turns.until_us = g_get_real_time () + (gint64) (seconds * G_USEC_PER_SEC);
  options->face = "terminal";
  return NULL;
}

/* A window must have its place before the end. */
static gboolean
count_windows (VmmOptions *options, GError **error)
{
  const VmmTurns *turns = &options->turns;
  gint64          end_us;

  options->repeat = vmm_turns_count (turns, g_get_real_time (), &end_us);
  if (options->repeat)
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               _ ("--for: no slot of this guest ends in so short a time: %u s always have one"),
               (2 * turns->turns) * turns->slot_s);
  return FALSE;
}

static gboolean
check_clock (const Own *own, GError **error)
{
  VmmTurnsClock clock;

  vmm_turns_read_clock (&clock);
  return own->unsynchronised || vmm_turns_check_clock (&clock, error);
}

static VmmExit
measure (const Own *own, const char *code, int argc, char **argv)
{
  g_auto (VmmOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  const char *wrong;

  if (!vmm_options_parse (&options, argc, argv, &error) ||
      !vmm_turns_parse (&options.turns, code, &options.plan, &error)) {
    g_autofree char *said = vmm_say (error->message);
    return vmm_command_misused ("turns", said);
  }
  if ((wrong = apply (own, &options)))
    return vmm_command_misused ("turns", wrong);
  if (!count_windows (&options, &error))
    return vmm_command_refuse (error);
  return check_clock (own, &error) ? vmm_measure (&options) : vmm_command_fail (error);
}

VmmExit
vmm_turns_run (int argc, char **argv)
{
  g_auto (Own) own = { 0 };
  g_autofree char  **arguments = NULL;
  const GOptionEntry entries[] = {
    { "for", 0, 0, G_OPTION_ARG_STRING, &own.duration, N_ ("End after that time (10min)"), "TIME" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &own.until,
      N_ ("End when the mean score is known to PERCENT, within an hour or --for"), "PERCENT" },
    { "unsynchronised", 0, 0, G_OPTION_ARG_NONE, &own.unsynchronised,
      N_ ("Trust this guest's clock although the kernel does not"), NULL },
    { "guided", 0, 0, G_OPTION_ARG_NONE, &own.guided,
      N_ ("Of two VMs only one can run: say when to change to the other"), NULL },
    G_OPTION_ENTRY_NULL
  };
  const VmmOwnLine line = {
    "turns",
    N_ ("K/N [OPTION OF A MEASUREMENT...]"),
    N_ ("Measures by turns: N guests of one host, each in its own slots of the wall "
        "clock, without talking to each other. K says which of them this is: start “turns 1/2” in "
        "one guest and “turns 2/2” in the other, with a label each, and compare what is kept. What "
        "drifts on the host falls on all of them alike. The other options are those of a "
        "measurement; --duration must be the same in all guests. Where only one of two VMs can run "
        "at a time, “turns --guided 1 --label NAME” in one of them begins: it measures, says when "
        "to shut it down and start the other, and what to enter there, five turns long."),
    entries,
  };
  VmmExit exit;

  if (!vmm_own_parse (&line, argc, argv, &argc, &arguments, &exit))
    return exit;
  if (own.guided && (own.duration || own.until || own.unsynchronised))
    return vmm_command_misused ("turns", _ ("--guided: there are five turns; --for, --until and "
                                            "--unsynchronised are for slots of the clock"));
  if (own.guided)
    return vmm_guided_run (argc, arguments);
  if (argc < 2 || arguments[1][0] == '-')
    return vmm_command_misused (
        "turns", _ ("turns: expected first which of how many guests this is, such as 1/2"));
  return measure (&own, arguments[1], argc - 1, arguments + 1);
}
