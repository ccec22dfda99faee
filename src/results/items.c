/* SPDX-License-Identifier: MIT */
/* items: total, categories and probes of every side, tested pair by pair. */
#include "compare_private.h"

#include <math.h>
#include <string.h>

/* ---- What one window says of an item: ln of something that is better when it is greater, and
 * the half width of its 95 % interval on that scale (NAN = not known). That interval is where another
 * window lies, and so up to the root of two too wide for the mean of fewer than three, which make no
 * verdict. */

static void
read_score (const VmmScoreValue *score, double *ret_value, double *ret_half)
{
  *ret_value = score->value > 0 ? log (score->value) : NAN;
  *ret_half = score->low > 0 && score->high > 0 ? log (score->high / score->low) / 2 : NAN;
}

static gboolean
is_less_better (const VmmItem *item)
{
  return item->probe && !item->probe->more_is_better;
}

static void
read_window (const VmmItem *item, const VmmResult *result, double *ret_value, double *ret_half)
{
  const VmmScore *score = vmm_result_get_score (result);

  if (item->level == VMM_LEVEL_TOTAL) {
    read_score (&score->total, ret_value, ret_half);
  } else if (item->level == VMM_LEVEL_CATEGORY) {
    read_score (&score->categories[item->category], ret_value, ret_half);
  } else {
    const VmmScoreProbe *probe = vmm_score_find_probe (score, item->probe->channel);
    double               value = probe ? probe->value : NAN;
    *ret_value = value > 0 ? (is_less_better (item) ? -log (value) : log (value)) : NAN;
    *ret_half = NAN;
  }
}

/* ---- Sides */

static void
gather (VmmSideSample *ret_side, const VmmItem *item, const GPtrArray *windows)
{
  g_autofree double *there = g_new (double, windows->len + 1);
  double             squares = 0;
  guint              n = 0;

  ret_side->values = g_new (double, windows->len + 1);
  for (guint i = 0; i < windows->len; i++) {
    double half;
    read_window (item, windows->pdata[i], &ret_side->values[i], &half);
    if (isnan (ret_side->values[i]))
      continue;
    there[n++] = ret_side->values[i];
    squares += half * half;
  }
  vmm_sample_of (&ret_side->sample, there, n);
  ret_side->half = n ? sqrt (squares) / n : NAN;
}

/* Back from the logarithm; where less is better the scale is turned around. */
static void
tell_side (VmmSideValue *value, const VmmSideSample *side, gboolean turned)
{
  const VmmSample *sample = &side->sample;
  double           sign = turned ? -1 : 1, half = side->half;

  if (sample->n >= VMM_COMPARE_MIN_WINDOWS)
    half =
        vmm_t_quantile (1 - VMM_COMPARE_ALPHA / 2, sample->n - 1) * sample->sd / sqrt (sample->n);
  value->windows = sample->n;
  value->value = exp (sign * sample->mean);
  value->low = exp (sign * sample->mean - half);
  value->high = exp (sign * sample->mean + half);
}

/* ---- Items */

#define UNKNOWN .ratio = NAN, .low = NAN, .high = NAN, .p = NAN, .detectable = NAN

/* Takes over `fields`, with every two of `n_sides`. */
static VmmItem *
make_item (const VmmItem *fields, guint n_sides)
{
  VmmItem *item = g_new0 (VmmItem, 1);
  VmmPair  unknown = { UNKNOWN };

  *item = *fields;
  item->n_sides = n_sides;
  item->sides = g_new0 (VmmSideValue, n_sides);
  item->pairs = g_new0 (VmmPair, n_sides * (n_sides - 1) / 2 + 1);
  for (unknown.better = 0; unknown.better < n_sides; unknown.better++)
    for (unknown.worse = unknown.better + 1; unknown.worse < n_sides; unknown.worse++)
      item->pairs[item->n_pairs++] = unknown;
  return item;
}

static void
free_item (VmmItem *item)
{
  g_free (item->sides);
  g_free (item->pairs);
  g_free (item);
}

static VmmItem *
make_total (guint n_sides)
{
  return make_item (&(VmmItem){ VMM_LEVEL_TOTAL, "total", NULL, "", -1 }, n_sides);
}

static VmmItem *
make_category (VmmCategory category, guint n_sides)
{
  const char *id = vmm_category (category)->id;

  return make_item (&(VmmItem){ VMM_LEVEL_CATEGORY, id, NULL, "", (int) category }, n_sides);
}

static VmmItem *
make_probe (const VmmScoreRow *probe, guint n_sides)
{
  const char *unit = vmm_channel (probe->channel)->unit;

  return make_item (&(VmmItem){ VMM_LEVEL_PROBE, probe->name, probe, unit, (int) probe->category },
                    n_sides);
}

