/* SPDX-License-Identifier: MIT */
/* application: one instance, its keys, and the door that main.c knocks at. */
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <gtk/gtk.h>
#include <vmm-resources.h>

#include "shortcuts.h"
#include "style.h"
#include "vmm/error.h"
#include "vmm/face.h"
#include "vmm/language.h"
#include "vmm/settings.h"
#include "window.h"

typedef struct {
  const VmmPlan  *plan;
  const VmmGiven *given;
  GtkWidget      *window; /* NULL before it is shown */
  GError         *error;
} Program;

/* What asks in a loop of its own (for files, for a printer) is told that there is no answer: it would
 * wait for one without its window, and go on without its page. */
static void
end_dialogs (void)
{
  GList *windows = gtk_window_list_toplevels ();

  for (GList *at = windows; at; at = at->next)
    g_object_ref (at->data); /* one may end another */
  for (GList *at = windows; at; at = at->next)
    if (GTK_IS_DIALOG (at->data) && gtk_widget_get_visible (at->data))
      gtk_dialog_response (at->data, GTK_RESPONSE_DELETE_EVENT);
  g_list_free_full (windows, g_object_unref);
}

/* The last window's end is the application's, after it has put its run away. */
static void
quit (GtkApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (application);

  end_dialogs ();
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
  vmm_shortcuts_set (application);
  vmm_register_resource ();
  vmm_style_load (gdk_screen_get_default ());
}

/* The files of the settings are for the address of the settings. */
static void
ask_fleet (VmmSettings *settings, const char *url)
{
  if (!url || g_strcmp0 (url, settings->fleet) == 0)
    return;
  g_free (settings->fleet);
  settings->fleet = g_strdup (url);
  g_clear_pointer (&settings->fleet_password, g_free);
  g_clear_pointer (&settings->fleet_ca, g_free);
}

/* Where the command line said nothing the settings do; of another machine's replay, how it is shown
 * alone. */
static void
combine (Program *program, VmmPlan *ret_plan, VmmSettings *ret_settings)
{
  g_autofree char *path = vmm_settings_path ();

  vmm_settings_init (ret_settings);
  vmm_settings_load (ret_settings, path);
  vmm_plan_copy (ret_plan, program->plan);
  if (!ret_plan->sysroot && !program->given->interval)
    ret_plan->interval_ms = ret_settings->interval_ms;
  if (!ret_plan->sysroot && !ret_plan->ping_target)
    ret_plan->ping_target = g_strdup (ret_settings->ping_target);
  ret_plan->light = ret_plan->light || ret_settings->light;
  ret_plan->cloud = ret_plan->cloud || (ret_settings->cloud && !ret_plan->sysroot);
  if (vmm_plan_ticks (ret_plan) == 0) /* a short window was asked for */
    ret_plan->interval_ms = program->plan->interval_ms;
  ret_plan->history = vmm_settings_rows (ret_settings->history_s, ret_plan->interval_ms);
  ret_settings->save = ret_settings->save && !program->given->no_save;
  ask_fleet (ret_settings, program->given->fleet);
}

static void
on_activate (GtkApplication *application, gpointer data)
{
  Program *program = data;

  if (!program->window) {
    g_auto (VmmPlan) plan = { 0 };
    g_auto (VmmSettings) settings = { 0 };
    combine (program, &plan, &settings);
    const VmmSchedule schedule = { .windows = 1, .keep = settings.save, .aside = TRUE };
    VmmRun           *measured = vmm_run_new (&plan, &schedule, &program->error);
    if (!measured)
      return;
    program->window = vmm_main_window_new (application);
    g_signal_connect (program->window, "destroy", G_CALLBACK (gtk_widget_destroyed),
                      &program->window);
    vmm_run_attach (measured);
    vmm_main_window_measure (VMM_MAIN_WINDOW (program->window), measured, &settings);
  }
  gtk_window_present (GTK_WINDOW (program->window));
}

/* Where there is no session bus, looking for one would start one by running dbus-launch, whatever
 * that is on the PATH. The program starts no other: it does without a bus. */
