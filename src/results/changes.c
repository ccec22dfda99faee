/* SPDX-License-Identifier: MIT */
/* changes: the stretch whose ranks are farthest from those of the rest (Olshen's circular binary segmentation),
 * tested by permutation, and again in each part. */
#include "history_private.h"

#include <math.h>
#include <string.h>

#define MIN_SIDE 2
#define PERMUTATIONS 999
#define MIN_PERMUTATIONS 199
#define MAX_STEPS 6e6 /* of one test: of thousands of blocks, permutations are fewer */
#define SEED 20261128

/* A stretch of the series: twice the ranks, their mean taken off, so that all sums are whole and exact. */
typedef struct {
  const gint64 *ranks;
  const guint  *blocks;
  guint         n;
} Stretch;

typedef struct {
  gint64 sum;
  guint  n;
} Block;

typedef struct {
  const double *values; /* without NAN */
  const guint  *blocks;
  VmmChange    *found;
  guint         n_found;
  GRand        *chance;
} Search;

/* ---- Ranks */

static int
compare_at (gconstpointer a, gconstpointer b, gpointer values)
{
  double first = ((const double *) values)[*(const guint *) a];
  double second = ((const double *) values)[*(const guint *) b];

  return (first > second) - (first < second);
}

/* Values that are the same share the mean of their ranks. Free with g_free(). */
static gint64 *
rank (const double *values, guint n)
{
  gint64           *ranks = g_new (gint64, n + 1);
  g_autofree guint *order = g_new (guint, n + 1);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_at, (gpointer) values);
  for (guint first = 0, end; first < n; first = end) {
    for (end = first + 1; end < n && values[order[end]] == values[order[first]]; end++)
      ;
    for (guint i = first; i < end; i++)
      ranks[order[i]] = (gint64) first + end - n;
  }
  return ranks;
}

/* ---- The test */

/* How far `sum` of `n` ranks of `all` is from 0, in units of its scatter, squared. */
static double
weigh (gint64 sum, guint n, guint all)
{
  return (double) sum * (double) sum / ((double) n * (all - n));
}

/* Free with g_free(). */
static Block *
make_blocks (const Stretch *stretch, guint *ret_n)
{
  Block *blocks = g_new0 (Block, stretch->n + 1);
  guint  n = 0;

  for (guint i = 0; i < stretch->n; i++) {
    n += i == 0 || stretch->blocks[i] != stretch->blocks[i - 1];
    blocks[n - 1].sum += stretch->ranks[i];
    blocks[n - 1].n++;
  }
  *ret_n = n;
  return blocks;
}

/* Of all stretches of blocks, the one that differs most from the rest: its first block, and the one after it. Both
 * the stretch and what is left beside it are two blocks or more, or nothing. */
static double
find_largest (const Block *blocks, guint n, guint all, guint *ret_first, guint *ret_end)
{
  double largest = -1;

  for (guint first = 0; first + MIN_SIDE <= n; first += first ? 1 : MIN_SIDE) {
    gint64 sum = 0;
    guint  size = 0;
    for (guint end = first; end < n; end++) {
      sum += blocks[end].sum;
      size += blocks[end].n;
      guint rest = n - end - 1, length = end + 1 - first;
      if (length < MIN_SIDE || size == all || (rest && rest < MIN_SIDE))
        continue;
      double weight = weigh (sum, size, all);
      if (weight > largest) {
        largest = weight;
        *ret_first = first;
        *ret_end = end + 1;
      }
    }
  }
  return largest;
}

static void
shuffle (Block *blocks, guint n, GRand *chance)
{
  for (guint i = n - 1; i > 0; i--) {
    guint other = (guint) g_rand_int_range (chance, 0, (gint32) i + 1);
    Block kept = blocks[i];
    blocks[i] = blocks[other];
    blocks[other] = kept;
  }
}

/* The probability of a stretch that differs as much; beyond `level` just more than that: it is not looked at
 * longer. */
static double
test (const Block *blocks, guint n, guint all, double level, GRand *chance, guint *ret_first,
      guint *ret_end)
{
  g_autofree Block *moved = g_memdup2 (blocks, n * sizeof *blocks);
  double            largest = find_largest (blocks, n, all, ret_first, ret_end);
  guint times = (guint) CLAMP (MAX_STEPS / ((double) n * n / 2), MIN_PERMUTATIONS, PERMUTATIONS);
  guint as_large = 1, first = 0, end = 0;

  for (guint i = 0; i < times && as_large <= level * (times + 1); i++) {
    shuffle (moved, n, chance);
    as_large += find_largest (moved, n, all, &first, &end) >= largest;
  }
  return as_large / (times + 1.0);
}

/* How much the blocks before one place differ from the others; of all places the most. */
static double
find_most (const Block *blocks, guint n, guint all)
{
  double most = 0;
  gint64 sum = 0;
  guint  size = 0;

  for (guint i = 0; i + 1 < n; i++) {
    sum += blocks[i].sum;
    size += blocks[i].n;
    most = fmax (most, weigh (sum, size, all));
  }
  return most;
}

