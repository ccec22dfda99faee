/* SPDX-License-Identifier: MIT */
/* run: shows a run while it goes on, delivers its results, and tells how it ended. */
#include "vmm/face.h"

#include "by_turns.h"
#include "command.h"
#include "deliver.h"
#include "interrupts.h"
#include "outlet.h"
#include "report.h"
#include "screen.h"
#include "view.h"
#include "vmm/loop.h"
#include "vmm/run.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

typedef struct {
  const VmmOptions *options;
  VmmRun           *run;
  VmmView           view;
  VmmOutlet        *output, *errors;
  GMainLoop        *loop;
  char             *id;    /* under which the newest result is kept, or NULL */
  GString          *lines; /* score lines and complaints held back while the picture is up */
  GString          *complaints;
  GPtrArray        *taken;   /* by turns: the windows so far */
  guint             waiting; /* source: redraws while nothing is sampled, or 0 */
  gboolean          stopped; /* by a signal or a key */
  gboolean          unread;  /* standard output cannot be written */
  VmmExit           exit;    /* the worst so far */
} Teller;

static void
worsen (Teller *teller, VmmExit exit)
{
  teller->exit = MAX (teller->exit, exit);
}

static void
complain (Teller *teller, const char *message)
{
  g_autofree char *line = vmm_console_complaint (message);

  vmm_outlet_put (teller->errors, line, NULL);
}

/* A picture that was not taken whole is forgotten: the rest of one is nothing to look at. */
static void
leave_screen (Teller *teller)
{
  if (teller->view.show == VMM_SHOW_PICTURE)
    vmm_outlet_discard (teller->output);
  if (!vmm_screen_leave ())
    vmm_outlet_put (teller->output, VMM_SCREEN_LEAVE, NULL);
}

static void
print (Teller *teller, const char *text)
{
  g_autoptr (GError) error = NULL;

  if (teller->unread || vmm_outlet_put (teller->output, text, &error))
    return;
  teller->unread = TRUE;
  worsen (teller, VMM_EXIT_FAILED);
  leave_screen (teller);
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE)) /* the reader has seen enough */
    complain (teller, error->message);
  if (!vmm_deliver_has_files (teller->options)) /* nobody is left to measure for */
    g_main_loop_quit (teller->loop);
}

/* ---- What the run tells */

/* While a picture waits for its reader none is drawn: the next one will be newer. */
static void
update (Teller *teller)
{
  print (teller, "");
  if (teller->view.show == VMM_SHOW_PICTURE && vmm_outlet_is_waiting (teller->output))
    return;
  g_autofree char *text = vmm_view_update (&teller->view);
  print (teller, text);
}

static void
on_begun (VmmRun *run, gpointer data)
{
  Teller          *teller = data;
  g_autofree char *text = vmm_view_begin (&teller->view);

  g_clear_handle_id (&teller->waiting, g_source_remove);
  print (teller, text);
}

static gboolean
on_waiting (gpointer data)
{
  update (data);
  return G_SOURCE_CONTINUE;
}

/* By turns: what is waited for. Before the first window nothing is sampled that would move a picture. */
static void
on_paused (VmmRun *run, gpointer data)
{
  Teller *teller = data;

  if (!vmm_run_get_turns (run)->turns || teller->view.show == VMM_SHOW_NOTHING)
    return;
  if (teller->view.show == VMM_SHOW_PICTURE) {
    if (!teller->waiting && !vmm_run_get_number (run))
      teller->waiting = g_timeout_add_seconds (1, on_waiting, teller);
    update (teller);
    return;
  }
  g_autofree char *wait = vmm_by_turns_wait (run, g_get_monotonic_time ());
  g_autofree char *line = g_strconcat (wait, "\n", NULL);
  print (teller, line);
}

static void
on_sampled (VmmRun *run, gpointer data)
{
  update (data);
}

/* The score line of each of several windows: at once, or when the picture is gone. */
static void
tell_score (Teller *teller, const VmmResult *result)
{
  g_autofree char *line = vmm_report_line (result);

  if (teller->view.show == VMM_SHOW_PICTURE)
    g_string_append (teller->lines, line);
  else if (!vmm_deliver_takes_output (teller->options))
    print (teller, line);
}

static void
tell_complaints (Teller *teller)
{
  vmm_outlet_put (teller->errors, teller->complaints->str, NULL);
  g_string_truncate (teller->complaints, 0);
}

static void
on_finished (VmmRun *run, VmmResult *result, gpointer data)
{
  Teller *teller = data;

  worsen (teller, vmm_deliver (teller->options, result, vmm_run_get_number (run),
                               &teller->view.console, teller->complaints));
}

static void
on_kept (VmmRun *run, VmmResult *result, const char *id, const GError *error, gpointer data)
{
  Teller *teller = data;

  g_free (teller->id);
  teller->id = g_strdup (id);
  if (error)
    worsen (teller, vmm_deliver_not_kept (error, teller->complaints));
  if (teller->view.show != VMM_SHOW_PICTURE && !teller->stopped)
    tell_complaints (teller);
  if (teller->options->repeat > 1)
    tell_score (teller, result);
  if (vmm_run_get_turns (run)->turns &&
      vmm_by_turns_take (teller->taken, result, teller->options->until_percent))
    vmm_run_stop (run);
}

/* What was forecast before is not known any more, and nothing else is the worse for it. */
static void
on_troubled (VmmRun *run, const GError *error, gpointer data)
{
  g_autofree char *said = vmm_say (error->message);

  complain (data, said);
}

