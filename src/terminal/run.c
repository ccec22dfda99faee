/* SPDX-License-Identifier: MIT */
/* run: carries out a measurement and shows it while it goes on: a picture, lines, or nothing. */
#include "run.h"

#include "command.h"
#include "deliver.h"
#include "loop.h"
#include "outlet.h"
#include "report.h"
#include "screen.h"
#include "view.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

/* After a stop, with a reader that takes nothing: whoever stops the program wants it to end. */
#define STOPPED_PATIENCE_MS 1000

typedef struct {
  const VmmOptions *options;
  VmmView           view;
  VmmSession       *session;
  VmmOutlet        *output, *errors;
  GMainLoop        *loop;
  guint             next_id; /* the GSource that begins the next window */
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
complain (Run *run, const char *message)
{
  g_autofree char *line = vmm_console_complaint (message);

  vmm_outlet_put (run->errors, line, NULL);
}

/* A picture that was not taken whole is forgotten: the rest of one is nothing to look at. */
static void
leave_screen (Run *run)
{
  if (run->view.show == VMM_SHOW_PICTURE)
    vmm_outlet_discard (run->output);
  if (!vmm_screen_leave ())
    vmm_outlet_put (run->output, VMM_SCREEN_LEAVE, NULL);
}

static void
print (Run *run, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (run->unread || vmm_outlet_put (run->output, text, &error))
    return;
  run->unread = TRUE;
  worsen (run, VMM_EXIT_FAILED);
  leave_screen (run);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE)) /* the reader has seen enough */
    complain (run, error->message);
  if (!has_files (run->options)) /* nobody is left to measure for */
    g_main_loop_quit (run->loop);
}

/* ---- Windows */

/* While a picture waits for its reader none is drawn: the next one will be newer. */
static void
update (Run *run)
{
  print (run, "");
  if (run->view.show == VMM_SHOW_PICTURE && vmm_outlet_is_waiting (run->output))
    return;
  g_autofree char *text = vmm_view_update (&run->view);
  print (run, text);
}

static void
on_sampled (VmmSession *session, gpointer data)
{
  update (data);
}

static void
begin_window (Run *run)
{
  run->view.run++;
  run->view.next_us = 0;
  vmm_session_start (run->session, g_get_monotonic_time (), g_get_real_time ());
  g_autofree char *text = vmm_view_begin (&run->view);
  print (run, text);
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

  if (run->view.show == VMM_SHOW_PICTURE)
    g_string_append (run->lines, line);
  else if (!vmm_deliver_takes_output (run->options))
    print (run, line);
}

static void
deliver (Run *run)
{
  worsen (run, vmm_deliver (run->options, run->result, run->view.run, &run->view.console,
                            run->complaints));
}

static void
keep (Run *run)
{
  g_free (run->id);
  worsen (run, vmm_deliver_keep (run->options, run->result, run->complaints, &run->id));
}

static void
tell_complaints (Run *run)
{
  vmm_outlet_put (run->errors, run->complaints->str, NULL);
  g_string_truncate (run->complaints, 0);
}