static GPtrArray *
make_level (VmmLevel level, guint version, guint n_sides)
{
  GPtrArray         *items = g_ptr_array_new ();
  guint              n;
  const VmmScoreRow *table = vmm_score_table (version, &n);

  if (level == VMM_LEVEL_TOTAL)
    g_ptr_array_add (items, make_total (n_sides));
  for (guint i = 0; level == VMM_LEVEL_CATEGORY && i < VMM_N_CATEGORIES; i++)
    g_ptr_array_add (items, make_category ((VmmCategory) i, n_sides));
  for (guint i = 0; level == VMM_LEVEL_PROBE && i < n; i++)
    if (table[i].weight > 0)
      g_ptr_array_add (items, make_probe (&table[i], n_sides));
  return items;
}

/* A side that has windows, and none of them has a value. */
static gboolean
find_gap (const VmmSideSample *found, const VmmSide *sides, guint n_sides, guint *ret_side)
{
  for (*ret_side = 0; *ret_side < n_sides; (*ret_side)++)
    if (sides[*ret_side].windows && !found[*ret_side].sample.n)
      return TRUE;
  return FALSE;
}

static void
fill_item (VmmItem *item, VmmSideSample *found, const VmmSide *sides, const GPtrArray *likeness)
{
  for (guint i = 0; i < item->n_sides; i++) {
    gather (&found[i], item, sides[i].results);
    tell_side (&item->sides[i], &found[i], is_less_better (item));
  }
  if (vmm_likeness_forbids (likeness, item->level, item->category, &item->barred_by))
    item->barrier = VMM_BARRIER_UNLIKE;
  else if (find_gap (found, sides, item->n_sides, &item->barred_by))
    item->barrier = VMM_BARRIER_NO_VALUE;
}

/* How decisive an item is: by its surest pair, then by its greatest ratio. */
static int
compare_items (gconstpointer a, gconstpointer b)
{
  const VmmItem *const items[] = { *(VmmItem *const *) a, *(VmmItem *const *) b };
  double               p[2] = { 2, 2 }, ratio[2] = { 0, 0 };

  for (guint k = 0; k < 2; k++)
    for (guint i = 0; i < items[k]->n_pairs; i++) {
      const VmmPair *pair = &items[k]->pairs[i];
      p[k] = fmin (p[k], pair->p);
      ratio[k] = fmax (ratio[k], pair->ratio);
    }
  if (p[0] != p[1])
    return p[0] < p[1] ? -1 : 1;
  return (ratio[0] < ratio[1]) - (ratio[0] > ratio[1]);
}

/* Of two, whose scores are not compared, the first: the other has the same probes. */
static guint
get_version (const VmmSide *sides, guint n_sides)
{
  for (guint i = 0; i < n_sides; i++)
    if (sides[i].results->len > 0)
      return vmm_result_get_score (sides[i].results->pdata[0])->version;
  return VMM_SCORE_VERSION;
}

static GPtrArray *
judge_items (VmmLevel level, guint version, const VmmSide *sides, guint n_sides,
             const GPtrArray *likeness, const VmmLayout *layouts)
{
  GPtrArray                *items = make_level (level, version, n_sides);
  guint                     n = items->len * n_sides;
  g_autofree VmmSideSample *found = g_new0 (VmmSideSample, n + 1);

  for (guint i = 0; i < items->len; i++)
    fill_item (items->pdata[i], found + (gsize) i * n_sides, sides, likeness);
  vmm_judge_items (items, found, n_sides, layouts);
  for (guint i = 0; i < items->len; i++)
    vmm_rank_sides (items->pdata[i]);
  for (guint i = 0; i < n; i++)
    g_free (found[i].values);
  g_ptr_array_sort (items, compare_items);
  return items;
}

/* Of every two sides, in the order of the pairs. */
static VmmLayout *
make_layouts (const VmmSide *sides, guint n_sides, guint *ret_n)
{
  VmmLayout *layouts = g_new (VmmLayout, n_sides * (n_sides - 1) / 2 + 1);

  *ret_n = 0;
  for (guint first = 0; first < n_sides; first++)
    for (guint second = first + 1; second < n_sides; second++)
      vmm_layout_init (&layouts[(*ret_n)++], sides[first].results, sides[second].results);
  return layouts;
}

GPtrArray *
vmm_items_new (const VmmSide *sides, guint n_sides, const GPtrArray *likeness)
{
  GPtrArray            *all = g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);
  guint                 version = get_version (sides, n_sides), n;
  g_autofree VmmLayout *layouts = make_layouts (sides, n_sides, &n);

  for (VmmLevel level = VMM_LEVEL_TOTAL; level <= VMM_LEVEL_PROBE; level++)
    g_ptr_array_extend_and_steal (all,
                                  judge_items (level, version, sides, n_sides, likeness, layouts));
  for (guint i = 0; i < n; i++)
    vmm_layout_clear (&layouts[i]);
  return all;
}

const VmmItem *
vmm_comparison_find (const VmmComparison *comparison, VmmLevel level, const char *id)
{
  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    if (item->level == level && strcmp (item->id, id) == 0)
      return item;
  }
  return NULL;
}
