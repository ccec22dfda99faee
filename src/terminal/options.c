/* SPDX-License-Identifier: MIT */
/* options: turns the command line into a plan and what to do with its result. */
#include "options.h"

#include "vmm/error.h"

#include <gio/gio.h>
#include <string.h>

#define MAX_REPEAT 1000
#define MAX_PAUSE_S 86400
#define MAX_LABEL 200 /* characters */

static const char commands_text[] =
    "Commands (vmm_monitor COMMAND --help says more):\n"
    "  host              Say which machine and VMM this is and what can be measured\n"
    "  list              List the results that are kept\n"
    "  show              Show a result again\n"
    "  export            Write a result as JSON, CSV or OpenMetrics\n"
    "  import            Keep results that were made on other machines\n"
    "  delete            Delete results\n"
    "  compare           Compare results: which VMM serves its guest better\n"
    "\n"
    "Without a command: measure. With a display that is a window, else a live view in\n"
    "the terminal, or plain lines when the output is not a terminal.\n";

static const char exit_text[] =
    "Exit codes:\n"
    "  0  done\n"
    "  1  failed: something could not be read, measured or written\n"
    "  2  wrong usage\n"
    "  3  the window is invalid (interrupted, or the guest was paused): no score\n";

/* What GOption stores into, before it is checked. */
typedef struct {
  gboolean terminal, window, passive, probes, no_save, quiet, help, version;
  int      duration, interval, repeat, pause;
  char    *ping_target, *label, *json_file, *csv_file, *sysroot, *scratch;
  char   **rest;
} Raw;

static void
raw_clear (Raw *raw)
{
  g_free (raw->ping_target);
  g_free (raw->label);
  g_free (raw->json_file);
  g_free (raw->csv_file);
  g_free (raw->sysroot);
  g_free (raw->scratch);
  g_strfreev (raw->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raw, raw_clear)

static GOptionContext *
make_context (Raw *raw)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "terminal", 't', 0, G_OPTION_ARG_NONE, &raw->terminal, "Measure in the terminal", NULL },
    { "window", 'w', 0, G_OPTION_ARG_NONE, &raw->window, "Measure in the window", NULL },
    { "duration", 'd', 0, G_OPTION_ARG_INT, &raw->duration, "Length of the window, 5 to 3600 (30)", "S" },
    { "interval", 'i', 0, G_OPTION_ARG_INT, &raw->interval, "Time between readings, 100 to 10000 (1000)", "MS" },
    { "passive", 'p', 0, G_OPTION_ARG_NONE, &raw->passive, "Only watch: no probes, hence no score", NULL },
    { "ping-target", 0, 0, G_OPTION_ARG_FILENAME, &raw->ping_target, "Whom to ping (the default gateway)", "ADDR|none" },
    { "label", 'l', 0, G_OPTION_ARG_FILENAME, &raw->label, "Words to find this run again by", "TEXT" },
    { "repeat", 'n', 0, G_OPTION_ARG_INT, &raw->repeat, "Measure N windows, one after another (1)", "N" },
    { "pause", 0, 0, G_OPTION_ARG_INT, &raw->pause, "Wait between them (0)", "S" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &raw->json_file, "Write the result as JSON; - is standard output", "FILE" },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &raw->csv_file, "Write the readings as CSV; - is standard output", "FILE" },
    { "no-save", 0, 0, G_OPTION_ARG_NONE, &raw->no_save, "Do not keep the result", NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &raw->quiet, "Print the score line alone", NULL },
    { "scratch", 0, 0, G_OPTION_ARG_FILENAME, &raw->scratch, "Where the disk probes put their file", "DIR" },
    { "sysroot", 0, 0, G_OPTION_ARG_FILENAME, &raw->sysroot, "Read DIR/proc and DIR/sys, nothing of this machine", "DIR" },
    { "probes", 0, 0, G_OPTION_ARG_NONE, &raw->probes, "Run the probes although --sysroot is given", NULL },
    { "version", 'V', 0, G_OPTION_ARG_NONE, &raw->version, "Print the version", NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &raw->help, "Print this", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &raw->rest, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */

  GOptionContext *context = g_option_context_new ("[COMMAND]");
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_summary (
      context, "Measures for 30 seconds how well the virtual machine monitor (VMM) underneath\n"
               "serves this guest, and prints one score: 100 = the reference guest,\n"
               "200 = served twice as fast, 50 = half as fast.");
  g_autofree char *description = g_strconcat (commands_text, "\n", exit_text, NULL);
  g_option_context_set_description (context, description);
  return context;
}

G_GNUC_PRINTF (3, 4)
static gboolean
check (gboolean holds, GError **error, const char *format, ...)
{
  if (holds)
    return TRUE;
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_RANGE, message);
  return FALSE;
}

static gboolean
is_dash (const char *file)
{
  return g_strcmp0 (file, "-") == 0;
}

