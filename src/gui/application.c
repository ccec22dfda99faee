/* SPDX-License-Identifier: MIT */
/* application: one instance, its keys, and the door that main.c knocks at. */
#include <glib-unix.h>
#include <gtk/gtk.h>
#include <vmm-resources.h>

#include "settings.h"
#include "style.h"
#include "vmm/channel.h"
#include "vmm/error.h"
#include "vmm/face.h"
#include "vmm/host.h"
#include "window.h"

#define APPLICATION_ID "io.github.vmm_monitor"

/* Rows that can be looked back at: a day at one a second, in at most 16 MiB, of which the kernel
 * gives what is written to. Eight bytes of time, and for each channel 4 and an eighth more. */
#define HISTORY 86400
G_STATIC_ASSERT (HISTORY *(8 + VMM_N_CHANNELS * 9 / 2) <= 16 * 1024 * 1024);

typedef struct {
  const VmmPlan *plan;
  gboolean       keep;
  GtkWidget     *window; /* NULL before it is shown */
  GError        *error;
} Run;

/* clang-format off */
static const struct { const char *action, *keys[3]; } shortcuts[] = {
  { "app.quit",      { "<Primary>q" } },
  { "win.measure",   { "<Primary>r", "F5" } },
  { "win.shortcuts", { "F1", "<Primary>question" } },
  { "win.results",   { "<Primary>e" } },
  { "win.menu",      { "F10" } },
  { "results.find",  { "<Primary>f" } },
  { "results.import", { "<Primary>o" } },
  { "results.undo",  { "<Primary>z" } },
  { "results.print", { "<Primary>p" } },
};
/* clang-format on */

/* The last window's end is the application's, after it has put its run away. */
static void
quit (GtkApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  if (window)
    gtk_widget_destroy (GTK_WIDGET (window));
}

static void
on_quit (GSimpleAction *action, GVariant *parameter, gpointer application)
{
  quit (application);
}

static gboolean
on_signal (gpointer application)
{
  quit (application);
  return G_SOURCE_CONTINUE;
}

static void
on_startup (GtkApplication *application, gpointer data)
{
  static const GActionEntry actions[] = { { .name = "quit", .activate = on_quit } };

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (application, shortcuts[i].action, shortcuts[i].keys);
  vmm_register_resource ();
  vmm_style_load (gdk_screen_get_default ());
}

static void
on_activate (GtkApplication *application, gpointer data)
{
  Run *run = data;

  if (!run->window) {
    VmmHost *host = vmm_host_new (run->plan->sysroot ? run->plan->sysroot : "/");
    g_auto (VmmPlan) plan = { 0 };
    vmm_plan_copy (&plan, run->plan);
    plan.history = HISTORY;
    if (!plan.sysroot)
      vmm_settings_load (&plan);
    VmmSession *session = vmm_session_new (&plan, host, &run->error);
    vmm_host_unref (host);
    if (!session)
      return;
    run->window = vmm_main_window_new (application);
    g_signal_connect (run->window, "destroy", G_CALLBACK (gtk_widget_destroyed), &run->window);
    vmm_main_window_set_session (VMM_MAIN_WINDOW (run->window), session, run->keep);
    vmm_session_attach (session);
    vmm_main_window_measure_when_shown (VMM_MAIN_WINDOW (run->window));
  }
  gtk_window_present (GTK_WINDOW (run->window));
}

gboolean
vmm_gui_is_available (void)
{
  return TRUE;
}

gboolean
vmm_gui_open_display (GError **error)
{
  const char *display = g_getenv ("DISPLAY"), *wayland = g_getenv ("WAYLAND_DISPLAY");

  if ((display && *display) || (wayland && *wayland)) {
    if (gtk_init_check (NULL, NULL))
      return TRUE;
    g_set_error (error, VMM_ERROR, VMM_ERROR_MISSING, "display %s does not answer",
                 wayland && *wayland ? wayland : display);
    return FALSE;
  }
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_MISSING,
                       "no display: neither DISPLAY nor WAYLAND_DISPLAY is set");
  return FALSE;
}

int
vmm_gui_run (const VmmPlan *plan, gboolean keep)
{
  /* Another machine's replay is not the run that may be open already. */
  GApplicationFlags flags = plan->sysroot ? G_APPLICATION_NON_UNIQUE : 0;
  Run               run = { .plan = plan, .keep = keep };
  g_autoptr (GtkApplication) application = gtk_application_new (APPLICATION_ID, flags);
  guint signals[] = { g_unix_signal_add (SIGTERM, on_signal, application),
                      g_unix_signal_add (SIGINT, on_signal, application),
                      g_unix_signal_add (SIGHUP, on_signal, application) };

  g_set_application_name ("VMM Performance Monitor");
  g_signal_connect (application, "startup", G_CALLBACK (on_startup), &run);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &run);
  int status = g_application_run (G_APPLICATION (application), 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (signals[i]);
  if (run.error) {
    g_printerr ("vmm_monitor: %s\n", run.error->message);
    g_clear_error (&run.error);
    return 1;
  }
  return status;
}
