/* SPDX-License-Identifier: MIT */
/* work_sort: records in the order of a comparator, which is called by its pointer. */
#include "work_pieces.h"

#include "random.h"

typedef int (*Comparator) (const void *a, const void *b);

/* Two keys, as most orders have them. */
static int
compare_records (const void *a, const void *b)
{
  const VmmWorkRecord *x = a, *y = b;

  if (x->group != y->group)
    return x->group < y->group ? -1 : 1;
  return x->key < y->key ? -1 : x->key > y->key;
}

/* Those before `middle` and those behind it are sorted. */
static void
merge (const VmmWorkRecord **records, const VmmWorkRecord **merged, guint middle, guint n,
       Comparator compare)
{
  guint a = 0, b = middle;

  for (guint i = 0; i < n; i++)
    merged[i] = b == n || (a < middle && compare (records[a], records[b]) <= 0) ? records[a++]
                                                                                : records[b++];
  for (guint i = 0; i < n; i++)
    records[i] = merged[i];
}

/* NOLINTBEGIN(misc-no-recursion): programs sort so, to a depth of ld n */
static void
sort (const VmmWorkRecord **records, const VmmWorkRecord **merged, guint n, Comparator compare)
{
  guint middle = n / 2;

  if (n < 2)
    return;
  sort (records, merged, middle, compare);
  sort (records + middle, merged, n - middle, compare);
  merge (records, merged, middle, n, compare);
}
/* NOLINTEND(misc-no-recursion) */

/* Nearly in order, as records come: chance alone would time branches that nobody can foretell. */
static void
begin (VmmWorkSorter *sorter)
{
  guint64 random = 13;

  for (guint i = 0; i < VMM_WORK_RECORDS; i++) {
    guint64 chance = vmm_random (&random);

    sorter->records[i].group = (chance & 31) ? i / 16 : (guint32) (chance >> 32) % 64;
    sorter->records[i].key = i;
    sorter->order[i] = &sorter->records[i];
  }
}

guint64
vmm_work_sort (VmmWorkSorter *sorter)
{
  volatile Comparator comparator = compare_records; /* so that no compiler takes it in */
  guint64             sum = 0;

  begin (sorter);
  sort (sorter->order, sorter->merged, VMM_WORK_RECORDS, comparator);
  for (guint i = 0; i < VMM_WORK_RECORDS; i++)
    sum = 31 * sum + sorter->order[i]->key;
  return sum;
}
