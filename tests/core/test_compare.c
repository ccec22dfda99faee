/* SPDX-License-Identifier: MIT */
/* test_compare: equal is called equal, different different, and neither without grounds. */
#include "vmm/account.h"

#include <math.h>

#include "compare_private.h"
#include "made.h"

/* ---- Statistics */

/* Against another program: its own sums, and the tail of the distribution integrated numerically. */
static void
test_welch (void)
{
  static const double a[] = { 27.5, 21.0, 19.0, 23.6, 17.0, 17.9, 16.9, 20.1,
                              21.9, 22.6, 23.1, 19.6, 19.0, 21.7, 21.4 };
  static const double b[] = { 27.1, 22.0, 20.8, 23.4, 23.4, 23.5, 25.8, 22.0,
                              24.8, 20.2, 21.9, 22.1, 22.9, 30.5, 24.4 };
  VmmSample           sample_a, sample_b;
  VmmWelch            welch;

  vmm_sample_of (&sample_a, a, G_N_ELEMENTS (a));
  vmm_sample_of (&sample_b, b, G_N_ELEMENTS (b));
  vmm_welch (&welch, &sample_a, &sample_b);
  g_assert_cmpfloat_with_epsilon (sample_a.mean, 20.82, 1e-9);
  g_assert_cmpfloat_with_epsilon (sample_a.sd, 2.804893683, 1e-6);
  g_assert_cmpfloat_with_epsilon (welch.difference / welch.error, -2.852954870, 1e-6);
  g_assert_cmpfloat_with_epsilon (welch.df, 27.887303988, 1e-5);
  g_assert_cmpfloat_with_epsilon (welch.p, 0.00807193817, 1e-8);
}

static void
test_holm (void)
{
  static const double p[] = { 0.01, 0.04, NAN, 0.03, 0.005 };
  double              levels[5], adjusted[5];

  vmm_holm (p, 5, 0.05, levels, adjusted);
  g_assert_cmpfloat_with_epsilon (adjusted[4], 0.02, 1e-12);
  g_assert_cmpfloat_with_epsilon (adjusted[0], 0.03, 1e-12);
  g_assert_cmpfloat_with_epsilon (adjusted[3], 0.06, 1e-12);
  g_assert_cmpfloat_with_epsilon (adjusted[1], 0.06, 1e-12);
  g_assert_cmpfloat_with_epsilon (levels[4], 0.0125, 1e-12);
  g_assert_cmpfloat_with_epsilon (levels[0], 0.05 / 3, 1e-12);
  g_assert_cmpfloat_with_epsilon (levels[3], 0.025, 1e-12);
  g_assert_cmpfloat_with_epsilon (levels[1], 0.025, 1e-12); /* held where the first one failed */
  g_assert_true (isnan (levels[2]) && isnan (adjusted[2]));
}

static double
draw_normal (GRand *random)
{
  return sqrt (-2 * log (1 - g_rand_double (random))) * cos (2 * G_PI * g_rand_double (random));
}

/* Of many pairs of equal groups at most 5 % may be called different, and nearly as many
 * intervals as promised hold the truth; a difference of the size said to be detectable is found
 * four times out of five. */
static void
test_error_rates (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);
  const guint rounds = 4000;
  guint       false_alarms = 0, found = 0;

  for (guint i = 0; i < rounds; i++) {
    const double truth = 0.25, sd = 0.05; /* the truth: many standard errors away */
    double       a[5], b[5];
    VmmSample    sample_a, sample_b;
    VmmWelch     welch;

    for (guint k = 0; k < 5; k++) {
      a[k] = sd * draw_normal (random);
      b[k] = sd * draw_normal (random);
    }
    vmm_sample_of (&sample_a, a, 3);
    vmm_sample_of (&sample_b, b, 3);
    vmm_welch (&welch, &sample_a, &sample_b);
    false_alarms += welch.p < 0.05;
    sample_a.mean += truth;
    vmm_welch (&welch, &sample_a, &sample_b);
    found += welch.p < 0.05;
  }
  g_assert_cmpfloat ((double) false_alarms / rounds, <=, 0.055);
  g_assert_cmpfloat ((double) found / rounds, >=, 0.8);
}

/* ---- Verdicts */

#define INVALID                                                                                    \
  "window/quality", "\"invalid\"", "score/total", "null", "score/low", "null", "score/high", "null"

#define DAY (24 * 60u) /* minutes */

/* A window that begins at `minute` and in which each probe serves as `score` says, total and categories
 * with it: a mapping takes 50000 / score us. */
static VmmResult *
make_window (const char *vmm_id, double score, guint minute)
{
  g_autofree char   *created = g_strdup_printf ("\"2026-05-%02uT%02u:%02u:05Z\"", 1 + minute / DAY,
                                                minute / 60 % 24, minute % 60);
  g_autofree char   *low = g_strdup_printf ("%.6f", score * 0.9);
  g_autofree char   *high = g_strdup_printf ("%.6f", score / 0.9);
  float              row[VMM_N_CHANNELS];
  guint              n;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n);

  made_fill (row);
  for (guint i = 0; i < n && table[i].weight > 0; i++)
    row[table[i].channel] *= (float) (table[i].more_is_better ? score / 100 : 100 / score);
  VmmResult *result = made_result (vmm_id, vmm_id, row);
#define LIMITS(of) of "/low", low, of "/high", high
  made_change (&result, "created", created, LIMITS ("score"), LIMITS ("score/categories/cpu"),
               LIMITS ("score/categories/memory"), LIMITS ("score/categories/disk"),
               LIMITS ("score/categories/network"), NULL);
#undef LIMITS
  return result;
}

/* A side of `n` windows that begin at those minutes. */
static VmmGroup *
make_timed (const char *vmm_id, const double *scores, const guint *minutes, guint n)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (results, make_window (vmm_id, scores[i], minutes[i]));
  return vmm_group_new (vmm_id, (VmmResult *const *) results->pdata, n);
}

/* One a day, and each group at a time of its own: every window is a session. */
static VmmGroup *
make_group (const char *vmm_id, const double *scores, guint n)
{
  static guint groups;
  guint        minutes[8], first = groups++ * 31 % DAY;

  for (guint i = 0; i < n; i++)
    minutes[i] = first + i * DAY;
  return make_timed (vmm_id, scores, minutes, n);
}

static VmmComparison *
compare (VmmGroup *first, ...)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);
  va_list rest;

  va_start (rest, first);
  for (VmmGroup *group = first; group; group = va_arg (rest, VmmGroup *))
    g_ptr_array_add (groups, group);
  va_end (rest);
  return vmm_compare (groups);
}

/* What is said of it in English: a text that lives as long as the test. */
static const char *
keep (char *text)
{
  const char *kept = g_intern_string (text);

  g_free (text);
  return kept;
}

static const char *
say_verdict (const VmmComparison *comparison, VmmLanguage language)
{
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, language);

  return keep (vmm_account_verdict (account));
}

static const char *
say_pair (const VmmComparison *comparison, const VmmItem *item)
{
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);

  return keep (vmm_account_pair (account, item, &item->pairs[0]));
}

static const char *
say_trait (const VmmComparison *comparison, const VmmLikeness *likeness, guint side)
{
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);

  return keep (vmm_account_trait_of (account, likeness, side));
}

static const VmmItem *
get_total (const VmmComparison *comparison)
{
  return vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total");
}

