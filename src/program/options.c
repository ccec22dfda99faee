/* SPDX-License-Identifier: MIT */
/* options: turns the command line into a plan and what to do with its result. */
#include "vmm/options.h"

#include "vmm/command.h"
#include "vmm/error.h"
#include "vmm/fleet.h"
#include "vmm/language.h"
#include "vmm/peer.h"
#include "vmm/text.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define NOT_GIVEN G_MININT /* a figure that nobody asks for */
#define MAX_REPEAT 1000
#define MAX_PAUSE_S 86400
#define HELP_WIDTH 80

static const VmmMeaning exits[] = {
  { "0", N_ ("done") },
  { "1", N_ ("failed: something could not be read, measured or written") },
  { "2", N_ ("wrong usage, or an output that cannot be written to") },
  { "3", N_ ("the measurement is invalid (interrupted, or the guest was paused): no score") },
};

/* What GOption stores into, before it is checked. */
typedef struct {
  gboolean terminal, window, passive, light, cloud, cloud_events, probes, no_save, quiet, help,
      version;
  int    duration, interval, repeat, pause;
  char  *ping_target, *network_peer, *label, *json_file, *csv_file, *sysroot, *scratch, *fleet;
  char **rest;
} Raw;

static void
raw_clear (Raw *raw)
{
  g_free (raw->ping_target);
  g_free (raw->network_peer);
  g_free (raw->label);
  g_free (raw->json_file);
  g_free (raw->csv_file);
  g_free (raw->sysroot);
  g_free (raw->scratch);
  g_free (raw->fleet);
  g_strfreev (raw->rest);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raw, raw_clear)

static void
append_meanings (GString *out, const VmmMeaning *rows, guint n, guint columns)
{
  for (guint i = 0; i < n; i++) {
    g_string_append (out, "  ");
    vmm_text_append_left (out, rows[i].name, columns);
    vmm_text_append_wrapped (out, _ (rows[i].text), columns + 2, columns + 2, HELP_WIDTH);
  }
}

/* What --help says below the options. */
static char *
describe (const VmmMeaning *commands, guint n)
{
  GString         *out = g_string_new (NULL);
  g_autofree char *without = vmm_text_wrap (
      _ ("Without a command, it measures: in a window if there is a display, else in a live view "
         "in the terminal. Where the output is not a terminal, it prints plain lines."),
      HELP_WIDTH);

  g_string_append_printf (out, "%s\n", _ ("Commands (vmm_monitor COMMAND --help says more):"));
  append_meanings (out, commands, n, 18);
  g_string_append_printf (out, "\n%s\n%s\n", without, _ ("Exit codes:"));
  append_meanings (out, exits, G_N_ELEMENTS (exits), 3);
  return g_string_free (out, FALSE);
}

