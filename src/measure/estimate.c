/* SPDX-License-Identifier: MIT */
/* estimate: medians over the seconds, weighted geometric means over probes and categories. */
#include "estimate.h"

/* What of the network's score is left at the limit of the loss. */
#define KEPT_MIN (1 / VMM_RATIO_LIMIT)

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

/* The network answers for lost echoes with (1 - loss)^2, loss being the mean of the rows. */
static double
get_loss_penalty (const VmmEvidence *evidence, const guint *counts)
{
  Mean loss = { 0, 0 };
  for (guint i = 0; i < evidence->n; i++)
    if (vmm_absence (evidence->loss[i]) == VMM_PRESENT)
      add (&loss, evidence->loss[i], counts ? counts[i] : 1);
  if (loss.weight == 0)
    return 0;
  return 2 * log (CLAMP (1 - get_mean (&loss) / 100, KEPT_MIN, 1));
}

double
vmm_log_ratio (const VmmScoreRow *row, double value)
{
  /* Rows are floats: so the reference, rounded alike, scores 100 exactly. */
  double ratio = value / (float) row->reference;
  ratio = CLAMP (ratio, 1 / VMM_RATIO_LIMIT, VMM_RATIO_LIMIT);
  return row->more_is_better ? log (ratio) : -log (ratio);
}

void
vmm_estimate (VmmEstimate *ret_estimate, const VmmEvidence *evidence, const guint *counts)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n);
  Mean               categories[VMM_N_CATEGORIES] = { { 0, 0 } }, total = { 0, 0 };

  for (guint i = 0; i < n; i++)
    if (evidence->columns[i].n > 0)
      add (&categories[table[i].category], vmm_column_median (&evidence->columns[i], counts),
           table[i].weight);
  for (int c = 0; c < VMM_N_CATEGORIES; c++) {
    double value = get_mean (&categories[c]);
    if (c == VMM_CATEGORY_NETWORK)
      value += get_loss_penalty (evidence, counts);
    ret_estimate->categories[c] = value;
    add (&total, value, vmm_score_category_weight (VMM_SCORE_VERSION, c));
  }
  ret_estimate->total = get_mean (&total);
}
