/* SPDX-License-Identifier: MIT */
/* cures: which findings one of two sides has and the other has not, and whether that is worth what was said. */
#include "advice_private.h"
#include "compare_private.h"

#include <math.h>

/* The two sides that are compared, those without windows left out. */
typedef struct {
  guint          number[2];
  const VmmSide *side[2];
  VmmLayout      layout;
  gboolean       totals; /* are compared */
} Duel;

/* A finding in the windows of one side. */
typedef struct {
  guint       shown;
  double      said; /* sum of points */
  const char *undo;
} Sight;

/* ---- Who has what */

static Sight *
see (GHashTable *sights, const char *id, guint side)
{
  Sight *both = g_hash_table_lookup (sights, id);

  if (!both) {
    both = g_new0 (Sight, 2);
    g_hash_table_insert (sights, (gpointer) id, both);
  }
  return &both[side];
}

/* What has no known cause has no cure. */
static void
count_findings (GHashTable *sights, const VmmResult *result, guint side)
{
  g_autoptr (GPtrArray) findings = vmm_advise (result);

  for (guint i = 0; i < findings->len; i++) {
    const VmmFinding *finding = findings->pdata[i];
    const VmmSymptom *symptom = vmm_symptom (finding->id);
    if (!symptom)
      continue;
    Sight *sight = see (sights, symptom->id, side);
    sight->shown++;
    sight->said += finding->points;
    sight->undo = finding->undo;
  }
}

static GHashTable *
look (const Duel *duel)
{
  GHashTable *sights = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint side = 0; side < 2; side++)
    for (guint i = 0; i < duel->side[side]->windows; i++)
      count_findings (sights, duel->side[side]->results->pdata[i], side);
  return sights;
}

static gboolean
has (const Duel *duel, const Sight *both, guint side)
{
  return 2 * both[side].shown > duel->side[side]->windows;
}

/* ---- What it is worth */

/* Of those that are there; NAN without. */
static double
get_mean (const double *values, guint n)
{
  double sum = 0;
  guint  there = 0;

  for (guint i = 0; i < n; i++)
    if (!isnan (values[i])) {
      sum += values[i];
      there++;
    }
  return there ? sum / there : NAN;
}

/* ln of what the total of a window is, and of what the symptom leaves of it. */
static void
read_side (const VmmSide *side, const VmmSymptom *symptom, double *ret_totals, double *ret_served)
{
  for (guint i = 0; i < side->windows; i++) {
    const VmmResult *result = side->results->pdata[i];
    ret_totals[i] = log (vmm_result_get_score (result)->total.value);
    ret_served[i] = vmm_gain_served (result, symptom);
  }
}

/* `served`: the windows of the two sides of the duel; `with` is one of them. */
static void
tell_gain (VmmCure *cure, const Duel *duel, guint with, double total, double *served[2])
{
  VmmWelch test;
  guint    units, n[2] = { duel->side[0]->windows, duel->side[1]->windows };
  double   sign = with ? 1 : -1, half = NAN;
  double   gain = sign * (get_mean (served[0], n[0]) - get_mean (served[1], n[1]));

  if (vmm_layout_test (&duel->layout, served[0], served[1], &test, &units)) {
    gain = sign * test.difference;
    half = vmm_t_quantile (1 - VMM_COMPARE_ALPHA / 2, test.df) * test.error;
  }
  cure->gained = total * expm1 (gain);
  cure->low = total * expm1 (gain - half);
  cure->high = total * expm1 (gain + half);
}

static void
measure (VmmCure *cure, const Duel *duel, guint with, const VmmSymptom *symptom)
{
  double *totals[2], *served[2];

  for (guint side = 0; side < 2; side++) {
    totals[side] = g_new (double, duel->side[side]->windows);
    served[side] = g_new (double, duel->side[side]->windows);
    read_side (duel->side[side], symptom, totals[side], served[side]);
  }
  tell_gain (cure, duel, with, exp (get_mean (totals[with], duel->side[with]->windows)), served);
  for (guint side = 0; side < 2; side++) {
    g_free (totals[side]);
    g_free (served[side]);
  }
}

/* Or NULL, where no side has it. */
static VmmCure *
make_cure (const Duel *duel, const VmmSymptom *symptom, const Sight *both)
{
  guint    with = has (duel, both, 0) ? 0 : 1;
  VmmCure *cure;

  if (!has (duel, both, with))
    return NULL;
  cure = g_new (VmmCure, 1);
  *cure = (VmmCure){
    .id = symptom->id,
    .symptom = symptom->title,
    .undo = both[with].undo,
    .with = duel->number[with],
    .without = duel->number[!with],
    .both = has (duel, both, !with),
    .said = both[with].said / both[with].shown,
    .gained = NAN,
    .low = NAN,
    .high = NAN,
  };
  if (!cure->both && duel->totals)
    measure (cure, duel, with, symptom);
  return cure;
}

/* ---- All of them */

static int
compare_cures (gconstpointer a, gconstpointer b)
{
  const VmmCure *first = *(VmmCure *const *) a, *second = *(VmmCure *const *) b;

  return (first->said < second->said) - (first->said > second->said);
}

/* FALSE where more or fewer than two sides are compared. */
static gboolean
find_sides (Duel *duel, const VmmSide *sides, guint n_sides)
{
  guint n = 0;

  for (guint i = 0; i < n_sides; i++) {
    if (!sides[i].windows)
      continue;
    if (n < 2) {
      duel->number[n] = i;
      duel->side[n] = &sides[i];
    }
    n++;
  }
  return n == 2;
}

/* In the order of the table, which a sort by points keeps among equals. */
static void
add_cures (GPtrArray *cures, const Duel *duel)
{
  g_autoptr (GHashTable) sights = look (duel);
  guint             n;
  const VmmSymptom *symptoms = vmm_symptoms (&n);

  for (guint i = 0; i < n; i++) {
    const Sight *both = g_hash_table_lookup (sights, symptoms[i].id);
    VmmCure     *cure = both ? make_cure (duel, &symptoms[i], both) : NULL;
    if (cure)
      g_ptr_array_add (cures, cure);
  }
  g_ptr_array_sort (cures, compare_cures);
}

static void
tell_shared (VmmCure *cure, const GPtrArray *cures)
{
  for (guint i = 0; i < cures->len; i++) {
    const VmmCure *other = cures->pdata[i];
    if (other != cure && !other->both &&
        vmm_gain_is_shared (vmm_symptom (cure->id), vmm_symptom (other->id)))
      cure->shared = TRUE;
  }
}

GPtrArray *
vmm_cures_new (const VmmSide *sides, guint n_sides, const GPtrArray *likeness)
{
  GPtrArray *cures = g_ptr_array_new_with_free_func (g_free);
  Duel       duel;
  guint      barrier;

  if (!find_sides (&duel, sides, n_sides))
    return cures;
  duel.totals = !vmm_likeness_forbids (likeness, VMM_LEVEL_TOTAL, -1, &barrier);
  vmm_layout_init (&duel.layout, duel.side[0]->results, duel.side[1]->results);
  add_cures (cures, &duel);
  for (guint i = 0; i < cures->len; i++)
    tell_shared (cures->pdata[i], cures);
  vmm_layout_clear (&duel.layout);
  return cures;
}
