/* SPDX-License-Identifier: MIT */
/* compare: whether one VMM serves better than another, how much, and how sure that is.
 *
 * Windows are compared on a logarithmic scale, where a difference is a ratio, as they lie in time:
 * those that were measured in turns block by block, a t test of the differences, which for few blocks
 * a test of all swaps must not contradict; sessions at different hours by their means, Welch's t test.
 * A difference between windows that were measured one after the other may be the host's drift: Welch's
 * test of these says what it says, and the verdict is no more than indicative. Tests of one level
 * (total, categories, probes) over all pairs of sides are corrected together by Holm's method, each
 * interval stated at the level its test was held to. With less than three of what is counted (blocks,
 * sessions, windows) a side, the intervals of the single windows are combined, and that is indicative
 * as well. Only clean and busy windows with a total are used, each on one side; the others are counted
 * and named. A side that has none of them is left out, and the rest is compared. Plain values, no
 * threads. */
#pragma once

#include "vmm/result.h"

#define VMM_COMPARE_MIN_WINDOWS 3
#define VMM_COMPARE_MIN_SESSIONS 3
#define VMM_COMPARE_MAX_SIDES 32 /* of more groups only the first are compared */

/* What the name of a side is. */
typedef enum {
  VMM_NAMED_AS_SAID,  /* in the user's words of now, or in a face's */
  VMM_NAMED_BY_VMM,   /* in English; empty never */
  VMM_NAMED_BY_LABEL, /* the user's words of then; "" = without one */
} VmmNaming;

/* A side before it is compared: the windows of one VMM, of one label, or a user's choice. */
typedef struct {
  char      *name;
  VmmNaming  naming;
  char      *vmm_id;  /* where another group has the same name, else NULL */
  GPtrArray *results; /* of VmmResult *, a reference each */
} VmmGroup;

typedef enum { VMM_GROUP_BY_VMM, VMM_GROUP_BY_LABEL } VmmGroupBy;

/* A group of `results` (of VmmResult *) called `name`, as said; and `results` as groups (of VmmGroup *,
 * freed with the array), in the order of their first window. */
VmmGroup  *vmm_group_new (const char *name, VmmResult *const *results, guint n);
void       vmm_group_free (VmmGroup *group);
GPtrArray *vmm_group_by (const GPtrArray *results, VmmGroupBy by);

/* Why a window is not compared. */
typedef enum {
  VMM_UNFIT_TWICE, /* it is on this side or on another before */
  VMM_UNFIT_NO_SCORE,
  VMM_UNFIT_DISTURBED,
  VMM_UNFIT_INVALID,
  VMM_N_UNFIT,
} VmmUnfit;

typedef struct {
  char      *name;
  VmmNaming  naming;
  char      *vmm_id;             /* as in its group */
  GPtrArray *results;            /* of VmmResult *: those that are compared, a reference each */
  guint      windows;            /* how many they are; with none it is left out */
  guint      left_out;           /* given, not fit for comparison */
  guint      unfit[VMM_N_UNFIT]; /* the same, by reason */
} VmmSide;

/* What should be the same on all sides. */
typedef enum {
  VMM_TRAIT_SCORE_VERSION,
  VMM_TRAIT_PROBES, /* those that a category is made of; one for each VmmCategory, from here on */
  VMM_TRAIT_PING_TARGET = VMM_TRAIT_PROBES + VMM_N_CATEGORIES,
  VMM_TRAIT_TIME, /* of measuring: no more than an hour between two sides */
  VMM_TRAIT_BURSTS,
  VMM_TRAIT_FACT, /* of the host */
  VMM_TRAIT_DURATION,
  VMM_TRAIT_INTERVAL,
  VMM_TRAIT_OWN_LOAD,
  VMM_TRAIT_PROGRAM,
  VMM_N_TRAITS,
} VmmTrait;

typedef struct {
  VmmTrait           trait;
  const VmmHostFact *fact; /* of VMM_TRAIT_FACT, else NULL */
  gboolean           same; /* the rest is worth telling only when it is not */
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

/* How the windows of two sides lie in time. */
typedef enum {
  VMM_DESIGN_MIXED,    /* none of the following */
  VMM_DESIGN_BLOCKS,   /* one side after the other */
  VMM_DESIGN_SESSIONS, /* each side in three sessions or more, with an hour and more between them */
  VMM_DESIGN_INTERLEAVED, /* in turns: three times or more one beside the other */
} VmmDesign;

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
  VmmVerdict tested; /* what the test alone says; VMM_VERDICT_NONE without one */
  VmmDesign  design;
  guint      units;            /* blocks, or sessions or windows of the side that has fewer */
  double     ratio, low, high; /* NAN = unknown */
  double     p;                /* Holm-adjusted; NAN without a test */
  double     detectable;       /* ratio that would have been seen with 80 % power; NAN */
} VmmPair;