static GOptionContext *
make_context (Raw *raw)
{
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "terminal", 't', 0, G_OPTION_ARG_NONE, &raw->terminal, N_ ("Measure in the terminal"), NULL },
    { "window", 'w', 0, G_OPTION_ARG_NONE, &raw->window, N_ ("Measure in the window"), NULL },
    { "fleet", 0, 0, G_OPTION_ARG_FILENAME, &raw->fleet, N_ ("In the window, show the guests of this Prometheus, too"), "URL" },
    { "duration", 'd', 0, G_OPTION_ARG_INT, &raw->duration, N_ ("Length of the measurement, 5 to 3600 (30)"), "S" },
    { "interval", 'i', 0, G_OPTION_ARG_INT, &raw->interval, N_ ("Time between readings, 100 to 10000 (1000)"), "MS" },
    { "passive", 'p', 0, G_OPTION_ARG_NONE, &raw->passive, N_ ("Only watch: no probes, and so no score"), NULL },
    { "light", 0, 0, G_OPTION_ARG_NONE, &raw->light, N_ ("No bursts: for a guest that serves others"), NULL },
    { "ping-target", 0, 0, G_OPTION_ARG_FILENAME, &raw->ping_target, N_ ("Address to ping (the default gateway)"), "ADDR|cloud|none" },
    { "network-peer", 0, 0, G_OPTION_ARG_FILENAME, &raw->network_peer, N_ ("Measure TCP with this guest, which runs “vmm_monitor peer”"), "ADDR" },
    { "cloud", 0, 0, G_OPTION_ARG_NONE, &raw->cloud, N_ ("Ask the cloud's metadata service, too"), NULL },
    { "cloud-events", 0, 0, G_OPTION_ARG_NONE, &raw->cloud_events, N_ ("And ask it what is announced"), NULL },
    { "label", 'l', 0, G_OPTION_ARG_FILENAME, &raw->label, N_ ("Words to find this run again by"), N_ ("TEXT") },
    { "repeat", 'n', 0, G_OPTION_ARG_INT, &raw->repeat, N_ ("Measure N times, one after another (1)"), "N" },
    { "pause", 0, 0, G_OPTION_ARG_INT, &raw->pause, N_ ("Wait between them (0)"), "S" },
    { "json", 0, 0, G_OPTION_ARG_FILENAME, &raw->json_file, N_ ("Write the result as JSON; - is standard output"), N_ ("FILE") },
    { "csv", 0, 0, G_OPTION_ARG_FILENAME, &raw->csv_file, N_ ("Write the readings as CSV; - is standard output"), N_ ("FILE") },
    { "no-save", 0, 0, G_OPTION_ARG_NONE, &raw->no_save, N_ ("Do not keep the result"), NULL },
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &raw->quiet, N_ ("Print the score line alone"), NULL },
    { "scratch", 0, 0, G_OPTION_ARG_FILENAME, &raw->scratch, N_ ("Where the disk probes put their file"), N_ ("DIR") },
    { "sysroot", 0, 0, G_OPTION_ARG_FILENAME, &raw->sysroot, N_ ("Read DIR/proc and DIR/sys, nothing of this machine"), N_ ("DIR") },
    { "probes", 0, 0, G_OPTION_ARG_NONE, &raw->probes, N_ ("Run the probes although --sysroot is given"), NULL },
    { "version", 'V', 0, G_OPTION_ARG_NONE, &raw->version, N_ ("Print the version"), NULL },
    { "help", 'h', 0, G_OPTION_ARG_NONE, &raw->help, N_ ("Print this"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &raw->rest, NULL, NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */

  g_autofree char *summary = vmm_text_wrap (
      _ ("Measures for 30 seconds how well the virtual machine monitor (VMM) underneath "
         "serves this guest, and prints one score: 100 = the reference guest, 200 = "
         "served twice as fast, 50 = half as fast."),
      HELP_WIDTH);
  GOptionContext *context = g_option_context_new (_ ("[COMMAND]"));
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, g_strchomp (summary));
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

static int
get_interval (const Raw *raw)
{
  return raw->interval == NOT_GIVEN ? VMM_PLAN_INTERVAL_MS : raw->interval;
}

static int
get_repeat (const Raw *raw)
{
  return raw->repeat == NOT_GIVEN ? 1 : raw->repeat;
}

static int
get_pause (const Raw *raw)
{
  return raw->pause == NOT_GIVEN ? 0 : raw->pause;
}

static gboolean
check_fleet (const char *url, GError **error)
{
  g_autoptr (GError) wrong = NULL;

  if (!url || vmm_fleet_check_url (url, &wrong))
    return TRUE;
  g_autofree char *said = vmm_say (wrong->message);
  return check (FALSE, error, "--fleet %s", said);
}

static gboolean
check_raw (const Raw *raw, GError **error)
{
  gboolean output = raw->json_file || raw->csv_file || raw->quiet || get_repeat (raw) != 1;

  return check (!raw->rest, error, _ ("\"%s\" is not a command, or not the first word"),
                raw->rest ? raw->rest[0] : "") &&
         check (!(raw->terminal && raw->window), error, _ ("--terminal or --window: not both")) &&
         check (!(raw->window && output), error,
                _ ("--window goes without --json, --csv, --quiet and --repeat")) &&
         check (!(raw->passive && raw->probes), error, _ ("--passive or --probes: not both")) &&
         check (!(is_dash (raw->json_file) && is_dash (raw->csv_file)), error,
                _ ("--json - and --csv - cannot share standard output")) &&
         check (!raw->json_file || g_strcmp0 (raw->json_file, raw->csv_file) != 0, error,
                _ ("--json and --csv: not both into one file")) &&
         check (get_repeat (raw) == 1 || !(is_dash (raw->json_file) || is_dash (raw->csv_file)),
                error, _ ("--repeat: several measurements need files of their own, not -")) &&
         check (raw->duration >= VMM_PLAN_DURATION_MIN_S &&
                    raw->duration <= VMM_PLAN_DURATION_MAX_S,
                error, _ ("--duration %d: must be %d to %d seconds"), raw->duration,
                VMM_PLAN_DURATION_MIN_S, VMM_PLAN_DURATION_MAX_S) &&
         check (get_interval (raw) >= VMM_PLAN_INTERVAL_MIN_MS &&
                    get_interval (raw) <= VMM_PLAN_INTERVAL_MAX_MS,
                error, _ ("--interval %d: must be %d to %d milliseconds"), raw->interval,
                VMM_PLAN_INTERVAL_MIN_MS, VMM_PLAN_INTERVAL_MAX_MS) &&
         check (get_repeat (raw) >= 1 && get_repeat (raw) <= MAX_REPEAT, error,
                _ ("--repeat %d: must be 1 to %d"), get_repeat (raw), MAX_REPEAT) &&
         check (get_pause (raw) >= 0 && get_pause (raw) <= MAX_PAUSE_S, error,
                _ ("--pause %d: must be 0 to %d seconds"), get_pause (raw), MAX_PAUSE_S) &&
         check (
             !raw->ping_target || vmm_plan_is_target (raw->ping_target), error,
             _ ("--ping-target \"%s\": must be the IPv4 or IPv6 address of one host, in figures, "
                "or cloud, or none"),
             raw->ping_target ? raw->ping_target : "") &&
         check (!raw->network_peer || vmm_peer_is_address (raw->network_peer), error,
                _ ("--network-peer \"%s\": must be the address of one host, in figures, with or "
                   "without a port"),
                raw->network_peer ? raw->network_peer : "") &&
         check_fleet (raw->fleet, error) && vmm_command_check_label ("--label", raw->label, error);
}

/* Another machine's files are not this machine: without being asked, nothing of this one runs. */
static void
plan_from_raw (VmmPlan *plan, const Raw *raw)
{
  plan->duration_s = (guint) raw->duration;
  plan->interval_ms = (guint) get_interval (raw);
  plan->probes = raw->sysroot ? raw->probes : !raw->passive;
  plan->light = raw->light;
  plan->cloud = raw->cloud || raw->cloud_events;
  plan->cloud_events = raw->cloud_events;
  plan->ping_target = g_strdup (raw->ping_target || !raw->sysroot ? raw->ping_target : "none");
  plan->network_peer = g_strdup (raw->sysroot ? NULL : raw->network_peer);
  plan->label = g_strdup (raw->label);
  plan->sysroot = g_strdup (raw->sysroot);
  plan->scratch_dir = g_strdup (raw->scratch);
}

static gboolean
is_for_terminal (const Raw *raw)
{
  return raw->terminal || raw->json_file || raw->csv_file || raw->quiet || get_repeat (raw) > 1;
}

static void
find_idle (VmmOptions *options, const Raw *raw)
{
  const struct {
    gboolean    is_idle;
    const char *text;
  } rows[VMM_OPTIONS_IDLE] = {
    { raw->pause != NOT_GIVEN && raw->repeat == NOT_GIVEN,
      N_ ("--pause does nothing without --repeat") },
    { raw->probes && !raw->sysroot, N_ ("--probes does nothing without --sysroot") },
    { (raw->cloud || raw->cloud_events) && raw->sysroot,
      N_ ("--cloud does nothing with --sysroot") },
    { raw->network_peer && raw->sysroot, N_ ("--network-peer does nothing with --sysroot") },
    { raw->fleet && is_for_terminal (raw), N_ ("--fleet does nothing outside the window") },
    { raw->light && !options->plan.probes, N_ ("--light does nothing where no probes run") },
    { raw->scratch && !options->plan.probes, N_ ("--scratch does nothing where no probes run") },
  };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].is_idle)
      options->idle[n++] = rows[i].text;
}