static void
test_different (void)
{
  static const double fast[] = { 112, 113, 111 }, slow[] = { 100, 101, 99 };
  g_autoptr (VmmComparison) comparison =
      compare (make_group ("virtualbox", slow, 3), make_group ("vmware", fast, 3), NULL);
  const VmmItem *total = get_total (comparison);
  const VmmPair *pair = &total->pairs[0];
  const VmmItem *map = vmm_comparison_find (comparison, VMM_LEVEL_PROBE, "map");

  g_assert_cmpint (pair->verdict, ==, VMM_VERDICT_DIFFERENT);
  g_assert_cmpuint (pair->better, ==, 1);
  g_assert_cmpfloat_with_epsilon (pair->ratio, 1.12, 0.001);
  g_assert_true (1.08 < pair->low && pair->low < 1.12 && pair->high < 1.16);
  g_assert_cmpfloat (pair->p, <, 0.001);
  g_assert_cmpuint (total->sides[1].rank, ==, 1);
  g_assert_cmpuint (total->sides[0].rank, ==, 2);
  g_assert_true (g_str_has_prefix (say_verdict (comparison, VMM_ENGLISH),
                                   "vmware serves this guest 12 % better than virtualbox, 95 % "
                                   "interval 1"));
  /* Less is better there, and is shown as it was measured. */
  g_assert_cmpfloat_with_epsilon (map->sides[0].value, 500, 2);
  g_assert_cmpuint (map->pairs[0].better, ==, 1);
  g_assert_cmpint (map->pairs[0].verdict, ==, VMM_VERDICT_DIFFERENT);
  g_assert_true (map->sides[0].low < map->sides[0].value);
  g_assert_true (map->sides[0].value < map->sides[0].high);
}

static void
test_times (void)
{
  static const double fast[] = { 100, 101, 99 }, slow[] = { 13, 13.1, 12.9 };
  g_autoptr (VmmComparison) comparison =
      compare (make_group ("kvm", fast, 3), make_group ("qemu", slow, 3), NULL);

  g_assert_true (g_str_has_prefix (say_verdict (comparison, VMM_ENGLISH),
                                   "kvm serves this guest 7.7 times as well as qemu, 95 % "
                                   "interval 7."));
}

static void
test_equal (void)
{
  static const double a[] = { 100, 104, 97 }, b[] = { 101, 96, 103 };
  g_autoptr (VmmComparison) comparison =
      compare (make_group ("kvm", a, 3), make_group ("xen", b, 3), NULL);
  const VmmPair *pair = &get_total (comparison)->pairs[0];

  g_assert_cmpint (pair->verdict, ==, VMM_VERDICT_EQUAL);
  g_assert_true (pair->low < 1 && 1 < pair->high);
  g_assert_true (1.08 < pair->detectable && pair->detectable < 1.2);
  g_assert_nonnull (
      strstr (say_verdict (comparison, VMM_ENGLISH),
              "between kvm and xen no difference that these runs can show; a difference of 11 "));
  g_assert_nonnull (strstr (say_verdict (comparison, VMM_ENGLISH), " % would have been seen"));
  g_assert_cmpuint (get_total (comparison)->sides[0].rank, ==, 1);
  g_assert_cmpuint (get_total (comparison)->sides[1].rank, ==, 1);
}

static void
test_indicative (void)
{
  static const double a[] = { 120, 118, 122 }, b[] = { 100 };
  g_autoptr (VmmComparison) comparison =
      compare (make_group ("kvm", a, 3), make_group ("xen", b, 1), NULL);
  const VmmPair *pair = &get_total (comparison)->pairs[0];
  const VmmItem *map = vmm_comparison_find (comparison, VMM_LEVEL_PROBE, "map");

  g_assert_cmpint (pair->verdict, ==, VMM_VERDICT_INDICATIVE);
  g_assert_true (isnan (pair->p) && isnan (pair->detectable));
  /* ln 1/0.9 for one window, the third part of its square for three. */
  g_assert_cmpfloat_with_epsilon (pair->high / pair->ratio,
                                  exp (log (1 / 0.9) * sqrt (1 + 1.0 / 3)), 1e-3);
  g_assert_cmpstr (say_verdict (comparison, VMM_ENGLISH), ==,
                   say_pair (comparison, get_total (comparison)));
  g_assert_true (g_str_has_prefix (say_pair (comparison, get_total (comparison)),
                                   "indicative: kvm serves this guest 20 % better "));
  g_assert_true (g_str_has_suffix (say_pair (comparison, get_total (comparison)),
                                   "; a verdict needs 2 more measurements of xen"));
  g_assert_true (isnan (map->pairs[0].low)); /* one window says nothing of its probes' spread */
  g_assert_cmpfloat_with_epsilon (map->pairs[0].ratio, 1.2, 0.01);
}

/* On a screen a minus is as long as on the axes; for programs it stays ASCII. */
static void
test_minus (void)
{
  static const double      a[] = { 103 }, b[] = { 100 };
  static const char *const signs[] = { [VMM_ENGLISH] = " interval -", [VMM_LOCAL] = " interval −" };
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);

  g_ptr_array_add (groups, make_group ("kvm", a, 1));
  g_ptr_array_add (groups, make_group ("xen", b, 1));
  for (VmmLanguage language = VMM_ENGLISH; language <= VMM_LOCAL; language++) {
    g_autoptr (VmmComparison) comparison = vmm_compare (groups);
    g_assert_nonnull (strstr (say_verdict (comparison, language), signs[language]));
  }
}

static void
test_same_numbers (void)
{
  static const double a[] = { 100, 100, 100 };
  g_autoptr (VmmComparison) comparison =
      compare (make_group ("kvm", a, 3), make_group ("xen", a, 3), NULL);

  g_assert_cmpint (get_total (comparison)->pairs[0].verdict, ==, VMM_VERDICT_EQUAL);
  g_assert_cmpfloat_with_epsilon (get_total (comparison)->pairs[0].p, 1, 1e-9);
  g_assert_cmpstr (say_verdict (comparison, VMM_ENGLISH), ==,
                   "between kvm and xen no difference that these runs can show");
  /* Too few windows to say so, and no "0.0 % better". */
  g_autoptr (VmmComparison) few =
      compare (make_group ("kvm", a, 1), make_group ("xen", a, 1), NULL);
  g_assert_true (g_str_has_prefix (say_verdict (few, VMM_ENGLISH),
                                   "indicative: between kvm and xen no difference; a verdict "));
  g_assert_cmpstr (say_pair (few, vmm_comparison_find (few, VMM_LEVEL_PROBE, "map")), ==,
                   "indicative: no difference");
}

