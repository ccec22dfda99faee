/* SPDX-License-Identifier: MIT */
/* compare_words: verdicts as sentences. */
#include <math.h>
#include <string.h>

#include "compare_private.h"

#define TIMES 2.0 /* from here on "2.3 times as well", not "130 % better" */

/* Three significant digits, whole from 100 on, the same in every locale. */
static void
append_figure (GString *text, double value)
{
  char        digits[G_ASCII_DTOSTR_BUF_SIZE];
  double      size = fabs (value);
  const char *format = size >= 99.95    ? "%.0f"
                       : size >= 9.995  ? "%.1f"
                       : size >= 0.9995 ? "%.2f"
                                        : "%.3g";

  g_string_append (text, g_ascii_formatd (digits, sizeof digits, format, value));
}

/* Whole percents; tenths below one. */
static void
append_percent (GString *text, double ratio)
{
  char   digits[G_ASCII_DTOSTR_BUF_SIZE];
  double percent = (ratio - 1) * 100;

  g_string_append (text, g_ascii_formatd (digits, sizeof digits,
                                          fabs (percent) < 0.95 ? "%.1f" : "%.0f", percent));
}

static void
append_times (GString *text, double ratio)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text,
                   g_ascii_formatd (digits, sizeof digits, ratio < 100 ? "%.1f" : "%.0f", ratio));
}

static void
append_ratio (GString *text, double ratio, const char *than)
{
  if (ratio >= TIMES)
    append_times (text, ratio);
  else
    append_percent (text, ratio);
  g_string_append_printf (text, ratio >= TIMES ? " times as well as %s" : " %% better than %s",
                          than);
}

static void
append_interval (GString *text, const VmmPair *pair)
{
  void (*append) (GString *, double) = pair->ratio >= TIMES ? append_times : append_percent;

  if (isnan (pair->low))
    return;
  g_string_append (text, ", 95 % interval ");
  append (text, pair->low);
  g_string_append (text, " to ");
  append (text, pair->high);
  g_string_append (text, pair->ratio >= TIMES ? " times" : " %");
}

/* "; a verdict needs 2 more windows of A and 1 more window of B" */
static void
append_needed (GString *text, const VmmItem *item, const VmmPair *pair, const VmmSide *sides)
{
  const guint of[] = { pair->better, pair->worse };
  const char *before = "; a verdict needs";

  for (guint i = 0; i < G_N_ELEMENTS (of); i++) {
    guint windows = item->sides[of[i]].windows;
    if (windows >= VMM_COMPARE_MIN_WINDOWS)
      continue;
    windows = VMM_COMPARE_MIN_WINDOWS - windows;
    g_string_append_printf (text, "%s %u more window%s of %s", before, windows,
                            windows == 1 ? "" : "s", sides[of[i]].name);
    before = " and";
  }
}

/* "; a 9 % difference would have been seen" */
static void
append_detectable (GString *text, double ratio)
{
  g_autoptr (GString) figure = g_string_new (NULL);

  if (ratio >= TIMES) {
    append_times (figure, ratio);
    g_string_append_printf (text, "; a difference of %s times would have been seen", figure->str);
    return;
  }
  append_percent (figure, ratio);
  gboolean vowel =
      figure->str[0] == '8' || strcmp (figure->str, "11") == 0 || strcmp (figure->str, "18") == 0;
  g_string_append_printf (text, "; a%s %s %% difference would have been seen", vowel ? "n" : "",
                          figure->str);
}

char *
vmm_side_value_to_text (const VmmSideValue *value, const char *unit)
{
  GString *text = g_string_new (NULL);

  if (isnan (value->value))
    return g_string_free (g_string_append (text, "none"), FALSE);
  append_figure (text, value->value);
  if (*unit)
    g_string_append_printf (text, " %s", strcmp (unit, "us") == 0 ? "µs" : unit);
  if (!isnan (value->low)) {
    g_string_append (text, " (");
    append_figure (text, value->low);
    g_string_append (text, " to ");
    append_figure (text, value->high);
    g_string_append_c (text, ')');
  }
  return g_string_free (text, FALSE);
}

