/* SPDX-License-Identifier: MIT */
/* contest: chooses the results to compare and prints the verdict. */
#include "vmm/command.h"

#include "command.h"
#include "contest_page.h"
#include "showing.h"
#include "vmm/error.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

static const char summary[] =
    N_ ("Compares results: which VMM serves its guest better, by how much, and how sure that is. "
        "Each RESULT is a side of its own. With --by, all results of one VMM or one label make one "
        "side; without a RESULT, all kept results are taken. Measurements of two sides that were "
        "measured "
        "in turns make a verdict from three of each on, and so do three sessions of each at "
        "different hours. All else is an indication: a drift of the host looks like a "
        "difference.");

static gboolean
parse_by (const char *text, VmmGroupBy *ret_by)
{
  if (strcmp (text, "vmm") == 0)
    *ret_by = VMM_GROUP_BY_VMM;
  else if (strcmp (text, "label") == 0)
    *ret_by = VMM_GROUP_BY_LABEL;
  else
    return FALSE;
  return TRUE;
}

static GPtrArray *
load_named (const VmmStore *store, char **names, GError **error)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);

  for (guint i = 0; names[i]; i++) {
    VmmResult *result = vmm_store_load (store, names[i], error);
    if (!result)
      return NULL;
    g_ptr_array_add (results, result);
  }
  return g_steal_pointer (&results);
}

static void
complain_left_out (const GError *problem)
{
  g_autofree char *message = vmm_say (problem->message);

  vmm_console_complain (_ ("left out: %s"), message);
}

/* What is damaged is left out, and said. */
static GPtrArray *
load_all (const VmmStore *store, GError **error)
{
  g_autoptr (GPtrArray) ids = vmm_store_list_ids (store, error);
  if (!ids)
    return NULL;

  GPtrArray *results = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);
  for (guint i = 0; i < ids->len; i++) {
    g_autoptr (GError) problem = NULL;
    VmmResult *result = vmm_store_load (store, g_ptr_array_index (ids, i), &problem);
    if (result)
      g_ptr_array_add (results, result);
    else
      complain_left_out (problem);
  }
  return results;
}

/* Each result a side, called as the user called it. */
static GPtrArray *
make_sides (const GPtrArray *results, char **names)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);

  for (guint i = 0; i < results->len; i++) {
    VmmResult *result = g_ptr_array_index (results, i);
    g_ptr_array_add (groups, vmm_group_new (names[i], &result, 1));
  }
  return groups;
}

/* For others, where that is asked for. */
static VmmExit
show (const VmmAccount *account, const VmmShowing *showing)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VmmShare) share = vmm_share_new_of_comparison (account, &error);

  return share ? vmm_showing_write (showing, share, NULL) : vmm_command_fail (error);
}

static VmmExit
compare (const GPtrArray *groups, gboolean json, const VmmShowing *showing)
{
  if (groups->len < 2) {
    vmm_console_complain ("%s", groups->len
                                    ? _ ("nothing to compare: one side where two are needed")
                                    : _ ("nothing to compare: no side where two are needed"));
    return VMM_EXIT_FAILED;
  }
  g_autoptr (VmmComparison) comparison = vmm_compare (groups);
  vmm_comparison_prove (comparison);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_LOCAL);
  if (vmm_showing_count (showing))
    return show (account, showing);
  VmmConsole console;
  vmm_console_init (&console, STDOUT_FILENO);
  g_autofree char *text = json ? vmm_comparison_to_json (comparison)
                               : vmm_contest_page (account, vmm_console_style (&console).width);
  return vmm_command_answer (text, json);
}

VmmExit
vmm_contest_compare (int argc, char **argv)
{
  gboolean json = FALSE;
  g_auto (VmmShowing) showing = { FALSE };
  VmmGroupBy       grouping = VMM_GROUP_BY_VMM;
  g_autofree char *by = NULL;
  g_auto (GStrv) names = NULL;
  g_autoptr (GError) error = NULL;
  VmmExit              exit;
  const GOptionEntry   entries[] = { { "by", 0, 0, G_OPTION_ARG_STRING, &by,
                                       N_ ("Make one side of each VMM or label"), "vmm|label" },
                                     { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Print JSON"),
                                       NULL },
                                     VMM_SHOWING_ENTRIES (&showing),
                                     G_OPTION_ENTRY_NULL };
  const VmmCommandLine line = { "compare", N_ ("RESULT..."), summary, entries, 0, G_MAXUINT, TRUE };

  if (!vmm_command_parse (&line, argc, argv, &names, &exit))
    return exit;
  if (by && !parse_by (by, &grouping))
    return vmm_command_misused ("compare", _ ("--by: expected vmm or label"));
  if (!by && g_strv_length (names) < 2)
    return vmm_command_misused ("compare", _ ("two results or more, or --by, are needed"));
  if (json + vmm_showing_count (&showing) > 1)
    return vmm_command_misused ("compare", _ ("at most one of --json, --paste, --html and --card"));

  g_autoptr (VmmStore) store = vmm_command_open_store ();
  g_autoptr (GPtrArray) results =
      names[0] ? load_named (store, names, &error) : load_all (store, &error);
  if (!results)
    return vmm_command_fail (error);
  g_autoptr (GPtrArray) groups =
      by ? vmm_group_by (results, grouping) : make_sides (results, names);
  return compare (groups, json, &showing);
}
