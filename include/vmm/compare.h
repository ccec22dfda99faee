/* SPDX-License-Identifier: MIT */
/* compare: whether one VMM serves better than another, how much, and how sure that is.
 *
 * Windows are compared on a logarithmic scale, where a difference is a ratio. With at least three
 * windows a side: Welch's t test on ln(score) and its 95 % interval. Tests of one level (total,
 * categories, probes) over all pairs of sides are corrected together by Holm's method, each
 * interval stated at the level its test was held to. With fewer windows the intervals of the
 * single windows are combined and the verdict is no more than indicative. Only clean and busy
 * windows with a total are used, each on one side; the others are counted and named. A side that has
 * none of them is left out, and the rest is compared. Plain values, no threads. */
#pragma once

#include "vmm/language.h"
#include "vmm/result.h"

#define VMM_COMPARE_MIN_WINDOWS 3
#define VMM_COMPARE_MAX_SIDES 32 /* of more groups only the first are compared; it says so */

/* A side before it is compared: the windows of one VMM, of one label, or a user's choice. */
typedef struct {
  char      *name;
  gboolean   is_quoted; /* the name is the user's own words: in a sentence it stands in quotes */
  GPtrArray *results;   /* of VmmResult *, a reference each */
} VmmGroup;

typedef enum { VMM_GROUP_BY_VMM, VMM_GROUP_BY_LABEL } VmmGroupBy;

/* A group of `results` (of VmmResult *) called `name`; and `results` as groups (of VmmGroup *,
 * freed with the array), named in that language, in the order of their first window. */
VmmGroup  *vmm_group_new (const char *name, VmmResult *const *results, guint n);
void       vmm_group_free (VmmGroup *group);
GPtrArray *vmm_group_by (const GPtrArray *results, VmmGroupBy by, VmmLanguage language);

typedef struct {
  char *name;
  char *letter;   /* "A", "B", "C" on all sides where names are long or the same, else NULL */
  char *called;   /* in sentences: the letter, or the name, which may be in quotes */
  guint windows;  /* used; with none it is left out */
  guint left_out; /* given, not fit for comparison */
  char *note;     /* "1 disturbed, 1 invalid", or NULL */
} VmmSide;

/* Something that should be the same on all sides. */
typedef struct {
  const char *name;        /* "CPU model" */
  char      **values;      /* one a side */
  gboolean    same;        /* the rest is worth telling only when it is not */
  char       *consequence; /* what cannot be compared because of it, or NULL: take note */
} VmmLikeness;

typedef enum {
  VMM_LEVEL_TOTAL,
  VMM_LEVEL_CATEGORY,
  VMM_LEVEL_PROBE,
} VmmLevel;

typedef enum {
  VMM_VERDICT_NONE,       /* nothing to compare */
  VMM_VERDICT_INDICATIVE, /* too few windows to decide */
  VMM_VERDICT_EQUAL,      /* no difference that these runs can show */
  VMM_VERDICT_DIFFERENT,
} VmmVerdict;

/* A side's value of one item: geometric mean over its windows and 95 % interval; NAN = none. */
typedef struct {
  guint  windows;
  double value, low, high;
  /* In ranks `rank` to `rank_to` of 1, 2, 3 ..., 0 = none. Two sides that have no rank in common are
   * different beyond doubt; two that share one are not told apart by it. */
  guint rank, rank_to;
} VmmSideValue;

/* Two sides in one item. Every ratio is better : worse, so `ratio` >= 1 > 0. */
typedef struct {
  guint      better, worse; /* numbers of the sides; as given when nothing is known */
  VmmVerdict verdict;
  double     ratio, low, high; /* NAN = unknown */
  double     p;                /* Holm-adjusted; NAN without a test */
  double     detectable;       /* ratio that would have been seen with 80 % power; NAN */
  char      *text;             /* the verdict in words, one sentence without full stop */
} VmmPair;

typedef struct {
  VmmLevel      level;
  const char   *id;       /* "total", "cpu", "compute" */
  const char   *title;    /* "Total", "CPU", "Fixed computation" */
  const char   *unit;     /* "" for scores */
  int           category; /* VmmCategory, -1 for the total */
  char         *reason;   /* why it is not compared, or NULL */
  guint         n_sides, n_pairs;
  VmmSideValue *sides; /* [n_sides] */
  VmmPair      *pairs; /* [n_pairs], every two sides */
} VmmItem;

/* All its texts are in one language. */
typedef struct {
  VmmLanguage language;
  guint       n_sides;
  guint       n_fit; /* sides that have windows: from two on they are compared */
  VmmSide    *sides;
  GPtrArray  *likeness; /* of VmmLikeness * */
  GPtrArray  *items;   /* of VmmItem *: total, categories, probes; most decisive first in a level */
  char       *verdict; /* the whole in one or two sentences */
} VmmComparison;

/* Compares two groups or more (of VmmGroup *), and says so in that language. Never NULL: what cannot be
 * compared says why. */
VmmComparison *vmm_compare (const GPtrArray *groups, VmmLanguage language);
void           vmm_comparison_free (VmmComparison *comparison); /* NULL is fine */

/* The item called `id` of a level, or NULL. */
const VmmItem *vmm_comparison_find (const VmmComparison *comparison, VmmLevel level,
                                    const char *id);

/* "none" "indicative" "equal" "different". Static storage. */
const char *vmm_verdict_id (VmmVerdict verdict);

/* Whether a pair's sentence is to be read beside its item: of two sides always, of more where it says
 * something that the values do not. */
gboolean vmm_pair_is_told (const VmmComparison *comparison, const VmmItem *item,
                           const VmmPair *pair);

/* The letter, or else the plain name: for headings and bars. */
const char *vmm_side_get_brief (const VmmSide *side);

/* What a side is, with its letter: "kvm: 3 windows", "A = before the update: 1 window; left out:
 * 2 disturbed". Free with g_free(). */
char *vmm_side_to_text (const VmmSide *side, VmmLanguage language);

/* Its values on the sides that are compared: "2 | 4". Free with g_free(). */
char *vmm_likeness_to_text (const VmmComparison *comparison, const VmmLikeness *likeness);

/* "101 µs (97.8 to 105)", "101 µs", "no value": all sides of an item in one unit. Free with g_free(). */
char *vmm_side_value_to_text (const VmmItem *item, guint side, VmmLanguage language);

/* For programs: of one that was made in VMM_ENGLISH. Free with g_free(). */
char *vmm_comparison_to_json (const VmmComparison *comparison);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmGroup, vmm_group_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmComparison, vmm_comparison_free)
