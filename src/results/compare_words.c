/* SPDX-License-Identifier: MIT */
/* compare_words: verdicts as sentences, each whole, so that every language can order its words. */
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "compare_private.h"

#define TIMES 2.0 /* from here on "2.3 times as well", not "130 % better" */

/* By whether the total is meant, and whether it is a matter of times. */
static const char *const comparatives[2][2] = {
  /* TRANSLATORS: two VMMs (or labels) in one item of the score: "KVM 20 % better than Xen" */
  { N_ ("%1$s %2$s %% better than %3$s"), N_ ("%1$s %2$s times as well as %3$s") },
  { N_ ("%1$s serves this guest %2$s %% better than %3$s"),
    N_ ("%1$s serves this guest %2$s times as well as %3$s") },
};

/* Three significant digits, whole from 100 on. */
static const char *
format_figure (char ret_text[VMM_DECIMAL_SIZE], double value, VmmLanguage language)
{
  double      size = fabs (value);
  const char *format = size >= 99.95    ? "%.0f"
                       : size >= 9.995  ? "%.1f"
                       : size >= 0.9995 ? "%.2f"
                                        : "%.3g";

  return vmm_decimal (language, ret_text, format, value);
}

/* A ratio as whole percents, tenths below one; or as times. */
static const char *
format_ratio (char ret_text[VMM_DECIMAL_SIZE], double ratio, gboolean is_times,
              VmmLanguage language)
{
  double percent = (ratio - 1) * 100;

  if (is_times)
    return vmm_decimal (language, ret_text, ratio < 100 ? "%.1f" : "%.0f", ratio);
  return vmm_decimal (language, ret_text, fabs (percent) < 0.95 ? "%.1f" : "%.0f", percent);
}

/* `more` as a sentence of its own after what `text` has said; takes both. */
static char *
add_sentence (char *text, char *more, VmmLanguage language)
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
  const char *better = sides[pair->better].name, *worse = sides[pair->worse].name;
  char        ratio[VMM_DECIMAL_SIZE], low[VMM_DECIMAL_SIZE], high[VMM_DECIMAL_SIZE];

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
      windows, sides[side].name);
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
  char     figure[VMM_DECIMAL_SIZE];
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
                         sides[pair->better].name, sides[pair->worse].name)
                   : g_strdup (vmm_text (language, N_ ("no difference that these runs can show")));

  return add_sentence (text, say_detectable (pair->detectable, language), language);
}

char *
vmm_side_value_to_text (const VmmSideValue *value, const char *unit, VmmLanguage language)
{
  char        figure[VMM_DECIMAL_SIZE], low[VMM_DECIMAL_SIZE], high[VMM_DECIMAL_SIZE];
  const char *shown = strcmp (unit, "us") == 0 ? "µs" : unit;

  if (isnan (value->value))
    return g_strdup (vmm_text (language, N_ ("no value")));
  format_figure (figure, value->value, language);
  g_autofree char *text = g_strconcat (figure, *shown ? " " : "", shown, NULL);
  if (isnan (value->low))
    return g_steal_pointer (&text);
  format_figure (low, value->low, language);
  format_figure (high, value->high, language);
  /* TRANSLATORS: a value and its 95 % interval: "101 µs (97.8 to 105)" */
  return g_strdup_printf (vmm_text (language, N_ ("%1$s (%2$s to %3$s)")), text, low, high);
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
  better = say_better (item, pair, sides, language);
  /* TRANSLATORS: before a verdict that is more than a guess and less than a proof */
  text = g_strdup_printf (vmm_text (language, N_ ("indicative: %s")), better);
  needed = item->level == VMM_LEVEL_TOTAL ? say_needed (item, pair, sides, language) : NULL;
  return needed ? add_sentence (text, needed, language) : text;
}

/* What can be compared where the totals cannot. */
static char *
say_rest (const VmmComparison *comparison)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    if (item->level == VMM_LEVEL_CATEGORY && !item->reason)
      g_string_append_printf (titles, "%s%s", titles->len ? ", " : "", item->title);
  }
  if (!titles->len)
    return g_strdup (
        vmm_text (comparison->language, N_ ("still compared: the probes' own values")));
  /* TRANSLATORS: %s: "CPU, Disk" */
  return g_strdup_printf (vmm_text (comparison->language, N_ ("still compared: %s")), titles->str);
}

