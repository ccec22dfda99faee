/* SPDX-License-Identifier: MIT */
/* turns: the command that measures in slots of the wall clock: whose, how long, by what clock. */
#include "turns.h"

#include "measure.h"
#include "vmm/command.h"
#include "vmm/error.h"
#include "vmm/language.h"
#include "vmm/text.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define HELP_WIDTH 80
#define FOR_S 600        /* unless said */
#define FOR_UNTIL_S 3600 /* where an end is asked for that may never come */
#define FOR_MAX_S (7 * 86400)
#define UNTIL_MIN 0.1
#define UNTIL_MAX 50

/* What GOption stores into. */
typedef struct {
  char    *duration, *until;
  gboolean unsynchronised, help;
} Own;

static void
own_clear (Own *own)
{
  g_free (own->duration);
  g_free (own->until);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Own, own_clear)

/* A figure with its unit, one of `units`, or none for the first; NAN = something else. */
static double
read_figure (const char *text, const char *const *units, const double *factors)
{
  char  *end;
  double figure = g_ascii_strtod (text, &end);

  if (end == text || !g_ascii_isdigit (*text))
    return NAN;
  while (*end == ' ')
    end++;
  for (guint i = 0; units[i]; i++)
    if (strcmp (end, units[i]) == 0)
      return figure * factors[i];
  return NAN;
}

static double
read_duration (const char *text)
{
  static const char *const units[] = { "", "s", "m", "min", "h", NULL };
  static const double      factors[] = { 1, 1, 60, 60, 3600 };

  return read_figure (text, units, factors);
}

static double
read_percent (const char *text)
{
  static const char *const units[] = { "", "%", NULL };
  static const double      factors[] = { 1, 1 };

  return read_figure (text, units, factors);
}

static GOptionContext *
make_context (Own *own)
{
  const GOptionEntry entries[] = {
    { "for", 0, 0, G_OPTION_ARG_STRING, &own->duration, N_ ("End after that time (10min)"),
      "TIME" },
    { "until", 0, 0, G_OPTION_ARG_STRING, &own->until,
      N_ ("End when the mean score is known to PERCENT, within an hour or --for"), "PERCENT" },
    { "unsynchronised", 0, 0, G_OPTION_ARG_NONE, &own->unsynchronised,
      N_ ("Trust this guest's clock although the kernel does not"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &own->help, N_ ("Print this"), NULL },
    G_OPTION_ENTRY_NULL
  };
  GOptionContext  *context = g_option_context_new (_ ("K/N [OPTION OF A MEASUREMENT...]"));
  g_autofree char *summary = vmm_text_wrap (
      _ ("Measures by turns: N guests of one host, each a window in its own slots of the wall "
         "clock, "
         "without talking to each other. K says which of them this is: start “turns 1/2” in one "
         "guest "
         "and “turns 2/2” in the other, with a label each, and compare what is kept. What drifts "
         "on "
         "the host falls on all of them alike. The other options are those of a measurement; "
         "--duration must be the same in all guests."),
      HELP_WIDTH);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_ignore_unknown_options (context, TRUE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, g_strchomp (summary));
  return context;
}

static VmmExit
print_help (GOptionContext *context)
{
  g_autofree char *text = NULL;

  g_set_prgname ("vmm_monitor turns"); /* as it is shown */
  text = g_option_context_get_help (context, TRUE, NULL);
  return vmm_command_print (text);
}

/* How long, and how sure. NULL, or what is wrong with it. */
static const char *
apply (const Own *own, VmmOptions *options)
{
  double seconds = own->duration ? read_duration (own->duration) : own->until ? FOR_UNTIL_S : FOR_S;

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
    return _ ("several windows need files of their own, not -");
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
  g_autoptr (GOptionContext) context = make_context (&own);
  g_autoptr (GError) error = NULL;
  g_autofree char **arguments = g_memdup2 (argv, sizeof *argv * ((gsize) argc + 1));

  if (!g_option_context_parse (context, &argc, &arguments, &error))
    return vmm_command_misused ("turns", error->message);
  if (own.help)
    return print_help (context);
  if (argc < 2 || arguments[1][0] == '-')
    return vmm_command_misused (
        "turns", _ ("turns: expected first which of how many guests this is, such as 1/2"));
  return measure (&own, arguments[1], argc - 1, arguments + 1);
}
