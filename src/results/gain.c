/* SPDX-License-Identifier: MIT */
/* gain: what the total would rise by without a symptom, and what it is where the symptom is felt. */
#include "advice_private.h"

#include <math.h>

static gboolean
is_scored (const VmmScoreProbe *probe)
{
  return probe->row->weight > 0 && probe->scored && isfinite (probe->ratio) && probe->ratio > 0;
}

/* The category's share of ln total: weights count among the categories that are there. */
static double
get_category_share (const VmmScore *score, VmmCategory category)
{
  double sum = 0;

  for (guint i = 0; i < VMM_N_CATEGORIES; i++)
    if (isfinite (score->categories[i].value))
      sum += vmm_score_category_weight (score->version, i);
  if (!isfinite (score->categories[category].value) || !(sum > 0))
    return 0;
  return vmm_score_category_weight (score->version, category) / sum;
}

static double
get_probe_share (const VmmScore *score, const VmmScoreRow *row)
{
  double sum = 0;

  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++)
    if (probe->row->category == row->category && is_scored (probe))
      sum += probe->row->weight;
  return get_category_share (score, row->category) * row->weight / sum;
}

double
vmm_gain_of_probe (const VmmScore *score, const VmmScoreProbe *probe)
{
  if (!is_scored (probe) || !(probe->ratio < 1))
    return 0;
  return -get_probe_share (score, probe->row) * log (probe->ratio);
}

/* ln of what the category would gain: it serves so much less in the share that is left to it. */
static double
get_taken (const VmmResult *result, const VmmSymptom *symptom)
{
  double percent = vmm_get_number (result, &symptom->limits[0]);

  return percent > 0 && percent < 100 ? -symptom->takes_times * log1p (-percent / 100) : 0;
}

double
vmm_gain_of_cure (const VmmResult *result, const VmmSymptom *symptom)
{
  const VmmScore *score = vmm_result_get_score (result);
  double          gain = 0;

  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++)
    if (vmm_has_word (symptom->slows, probe->row->name))
      gain += vmm_gain_of_probe (score, probe);
  if (symptom->takes_times > 0)
    gain += get_category_share (score, symptom->takes_from) * get_taken (result, symptom);
  return gain;
}

double
vmm_gain_served (const VmmResult *result, const VmmSymptom *symptom)
{
  const VmmScore *score = vmm_result_get_score (result);
  double          served = 0;
  guint           parts = 0;

  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++) {
    if (!vmm_has_word (symptom->slows, probe->row->name) || !is_scored (probe))
      continue;
    served += get_probe_share (score, probe->row) * log (probe->ratio);
    parts++;
  }
  if (symptom->takes_times > 0) {
    /* Without a value of the category it is NAN. */
    double value = score->categories[symptom->takes_from].value;
    served += get_category_share (score, symptom->takes_from) * log (value);
    parts++;
  }
  return parts ? served : NAN;
}

/* Whether a cure of the symptom changes what the scored probe says. */
static gboolean
is_felt (const VmmSymptom *symptom, const VmmScoreRow *row)
{
  return row->weight > 0 && (vmm_has_word (symptom->slows, row->name) ||
                             (symptom->takes_times > 0 && symptom->takes_from == row->category));
}

gboolean
vmm_gain_is_shared (guint version, const VmmSymptom *a, const VmmSymptom *b)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (version, &n);

  for (guint i = 0; i < n; i++)
    if (is_felt (a, &table[i]) && is_felt (b, &table[i]))
      return TRUE;
  return FALSE;
}

double
vmm_gain_points (double total, double gain)
{
  double points = total * expm1 (gain);

  return isfinite (points) ? points : NAN;
}