char *
vmm_words_pair (const VmmItem *item, const VmmPair *pair, const VmmSide *sides)
{
  const char *better = sides[pair->better].name, *worse = sides[pair->worse].name;
  GString    *text = g_string_new (NULL);

  switch (pair->verdict) {
  case VMM_VERDICT_NONE:
    g_string_append_printf (text, "not compared: %s", item->reason ? item->reason : "no value");
    break;
  case VMM_VERDICT_INDICATIVE:
    g_string_append_printf (text, "indicative: %s %s", better,
                            item->level == VMM_LEVEL_TOTAL ? "serves this guest " : "");
    append_ratio (text, pair->ratio, worse);
    append_interval (text, pair);
    if (item->level == VMM_LEVEL_TOTAL)
      append_needed (text, item, pair, sides);
    break;
  case VMM_VERDICT_EQUAL:
    if (item->level == VMM_LEVEL_TOTAL)
      g_string_append_printf (text, "between %s and %s ", better, worse);
    g_string_append (text, "no difference that these runs can show");
    append_detectable (text, pair->detectable);
    break;
  case VMM_VERDICT_DIFFERENT:
    g_string_append_printf (text, "%s %s", better,
                            item->level == VMM_LEVEL_TOTAL ? "serves this guest " : "");
    append_ratio (text, pair->ratio, worse);
    append_interval (text, pair);
    break;
  }
  return g_string_free (text, FALSE);
}

/* "CPU, Disk still compare", or "nothing else compares". */
static void
append_rest (GString *text, const VmmComparison *comparison)
{
  guint told = 0;

  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    if (item->level == VMM_LEVEL_CATEGORY && !item->reason)
      g_string_append_printf (text, "%s%s", told++ ? ", " : "; still compared: ", item->title);
  }
  g_string_append (text, told ? "" : "; still compared: the probes' own values");
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
static void
append_ranking (GString *text, const VmmItem *total, const VmmSide *sides)
{
  guint    order[VMM_COMPARE_MAX_SIDES];
  gboolean tied = FALSE, indicative = FALSE;

  for (guint i = 0; i < total->n_sides; i++)
    order[i] = i;
  for (guint i = 0; i < total->n_pairs; i++)
    indicative = indicative || total->pairs[i].verdict == VMM_VERDICT_INDICATIVE;
  g_qsort_with_data (order, (int) total->n_sides, sizeof *order, compare_ranks, (gpointer) total);
  g_string_append (text, indicative ? "indicative ranking: " : "ranking: ");
  for (guint i = 0; i < total->n_sides; i++) {
    const VmmSideValue *value = &total->sides[order[i]];
    g_autofree char    *figures = vmm_side_value_to_text (value, total->unit);
    tied = tied || (i > 0 && value->rank == total->sides[order[i - 1]].rank);
    g_string_append_printf (text, "%s%u. %s %s", i ? ", " : "", value->rank, sides[order[i]].name,
                            figures);
  }
  if (indicative)
    g_string_append_printf (text, "; a verdict needs %d windows of each", VMM_COMPARE_MIN_WINDOWS);
  else if (tied)
    g_string_append (text, "; between equal ranks no difference that these runs can show");
}

char *
vmm_words_verdict (const VmmComparison *comparison, guint ignored)
{
  const VmmItem *total = vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total");
  GString       *text = g_string_new (NULL);

  for (guint i = 0; i < comparison->n_sides; i++)
    if (!comparison->sides[i].windows)
      g_string_append_printf (text, "%sno window of %s is fit for comparison (%s)",
                              text->len ? "; " : "", comparison->sides[i].name,
                              comparison->sides[i].note ? comparison->sides[i].note : "none given");
  if (comparison->n_sides < 2) {
    g_string_append_printf (text, "%stwo sides at least make a comparison", text->len ? "; " : "");
  } else if (!text->len && total->reason) {
    g_string_append_printf (text, "the totals are not compared: %s", total->reason);
    append_rest (text, comparison);
  } else if (!text->len && comparison->n_sides == 2) {
    g_string_append (text, total->pairs[0].text);
  } else if (!text->len) {
    append_ranking (text, total, comparison->sides);
  }
  if (ignored)
    g_string_append_printf (text, "; %u more sides were left out", ignored);
  return g_string_free (text, FALSE);
}