/* Read as a file name is: in whatever locale, bytes stay what they are. */
static gboolean
is_label (const char *label)
{
  if (!label)
    return TRUE;
  if (!g_utf8_validate (label, -1, NULL))
    return FALSE;
  for (const char *p = label; *p; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;
  return g_utf8_strlen (label, -1) <= MAX_LABEL;
}

/* Names are not looked up: that would be traffic to somebody else than the target. */
static gboolean
is_target (const char *target)
{
  if (!target || strcmp (target, "none") == 0)
    return TRUE;
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (target);
  return address && !g_inet_address_get_is_any (address) &&
         !g_inet_address_get_is_multicast (address) && strcmp (target, "255.255.255.255") != 0;
}

static gboolean
check_raw (const Raw *raw, GError **error)
{
  gboolean output = raw->json_file || raw->csv_file || raw->quiet || raw->repeat != 1;

  return check (!raw->rest, error, "\"%s\" is not a command", raw->rest ? raw->rest[0] : "") &&
         check (!(raw->terminal && raw->window), error, "--terminal or --window: not both") &&
         check (!(raw->window && output), error,
                "--window goes without --json, --csv, --quiet and --repeat") &&
         check (!(raw->passive && raw->probes), error, "--passive or --probes: not both") &&
         check (!(is_dash (raw->json_file) && is_dash (raw->csv_file)), error,
                "--json - and --csv - cannot share standard output") &&
         check (!raw->json_file || g_strcmp0 (raw->json_file, raw->csv_file) != 0, error,
                "--json and --csv: not both into one file") &&
         check (raw->repeat == 1 || !(is_dash (raw->json_file) || is_dash (raw->csv_file)), error,
                "--repeat: several windows need files of their own, not -") &&
         check (raw->duration >= VMM_PLAN_DURATION_MIN_S &&
                    raw->duration <= VMM_PLAN_DURATION_MAX_S,
                error, "--duration %d: must be %d to %d seconds", raw->duration,
                VMM_PLAN_DURATION_MIN_S, VMM_PLAN_DURATION_MAX_S) &&
         check (raw->interval >= VMM_PLAN_INTERVAL_MIN_MS &&
                    raw->interval <= VMM_PLAN_INTERVAL_MAX_MS,
                error, "--interval %d: must be %d to %d milliseconds", raw->interval,
                VMM_PLAN_INTERVAL_MIN_MS, VMM_PLAN_INTERVAL_MAX_MS) &&
         check (raw->repeat >= 1 && raw->repeat <= MAX_REPEAT, error,
                "--repeat %d: must be 1 to %d", raw->repeat, MAX_REPEAT) &&
         check (raw->pause >= 0 && raw->pause <= MAX_PAUSE_S, error,
                "--pause %d: must be 0 to %d seconds", raw->pause, MAX_PAUSE_S) &&
         check (is_target (raw->ping_target), error,
                "--ping-target \"%s\": must be the IPv4 or IPv6 address of one host, in figures, "
                "or none",
                raw->ping_target ? raw->ping_target : "") &&
         check (is_label (raw->label), error,
                "--label: at most %d characters in UTF-8, none of them a control character",
                MAX_LABEL);
}

/* Another machine's files are not this machine: without being asked, nothing of this one runs. */
static void
plan_from_raw (VmmPlan *plan, const Raw *raw)
{
  plan->duration_s = (guint) raw->duration;
  plan->interval_ms = (guint) raw->interval;
  plan->probes = raw->sysroot ? raw->probes : !raw->passive;
  plan->ping_target = g_strdup (raw->ping_target || !raw->sysroot ? raw->ping_target : "none");
  plan->label = g_strdup (raw->label);
  plan->sysroot = g_strdup (raw->sysroot);
  plan->scratch_dir = g_strdup (raw->scratch);
}

gboolean
vmm_options_parse (VmmOptions *ret_options, int argc, char **argv, GError **error)
{
  g_auto (Raw)
      raw = { .duration = VMM_PLAN_DURATION_S, .interval = VMM_PLAN_INTERVAL_MS, .repeat = 1 };
  g_autoptr (GOptionContext) context = make_context (&raw);
  g_autofree char **arguments = g_memdup2 (argv, sizeof *argv * ((gsize) argc + 1));

  memset (ret_options, 0, sizeof *ret_options);
  vmm_plan_init (&ret_options->plan);
  if (!g_option_context_parse (context, &argc, &arguments, error))
    return FALSE;

  ret_options->help = raw.help;
  ret_options->version = raw.version;
  if (raw.help || raw.version)
    return TRUE;
  if (!check_raw (&raw, error))
    return FALSE;
  plan_from_raw (&ret_options->plan, &raw);
  if (!vmm_plan_check (&ret_options->plan, error))
    return FALSE;

  gboolean output = raw.json_file || raw.csv_file || raw.quiet || raw.repeat > 1;
  ret_options->face = raw.window               ? VMM_FACE_WINDOW
                      : raw.terminal || output ? VMM_FACE_TERMINAL
                                               : VMM_FACE_EITHER;
  ret_options->keep = !raw.no_save;
  ret_options->quiet = raw.quiet;
  ret_options->json_file = g_steal_pointer (&raw.json_file);
  ret_options->csv_file = g_steal_pointer (&raw.csv_file);
  ret_options->repeat = (guint) raw.repeat;
  ret_options->pause_s = (guint) raw.pause;
  return TRUE;
}

void
vmm_options_clear (VmmOptions *options)
{
  vmm_plan_clear (&options->plan);
  g_clear_pointer (&options->json_file, g_free);
  g_clear_pointer (&options->csv_file, g_free);
}

char *
vmm_options_help (void)
{
  g_auto (Raw) raw = { 0 };
  g_autoptr (GOptionContext) context = make_context (&raw);

  return g_option_context_get_help (context, TRUE, NULL);
}