/* What a guest does with a GPU and which watts it is told of: neither is served well or badly. */
static void
test_unjudged (void)
{
  static const VmmChannelId unjudged[] = {
    VMM_CHANNEL_GPU_BUSY,       VMM_CHANNEL_GPU_MEMORY,     VMM_CHANNEL_GPU_POWER,
    VMM_CHANNEL_ENERGY_GUEST,   VMM_CHANNEL_ENERGY_PACKAGE, VMM_CHANNEL_ENERGY_MEMORY,
    VMM_CHANNEL_ENERGY_MACHINE,
  };
  static const char *const vmms[] = { "kvm", "xen" };
  VmmGroup                *groups[2];

  for (guint side = 0; side < 2; side++) {
    VmmResult *windows[3];
    float      row[VMM_N_CHANNELS];

    made_fill (row);
    for (guint i = 0; i < G_N_ELEMENTS (unjudged); i++)
      row[unjudged[i]] = side == 0 ? 2 : 95;
    for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
      windows[i] = made_result (vmms[side], vmms[side], row);
    g_assert_cmpfloat (vmm_result_get_summary (windows[0], unjudged[2])->mean, ==,
                       side == 0 ? 2 : 95);
    groups[side] = vmm_group_new (vmms[side], windows, G_N_ELEMENTS (windows));
    for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
      vmm_result_unref (windows[i]);
  }
  g_autoptr (VmmComparison) comparison = compare (groups[0], groups[1], NULL);

  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    for (guint k = 0; k < G_N_ELEMENTS (unjudged); k++)
      g_assert_true (!item->probe || item->probe->channel != unjudged[k]);
    g_assert_cmpint (item->pairs[0].verdict, !=, VMM_VERDICT_DIFFERENT);
  }
  g_assert_cmpfloat_with_epsilon (get_total (comparison)->pairs[0].p, 1, 1e-9);
}

static void
test_ranking (void)
{
  static const double first[] = { 130, 131, 129 }, second[] = { 100, 103, 98 };
  static const double same[] = { 101, 97, 102 }, last[] = { 13, 13.4, 12.8 };
  g_autoptr (VmmComparison) comparison =
      compare (make_group ("xen", second, 3), make_group ("kvm", first, 3),
               make_group ("qemu", last, 3), make_group ("vmware", same, 3), NULL);
  const VmmItem *total = get_total (comparison);

  g_assert_cmpuint (total->n_pairs, ==, 6);
  g_assert_cmpuint (total->sides[0].rank, ==, 2);
  g_assert_cmpuint (total->sides[1].rank, ==, 1);
  g_assert_cmpuint (total->sides[2].rank, ==, 3);
  g_assert_cmpuint (total->sides[3].rank, ==, 2);
  g_assert_true (g_str_has_prefix (say_verdict (comparison, VMM_ENGLISH), "ranking: 1. kvm 130 ("));
  g_assert_nonnull (strstr (say_verdict (comparison, VMM_ENGLISH), "), 2. xen 100 ("));
  g_assert_nonnull (strstr (say_verdict (comparison, VMM_ENGLISH), "), 2. vmware 100 ("));
  g_assert_nonnull (strstr (say_verdict (comparison, VMM_ENGLISH), "), 3. qemu 13.1 ("));
  g_assert_true (g_str_has_suffix (say_verdict (comparison, VMM_ENGLISH),
                                   "no difference that these runs can show"));
}

/* Where no rank can say it, some sides are different all the same: it is not said that none is. */
static void
test_unsaid_ranks (void)
{
  static const double high[] = { 160, 186, 137.5 }, fine[] = { 110, 110.2, 109.8 };
  static const double fair[] = { 100, 100.2, 99.8 }, low[] = { 69, 80.2, 59.4 };
  static const double any[] = { 20, 60, 180 };
  g_autoptr (VmmComparison) comparison = compare (
      make_group ("kvm", high, 3), make_group ("xen", fine, 3), make_group ("vmware", fair, 3),
      make_group ("qemu", low, 3), make_group ("hyperv", any, 3), NULL);
  const VmmPair *pairs = get_total (comparison)->pairs;

  g_assert_cmpint (pairs[2].verdict, ==, VMM_VERDICT_DIFFERENT); /* kvm, qemu */
  g_assert_cmpint (pairs[4].verdict, ==, VMM_VERDICT_DIFFERENT); /* xen, vmware */
  g_assert_cmpint (pairs[5].verdict, ==, VMM_VERDICT_EQUAL);     /* xen, qemu */
  g_assert_true (g_str_has_prefix (say_verdict (comparison, VMM_ENGLISH), "ranking: 1. "));
  g_assert_true (g_str_has_suffix (say_verdict (comparison, VMM_ENGLISH),
                                   "are told apart only where a pair is said to be better"));
}

/* What is between two that are different, and not told apart from either, is in the ranks of both. */
static void
test_shared_ranks (void)
{
  static const double high[] = { 112, 111, 113 }, mid[] = { 106, 101, 111 };
  static const double low[] = { 100, 99, 101 };
  g_autoptr (VmmComparison) comparison = compare (
      make_group ("low", low, 3), make_group ("mid", mid, 3), make_group ("high", high, 3), NULL);
  const VmmItem      *total = get_total (comparison);
  const VmmSideValue *sides = total->sides;

  for (guint i = 0; i < total->n_pairs; i++) {
    const VmmPair *pair = &total->pairs[i];
    g_assert_cmpint (pair->verdict == VMM_VERDICT_DIFFERENT, ==,
                     !vmm_ranks_are_shared (&sides[pair->better], &sides[pair->worse]));
  }
  g_assert_cmpuint (sides[2].rank, ==, 1);
  g_assert_cmpuint (sides[2].rank_to, ==, 1);
  g_assert_cmpuint (sides[1].rank, ==, 1);
  g_assert_cmpuint (sides[1].rank_to, ==, 2);
  g_assert_cmpuint (sides[0].rank, ==, 2);
  g_assert_cmpuint (sides[0].rank_to, ==, 2);
  g_assert_true (
      g_str_has_prefix (say_verdict (comparison, VMM_ENGLISH), "ranking: 1. high 112 ("));
  g_assert_nonnull (strstr (say_verdict (comparison, VMM_ENGLISH), "), 1.–2. mid 106 ("));
  g_assert_nonnull (strstr (say_verdict (comparison, VMM_ENGLISH), "), 2. low 100 ("));
  g_assert_true (g_str_has_suffix (
      say_verdict (comparison, VMM_ENGLISH),
      "; between sides that share a rank no difference that these runs can show"));
}

/* An item of `n` sides of which the first is the best; `different` are pairs of digits. */
static void
check_ranks (guint n, const char *different, const char *expected)
{
  VmmSideValue sides[8] = { 0 };
  VmmPair      pairs[28];
  VmmItem      item = { .n_sides = n, .sides = sides, .pairs = pairs };
  g_autoptr (GString) ranks = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    sides[i].windows = 3;
    for (guint k = i + 1; k < n; k++)
      pairs[item.n_pairs++] = (VmmPair){ i, k, VMM_VERDICT_EQUAL, .ratio = 1.1 };
  }
  for (const char *at = different; *at; at += 2)
    for (guint i = 0; i < item.n_pairs; i++)
      if (pairs[i].better == (guint) (at[0] - '0') && pairs[i].worse == (guint) (at[1] - '0'))
        pairs[i].verdict = VMM_VERDICT_DIFFERENT;
  vmm_rank_sides (&item);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (ranks, " %u-%u", sides[i].rank, sides[i].rank_to);
  g_assert_cmpstr (ranks->str, ==, expected);
  for (guint i = 0; i < item.n_pairs; i++)
    if (!vmm_ranks_are_shared (&sides[pairs[i].better], &sides[pairs[i].worse]))
      g_assert_cmpint (pairs[i].verdict, ==, VMM_VERDICT_DIFFERENT);
}

