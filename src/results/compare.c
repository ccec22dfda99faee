/* SPDX-License-Identifier: MIT */
/* compare: groups of windows, what of them is fit, and what they say beside one another. */
#include "compare_private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MAX_NAME 20 /* characters of a name that a sentence can bear */
#define N_LETTERS 26u

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

static const char *
get_group_name (const VmmResult *result, VmmGroupBy by, VmmLanguage language)
{
  const char *label = vmm_result_get_label (result);

  if (by == VMM_GROUP_BY_VMM)
    return vmm_text (language, vmm_result_get_host (result)->vmm_name);
  return *label ? label : vmm_text (language, N_ ("without label"));
}

static VmmGroup *
make_group (VmmResult *result, VmmGroupBy by, VmmLanguage language)
{
  VmmGroup *group = vmm_group_new (get_group_name (result, by, language), &result, 1);

  group->is_quoted = by == VMM_GROUP_BY_LABEL && *vmm_result_get_label (result);
  return group;
}

/* Two VMMs may be called the same: the id tells them apart. */
static void
tell_apart (const GPtrArray *groups)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < groups->len; i++) {
    VmmGroup *group = groups->pdata[i];
    if (g_hash_table_add (names, g_strdup (group->name)))
      continue;
    g_autofree char *name = g_steal_pointer (&group->name);
    group->name =
        g_strdup_printf ("%s [%s]", name, vmm_result_get_host (group->results->pdata[0])->vmm_id);
  }
}

GPtrArray *
vmm_group_by (const GPtrArray *results, VmmGroupBy by, VmmLanguage language)
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
      g_ptr_array_add (groups, make_group (result, by, language));
  }
  if (by == VMM_GROUP_BY_VMM)
    tell_apart (groups);
  return groups;
}

/* ---- What is fit for comparison */

enum { FIT, TWICE, NO_SCORE, DISTURBED, INVALID, N_FITNESSES };

/* clang-format off */
static const struct {
  const char *one, *many;
} notes[N_FITNESSES] = {
  [TWICE] =     { VMM_FORMS ("%u given twice",   "%u given twice") },
  [NO_SCORE] =  { VMM_FORMS ("%u without score", "%u without score") },
  [DISTURBED] = { VMM_FORMS ("%u disturbed",     "%u disturbed") },
  [INVALID] =   { VMM_FORMS ("%u invalid",       "%u invalid") },
};
/* clang-format on */

static gboolean
is_same_run (const VmmResult *a, const VmmResult *b)
{
  return a == b || (vmm_result_get_created (a) == vmm_result_get_created (b) &&
                    vmm_result_get_plan (a)->seed == vmm_result_get_plan (b)->seed &&
                    strcmp (vmm_result_get_host (a)->vmm_id, vmm_result_get_host (b)->vmm_id) == 0);
}

/* `used` are the windows of this side and of those before it, `n` lists. */
static guint
get_fitness (const VmmResult *result, GPtrArray *const *used, guint n)
{
  const VmmScore *score = vmm_result_get_score (result);

  for (guint side = 0; side < n; side++)
    for (guint i = 0; i < used[side]->len; i++)
      if (is_same_run (result, used[side]->pdata[i]))
        return TWICE;
  if (score->quality == VMM_QUALITY_INVALID)
    return INVALID;
  if (score->quality == VMM_QUALITY_DISTURBED)
    return DISTURBED;
  return score->total.value > 0 ? FIT : NO_SCORE;
}

