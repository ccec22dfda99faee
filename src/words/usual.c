/* SPDX-License-Identifier: MIT */
/* usual: what a score means beside those of other machines, where that is known. */
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const char *
get_format (const VmmUsual *usual, double total)
{
  if (total < usual->low)
    return _ ("low for %1$s: the middle half of %2$s machines is at %3$s");
  if (total > usual->high)
    return _ ("high for %1$s: the middle half of %2$s machines is at %3$s");
  return _ ("usual for %1$s: the middle half of %2$s machines is at %3$s");
}

char *
vmm_words_usual_by (const VmmUsual *usual, const char *vmm_name, double total)
{
  if (usual->machines < VMM_USUAL_MIN_MACHINES)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "what is usual for %1$s is not known yet: %2$u machine",
                     "what is usual for %1$s is not known yet: %2$u machines", usual->machines),
        vmm_name, usual->machines);
  g_autofree char *range = vmm_words_interval (usual->low, usual->high);
  g_autofree char *machines = g_strdup_printf ("%u", usual->machines);
  return vmm_fill (get_format (usual, total), vmm_name, machines, range, NULL);
}

char *
vmm_words_usual (const VmmResult *result)
{
  const VmmScore *score = vmm_result_get_score (result);
  const VmmHost  *host = vmm_result_get_host (result);

  if (!isfinite (score->total.value) || score->quality >= VMM_QUALITY_DISTURBED)
    return NULL;
  return vmm_words_usual_by (vmm_usual_find (score->version, host->vmm_id),
                             vmm_text (VMM_LOCAL, host->vmm_name), score->total.value);
}