/* Ranks that have nothing in common are a difference that was shown, whatever was; none is left out. */
static void
test_ranks (void)
{
  check_ranks (3, "", " 1-1 1-1 1-1");
  check_ranks (3, "010212", " 1-1 2-2 3-3");
  check_ranks (3, "0102", " 1-1 2-2 2-2");
  check_ranks (3, "02", " 1-1 1-2 2-2");
  check_ranks (3, "01", " 1-1 2-2 1-2"); /* the last is the least sure */
  check_ranks (4, "02031213", " 1-1 1-1 2-2 2-2");
  check_ranks (4, "020313", " 1-1 1-2 2-3 3-3");
  check_ranks (5, "0203041314", " 1-1 1-2 2-3 3-3 3-3");
  check_ranks (4, "0213", " 1-2 1-1 1-2 2-2");     /* no ranks can say both */
  check_ranks (4, "02031323", " 1-1 1-2 2-2 3-3"); /* 1 and 2 are alike, and 3 is below both */
  check_ranks (3, "0112", " 1-2 1-1 2-2");
  check_ranks (5, "0213", " 1-2 1-1 1-2 2-2 1-2"); /* nothing is sure of the last */
  check_ranks (5, "02031314",
               " 1-2 1-1 1-3 3-3 2-3"); /* 3 is below both, 4 below the second alone */
}

/* One of eleven equal sides that looks different by chance alone is not believed. */
static void
test_many_sides (void)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);
  static const double usual[] = { 100, 103, 97 }, lucky[] = { 108, 110, 106 };

  for (guint i = 0; i < 40; i++)
    g_ptr_array_add (groups, make_group ("kvm", i == 7 ? lucky : usual, 3));
  g_autoptr (VmmComparison) comparison = vmm_compare (groups);
  g_assert_cmpuint (comparison->n_sides, ==, VMM_COMPARE_MAX_SIDES);
  for (guint i = 0; i < get_total (comparison)->n_pairs; i++)
    g_assert_cmpint (get_total (comparison)->pairs[i].verdict, ==, VMM_VERDICT_EQUAL);
  g_assert_true (
      g_str_has_suffix (say_verdict (comparison, VMM_ENGLISH), "; 8 more sides were left out"));
  /* Two of them alone are different. */
  g_autoptr (VmmComparison) two =
      compare (make_group ("kvm", lucky, 3), make_group ("xen", usual, 3), NULL);
  g_assert_cmpint (get_total (two)->pairs[0].verdict, ==, VMM_VERDICT_DIFFERENT);
}

/* ---- Designs */

#define MAX_TIMED 12

/* Windows of A and B as the letters stand there, a minute each; "." is a pause of a quarter of an hour, and "|" one
 * of two hours. Both are at their usual 100 and 110, and each a little different. */
static VmmComparison *
compare_course (const char *course)
{
  static const double noise[] = { 0, 1, -1, 0.5, -0.5, 0.8, -0.7, 0.3, -0.2, 0.6, -0.9, 0.1 };
  double              scores[2][MAX_TIMED];
  guint               minutes[2][MAX_TIMED], n[2] = { 0, 0 }, minute = 0;

  for (const char *at = course; *at; at++) {
    guint side = *at == 'B';
    if (*at == 'A' || *at == 'B') {
      scores[side][n[side]] = (side ? 110 : 100) + noise[n[side]] * (side ? 0.9 : 1.1);
      minutes[side][n[side]++] = minute++;
    } else {
      minute += *at == '|' ? 120 : 15;
    }
  }
  return compare (make_timed ("kvm", scores[0], minutes[0], n[0]),
                  make_timed ("xen", scores[1], minutes[1], n[1]), NULL);
}

