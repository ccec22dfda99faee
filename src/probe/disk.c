/* SPDX-License-Identifier: MIT */
/* disk: the scratch file, and the CPU kept awake, of the probes that work on the disk. */
#include "probe.h"

gboolean
vmm_disk_check (const VmmKit *kit, gboolean direct, GError **error)
{
  if (kit->scratch.dir.path && (!direct || kit->scratch.dir.direct))
    return TRUE;
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED, kit->scratch.dir.reason);
  return FALSE;
}

gboolean
vmm_disk_open (VmmKit *kit, GError **error)
{
  return vmm_scratch_open (&kit->scratch, &kit->random, &kit->stopping, error) &&
         vmm_awake_open (kit, error);
}

gboolean
vmm_disk_enter (VmmKit *kit, gboolean direct, GError **error)
{
  return vmm_scratch_set_direct (&kit->scratch, direct, error) && vmm_awake_enter (kit, error);
}

void
vmm_disk_close (VmmKit *kit)
{
  vmm_scratch_close (&kit->scratch);
  vmm_awake_close (kit);
}
