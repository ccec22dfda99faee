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
say_who (const VmmAccount *account, const VmmCure *cure)
{
  VmmLanguage language = account->language;
  const char *with = account->sides[cure->with].called;

  if (cure->both)
    /* TRANSLATORS: two sides of a comparison, both with the same finding */
    return vmm_fill (vmm_text (language, N_ ("%1$s and %2$s have it")), with,
                     account->sides[cure->without].called, NULL);
  /* TRANSLATORS: one side of a comparison, with a finding that the other has not */
  return vmm_fill (vmm_text (language, N_ ("%s alone has it")), with, NULL);
}

static gulong
count_points (const VmmCure *cure)
{
  return (gulong) round (CLAMP (cure->said, 0, MOST_POINTS));
}

static char *
say_said (VmmLanguage language, const VmmCure *cure)
{
  gulong points = count_points (cure);

  if (points == 0)
    return g_strdup (vmm_text (language, N_ ("said to cost less than 1 point")));
  return g_strdup_printf (vmm_text_of (language, "said to cost about %lu point",
                                       "said to cost about %lu points", points),
                          points);
}

/* For a screen with a minus sign that is as long as a plus sign. */
static const char *
format_points (char ret_text[POINTS_SIZE], double points, VmmLanguage language)
{
  const char *minus = language == VMM_LOCAL ? MINUS : "-";
  char        digits[VMM_DECIMAL_SIZE];

  vmm_decimal (language, digits, "%.1f", fabs (points));
  g_snprintf (ret_text, POINTS_SIZE, "%s%s", points < -0.05 ? minus : "", digits);
  return ret_text;
}

static char *
say_measured (const VmmAccount *account, const VmmCure *cure)
{
  VmmLanguage language = account->language;
  const char *where = account->sides[cure->without].called;
  char        gained[POINTS_SIZE], low[POINTS_SIZE], high[POINTS_SIZE];

  format_points (gained, cure->gained, language);
  if (isnan (cure->low))
    return vmm_fill (vmm_text (language, N_ ("measured in %1$s: %2$s points more, of too few "
                                             "measurements for an interval")),
                     where, gained, NULL);
  return vmm_fill (
      vmm_text (language, N_ ("measured in %1$s: %2$s points more, 95 %% interval %3$s to %4$s")),
      where, gained, format_points (low, cure->low, language),
      format_points (high, cure->high, language), NULL);
}

static gboolean
is_gain (const VmmCure *cure)
{
  return cure->low > 0;
}

static const char *
judge (const VmmCure *cure)
{
  if (cure->high < 0)
    return N_ ("it is worse without");
  if (!is_gain (cure))
    return N_ ("no gain that these runs can show");
  if (cure->shared)
    return N_ ("other findings are felt there as well");
  return cure->said < cure->low    ? N_ ("more than was said")
         : cure->said > cure->high ? N_ ("less than was said")
                                   : N_ ("as was said");
}

/* Something is lost, or what was said to be gained is not. */
static gboolean
is_disappointing (const VmmCure *cure)
{
  return cure->high < 0 || (!is_gain (cure) && count_points (cure) > 0);
}

char *
vmm_account_cure (const VmmAccount *account, const VmmCure *cure)
{
  VmmLanguage language = account->language;
  char       *text = vmm_words_join (say_who (account, cure), say_said (language, cure), language);

  if (isnan (cure->gained))
    return text;
  text = vmm_words_join (text, say_measured (account, cure), language);
  if (isnan (cure->low))
    return text;
  text = vmm_words_join (text, g_strdup (vmm_text (language, judge (cure))), language);
  if (!cure->undo || !is_disappointing (cure))
    return text;
  /* TRANSLATORS: %s: what takes the remedy of a finding back */
  return vmm_words_join (text,
                         vmm_fill (vmm_text (language, N_ ("to undo the remedy: %s")),
                                   vmm_text (language, cure->undo), NULL),
                         language);
}
