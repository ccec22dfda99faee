/* SPDX-License-Identifier: MIT */
/* preferences: ten choices, checked while they are made. */
#include "preferences.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "template.h"
#include "vmm/axis.h"
#include "vmm/fleet.h"
#include "vmm/language.h"
#include "vmm/secret.h"

struct _VmmPreferences {
  GtkDialog  parent;
  GtkWidget *interval, *history, *history_note, *target, *target_note, *light, *cloud, *save,
      *units, *scheme, *fleet, *fleet_note, *password, *ca, *files_note;

  VmmSettings          shown;
  VmmPreferencesChosen chosen;
  gpointer             data; /* for it */
};

G_DEFINE_TYPE (VmmPreferences, vmm_preferences, GTK_TYPE_DIALOG)

static guint
get_interval_ms (VmmPreferences *preferences)
{
  return (guint) lround (1000 *
                         gtk_spin_button_get_value (GTK_SPIN_BUTTON (preferences->interval)));
}

static guint
get_history_s (VmmPreferences *preferences)
{
  guint        n;
  const guint *histories = vmm_settings_histories (&n);
  int          active = gtk_combo_box_get_active (GTK_COMBO_BOX (preferences->history));

  return histories[CLAMP (active, 0, (int) n - 1)];
}

/* What fits into memory at this interval, where that is less than was asked for. */
static void
on_history_changed (VmmPreferences *preferences)
{
  guint            interval_ms = get_interval_ms (preferences);
  gint64           asked_us = get_history_s (preferences) * (gint64) G_USEC_PER_SEC;
  gint64           rows = vmm_settings_rows (get_history_s (preferences), interval_ms);
  gint64           kept_us = rows * interval_ms * 1000;
  g_autofree char *span = vmm_axis_format_span (kept_us);
  g_autofree char *note = g_strdup_printf (_ ("At this interval the last %s are kept."), span);

  gtk_label_set_text (GTK_LABEL (preferences->history_note), note);
  gtk_widget_set_visible (preferences->history_note,
                          kept_us < asked_us - (gint64) interval_ms * 1000);
}

static const char *
get_text (GtkWidget *entry)
{
  return gtk_entry_get_text (GTK_ENTRY (entry));
}

static gboolean
is_target (const char *text)
{
  return !*text || vmm_plan_is_target (text);
}

static gboolean
is_fleet (const char *text)
{
  return !*text || vmm_fleet_check_url (text, NULL);
}

static void
mark (GtkWidget *entry, GtkWidget *note, gboolean fits)
{
  GtkStyleContext *context = gtk_widget_get_style_context (entry);

  if (fits)
    gtk_style_context_remove_class (context, GTK_STYLE_CLASS_ERROR);
  else
    gtk_style_context_add_class (context, GTK_STYLE_CLASS_ERROR);
  gtk_widget_set_visible (note, !fits);
}

/* Whether the files can be used, for whom they are; and what is said of it. */
static gboolean
check_files (VmmPreferences *preferences)
{
  const char *url = get_text (preferences->fleet), *password = get_text (preferences->password);
  const char *ca = get_text (preferences->ca);
  g_auto (VmmFleetServer) server = { 0 };
  g_autoptr (GError) error = NULL;

  if (!*url || !is_fleet (url))
    return TRUE;
  if (*password)
    vmm_fleet_server_init (&server, url, password, ca, &error);
  mark (preferences->password, preferences->files_note, !error);
  if (*ca && !error)
    vmm_secret_free (vmm_secret_read (ca, VMM_SECRET_ANYBODY, &error));
  mark (preferences->ca, preferences->files_note, !error || !*ca);
  g_autofree char *why = error ? vmm_say (error->message) : NULL;
  gtk_label_set_text (GTK_LABEL (preferences->files_note), why ? why : "");
  gtk_widget_set_visible (preferences->files_note, error != NULL);
  return !error;
}

static void
on_text_changed (VmmPreferences *preferences)
{
  gboolean target_fits = is_target (get_text (preferences->target));
  gboolean fleet_fits = is_fleet (get_text (preferences->fleet));

  mark (preferences->target, preferences->target_note, target_fits);
  mark (preferences->fleet, preferences->fleet_note, fleet_fits);
  gtk_dialog_set_response_sensitive (GTK_DIALOG (preferences), GTK_RESPONSE_APPLY,
                                     check_files (preferences) && target_fits && fleet_fits);
}

#define CHILD(name) VMM_CHILD (VmmPreferences, name)

static const VmmChild children[] = { CHILD (interval), CHILD (history),     CHILD (history_note),
                                     CHILD (target),   CHILD (target_note), CHILD (light),
                                     CHILD (cloud),    CHILD (save),        CHILD (units),
                                     CHILD (scheme),   CHILD (fleet),       CHILD (fleet_note),
                                     CHILD (password), CHILD (ca),          CHILD (files_note) };

