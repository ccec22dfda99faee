/* SPDX-License-Identifier: MIT */
/* library_import: takes results in, and names them. */
#include "command.h"
#include "vmm/language.h"
#include "vmm/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* ---- import */

/* A run that is known keeps its label, whatever the file calls it. */
static char *
say_known (const VmmStoreEntry *kept, const char *path)
{
  g_autoptr (VmmResult) given = vmm_result_load (path, NULL);
  g_autofree char *label = vmm_text_clean (kept->label);

  if (!given || strcmp (kept->label, vmm_result_get_label (given)) == 0)
    return g_strdup_printf (_ ("known already %s"), kept->id);
  if (!label[0])
    return g_strdup_printf (_ ("known already %s, where it has no label, and keeps none"),
                            kept->id);
  return g_strdup_printf (_ ("known already %1$s, under another label, which it keeps: %2$s"),
                          kept->id, label);
}

static VmmExit
import_file (VmmStore *store, const char *path)
{
  gboolean known = FALSE;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = vmm_store_import (store, path, &known, &error);

  if (!id)
    return vmm_command_fail (error);
  g_autoptr (VmmStoreEntry) kept = vmm_store_read_entry (store, id);
  g_autofree char *text = known ? say_known (kept, path) : g_strdup_printf (_ ("imported %s"), id);
  if (vmm_store_is_future (kept->created))
    vmm_console_complain (
        _ ("%s: from the future, by this machine's clock; \"last\" passes it over"), id);
  return vmm_command_say (text);
}

VmmExit
vmm_library_import (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  VmmExit              exit;
  const GOptionEntry   entries[] = { G_OPTION_ENTRY_NULL };
  const VmmCommandLine line = {
    "import",
    N_ ("FILE..."),
    N_ ("Checks results that were made elsewhere (--json, export --json) "
        "and keeps them."),
    entries,
    1,
    G_MAXUINT
  };

  if (!vmm_command_parse (&line, argc, argv, &arguments, &exit))
    return exit;
  g_autoptr (VmmStore) store = vmm_command_open_store ();
  exit = VMM_EXIT_DONE;
  for (guint i = 0; arguments[i]; i++) {
    VmmExit one = import_file (store, arguments[i]);
    exit = MAX (exit, one);
  }
  return exit;
}

/* ---- label */

static gboolean
set_label (VmmStore *store, const char *name, const char *label, char **ret_id, GError **error)
{
  *ret_id = vmm_store_find (store, name, error);
  return *ret_id && vmm_store_set_label (store, *ret_id, label, error);
}

VmmExit
vmm_library_label (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char     *id = NULL;
  VmmExit              exit;
  const GOptionEntry   entries[] = { G_OPTION_ENTRY_NULL };
  const VmmCommandLine line = {
    "label",
    N_ ("RESULT TEXT"),
    N_ ("Gives a result that is kept another label; an empty TEXT takes the "
        "label away."),
    entries,
    2,
    2
  };

  if (!vmm_command_parse (&line, argc, argv, &arguments, &exit))
    return exit;
  if (!vmm_command_check_label ("TEXT", arguments[1], &error))
    return vmm_command_misused ("label", error->message);
  g_autoptr (VmmStore) store = vmm_command_open_store ();
  if (!set_label (store, arguments[0], arguments[1], &id, &error))
    return vmm_command_fail (error);
  /* TRANSLATORS: what was done to a result */
  g_autofree char *text = g_strdup_printf (_ ("labelled %s"), id);
  return vmm_command_say (text);
}
