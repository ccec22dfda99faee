/* SPDX-License-Identifier: MIT */
/* vmm: what a VMM is called, and which version of it this is. */
#include "machine.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const struct {
  const char *id, *name, *interface;
} vmms[] = {
  { "none",        N_ ("Bare metal"),         "" },
  { "virtualbox",  "Oracle VirtualBox",    "VirtualBox" },
  { "vmware",      "VMware",               "VMware" },
  { "kvm",         "KVM",                  "KVM" },
  { "qemu",        "QEMU",                 "QEMU TCG" },
  { "hyperv",      "Microsoft Hyper-V",    "Hyper-V" },
  { "xen",         "Xen",                  "Xen" },
  { "parallels",   "Parallels",            "Parallels" },
  { "bhyve",       "bhyve",                "bhyve" },
  { "apple",       "Apple Virtualization", "Apple" },
  { "uml",         N_ ("User-mode Linux"),    "" },
  { "openbsd-vmm", "OpenBSD vmm",          "OpenBSD vmm" },
  { "acrn",        "ACRN",                 "ACRN" },
  { "qnx",         "QNX Hypervisor",       "QNX" },
  { "lkvm",        "kvmtool",              "kvmtool" },
  { "other",       N_ ("Unknown VMM"),        "" }, /* there is one */
  { "unknown",     N_ ("Unknown machine"),    "" }, /* nothing tells whether there is one */
};
/* clang-format on */

static char *
read_hyperv_version (Machine *machine)
{
  guint32          base = cpuid_find_base (&machine->cpuid, CPUID_HYPERV);
  const CpuidLeaf *leaf = base ? cpuid_find (&machine->cpuid, base + 2) : NULL;

  /* Microsoft's Hypervisor Top Level Functional Specification, leaf 0x40000002. */
  return leaf && leaf->ebx
             ? g_strdup_printf ("%u.%u.%u", leaf->ebx >> 16, leaf->ebx & 0xffff, leaf->eax)
             : NULL;
}

static char *
read_xen_version (Machine *machine)
{
  g_autofree char *major = machine_read_line (machine, "sys/hypervisor/version/major");
  g_autofree char *minor = machine_read_line (machine, "sys/hypervisor/version/minor");
  g_autofree char *extra = machine_read_line (machine, "sys/hypervisor/version/extra");
  guint32          base = cpuid_find_base (&machine->cpuid, CPUID_XEN);
  const CpuidLeaf *leaf = base ? cpuid_find (&machine->cpuid, base + 1) : NULL;

  if (*major && *minor)
    return g_strconcat (major, ".", minor, extra, NULL);
  return leaf && leaf->eax ? g_strdup_printf ("%u.%u", leaf->eax >> 16, leaf->eax & 0xffff) : NULL;
}

static char *
read_virtualbox_version (Machine *machine)
{
  return g_strdup (machine->dmi.virtualbox_version);
}

/* The machine type names the QEMU release whose machine it imitates. */
static char *
read_machine_type (Machine *machine)
{
  const char *version = machine->dmi.values[DMI_PRODUCT_VERSION];

  if (!version || !(g_str_has_prefix (version, "pc-") || g_str_has_prefix (version, "virt-")))
    return NULL;
  return g_strdup (version);
}

static char *
read_bios_version (Machine *machine)
{
  return g_strdup (machine->dmi.values[DMI_BIOS_VERSION]);
}

/* Where the version can be read without asking the VMM itself. */
static const struct {
  const char *id;
  char *(*read) (Machine *machine);
} versions[] = {
  { "hyperv", read_hyperv_version }, { "xen", read_xen_version },
  { "kvm", read_machine_type },      { "virtualbox", read_virtualbox_version },
  { "qemu", read_machine_type },     { "parallels", read_bios_version },
};

char *
vmm_read_version (Machine *machine, const char *id)
{
  char *version = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (versions); i++)
    if (strcmp (versions[i].id, id) == 0)
      version = versions[i].read (machine);
  return version ? version : g_strdup ("");
}

const char *
vmm_interface_name (const char *vmm_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (vmms); i++)
    if (strcmp (vmms[i].id, vmm_id) == 0)
      return vmms[i].interface;
  return "";
}

const char *
vmm_host_vmm_name (const char *vmm_id)
{
  for (guint i = 0; vmm_id && i < G_N_ELEMENTS (vmms); i++)
    if (strcmp (vmms[i].id, vmm_id) == 0)
      return vmms[i].name;
  return NULL;
}
