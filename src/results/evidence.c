/* SPDX-License-Identifier: MIT */
/* evidence: the numbers of a result, by name, and in words. */
#include <math.h>
#include <string.h>

#include "advice_private.h"

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
vmm_result_value (const VmmResult *result, const char *probe)
{
  const VmmScoreRow *row;

  return get_probe (result, probe, &row)->value;
}

double
vmm_result_ratio (const VmmResult *result, const char *probe)
{
  const VmmScoreRow *row;
  double             value = get_probe (result, probe, &row)->value;

  if (!(row->reference > 0) || !(value > 0))
    return NAN;
  return row->more_is_better ? value / row->reference : row->reference / value;
}

double
vmm_result_mean (const VmmResult *result, VmmChannelId channel)
{
  return vmm_result_get_summary (result, channel)->mean;
}

void
vmm_tell (GString *evidence, const char *what, double value, const char *unit)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (digits, sizeof digits, fabs (value) >= 99.95 ? "%.0f" : "%.3g", value);
  g_string_append_printf (evidence, "%s%s %s %s", evidence->len ? "; " : "", what, digits,
                          strcmp (unit, "us") == 0 ? "µs" : unit);
}

void
vmm_tell_probe (GString *evidence, const VmmResult *result, const char *probe)
{
  const VmmScoreRow *row;
  double             value = get_probe (result, probe, &row)->value;
  const char        *unit = vmm_channel (row->channel)->unit;

  if (isnan (value))
    return;
  vmm_tell (evidence, row->title, value, unit);
  if (row->reference > 0) {
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd (digits, sizeof digits, "%g", row->reference);
    g_string_append_printf (evidence, " (reference %s)", digits);
  }
}

gboolean
vmm_has_word (const char *words, const char *word)
{
  g_auto (GStrv) list = g_strsplit (words, " ", -1);

  return g_strv_contains ((const char *const *) list, word);
}
