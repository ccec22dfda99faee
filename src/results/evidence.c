/* SPDX-License-Identifier: MIT */
/* evidence: the numbers of a result, by name, and what of them a finding stands on. */
#include "advice_private.h"

#include <math.h>
#include <string.h>

static const VmmScoreProbe *
get_probe (const VmmResult *result, const char *name)
{
  for (const VmmScoreProbe *probe = vmm_result_get_score (result)->probes; probe->row; probe++)
    if (strcmp (probe->row->name, name) == 0)
      return probe;
  g_return_val_if_reached (NULL);
}

double
vmm_get_value (const VmmResult *result, const char *probe)
{
  return get_probe (result, probe)->value;
}

double
vmm_get_ratio (const VmmResult *result, const char *probe)
{
  const VmmScoreRow *row = get_probe (result, probe)->row;
  double             value = vmm_get_value (result, probe);

  if (!(row->reference > 0) || !(value > 0))
    return NAN;
  return row->more_is_better ? value / row->reference : row->reference / value;
}

static double
get_quotient (const VmmResult *result, const char *probes)
{
  g_auto (GStrv) list = g_strsplit (probes, " ", 2);

  return vmm_get_value (result, list[0]) / vmm_get_value (result, list[1]);
}

static double
get_number_of_probes (const VmmResult *result, const VmmLimit *limit)
{
  g_auto (GStrv) probes = g_strsplit (limit->probes, " ", -1);
  double number = NAN; /* which fmin() and fmax() pass over */

  for (guint i = 0; probes[i]; i++) {
    double next = limit->statistic == VMM_VALUE ? vmm_get_value (result, probes[i])
                                                : vmm_get_ratio (result, probes[i]);
    number = limit->relation == VMM_BELOW ? fmin (number, next) : fmax (number, next);
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
  if (limit->statistic == VMM_QUOTIENT)
    return get_quotient (result, limit->probes);
  return get_number_of_probes (result, limit);
}

gboolean
vmm_is_met (const VmmResult *result, const VmmLimit *limit)
{
  double number = vmm_get_number (result, limit);

  switch (limit->relation) {
  case VMM_AT_LEAST:
    return number >= limit->threshold;
  case VMM_ABOVE:
    return number > limit->threshold;
  case VMM_BELOW:
    return number < limit->threshold;
  }
  g_return_val_if_reached (FALSE);
}

static void
free_evidence (VmmEvidence *evidence)
{
  for (guint i = 0; i < VMM_MAX_EVIDENCE_NAMES; i++)
    g_free (evidence->names[i]);
  g_free (evidence);
}

GPtrArray *
vmm_evidence_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) free_evidence);
}

static void
tell (GPtrArray *evidence, const VmmEvidence *fields)
{
  g_ptr_array_add (evidence, g_memdup2 (fields, sizeof *fields));
}

void
vmm_tell_number (GPtrArray *evidence, const char *format, double number)
{
  tell (evidence, &(VmmEvidence){ VMM_EVIDENCE_NUMBER, format, number });
}

static void
tell_probe (GPtrArray *evidence, const VmmScoreProbe *probe)
{
  if (!isnan (probe->value))
    tell (evidence, &(VmmEvidence){ VMM_EVIDENCE_PROBE, NULL, probe->value, probe->row });
}

void
vmm_tell_probes (GPtrArray *evidence, const VmmResult *result, const char *probes)
{
  g_auto (GStrv) list = g_strsplit (probes ? probes : "", " ", -1);

  for (guint i = 0; list[i]; i++)
    tell_probe (evidence, get_probe (result, list[i]));
}

void
vmm_tell_times (GPtrArray *evidence, const VmmResult *result, const char *probe)
{
  tell (evidence, &(VmmEvidence){ VMM_EVIDENCE_TIMES, NULL, 1 / vmm_get_ratio (result, probe),
                                  get_probe (result, probe)->row });
}

void
vmm_tell_names (GPtrArray *evidence, const char *format, ...)
{
  VmmEvidence fields = { VMM_EVIDENCE_NAMES, format };
  const char *name;
  guint       n = 0;
  va_list     names;

  va_start (names, format);
  while ((name = va_arg (names, const char *)) && n < VMM_MAX_EVIDENCE_NAMES)
    fields.names[n++] = g_strdup (name);
  va_end (names);
  tell (evidence, &fields);
}

void
vmm_tell_reason (GPtrArray *evidence, const char *reason)
{
  tell (evidence, &(VmmEvidence){ VMM_EVIDENCE_REASON, .names = { g_strdup (reason) } });
}

gboolean
vmm_has_word (const char *words, const char *word)
{
  gsize length = strlen (word);

  for (const char *at = length ? words : NULL; at && (at = strstr (at, word)); at++)
    if ((at == words || at[-1] == ' ') && (at[length] == ' ' || !at[length]))
      return TRUE;
  return FALSE;
}