gboolean
vmm_options_parse (VmmOptions *ret_options, int argc, char **argv, GError **error)
{
  g_auto (Raw) raw = {
    .duration = VMM_PLAN_DURATION_S, .interval = NOT_GIVEN, .repeat = NOT_GIVEN, .pause = NOT_GIVEN
  };
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

  ret_options->face = raw.window ? "window" : is_for_terminal (&raw) ? "terminal" : NULL;
  ret_options->interval_given = raw.interval != NOT_GIVEN;
  find_idle (ret_options, &raw);
  ret_options->keep = !raw.no_save;
  ret_options->quiet = raw.quiet;
  ret_options->json_file = g_steal_pointer (&raw.json_file);
  ret_options->csv_file = g_steal_pointer (&raw.csv_file);
  ret_options->fleet = g_steal_pointer (&raw.fleet);
  ret_options->repeat = (guint) get_repeat (&raw);
  ret_options->is_repeat_said = raw.repeat != NOT_GIVEN;
  ret_options->pause_s = (guint) get_pause (&raw);
  return TRUE;
}

void
vmm_options_clear (VmmOptions *options)
{
  vmm_plan_clear (&options->plan);
  g_clear_pointer (&options->json_file, g_free);
  g_clear_pointer (&options->csv_file, g_free);
  g_clear_pointer (&options->fleet, g_free);
}

char *
vmm_options_help (const VmmMeaning *commands, guint n)
{
  g_auto (Raw) raw = { 0 };
  g_autoptr (GOptionContext) context = make_context (&raw);
  g_autofree char *description = describe (commands, n);

  g_option_context_set_description (context, description);
  return g_option_context_get_help (context, TRUE, NULL);
}
