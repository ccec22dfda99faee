/* SPDX-License-Identifier: MIT */
/* findings: writes down advice: symptom, evidence, cause, remedy, source. */
#include "findings.h"

#include "page.h"
#include "vmm/advice.h"

static char *
format_weight (const VmmFinding *finding)
{
  const char *sureness = vmm_sureness_id (finding->sureness);

  if (!isfinite (finding->points))
    return g_strdup (sureness);
  if (finding->points < 0.5)
    return g_strdup_printf ("%s, less than 1 point", sureness);
  return g_strdup_printf ("%s, about %.0f point%s", sureness, finding->points,
                          finding->points < 1.5 ? "" : "s");
}

static void
append_finding (GString *out, const VmmFinding *finding, const VmmStyle *style)
{
  g_autofree char *weight = format_weight (finding);
  g_autofree char *title = g_strdup_printf ("%s (%s)", finding->symptom, weight);

  vmm_page_note (out, style, "Finding", title);
  vmm_page_note (out, style, "  measured", finding->evidence);
  vmm_page_note (out, style, "  cause", finding->cause);
  vmm_page_note (out, style, "  remedy", finding->remedy);
  vmm_page_note (out, style, "  source", finding->source);
}

void
vmm_findings_append (GString *out, const VmmResult *result, const VmmStyle *style)
{
  g_autoptr (GPtrArray) findings = vmm_advise (result, VMM_LOCAL);

  if (findings->len == 0)
    vmm_page_note (out, style, "Findings", vmm_advise_nothing (result, VMM_LOCAL));
  for (guint i = 0; i < findings->len; i++)
    append_finding (out, g_ptr_array_index (findings, i), style);
  g_string_append_c (out, '\n');
}
