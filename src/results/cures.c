/* SPDX-License-Identifier: MIT */
/* cures: which findings one of two sides has and the other has not, and whether that is worth what was said. */
#include "advice_private.h"
#include "compare_private.h"

#include <math.h>
#include <string.h>

#define ROUNDING 0.5 /* points, of what was said */

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

/* A cure that becomes. */
typedef struct {
  const VmmSymptom *symptom;
  VmmCure          *cure;
  guint             with; /* which side of the duel */
  double            p;    /* two-sided, of what is measured; NAN without a test */
} Case;

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
    sight.said += vmm_gain_points (vmm_result_get_score (result)->total.value,
                                   vmm_gain_of_cure (result, symptom)) /
                  n;
  }
  return sight;
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

/* `served`: ln of what the symptom leaves the windows of the two sides; `total`: of that which has it. */
static void
tell_gain (Case *the, const Duel *duel, double total, double *served[2])
{
  VmmWelch test;
  guint    units, n[2] = { duel->side[0]->windows, duel->side[1]->windows };
  double   sign = the->with ? 1 : -1, half = NAN;
  double   gain = sign * (get_mean (served[0], n[0]) - get_mean (served[1], n[1]));

  if (vmm_layout_test (&duel->layout, served[0], served[1], &test, &units)) {
    gain = sign * test.difference;
    half = vmm_t_quantile (1 - VMM_COMPARE_ALPHA / 2, test.df) * test.error;
    the->p = test.p;
  }
  the->cure->gained = vmm_gain_points (total, gain);
  the->cure->low = vmm_gain_points (total, gain - half);
  the->cure->high = vmm_gain_points (total, gain + half);
}

static void
measure (Case *the, const Duel *duel)
{
  double            *served[2];
  guint              n = duel->side[the->with]->windows;
  g_autofree double *totals = g_new (double, n);

  for (guint i = 0; i < n; i++)
    totals[i] = log (vmm_result_get_score (get_window (duel, the->with, i))->total.value);
  for (guint side = 0; side < 2; side++) {
    served[side] = g_new (double, duel->side[side]->windows);
    for (guint i = 0; i < duel->side[side]->windows; i++)
      served[side][i] = vmm_gain_served (get_window (duel, side, i), the->symptom);
  }
  tell_gain (the, duel, exp (get_mean (totals, n)), served);
  g_free (served[0]);
  g_free (served[1]);
}

/* FALSE where no side has it, or the other cannot be said to be without. */
static gboolean
make_case (Case *ret_case, const Duel *duel, const VmmSymptom *symptom)
{
  const Sight sights[2] = { look (duel, 0, symptom), look (duel, 1, symptom) };
  guint       with = 2 * sights[0].shown > duel->side[0]->windows ? 0 : 1;
  guint       n = duel->side[with]->windows, others = duel->side[!with]->windows;
  gboolean    both = 2 * sights[!with].shown >= others;
  gboolean    felt = vmm_gain_is_shared (duel->version, symptom, symptom);

  if (2 * sights[with].shown <= n || (!both && 2 * sights[!with].absent <= others))
    return FALSE;
  *ret_case = (Case){ symptom, g_new (VmmCure, 1), with, NAN };
  *ret_case->cure = (VmmCure){
    .id = symptom->id,
    .symptom = symptom->title,
    .with = duel->number[with],
    .without = duel->number[!with],
    .both = both,
    .said = felt ? sights[with].said : NAN,
    .said_without = felt && both ? sights[!with].said : NAN,
    .gained = NAN,
    .low = NAN,
    .high = NAN,
  };
  if (!both && felt && duel->totals)
    measure (ret_case, duel);
  return TRUE;
}

/* ---- What is to be said of it */

static gboolean
is_shared (const Case *the, guint version, const GArray *cases)
{
  for (guint i = 0; i < cases->len; i++) {
    const Case *other = &g_array_index (cases, Case, i);
    if (other != the && !other->cure->both &&
        vmm_gain_is_shared (version, the->symptom, other->symptom))
      return TRUE;
  }
  return FALSE;
}

