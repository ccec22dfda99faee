/* SPDX-License-Identifier: MIT */
/* serve: measures by a timetable until it is told to stop, for those who watch many guests. */
#include "vmm/serve.h"

#include "command.h"
#include "interrupts.h"
#include "vmm/error.h"
#include "vmm/export.h"
#include "vmm/language.h"
#include "vmm/listen.h"
#include "vmm/loop.h"

#include <glib/gi18n-lib.h>

typedef struct {
  char    *textfile, *every, *listen, *ping_target, *scratch;
  int      duration;
  gboolean once, open, no_save;
} Raw;

static void
raw_clear (Raw *raw)
{
  g_free (raw->textfile);
  g_free (raw->every);
  g_free (raw->listen);
  g_free (raw->ping_target);
  g_free (raw->scratch);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Raw, raw_clear)

/* ---- The command line */

/* "90", "90s", "30m", "1h", "1d"; 0 for all else. */
static guint64
parse_seconds (const char *text)
{
  static const struct {
    const char *suffix;
    guint64     seconds;
  } units[] = { { "", 1 }, { "s", 1 }, { "m", 60 }, { "h", 3600 }, { "d", 86400 } };

  char   *end;
  guint64 n = g_ascii_strtoull (text, &end, 10);

  for (guint i = 0; g_ascii_isdigit (text[0]) && i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (end, units[i].suffix))
      return MIN (n, VMM_SERVE_EVERY_MAX_S + 1) * units[i].seconds;
  return 0;
}

static gboolean
check_every (const Raw *raw, guint *ret_every_s, GError **error)
{
  guint64 seconds = raw->every ? parse_seconds (raw->every) : VMM_SERVE_EVERY_S;

  *ret_every_s = (guint) MIN (seconds, G_MAXUINT);
  if (seconds >= VMM_SERVE_EVERY_MIN_S && seconds <= VMM_SERVE_EVERY_MAX_S)
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               _ ("--every \"%s\": must be 5m to 7d, such as 30m or 1h"), raw->every);
  return FALSE;
}

static gboolean
check_target (const char *target, GError **error)
{
  if (!target || vmm_plan_is_target (target))
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               _ ("--ping-target \"%s\": must be the IPv4 or IPv6 address of one host, in figures, "
                  "or none"),
               target);
  return FALSE;
}

static gboolean
check_scratch (const char *directory, GError **error)
{
  if (!directory || vmm_probes_check_scratch (directory, error))
    return TRUE;
  g_prefix_error (error, "--scratch ");
  return FALSE;
}

static gboolean
check_duration (const Raw *raw, guint every_s, GError **error)
{
  if (raw->duration >= VMM_PLAN_DURATION_MIN_S && raw->duration <= VMM_PLAN_DURATION_MAX_S &&
      (guint) raw->duration <= every_s / 2)
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               _ ("--duration %d: must be %d to %d seconds, and half of --every at most"),
               raw->duration, VMM_PLAN_DURATION_MIN_S, VMM_PLAN_DURATION_MAX_S);
  return FALSE;
}

static gboolean
check_raw (const Raw *raw, guint *ret_every_s, GError **error)
{
  return check_every (raw, ret_every_s, error) && check_duration (raw, *ret_every_s, error) &&
         check_target (raw->ping_target, error) && check_scratch (raw->scratch, error) &&
         (!raw->textfile || vmm_export_check (raw->textfile, error));
}

static void
plan_from_raw (VmmPlan *plan, const Raw *raw)
{
  vmm_plan_init (plan);
  plan->duration_s = (guint) raw->duration;
  plan->history = 1;
  plan->ping_target = g_strdup (raw->ping_target);
  plan->scratch_dir = g_strdup (raw->scratch);
}

/* ---- While it goes on */

typedef struct {
  GMainLoop *loop;
  VmmExit    exit;
} Server;

static void
on_failed (VmmServe *serve, VmmReceiver receiver, const GError *error, gpointer data)
{
  static const char *const failed[VMM_N_RECEIVERS] = { N_ ("the result is not kept: %s"),
                                                       N_ ("the text file is not written: %s") };
  static const char *const works[VMM_N_RECEIVERS] = { N_ ("results are kept again"),
                                                      N_ ("the text file is written again") };

  if (!error) {
    vmm_console_complain ("%s", _ (works[receiver]));
    return;
  }
  g_autofree char *reason = vmm_say (error->message);
  GString         *message = g_string_new (_ (failed[receiver]));
  g_string_replace (message, "%s", reason, 1);
  vmm_console_complain ("%s", message->str);
  g_string_free (message, TRUE);
  ((Server *) data)->exit = VMM_EXIT_FAILED;
}

static void
quit (gpointer data)
{
  g_main_loop_quit (((Server *) data)->loop);
}