static void
finalize (GObject *object)
{
  vmm_settings_clear (&VMM_PREFERENCES (object)->shown);
  G_OBJECT_CLASS (vmm_preferences_parent_class)->finalize (object);
}

static void
vmm_preferences_class_init (VmmPreferencesClass *class)
{
  G_OBJECT_CLASS (class)->finalize = finalize;
  VMM_SET_TEMPLATE (GTK_WIDGET_CLASS (class), "preferences.ui", children);
}

static void
vmm_preferences_init (VmmPreferences *preferences)
{
  guint            n;
  const guint     *histories = vmm_settings_histories (&n);
  g_autofree char *help =
      g_strdup_printf (_ ("How far back the graphs go; a day takes at most %u MiB of memory"),
                       vmm_settings_day_mib ());

  gtk_widget_init_template (GTK_WIDGET (preferences));
  gtk_widget_set_tooltip_text (preferences->history, help);
  for (guint i = 0; i < n; i++) {
    g_autofree char *span = vmm_axis_format_span (histories[i] * (gint64) G_USEC_PER_SEC);
    gtk_combo_box_text_append_text (GTK_COMBO_BOX_TEXT (preferences->history), span);
  }
  GtkWidget *const entries[] = { preferences->target, preferences->fleet, preferences->password,
                                 preferences->ca };
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_signal_connect_swapped (entries[i], "changed", G_CALLBACK (on_text_changed), preferences);
  g_signal_connect_swapped (preferences->interval, "value-changed", G_CALLBACK (on_history_changed),
                            preferences);
  g_signal_connect_swapped (preferences->history, "changed", G_CALLBACK (on_history_changed),
                            preferences);
}

static void
show_text (GtkWidget *entry, const char *text)
{
  gtk_entry_set_text (GTK_ENTRY (entry), text ? text : "");
}

static void
show (VmmPreferences *preferences, const VmmSettings *settings)
{
  guint        n, chosen = 0;
  const guint *histories = vmm_settings_histories (&n);

  while (chosen + 1 < n && histories[chosen] < settings->history_s)
    chosen++;
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (preferences->interval),
                             settings->interval_ms / 1000.0);
  gtk_combo_box_set_active (GTK_COMBO_BOX (preferences->history), (int) chosen);
  show_text (preferences->target, settings->ping_target);
  show_text (preferences->fleet, settings->fleet);
  show_text (preferences->password, settings->fleet_password);
  show_text (preferences->ca, settings->fleet_ca);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (preferences->light), settings->light);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (preferences->cloud), settings->cloud);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (preferences->save), settings->save);
  gtk_combo_box_set_active (GTK_COMBO_BOX (preferences->units), (int) settings->units);
  gtk_combo_box_set_active (GTK_COMBO_BOX (preferences->scheme), (int) settings->scheme);
}

/* Empty = NULL. */
static void
take_text (GtkWidget *entry, char **text)
{
  g_free (*text);
  *text = *get_text (entry) ? g_strdup (get_text (entry)) : NULL;
}

static void
choose (VmmPreferences *preferences, VmmSettings *settings)
{
  settings->interval_ms = get_interval_ms (preferences);
  settings->history_s = get_history_s (preferences);
  take_text (preferences->target, &settings->ping_target);
  take_text (preferences->fleet, &settings->fleet);
  take_text (preferences->password, &settings->fleet_password);
  take_text (preferences->ca, &settings->fleet_ca);
  settings->light = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (preferences->light));
  settings->cloud = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (preferences->cloud));
  settings->save = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (preferences->save));
  settings->units = (VmmUnits) gtk_combo_box_get_active (GTK_COMBO_BOX (preferences->units));
  settings->scheme = (VmmScheme) gtk_combo_box_get_active (GTK_COMBO_BOX (preferences->scheme));
}

static void
on_response (GtkDialog *dialog, int response, gpointer data)
{
  VmmPreferences      *preferences = VMM_PREFERENCES (dialog);
  VmmPreferencesChosen chosen = preferences->chosen;
  gpointer             chosen_data = preferences->data;
  g_auto (VmmSettings) before = { 0 }, after = { 0 };

  vmm_settings_copy (&before, &preferences->shown);
  vmm_settings_copy (&after, &preferences->shown);
  choose (preferences, &after);
  gtk_widget_destroy (GTK_WIDGET (dialog));
  if (response == GTK_RESPONSE_APPLY)
    chosen (&before, &after, chosen_data);
}

void
vmm_preferences_ask (GtkWindow *parent, const VmmSettings *settings, VmmPreferencesChosen chosen,
                     gpointer data)
{
  VmmPreferences *preferences =
      g_object_new (VMM_TYPE_PREFERENCES, "transient-for", parent, "use-header-bar", FALSE, NULL);

  vmm_settings_copy (&preferences->shown, settings);
  preferences->chosen = chosen;
  preferences->data = data;
  show (preferences, settings);
  g_signal_connect (preferences, "response", G_CALLBACK (on_response), NULL);
  gtk_window_present (GTK_WINDOW (preferences));
}
