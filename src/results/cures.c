/* SPDX-License-Identifier: MIT */
/* cures: which findings one of two sides has and the other has not, and whether that is worth what was said. */
#include "advice_private.h"
#include "compare_private.h"

#include <math.h>
#include <string.h>

/* The two sides that are compared, those without windows left out. */
typedef struct {
  guint          number[2];
  const VmmSide *side[2];
  guint          version; /* of the score, of the first side */
  VmmLayout      layout;
  gboolean       totals; /* are compared */
} Duel;

/* A symptom in the windows of one side. */
typedef struct {
  guint  shown, absent; /* in how many */
  double said;          /* points that a cure would bring, over all of them */
} Sight;

static const VmmResult *
get_window (const Duel *duel, guint side, guint i)
{
  return duel->side[side]->results->pdata[i];
}

/* ---- Who has it */

static Sight
look (const Duel *duel, guint side, const VmmSymptom *symptom)
{
  Sight sight = { 0 };
  guint n = duel->side[side]->windows;

  for (guint i = 0; i < n; i++) {
    const VmmResult *result = get_window (duel, side, i);
    VmmSymptomState  state = vmm_symptom_state (result, symptom);
    sight.absent += state == VMM_SYMPTOM_ABSENT;
    if (state != VMM_SYMPTOM_SHOWN)
      continue;
    sight.shown++;
    sight.said +=
        vmm_score_points (vmm_result_get_score (result), vmm_gain_of_cure (result, symptom)) / n;
  }
  return sight;
}

/* It is the same guest under the same VMM, later: the remedy may have been tried. */
static gboolean
may_be_cured (const Duel *duel, guint with)
{
  const VmmResult *before = get_window (duel, with, 0), *after = get_window (duel, !with, 0);
  const VmmHost   *then = vmm_result_get_host (before), *now = vmm_result_get_host (after);

  return strcmp (then->vmm_id, now->vmm_id) == 0 &&
         strcmp (then->machine_id, now->machine_id) == 0 &&
         vmm_result_get_created (before) < vmm_result_get_created (after);
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

/* What foreign results may make of it is no number. */
static double
get_points (double total, double gain)
{
  double points = total * expm1 (gain);

  return isfinite (points) ? points : NAN;
}

/* `served`: ln of what the symptom leaves the windows of the two sides; `total`: of that which has it. */
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
    cure->p = test.p;
  }
  cure->gained = get_points (total, gain);
  cure->low = get_points (total, gain - half);
  cure->high = get_points (total, gain + half);
}

static void
measure (VmmCure *cure, const Duel *duel, guint with, const VmmSymptom *symptom)
{
  double            *served[2];
  guint              n = duel->side[with]->windows;
  g_autofree double *totals = g_new (double, n);

  for (guint i = 0; i < n; i++)
    totals[i] = log (vmm_result_get_score (get_window (duel, with, i))->total.value);
  for (guint side = 0; side < 2; side++) {
    served[side] = g_new (double, duel->side[side]->windows);
    for (guint i = 0; i < duel->side[side]->windows; i++)
      served[side][i] = vmm_gain_served (get_window (duel, side, i), symptom);
  }
  tell_gain (cure, duel, with, exp (get_mean (totals, n)), served);
  g_free (served[0]);
  g_free (served[1]);
}

/* Or NULL, where no side has it, or the other cannot be said to be without. */
static VmmCure *
make_cure (const Duel *duel, const VmmSymptom *symptom)
{
  const Sight sights[2] = { look (duel, 0, symptom), look (duel, 1, symptom) };
  guint       with = 2 * sights[0].shown > duel->side[0]->windows ? 0 : 1;
  guint       n = duel->side[with]->windows, others = duel->side[!with]->windows;
  gboolean    both = 2 * sights[!with].shown >= others;
  gboolean    felt = vmm_gain_is_shared (duel->version, symptom, symptom);
  VmmCure    *cure;

  if (2 * sights[with].shown <= n || (!both && 2 * sights[!with].absent <= others))
    return NULL;
  cure = g_new (VmmCure, 1);
  *cure = (VmmCure){
    .id = symptom->id,
    .symptom = symptom->title,
    .undo =
        may_be_cured (duel, with) ? vmm_symptom_undo (get_window (duel, with, 0), symptom) : NULL,
    .with = duel->number[with],
    .without = duel->number[!with],
    .both = both,
    .said = felt ? sights[with].said : NAN,
    .said_without = felt && both ? sights[!with].said : NAN,
    .gained = NAN,
    .low = NAN,
    .high = NAN,
    .p = NAN,
    .design = duel->layout.design,
  };
  if (!both && felt && duel->totals)
    measure (cure, duel, with, symptom);
  return cure;
}

/* ---- All of them */

static double
get_said (const VmmCure *cure)
{
  return isnan (cure->said) ? -1 : cure->said;
}

static int
compare_cures (gconstpointer a, gconstpointer b)
{
  double first = get_said (*(VmmCure *const *) a), second = get_said (*(VmmCure *const *) b);

  return (first < second) - (first > second);
}

static const VmmSymptom *
find_symptom (const char *id)
{
  guint             n;
  const VmmSymptom *symptoms = vmm_symptoms (&n);

  while (symptoms->id != id)
    symptoms++;
  return symptoms;
}

static void
tell_shared (VmmCure *cure, guint version, const GPtrArray *cures)
{
  const VmmSymptom *symptom = find_symptom (cure->id);

  for (guint i = 0; i < cures->len; i++) {
    const VmmCure *other = cures->pdata[i];
    if (other != cure && !other->both &&
        vmm_gain_is_shared (version, symptom, find_symptom (other->id)))
      cure->shared = TRUE;
  }
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

/* In the order of the table, which a sort by points keeps among equals. What has no known cause has no
 * cure, and is not in it. */
static void
add_cures (GPtrArray *cures, const Duel *duel)
{
  guint             n;
  const VmmSymptom *symptoms = vmm_symptoms (&n);

  for (guint i = 0; i < n; i++) {
    VmmCure *cure = make_cure (duel, &symptoms[i]);
    if (cure)
      g_ptr_array_add (cures, cure);
  }
  g_ptr_array_sort (cures, compare_cures);
  for (guint i = 0; i < cures->len; i++)
    tell_shared (cures->pdata[i], duel->version, cures);
}

GPtrArray *
vmm_cures_new (const VmmSide *sides, guint n_sides, const GPtrArray *likeness)
{
  GPtrArray *cures = g_ptr_array_new_with_free_func (g_free);
  Duel       duel;
  guint      barrier;

  if (!find_sides (&duel, sides, n_sides))
    return cures;
  duel.version = vmm_result_get_score (get_window (&duel, 0, 0))->version;
  duel.totals = !vmm_likeness_forbids (likeness, VMM_LEVEL_TOTAL, -1, &barrier);
  vmm_layout_init (&duel.layout, duel.side[0]->results, duel.side[1]->results);
  add_cures (cures, &duel);
  vmm_layout_clear (&duel.layout);
  return cures;
}