static int
compare_ranks (gconstpointer a, gconstpointer b, gpointer data)
{
  const VmmItem      *total = data;
  const VmmSideValue *first = &total->sides[*(const guint *) a];
  const VmmSideValue *second = &total->sides[*(const guint *) b];

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  return (first->value < second->value) - (first->value > second->value);
}

/* "1. A 120 (110 to 130), 2. B 98 (92 to 104), 2. C 97 (91 to 103)" */
static char *
list_ranks (const VmmItem *total, const VmmSide *sides, VmmLanguage language, gboolean *ret_tied)
{
  GString *text = g_string_new (NULL);
  guint    order[VMM_COMPARE_MAX_SIDES];

  for (guint i = 0; i < total->n_sides; i++)
    order[i] = i;
  g_qsort_with_data (order, (int) total->n_sides, sizeof *order, compare_ranks, (gpointer) total);
  *ret_tied = FALSE;
  for (guint i = 0; i < total->n_sides; i++) {
    const VmmSideValue *value = &total->sides[order[i]];
    g_autofree char    *figures = vmm_side_value_to_text (value, total->unit, language);
    if (i > 0 && value->rank == total->sides[order[i - 1]].rank)
      *ret_tied = TRUE;
    g_string_append_printf (text, "%s%u. %s %s", i ? ", " : "", value->rank, sides[order[i]].name,
                            figures);
  }
  return g_string_free (text, FALSE);
}

static char *
say_ranking (const VmmItem *total, const VmmSide *sides, VmmLanguage language)
{
  gboolean         tied, indicative = FALSE;
  g_autofree char *ranks = list_ranks (total, sides, language, &tied);
  char            *text, *more;

  for (guint i = 0; i < total->n_pairs; i++)
    indicative = indicative || total->pairs[i].verdict == VMM_VERDICT_INDICATIVE;
  text = g_strdup_printf (
      vmm_text (language, indicative ? N_ ("indicative ranking: %s") : N_ ("ranking: %s")), ranks);
  if (!indicative && !tied)
    return text;
  more = indicative
             ? g_strdup_printf (vmm_text_of (language, "a verdict needs %d window of each",
                                             "a verdict needs %d windows of each",
                                             VMM_COMPARE_MIN_WINDOWS),
                                VMM_COMPARE_MIN_WINDOWS)
             : g_strdup (vmm_text (
                   language, N_ ("between equal ranks no difference that these runs can show")));
  return add_sentence (text, more, language);
}

/* Which sides have nothing to compare, or NULL. */
static char *
say_unfit (const VmmComparison *comparison)
{
  VmmLanguage language = comparison->language;
  char       *text = NULL;

  for (guint i = 0; i < comparison->n_sides; i++) {
    const VmmSide *side = &comparison->sides[i];
    if (side->windows)
      continue;
    const char *note = side->note ? side->note : vmm_text (language, N_ ("none given"));
    text = add_sentence (
        text,
        g_strdup_printf (
            vmm_text (language,
                      N_ ("no window of %1$s is fit for comparison (%2$s): measure a new one")),
            side->name, note),
        language);
  }
  return text;
}

static char *
say_all (const VmmComparison *comparison)
{
  const VmmItem *total = vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total");
  VmmLanguage    language = comparison->language;
  char          *unfit = say_unfit (comparison);

  if (comparison->n_sides < 2)
    return add_sentence (
        unfit, g_strdup (vmm_text (language, N_ ("two sides at least make a comparison"))),
        language);
  if (unfit)
    return unfit;
  if (total->reason)
    return add_sentence (
        g_strdup_printf (vmm_text (language, N_ ("the totals are not compared: %s")),
                         total->reason),
        say_rest (comparison), language);
  if (comparison->n_sides == 2)
    return g_strdup (total->pairs[0].text);
  return say_ranking (total, comparison->sides, language);
}

char *
vmm_words_verdict (const VmmComparison *comparison, guint ignored)
{
  char *text = say_all (comparison);

  if (!ignored)
    return text;
  return add_sentence (
      text,
      g_strdup_printf (vmm_text_of (comparison->language, "%u more side was left out",
                                    "%u more sides were left out", ignored),
                       ignored),
      comparison->language);
}
