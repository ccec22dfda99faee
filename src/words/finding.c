/* SPDX-License-Identifier: MIT */
/* finding: what is wrong with this guest's VMM, how sure that is, and what it costs. */
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define MOST_POINTS 1e9 /* of a foreign result */

char *
vmm_words_finding_title (const VmmFinding *finding)
{
  const char *sureness = vmm_say_id ("sureness", vmm_sureness_id (finding->sureness));
  gulong      points;

  if (!isfinite (finding->points))
    return g_strdup_printf (C_ ("symptom, how sure its cause is", "%1$s (%2$s)"), finding->symptom,
                            sureness);
  points = (gulong) round (CLAMP (finding->points, 0, MOST_POINTS));
  if (points == 0)
    /* TRANSLATORS: a finding, how sure it is, and what a cure would bring */
    return g_strdup_printf (_ ("%1$s (%2$s, less than 1 point)"), finding->symptom, sureness);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s (%2$s, about %3$lu point)",
                                       "%1$s (%2$s, about %3$lu points)", points),
                          finding->symptom, sureness, points);
}

void
vmm_words_finding_parts (const VmmFinding *finding, VmmFindingPart ret_parts[VMM_N_FINDING_PARTS])
{
  /* TRANSLATORS: headings in the margin of a page, at most 8 columns wide: "measured", "cause",
   * "remedy" and "source" */
  const VmmFindingPart parts[VMM_N_FINDING_PARTS] = {
    { _ ("measured"), finding->evidence },
    { _ ("cause"), finding->cause },
    { _ ("remedy"), finding->remedy },
    { _ ("source"), finding->source },
  };

  memcpy (ret_parts, parts, sizeof parts);
}

const char *
vmm_words_no_findings (const VmmScore *score)
{
  return isfinite (score->total.value) && score->quality < VMM_QUALITY_DISTURBED
             ? _ ("no symptom found: nothing to fix")
             : _ ("no symptom found in the little that could be measured");
}
