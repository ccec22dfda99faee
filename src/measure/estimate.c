/* SPDX-License-Identifier: MIT */
/* estimate: medians over the seconds, weighted geometric means over probes and categories. */
#include "estimate.h"

/* What of the network's score is left at the limit of the loss. */
#define KEPT_MIN (1 / VMM_SCORE_RATIO_LIMIT)

/* A mean whose weights are renormalised over what is present. */
typedef struct {
  double sum, weight;
} Mean;

static void
add (Mean *mean, double value, double weight)
{
  if (isnan (value))
    return;
  mean->sum += weight * value;
  mean->weight += weight;
}

static double
get_mean (const Mean *mean)
{
  return mean->weight > 0 ? mean->sum / mean->weight : NAN;
}

/* The network answers for lost echoes with (1 - loss)^2. */
static double
get_loss_penalty (double percent)
{
  return isnan (percent) ? 0 : 2 * log (CLAMP (1 - percent / 100, KEPT_MIN, 1));
}

void
vmm_score_combine_probes (guint version, const double *probes, double loss,
                          double ret_categories[VMM_N_CATEGORIES])
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (version, &n);
  Mean               means[VMM_N_CATEGORIES] = { { 0, 0 } };

  for (guint i = 0; i < n; i++)
    add (&means[table[i].category], probes[i], table[i].weight);
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    ret_categories[c] = get_mean (&means[c]);
  ret_categories[VMM_CATEGORY_NETWORK] += get_loss_penalty (loss);
}

double
vmm_score_combine_categories (guint version, const double categories[VMM_N_CATEGORIES])
{
  Mean total = { 0, 0 };

  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    add (&total, categories[c], vmm_score_category_weight (version, c));
  return get_mean (&total);
}

/* The mean of the rows, in percent. */
static double
get_loss (const VmmEvidence *evidence, const guint *counts)
{
  Mean loss = { 0, 0 };
  for (guint i = 0; i < evidence->n; i++)
    if (vmm_absence (evidence->loss[i]) == VMM_PRESENT)
      add (&loss, evidence->loss[i], counts ? counts[i] : 1);
  return get_mean (&loss);
}

double
vmm_log_ratio (const VmmScoreRow *row, double value)
{
  /* Rows are floats: so the reference, rounded alike, scores 100 exactly. */
  double ratio = value / (float) row->reference;
  ratio = CLAMP (ratio, 1 / VMM_SCORE_RATIO_LIMIT, VMM_SCORE_RATIO_LIMIT);
  return row->more_is_better ? log (ratio) : -log (ratio);
}

void
vmm_estimate (VmmEstimate *ret_estimate, const VmmEvidence *evidence, const guint *counts)
{
  double probes[VMM_SCORE_MAX_PROBES];

  for (guint i = 0; i < G_N_ELEMENTS (probes); i++)
    probes[i] =
        evidence->columns[i].n > 0 ? vmm_column_median (&evidence->columns[i], counts) : NAN;
  vmm_score_combine_probes (VMM_SCORE_VERSION, probes, get_loss (evidence, counts),
                            ret_estimate->categories);
  ret_estimate->total = vmm_score_combine_categories (VMM_SCORE_VERSION, ret_estimate->categories);
}