static void
test_designs (void)
{
  static const struct {
    const char *course;
    VmmDesign   design;
    guint       units;
    VmmVerdict  verdict;
  } cases[] = {
    { "AAABBB", VMM_DESIGN_BLOCKS, 3, VMM_VERDICT_INDICATIVE },
    { "AAA.BBBB", VMM_DESIGN_BLOCKS, 3, VMM_VERDICT_INDICATIVE },
    { "BBB|AAA", VMM_DESIGN_BLOCKS, 3, VMM_VERDICT_INDICATIVE },
    { "ABABAB", VMM_DESIGN_INTERLEAVED, 3, VMM_VERDICT_DIFFERENT },
    { "ABBAAB", VMM_DESIGN_INTERLEAVED, 3, VMM_VERDICT_DIFFERENT },
    { "ABBAABBA", VMM_DESIGN_INTERLEAVED, 4, VMM_VERDICT_DIFFERENT },
    { "ABABABA", VMM_DESIGN_INTERLEAVED, 3, VMM_VERDICT_DIFFERENT },
    { "ABBA.ABBA", VMM_DESIGN_INTERLEAVED, 4, VMM_VERDICT_DIFFERENT },
    { "AAABBB|AAABBB|BBBAAA", VMM_DESIGN_INTERLEAVED, 3, VMM_VERDICT_DIFFERENT },
    { "ABBA", VMM_DESIGN_MIXED, 0, VMM_VERDICT_INDICATIVE }, /* two windows a side */
    { "AABBAB", VMM_DESIGN_MIXED, 3, VMM_VERDICT_INDICATIVE },
    { "AAABBB|AAABBB", VMM_DESIGN_MIXED, 6, VMM_VERDICT_INDICATIVE },
    { "AA.BB.AA.BB.AA.BB", VMM_DESIGN_MIXED, 6, VMM_VERDICT_INDICATIVE }, /* not side by side */
    { "A|A|A|B|B|B", VMM_DESIGN_SESSIONS, 3, VMM_VERDICT_DIFFERENT },
    { "AA|A|AA|BBB|B|B|B", VMM_DESIGN_SESSIONS, 3, VMM_VERDICT_DIFFERENT },
    { "AB|A|A|A|B|B", VMM_DESIGN_SESSIONS, 3, VMM_VERDICT_DIFFERENT },
    { "A|A|A|BBB", VMM_DESIGN_BLOCKS, 3, VMM_VERDICT_INDICATIVE },
    { "A|A|BB|A|BB", VMM_DESIGN_MIXED, 3, VMM_VERDICT_INDICATIVE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (VmmComparison) comparison = compare_course (cases[i].course);
    const VmmPair *pair = &get_total (comparison)->pairs[0];
    g_test_message ("%s: %s, %u", cases[i].course, vmm_design_id (pair->design), pair->units);
    g_assert_cmpint (pair->design, ==, cases[i].design);
    g_assert_cmpint (pair->verdict, ==, cases[i].verdict);
    g_assert_cmpint (pair->tested, ==, cases[i].units ? VMM_VERDICT_DIFFERENT : VMM_VERDICT_NONE);
    if (cases[i].units)
      g_assert_cmpuint (pair->units, ==, cases[i].units);
    g_assert_cmpuint (pair->better, ==, 1);
    g_assert_cmpfloat_with_epsilon (pair->ratio, 1.1, 0.02);
  }
}

/* What was measured one after the other is told, and what would make it a verdict. */
static void
test_reserve (void)
{
  g_autoptr (VmmComparison) blocks = compare_course ("AAABBB");
  g_autoptr (VmmComparison) mixed = compare_course ("AABBAB");
  g_autoptr (VmmComparison) turns = compare_course ("ABBAAB");
  g_autoptr (VmmComparison) sessions = compare_course ("A|A|A|B|B|B");
  g_autoptr (VmmAccount) of_blocks = vmm_account_new (blocks, VMM_ENGLISH);
  g_autoptr (VmmAccount) of_turns = vmm_account_new (turns, VMM_ENGLISH);
  g_autoptr (VmmAccount) of_sessions = vmm_account_new (sessions, VMM_ENGLISH);
  const char *said = say_verdict (blocks, VMM_ENGLISH);

  g_assert_true (g_str_has_prefix (said, "indicative: xen serves this guest 10 % better than kvm, "
                                         "95 % interval "));
  g_assert_true (
      g_str_has_suffix (said, " %; measured one after the other: a drift of the host looks the "
                              "same; a verdict needs turns, or three sessions of each at different "
                              "hours"));
  g_assert_nonnull (
      strstr (say_verdict (mixed, VMM_ENGLISH), "; measured in less than three turns: "));
  g_assert_null (strstr (say_verdict (turns, VMM_ENGLISH), "indicative"));
  g_assert_cmpstr (keep (vmm_account_order (of_turns)), ==, "measured in turns: 3 pairs");
  g_assert_cmpstr (keep (vmm_account_order (of_sessions)), ==,
                   "measured at different hours: 3 sessions of each at least");
  g_assert_null (vmm_account_order (of_blocks));
  /* Of the parts of it the word alone. */
  said = say_pair (blocks, vmm_comparison_find (blocks, VMM_LEVEL_CATEGORY, "cpu"));
  g_assert_true (g_str_has_prefix (said, "indicative: xen "));
  g_assert_null (strstr (said, "drift"));
}

/* A drift may hide a difference as well as look like one. */
static void
test_equal_blocks (void)
{
  static const double a[] = { 100, 104, 97 }, b[] = { 101, 96, 103 };
  static const guint  first[] = { 0, 1, 2 }, then[] = { 5, 6, 7 };
  g_autoptr (VmmComparison) comparison =
      compare (make_timed ("kvm", a, first, 3), make_timed ("xen", b, then, 3), NULL);
  const char *said = say_verdict (comparison, VMM_ENGLISH);

  g_assert_cmpint (get_total (comparison)->pairs[0].tested, ==, VMM_VERDICT_EQUAL);
  g_assert_true (g_str_has_prefix (said, "indicative: between kvm and xen no difference that these "
                                         "runs can show; a difference of "));
  g_assert_nonnull (strstr (said, "would have been seen; measured one after the other: a drift of "
                                  "the host may hide one; a verdict needs turns"));
}

/* More than two sides that were measured one after the other are not ranked. */
static void
test_drifting_ranks (void)
{
  static const double a[] = { 112, 113, 111 }, b[] = { 100, 101, 99 }, c[] = { 50, 51, 49 };
  static const guint  minutes[] = { 0, 1, 2, 10, 11, 12, 20, 21, 22 };
  g_autoptr (VmmComparison) comparison =
      compare (make_timed ("kvm", a, minutes, 3), make_timed ("xen", b, minutes + 3, 3),
               make_timed ("qemu", c, minutes + 6, 3), NULL);

  g_assert_true (
      g_str_has_prefix (say_verdict (comparison, VMM_ENGLISH), "indicative ranking: kvm 112 ("));
  g_assert_true (
      g_str_has_suffix (say_verdict (comparison, VMM_ENGLISH),
                        "; not measured in turns: a drift of the host looks like a "
                        "difference; a verdict needs turns, or three sessions of each at "
                        "different hours"));
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (get_total (comparison)->sides[i].rank_to, ==, 1);
}

/* The host becomes a fifth slower while two are measured in turns: pairs see 3 % through it, and blocks nothing
 * but the drift. */
static void
test_drift (void)
{
  double scores[2][6], apart[2][6];
  guint  turns[2][6], blocks[2][6];

  for (guint i = 0; i < 12; i++) {
    const double host = 100 * (1 - 0.2 * i / 12), noise = i % 3 * 0.2;
    scores[i % 2][i / 2] = host * (i % 2 ? 1.05 : 1) + noise;
    turns[i % 2][i / 2] = i;
    apart[i / 6][i % 6] = host + noise;
    blocks[i / 6][i % 6] = i;
  }
  g_autoptr (VmmComparison) in_turns = compare (make_timed ("kvm", scores[0], turns[0], 6),
                                                make_timed ("xen", scores[1], turns[1], 6), NULL);
  g_autoptr (VmmComparison) in_blocks = compare (make_timed ("kvm", apart[0], blocks[0], 6),
                                                 make_timed ("xen", apart[1], blocks[1], 6), NULL);
  const VmmPair *pair = &get_total (in_turns)->pairs[0];
  g_assert_cmpint (pair->verdict, ==, VMM_VERDICT_DIFFERENT);
  g_assert_cmpuint (pair->better, ==, 1);
  g_assert_cmpfloat (pair->high, <, 1.06);
  g_assert_cmpfloat (pair->low, >, 1.01);
  pair = &get_total (in_blocks)->pairs[0];
  g_assert_cmpint (pair->tested, ==, VMM_VERDICT_DIFFERENT); /* which is why it is no verdict */
  g_assert_cmpint (pair->verdict, ==, VMM_VERDICT_INDICATIVE);
}

/* Against sums made by another program, which also tried the 64 swaps of sides. */
static void
test_paired (void)
{
  static const double differences[] = { 0.031, 0.012, 0.055, 0.024, -0.006, 0.041 };
  static const double outlier[] = { 0.010, 0.012, -0.009, 0.011, -0.012, 0.013, 0.009, -0.010 };
  VmmWelch            test;

  g_assert_true (vmm_paired (&test, differences, 6));
  g_assert_cmpfloat_with_epsilon (test.difference, 0.0261666667, 1e-9);
  g_assert_cmpfloat_with_epsilon (test.difference / test.error, 2.9788536, 1e-6);
  g_assert_cmpfloat (test.df, ==, 5);
  g_assert_cmpfloat (test.p, ==, 0.0625); /* four of 64 swaps are as great; by t it is 0.032 */
  g_assert_true (vmm_paired (&test, outlier, 8));
  g_assert_cmpfloat (test.p, >, 0.2);
  g_assert_false (vmm_paired (&test, differences, 2));
  /* All of three say the same, and one of them does not. */
  g_assert_true (vmm_paired (&test, differences + 1, 3));
  g_assert_cmpfloat_with_epsilon (test.p, 0.1414712287, 1e-9);
}

/* Of many equal sides in turns at most one in twenty is called different, on a host that drifts and has bad
 * moments. */
static void
test_false_turns (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20261128);
  const guint rounds = 4000;
  guint       alarms[] = { 0, 0 };
  const guint pairs[] = { 3, 8 };

  for (guint i = 0; i < rounds; i++)
    for (guint k = 0; k < 2; k++) {
      double   differences[8];
      VmmWelch test;
      for (guint pair = 0; pair < pairs[k]; pair++) {
        const double bad = g_rand_double (random) < 0.1 ? 5 : 1;
        differences[pair] = bad * (draw_normal (random) - draw_normal (random));
      }
      g_assert_true (vmm_paired (&test, differences, pairs[k]));
      alarms[k] += test.p < 0.05;
    }
  g_assert_cmpuint (alarms[0], <, rounds * 0.055);
  g_assert_cmpuint (alarms[1], <, rounds * 0.055);
  g_assert_cmpuint (alarms[1], >, rounds * 0.01);
}

/* ---- What is fit */

