/* SPDX-License-Identifier: MIT */
/* cure: what a finding that one side has and the other has not was said to cost, and what that is. */
#include "join.h"
#include "vmm/account.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MINUS "−"
#define POINTS_SIZE (VMM_DECIMAL_SIZE + sizeof MINUS)
#define MOST_POINTS 1e9 /* of a foreign result */

const char *
vmm_account_cures (const VmmAccount *account)
{
  const VmmItem *total = vmm_comparison_find (account->comparison, VMM_LEVEL_TOTAL, "total");
  const VmmPair *widest = vmm_account_widest (account, total);

  if (widest && widest->verdict == VMM_VERDICT_INDICATIVE)
    return vmm_text (account->language, N_ ("Findings, said and measured, indicative"));
  return vmm_text (account->language, N_ ("Findings, said and measured"));
}

const char *
vmm_account_cure_title (const VmmAccount *account, const VmmCure *cure)
{
  return vmm_text (account->language, cure->symptom);
}

static char *
say_said (VmmLanguage language, double said)
{
  gulong points;

  if (isnan (said))
    return g_strdup (vmm_text (language, N_ ("no points of the score hang on it")));
  points = (gulong) round (CLAMP (said, 0, MOST_POINTS));
  if (points == 0)
    return g_strdup (vmm_text (language, N_ ("said to cost less than 1 point")));
  return g_strdup_printf (vmm_text_of (language, "said to cost about %lu point",
                                       "said to cost about %lu points", points),
                          points);
}

/* Each with what it is said to cost there, or both with that it costs nothing. */
static char *
say_both (const VmmAccount *account, const VmmCure *cure)
{
  VmmLanguage      language = account->language;
  const char      *with = account->sides[cure->with].called;
  const char      *other = account->sides[cure->without].called;
  g_autofree char *here = say_said (language, cure->said);
  g_autofree char *there = say_said (language, cure->said_without);

  if (isnan (cure->said))
    /* TRANSLATORS: two sides of a comparison with the same finding, and what it costs: "A and B have it: no
     * points of the score hang on it" */
    return vmm_fill (vmm_text (language, N_ ("%1$s and %2$s have it: %3$s")), with, other, here,
                     NULL);
  /* TRANSLATORS: the same, with what it costs each: "A has it, said to cost about 9 points, and B, said to
   * cost about 4 points" */
  return vmm_fill (vmm_text (language, N_ ("%1$s has it, %2$s, and %3$s, %4$s")), with, here, other,
                   there, NULL);
}

static char *
say_one (const VmmAccount *account, const VmmCure *cure)
{
  VmmLanguage language = account->language;
  /* TRANSLATORS: one side of a comparison, with a finding that the other has not */
  char *text = vmm_fill (vmm_text (language, N_ ("%s alone has it")),
                         account->sides[cure->with].called, NULL);

  return vmm_words_join (text, say_said (language, cure->said), language);
}

/* With its sign; for a screen with a minus that is as long as a plus. */
static const char *
format_change (char ret_text[POINTS_SIZE], double points, VmmLanguage language)
{
  const char *minus = language == VMM_LOCAL ? MINUS : "-";
  char        digits[VMM_DECIMAL_SIZE];

  points = CLAMP (points, -MOST_POINTS, MOST_POINTS);
  vmm_decimal (language, digits, "%.1f", fabs (points));
  g_snprintf (ret_text, POINTS_SIZE, "%s%s",
              points <= -0.05  ? minus
              : points >= 0.05 ? "+"
                               : "",
              digits);
  return ret_text;
}

/* Why there is no number of what was to be measured. */
static const char *
explain_nothing (const VmmAccount *account)
{
  const VmmItem *total = vmm_comparison_find (account->comparison, VMM_LEVEL_TOTAL, "total");

  return vmm_text (account->language, total->barrier
                                          ? N_ ("not measured: the totals are not compared")
                                          : N_ ("not measured: a value is missing"));
}

static char *
say_measured (const VmmAccount *account, const VmmCure *cure)
{
  VmmLanguage language = account->language;
  const char *where = account->sides[cure->without].called;
  char        gained[POINTS_SIZE], low[POINTS_SIZE], high[POINTS_SIZE];

  if (isnan (cure->gained))
    return g_strdup (explain_nothing (account));
  format_change (gained, cure->gained, language);
  if (isnan (cure->low))
    return vmm_fill (vmm_text (language, N_ ("measured: served there as %1$s, its total changes by "
                                             "%2$s points, of too few measurements for an "
                                             "interval")),
                     where, gained, NULL);
  return vmm_fill (vmm_text (language, N_ ("measured: served there as %1$s, its total changes by "
                                           "%2$s points, 95 %% interval %3$s to %4$s")),
                   where, gained, format_change (low, cure->low, language),
                   format_change (high, cure->high, language), NULL);
}

/* What came of it, or NULL. */
static const char *
get_outcome (const VmmCure *cure)
{
  static const char *const outcomes[] = {
    [VMM_OUTCOME_NONE] = NULL,
    [VMM_OUTCOME_LOSS] = N_ ("that is a loss"),
    [VMM_OUTCOME_NOTHING] = N_ ("no gain that these runs can show"),
    [VMM_OUTCOME_UNSURE] = N_ ("these runs cannot tell whether that is so"),
    [VMM_OUTCOME_LESS] = N_ ("less than was said"),
    [VMM_OUTCOME_AS_SAID] = N_ ("as was said"),
    [VMM_OUTCOME_MORE] = N_ ("more than was said"),
  };

  return cure->shared && !isnan (cure->gained) ? N_ ("other findings are felt there as well")
                                               : outcomes[cure->outcome];
}

char *
vmm_account_cure (const VmmAccount *account, const VmmCure *cure)
{
  VmmLanguage language = account->language;
  const char *outcome = get_outcome (cure);
  char       *text;

  if (cure->both)
    return say_both (account, cure);
  text = say_one (account, cure);
  if (isnan (cure->said))
    return text;
  text = vmm_words_join (text, say_measured (account, cure), language);
  if (outcome)
    text = vmm_words_join (text, g_strdup (vmm_text (language, outcome)), language);
  if (!cure->undo)
    return text;
  /* TRANSLATORS: %s: what takes the remedy of a finding back */
  return vmm_words_join (text,
                         vmm_fill (vmm_text (language, N_ ("to undo the remedy: %s")),
                                   vmm_text (language, cure->undo), NULL),
                         language);
}
