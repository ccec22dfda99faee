/* SPDX-License-Identifier: MIT */
/* awake: the idler on the CPU that a probe is measured on. */
#include "probe.h"

gboolean
vmm_awake_open (VmmKit *kit, GError **error)
{
  if (!kit->idler)
    kit->idler = vmm_idler_new (error);
  return kit->idler != NULL;
}

gboolean
vmm_awake_enter (VmmKit *kit, GError **error)
{
  return vmm_kit_pin (kit, vmm_idler_tid (kit->idler), kit->cpus.at, error);
}

void
vmm_awake_leave (VmmKit *kit)
{
  vmm_idler_rest (kit->idler);
  vmm_cpus_set (vmm_idler_tid (kit->idler), &kit->cpus.allowed);
}

void
vmm_awake_close (VmmKit *kit)
{
  g_clear_pointer (&kit->idler, vmm_idler_free);
}
