/* SPDX-License-Identifier: MIT */
/* said: whether what is said has changed, so that nobody makes the same sentences each second. */
#include "vmm/outlook.h"

#include <math.h>

#define LEVEL 0.1
#define SHARE (1.0 / 200)

/* Or neither is there. */
static gboolean
are_same (double a, double b, double step)
{
  return a == b || round (a / step) == round (b / step) || (!isfinite (a) && !isfinite (b));
}

/* The level is told where it is high, or has stopped. */
static gboolean
is_level_same (const VmmOutlookItem *a, const VmmOutlookItem *b)
{
  return (!a->is_nearly_full && a->why != VMM_OUTLOOK_STOPPED) ||
         are_same (a->level, b->level, LEVEL);
}

static gboolean
is_item_same (const VmmOutlookItem *a, const VmmOutlookItem *b)
{
  return a->why == b->why && a->is_nearly_full == b->is_nearly_full && a->seen == b->seen &&
         a->needed == b->needed && a->right == b->right && a->of == b->of &&
         are_same (a->when_s, b->when_s, 1) && are_same (a->low_s, b->low_s, 1) &&
         are_same (a->high_s, b->high_s, 1) && are_same (a->rate, b->rate, LEVEL) &&
         are_same (a->shortest_s, b->shortest_s, 1) && are_same (a->longest_s, b->longest_s, 1) &&
         is_level_same (a, b);
}

static gboolean
is_resource_same (const VmmHeadroomResource *a, const VmmHeadroomResource *b)
{
  return a->class == b->class && isfinite (a->multiple) == isfinite (b->multiple) &&
         are_same (a->capacity, b->capacity, SHARE * b->capacity) &&
         are_same (a->use, b->use, SHARE * b->capacity);
}

static gboolean
is_headroom_same (const VmmHeadroom *a, const VmmHeadroom *b)
{
  for (guint i = 0; i < VMM_N_RESOURCES; i++)
    if (!is_resource_same (&a->resources[i], &b->resources[i]))
      return FALSE;
  return a->why == b->why && a->first == b->first && a->second == b->second &&
         a->are_close == b->are_close && a->is_ratio == b->is_ratio && a->or_more == b->or_more &&
         a->seen == b->seen && a->needed == b->needed;
}

gboolean
vmm_outlook_is_same (const VmmOutlookState *a, const VmmOutlookState *b)
{
  for (guint i = 0; i < VMM_N_OUTLOOKS; i++)
    if (!is_item_same (&a->items[i], &b->items[i]))
      return FALSE;
  return is_headroom_same (&a->headroom, &b->headroom);
}
