/* SPDX-License-Identifier: MIT */
/* fleet: the command that shows the guests that a Prometheus knows. */
#include "vmm/command.h"

#include "command.h"
#include "fleet_page.h"
#include "vmm/error.h"
#include "vmm/settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#define WATCH_MIN_S 5
#define WATCH_MAX_S 3600

/* What GOption stores into, and what is made of it. */
typedef struct {
  char          *sort, *filter, *password_file, *ca_file;
  int            top, watch_s;
  gboolean       reversed, by_host, json;
  VmmSettings    settings;
  const char    *url, *guest; /* borrowed */
  VmmFleetColumn column;
} Own;

static void
own_clear (Own *own)
{
  g_free (own->sort);
  g_free (own->filter);
  g_free (own->password_file);
  g_free (own->ca_file);
  vmm_settings_clear (&own->settings);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Own, own_clear)

static gboolean
find_column (Own *own)
{
  own->column = VMM_FLEET_SCORE;
  if (!own->sort)
    return TRUE;
  for (guint i = 0; i < VMM_FLEET_N_COLUMNS; i++)
    if (strcmp (own->sort, vmm_fleet_column_id ((VmmFleetColumn) i)) == 0) {
      own->column = (VmmFleetColumn) i;
      return TRUE;
    }
  return FALSE;
}

/* An address has "://"; without one it is that of the settings, and the argument a guest. */
static void
take_arguments (Own *own, char **arguments)
{
  gboolean         is_url = arguments[0] && strstr (arguments[0], "://");
  g_autofree char *path = vmm_settings_path ();

  vmm_settings_init (&own->settings);
  if (!is_url)
    vmm_settings_load (&own->settings, path);
  own->url = is_url ? arguments[0] : own->settings.fleet;
  if (!own->password_file)
    own->password_file = g_strdup (own->settings.fleet_password);
  if (!own->ca_file)
    own->ca_file = g_strdup (own->settings.fleet_ca);
  own->guest = is_url ? arguments[1] : arguments[0];
}

static const char *
find_misuse (Own *own, char **arguments)
{
  if (!find_column (own))
    return _ ("--sort: expected guest, host, vmm, type, score, stolen, quality or heard");
  if (own->top < 0)
    return _ ("--top: expected a number of guests");
  if (own->watch_s && (own->watch_s < WATCH_MIN_S || own->watch_s > WATCH_MAX_S || own->json))
    return _ ("--watch: expected 5 to 3600 seconds, and no --json");
  if (!own->url)
    return _ ("expected the address of a Prometheus, such as http://prometheus:9090, here or in "
              "the window's preferences");
  if (arguments[0] && arguments[1] && own->guest != arguments[1])
    return _ ("expected an address before the guest");
  return NULL;
}

static VmmExit
print (const Own *own, VmmFleet *fleet)
{
  const VmmFleetGuest *guest = own->guest ? vmm_fleet_find (fleet, own->guest) : NULL;
  const VmmFleetView   view = { own->filter, own->by_host, (guint) own->top };
  VmmConsole           console;

  if (own->guest && !guest) {
    g_autoptr (GError) error = g_error_new (VMM_ERROR, VMM_ERROR_MISSING,
                                            _ ("%s: the server knows no such guest"), own->guest);
    return vmm_command_fail (error);
  }
  vmm_fleet_sort (fleet, own->column, own->reversed, own->by_host);
  vmm_console_init (&console, STDOUT_FILENO);
  g_autofree char *text = own->json ? vmm_fleet_to_json (fleet, guest ? guest->guest : own->filter)
                          : guest   ? vmm_fleet_page_of (fleet, guest, &console)
                                    : vmm_fleet_page (fleet, &view, &console);
  if (own->watch_s && console.live && !vmm_console_print_raw ("\033[H\033[2J"))
    return VMM_EXIT_FAILED;
  return vmm_command_answer (text, own->json);
}

/* The last table stays, with when it was asked for, and why there is no newer one. Until a signal comes. */
static VmmExit
watch (const Own *own, const VmmFleetServer *server)
{
  g_autoptr (VmmFleet) shown = NULL;
  VmmExit exit = VMM_EXIT_DONE;

  while (exit == VMM_EXIT_DONE) {
    g_autoptr (GError) error = NULL;
    VmmFleet *fleet = vmm_fleet_ask (server, own->guest, &error);
    if (fleet) {
      vmm_fleet_free (shown);
      shown = fleet;
    }
    if (shown)
      exit = print (own, shown);
    if (error)
      vmm_command_fail (error);
    g_usleep ((gulong) own->watch_s * G_USEC_PER_SEC);
  }
  return exit;
}

static VmmExit
show (const Own *own)
{
  g_auto (VmmFleetServer) server = { 0 };
  g_autoptr (GError) error = NULL;

  if (!vmm_fleet_server_init (&server, own->url, own->password_file, own->ca_file, &error))
    return vmm_command_refuse (error);
  if (own->watch_s)
    return watch (own, &server);
  g_autoptr (VmmFleet) fleet = vmm_fleet_ask (&server, own->guest, &error);
  return fleet ? print (own, fleet) : vmm_command_fail (error);
}

VmmExit
vmm_fleet_run (int argc, char **argv)
{
  g_auto (Own) own = { 0 };
  g_auto (GStrv) arguments = NULL;
  const char *misuse;
  VmmExit     exit;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "sort", 0, 0, G_OPTION_ARG_STRING, &own.sort, N_ ("By guest, host, vmm, type, score, stolen, quality or heard (score)"), N_ ("COLUMN") },
    { "reverse", 0, 0, G_OPTION_ARG_NONE, &own.reversed, N_ ("The best first"), NULL },
    { "by-host", 0, 0, G_OPTION_ARG_NONE, &own.by_host, N_ ("Guests of one host together"), NULL },
    { "filter", 0, 0, G_OPTION_ARG_STRING, &own.filter, N_ ("Only guests that have this in a name"), N_ ("TEXT") },
    { "top", 0, 0, G_OPTION_ARG_INT, &own.top, N_ ("Only the first N guests"), "N" },
    { "watch", 0, 0, G_OPTION_ARG_INT, &own.watch_s, N_ ("Ask again every S seconds, 5 to 3600"), "S" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &own.json, N_ ("Print JSON"), NULL },
    { "password", 0, 0, G_OPTION_ARG_FILENAME, &own.password_file, N_ ("For the server: one line USER:PASSWORD that nobody else can read"), N_ ("FILE") },
    { "ca", 0, 0, G_OPTION_ARG_FILENAME, &own.ca_file, N_ ("Certificates to trust instead of the system's, in PEM"), N_ ("FILE") },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  const VmmCommandLine line = {
    "fleet",
    N_ ("[URL] [GUEST]"),
    N_ ("Shows the guests that a Prometheus, or what answers like one, knows of: the worst served "
        "first, and hosts on which several suffer at once. Of one GUEST it shows the last 24 "
        "hours. "
        "Without URL it asks the Prometheus of the window's preferences. Nothing is written "
        "anywhere."),
    entries,
    0,
    2
  };

  if (!vmm_command_parse (&line, argc, argv, &arguments, &exit))
    return exit;
  take_arguments (&own, arguments);
  if ((misuse = find_misuse (&own, arguments)))
    return vmm_command_misused ("fleet", misuse);
  return show (&own);
}
