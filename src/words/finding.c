/* SPDX-License-Identifier: MIT */
/* finding: what is wrong with this guest's VMM, how sure that is, and what it costs. */
#include "join.h"
#include "vmm/figure.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define MOST_POINTS 1e9 /* of a foreign result */

char *
vmm_words_finding_title (const VmmFinding *finding)
{
  const char *sureness = vmm_say_id ("sureness", vmm_sureness_id (finding->sureness));
  gulong      points;

  if (!isfinite (finding->points))
    return g_strdup_printf (C_ ("symptom, how sure its cause is", "%1$s (%2$s)"),
                            _ (finding->symptom), sureness);
  points = (gulong) round (CLAMP (finding->points, 0, MOST_POINTS));
  if (points == 0)
    /* TRANSLATORS: a finding, how sure it is, and what a cure would bring */
    return g_strdup_printf (_ ("%1$s (%2$s, less than 1 point)"), _ (finding->symptom), sureness);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s (%2$s, about %3$lu point)",
                                       "%1$s (%2$s, about %3$lu points)", points),
                          _ (finding->symptom), sureness, points);
}

static const char *
format_figure (VmmLanguage language, char ret_text[VMM_DECIMAL_SIZE], double value)
{
  return vmm_decimal (language, ret_text, fabs (value) >= 99.95 ? "%.0f" : "%.3g", value);
}

static char *
say_number (const VmmEvidence *evidence, VmmLanguage language)
{
  char figure[VMM_DECIMAL_SIZE];

  format_figure (language, figure, evidence->number);
  return vmm_fill (vmm_text (language, evidence->format), figure, NULL);
}

static char *
say_probe (const VmmEvidence *evidence, VmmLanguage language)
{
  const VmmScoreRow *row = evidence->probe;
  const char        *title = vmm_text (language, vmm_channel (row->channel)->title);
  const char        *unit = vmm_figure_unit_name (language, vmm_channel (row->channel)->unit);
  char               figure[VMM_DECIMAL_SIZE], reference[VMM_DECIMAL_SIZE];

  format_figure (language, figure, evidence->number);
  if (!(row->reference > 0))
    return g_strdup_printf ("%s %s %s", title, figure, unit);
  vmm_decimal (language, reference, "%g", row->reference);
  /* TRANSLATORS: what a probe measured: "Page fault 5.1 µs (reference 1.6)" */
  return vmm_fill (vmm_text (language, N_ ("%1$s %2$s %3$s (reference %4$s)")), title, figure, unit,
                   reference, NULL);
}

static char *
say_times (const VmmEvidence *evidence, VmmLanguage language)
{
  const char *format = evidence->probe->more_is_better ? N_ ("the reference is %s times that")
                                                       : N_ ("%s times the reference");
  char        figure[VMM_DECIMAL_SIZE];

  vmm_decimal (language, figure, evidence->number < 9.95 ? "%.1f" : "%.0f", evidence->number);
  return vmm_fill (vmm_text (language, format), figure, NULL);
}

static char *
say_names (const VmmEvidence *evidence, VmmLanguage language)
{
  return vmm_fill (vmm_text (language, evidence->format), evidence->names[0], evidence->names[1],
                   evidence->names[2], NULL);
}

static char *
say_reason (const VmmEvidence *evidence, VmmLanguage language)
{
  return language == VMM_LOCAL ? vmm_say (evidence->names[0]) : g_strdup (evidence->names[0]);
}

char *
vmm_words_evidence (const VmmFinding *finding, VmmLanguage language)
{
  static char *(*const sayers[]) (const VmmEvidence *evidence, VmmLanguage language) = {
    [VMM_EVIDENCE_NUMBER] = say_number, [VMM_EVIDENCE_PROBE] = say_probe,
    [VMM_EVIDENCE_TIMES] = say_times,   [VMM_EVIDENCE_NAMES] = say_names,
    [VMM_EVIDENCE_REASON] = say_reason,
  };
  char *text = NULL;

  for (guint i = 0; i < finding->evidence->len; i++) {
    const VmmEvidence *evidence = g_ptr_array_index (finding->evidence, i);
    text = vmm_words_join (text, sayers[evidence->kind](evidence, language), language);
  }
  return text ? text : g_strdup ("");
}

char *
vmm_words_finding_part (const VmmFinding *finding, VmmFindingPart part, const char **ret_heading)
{
  /* TRANSLATORS: headings in the margin of a page, at most 8 columns wide: "measured", "cause",
   * "remedy", "undo" and "source" */
  static const char *const headings[VMM_N_FINDING_PARTS] = {
    [VMM_FINDING_MEASURED] = N_ ("measured"), [VMM_FINDING_CAUSE] = N_ ("cause"),
    [VMM_FINDING_REMEDY] = N_ ("remedy"),     [VMM_FINDING_UNDO] = N_ ("undo"),
    [VMM_FINDING_SOURCE] = N_ ("source"),
  };

  g_return_val_if_fail ((guint) part < VMM_N_FINDING_PARTS, NULL);
  *ret_heading = _ (headings[part]);
  switch (part) {
  case VMM_FINDING_MEASURED:
    return vmm_words_evidence (finding, VMM_LOCAL);
  case VMM_FINDING_CAUSE:
    return g_strdup (_ (finding->cause));
  case VMM_FINDING_REMEDY:
    return g_strdup (_ (finding->remedy));
  case VMM_FINDING_UNDO:
    return finding->undo ? g_strdup (_ (finding->undo)) : NULL;
  case VMM_FINDING_SOURCE:
  default:
    return g_strdup (finding->source);
  }
}

const char *
vmm_words_no_findings (const VmmScore *score)
{
  return isfinite (score->total.value) && score->quality < VMM_QUALITY_DISTURBED
             ? _ ("no symptom found: nothing to fix")
             : _ ("no symptom found in the little that could be measured");
}