/* Why an item is not compared. */
typedef enum {
  VMM_BARRIER_NONE, /* it is */
  VMM_BARRIER_UNLIKE,
  VMM_BARRIER_NO_VALUE,
} VmmBarrier;

typedef struct {
  VmmLevel           level;
  const char        *id;       /* "total", "cpu", "compute" */
  const VmmScoreRow *probe;    /* on the level of probes, else NULL */
  const char        *unit;     /* "" for scores */
  int                category; /* VmmCategory, -1 for the total */
  VmmBarrier         barrier;
  guint              barred_by; /* the likeness that is none, or the side without a value */
  guint              n_sides, n_pairs;
  VmmSideValue      *sides; /* [n_sides] */
  VmmPair           *pairs; /* [n_pairs], every two sides */
} VmmItem;

/* What came of what a cure was said to bring. */
typedef enum {
  VMM_OUTCOME_NONE,    /* nothing is measured, of too few windows, or of several findings at once */
  VMM_OUTCOME_LOSS,    /* the total is less without the finding */
  VMM_OUTCOME_NOTHING, /* no gain that these windows can show, and less than was said */
  VMM_OUTCOME_UNSURE,  /* it may be as said, and it may be nothing */
  VMM_OUTCOME_LESS,    /* a gain, and less than was said */
  VMM_OUTCOME_AS_SAID,
  VMM_OUTCOME_MORE,
} VmmOutcome;

/* A finding of one of the two sides that are compared, or of both: what its cure was said to bring, and what
 * the side without it has. One that a better explanation hides on the other side, or that is none under its
 * VMM, is not listed. */
typedef struct {
  const char *id, *symptom; /* as in VmmFinding; static storage */
  guint with, without; /* numbers of the sides; more than half of the windows of `with` have it */
  gboolean both;       /* half and more of the other's have it as well, and nothing is measured */
  gboolean shared;     /* another that one side alone has is felt in the same: measured is both */
  /* Points of the total, about, as a mean over all windows of `with`, and where both have it of the other;
   * NAN where nothing of the score hangs on the finding. */
  double said, said_without;
  /* By how many points the total of `with` would change if it were served as `without` is by what the finding
   * slows or takes from, whatever is the reason for that; and the 95 % interval by the test that the design
   * allows. One interval of its own, and no verdict. NAN = not measured: the totals are not compared, or a
   * value is missing; for the interval too few windows. */
  double     gained, low, high;
  VmmOutcome outcome;
  const char
      *undo; /* what takes the remedy back, where it may have been tried, for `without` is the same
                     * machine under the same VMM, later, and what was said did not come; else NULL */
} VmmCure;

typedef struct {
  guint      n_sides;
  guint      n_fit;   /* sides that have windows: from two on they are compared */
  guint      ignored; /* groups that were too many */
  VmmSide   *sides;
  GPtrArray *likeness; /* of VmmLikeness * */
  GPtrArray *items;    /* of VmmItem *: total, categories, probes; most decisive first in a level */
  GPtrArray *cures; /* of VmmCure *: most said points first; none before vmm_comparison_prove() */
} VmmComparison;

/* Compares two groups or more (of VmmGroup *). Never NULL: what cannot be compared has a barrier. What it
 * says is in vmm/account.h. */
VmmComparison *vmm_compare (const GPtrArray *groups);
void           vmm_comparison_free (VmmComparison *comparison); /* NULL is fine */

/* Fills the cures, where two sides are compared; for who shows them: each window is searched for findings. */
void vmm_comparison_prove (VmmComparison *comparison);

/* The item called `id` of a level, or NULL. */
const VmmItem *vmm_comparison_find (const VmmComparison *comparison, VmmLevel level,
                                    const char *id);

/* "none" "indicative" "equal" "different". Static storage. */
const char *vmm_verdict_id (VmmVerdict verdict);

/* "none" "loss" "nothing" "unsure" "less" "as-said" "more". Static storage. */
const char *vmm_outcome_id (VmmOutcome outcome);

/* "mixed" "blocks" "sessions" "interleaved". Static storage. */
const char *vmm_design_id (VmmDesign design);

/* Whether two sides are in one rank: not told apart by it. */
gboolean vmm_ranks_are_shared (const VmmSideValue *a, const VmmSideValue *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmGroup, vmm_group_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmComparison, vmm_comparison_free)
