/* SPDX-License-Identifier: MIT */
/* advice: joins a result with the table of symptoms, dearest first. */
#include "vmm/advice.h"

#include "advice_private.h"

#include <math.h>
#include <string.h>
#include <glib/gi18n-lib.h>

#define UNEXPLAINED_RATIO 0.5  /* worse than half the reference ... */
#define UNEXPLAINED_SHARE 0.05 /* ... and this much of the total: below it windows differ anyway */

/* ---- Findings */

/* What is said of Hyper-V is no help to who has WSL: there are no such settings. */
static const char *
get_served (const VmmHost *host)
{
  return strcmp (host->container, "wsl") == 0 ? host->container : host->vmm_id;
}

static const VmmRemedy *
find_remedy (const VmmResult *result, const VmmSymptom *symptom)
{
  const char      *vmm_id = get_served (vmm_result_get_host (result));
  const VmmRemedy *remedy;

  for (guint i = 0; (remedy = vmm_remedy (i)); i++)
    if (strcmp (remedy->symptom, symptom->id) == 0 &&
        (!remedy->vmm_id || strcmp (remedy->vmm_id, vmm_id) == 0))
      break;
  return remedy;
}

static gboolean
meets_limits (const VmmResult *result, const VmmSymptom *symptom)
{
  if (vmm_has_word (symptom->not_under, vmm_result_get_host (result)->vmm_id))
    return FALSE;
  if (symptom->target && vmm_result_get_ping (result)->kind != symptom->target)
    return FALSE;
  for (guint i = 0; i < VMM_MAX_LIMITS && symptom->limits[i].statistic; i++)
    if (!vmm_is_met (result, &symptom->limits[i]))
      return FALSE;
  return TRUE;
}

static void
tell_limits (const VmmResult *result, const VmmSymptom *symptom, GPtrArray *evidence)
{
  for (guint i = 0; i < VMM_MAX_LIMITS && symptom->limits[i].evidence; i++)
    vmm_tell_number (evidence, symptom->limits[i].evidence,
                     vmm_get_number (result, &symptom->limits[i]));
}

/* A device of the symptom's kind that one of the remedy's drivers drives; its name and driver are told. */
static gboolean
find_driver (const VmmResult *result, const VmmSymptom *symptom, const VmmRemedy *remedy,
             GPtrArray *evidence)
{
  const VmmHost *host = vmm_result_get_host (result);

  for (guint i = 0; i < host->n_devices; i++) {
    const VmmDevice *device = &host->devices[i];
    if (strcmp (device->kind, symptom->driven) != 0 ||
        !vmm_has_word (remedy->drivers, device->driver))
      continue;
    /* TRANSLATORS: a device and its driver: "sda driven by ata_piix" */
    vmm_tell_names (evidence, N_ ("%1$s driven by %2$s"), device->name, device->driver, NULL);
    return TRUE;
  }
  return FALSE;
}

static gboolean
holds (const VmmResult *result, const VmmSymptom *symptom, const VmmRemedy *remedy,
       GPtrArray *evidence)
{
  if (!meets_limits (result, symptom))
    return FALSE;
  tell_limits (result, symptom, evidence);
  if (symptom->driven && !find_driver (result, symptom, remedy, evidence))
    return FALSE;
  return !symptom->find || symptom->find (result, remedy, evidence);
}

static gboolean
is_said_better (const VmmResult *result, const VmmSymptom *symptom)
{
  guint             n;
  const VmmSymptom *symptoms = vmm_symptoms (&n);

  for (guint i = 0; symptom->better && i < n; i++) {
    g_autoptr (GPtrArray) evidence = vmm_evidence_new ();
    const VmmRemedy *remedy = find_remedy (result, &symptoms[i]);
    if (remedy && vmm_has_word (symptom->better, symptoms[i].id) &&
        holds (result, &symptoms[i], remedy, evidence))
      return TRUE;
  }
  return FALSE;
}

VmmSymptomState
vmm_symptom_state (const VmmResult *result, const VmmSymptom *symptom)
{
  g_autoptr (GPtrArray) evidence = vmm_evidence_new ();
  const VmmRemedy *remedy = find_remedy (result, symptom);

  if (vmm_has_word (symptom->not_under, vmm_result_get_host (result)->vmm_id))
    return VMM_SYMPTOM_UNKNOWN;
  if (!remedy) /* which knows what else to look for */
    return meets_limits (result, symptom) ? VMM_SYMPTOM_UNKNOWN : VMM_SYMPTOM_ABSENT;
  if (!holds (result, symptom, remedy, evidence))
    return VMM_SYMPTOM_ABSENT;
  return is_said_better (result, symptom) ? VMM_SYMPTOM_UNKNOWN : VMM_SYMPTOM_SHOWN;
}

static gboolean
is_shown (const VmmResult *result, const VmmSymptom *symptom, const VmmRemedy *remedy,
          GPtrArray *evidence)
{
  if (!holds (result, symptom, remedy, evidence) || is_said_better (result, symptom))
    return FALSE;
  vmm_tell_probes (evidence, result, symptom->tells);
  return TRUE;
}

