/* SPDX-License-Identifier: MIT */
/* usual: a running median in half octaves, which needs no memory of the values. */
#include "usual.h"

#include <math.h>

#define LEAST 1e-3f   /* all below is one step */
#define FADES_AT 4096 /* values: then each counts half */

static guint
find_step (float value)
{
  return value <= LEAST ? 0 : MIN (USUAL_STEPS - 1, 1 + (guint) (2 * log2f (value / LEAST)));
}

static void
fade (Usual *usual)
{
  usual->n = 0;
  for (guint i = 0; i < USUAL_STEPS; i++)
    usual->n += usual->counts[i] /= 2;
}

void
usual_push (Usual *usual, float value)
{
  usual->counts[find_step (value)]++;
  if (++usual->n >= FADES_AT)
    fade (usual);
}

float
usual_get (const Usual *usual)
{
  guint below = 0, step = 0;

  if (usual->n == 0)
    return 0;
  while (2 * (below += usual->counts[step]) <= usual->n)
    step++;
  return step == 0 ? 0 : LEAST * exp2f (((float) step - 0.5f) / 2);
}
