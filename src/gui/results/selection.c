/* SPDX-License-Identifier: MIT */
/* selection: which runs stand on which side. */
#include "selection.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vmm/phrases.h"
#include "vmm/language.h"

VmmSelection *
vmm_selection_new (char **ids, VmmSides sides)
{
  VmmSelection *selection = g_new0 (VmmSelection, 1);

  selection->ids = ids;
  selection->sides = sides;
  selection->results = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);
  selection->problems = g_ptr_array_new_with_free_func (g_free);
  return selection;
}

void
vmm_selection_free (VmmSelection *selection)
{
  if (!selection)
    return;
  g_strfreev (selection->ids);
  g_ptr_array_unref (selection->results);
  g_ptr_array_unref (selection->problems);
  vmm_account_free (selection->account);
  vmm_comparison_free (selection->comparison);
  g_free (selection);
}

char *
vmm_selection_name_run (const VmmResult *result, gboolean precisely)
{
  const char *label = vmm_result_get_label (result);
  const char *name = *label ? label : vmm_text (VMM_LOCAL, vmm_result_get_host (result)->vmm_name);

  if (!precisely)
    return g_strdup (name);
  g_autofree char *when = vmm_phrase_moment (vmm_result_get_created (result), TRUE);
  return g_strdup_printf (C_ ("name of a run, moment", "%1$s (%2$s)"), name, when);
}

/* Each run a side, called by as little as tells it from the others. */
static GPtrArray *
make_single_sides (const GPtrArray *results)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < results->len; i++) {
    char *name = vmm_selection_name_run (results->pdata[i], FALSE);
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, name));
    g_hash_table_insert (counts, name, GUINT_TO_POINTER (count + 1));
  }
  for (guint i = 0; i < results->len; i++) {
    VmmResult       *result = results->pdata[i];
    g_autofree char *brief = vmm_selection_name_run (result, FALSE);
    gboolean         alone = GPOINTER_TO_UINT (g_hash_table_lookup (counts, brief)) == 1;
    g_autofree char *name = vmm_selection_name_run (result, !alone);
    g_ptr_array_add (groups, vmm_group_new (name, &result, 1));
    if (alone && *vmm_result_get_label (result))
      ((VmmGroup *) groups->pdata[i])->naming = VMM_NAMED_BY_LABEL;
  }
  return groups;
}

static GPtrArray *
make_sides (const GPtrArray *results, VmmSides sides)
{
  if (sides == VMM_SIDES_RUN)
    return make_single_sides (results);
  return vmm_group_by (results, sides == VMM_SIDES_VMM ? VMM_GROUP_BY_VMM : VMM_GROUP_BY_LABEL);
}

static VmmSides
choose_sides (const GPtrArray *results)
{
  if (results->len == 2)
    return VMM_SIDES_RUN;
  for (VmmSides sides = VMM_SIDES_VMM; sides <= VMM_SIDES_LABEL; sides++) {
    g_autoptr (GPtrArray) groups = make_sides (results, sides);
    if (groups->len >= 2)
      return sides;
  }
  return VMM_SIDES_RUN;
}

void
vmm_selection_read (VmmStore *store, VmmSelection *selection)
{
  for (guint i = 0; selection->ids[i]; i++) {
    g_autoptr (GError) error = NULL;
    VmmResult *result = vmm_store_load (store, selection->ids[i], &error);
    if (result)
      g_ptr_array_add (selection->results, result);
    else
      g_ptr_array_add (selection->problems, vmm_say (error->message));
  }
  if (selection->results->len < 2)
    return;
  if (selection->sides == VMM_SIDES_CHOOSE)
    selection->sides = choose_sides (selection->results);
  g_autoptr (GPtrArray) groups = make_sides (selection->results, selection->sides);
  if (groups->len < 2)
    return;
  selection->comparison = vmm_compare (groups);
  vmm_comparison_prove (selection->comparison);
  selection->account = vmm_account_new (selection->comparison, VMM_LOCAL);
}