static void
on_finished (VmmSession *session, gpointer data)
{
  Run *run = data;

  g_clear_pointer (&run->result, vmm_result_unref);
  run->result = vmm_result_new (session);
  deliver (run);
  keep (run);
  if (run->view.show != VMM_SHOW_PICTURE)
    tell_complaints (run);
  if (run->options->repeat > 1)
    tell_score (run);
  if (run->view.run == run->options->repeat) {
    g_main_loop_quit (run->loop);
    return;
  }
  run->view.next_us = g_get_monotonic_time () + (gint64) run->options->pause_s * G_USEC_PER_SEC;
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
  update (data);
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
  if (run->view.show == VMM_SHOW_PICTURE) {
    resize = g_unix_signal_source_new (SIGWINCH);
    g_source_set_callback (resize, on_resize, run, NULL);
    g_source_attach (resize, NULL);
    if (vmm_screen_enter (vmm_outlet_get_fd (run->output))) {
      keys = g_unix_fd_source_new (STDIN_FILENO, G_IO_IN | G_IO_HUP);
      g_source_set_callback (keys, G_SOURCE_FUNC (on_key), run, NULL);
      g_source_attach (keys, NULL);
    }
  }
  begin_window (run);
  if (!run->unread || has_files (run->options))
    g_main_loop_run (run->loop);

  leave_screen (run);
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

static void
be_patient (Run *run)
{
  int patience_ms = run->stopped ? STOPPED_PATIENCE_MS : VMM_OUTLET_FOR_EVER;

  vmm_outlet_be_patient (run->output, patience_ms);
  vmm_outlet_be_patient (run->errors, patience_ms);
  print (run, "");
}

/* A window that was cut short has no score, but what there is of it was measured. */
static void
finish_stopped (Run *run)
{
  worsen (run, VMM_EXIT_INVALID);
  if (run->view.next_us > 0) { /* between two windows: none was cut */
    g_autofree char *message = g_strdup_printf (_ ("stopped after %1$u of %2$u windows"),
                                                run->view.run, run->options->repeat);
    complain (run, message);
    return;
  }
  g_clear_pointer (&run->result, vmm_result_unref);
  g_clear_pointer (&run->id, g_free);
  run->result = vmm_result_new (run->session);
  deliver (run);
  if (vmm_result_get_ticks (run->result) > 0)
    keep (run);
  if (run->options->repeat > 1)
    tell_score (run);
}

static void
tell_end (Run *run)
{
  gboolean         passive = !run->options->plan.probes;
  g_autofree char *line = vmm_report_line (run->result);
  g_autofree char *page = vmm_report (run->result, &run->view.console);

  print (run, run->lines->str);
  if (run->view.show == VMM_SHOW_NOTHING) {
    if (run->options->repeat == 1 && !vmm_deliver_takes_output (run->options))
      print (run, line);
  } else {
    print (run, run->view.show == VMM_SHOW_LINES || run->lines->len > 0 ? "\n" : "");
    print (run, page);
    g_autofree char *kept = vmm_deliver_tell (run->id, &run->view.console);
    print (run, kept);
    if (!passive) { /* once more where a terminal still shows it */
      print (run, "\n");
      print (run, line);
    }
  }
}

static VmmShow
choose_show (const VmmOptions *options, const VmmConsole *console)
{
  if (options->quiet || vmm_deliver_takes_output (options))
    return VMM_SHOW_NOTHING;
  return console->live ? VMM_SHOW_PICTURE : VMM_SHOW_LINES;
}

VmmExit
vmm_run (const VmmOptions *options)
{
  static const VmmObserver observer = { on_sampled, on_finished };

  const VmmPlan *plan = &options->plan;
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = vmm_loop_new (&error); /* first: it cannot do without */
  if (!loop)
    return vmm_command_fail (error);
  g_autoptr (VmmHost) host = vmm_host_new (plan->sysroot ? plan->sysroot : "/");
  g_autoptr (VmmSession) session = vmm_session_new (plan, host, &error);
  if (!session)
    return vmm_command_fail (error);

  g_autoptr (GString) lines = g_string_new (NULL), complaints = g_string_new (NULL);
  g_autoptr (VmmOutlet) output = vmm_outlet_new (STDOUT_FILENO, VMM_OUTLET_BYTES);
  g_autoptr (VmmOutlet) errors = vmm_outlet_new (STDERR_FILENO, VMM_OUTLET_BYTES);
  g_autofree char *title = vmm_host_summary (host);
  Run              run = { .options = options,
                           .session = session,
                           .output = output,
                           .errors = errors,
                           .loop = loop,
                           .lines = lines,
                           .complaints = complaints };
  run.view = (VmmView){ .session = session, .title = title, .runs = options->repeat };
  vmm_console_init (&run.view.console, STDOUT_FILENO);
  run.view.show = choose_show (options, &run.view.console);
  vmm_session_set_observer (session, &observer, &run);
  vmm_session_attach (session);

  wait_for_end (&run);
  vmm_session_stop (session);
  be_patient (&run);
  if (run.stopped)
    finish_stopped (&run);
  if (run.result && !run.unread)
    tell_end (&run);
  tell_complaints (&run);
  g_clear_pointer (&run.result, vmm_result_unref);
  g_free (run.id);
  return run.exit;
}
