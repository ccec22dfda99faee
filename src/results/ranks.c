/* SPDX-License-Identifier: MIT */
/* ranks: which ranks the sides of an item share, by what its tests show and nothing else. */
#include "compare_private.h"

/* Sides are bits here, and each has the set of those that are better beyond doubt. */
G_STATIC_ASSERT (VMM_COMPARE_MAX_SIDES <= 32);

typedef struct {
  guint   n;
  guint   order[VMM_COMPARE_MAX_SIDES]; /* the sides that have a value, by how many are better */
  guint32 betters[VMM_COMPARE_MAX_SIDES];
} Field;

static guint
count_bits (guint32 set)
{
  guint n = 0;

  for (; set; set &= set - 1)
    n++;
  return n;
}

static int
compare_sides (gconstpointer a, gconstpointer b, gpointer data)
{
  const guint32 *betters = data;
  guint          first = count_bits (betters[*(const guint *) a]);
  guint          second = count_bits (betters[*(const guint *) b]);

  return (first > second) - (first < second);
}

static void
fill_field (Field *ret_field, const VmmItem *item)
{
  *ret_field = (Field){ 0 };
  for (guint i = 0; i < item->n_pairs; i++) {
    const VmmPair *pair = &item->pairs[i];
    if (pair->verdict == VMM_VERDICT_DIFFERENT)
      ret_field->betters[pair->worse] |= 1u << pair->better;
  }
  for (guint i = 0; i < item->n_sides; i++)
    if (item->sides[i].windows)
      ret_field->order[ret_field->n++] = i;
  g_qsort_with_data (ret_field->order, (int) ret_field->n, sizeof (guint), compare_sides,
                     ret_field->betters);
}

/* Then ranks say exactly what the tests show. */
static gboolean
are_nested (const Field *field)
{
  for (guint i = 0; i < field->n; i++)
    for (guint k = 0; k < i; k++) {
      guint32 a = field->betters[field->order[i]], b = field->betters[field->order[k]];
      if ((a & b) != a && (a & b) != b)
        return FALSE;
    }
  return TRUE;
}

/* Leaves of each set what larger ones have, too: less is said, nothing that is wrong. The largest stays whole,
 * and one that has nothing in common with those is given up alone: a side that nothing is sure of takes no
 * rank from the others. */
static void
make_nested (Field *field)
{
  guint32 common = G_MAXUINT32;

  for (guint i = field->n; i > 0; i--) {
    guint32 *own = &field->betters[field->order[i - 1]];
    *own &= common;
    common = *own ? *own : common;
  }
}

/* The different sets, of which each has all of the next smaller one, are the ranks. */
static guint
collect_ranks (const Field *field, guint32 *ret_sets)
{
  guint n = 0;

  for (guint i = 0; i < field->n; i++) {
    guint32  set = field->betters[field->order[i]];
    gboolean known = FALSE;
    for (guint k = 0; k < n; k++)
      known = known || ret_sets[k] == set;
    if (!known)
      ret_sets[n++] = set;
  }
  return n;
}

void
vmm_rank_sides (VmmItem *item)
{
  Field   field;
  guint32 sets[VMM_COMPARE_MAX_SIDES];

  if (item->barrier)
    return;
  fill_field (&field, item);
  if (!are_nested (&field))
    make_nested (&field);
  guint n = collect_ranks (&field, sets);
  for (guint i = 0; i < field.n; i++) {
    guint         side = field.order[i];
    guint32       own = field.betters[side];
    VmmSideValue *value = &item->sides[side];
    value->rank = 1;
    value->rank_to = 0;
    for (guint k = 0; k < n; k++) {
      value->rank += sets[k] != own && (sets[k] & own) == sets[k];
      value->rank_to += !(sets[k] & (1u << side));
    }
  }
}

gboolean
vmm_ranks_are_shared (const VmmSideValue *a, const VmmSideValue *b)
{
  return a->rank <= b->rank_to && b->rank <= a->rank_to;
}