/* Fills side `n`, and used[n] with its windows that are compared (borrowed). */
static void
make_side (VmmSide *side, const VmmGroup *group, GPtrArray **used, guint n, VmmLanguage language)
{
  guint counts[N_FITNESSES] = { 0 };
  g_autoptr (GString) note = g_string_new (NULL);

  for (guint i = 0; i < group->results->len; i++) {
    guint fitness = get_fitness (group->results->pdata[i], used, n + 1);
    counts[fitness]++;
    if (fitness == FIT)
      g_ptr_array_add (used[n], group->results->pdata[i]);
  }
  for (guint i = FIT + 1; i < N_FITNESSES; i++)
    if (counts[i]) {
      g_autofree char *count = g_strdup_printf ("%u", counts[i]);
      g_autofree char *words =
          vmm_fill (vmm_text_of (language, notes[i].one, notes[i].many, counts[i]), count, NULL);
      g_string_append_printf (note, "%s%s", note->len ? ", " : "", words);
    }
  side->name = g_strdup (group->name);
  side->windows = used[n]->len;
  side->left_out = group->results->len - used[n]->len;
  side->note = note->len ? g_strdup (note->str) : NULL;
}

/* ---- Names */

/* A letter for each side where a name would make every sentence long, or is that of two sides. */
static gboolean
need_letters (const VmmSide *sides, guint n)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  gboolean needed = FALSE;

  for (guint i = 0; i < n && n > 1; i++)
    needed = !g_hash_table_add (names, sides[i].name) ||
             g_utf8_strlen (sides[i].name, -1) > MAX_NAME || needed;
  return needed;
}

/* A to Z, then AA, AB and so on. */
static char *
make_letter (guint i)
{
  const char *before = i < N_LETTERS ? "" : "A";

  return g_strdup_printf ("%s%c", before, 'A' + (int) (i % N_LETTERS));
}

static void
name_sides (VmmSide *sides, guint n, const GPtrArray *groups, VmmLanguage language)
{
  gboolean letters = need_letters (sides, n);

  for (guint i = 0; i < n; i++) {
    const VmmGroup *group = groups->pdata[i];
    sides[i].letter = letters ? make_letter (i) : NULL;
    /* TRANSLATORS: a label, in the quotes of your language */
    sides[i].called = letters ? g_strdup (sides[i].letter)
                      : group->is_quoted
                          ? g_strdup_printf (vmm_text (language, N_ ("“%s”")), sides[i].name)
                          : g_strdup (sides[i].name);
  }
}

/* ---- Doors */

VmmComparison *
vmm_compare (const GPtrArray *groups, VmmLanguage language)
{
  VmmComparison         *comparison = g_new0 (VmmComparison, 1);
  guint                  n = MIN (groups->len, VMM_COMPARE_MAX_SIDES);
  g_autofree GPtrArray **used = g_new0 (GPtrArray *, n + 1);

  comparison->language = language;
  comparison->n_sides = n;
  comparison->sides = g_new0 (VmmSide, n + 1);
  for (guint i = 0; i < n; i++) {
    used[i] = g_ptr_array_new ();
    make_side (&comparison->sides[i], groups->pdata[i], used, i, language);
    comparison->n_fit += used[i]->len > 0;
  }
  name_sides (comparison->sides, n, groups, language);
  comparison->likeness = vmm_likeness_new (used, n, language);
  comparison->items = vmm_items_new (used, comparison->sides, n, comparison->likeness, language);
  comparison->verdict = vmm_words_verdict (comparison, groups->len - n);
  for (guint i = 0; i < n; i++)
    g_ptr_array_unref (used[i]);
  return comparison;
}

void
vmm_comparison_free (VmmComparison *comparison)
{
  if (!comparison)
    return;
  for (guint i = 0; i < comparison->n_sides; i++) {
    g_free (comparison->sides[i].name);
    g_free (comparison->sides[i].letter);
    g_free (comparison->sides[i].called);
    g_free (comparison->sides[i].note);
  }
  g_free (comparison->sides);
  g_ptr_array_unref (comparison->likeness);
  g_ptr_array_unref (comparison->items);
  g_free (comparison->verdict);
  g_free (comparison);
}

const char *
vmm_verdict_id (VmmVerdict verdict)
{
  static const char *const ids[] = { "none", "indicative", "equal", "different" };

  g_return_val_if_fail ((guint) verdict < G_N_ELEMENTS (ids), NULL);
  return ids[verdict];
}
