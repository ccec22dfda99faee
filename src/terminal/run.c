/* SPDX-License-Identifier: MIT */
/* run: carries out a measurement and shows it while it goes on: a picture, lines, or nothing. */
#include "run.h"

#include "console.h"
#include "deliver.h"
#include "live.h"
#include "report.h"
#include "screen.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <signal.h>
#include <unistd.h>

typedef enum { SHOW_NOTHING, SHOW_LINES, SHOW_PICTURE } Show;

typedef struct {
  const VmmOptions *options;
  VmmConsole        console;
  Show              show;
  VmmHost          *host;
  char             *title;
  VmmSession       *session;
  GMainLoop        *loop;
  guint             run;     /* the window under way, from 1 */
  gint64            next_us; /* when the next one begins, 0 = this one is still going on */
  guint             next_id; /* the GSource that begins it */
  VmmResult        *result;  /* of the newest window */
  char             *id;      /* under which that is kept, or NULL */
  GString          *lines;   /* score lines and complaints held back while the picture is up */
  GString          *complaints;
  gboolean          stopped; /* by a signal or a key */
  gboolean          unread;  /* standard output cannot be written */
  VmmExit           exit;    /* the worst so far */
} Run;

static void
worsen (Run *run, VmmExit exit)
{
  run->exit = MAX (run->exit, exit);
}

static gboolean
has_files (const VmmOptions *options)
{
  return options->json_file || options->csv_file;
}

static void
print (Run *run, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (run->unread || vmm_console_write (&run->console, text, &error))
    return;
  run->unread = TRUE;
  worsen (run, VMM_EXIT_FAILED);
  vmm_screen_leave ();
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE)) /* the reader has seen enough */
    vmm_console_complain ("%s", error->message);
  if (!has_files (run->options)) /* nobody is left to measure for */
    g_main_loop_quit (run->loop);
}

/* ---- While it goes on */

static void
describe (const Run *run, VmmLive *ret_live, char ret_message[64], char ret_activity[64])
{
  const VmmPlan *plan = vmm_session_get_plan (run->session);
  VmmSource     *memory = vmm_session_get_source (run->session, VMM_CHANNEL_MEMORY_USED);
  const char    *activity = vmm_session_get_activity (run->session);
  gint64         now_us = g_get_monotonic_time ();
  VmmWindow      window;

  vmm_session_get_window (run->session, &window);
  *ret_live = (VmmLive){
    .title = run->title,
    .ring = vmm_session_get_ring (run->session),
    .first = window.first,
    .end = window.end,
    .elapsed_s = (double) (MIN (now_us, window.end_us) - window.start_us) / G_USEC_PER_SEC,
    .duration_s = plan->duration_s,
    .interval_s = plan->interval_ms / 1000.0,
    .run = run->run,
    .runs = run->options->repeat,
    .probes = plan->probes,
    .activity = ret_activity,
    .message = ret_message,
    .memory = { NAN, NAN, NAN, NAN, NAN, NAN },
  };
  g_snprintf (ret_activity, 64, activity[0] ? "probing %s" : "%s", activity);
  ret_message[0] = '\0';
  if (run->next_us > 0)
    g_snprintf (ret_message, 64, "next window in %.0f s",
                (double) MAX (0, run->next_us - now_us) / G_USEC_PER_SEC);
  if (memory)
    vmm_memory_get_detail (memory, &ret_live->memory);
  for (int channel = 0; channel < VMM_N_CHANNELS; channel++)
    ret_live->reasons[channel] = vmm_session_get_reason (run->session, channel);
}