static VmmFinding *
find (const VmmResult *result, const VmmSymptom *symptom)
{
  const VmmRemedy *remedy = find_remedy (result, symptom);
  g_autoptr (GPtrArray) evidence = vmm_evidence_new ();
  VmmFinding *finding = NULL;

  if (!remedy || !is_shown (result, symptom, remedy, evidence))
    return NULL;
  finding = g_new0 (VmmFinding, 1);
  *finding = (VmmFinding){
    .id = symptom->id,
    .symptom = symptom->title,
    .evidence = g_steal_pointer (&evidence),
    .cause = remedy->cause,
    .remedy = remedy->remedy,
    .undo = remedy->undo,
    .source = remedy->source,
    .sureness = symptom->sureness,
    .points = vmm_gain_points (vmm_result_get_score (result)->total.value,
                               vmm_gain_of_cure (result, symptom)),
  };
  if (vmm_result_get_score (result)->quality >= VMM_QUALITY_DISTURBED)
    finding->sureness = VMM_SURE_POSSIBLE; /* the guest's own load may be the cause */
  return finding;
}

/* Most points first; nothing to gain counts less than anything; then the surest. */
static int
compare_findings (gconstpointer a, gconstpointer b)
{
  const VmmFinding *first = *(VmmFinding *const *) a, *second = *(VmmFinding *const *) b;
  double            points_a = isnan (first->points) ? 0 : first->points;
  double            points_b = isnan (second->points) ? 0 : second->points;

  if (points_a != points_b)
    return points_a > points_b ? -1 : 1;
  return (int) first->sureness - (int) second->sureness;
}

/* ---- What no finding explains */

static const char *
find_dearest (const VmmScore *score, double *ret_gain)
{
  const char *dearest = score->probes[0].row->name;

  *ret_gain = 0;
  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++) {
    double gain = vmm_gain_of_probe (score, probe);
    if (gain <= *ret_gain)
      continue;
    *ret_gain = gain;
    dearest = probe->row->name;
  }
  return dearest;
}

/* What the first of the sorted findings would bring, or 0. */
static double
get_most_points (const GPtrArray *findings)
{
  const VmmFinding *first = findings->len ? g_ptr_array_index (findings, 0) : NULL;

  return first && isfinite (first->points) ? first->points : 0;
}

/* The probe that costs most, when it costs more than `explained` points and is worth a word: better
 * to say that nobody knows than to let a small finding stand for a great loss. */
static VmmFinding *
find_unexplained (const VmmResult *result, double explained)
{
  const VmmScore *score = vmm_result_get_score (result);
  double          gain;
  const char     *dearest = find_dearest (score, &gain);
  double          points = vmm_gain_points (score->total.value, gain);

  if (expm1 (gain) < UNEXPLAINED_SHARE || points < explained + 0.5 ||
      !(vmm_get_ratio (result, dearest) < UNEXPLAINED_RATIO) ||
      strcmp (vmm_result_get_host (result)->vmm_id, "none") == 0)
    return NULL;
  VmmFinding *finding = g_new0 (VmmFinding, 1);
  *finding = (VmmFinding){
    .id = "unexplained",
    .symptom = N_ ("The greatest loss has no known cause"),
    .evidence = vmm_evidence_new (),
    .cause = N_ ("nothing else in this result says why"),
    .remedy =
        N_ ("measure the host itself or another guest on it: what is as slow there is not this "
            "VM's fault"),
    .source = "vmm_monitor(1), THE SCORE",
    .sureness = VMM_SURE_POSSIBLE,
    .points = points,
  };
  vmm_tell_probes (finding->evidence, result, dearest);
  vmm_tell_times (finding->evidence, result, dearest);
  return finding;
}

static void
free_finding (gpointer data)
{
  VmmFinding *finding = data;

  g_ptr_array_unref (finding->evidence);
  g_free (finding);
}

GPtrArray *
vmm_advise (const VmmResult *result)
{
  GPtrArray        *findings = g_ptr_array_new_with_free_func (free_finding);
  guint             n;
  const VmmSymptom *symptoms = vmm_symptoms (&n);

  for (guint i = 0; i < n; i++) {
    VmmFinding *finding = find (result, &symptoms[i]);
    if (finding)
      g_ptr_array_add (findings, finding);
  }
  g_ptr_array_sort (findings, compare_findings);
  VmmFinding *unexplained = find_unexplained (result, get_most_points (findings));
  if (unexplained)
    g_ptr_array_insert (findings, 0, unexplained);
  return findings;
}

const char *
vmm_symptom_undo (const VmmResult *result, const VmmSymptom *symptom)
{
  const VmmRemedy *remedy = find_remedy (result, symptom);

  return remedy ? remedy->undo : NULL;
}

const char *
vmm_symptom_title (const char *id)
{
  guint             n;
  const VmmSymptom *symptoms = vmm_symptoms (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (symptoms[i].id, id) == 0)
      return symptoms[i].title;
  return NULL;
}

const char *
vmm_sureness_id (VmmSureness sureness)
{
  static const char *const ids[] = { NC_ ("sureness", "certain"), NC_ ("sureness", "likely"),
                                     NC_ ("sureness", "possible") };

  g_return_val_if_fail ((guint) sureness < G_N_ELEMENTS (ids), NULL);
  return ids[sureness];
}