static void
on_ended (VmmServe *serve, gpointer data)
{
  quit (data);
}

/* What came of the one window; its figures are printed where no file takes them. */
static VmmExit
tell_end (const VmmServe *serve, const Raw *raw, VmmExit exit)
{
  VmmSnapshot snapshot;
  VmmExit     printed = VMM_EXIT_DONE;

  vmm_serve_describe (serve, g_get_real_time (), &snapshot);
  if (!snapshot.result)
    return VMM_EXIT_INVALID;
  if (!raw->textfile) {
    g_autofree char *text = vmm_snapshot_to_prometheus (&snapshot);
    printed = vmm_command_answer (text, TRUE);
  }
  if (vmm_result_get_score (snapshot.result)->quality == VMM_QUALITY_INVALID)
    return VMM_EXIT_INVALID;
  return MAX (exit, printed);
}

static char *
make_text (gpointer serve)
{
  VmmSnapshot snapshot;

  vmm_serve_describe (serve, g_get_real_time (), &snapshot);
  return vmm_snapshot_to_prometheus (&snapshot);
}

/* A service that is stopped is done, whatever failed before: it was said. */
static VmmExit
serve_until_stopped (VmmServe *serve, const Raw *raw, GMainLoop *loop)
{
  static const VmmServeObserver observer = { on_failed, on_ended };

  Server server = { .loop = loop };
  g_autoptr (GError) error = NULL;
  VmmListener *listener =
      raw->listen ? vmm_listener_new (raw->listen, raw->open, make_text, serve, &error) : NULL;
  if (error)
    return vmm_command_refuse (error);
  VmmInterrupts *interrupts = vmm_interrupts_new (quit, &server);

  vmm_serve_set_observer (serve, &observer, &server);
  vmm_serve_attach (serve);
  vmm_serve_begin (serve, g_get_monotonic_time (), g_get_real_time ());
  g_main_loop_run (loop);
  vmm_interrupts_free (interrupts);
  vmm_listener_free (listener);
  return raw->once ? tell_end (serve, raw, server.exit) : VMM_EXIT_DONE;
}

static VmmExit
run (const Raw *raw, guint every_s)
{
  const VmmServeOptions options = {
    .every_s = every_s, .textfile = raw->textfile, .once = raw->once, .keep = !raw->no_save
  };
  g_auto (VmmPlan) plan = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = vmm_loop_new (&error);

  plan_from_raw (&plan, raw);
  g_autoptr (VmmServe) serve = loop ? vmm_serve_new (&plan, &options, &error) : NULL;
  return serve ? serve_until_stopped (serve, raw, loop) : vmm_command_fail (error);
}

VmmExit
vmm_serve_run (int argc, char **argv)
{
  g_auto (Raw) raw = { .duration = VMM_PLAN_DURATION_S };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  guint   every_s;
  VmmExit exit;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "textfile", 0, 0, G_OPTION_ARG_FILENAME, &raw.textfile, N_ ("Where the figures are written, for Prometheus"), N_ ("FILE") },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &raw.listen, N_ ("Answer who collects, at /metrics"), "ADDR:PORT" },
    { "open", 0, 0, G_OPTION_ARG_NONE, &raw.open, N_ ("Whoever reaches that address may read the figures"), NULL },
    { "every", 0, 0, G_OPTION_ARG_STRING, &raw.every, N_ ("Time from one window to the next, 5m to 7d (1h)"), N_ ("TIME") },
    { "once", 0, 0, G_OPTION_ARG_NONE, &raw.once, N_ ("Measure one window now, and end"), NULL },
    { "duration", 'd', 0, G_OPTION_ARG_INT, &raw.duration, N_ ("Length of the window, 5 to 3600 (30)"), "S" },
    { "ping-target", 0, 0, G_OPTION_ARG_FILENAME, &raw.ping_target, N_ ("Address to ping (the default gateway)"), "ADDR|none" },
    { "scratch", 0, 0, G_OPTION_ARG_FILENAME, &raw.scratch, N_ ("Where the disk probes put their file"), N_ ("DIR") },
    { "no-save", 0, 0, G_OPTION_ARG_NONE, &raw.no_save, N_ ("Do not keep the result"), NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  const VmmCommandLine line = {
    "serve",
    "",
    N_ ("Measures a window at equal distances, at other times than other guests do, until it is "
        "stopped. Its figures are for monitoring: Prometheus and its like. A window that is due "
        "while the guest is busy is skipped."),
    entries,
    0,
    0,
    FALSE
  };

  if (!vmm_command_parse (&line, argc, argv, &arguments, &exit))
    return exit;
  if (!check_raw (&raw, &every_s, &error))
    return vmm_command_refuse (error);
  return run (&raw, every_s);
}