/* A run is not compared with itself. */
static void
test_on_two_sides (void)
{
  static const double a[] = { 100, 101, 99 };
  VmmGroup           *group = make_group ("kvm", a, 3);
  VmmGroup *again = vmm_group_new ("again", (VmmResult *const *) group->results->pdata, 3);
  g_autoptr (VmmComparison) comparison = compare (group, again, NULL);

  g_assert_cmpuint (comparison->sides[0].windows, ==, 3);
  g_assert_cmpuint (comparison->sides[1].windows, ==, 0);
  g_assert_cmpstr (
      say_verdict (comparison, VMM_ENGLISH), ==,
      "no measurement of again is fit for comparison (3 given twice): measure a new one");
}

static void
test_left_out (void)
{
  static const double a[] = { 100, 101, 99, 500, 600, 700 }, b[] = { 100, 102, 98 };
  VmmGroup           *group = make_group ("kvm", a, 6);
  VmmResult         **results = (VmmResult **) group->results->pdata;

  made_set (&results[3], "window/quality", "\"disturbed\"");
  made_change (&results[4], INVALID, NULL);
  vmm_result_unref (results[5]);
  results[5] = vmm_result_ref (results[0]);
  g_autoptr (VmmComparison) comparison = compare (group, make_group ("xen", b, 3), NULL);

  g_assert_cmpuint (comparison->sides[0].windows, ==, 3);
  g_assert_cmpuint (comparison->sides[0].left_out, ==, 3);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
  g_assert_cmpstr (account->sides[0].note, ==, "1 given twice, 1 disturbed, 1 invalid");
  g_assert_cmpuint (get_total (comparison)->sides[0].windows, ==, 3);
  g_assert_cmpfloat_with_epsilon (get_total (comparison)->sides[0].value, 100, 0.1);
  g_assert_null (account->sides[1].note);
}

static void
test_nothing_fit (void)
{
  static const double a[] = { 100 };
  VmmGroup           *bad = make_group ("kvm", a, 1), *empty = vmm_group_new ("xen", NULL, 0);
  VmmResult         **results = (VmmResult **) bad->results->pdata;

  made_change (&results[0], INVALID, NULL);
  g_autoptr (VmmComparison) comparison = compare (bad, empty, NULL);
  g_autoptr (VmmComparison) alone = compare (make_group ("kvm", a, 1), NULL);
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  g_autoptr (VmmComparison) none = vmm_compare (nobody);

  g_assert_cmpstr (say_verdict (comparison, VMM_ENGLISH), ==,
                   "no measurement of kvm is fit for comparison (1 invalid): measure a new one; no "
                   "measurement of "
                   "xen is fit for comparison (none given): measure a new one");
  g_assert_cmpint (get_total (comparison)->pairs[0].verdict, ==, VMM_VERDICT_NONE);
  g_assert_cmpstr (say_verdict (alone, VMM_ENGLISH), ==, "two sides at least make a comparison");
  g_assert_cmpstr (say_verdict (none, VMM_ENGLISH), ==, "two sides at least make a comparison");
}

/* What has no score was not disturbed while it was measured: a run that only watches is most often on a busy guest. */
static void
test_watched (void)
{
  static const double a[] = { 100 };
  VmmGroup           *watched = make_group ("kvm", a, 1);
  VmmResult         **results = (VmmResult **) watched->results->pdata;

  made_change (&results[0], INVALID, "window/quality", "\"disturbed\"", NULL);
  g_autoptr (VmmComparison) comparison = compare (watched, make_group ("xen", a, 1), NULL);
  g_assert_cmpstr (
      say_verdict (comparison, VMM_ENGLISH), ==,
      "no measurement of kvm is fit for comparison (1 without score): measure a new one");
}

static const VmmLikeness *
get_likeness (const VmmComparison *comparison, const char *name)
{
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);

  for (guint i = 0; i < comparison->likeness->len; i++) {
    const VmmLikeness *row = comparison->likeness->pdata[i];
    if (strcmp (vmm_account_trait (account, row), name) == 0)
      return row;
  }
  g_assert_not_reached ();
}

/* A side that is not fit does not take the verdict of the others. */
static void
test_rest (void)
{
  static const double a[] = { 112, 113, 111 }, b[] = { 100, 101, 99 };
  VmmGroup           *bad = make_group ("xen", b, 1);

  bad->naming = VMM_NAMED_BY_LABEL;
  made_set ((VmmResult **) &bad->results->pdata[0], "window/quality", "\"disturbed\"");
  g_autoptr (VmmComparison) comparison =
      compare (make_group ("kvm", a, 3), bad, make_group ("qemu", b, 3), NULL);
  g_assert_cmpuint (comparison->n_fit, ==, 2);
  g_assert_true (g_str_has_prefix (say_verdict (comparison, VMM_ENGLISH),
                                   "kvm serves this guest 12 % better than qemu, "));
  g_assert_true (g_str_has_suffix (say_verdict (comparison, VMM_ENGLISH),
                                   " %; left out: “xen” (1 disturbed)"));
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    g_assert_cmpint (item->barrier, ==, VMM_BARRIER_NONE);
    for (guint k = 0; k < item->n_pairs; k++)
      g_assert_cmpint (vmm_account_tells (account, item, &item->pairs[k]), ==,
                       item->pairs[k].better != 1 && item->pairs[k].worse != 1);
  }
  g_assert_cmpuint (get_total (comparison)->sides[1].rank, ==, 0);
  g_assert_cmpuint (get_total (comparison)->sides[2].rank, ==, 2);
  const VmmLikeness *cpus = get_likeness (comparison, "CPUs");
  g_autofree char   *both =
      g_strdup_printf ("%s | %s", say_trait (comparison, cpus, 0), say_trait (comparison, cpus, 2));
  g_autofree char *alike = vmm_account_traits (account, cpus);
  g_assert_cmpstr (alike, ==, both);
}

static void
test_rest_ranking (void)
{
  static const double a[] = { 112, 113, 111 }, b[] = { 100, 101, 99 }, c[] = { 50, 51, 49 };
  g_autoptr (VmmComparison) comparison =
      compare (make_group ("kvm", a, 3), vmm_group_new ("none", NULL, 0), make_group ("xen", b, 3),
               make_group ("qemu", c, 3), NULL);

  g_assert_true (g_str_has_prefix (say_verdict (comparison, VMM_ENGLISH), "ranking: 1. kvm 112 ("));
  g_assert_nonnull (strstr (say_verdict (comparison, VMM_ENGLISH), "), 3. qemu 50.0 ("));
  g_assert_true (
      g_str_has_suffix (say_verdict (comparison, VMM_ENGLISH), "; left out: none (none given)"));
}

/* ---- Names */

/* Long names, and names of two sides, have a letter each: two sides never look alike. */
static void
test_letters (void)
{
  static const double a[] = { 112, 113, 111 }, b[] = { 100, 101, 99 };
  static const char  *names[][2] = { { "xen", "20261123T041500.123Z-kvm-1a2b" }, { "kvm", "kvm" } };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    VmmGroup *group = make_group ("xen", b, 3);
    g_free (group->name);
    group->name = g_strdup (names[i][1]);
    g_autoptr (VmmComparison) comparison = compare (make_group ("kvm", a, 3), group, NULL);
    g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
    g_autofree char *key = vmm_account_side (account, 1);
    g_autofree char *expected = g_strdup_printf ("B = %s: 3 measurements", names[i][1]);
    g_assert_cmpstr (key, ==, expected);
    g_assert_cmpstr (vmm_account_brief (account, 1), ==, "B");
    g_assert_true (g_str_has_prefix (say_verdict (comparison, VMM_ENGLISH),
                                     "A serves this guest 12 % better than B"));
  }
}

