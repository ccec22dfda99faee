/* SPDX-License-Identifier: MIT */
/* random: numbers that need only look like chance, fast: where a batch goes, what a block holds. */
#include "random.h"

guint64
vmm_random (guint64 *state)
{
  *state ^= *state << 13;
  *state ^= *state >> 7;
  *state ^= *state << 17;
  return *state;
}