/* The probability of a place that differs as much as that after `n_before` blocks. */
static double
test_place (const Block *blocks, guint n, guint all, guint n_before, GRand *chance)
{
  g_autofree Block *moved = g_memdup2 (blocks, n * sizeof *blocks);
  guint             as_large = 1, size = 0;
  gint64            sum = 0;

  for (guint i = 0; i < n_before; i++) {
    sum += blocks[i].sum;
    size += blocks[i].n;
  }
  double found = weigh (sum, size, all);
  for (guint i = 0; i < PERMUTATIONS; i++) {
    shuffle (moved, n, chance);
    as_large += find_most (moved, n, all) >= found;
  }
  return as_large / (PERMUTATIONS + 1.0);
}

/* The value, in the two blocks around `place`, from which on the blocks up to `to` differ most from those since
 * `from`. */
static guint
refine (const Stretch *stretch, const Block *blocks, guint from, guint place, guint to)
{
  double largest = -1;
  gint64 mean = 0, sum = 0;
  guint  begin = 0, first = 0, size = 0, found = 0;

  for (guint i = 0; i < to; i++) {
    begin += i < from ? blocks[i].n : 0;
    first += i + 1 < place ? blocks[i].n : 0;
    mean += i >= from ? blocks[i].sum : 0;
    size += i >= from ? blocks[i].n : 0;
  }
  guint end = first + blocks[place - 1].n + blocks[place].n;
  for (guint i = begin; i + 1 < end; i++) {
    guint n = i + 1 - begin;
    sum += stretch->ranks[i];
    double off = fabs ((double) sum - (double) mean * n / size);
    double weight = n < size ? off / sqrt ((double) n * (size - n)) : 0;
    if (i >= first && weight > largest) {
      largest = weight;
      found = i + 1;
    }
  }
  return found;
}

/* ---- The search. NOLINTBEGIN(misc-no-recursion): each time the level is halved, down to what no test reaches */

static void
search (Search *all, guint first, guint end, double level)
{
  g_autofree gint64 *ranks = rank (all->values + first, end - first);
  const Stretch      stretch = { ranks, all->blocks + first, end - first };
  guint              n, from = 0, to = 0;
  g_autofree Block  *blocks = make_blocks (&stretch, &n);

  if (n < VMM_HISTORY_MIN_DAYS || all->n_found + 2 > VMM_CHANGES_MAX)
    return;
  double p = test (blocks, n, stretch.n, level, all->chance, &from, &to);
  if (p > level)
    return;
  guint left = from ? first + refine (&stretch, blocks, 0, from, to) : first;
  guint right = to < n ? first + refine (&stretch, blocks, from, to, n) : end;
  if (from)
    all->found[all->n_found++] = (VmmChange){ left, p };
  if (to < n)
    all->found[all->n_found++] = (VmmChange){ right, p };
  search (all, first, left, level / 2);
  search (all, left, right, level / 2);
  search (all, right, end, level / 2);
}

/* NOLINTEND(misc-no-recursion) */

/* The p of the change `i` alone, between its neighbours. */
static double
test_alone (const Search *all, guint i, guint n)
{
  guint              first = i ? all->found[i - 1].place : 0, place = all->found[i].place;
  guint              end = i + 1 < all->n_found ? all->found[i + 1].place : n;
  g_autofree gint64 *ranks = rank (all->values + first, end - first);
  const Stretch      before = { ranks, all->blocks + first, place - first };
  const Stretch      after = { ranks + (place - first), all->blocks + place, end - place };
  guint              n_before, n_after;
  g_autofree Block  *old = make_blocks (&before, &n_before), *new = make_blocks (&after, &n_after);
  g_autofree Block  *both = g_new (Block, n_before + n_after);

  memcpy (both, old, n_before * sizeof *both);
  memcpy (both + n_before, new, n_after * sizeof *both);
  return test_place (both, n_before + n_after, end - first, n_before, all->chance);
}

/* One end of a stretch may be there by chance: the least sure are dropped, until all that is left is sure. */
static void
prune (Search *all, guint n, double level)
{
  for (;;) {
    double most = level;
    guint  worst = all->n_found;
    for (guint i = 0; i < all->n_found; i++) {
      double p = test_alone (all, i, n);
      all->found[i].p = MAX (all->found[i].p, p);
      if (p > most) {
        most = p;
        worst = i;
      }
    }
    if (worst == all->n_found)
      return;
    all->n_found--;
    memmove (all->found + worst, all->found + worst + 1,
             (all->n_found - worst) * sizeof *all->found);
  }
}

static int
compare_changes (gconstpointer a, gconstpointer b, gpointer unused)
{
  guint first = ((const VmmChange *) a)->place, second = ((const VmmChange *) b)->place;

  return (first > second) - (first < second);
}

guint
vmm_changes_find (const double *values, const guint *blocks, guint n, double level,
                  VmmChange ret_changes[VMM_CHANGES_MAX])
{
  g_autofree double *present = g_new (double, n + 1);
  g_autofree guint  *numbers = g_new (guint, n + 1), *places = g_new (guint, n + 1);
  g_autoptr (GRand) chance = g_rand_new_with_seed (SEED);
  Search all = { present, numbers, ret_changes, 0, chance };
  guint  left = 0;

  for (guint i = 0; i < n; i++) {
    if (isnan (values[i]))
      continue;
    present[left] = values[i];
    numbers[left] = blocks[i];
    places[left++] = i;
  }
  search (&all, 0, left, level);
  g_qsort_with_data (ret_changes, (int) all.n_found, sizeof *ret_changes, compare_changes, NULL);
  prune (&all, left, level);
  for (guint i = 0; i < all.n_found; i++)
    ret_changes[i].place = places[ret_changes[i].place];
  return all.n_found;
}