/* Labels are the user's words, and stand in quotes. */
static void
test_quotes (void)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);

  g_ptr_array_add (results, made_clean ("kvm", "before"));
  g_ptr_array_add (results, made_clean ("xen", NULL));
  g_autoptr (GPtrArray) groups = vmm_group_by (results, VMM_GROUP_BY_LABEL);
  g_autoptr (VmmComparison) comparison = vmm_compare (groups);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
  g_assert_cmpstr (account->sides[0].called, ==, "“before”");
  g_assert_cmpstr (account->sides[1].called, ==, "without label");
  g_assert_cmpstr (vmm_account_brief (account, 0), ==, "before");
}

/* Two VMMs of one name are two sides, and are told apart. */
static void
test_one_name (void)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);

  for (guint i = 0; i < 2; i++)
    g_ptr_array_add (results, made_clean ("kvm", NULL));
  made_change ((VmmResult **) &results->pdata[1], "host/vmm/id", "\"another\"", NULL);
  g_autoptr (GPtrArray) groups = vmm_group_by (results, VMM_GROUP_BY_VMM);
  g_assert_cmpuint (groups->len, ==, 2);
  g_autoptr (VmmComparison) comparison = vmm_compare (groups);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
  g_assert_cmpstr (account->sides[0].name, ==, "KVM");
  g_assert_cmpstr (account->sides[1].name, ==, "KVM [another]");
}

/* ---- Like for like */

/* Two sides of three windows; every window of the second has `path` set to `value`. Twice the ticks are
 * what another plan below has. */
static VmmComparison *
compare_changed (const char *path, const char *value)
{
  static const double a[] = { 112, 113, 111 }, b[] = { 100, 101, 99 };
  VmmGroup           *group = make_group ("xen", b, 3);

  for (guint i = 0; i < 3; i++)
    made_change ((VmmResult **) &group->results->pdata[i], path, value,
                 g_str_has_prefix (path, "plan/") ? "window/ticks" : NULL, "60", NULL);
  return compare (make_group ("kvm", a, 3), group, NULL);
}

static void
test_notes (void)
{
  static const char *const cases[][3] = {
    { "CPUs", "host/cpus", "8" },
    { "CPU model", "host/cpu_model", "\"Other\"" },
    { "Kernel", "host/kernel", "\"4.9\"" },
    { "Clock source", "host/clocksource", "\"hpet\"" },
    { "Memory", "host/memory_bytes", "8589934592" },
    { "Duration", "plan/duration_s", "60" },
    { "Interval", "plan/interval_ms", "500" },
    { "Container", "host/container", "\"lxc\"" },
    { "Mitigations", "host/mitigations", "\"off\"" },
    { "Own load", "window/probing/own_load_removed", "true" },
    { "Program", "program", "\"vmm_monitor 9\"" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (VmmComparison) comparison = compare_changed (cases[i][1], cases[i][2]);
    guint unlike = 0;
    for (guint k = 0; k < comparison->likeness->len; k++)
      unlike += !((const VmmLikeness *) comparison->likeness->pdata[k])->same;
    g_assert_cmpuint (unlike, ==, 1);
    g_assert_false (get_likeness (comparison, cases[i][0])->same);
    g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
    g_assert_null (vmm_account_consequence (account, get_likeness (comparison, cases[i][0])));
    g_assert_cmpint (get_total (comparison)->pairs[0].verdict, ==, VMM_VERDICT_DIFFERENT);
  }
  /* A kernel keeps a little of the memory for itself. */
  g_autoptr (VmmComparison) comparison = compare_changed ("host/memory_bytes", "4200000000");
  g_assert_true (get_likeness (comparison, "Memory")->same);
}

/* A fact that has a title is compared, without another line of code. */
static void
test_facts (void)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);
  const char        *json, *said;

  for (guint i = 0; i < n; i++) {
    g_autofree char *path = made_fact_path (&facts[i]);
    if (!made_fact (&facts[i], &json, &said) || !facts[i].title)
      continue;
    g_autoptr (VmmComparison) comparison = compare_changed (path, json);
    g_assert_false (get_likeness (comparison, facts[i].title)->same);
    g_assert_cmpstr (say_trait (comparison, get_likeness (comparison, facts[i].title), 1), ==,
                     said);
  }
}

static void
test_score_version (void)
{
  g_autoptr (VmmComparison) comparison = compare_changed ("score/version", "99");
  const VmmItem *cpu = vmm_comparison_find (comparison, VMM_LEVEL_CATEGORY, "cpu");
  const VmmItem *map = vmm_comparison_find (comparison, VMM_LEVEL_PROBE, "map");

  g_assert_cmpint (get_total (comparison)->pairs[0].verdict, ==, VMM_VERDICT_NONE);
  g_assert_cmpuint (get_total (comparison)->sides[0].rank, ==, 0);
  g_assert_cmpint (cpu->pairs[0].verdict, ==, VMM_VERDICT_NONE);
  g_assert_cmpint (map->pairs[0].verdict, ==, VMM_VERDICT_DIFFERENT);
  g_assert_true (g_str_has_prefix (say_verdict (comparison, VMM_ENGLISH),
                                   "the totals are not compared: scores of "));
  g_assert_true (g_str_has_suffix (say_verdict (comparison, VMM_ENGLISH),
                                   "; still compared: the probes' own values"));
}

static void
test_other_probes (void)
{
  g_autoptr (VmmComparison) comparison = compare_changed ("probes/streamread/ratio", "null");
  const VmmItem *cpu = vmm_comparison_find (comparison, VMM_LEVEL_CATEGORY, "cpu");
  const VmmItem *disk = vmm_comparison_find (comparison, VMM_LEVEL_CATEGORY, "disk");

  g_assert_cmpstr (say_trait (comparison, get_likeness (comparison, "Disk probes"), 0), ==,
                   "files streamread sync");
  g_assert_cmpstr (say_trait (comparison, get_likeness (comparison, "Disk probes"), 1), ==,
                   "files sync");
  g_assert_cmpint (get_total (comparison)->pairs[0].verdict, ==, VMM_VERDICT_NONE);
  g_assert_cmpint (disk->pairs[0].verdict, ==, VMM_VERDICT_NONE);
  g_assert_cmpint (cpu->pairs[0].verdict, ==, VMM_VERDICT_DIFFERENT);
  g_assert_nonnull (strstr (say_verdict (comparison, VMM_ENGLISH),
                            "disk and total are not made of the same probes"));
  g_assert_nonnull (strstr (say_verdict (comparison, VMM_ENGLISH), "; still compared: "));
  g_assert_nonnull (strstr (say_verdict (comparison, VMM_ENGLISH), "Memory"));
  g_assert_null (strstr (say_verdict (comparison, VMM_ENGLISH), "Disk"));
}

