/* SPDX-License-Identifier: MIT */
/* findings: writes down advice: symptom, evidence, cause, remedy, source. */
#include "findings.h"

#include "page.h"
#include "vmm/advice.h"

#include <glib/gi18n-lib.h>

/* "Leaving the guest is slow (likely, about 2 points)" */
static char *
format_title (const VmmFinding *finding)
{
  const char *sureness = vmm_say_id ("sureness", vmm_sureness_id (finding->sureness));
  gulong points = isfinite (finding->points) ? (gulong) CLAMP (finding->points + 0.5, 0, 1e9) : 0;

  if (!isfinite (finding->points))
    return g_strdup_printf ("%s (%s)", finding->symptom, sureness);
  if (finding->points < 0.5)
    /* TRANSLATORS: a finding, how sure it is, and what a cure would bring */
    return g_strdup_printf (_ ("%1$s (%2$s, less than 1 point)"), finding->symptom, sureness);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s (%2$s, about %3$lu point)",
                                       "%1$s (%2$s, about %3$lu points)", points),
                          finding->symptom, sureness, points);
}

static void
append_finding (GString *out, const VmmFinding *finding, const VmmStyle *style)
{
  g_autofree char *title = format_title (finding);

  /* TRANSLATORS: headings in the margin of a page are best at most 10 columns wide; "measured",
   * "because", "cause", "remedy" and "source" at most 8. */
  vmm_page_note (out, style, _ ("Finding"), title);
  vmm_page_subnote (out, style, _ ("measured"), finding->evidence);
  vmm_page_subnote (out, style, _ ("cause"), finding->cause);
  vmm_page_subnote (out, style, _ ("remedy"), finding->remedy);
  vmm_page_subnote (out, style, _ ("source"), finding->source);
}

void
vmm_findings_append (GString *out, const VmmResult *result, const VmmStyle *style)
{
  g_autoptr (GPtrArray) findings = vmm_advise (result, VMM_LOCAL);

  if (findings->len == 0)
    vmm_page_note (out, style, _ ("Findings"), vmm_advise_nothing (result, VMM_LOCAL));
  for (guint i = 0; i < findings->len; i++)
    append_finding (out, g_ptr_array_index (findings, i), style);
  g_string_append_c (out, '\n');
}
