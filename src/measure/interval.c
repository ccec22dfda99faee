/* SPDX-License-Identifier: MIT */
/* interval: how far an estimate moves when other seconds of the same window are drawn. */
#include "estimate.h"

/* Replicates: enough for a standard deviation to 2 %, fewer for long windows, whose own spread is
 * small beside the one between windows and whose time is somebody's main loop. */
#define REPLICATES 1000
#define REPLICATES_MIN 30
#define ROWS_DRAWN 300000

#define N_MEMBERS (VMM_N_CATEGORIES + 1)

/* Mean and sum of squared differences of the values so far (Welford 1962). */
typedef struct {
  guint  n;
  double mean, squares;
} Moments;

static void
add (Moments *moments, double value)
{
  if (isnan (value))
    return;
  double before = value - moments->mean;
  moments->n++;
  moments->mean += before / moments->n;
  moments->squares += before * (value - moments->mean);
}

static double
get_sd (const Moments *moments)
{
  return moments->n > 1 ? sqrt (moments->squares / (moments->n - 1)) : NAN;
}

/* Draws whole blocks until there are `n` rows; the last one is cut off. */
static void
draw (guint *counts, guint n, guint block, GRand *random)
{
  for (guint i = 0; i < n; i++)
    counts[i] = 0;
  for (guint left = n; left > 0;) {
    guint length = MIN (block, left);
    guint first = (guint) g_rand_int_range (random, 0, (gint32) (n - block + 1));
    for (guint i = 0; i < length; i++)
      counts[first + i]++;
    left -= length;
  }
}

void
vmm_estimate_spread (VmmEstimate *ret_sd, const VmmEvidence *evidence, guint block, guint64 seed)
{
  g_return_if_fail (block >= 1 && block <= evidence->n);

  const guint32     seeds[] = { (guint32) seed, (guint32) (seed >> 32) };
  GRand            *random = g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
  g_autofree guint *counts = g_new (guint, evidence->n);
  Moments           moments[N_MEMBERS] = { { 0, 0, 0 } };
  guint             replicates = CLAMP (ROWS_DRAWN / evidence->n, REPLICATES_MIN, REPLICATES);

  for (guint k = 0; k < replicates; k++) {
    VmmEstimate estimate;
    draw (counts, evidence->n, block, random);
    vmm_estimate (&estimate, evidence, counts);
    for (int c = 0; c < VMM_N_CATEGORIES; c++)
      add (&moments[c], estimate.categories[c]);
    add (&moments[VMM_N_CATEGORIES], estimate.total);
  }
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    ret_sd->categories[c] = get_sd (&moments[c]);
  ret_sd->total = get_sd (&moments[VMM_N_CATEGORIES]);
  g_rand_free (random);
}
