/* SPDX-License-Identifier: MIT */
/* evidence: the numbers of a result, by name, and in words. */
#include "advice_private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const VmmScoreProbe *
get_probe (const VmmResult *result, const char *name, const VmmScoreRow **ret_row)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (table[i].name, name) == 0) {
      *ret_row = &table[i];
      return &vmm_result_get_score (result)->probes[i];
    }
  g_return_val_if_reached (NULL);
}

double
vmm_get_value (const VmmResult *result, const char *probe)
{
  const VmmScoreRow *row;

  return get_probe (result, probe, &row)->value;
}

double
vmm_get_ratio (const VmmResult *result, const char *probe)
{
  const VmmScoreRow *row;
  double             value = get_probe (result, probe, &row)->value;

  if (!(row->reference > 0) || !(value > 0))
    return NAN;
  return row->more_is_better ? value / row->reference : row->reference / value;
}

static double
get_number_of_probes (const VmmResult *result, const VmmLimit *limit)
{
  g_auto (GStrv) probes = g_strsplit (limit->probes, " ", -1);
  double number = NAN; /* which fmin() and fmax() pass over */

  for (guint i = 0; probes[i]; i++) {
    double next = limit->statistic == VMM_VALUE ? vmm_get_value (result, probes[i])
                                                : vmm_get_ratio (result, probes[i]);
    number = limit->comparison == VMM_BELOW ? fmin (number, next) : fmax (number, next);
  }
  return number;
}

double
vmm_get_number (const VmmResult *result, const VmmLimit *limit)
{
  if (limit->statistic == VMM_MEAN)
    return vmm_result_get_summary (result, limit->channel)->mean;
  if (limit->statistic == VMM_MAX)
    return vmm_result_get_summary (result, limit->channel)->max;
  return get_number_of_probes (result, limit);
}

gboolean
vmm_is_met (const VmmResult *result, const VmmLimit *limit)
{
  double number = vmm_get_number (result, limit);

  switch (limit->comparison) {
  case VMM_AT_LEAST:
    return number >= limit->threshold;
  case VMM_ABOVE:
    return number > limit->threshold;
  case VMM_BELOW:
    return number < limit->threshold;
  }
  g_return_val_if_reached (FALSE);
}

void
vmm_tell_phrase (VmmTelling *evidence, char *phrase)
{
  g_autofree char *before = evidence->text;

  if (!before) {
    evidence->text = phrase;
    return;
  }
  evidence->text = g_strdup_printf (vmm_text (evidence->language, N_ ("%s; %s")), before, phrase);
  g_free (phrase);
}

static const char *
format_figure (const VmmTelling *evidence, char ret_text[VMM_DECIMAL_SIZE], double value)
{
  return vmm_decimal (evidence->language, ret_text, fabs (value) >= 99.95 ? "%.0f" : "%.3g", value);
}

void
vmm_tell (VmmTelling *evidence, const char *format, double value)
{
  char figure[VMM_DECIMAL_SIZE];

  format_figure (evidence, figure, value);
  vmm_tell_phrase (evidence, vmm_fill (vmm_text (evidence->language, format), figure, NULL));
}

static void
tell_probe (VmmTelling *evidence, const VmmResult *result, const char *probe)
{
  const VmmScoreRow *row;
  double             value = get_probe (result, probe, &row)->value;
  const char        *title, *unit = vmm_channel (row->channel)->unit;
  char               figure[VMM_DECIMAL_SIZE], reference[VMM_DECIMAL_SIZE];

  if (isnan (value))
    return;
  title = vmm_text (evidence->language, row->title);
  unit = strcmp (unit, "us") == 0 ? "µs" : unit;
  format_figure (evidence, figure, value);
  if (!(row->reference > 0)) {
    vmm_tell_phrase (evidence, g_strdup_printf ("%s %s %s", title, figure, unit));
    return;
  }
  vmm_decimal (evidence->language, reference, "%g", row->reference);
  /* TRANSLATORS: what a probe measured: "Page fault 5.1 µs (reference 1.6)" */
  const char *format = vmm_text (evidence->language, N_ ("%1$s %2$s %3$s (reference %4$s)"));
  vmm_tell_phrase (evidence, vmm_fill (format, title, figure, unit, reference, NULL));
}

void
vmm_tell_probes (VmmTelling *evidence, const VmmResult *result, const char *probes)
{
  g_auto (GStrv) list = g_strsplit (probes ? probes : "", " ", -1);

  for (guint i = 0; list[i]; i++)
    tell_probe (evidence, result, list[i]);
}

void
vmm_tell_times (VmmTelling *evidence, const VmmResult *result, const char *probe)
{
  const VmmScoreRow *row;
  char               figure[VMM_DECIMAL_SIZE];
  double             times = 1 / vmm_get_ratio (result, probe);

  (void) get_probe (result, probe, &row);
  const char *format =
      row->more_is_better ? N_ ("the reference is %s times that") : N_ ("%s times the reference");
  vmm_decimal (evidence->language, figure, times < 9.95 ? "%.1f" : "%.0f", times);
  vmm_tell_phrase (evidence, vmm_fill (vmm_text (evidence->language, format), figure, NULL));
}

gboolean
vmm_has_word (const char *words, const char *word)
{
  g_auto (GStrv) list = g_strsplit (words ? words : "", " ", -1);

  return g_strv_contains ((const char *const *) list, word);
}
