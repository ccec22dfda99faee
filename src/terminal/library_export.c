/* SPDX-License-Identifier: MIT */
/* library_export: a result for other programs, and for other people. */
#include "vmm/command.h"

#include "command.h"
#include "showing.h"
#include "vmm/export.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef char *(*Format) (const VmmResult *result);

/* That of the first option that is set, or NULL. */
static Format
choose_format (const gboolean *is_set, const Format *formats, guint n)
{
  Format chosen = NULL;

  for (guint i = n; i-- > 0;)
    if (is_set[i])
      chosen = formats[i];
  return chosen;
}

static guint
count_set (const gboolean *is_set, guint n)
{
  guint count = 0;

  for (guint i = 0; i < n; i++)
    count += is_set[i] != FALSE;
  return count;
}

static VmmExit
write_format (const VmmResult *result, Format format, const char *file)
{
  g_autofree char *text = format (result);
  g_autoptr (GError) error = NULL;

  if (!file || strcmp (file, "-") == 0)
    return vmm_command_answer (text, TRUE);
  return vmm_export_save (file, text, &error) ? VMM_EXIT_DONE : vmm_command_fail (error);
}

static VmmExit
show (VmmResult *result, const VmmShowing *showing, const char *file)
{
  g_autoptr (VmmShare) share = vmm_share_new_of_run (result);

  return vmm_showing_write (showing, share, file);
}

VmmExit
vmm_library_export (int argc, char **argv)
{
  static const Format formats[] = { vmm_result_to_json, vmm_export_csv, vmm_export_prometheus,
                                    vmm_export_openmetrics };

  gboolean is_set[G_N_ELEMENTS (formats)] = { FALSE };
  g_auto (VmmShowing) showing = { FALSE };
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  VmmExit exit;
  /* clang-format off */
  const GOptionEntry entries[] = {
    { "json", 0, 0, G_OPTION_ARG_NONE, &is_set[0], N_ ("The whole result, for import elsewhere"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &is_set[1], N_ ("The readings, for spreadsheets"), NULL },
    { "prometheus", 0, 0, G_OPTION_ARG_NONE, &is_set[2], N_ ("The figures, for monitoring: Prometheus and its like"), NULL },
    { "openmetrics", 0, 0, G_OPTION_ARG_NONE, &is_set[3], N_ ("The readings with their times, to fill a time series database"), NULL },
    VMM_SHOWING_ENTRIES (&showing),
    G_OPTION_ENTRY_NULL
  };
  /* clang-format on */
  const VmmCommandLine line = { "export",
                                N_ ("RESULT [FILE]"),
                                N_ ("Writes a result to FILE, or to standard output: for programs "
                                    "in one of four formats, for people "
                                    "as a block to paste, a page or a card."),
                                entries,
                                1,
                                2,
                                TRUE };

  if (!vmm_command_parse (&line, argc, argv, &arguments, &exit))
    return exit;
  Format format = choose_format (is_set, formats, G_N_ELEMENTS (formats));
  if (count_set (is_set, G_N_ELEMENTS (formats)) + vmm_showing_count (&showing) != 1)
    return vmm_command_misused ("export", _ ("one of --json, --csv, --prometheus, --openmetrics, "
                                             "--paste, --html and --card is needed"));
  g_autoptr (VmmStore) store = vmm_command_open_store ();
  g_autoptr (VmmResult) result = vmm_store_load (store, arguments[0], &error);
  if (!result)
    return vmm_command_fail (error);
  return format ? write_format (result, format, arguments[1])
                : show (result, &showing, arguments[1]);
}