static void
draw (Run *run)
{
  VmmLive     live;
  VmmPingInfo ping;
  char        message[64], activity[64];

  describe (run, &live, message, activity);
  vmm_session_get_ping_info (run->session, &ping);
  live.target = ping.address;
  vmm_console_measure (&run->console);

  /* Every line is erased behind its text, and what is below the last one too: no flicker. */
  g_autofree char *picture = vmm_live_picture (&live, &run->console);
  g_auto (GStrv) lines = g_strsplit (picture, "\n", -1);
  g_autofree char *joined = g_strjoinv ("\033[K\n", lines);
  g_autofree char *frame = g_strconcat ("\033[H", joined, "\033[J", NULL);
  print (run, frame);
}

static void
print_line (Run *run)
{
  VmmLive live;
  char    message[64], activity[64];

  describe (run, &live, message, activity);
  g_autofree char *line = vmm_live_line (&live);
  print (run, line);
}

static void
on_sampled (VmmSession *session, gpointer data)
{
  Run *run = data;

  if (run->show == SHOW_PICTURE)
    draw (run);
  else if (run->show == SHOW_LINES && vmm_session_get_state (session) == VMM_SESSION_OBSERVING)
    print_line (run);
}

/* ---- Windows */

static void
begin_window (Run *run)
{
  run->run++;
  run->next_us = 0;
  vmm_session_start (run->session, g_get_monotonic_time ());
  if (run->show == SHOW_PICTURE)
    draw (run);
  else if (run->show == SHOW_LINES) {
    g_autofree char *heading = vmm_live_heading ();
    print (run, heading);
  }
}

static gboolean
on_next_window (gpointer data)
{
  Run *run = data;

  run->next_id = 0;
  begin_window (run);
  return G_SOURCE_REMOVE;
}

/* The score line of each of several windows: at once, or when the picture is gone. */
static void
tell_score (Run *run)
{
  g_autofree char *line = vmm_report_line (run->result);

  if (run->show == SHOW_PICTURE)
    g_string_append (run->lines, line);
  else if (!vmm_deliver_takes_output (run->options))
    print (run, line);
}

static void
deliver (Run *run)
{
  worsen (run, vmm_deliver (run->options, run->result, run->run, &run->console, run->complaints));
}

static void
complain (Run *run)
{
  g_auto (GStrv) lines = g_strsplit (run->complaints->str, "\n", -1);

  for (guint i = 0; lines[i] && lines[i][0]; i++)
    vmm_console_complain ("%s", lines[i]);
  g_string_truncate (run->complaints, 0);
}

static void
on_finished (VmmSession *session, gpointer data)
{
  Run *run = data;

  g_clear_pointer (&run->result, vmm_result_unref);
  run->result = vmm_result_new (session);
  deliver (run);
  g_free (run->id);
  run->id = vmm_deliver_keep (run->options, run->result, run->complaints);
  if (run->show != SHOW_PICTURE)
    complain (run);
  if (run->options->repeat > 1)
    tell_score (run);
  if (run->run == run->options->repeat) {
    g_main_loop_quit (run->loop);
    return;
  }
  run->next_us = g_get_monotonic_time () + run->options->pause_s * G_USEC_PER_SEC;
  run->next_id = g_timeout_add_seconds (run->options->pause_s, on_next_window, run);
}

/* ---- The world outside */

