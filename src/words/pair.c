/* SPDX-License-Identifier: MIT */
/* pair: verdicts on two sides, each a whole sentence, so that every language can order its words. */
#include "join.h"
#include "vmm/account.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MINUS "−"
#define RATIO_SIZE (VMM_DECIMAL_SIZE + sizeof MINUS)
#define TIMES 2.0 /* from here on "2.3 times as well", not "130 % better" */

/* By whether the total is meant, and whether it is a matter of times. */
static const char *const comparatives[2][2] = {
  /* TRANSLATORS: two VMMs (or labels) in one item of the score: "KVM 20 % better than Xen" */
  { N_ ("%1$s %2$s %% better than %3$s"), N_ ("%1$s %2$s times as well as %3$s") },
  { N_ ("%1$s serves this guest %2$s %% better than %3$s"),
    N_ ("%1$s serves this guest %2$s times as well as %3$s") },
};

/* Less than what format_ratio() would show: none at all. */
static gboolean
is_no_difference (double ratio)
{
  return fabs (ratio - 1) * 100 < 0.05;
}

/* A ratio as whole percents, tenths below one; or as times. For a screen with a minus sign that is as
 * long as a plus sign. */
static const char *
format_ratio (char ret_text[RATIO_SIZE], double ratio, gboolean is_times, VmmLanguage language)
{
  double      percent = is_no_difference (ratio) ? 0 : (ratio - 1) * 100;
  const char *sign = percent < 0 && !is_times ? language == VMM_LOCAL ? MINUS : "-" : "";
  const char *format = is_times                                 ? ratio < 100 ? "%.1f" : "%.0f"
                       : percent == 0 || fabs (percent) >= 0.95 ? "%.0f"
                                                                : "%.1f";
  char        digits[VMM_DECIMAL_SIZE];

  vmm_decimal (language, digits, format, is_times ? ratio : fabs (percent));
  g_snprintf (ret_text, RATIO_SIZE, "%s%s", sign, digits);
  return ret_text;
}

/* "kvm serves this guest 20 % better than xen, 95 % interval 12 to 29 %" */
static char *
say_better (const VmmAccount *account, const VmmItem *item, const VmmPair *pair)
{
  VmmLanguage language = account->language;
  gboolean    is_times = pair->ratio >= TIMES;
  const char *format = comparatives[item->level == VMM_LEVEL_TOTAL][is_times];
  const char *better = account->sides[pair->better].called,
             *worse = account->sides[pair->worse].called;
  char ratio[RATIO_SIZE], low[RATIO_SIZE], high[RATIO_SIZE];

  format_ratio (ratio, pair->ratio, is_times, language);
  char *text = vmm_fill (vmm_text (language, format), better, ratio, worse, NULL);
  if (isnan (pair->low))
    return text;
  g_autofree char *before = text;
  format_ratio (low, pair->low, is_times, language);
  format_ratio (high, pair->high, is_times, language);
  return g_strdup_printf (vmm_text (language, is_times
                                                  ? N_ ("%1$s, 95 %% interval %2$s to %3$s times")
                                                  : N_ ("%1$s, 95 %% interval %2$s to %3$s %%")),
                          before, low, high);
}

/* "2 more measurements of A", or NULL when it has enough. */
static char *
say_wanted (const VmmAccount *account, const VmmItem *item, guint side)
{
  VmmLanguage language = account->language;
  guint       windows = item->sides[side].windows;

  if (windows >= VMM_COMPARE_MIN_WINDOWS)
    return NULL;
  windows = VMM_COMPARE_MIN_WINDOWS - windows;
  return g_strdup_printf (vmm_text_of (language, "%1$u more measurement of %2$s",
                                       "%1$u more measurements of %2$s", windows),
                          windows, account->sides[side].called);
}

/* "a verdict needs 2 more measurements of A and 1 more measurement of B", or NULL. */
static char *
say_needed (const VmmAccount *account, const VmmItem *item, const VmmPair *pair)
{
  VmmLanguage      language = account->language;
  g_autofree char *first = say_wanted (account, item, pair->better);
  g_autofree char *second = say_wanted (account, item, pair->worse);

  if (first && second)
    return g_strdup_printf (vmm_text (language, N_ ("a verdict needs %1$s and %2$s")), first,
                            second);
  /* TRANSLATORS: %s: "2 more measurements of KVM" */
  return first || second ? g_strdup_printf (vmm_text (language, N_ ("a verdict needs %s")),
                                            first ? first : second)
                         : NULL;
}

static char *
say_detectable (double ratio, VmmLanguage language)
{
  char     figure[RATIO_SIZE];
  gboolean is_times = ratio >= TIMES;

  format_ratio (figure, ratio, is_times, language);
  return g_strdup_printf (
      vmm_text (language, is_times ? N_ ("a difference of %s times would have been seen")
                                   : N_ ("a difference of %s %% would have been seen")),
      figure);
}

