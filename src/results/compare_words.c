/* SPDX-License-Identifier: MIT */
/* compare_words: verdicts as sentences, each whole, so that every language can order its words. */
#include "compare_private.h"

#include "vmm/figure.h"

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

char *
vmm_words_join (char *text, char *more, VmmLanguage language)
{
  char *both = text ? g_strdup_printf (vmm_text (language, N_ ("%s; %s")), text, more) : NULL;

  if (!both)
    return more;
  g_free (text);
  g_free (more);
  return both;
}

/* "kvm serves this guest 20 % better than xen, 95 % interval 12 to 29 %" */
static char *
say_better (const VmmItem *item, const VmmPair *pair, const VmmSide *sides, VmmLanguage language)
{
  gboolean    is_times = pair->ratio >= TIMES;
  const char *format = comparatives[item->level == VMM_LEVEL_TOTAL][is_times];
  const char *better = sides[pair->better].called, *worse = sides[pair->worse].called;
  char        ratio[RATIO_SIZE], low[RATIO_SIZE], high[RATIO_SIZE];

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

/* "2 more windows of A", or NULL when it has enough. */
static char *
say_wanted (const VmmItem *item, guint side, const VmmSide *sides, VmmLanguage language)
{
  guint windows = item->sides[side].windows;

  if (windows >= VMM_COMPARE_MIN_WINDOWS)
    return NULL;
  windows = VMM_COMPARE_MIN_WINDOWS - windows;
  return g_strdup_printf (
      vmm_text_of (language, "%1$u more window of %2$s", "%1$u more windows of %2$s", windows),
      windows, sides[side].called);
}

/* "a verdict needs 2 more windows of A and 1 more window of B", or NULL. */
static char *
say_needed (const VmmItem *item, const VmmPair *pair, const VmmSide *sides, VmmLanguage language)
{
  g_autofree char *first = say_wanted (item, pair->better, sides, language);
  g_autofree char *second = say_wanted (item, pair->worse, sides, language);

  if (first && second)
    return g_strdup_printf (vmm_text (language, N_ ("a verdict needs %1$s and %2$s")), first,
                            second);
  /* TRANSLATORS: %s: "2 more windows of KVM" */
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
say_equal (const VmmItem *item, const VmmPair *pair, const VmmSide *sides, VmmLanguage language)
{
  char *text = item->level == VMM_LEVEL_TOTAL
                   ? g_strdup_printf (
                         vmm_text (language, N_ ("between %1$s and %2$s no difference that these "
                                                 "runs can show")),
                         sides[pair->better].called, sides[pair->worse].called)
                   : g_strdup (vmm_text (language, N_ ("no difference that these runs can show")));

  return is_no_difference (pair->detectable)
             ? text
             : vmm_words_join (text, say_detectable (pair->detectable, language), language);
}

/* Of too few windows, which say the same of both. */
static char *
say_same (const VmmItem *item, const VmmPair *pair, const VmmSide *sides, VmmLanguage language)
{
  if (item->level != VMM_LEVEL_TOTAL)
    return g_strdup (vmm_text (language, N_ ("no difference")));
  return g_strdup_printf (vmm_text (language, N_ ("between %1$s and %2$s no difference")),
                          sides[pair->better].called, sides[pair->worse].called);
}

char *
vmm_side_value_to_text (const VmmItem *item, guint side, VmmLanguage language)
{
  const VmmSideValue *value = &item->sides[side];
  double              values[VMM_COMPARE_MAX_SIDES];
  char                figure[VMM_FIGURE_SIZE], low[VMM_FIGURE_SIZE], high[VMM_FIGURE_SIZE];

  if (isnan (value->value))
    return g_strdup (vmm_text (language, N_ ("no value")));
  for (guint i = 0; i < item->n_sides; i++)
    values[i] = item->sides[i].value;
  VmmFigureUnit unit = vmm_figure_unit (item->unit, values, item->n_sides);
  vmm_figure_in (figure, language, value->value, unit);
  if (isnan (value->low))
    return g_strdup (figure);
  /* TRANSLATORS: a value and its 95 % interval: "101 µs (97.8 to 105)" */
  return g_strdup_printf (vmm_text (language, N_ ("%1$s (%2$s to %3$s)")), figure,
                          vmm_figure_number (low, language, value->low, unit),
                          vmm_figure_number (high, language, value->high, unit));
}

char *
vmm_words_pair (const VmmItem *item, const VmmPair *pair, const VmmSide *sides,
                VmmLanguage language)
{
  g_autofree char *better = NULL;
  char            *text, *needed;

  switch (pair->verdict) {
  case VMM_VERDICT_NONE:
    return g_strdup_printf (vmm_text (language, N_ ("not compared: %s")),
                            item->reason ? item->reason : vmm_text (language, N_ ("no value")));
  case VMM_VERDICT_EQUAL:
    return say_equal (item, pair, sides, language);
  case VMM_VERDICT_DIFFERENT:
    return say_better (item, pair, sides, language);
  case VMM_VERDICT_INDICATIVE:
    break;
  }
  better = is_no_difference (pair->ratio) ? say_same (item, pair, sides, language)
                                          : say_better (item, pair, sides, language);
  /* TRANSLATORS: before a verdict that is more than a guess and less than a proof */
  text = g_strdup_printf (vmm_text (language, N_ ("indicative: %s")), better);
  needed = item->level == VMM_LEVEL_TOTAL ? say_needed (item, pair, sides, language) : NULL;
  return needed ? vmm_words_join (text, needed, language) : text;
}

gboolean
vmm_pair_is_told (const VmmComparison *comparison, const VmmItem *item, const VmmPair *pair)
{
  if (item->reason || !comparison->sides[pair->better].windows ||
      !comparison->sides[pair->worse].windows)
    return FALSE;
  return comparison->n_fit == 2 || item->level == VMM_LEVEL_TOTAL ||
         pair->verdict == VMM_VERDICT_DIFFERENT;
}

const char *
vmm_side_get_brief (const VmmSide *side)
{
  return side->letter ? side->letter : side->name;
}

char *
vmm_side_to_text (const VmmSide *side, VmmLanguage language)
{
  /* TRANSLATORS: a letter that stands for a side, and its name: "A = before the update" */
  g_autofree char *name = side->letter ? g_strdup_printf (vmm_text (language, N_ ("%1$s = %2$s")),
                                                          side->letter, side->name)
                                       : g_strdup (side->name);
  g_autofree char *windows = g_strdup_printf (
      vmm_text_of (language, "%1$s: %2$u window", "%1$s: %2$u windows", side->windows), name,
      side->windows);

  /* TRANSLATORS: after "KVM: 3 windows": "1 disturbed, 2 invalid" */
  return side->note ? g_strdup_printf (vmm_text (language, N_ ("%1$s; left out: %2$s")), windows,
                                       side->note)
                    : g_steal_pointer (&windows);
}

char *
vmm_likeness_to_text (const VmmComparison *comparison, const VmmLikeness *likeness)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < comparison->n_sides; i++)
    if (comparison->sides[i].windows)
      g_string_append_printf (text, "%s%s", text->len ? " | " : "", likeness->values[i]);
  return g_string_free (text, FALSE);
}
