/* SPDX-License-Identifier: MIT */
/* compare: groups of windows, and what of them is fit to be compared. */
#include "compare_private.h"

#include <math.h>
#include <string.h>

VmmGroup *
vmm_group_new (const char *name, VmmResult *const *results, guint n)
{
  VmmGroup *group = g_new0 (VmmGroup, 1);

  group->name = g_strdup (name);
  group->results = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (group->results, vmm_result_ref (results[i]));
  return group;
}

void
vmm_group_free (VmmGroup *group)
{
  if (!group)
    return;
  g_free (group->name);
  g_free (group->vmm_id);
  g_ptr_array_unref (group->results);
  g_free (group);
}

static gboolean
is_member (const VmmGroup *group, const VmmResult *result, VmmGroupBy by)
{
  const VmmResult *first = group->results->pdata[0];

  if (by == VMM_GROUP_BY_VMM)
    return strcmp (vmm_result_get_host (first)->vmm_id, vmm_result_get_host (result)->vmm_id) == 0;
  return strcmp (vmm_result_get_label (first), vmm_result_get_label (result)) == 0;
}

static VmmGroup *
make_group (VmmResult *result, VmmGroupBy by)
{
  const char *name = by == VMM_GROUP_BY_VMM ? vmm_result_get_host (result)->vmm_name
                                            : vmm_result_get_label (result);
  VmmGroup   *group = vmm_group_new (name, &result, 1);

  group->naming = by == VMM_GROUP_BY_VMM ? VMM_NAMED_BY_VMM : VMM_NAMED_BY_LABEL;
  return group;
}

/* Two VMMs may be called the same: the id tells them apart. */
static void
tell_apart (const GPtrArray *groups)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < groups->len; i++) {
    VmmGroup *group = groups->pdata[i];
    if (!g_hash_table_add (names, group->name))
      group->vmm_id = g_strdup (vmm_result_get_host (group->results->pdata[0])->vmm_id);
  }
}

GPtrArray *
vmm_group_by (const GPtrArray *results, VmmGroupBy by)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);

  for (guint i = 0; i < results->len; i++) {
    VmmResult *result = results->pdata[i];
    VmmGroup  *group = NULL;
    for (guint k = 0; k < groups->len && !group; k++)
      if (is_member (groups->pdata[k], result, by))
        group = groups->pdata[k];
    if (group)
      g_ptr_array_add (group->results, vmm_result_ref (result));
    else
      g_ptr_array_add (groups, make_group (result, by));
  }
  if (by == VMM_GROUP_BY_VMM)
    tell_apart (groups);
  return groups;
}

/* ---- What is fit for comparison */

#define FIT VMM_N_UNFIT

static gboolean
is_same_run (const VmmResult *a, const VmmResult *b)
{
  return a == b || (vmm_result_get_created (a) == vmm_result_get_created (b) &&
                    vmm_result_get_plan (a)->seed == vmm_result_get_plan (b)->seed &&
                    strcmp (vmm_result_get_host (a)->vmm_id, vmm_result_get_host (b)->vmm_id) == 0);
}

/* FIT or why it is not: `sides` are those before this window's, and its own as far as it has come, `n` of
 * them. */
static guint
get_fitness (const VmmResult *result, const VmmSide *sides, guint n)
{
  const VmmScore *score = vmm_result_get_score (result);

  for (guint side = 0; side < n; side++)
    for (guint i = 0; i < sides[side].results->len; i++)
      if (is_same_run (result, sides[side].results->pdata[i]))
        return VMM_UNFIT_TWICE;
  if (score->quality == VMM_QUALITY_INVALID)
    return VMM_UNFIT_INVALID;
  if (!(score->total.value > 0)) /* also of a busy guest that was only watched */
    return VMM_UNFIT_NO_SCORE;
  return score->quality == VMM_QUALITY_DISTURBED ? VMM_UNFIT_DISTURBED : FIT;
}

/* Fills side `n` with the windows of `group` that are compared. */
static void
make_side (VmmSide *sides, guint n, const VmmGroup *group)
{
  VmmSide *side = &sides[n];

  side->results = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);
  for (guint i = 0; i < group->results->len; i++) {
    VmmResult *result = group->results->pdata[i];
    guint      fitness = get_fitness (result, sides, n + 1);
    if (fitness == FIT)
      g_ptr_array_add (side->results, vmm_result_ref (result));
    else
      side->unfit[fitness]++;
  }
  side->name = g_strdup (group->name);
  side->naming = group->naming;
  side->vmm_id = g_strdup (group->vmm_id);
  side->windows = side->results->len;
  side->left_out = group->results->len - side->windows;
}

/* ---- Doors */

VmmComparison *
vmm_compare (const GPtrArray *groups)
{
  VmmComparison *comparison = g_new0 (VmmComparison, 1);
  guint          n = MIN (groups->len, VMM_COMPARE_MAX_SIDES);

  comparison->n_sides = n;
  comparison->ignored = groups->len - n;
  comparison->sides = g_new0 (VmmSide, n + 1);
  for (guint i = 0; i < n; i++) {
    make_side (comparison->sides, i, groups->pdata[i]);
    comparison->n_fit += comparison->sides[i].windows > 0;
  }
  comparison->likeness = vmm_likeness_new (comparison->sides, n);
  comparison->items = vmm_items_new (comparison->sides, n, comparison->likeness);
  comparison->cures = g_ptr_array_new_with_free_func (g_free);
  return comparison;
}

void
vmm_comparison_free (VmmComparison *comparison)
{
  if (!comparison)
    return;
  for (guint i = 0; i < comparison->n_sides; i++) {
    g_free (comparison->sides[i].name);
    g_free (comparison->sides[i].vmm_id);
    g_ptr_array_unref (comparison->sides[i].results);
  }
  g_free (comparison->sides);
  g_ptr_array_unref (comparison->likeness);
  g_ptr_array_unref (comparison->items);
  g_ptr_array_unref (comparison->cures);
  g_free (comparison);
}

const char *
vmm_verdict_id (VmmVerdict verdict)
{
  static const char *const ids[] = { "none", "indicative", "equal", "different" };

  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (ids), NULL);
  return ids[verdict];
}