static void
test_ping_kinds (void)
{
  g_autoptr (VmmComparison) raw = compare_changed ("window/ping/method", "\"icmp-raw\"");
  g_autoptr (VmmComparison) tcp = compare_changed ("window/ping/method", "\"tcp\"");
  const VmmItem *network = vmm_comparison_find (tcp, VMM_LEVEL_CATEGORY, "network");
  const VmmItem *rtt = vmm_comparison_find (tcp, VMM_LEVEL_PROBE, "rtt");

  g_assert_false (get_likeness (raw, "Ping target")->same); /* "none" against an echo */
  g_assert_cmpint (get_total (tcp)->pairs[0].verdict, ==, VMM_VERDICT_NONE);
  g_assert_cmpint (network->pairs[0].verdict, ==, VMM_VERDICT_NONE);
  g_assert_cmpint (rtt->pairs[0].verdict, ==, VMM_VERDICT_NONE);
  g_assert_nonnull (strstr (say_pair (tcp, rtt), "not compared: network times"));
}

/* A cloud's service is like no other target, also where neither is scored. */
static void
test_cloud_target (void)
{
  static const char *const kinds[] = { "\"gateway\"", "\"cloud\"" };
  static const double      totals[] = { 100, 101, 99 };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    VmmGroup *groups[] = { make_group ("kvm", totals, 3), make_group ("xen", totals, 3) };
    for (guint i = 0; i < 6; i++)
      made_change ((VmmResult **) &groups[i / 3]->results->pdata[i % 3], "window/ping/method",
                   "\"tcp\"", "window/ping/kind", i < 3 ? kinds[1] : kinds[k],
                   "score/categories/network/value", "null", "score/categories/network/low", "null",
                   "score/categories/network/high", "null", NULL);
    g_autoptr (VmmComparison) comparison = compare (groups[0], groups[1], NULL);
    g_assert_true (get_likeness (comparison, "Ping target")->same == (k == 1));
  }
}

/* ---- Groups and pages */

static void
test_groups (void)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);

  g_ptr_array_add (results, made_clean ("kvm", "first"));
  g_ptr_array_add (results, made_clean ("xen", NULL));
  g_ptr_array_add (results, made_clean ("kvm", "second"));
  g_ptr_array_add (results, made_clean ("xen", "first"));
  g_autoptr (GPtrArray) vmms = vmm_group_by (results, VMM_GROUP_BY_VMM);
  g_autoptr (GPtrArray) labels = vmm_group_by (results, VMM_GROUP_BY_LABEL);
  const VmmGroup *kvm = vmms->pdata[0], *first = labels->pdata[0], *without = labels->pdata[1];

  g_assert_cmpuint (vmms->len, ==, 2);
  g_assert_cmpstr (kvm->name, ==, "KVM");
  g_assert_cmpuint (kvm->results->len, ==, 2);
  g_assert_cmpuint (labels->len, ==, 3);
  g_assert_cmpstr (first->name, ==, "first");
  g_assert_cmpuint (first->results->len, ==, 2);
  g_assert_cmpstr (without->name, ==, "");
  g_assert_cmpint (without->naming, ==, VMM_NAMED_BY_LABEL);
}

/* The most decisive comes first in its level. */
static void
test_order (void)
{
  static const double a[] = { 100, 101, 99 };
  VmmGroup           *group = make_group ("xen", a, 3);
  guint               level = 0;

  for (guint i = 0; i < 3; i++) {
    g_autofree char *value = g_strdup_printf ("100%u", i);
    made_change ((VmmResult **) &group->results->pdata[i], "probes/map/value", value,
                 "score/version", "99", NULL);
  }
  g_autoptr (VmmComparison) comparison = compare (make_group ("kvm", a, 3), group, NULL);

  g_assert_cmpuint (comparison->items->len, ==, 1 + 4 + 11);
  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    g_assert_cmpuint (item->level, >=, level);
    if (item->level > level && item->level == VMM_LEVEL_PROBE)
      g_assert_cmpstr (item->id, ==, "map"); /* the only one that differs */
    level = item->level;
  }
}

static void
test_document (void)
{
  static const double a[] = { 112, 113, 111 }, b[] = { 100, 101, 99 };
  g_autoptr (VmmComparison) comparison =
      compare (make_group ("kvm", a, 3), make_group ("xen", b, 3), NULL);
  g_autofree char *json = vmm_comparison_to_json (comparison);
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonObject *object = json_node_get_object (root);
  JsonArray  *items = json_object_get_array_member (object, "items");
  JsonObject *total = json_array_get_object_element (items, 0);
  JsonArray  *pairs = json_object_get_array_member (total, "pairs");
  JsonObject *pair = json_array_get_object_element (pairs, 0);

  g_assert_cmpstr (json_object_get_string_member (object, "verdict"), ==,
                   say_verdict (comparison, VMM_ENGLISH));
  g_assert_cmpuint (json_array_get_length (items), ==, 16);
  g_assert_cmpstr (json_object_get_string_member (pair, "verdict"), ==, "different");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (pair, "ratio"), 1.12, 1e-3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/designs", test_designs);
  g_test_add_func ("/compare/reserve", test_reserve);
  g_test_add_func ("/compare/equal-blocks", test_equal_blocks);
  g_test_add_func ("/compare/drifting-ranks", test_drifting_ranks);
  g_test_add_func ("/compare/drift", test_drift);
  g_test_add_func ("/compare/paired", test_paired);
  g_test_add_func ("/compare/false-turns", test_false_turns);
  g_test_add_func ("/compare/welch", test_welch);
  g_test_add_func ("/compare/holm", test_holm);
  g_test_add_func ("/compare/error-rates", test_error_rates);
  g_test_add_func ("/compare/different", test_different);
  g_test_add_func ("/compare/times", test_times);
  g_test_add_func ("/compare/equal", test_equal);
  g_test_add_func ("/compare/indicative", test_indicative);
  g_test_add_func ("/compare/minus", test_minus);
  g_test_add_func ("/compare/same-numbers", test_same_numbers);
  g_test_add_func ("/compare/unjudged", test_unjudged);
  g_test_add_func ("/compare/ranking", test_ranking);
  g_test_add_func ("/compare/shared-ranks", test_shared_ranks);
  g_test_add_func ("/compare/unsaid-ranks", test_unsaid_ranks);
  g_test_add_func ("/compare/ranks", test_ranks);
  g_test_add_func ("/compare/many-sides", test_many_sides);
  g_test_add_func ("/compare/on-two-sides", test_on_two_sides);
  g_test_add_func ("/compare/left-out", test_left_out);
  g_test_add_func ("/compare/nothing-fit", test_nothing_fit);
  g_test_add_func ("/compare/rest", test_rest);
  g_test_add_func ("/compare/watched", test_watched);
  g_test_add_func ("/compare/rest-ranking", test_rest_ranking);
  g_test_add_func ("/compare/letters", test_letters);
  g_test_add_func ("/compare/quotes", test_quotes);
  g_test_add_func ("/compare/one-name", test_one_name);
  g_test_add_func ("/compare/notes", test_notes);
  g_test_add_func ("/compare/facts", test_facts);
  g_test_add_func ("/compare/score-version", test_score_version);
  g_test_add_func ("/compare/other-probes", test_other_probes);
  g_test_add_func ("/compare/ping-kinds", test_ping_kinds);
  g_test_add_func ("/compare/cloud-target", test_cloud_target);
  g_test_add_func ("/compare/groups", test_groups);
  g_test_add_func ("/compare/order", test_order);
  g_test_add_func ("/compare/document", test_document);
  return g_test_run ();
}
