/* SPDX-License-Identifier: MIT */
/* findings: writes down advice: symptom, evidence, cause, remedy, source. */
#include "findings.h"

#include "page.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>

static void
append_finding (GString *out, const VmmFinding *finding, const VmmStyle *style)
{
  g_autofree char *title = vmm_words_finding_title (finding);

  /* TRANSLATORS: headings in the margin of a page are best at most 10 columns wide; "because" at
   * most 8. */
  vmm_page_note (out, style, _ ("Finding"), title);
  for (guint i = 0; i < VMM_N_FINDING_PARTS; i++) {
    const char      *heading;
    g_autofree char *text = vmm_words_finding_part (finding, i, &heading);
    if (text)
      vmm_page_subnote (out, style, heading, text);
  }
}

void
vmm_findings_append (GString *out, const VmmResult *result, const VmmStyle *style)
{
  g_autoptr (GPtrArray) findings = vmm_advise (result);

  if (findings->len == 0)
    vmm_page_note (out, style, _ ("Findings"),
                   vmm_words_no_findings (vmm_result_get_score (result)));
  for (guint i = 0; i < findings->len; i++)
    append_finding (out, g_ptr_array_index (findings, i), style);
  g_string_append_c (out, '\n');
}
