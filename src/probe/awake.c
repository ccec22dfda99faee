/* SPDX-License-Identifier: MIT */
/* awake: the partner on the CPU that a probe is measured on. */
#include "probe.h"

gboolean
vmm_awake_open (VmmKit *kit, GError **error)
{
  return vmm_partner_start (&kit->partner, error);
}

gboolean
vmm_awake_enter (VmmKit *kit, GError **error)
{
  return vmm_kit_pin_partner (kit, kit->cpus.at, error);
}

void
vmm_awake_leave (VmmKit *kit)
{
  vmm_partner_end_awake (&kit->partner);
  vmm_cpus_set (kit->partner.tid, &kit->cpus.allowed);
}

void
vmm_awake_close (VmmKit *kit)
{
  vmm_partner_stop (&kit->partner);
}