static void
keep_bus_from_being_launched (void)
{
  g_autofree char *bus = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  if (!g_file_test (bus, G_FILE_TEST_EXISTS))
    g_setenv ("DBUS_SESSION_BUS_ADDRESS", "disabled:", FALSE);
}

gboolean
vmm_gui_open_display (GError **error)
{
  const char *display = g_getenv ("DISPLAY"), *wayland = g_getenv ("WAYLAND_DISPLAY");

  if ((display && *display) || (wayland && *wayland)) {
    keep_bus_from_being_launched ();
    /* A window is that of a desktop file by this name: in Wayland its application id, in X11 its class. */
    g_set_prgname (VMM_APPLICATION_ID);
    if (gtk_init_check (NULL, NULL))
      return TRUE;
    g_set_error (
        error, VMM_ERROR, VMM_ERROR_MISSING,
        _ ("display %s does not answer: start one, or measure in the terminal (--terminal)"),
        wayland && *wayland ? wayland : display);
    return FALSE;
  }
  g_set_error_literal (
      error, VMM_ERROR, VMM_ERROR_MISSING,
      _ ("no display: neither DISPLAY nor WAYLAND_DISPLAY is set; start in a desktop session, or "
         "measure in the terminal (--terminal)"));
  return FALSE;
}

/* A second start shows the window that is open, which goes on as it was told: says which wishes
 * were not heeded. FALSE: there are some. */
static gboolean
check_heeded (const VmmPlan *plan, const VmmGiven *given)
{
  g_auto (VmmPlan) usual = { 0 };
  g_autoptr (GString) unheeded = g_string_new (NULL);

  vmm_plan_init (&usual);
  const struct {
    gboolean    given;
    const char *name;
  } options[] = {
    { plan->label != NULL, "--label" },
    { plan->duration_s != usual.duration_s, "--duration" },
    { given->interval, "--interval" },
    { plan->ping_target != NULL, "--ping-target" },
    { plan->network_peer != NULL, "--network-peer" },
    { plan->probes != usual.probes, "--passive" },
    { plan->light, "--light" },
    { plan->cloud, "--cloud" },
    { plan->scratch_dir != NULL, "--scratch" },
    { given->no_save, "--no-save" },
    { given->fleet != NULL, "--fleet" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].given)
      g_string_append_printf (unheeded, "%s%s", unheeded->len > 0 ? ", " : "", options[i].name);
  if (unheeded->len == 0)
    return TRUE;
  g_autofree char *words = g_strdup_printf (_ ("already open; not applied: %s"), unheeded->str);
  g_printerr ("vmm_monitor: %s\n", words);
  return FALSE;
}

int
vmm_gui_run (const VmmPlan *plan, const VmmGiven *given)
{
  /* Another machine's replay is not the run that may be open already. */
  GApplicationFlags flags = plan->sysroot ? G_APPLICATION_NON_UNIQUE : 0;
  Program           program = { .plan = plan, .given = given };
  g_autoptr (GtkApplication) application = gtk_application_new (VMM_APPLICATION_ID, flags);
  guint signals[] = { g_unix_signal_add (SIGTERM, on_signal, application),
                      g_unix_signal_add (SIGINT, on_signal, application),
                      g_unix_signal_add (SIGHUP, on_signal, application) };

  g_set_application_name (_ ("VMM Performance Monitor"));
  g_signal_connect (application, "startup", G_CALLBACK (on_startup), &program);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), &program);
  /* Where that fails running says why. */
  gboolean remote = g_application_register (G_APPLICATION (application), NULL, NULL) &&
                    g_application_get_is_remote (G_APPLICATION (application));
  int status = g_application_run (G_APPLICATION (application), 0, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_source_remove (signals[i]);
  if (remote && !check_heeded (plan, given))
    return 1;
  if (program.error) {
    g_autofree char *said = vmm_say (program.error->message);
    g_printerr ("vmm_monitor: %s\n", said);
    g_clear_error (&program.error);
    return 1;
  }
  return status;
}
