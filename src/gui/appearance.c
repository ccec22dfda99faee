/* SPDX-License-Identifier: MIT */
/* appearance: the desktop's preference, watched, and GTK's switch for the dark variant of a theme. */
#include "appearance.h"

#define PORTAL "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_SETTINGS "org.freedesktop.portal.Settings"
#define NAMESPACE "org.freedesktop.appearance"
#define SCHEMA "org.gnome.desktop.interface"
#define KEY "color-scheme"
#define DARK_THEME "gtk-application-prefer-dark-theme"

#define PATIENCE_MS 5000

/* As the portal has them, and GNOME's setting in the same order. */
typedef enum { NO_PREFERENCE, PREFER_DARK, PREFER_LIGHT } Preference;

typedef struct {
  GtkSettings     *gtk; /* which owns this */
  VmmScheme        scheme;
  Preference       desktop;
  guint            watch, subscription;
  GDBusConnection *connection; /* while there is a portal */
  GCancellable    *cancellable;
  GSettings       *setting; /* while there is none */
} Appearance;

/* Without a preference the theme is as the user's settings of GTK say. */
static void
apply (Appearance *appearance)
{
  gboolean by_desktop = appearance->scheme == VMM_SCHEME_SYSTEM;
  gboolean dark =
      by_desktop ? appearance->desktop == PREFER_DARK : appearance->scheme == VMM_SCHEME_DARK;

  if (by_desktop && appearance->desktop == NO_PREFERENCE)
    gtk_settings_reset_property (appearance->gtk, DARK_THEME);
  else
    g_object_set (appearance->gtk, DARK_THEME, dark, NULL);
}

static void
prefer (Appearance *appearance, guint preference)
{
  appearance->desktop = preference <= PREFER_LIGHT ? (Preference) preference : NO_PREFERENCE;
  apply (appearance);
}

/* ---- The portal */

/* An answer is a variant in a variant, and what it is in has changed once. */
static void
take (Appearance *appearance, GVariant *value)
{
  g_autoptr (GVariant) inner = g_variant_ref (value);

  while (g_variant_is_of_type (inner, G_VARIANT_TYPE_VARIANT)) {
    GVariant *box = inner;
    inner = g_variant_get_variant (box);
    g_variant_unref (box);
  }
  if (g_variant_is_of_type (inner, G_VARIANT_TYPE_UINT32))
    prefer (appearance, g_variant_get_uint32 (inner));
}

static void
on_read (GObject *connection, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer =
      g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);

  if (!answer) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      prefer (data, NO_PREFERENCE); /* this portal knows nothing of it */
    return;
  }
  g_autoptr (GVariant) value = g_variant_get_child_value (answer, 0);
  take (data, value);
}

static void
on_changed (GDBusConnection *connection, const char *sender, const char *path,
            const char *interface, const char *signal, GVariant *parameters, gpointer data)
{
  const char *namespace, *key;
  g_autoptr (GVariant) value = NULL;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ssv)")))
    return;
  g_variant_get (parameters, "(&s&sv)", &namespace, &key, &value);
  if (g_str_equal (namespace, NAMESPACE) && g_str_equal (key, KEY))
    take (data, value);
}

static void
leave_portal (Appearance *appearance)
{
  g_cancellable_cancel (appearance->cancellable);
  g_clear_object (&appearance->cancellable);
  if (appearance->subscription)
    g_dbus_connection_signal_unsubscribe (appearance->connection, appearance->subscription);
  appearance->subscription = 0;
  g_clear_object (&appearance->connection);
}

static void
on_portal (GDBusConnection *connection, const char *name, const char *owner, gpointer data)
{
  Appearance *appearance = data;

  leave_portal (appearance);
  g_clear_object (&appearance->setting);
  appearance->connection = g_object_ref (connection);
  appearance->cancellable = g_cancellable_new ();
  appearance->subscription = g_dbus_connection_signal_subscribe (
      connection, owner, PORTAL_SETTINGS, "SettingChanged", PORTAL_PATH, NAMESPACE,
      G_DBUS_SIGNAL_FLAGS_NONE, on_changed, appearance, NULL);
  g_dbus_connection_call (connection, owner, PORTAL_PATH, PORTAL_SETTINGS, "Read",
                          g_variant_new ("(ss)", NAMESPACE, KEY), G_VARIANT_TYPE ("(v)"),
                          G_DBUS_CALL_FLAGS_NO_AUTO_START, PATIENCE_MS, appearance->cancellable,
                          on_read, appearance);
}

/* ---- The setting */

static void
on_setting (Appearance *appearance)
{
  prefer (appearance, (guint) g_settings_get_enum (appearance->setting, KEY));
}

/* GNOME has had the key since 42; others may have the schema without it. */
static GSettings *
find_setting (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source ? g_settings_schema_source_lookup (source, SCHEMA, TRUE) : NULL;

  return schema && g_settings_schema_has_key (schema, KEY)
             ? g_settings_new_full (schema, NULL, NULL)
             : NULL;
}

static void
on_no_portal (GDBusConnection *connection, const char *name, gpointer data)
{
  Appearance *appearance = data;

  leave_portal (appearance);
  if (!appearance->setting)
    appearance->setting = find_setting ();
  if (!appearance->setting) {
    prefer (appearance, NO_PREFERENCE);
    return;
  }
  g_signal_handlers_disconnect_by_data (appearance->setting, appearance);
  g_signal_connect_swapped (appearance->setting, "changed::" KEY, G_CALLBACK (on_setting),
                            appearance);
  on_setting (appearance);
}

/* ---- Life */

static void
free_appearance (gpointer data)
{
  Appearance *appearance = data;

  g_bus_unwatch_name (appearance->watch);
  leave_portal (appearance);
  if (appearance->setting)
    g_signal_handlers_disconnect_by_data (appearance->setting, appearance);
  g_clear_object (&appearance->setting);
  g_free (appearance);
}

void
vmm_appearance_choose (GtkSettings *settings, VmmScheme scheme)
{
  Appearance *appearance = g_object_get_data (G_OBJECT (settings), NAMESPACE);

  if (!appearance) {
    appearance = g_new0 (Appearance, 1);
    appearance->gtk = settings;
    appearance->scheme = scheme;
    g_object_set_data_full (G_OBJECT (settings), NAMESPACE, appearance, free_appearance);
    appearance->watch = g_bus_watch_name (G_BUS_TYPE_SESSION, PORTAL, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                          on_portal, on_no_portal, appearance, NULL);
  }
  appearance->scheme = scheme;
  apply (appearance);
}
