/* SPDX-License-Identifier: MIT */
/* serve: measures by a timetable until it is told to stop, for those who watch many guests. */
#include "vmm/face.h"

#include "command.h"
#include "interrupts.h"
#include "vmm/error.h"
#include "vmm/language.h"
#include "vmm/loop.h"
#include "vmm/phrases.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>

typedef struct {
  GMainLoop *loop;
  VmmExit    exit;
} Server;

static void
on_failed (VmmServe *serve, VmmReceiver receiver, const GError *error, gpointer data)
{
  static const char *const failed[VMM_N_RECEIVERS] = { N_ ("the result is not kept: %s"),
                                                       N_ ("the text file is not written: %s"),
                                                       N_ ("the figures are not pushed: %s") };
  static const char *const works[VMM_N_RECEIVERS] = { N_ ("results are kept again"),
                                                      N_ ("the text file is written again"),
                                                      N_ ("the figures are pushed again") };

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

/* ---- Who watches is told of each window, in a line. */

static void
say (const char *what)
{
  g_autofree char *moment = vmm_phrase_moment (g_get_real_time (), FALSE);
  /* TRANSLATORS: a date and time, and what happened: "2026-11-14 03:30: skipped, for the guest is busy" */
  g_autofree char *line = g_strdup_printf (_ ("%1$s: %2$s"), moment, what);

  vmm_command_say (line);
}

static void
on_skipped (VmmServe *serve, VmmSkipped why, gpointer data)
{
  static const char *const words[VMM_N_SKIPPED] = {
    N_ ("skipped, for the guest is busy"),
    N_ ("skipped, for the guest was stopped or its clock was set")
  };

  say (_ (words[why]));
}

/* What comes, where something is said of it. */
static void
say_outlook (const VmmOutlookState *outlook)
{
  for (guint i = 0; i < VMM_N_OUTLOOKS; i++) {
    g_autofree char *line = vmm_words_forecast (&outlook->items[i], (VmmOutlookSubject) i);
    if (vmm_words_forecast_is_news (&outlook->items[i]))
      say (line);
  }
  if (outlook->headroom.why == VMM_HEADROOM_KNOWN) {
    g_autofree char *line = vmm_words_headroom (&outlook->headroom);
    say (line);
  }
}

static void
on_measured (VmmServe *serve, const VmmResult *result, gpointer data)
{
  g_autofree char *line = vmm_words_score_line (vmm_result_get_score (result));

  say (line);
  if (vmm_result_get_outlook (result))
    say_outlook (vmm_result_get_outlook (result));
}

static void
tell_sum (const VmmServe *serve)
{
  VmmSnapshot snapshot;

  vmm_serve_describe (serve, g_get_real_time (), &snapshot);
  g_autofree char *line = g_strdup_printf (
      _ ("%1$u measured, %2$u skipped as the guest was busy, %3$u as it was stopped"),
      (guint) snapshot.windows, (guint) snapshot.skipped[VMM_SKIPPED_BUSY],
      (guint) snapshot.skipped[VMM_SKIPPED_LATE]);
  say (line);
}

/* ---- The end */

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
tell_end (const VmmServe *serve, const VmmServing *serving, VmmExit exit)
{
  VmmSnapshot snapshot;
  VmmExit     printed = VMM_EXIT_DONE;

  vmm_serve_describe (serve, g_get_real_time (), &snapshot);
  if (!snapshot.result)
    return snapshot.skipped[VMM_SKIPPED_BUSY] ? exit : VMM_EXIT_INVALID;
  if (!serving->options.textfile && !serving->options.watch && !serving->options.push.url) {
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
serve_until_stopped (VmmServe *serve, const VmmServing *serving, GMainLoop *loop)
{
  static const VmmServeObserver observers[] = {
    { on_failed, on_ended }, { on_failed, on_ended, on_skipped, on_measured }, /* of who watches */
  };

  Server server = { .loop = loop };
  g_autoptr (GError) error = NULL;
  VmmListener *listener =
      serving->door.address ? vmm_listener_new (&serving->door, make_text, serve, &error) : NULL;
  if (error)
    return vmm_command_refuse (error);
  VmmInterrupts *interrupts = vmm_interrupts_new (quit, &server);

  vmm_serve_set_observer (serve, &observers[serving->options.watch], &server);
  vmm_serve_attach (serve);
  vmm_serve_begin (serve, g_get_monotonic_time (), g_get_real_time ());
  g_main_loop_run (loop);
  vmm_interrupts_free (interrupts);
  vmm_listener_free (listener);
  if (serving->options.watch && !serving->options.once)
    tell_sum (serve);
  return serving->options.once ? tell_end (serve, serving, server.exit) : VMM_EXIT_DONE;
}

VmmExit
vmm_terminal_serve (const VmmServing *serving)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = vmm_loop_new (&error);
  g_autoptr (VmmServe) serve =
      loop ? vmm_serve_new (serving->plan, &serving->options, &error) : NULL;

  return serve ? serve_until_stopped (serve, serving, loop) : vmm_command_fail (error);
}
