/* SPDX-License-Identifier: MIT */
/* display_symptoms: what a host's displays say that no limit of a number can. */
#include "advice_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of several displays one that may draw in 3D is enough. Where nobody looks, none is missed. */
gboolean
vmm_find_no_3d (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence)
{
  const VmmHost   *host = vmm_result_get_host (result);
  const VmmDevice *without = NULL;

  for (guint i = 0; i < host->n_devices; i++) {
    if (strcmp (host->devices[i].kind, "display") != 0)
      continue;
    if (host->devices[i].acceleration != VMM_3D_NO)
      return FALSE;
    without = &host->devices[i];
  }
  if (!without || strcmp (host->desktop, "graphical") != 0)
    return FALSE;
  vmm_tell_names (evidence, N_ ("a graphical session on %s"), without->name, NULL);
  vmm_tell_reason (evidence, without->acceleration_reason);
  return TRUE;
}
