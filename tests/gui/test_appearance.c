/* SPDX-License-Identifier: MIT */
/* test_appearance: light and dark by the user, by a portal and by GNOME's setting, each followed while the
 * program runs. On a bus of its own; the portal is this test. */
#include "appearance.h"

#define PATH "/org/freedesktop/portal/desktop"
#define NAME "org.freedesktop.portal.Desktop"

static const char xml[] = "<node><interface name='org.freedesktop.portal.Settings'>"
                          "<method name='Read'><arg type='s' direction='in'/>"
                          "<arg type='s' direction='in'/><arg type='v' direction='out'/></method>"
                          "</interface></node>";

typedef struct {
  GDBusConnection *connection;
  GtkSettings     *settings;
  guint            object, name, preference;
  gboolean         fails;
} Desktop;

static void
on_call (GDBusConnection *connection, const char *sender, const char *path, const char *interface,
         const char *method, GVariant *parameters, GDBusMethodInvocation *invocation, gpointer data)
{
  const Desktop *desktop = data;
  const char *namespace, *key;

  g_variant_get (parameters, "(&s&s)", &namespace, &key);
  g_assert_cmpstr (namespace, ==, "org.freedesktop.appearance");
  g_assert_cmpstr (key, ==, "color-scheme");
  if (desktop->fails)
    g_dbus_method_invocation_return_dbus_error (invocation, "org.freedesktop.portal.Error.NotFound",
                                                "Requested setting not found");
  else
    g_dbus_method_invocation_return_value (
        invocation,
        g_variant_new ("(v)", g_variant_new_variant (g_variant_new_uint32 (desktop->preference))));
}

static void
set_up (Desktop *desktop, gconstpointer preference)
{
  static const GDBusInterfaceVTable table = { .method_call = on_call };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr (GError) error = NULL;

  desktop->preference = GPOINTER_TO_UINT (preference);
  desktop->settings = gtk_settings_get_default ();
  desktop->connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  desktop->object = g_dbus_connection_register_object (
      desktop->connection, PATH, node->interfaces[0], &table, desktop, NULL, &error);
  g_assert_no_error (error);
}

static void
open_portal (Desktop *desktop)
{
  desktop->name = g_bus_own_name_on_connection (
      desktop->connection, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
}

static gboolean
is_dark (const Desktop *desktop)
{
  gboolean dark;

  g_object_get (desktop->settings, "gtk-application-prefer-dark-theme", &dark, NULL);
  return dark;
}

/* For ever, if need be: the test has a time limit. */
static void
await_dark (const Desktop *desktop, gboolean dark)
{
  while (is_dark (desktop) != dark)
    g_main_context_iteration (NULL, TRUE);
}

static void
say (Desktop *desktop, const char *namespace, const char *key, guint preference)
{
  g_autoptr (GError) error = NULL;

  desktop->preference = preference;
  g_dbus_connection_emit_signal (
      desktop->connection, NULL, PATH, "org.freedesktop.portal.Settings", "SettingChanged",
      g_variant_new ("(ssv)", namespace, key, g_variant_new_uint32 (preference)), &error);
  g_assert_no_error (error);
}

static GSettings *
get_setting (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
      source ? g_settings_schema_source_lookup (source, "org.gnome.desktop.interface", TRUE) : NULL;

  return schema && g_settings_schema_has_key (schema, "color-scheme")
             ? g_settings_new ("org.gnome.desktop.interface")
             : NULL;
}

static void
tear_down (Desktop *desktop, gconstpointer data)
{
  g_object_set_data (G_OBJECT (desktop->settings), "org.freedesktop.appearance", NULL);
  gtk_settings_reset_property (desktop->settings, "gtk-application-prefer-dark-theme");
  if (desktop->name)
    g_bus_unown_name (desktop->name);
  g_dbus_connection_unregister_object (desktop->connection, desktop->object);
  g_dbus_connection_flush_sync (desktop->connection, NULL, NULL);
  g_object_unref (desktop->connection);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The portal's word is followed, and only its word on this. */
static void
test_portal (Desktop *desktop, gconstpointer data)
{
  open_portal (desktop);
  vmm_appearance_choose (desktop->settings, VMM_SCHEME_SYSTEM);
  await_dark (desktop, TRUE);
  say (desktop, "org.freedesktop.appearance", "color-scheme", 2);
  await_dark (desktop, FALSE);
  say (desktop, "org.freedesktop.appearance", "contrast", 1);
  say (desktop, "org.gnome.desktop.interface", "color-scheme", 1);
  say (desktop, "org.freedesktop.appearance", "color-scheme", 1);
  await_dark (desktop, TRUE);
  say (desktop, "org.freedesktop.appearance", "color-scheme", 77);
  await_dark (desktop, FALSE);
}

/* What the user chose holds against the desktop, at once; then the desktop's word counts again. */
static void
test_choice (Desktop *desktop, gconstpointer data)
{
  open_portal (desktop);
  vmm_appearance_choose (desktop->settings, VMM_SCHEME_SYSTEM);
  await_dark (desktop, TRUE);
  vmm_appearance_choose (desktop->settings, VMM_SCHEME_LIGHT);
  g_assert_false (is_dark (desktop));
  vmm_appearance_choose (desktop->settings, VMM_SCHEME_SYSTEM);
  g_assert_true (is_dark (desktop));
  say (desktop, "org.freedesktop.appearance", "color-scheme", 2);
  await_dark (desktop, FALSE);
  vmm_appearance_choose (desktop->settings, VMM_SCHEME_DARK);
  g_assert_true (is_dark (desktop));
}

/* A portal that comes later is found, and one that does not know of it changes nothing. */
static void
test_late_portal (Desktop *desktop, gconstpointer data)
{
  vmm_appearance_choose (desktop->settings, VMM_SCHEME_SYSTEM);
  open_portal (desktop);
  await_dark (desktop, TRUE);
  desktop->fails = TRUE;
  g_bus_unown_name (desktop->name);
  open_portal (desktop);
  await_dark (desktop, FALSE);
}

/* Without a portal GNOME's own setting counts, and is followed. */
static void
test_setting (Desktop *desktop, gconstpointer data)
{
  g_autoptr (GSettings) setting = get_setting ();

  if (!setting) {
    g_test_skip ("no schema org.gnome.desktop.interface with a color-scheme");
    return;
  }
  g_settings_set_string (setting, "color-scheme", "prefer-dark");
  vmm_appearance_choose (desktop->settings, VMM_SCHEME_SYSTEM);
  await_dark (desktop, TRUE);
  g_settings_set_string (setting, "color-scheme", "default");
  await_dark (desktop, FALSE);
  g_settings_set_string (setting, "color-scheme", "prefer-dark");
  await_dark (desktop, TRUE);
  desktop->preference = 2;
  open_portal (desktop); /* which knows better */
  await_dark (desktop, FALSE);
  g_settings_reset (setting, "color-scheme");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
#define ADD(path, test, preference)                                                                \
  g_test_add (path, Desktop, GUINT_TO_POINTER (preference), set_up, test, tear_down)
  ADD ("/appearance/portal", test_portal, 1);
  ADD ("/appearance/choice", test_choice, 1);
  ADD ("/appearance/late-portal", test_late_portal, 1);
  ADD ("/appearance/setting", test_setting, 1);
  return g_test_run ();
}