/* What these runs cannot tell apart, and what they would have. */
static char *
say_equal (const VmmAccount *account, const VmmItem *item, const VmmPair *pair)
{
  VmmLanguage language = account->language;
  char       *text = item->level == VMM_LEVEL_TOTAL
                         ? g_strdup_printf (
                               vmm_text (language, N_ ("between %1$s and %2$s no difference that these "
                                                             "runs can show")),
                               account->sides[pair->better].called, account->sides[pair->worse].called)
                         : g_strdup (vmm_text (language, N_ ("no difference that these runs can show")));

  return is_no_difference (pair->detectable)
             ? text
             : vmm_words_join (text, say_detectable (pair->detectable, language), language);
}

/* Of too few windows, which say the same of both. */
static char *
say_same (const VmmAccount *account, const VmmItem *item, const VmmPair *pair)
{
  VmmLanguage language = account->language;
  if (item->level != VMM_LEVEL_TOTAL)
    return g_strdup (vmm_text (language, N_ ("no difference")));
  return g_strdup_printf (vmm_text (language, N_ ("between %1$s and %2$s no difference")),
                          account->sides[pair->better].called, account->sides[pair->worse].called);
}

/* Why windows that are enough make no verdict, by their design and by whether they show a difference. */
static const char *const reserves[][2] = {
  [VMM_DESIGN_BLOCKS] = { N_ ("measured one after the other: a drift of the host may hide one"),
                          N_ ("measured one after the other: a drift of the host looks the same") },
  [VMM_DESIGN_MIXED] = { N_ ("measured in less than three turns: a drift of the host may hide one"),
                         N_ ("measured in less than three turns: a drift of the host looks the "
                             "same") },
};

const char *
vmm_account_remedy (const VmmAccount *account)
{
  return vmm_text (account->language,
                   N_ ("a verdict needs turns, or three sessions of each at different hours"));
}

/* What is to be known of an indication, or NULL. */
static char *
say_reserve (const VmmAccount *account, const VmmItem *item, const VmmPair *pair)
{
  VmmLanguage language = account->language;
  gboolean    different = pair->tested == VMM_VERDICT_DIFFERENT;

  if (item->level != VMM_LEVEL_TOTAL)
    return NULL;
  if (pair->tested == VMM_VERDICT_NONE)
    return say_needed (account, item, pair);
  return vmm_words_join (g_strdup (vmm_text (language, reserves[pair->design][different])),
                         g_strdup (vmm_account_remedy (account)), language);
}

static char *
say_indication (const VmmAccount *account, const VmmItem *item, const VmmPair *pair)
{
  VmmLanguage      language = account->language;
  g_autofree char *said = pair->tested == VMM_VERDICT_EQUAL ? say_equal (account, item, pair)
                          : is_no_difference (pair->ratio)  ? say_same (account, item, pair)
                                                            : say_better (account, item, pair);
  /* TRANSLATORS: before a verdict that is more than a guess and less than a proof */
  char *text = g_strdup_printf (vmm_text (language, N_ ("indicative: %s")), said);
  char *reserve = say_reserve (account, item, pair);

  return reserve ? vmm_words_join (text, reserve, language) : text;
}

char *
vmm_account_pair (const VmmAccount *account, const VmmItem *item, const VmmPair *pair)
{
  g_autofree char *barrier = NULL;

  switch (pair->verdict) {
  case VMM_VERDICT_EQUAL:
    return say_equal (account, item, pair);
  case VMM_VERDICT_DIFFERENT:
    return say_better (account, item, pair);
  case VMM_VERDICT_INDICATIVE:
    return say_indication (account, item, pair);
  case VMM_VERDICT_NONE:
  default:
    barrier = vmm_account_barrier (account, item);
    return g_strdup_printf (vmm_text (account->language, N_ ("not compared: %s")),
                            barrier ? barrier : vmm_text (account->language, N_ ("no value")));
  }
}

gboolean
vmm_account_tells (const VmmAccount *account, const VmmItem *item, const VmmPair *pair)
{
  const VmmComparison *comparison = account->comparison;

  if (item->barrier || !comparison->sides[pair->better].windows ||
      !comparison->sides[pair->worse].windows)
    return FALSE;
  return comparison->n_fit == 2 || item->level == VMM_LEVEL_TOTAL ||
         pair->verdict == VMM_VERDICT_DIFFERENT;
}

const VmmPair *
vmm_account_widest (const VmmAccount *account, const VmmItem *item)
{
  const VmmPair *widest = NULL;

  for (guint i = 0; i < item->n_pairs; i++) {
    const VmmPair *pair = &item->pairs[i];
    if (pair->verdict != VMM_VERDICT_NONE && isfinite (pair->ratio) &&
        (!widest || pair->ratio > widest->ratio))
      widest = pair;
  }
  return widest;
}

char *
vmm_account_ratio (const VmmAccount *account, const VmmPair *pair)
{
  char digits[VMM_DECIMAL_SIZE];

  vmm_decimal (account->language, digits, pair->ratio < 9.95 ? "%.2f" : "%.0f", pair->ratio);
  /* TRANSLATORS: how many times as well, in a narrow column: about 1.02 times; 1.67 times */
  return vmm_fill (vmm_text (account->language,
                             pair->verdict == VMM_VERDICT_EQUAL ? N_ ("≈ %s ×") : N_ ("%s ×")),
                   digits, NULL);
}
