/* SPDX-License-Identifier: MIT */
/* announce: what a task bar and a desktop show of a measurement. */
#include "announce.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "vmm/words.h"

#define FINISHED "finished" /* the notification's id */

static void
set_title (GtkWindow *window, const char *words)
{
  g_autofree char *title =
      g_strdup_printf (C_ ("title", "%1$s – %2$s"), words, _ ("VMM Performance Monitor"));

  if (g_strcmp0 (gtk_window_get_title (window), title) != 0)
    gtk_window_set_title (window, title);
}

void
vmm_announce_progress (GtkWindow *window, const VmmRun *run, gint64 now_us)
{
  VmmWindow measured;
  char      seconds[VMM_FIGURE_SIZE];
  guint     left = vmm_run_count_left (run);

  if (vmm_run_get_state (run) != VMM_RUN_OBSERVING)
    return;
  vmm_session_get_window (vmm_run_get_session (run), &measured);
  vmm_figure_seconds (seconds, ceil ((double) MAX (0, measured.end_us - now_us) / G_USEC_PER_SEC));
  g_autofree char *words =
      left == 0 ? g_strdup_printf (_ ("%s left"), seconds)
                : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s left, then %2$u more",
                                                "%1$s left, then %2$u more", left),
                                   seconds, left);
  set_title (window, words);
}

/* Without a session bus there is nobody to tell. */
static gboolean
can_notify (GApplication *application)
{
  gboolean is_registered = application && g_application_get_is_registered (application);

  /* cppcheck-suppress leakReturnValNotUsed ; it is the application's */
  return is_registered && g_application_get_dbus_connection (application);
}

static void
notify (GApplication *application, const VmmResult *result)
{
  g_autofree char *words = vmm_words_score_line (vmm_result_get_score (result));
  g_autoptr (GNotification) notification = g_notification_new (_ ("The measurement is over"));

  g_notification_set_body (notification, words);
  g_application_send_notification (application, FINISHED, notification);
}

void
vmm_announce_result (GtkWindow *window, const VmmResult *result, guint left)
{
  const VmmScore  *score = vmm_result_get_score (result);
  GApplication    *application = G_APPLICATION (gtk_window_get_application (window));
  g_autofree char *points = vmm_words_points (score->total.value, score->quality);
  g_autofree char *words = isnan (score->total.value) ? g_strdup (_ ("No score"))
                                                      : g_strdup_printf (_ ("Score %s"), points);

  set_title (window, words);
  if (left == 0 && !gtk_window_is_active (window) && can_notify (application))
    notify (application, result);
}

void
vmm_announce_take_back (GtkWindow *window)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (window));

  if (can_notify (application))
    g_application_withdraw_notification (application, FINISHED);
}
