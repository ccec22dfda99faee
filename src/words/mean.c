/* SPDX-License-Identifier: MIT */
/* mean: what several measurements of one guest say together. */
#include "vmm/account.h"

#include <glib/gi18n-lib.h>

/* A comparison of nothing else: what its only side is. */
VmmComparison *
vmm_account_gather (const GPtrArray *results)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);

  g_ptr_array_add (groups, vmm_group_new ("", (VmmResult *const *) results->pdata, results->len));
  return vmm_compare (groups);
}

char *
vmm_account_mean (const GPtrArray *results)
{
  if (results->len == 0)
    return NULL;
  g_autoptr (VmmComparison) comparison = vmm_account_gather (results);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_LOCAL);
  const VmmItem   *total = vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total");
  guint            n = total->sides[0].windows;
  g_autofree char *value = vmm_account_value (account, total, 0);

  if (n < 2)
    return NULL;
  /* TRANSLATORS: %2$s: a mean and its 95 % interval: "118 (115 to 121)" */
  return g_strdup_printf (
      ngettext ("mean of %1$u measurement: %2$s", "mean of %1$u measurements: %2$s", n), n, value);
}
