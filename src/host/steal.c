/* SPDX-License-Identifier: MIT */
/* steal: whether the steal column of proc/stat is a measurement on this machine. */
#include "machine.h"

#include "vmm/language.h"
#include "vmm/procfs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KVM_FEATURE_STEAL_TIME (1u << 5) /* leaf base + 1, EAX: asm/kvm_para.h */
#define STEAL_COLUMN 8

/* clang-format off */
static const struct {
  const char *id;
  VmmSteal    steal;
  VmmReason   reason; /* no sentence = the cause's own */
} rows[] = {
  { "none",       VMM_STEAL_NOT_REPORTED, { VMM_CAUSE_NO_VMM, NULL } },
  { "unknown",    VMM_STEAL_UNKNOWN,      { VMM_CAUSE_VMM_UNKNOWN, NULL } },
  { "virtualbox", VMM_STEAL_NOT_REPORTED, { VMM_CAUSE_NO_STEAL_CLOCK, VMM_SAID ("VirtualBox has no steal clock for its guests") } },
  { "hyperv",     VMM_STEAL_NOT_REPORTED, { VMM_CAUSE_NO_STEAL_CLOCK, VMM_SAID ("Linux has no steal clock for Hyper-V") } },
  { "uml",        VMM_STEAL_NOT_REPORTED, { VMM_CAUSE_NO_STEAL_CLOCK, VMM_SAID ("user-mode Linux has no steal clock") } },
  { "vmware",     VMM_STEAL_UNKNOWN,      { VMM_CAUSE_STEAL_UNTOLD, VMM_SAID ("only with stealclock.enable in the virtual machine's settings: 0 proves nothing") } },
  { "xen",        VMM_STEAL_REPORTED,     { VMM_CAUSE_NONE, VMM_SAID ("Xen counts the time a runnable virtual CPU waits, and pauses") } },
};
/* clang-format on */

static const char *const ids[] = {
  [VMM_STEAL_UNKNOWN] = NC_ ("steal", "unknown"),
  [VMM_STEAL_REPORTED] = NC_ ("steal", "reported"),
  [VMM_STEAL_NOT_REPORTED] = NC_ ("steal", "not reported"),
};

/* What KVM's feature leaf says; FALSE when there is none. */
static gboolean
ask_kvm (const Machine *machine, VmmSteal *ret_steal, VmmReason *ret_reason)
{
  guint32          base = cpuid_find_base (&machine->cpuid, CPUID_KVM);
  const CpuidLeaf *leaf = base ? cpuid_find (&machine->cpuid, base + 1) : NULL;

  if (!leaf)
    return FALSE;
  if (leaf->eax & KVM_FEATURE_STEAL_TIME) {
    *ret_steal = VMM_STEAL_REPORTED;
    *ret_reason =
        (VmmReason){ VMM_CAUSE_NONE, VMM_SAID ("KVM's feature bit for steal time is set") };
  } else {
    *ret_steal = VMM_STEAL_NOT_REPORTED;
    *ret_reason = (VmmReason){ VMM_CAUSE_NO_STEAL_CLOCK,
                               VMM_SAID ("KVM's feature bit for steal time is not set") };
  }
  return TRUE;
}

/* Ticks stolen from all CPUs since the boot; 0 when the column is not there. */
static guint64
read_counter (const Machine *machine)
{
  g_autofree char *text = vmm_procfs_read_text (machine->root, "proc/stat", NULL);
  VmmProcText      rest = { text, text ? text + strcspn (text, "\n") : NULL };
  guint64          ticks = 0;

  if (!text || !vmm_procfs_skip (&rest, "cpu "))
    return 0;
  for (guint i = 0; i < STEAL_COLUMN; i++)
    if (!vmm_procfs_next_number (&rest, &ticks))
      return 0;
  return ticks;
}

static VmmSteal
ask_all (const Machine *machine, const char *vmm_id, VmmReason *ret_reason)
{
  VmmSteal steal;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].id, vmm_id) == 0) {
      *ret_reason = rows[i].reason.sentence ? rows[i].reason : vmm_reason (rows[i].reason.cause);
      return rows[i].steal;
    }
  if (ask_kvm (machine, &steal, ret_reason))
    return steal;
  if (cpuid_find_base (&machine->cpuid, CPUID_TCG)) {
    *ret_reason = (VmmReason){ VMM_CAUSE_NO_STEAL_CLOCK,
                               VMM_SAID ("QEMU has no steal clock when it emulates the CPU") };
    return VMM_STEAL_NOT_REPORTED;
  }
  *ret_reason = vmm_reason (VMM_CAUSE_STEAL_UNTOLD);
  return VMM_STEAL_UNKNOWN;
}

VmmSteal
steal_detect (Machine *machine, const char *vmm_id, VmmReason *ret_reason)
{
  VmmSteal steal = ask_all (machine, vmm_id, ret_reason);

  if (steal != VMM_STEAL_NOT_REPORTED && machine_has_parameter (machine, "no-steal-acc")) {
    *ret_reason = vmm_reason (VMM_CAUSE_STEAL_OFF);
    return VMM_STEAL_NOT_REPORTED;
  }
  if (steal == VMM_STEAL_UNKNOWN && read_counter (machine) > 0) {
    *ret_reason = (VmmReason){ VMM_CAUSE_NONE,
                               VMM_SAID ("the counter in proc/stat is not 0: the VMM fills it") };
    return VMM_STEAL_REPORTED;
  }
  return steal;
}

const char *
vmm_steal_id (VmmSteal steal)
{
  g_return_val_if_fail ((guint) steal < G_N_ELEMENTS (ids), NULL);
  return ids[steal];
}
