/* SPDX-License-Identifier: MIT */
/* items: total, categories and probes of every side, tested pair by pair. */
#include "compare_private.h"

#include <math.h>
#include <string.h>

#define ALPHA 0.05
#define POWER 0.8

/* ---- What one window says of an item: ln of something that is better when it is greater, and
 * the half width of its 95 % interval on that scale (NAN = not known). */

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
    double value = score->probes[item->row].value;
    *ret_value = value > 0 ? (is_less_better (item) ? -log (value) : log (value)) : NAN;
    *ret_half = NAN;
  }
}

/* ---- Sides */

/* A side's windows on the scale above. */
typedef struct {
  VmmSample sample;
  double    half; /* of its mean, from the single windows' intervals; NAN = not known */
} Side;

static void
gather (Side *ret_side, const VmmItem *item, const GPtrArray *windows)
{
  g_autofree double *values = g_new (double, windows->len + 1);
  double             squares = 0;
  guint              n = 0;

  for (guint i = 0; i < windows->len; i++) {
    double value, half;
    read_window (item, windows->pdata[i], &value, &half);
    if (isnan (value))
      continue;
    values[n++] = value;
    squares += half * half;
  }
  vmm_sample_of (&ret_side->sample, values, n);
  ret_side->half = n ? sqrt (squares) / n : NAN;
}

/* Back from the logarithm; where less is better the scale is turned around. */
static void
tell_side (VmmSideValue *value, const Side *side, gboolean turned)
{
  const VmmSample *sample = &side->sample;
  double           sign = turned ? -1 : 1, half = side->half;

  if (sample->n >= VMM_COMPARE_MIN_WINDOWS)
    half = vmm_t_quantile (1 - ALPHA / 2, sample->n - 1) * sample->sd / sqrt (sample->n);
  value->windows = sample->n;
  value->value = exp (sign * sample->mean);
  value->low = exp (sign * sample->mean - half);
  value->high = exp (sign * sample->mean + half);
}

/* ---- Pairs */

static gboolean
is_testable (const Side *a, const Side *b)
{
  return MIN (a->sample.n, b->sample.n) >= VMM_COMPARE_MIN_WINDOWS;
}

/* The greater mean first. */
static void
order_pair (VmmPair *pair, const Side *sides)
{
  guint better = pair->better;

  if (!(sides[pair->worse].sample.mean > sides[better].sample.mean))
    return;
  pair->better = pair->worse;
  pair->worse = better;
}

/* `level` is what the pair's test is held to; NAN = no test. */
static void
judge_pair (VmmPair *pair, const Side *sides, double level, double adjusted)
{
  const Side *better = &sides[pair->better], *worse = &sides[pair->worse];
  double      difference = better->sample.mean - worse->sample.mean, half;

  if (isnan (difference))
    return;
  if (isnan (level)) {
    half = sqrt (better->half * better->half + worse->half * worse->half);
    pair->verdict = VMM_VERDICT_INDICATIVE;
  } else {
    VmmWelch welch;
    vmm_welch (&welch, &better->sample, &worse->sample);
    half = vmm_t_quantile (1 - level / 2, welch.df) * welch.error;
    pair->p = adjusted;
    pair->detectable = exp (vmm_welch_detectable (&welch, level, POWER));
    pair->verdict = adjusted < ALPHA ? VMM_VERDICT_DIFFERENT : VMM_VERDICT_EQUAL;
  }
  pair->ratio = exp (difference);
  pair->low = exp (difference - half);
  pair->high = exp (difference + half);
}

/* ---- Items */

/* Takes over `fields`, with every two of `n_sides`. */
static VmmItem *
make_item (const VmmItem *fields, guint n_sides)
{
  VmmItem *item = g_new0 (VmmItem, 1);
  VmmPair  unknown = { 0, 0, VMM_VERDICT_NONE, NAN, NAN, NAN, NAN, NAN };

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
make_probe (const VmmScoreRow *table, guint row, guint n_sides)
{
  const VmmScoreRow *probe = &table[row];
  const char        *unit = vmm_channel (probe->channel)->unit;

  return make_item (
      &(VmmItem){ VMM_LEVEL_PROBE, probe->name, probe, unit, (int) probe->category, .row = row },
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
      g_ptr_array_add (items, make_probe (table, i, n_sides));
  return items;
}

/* A side that has windows, and none of them has a value. */
static gboolean
find_gap (const Side *found, const VmmSide *sides, guint n_sides, guint *ret_side)
{
  for (*ret_side = 0; *ret_side < n_sides; (*ret_side)++)
    if (sides[*ret_side].windows && !found[*ret_side].sample.n)
      return TRUE;
  return FALSE;
}

static void
fill_item (VmmItem *item, Side *found, const VmmSide *sides, const GPtrArray *likeness)
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

/* One family of tests: all pairs of all items of the level. */
static void
judge_level (GPtrArray *items, const Side *found, guint n_sides)
{
  guint              n_pairs = n_sides * (n_sides - 1) / 2, n = items->len * n_pairs;
  g_autofree double *p = g_new (double, n + 1);
  g_autofree double *levels = g_new (double, n + 1);
  g_autofree double *adjusted = g_new (double, n + 1);

  for (guint i = 0; i < n; i++) {
    VmmItem    *item = items->pdata[i / n_pairs];
    VmmPair    *pair = &item->pairs[i % n_pairs];
    const Side *of = found + (gsize) (i / n_pairs) * n_sides;
    VmmWelch    welch = { .p = NAN };
    order_pair (pair, of);
    if (!item->barrier && is_testable (&of[pair->better], &of[pair->worse]))
      vmm_welch (&welch, &of[pair->better].sample, &of[pair->worse].sample);
    p[i] = welch.p;
  }
  vmm_holm (p, n, ALPHA, levels, adjusted);
  for (guint i = 0; i < n; i++) {
    VmmItem *item = items->pdata[i / n_pairs];
    VmmPair *pair = &item->pairs[i % n_pairs];
    if (!item->barrier)
      judge_pair (pair, found + (gsize) (i / n_pairs) * n_sides, levels[i], adjusted[i]);
  }
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

/* Of two, whose scores are not compared, the first: the probes are of one table still. */
static guint
get_version (const VmmSide *sides, guint n_sides)
{
  for (guint i = 0; i < n_sides; i++)
    if (sides[i].results->len > 0)
      return vmm_result_get_score (sides[i].results->pdata[0])->version;
  return VMM_SCORE_VERSION;
}

GPtrArray *
vmm_items_new (const VmmSide *sides, guint n_sides, const GPtrArray *likeness)
{
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) free_item);
  guint      version = get_version (sides, n_sides);

  for (VmmLevel level = VMM_LEVEL_TOTAL; level <= VMM_LEVEL_PROBE; level++) {
    g_autoptr (GPtrArray) items = make_level (level, version, n_sides);
    g_autofree Side *found = g_new0 (Side, items->len * n_sides + 1);

    for (guint i = 0; i < items->len; i++)
      fill_item (items->pdata[i], found + (gsize) i * n_sides, sides, likeness);
    judge_level (items, found, n_sides);
    for (guint i = 0; i < items->len; i++)
      vmm_rank_sides (items->pdata[i]);
    g_ptr_array_sort (items, compare_items);
    g_ptr_array_extend (all, items, NULL, NULL);
  }
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