static VmmOutcome
judge (const Case *the)
{
  const VmmCure *cure = the->cure;
  gboolean       sure = the->p < VMM_COMPARE_ALPHA; /* blocks may doubt what the interval says */
  gboolean       less = cure->high < cure->said - ROUNDING;

  if (cure->shared || isnan (cure->low) || isnan (cure->high))
    return VMM_OUTCOME_NONE;
  if (sure && cure->high < 0)
    return VMM_OUTCOME_LOSS;
  if (!sure || !(cure->low > 0))
    return less || cure->said < ROUNDING ? VMM_OUTCOME_NOTHING : VMM_OUTCOME_UNSURE;
  return less                                ? VMM_OUTCOME_LESS
         : cure->said + ROUNDING < cure->low ? VMM_OUTCOME_MORE
                                             : VMM_OUTCOME_AS_SAID;
}

static gint64
get_start (const Duel *duel, guint side)
{
  gint64 start = G_MAXINT64;

  for (guint i = 0; i < duel->side[side]->windows; i++)
    start = MIN (start, vmm_result_get_created (get_window (duel, side, i)));
  return start;
}

/* The same guest under the same VMM, later: the remedy may have been tried. */
static gboolean
may_be_tried (const Duel *duel, guint with)
{
  const VmmHost *then = vmm_result_get_host (get_window (duel, with, 0));
  const VmmHost *now = vmm_result_get_host (get_window (duel, !with, 0));

  return then->machine_id[0] && strcmp (then->machine_id, now->machine_id) == 0 &&
         strcmp (then->vmm_id, now->vmm_id) == 0 &&
         get_start (duel, with) < get_start (duel, !with);
}

/* Where something is lost, or nothing came of what was said. */
static const char *
find_undo (const Case *the, const Duel *duel)
{
  const VmmCure *cure = the->cure;
  gboolean       failed = cure->outcome == VMM_OUTCOME_LOSS ||
                    (cure->outcome == VMM_OUTCOME_NOTHING && cure->said >= ROUNDING);

  if (!failed || !may_be_tried (duel, the->with))
    return NULL;
  return vmm_symptom_undo (get_window (duel, the->with, 0), the->symptom);
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

/* FALSE where more or fewer than two sides are compared. */
static gboolean
find_sides (Duel *duel, const VmmComparison *comparison)
{
  guint n = 0;

  for (guint i = 0; i < comparison->n_sides && comparison->n_fit == 2; i++)
    if (comparison->sides[i].windows) {
      duel->number[n] = i;
      duel->side[n++] = &comparison->sides[i];
    }
  return n == 2;
}

/* What has no known cause has no cure, and is not in the table. */
static GArray *
make_cases (const Duel *duel)
{
  GArray           *cases = g_array_new (FALSE, FALSE, sizeof (Case));
  guint             n;
  const VmmSymptom *symptoms = vmm_symptoms (&n);

  for (guint i = 0; i < n; i++) {
    Case the;
    if (make_case (&the, duel, &symptoms[i]))
      g_array_append_val (cases, the);
  }
  return cases;
}

void
vmm_comparison_prove (VmmComparison *comparison)
{
  Duel duel;

  if (comparison->cures->len || !find_sides (&duel, comparison))
    return;
  duel.version = vmm_result_get_score (get_window (&duel, 0, 0))->version;
  duel.totals = !vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total")->barrier;
  vmm_layout_init (&duel.layout, duel.side[0]->results, duel.side[1]->results);
  g_autoptr (GArray) cases = make_cases (&duel);
  for (guint i = 0; i < cases->len; i++) {
    Case *the = &g_array_index (cases, Case, i);
    the->cure->shared = is_shared (the, duel.version, cases);
    the->cure->outcome = judge (the);
    the->cure->undo = find_undo (the, &duel);
    g_ptr_array_add (comparison->cures, the->cure);
  }
  g_ptr_array_sort (comparison->cures, compare_cures);
  vmm_layout_clear (&duel.layout);
}

const char *
vmm_outcome_id (VmmOutcome outcome)
{
  static const char *const ids[] = {
    "none", "loss", "nothing", "unsure", "less", "as-said", "more"
  };

  g_return_val_if_fail ((guint) outcome < G_N_ELEMENTS (ids), NULL);
  return ids[outcome];
}