static void
on_ended (VmmRun *run, gpointer data)
{
  g_main_loop_quit (((Teller *) data)->loop);
}

/* ---- Until it ends */

static void
on_stop (gpointer data)
{
  Teller *teller = data;

  teller->stopped = TRUE;
  g_main_loop_quit (teller->loop);
}

static void
on_resize (gpointer data)
{
  update (data);
}

/* Runs the main loop with everything attached that may end it. */
static void
wait_for_end (Teller *teller)
{
  g_autoptr (VmmInterrupts) interrupts = vmm_interrupts_new (on_stop, teller);

  if (teller->view.show == VMM_SHOW_PICTURE) {
    vmm_interrupts_watch_size (interrupts, on_resize);
    if (vmm_screen_enter (vmm_outlet_get_fd (teller->output)))
      vmm_interrupts_watch_keys (interrupts);
  }
  vmm_run_begin (teller->run, g_get_monotonic_time (), g_get_real_time ());
  if (!teller->unread || vmm_deliver_has_files (teller->options))
    g_main_loop_run (teller->loop);
  leave_screen (teller);
  g_clear_pointer (&interrupts, vmm_interrupts_free);
  vmm_screen_make_signals_final ();
}

/* ---- The end */

/* A window that was cut short has no score, but what there is of it was measured. */
static void
stop (Teller *teller)
{
  guint    windows = teller->options->repeat;
  gboolean over =
      vmm_run_get_state (teller->run) == VMM_RUN_ENDED; /* by turns, perhaps with fewer */
  gboolean cut = vmm_run_stop (teller->run);
  guint    number = vmm_run_get_number (teller->run);

  if (over)
    return;
  if (cut || number < windows)
    worsen (teller, VMM_EXIT_INVALID);
  if (cut || number == windows)
    return;
  g_autofree char *message =
      g_strdup_printf (_ ("stopped after %1$u of %2$u measurements"), number, windows);
  complain (teller, message);
}

static void
tell_end (Teller *teller, const VmmResult *result)
{
  gboolean         passive = !teller->options->plan.probes;
  g_autofree char *line = vmm_report_line (result);
  g_autofree char *page = vmm_report (result, &teller->view.console);

  g_autofree char *mean = vmm_by_turns_mean (teller->taken);
  print (teller, teller->lines->str);
  print (teller, mean);
  /* Of a window that was stopped before its first reading there is nothing to report. */
  if (teller->view.show == VMM_SHOW_NOTHING || vmm_result_get_ticks (result) == 0) {
    if (teller->options->repeat == 1 && !vmm_deliver_takes_output (teller->options))
      print (teller, line);
    return;
  }
  print (teller, teller->view.show == VMM_SHOW_LINES || teller->lines->len > 0 ? "\n" : "");
  print (teller, page);
  g_autofree char *kept = vmm_deliver_tell (teller->id, &teller->view.console);
  print (teller, kept);
  if (!passive) { /* once more where a terminal still shows it */
    print (teller, "\n");
    print (teller, line);
  }
}

static void
carry_out (Teller *teller)
{
  VmmResult *result;

  wait_for_end (teller);
  if (teller->stopped || !teller->unread)
    stop (teller);
  else /* nobody is left to tell */
    g_clear_pointer (&teller->run, vmm_run_free);
  vmm_outlet_end (teller->output, teller->errors, teller->stopped);
  print (teller, "");
  result = teller->run ? vmm_run_get_result (teller->run) : NULL;
  if (result && !teller->unread)
    tell_end (teller, result);
  tell_complaints (teller);
}

static VmmExit
measure (const VmmOptions *options)
{
  static const VmmRunObserver observer = { on_begun, on_sampled, on_finished, on_kept,
                                           on_ended, NULL,       on_paused,   on_troubled };

  const VmmSchedule schedule = { .windows = options->repeat,
                                 .pause_s = options->pause_s,
                                 .keep = options->keep,
                                 .turns = options->turns,
                                 .place = options->place };
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = vmm_loop_new (&error); /* first: it cannot do without */
  VmmRun *run = loop ? vmm_run_new (&options->plan, &schedule, &error) : NULL;
  if (!run)
    return vmm_command_fail (error);

  g_autoptr (GString) lines = g_string_new (NULL), complaints = g_string_new (NULL);
  g_autoptr (GPtrArray) taken = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);
  g_autoptr (VmmOutlet) output = vmm_outlet_new (STDOUT_FILENO, VMM_OUTLET_BYTES);
  g_autoptr (VmmOutlet) errors = vmm_outlet_new (STDERR_FILENO, VMM_OUTLET_BYTES);
  g_autofree char *title = vmm_host_summary (vmm_session_get_host (vmm_run_get_session (run)));
  Teller           teller = { .options = options,
                              .run = run,
                              .view = { .run = run, .title = title, .runs = options->repeat },
                              .output = output,
                              .errors = errors,
                              .loop = loop,
                              .lines = lines,
                              .complaints = complaints,
                              .taken = taken };
  vmm_console_init (&teller.view.console, STDOUT_FILENO);
  teller.view.show = vmm_view_choose (options, &teller.view.console);
  vmm_run_set_observer (run, &observer, &teller);
  vmm_run_attach (run);

  carry_out (&teller);
  vmm_run_free (teller.run);
  g_clear_handle_id (&teller.waiting, g_source_remove);
  g_free (teller.id);
  return teller.exit;
}

VmmExit
vmm_terminal_measure (const VmmOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (!vmm_deliver_check (options, &error))
    return vmm_command_refuse (error);
  vmm_deliver_warn (options);
  return measure (options);
}