static gboolean
on_stop (gpointer data)
{
  Run *run = data;

  run->stopped = TRUE;
  g_main_loop_quit (run->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_resize (gpointer data)
{
  draw (data);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_key (int fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
  char   key;
  gssize n = read (fd, &key, 1);

  if (n == 1 && (key == 'q' || key == 'Q'))
    on_stop (data);
  return n > 0;
}

/* Runs the main loop with everything attached that may end it. */
static void
wait_for_end (Run *run)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
  g_autoptr (GSource) keys = NULL, resize = NULL;
  guint stops[G_N_ELEMENTS (numbers)];

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    stops[i] = g_unix_signal_add (numbers[i], on_stop, run);
  if (run->show == SHOW_PICTURE) {
    resize = g_unix_signal_source_new (SIGWINCH);
    g_source_set_callback (resize, on_resize, run, NULL);
    g_source_attach (resize, NULL);
    if (vmm_screen_enter (run->console.fd)) {
      keys = g_unix_fd_source_new (STDIN_FILENO, G_IO_IN | G_IO_HUP);
      g_source_set_callback (keys, G_SOURCE_FUNC (on_key), run, NULL);
      g_source_attach (keys, NULL);
    }
  }
  begin_window (run);
  if (!run->unread || has_files (run->options))
    g_main_loop_run (run->loop);

  vmm_screen_leave ();
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_source_remove (stops[i]);
  if (keys)
    g_source_destroy (keys);
  if (resize)
    g_source_destroy (resize);
  if (run->next_id)
    g_source_remove (run->next_id);
  vmm_screen_make_signals_final ();
}

/* ---- The end */

/* A window that was cut short has no score, but it was asked for: it is delivered, not kept. */
static void
finish_stopped (Run *run)
{
  if (run->next_us > 0) /* between two windows: nothing was cut */
    return;
  g_clear_pointer (&run->result, vmm_result_unref);
  g_clear_pointer (&run->id, g_free);
  run->result = vmm_result_new (run->session);
  worsen (run, VMM_EXIT_INVALID);
  deliver (run);
}

static void
tell_kept (Run *run)
{
  if (!run->id)
    return;
  g_autofree char *text = g_strdup_printf ("Kept as    %s\n"
                                           "           vmm_monitor list, show, compare, export\n",
                                           run->id);
  print (run, text);
}

static void
tell_end (Run *run)
{
  gboolean         passive = !run->options->plan.probes;
  g_autofree char *line = vmm_report_line (run->result);
  g_autofree char *page = vmm_report (run->result, &run->console);

  print (run, run->lines->str);
  if (run->show == SHOW_NOTHING) {
    if (run->options->repeat == 1 && !vmm_deliver_takes_output (run->options))
      print (run, line);
  } else if (run->stopped && !passive)
    print (run, line);
  else {
    print (run, run->show == SHOW_LINES || run->lines->len > 0 ? "\n" : "");
    print (run, page);
    tell_kept (run);
    if (!passive) { /* once more where a terminal still shows it */
      print (run, "\n");
      print (run, line);
    }
  }
}

static Show
choose_show (const VmmOptions *options, const VmmConsole *console)
{
  if (options->quiet || vmm_deliver_takes_output (options))
    return SHOW_NOTHING;
  return console->live ? SHOW_PICTURE : SHOW_LINES;
}

VmmExit
vmm_run (const VmmOptions *options)
{
  static const VmmObserver observer = { on_sampled, on_finished };

  Run            run = { .options = options };
  const VmmPlan *plan = &options->plan;
  g_autoptr (GError) error = NULL;

  run.host = vmm_host_new (plan->sysroot ? plan->sysroot : "/");
  run.session = vmm_session_new (plan, run.host, &error);
  if (!run.session) {
    vmm_console_complain ("%s", error->message);
    vmm_host_unref (run.host);
    return VMM_EXIT_USAGE;
  }
  vmm_console_init (&run.console, STDOUT_FILENO);
  run.show = choose_show (options, &run.console);
  run.title = vmm_host_summary (run.host);
  run.lines = g_string_new (NULL);
  run.complaints = g_string_new (NULL);
  run.loop = g_main_loop_new (NULL, FALSE);
  vmm_session_set_observer (run.session, &observer, &run);
  vmm_session_attach (run.session);

  wait_for_end (&run);
  vmm_session_stop (run.session);
  if (run.stopped)
    finish_stopped (&run);
  if (run.result && !run.unread)
    tell_end (&run);
  complain (&run);

  g_clear_pointer (&run.result, vmm_result_unref);
  g_main_loop_unref (run.loop);
  vmm_session_free (run.session);
  g_string_free (run.lines, TRUE);
  g_string_free (run.complaints, TRUE);
  g_free (run.id);
  g_free (run.title);
  vmm_host_unref (run.host);
  return run.exit;
}
