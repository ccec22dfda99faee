/* SPDX-License-Identifier: MIT */
/* history: the command that tells how this machine was over days. */
#include "vmm/command.h"

#include "command.h"
#include "history_page.h"
#include "vmm/error.h"
#include "vmm/history_words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#define SINCE_S (30 * 86400.0)
#define SINCE_MAX_S (3650 * 86400.0)

/* What GOption stores into. */
typedef struct {
  char    *since, *label, *sysroot;
  gboolean json;
} Own;

static void
own_clear (Own *own)
{
  g_free (own->since);
  g_free (own->label);
  g_free (own->sysroot);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Own, own_clear)

/* Seconds of "30d", "12h" or "4w"; NAN = something else. */
static double
read_span (const char *text)
{
  static const struct {
    const char *unit;
    double      seconds;
  } rows[] = { { "h", 3600 }, { "d", 86400 }, { "w", 7 * 86400 } };

  char  *end;
  double figure = g_ascii_strtod (text, &end);

  if (!g_ascii_isdigit (*text))
    return NAN;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (end, rows[i].unit) == 0)
      return figure * rows[i].seconds;
  return NAN;
}

/* How long ago the first window is. */
static gboolean
get_since (const Own *own, double *ret_seconds, GError **error)
{
  *ret_seconds = own->since ? read_span (own->since) : SINCE_S;
  if (*ret_seconds >= 0 && *ret_seconds <= SINCE_MAX_S)
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               _ ("--since \"%s\": must be a time such as 12h, 30d or 8w, up to 3650d"),
               own->since);
  return FALSE;
}

static VmmExit
tell (const Own *own, double since_s)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VmmStore) store = vmm_command_open_store ();
  g_autoptr (GPtrArray) entries = vmm_store_list (store, &error);
  g_autoptr (VmmHost) host = vmm_host_new (own->sysroot ? own->sysroot : "/");
  g_autofree char *machine = vmm_store_machine (host);
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64     now_us = g_get_real_time ();
  VmmConsole console;

  if (!entries)
    return vmm_command_fail (error);
  const VmmHistoryQuery query = { .machine = machine,
                                  .label = own->label,
                                  .since_us = now_us - (gint64) (since_s * G_USEC_PER_SEC),
                                  .until_us = now_us,
                                  .zone = zone };
  g_autoptr (VmmHistory) history = vmm_history_new (entries, &query);
  vmm_history_explain (history, store);
  vmm_console_init (&console, STDOUT_FILENO);
  VmmStyle         style = vmm_console_style (&console);
  g_autofree char *text =
      own->json ? vmm_history_to_json (history) : vmm_history_page (history, &style);
  return vmm_command_answer (text, own->json);
}

VmmExit
vmm_history_run (int argc, char **argv)
{
  g_auto (Own) own = { 0 };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  double  since_s;
  VmmExit exit;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "since", 0, 0, G_OPTION_ARG_STRING, &own.since, N_ ("How far back: 12h, 30d (default), 8w"), N_ ("TIME") },
    { "label", 0, 0, G_OPTION_ARG_FILENAME, &own.label, N_ ("Only measurements with this label"), N_ ("LABEL") },
    { "sysroot", 0, 0, G_OPTION_ARG_FILENAME, &own.sysroot, N_ ("Take the machine from DIR instead of /"), N_ ("DIR") },
    { "json", 0, 0, G_OPTION_ARG_NONE, &own.json, N_ ("Print JSON"), NULL },
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  const VmmCommandLine line = { "history", "",
                                N_ ("Tells how this machine was over days: the score of each day, "
                                    "when it changed and what changed then in "
                                    "the machine, and the hours of the day at which it is low. It "
                                    "takes the measurements that are kept; those of "
                                    "another machine of the same kind that were imported count as "
                                    "this one's, unless --label tells them "
                                    "apart."),
                                entries };

  if (!vmm_command_parse (&line, argc, argv, &arguments, &exit))
    return exit;
  if (!get_since (&own, &since_s, &error) || !vmm_command_check_root (own.sysroot, &error))
    return vmm_command_refuse (error);
  return tell (&own, since_s);
}
