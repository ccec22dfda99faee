/* SPDX-License-Identifier: MIT */
/* bursts: in which rounds of a window more than a round is asked for. */
#include "bursts.h"

#include "vmm/sources.h"

#define MAX_BURSTS 4
#define ROUNDS_A_BURST 5 /* the other probes lose no more than a fifth of theirs */

guint
vmm_probes_bursts (guint rounds)
{
  return MIN (MAX_BURSTS, rounds / ROUNDS_A_BURST);
}

gboolean
vmm_bursts_are_due (guint rounds, gint64 round, guint *done)
{
  guint n = vmm_probes_bursts (rounds), due = *done;

  while (due < n && round >= (gint64) (2 * due + 1) * rounds / ((gint64) 2 * n))
    due++;
  if (due == *done)
    return FALSE;
  *done = due;
  return TRUE;
}
