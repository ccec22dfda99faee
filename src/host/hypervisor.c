/* SPDX-License-Identifier: MIT */
/* hypervisor: which VMM serves this machine, from tables. */
#include "machine.h"
#include "vmm/language.h"

#include <string.h>

/* clang-format off */
static const struct {
  const char *signature, *id;
} signatures[] = {
  { "VBoxVBoxVBox", "virtualbox" },
  { "VMwareVMware", "vmware" },
  { CPUID_KVM,      "kvm" },
  { "Linux KVM Hv", "kvm" }, /* KVM's own imitation of Hyper-V */
  { CPUID_TCG,      "qemu" },
  { CPUID_XEN,      "xen" },
  { "prl hyperv",   "parallels" },
  { " lrpepyh  vr", "parallels" },
  { "bhyve bhyve",  "bhyve" },
  { "Apple VZ",     "apple" },
  { "OpenBSDVMM58", "openbsd-vmm" },
  { "ACRNACRNACRN", "acrn" },
  { "QNXQVMBSQG",   "qnx" },
  { "LKVMLKVMLKVM", "lkvm" },
};

/* The first row that matches counts. A `cloud` sells bare metal under the same name. "Oracle
 * Corporation" is missing on purpose: it is the vendor of real servers, too. */
static const struct {
  DmiField    field;
  const char *pattern, *id;
  gboolean    overrides; /* true even if the CPUID signature says otherwise */
  gboolean    is_cloud;
  const char *vendor; /* or NULL: what sys_vendor must match as well */
} firmwares[] = {
  /* VirtualBox and Parallels show the interface of KVM or Hyper-V, Xen that of Hyper-V. */
  { DMI_PRODUCT_NAME,    "VirtualBox*",            "virtualbox", .overrides = TRUE },
  { DMI_SYS_VENDOR,      "innotek GmbH*",          "virtualbox", .overrides = TRUE },
  { DMI_BIOS_VENDOR,     "innotek GmbH*",          "virtualbox", .overrides = TRUE },
  { DMI_SYS_VENDOR,      "Parallels*",             "parallels",  .overrides = TRUE },
  { DMI_BIOS_VENDOR,     "Parallels*",             "parallels",  .overrides = TRUE },
  { DMI_SYS_VENDOR,      "Xen",                    "xen",        .overrides = TRUE },
  { DMI_BIOS_VENDOR,     "Xen",                    "xen",        .overrides = TRUE },
  /* KVM before QEMU: the product says KVM where the vendor is still QEMU. */
  { DMI_PRODUCT_NAME,    "KVM*",                   "kvm" },
  { DMI_PRODUCT_NAME,    "OpenStack*",             "kvm" },
  { DMI_SYS_VENDOR,      "KubeVirt*",              "kvm" },
  { DMI_PRODUCT_NAME,    "AHV",                    "kvm",        .vendor = "Nutanix*" },
  { DMI_SYS_VENDOR,      "DigitalOcean*",          "kvm" },
  { DMI_SYS_VENDOR,      "Amazon EC2*",            "kvm",        .is_cloud = TRUE },
  { DMI_PRODUCT_NAME,    "Google Compute Engine*", "kvm",        .is_cloud = TRUE },
  { DMI_PRODUCT_NAME,    "Alibaba Cloud ECS*",     "kvm",        .is_cloud = TRUE },
  { DMI_SYS_VENDOR,      "VMware*",                "vmware" },
  { DMI_BIOS_VENDOR,     "VMware*",                "vmware" },
  { DMI_PRODUCT_NAME,    "BHYVE*",                 "bhyve" },
  { DMI_BIOS_VENDOR,     "BHYVE*",                 "bhyve" },
  { DMI_PRODUCT_NAME,    "Apple Virtualization*",  "apple" },
  /* Not by vendor alone: Microsoft also builds laptops. */
  { DMI_PRODUCT_VERSION, "Hyper-V*",               "hyperv" },
  { DMI_PRODUCT_NAME,    "Virtual Machine",        "hyperv",     .vendor = "Microsoft Corporation*" },
  { DMI_SYS_VENDOR,      "QEMU*",                  "qemu" },
  { DMI_BIOS_VENDOR,     "QEMU*",                  "qemu" },
  { DMI_PRODUCT_VERSION, "pc-q35-*",               "qemu" },
  { DMI_PRODUCT_VERSION, "pc-i440fx-*",            "qemu" },
  { DMI_SYS_VENDOR,      "Bochs*",                 "qemu" },
  { DMI_BIOS_VENDOR,     "Bochs*",                 "qemu" },
};

static const struct {
  const char *pattern, *id;
} device_tree_hypervisors[] = {
  { "linux,kvm", "kvm" },
  { "*xen*",     "xen" },
  { "*vmware*",  "vmware" },
  { "?*",        "other" },
};
/* clang-format on */

static const char *
find_signature (const char *signature)
{
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (strcmp (signatures[i].signature, signature) == 0)
      return signatures[i].id;
  return strcmp (signature, CPUID_HYPERV) == 0 ? "hyperv" : "other";
}

static gboolean
is_match (const char *pattern, const char *value)
{
  return value && g_pattern_match_simple (pattern, value);
}

/* "m5.metal", "c7g.metal-48xl"; and on x86, real hardware has no hypervisor bit. */
static gboolean
is_bare_metal_product (const Machine *machine)
{
  const char *product = machine->dmi.values[DMI_PRODUCT_NAME];

  return is_match ("*.metal", product) || is_match ("*.metal-*", product) ||
         (cpuinfo_is_x86 (&machine->cpuinfo) && !machine->cpuid.has_hypervisor &&
          !cpuinfo_has_flag (&machine->cpuinfo, "hypervisor"));
}

static const char *
search_dmi (Machine *machine, gboolean overrides)
{
  char *const *values = machine->dmi.values;

  for (guint i = 0; i < G_N_ELEMENTS (firmwares); i++)
    if (firmwares[i].overrides == overrides &&
        is_match (firmwares[i].pattern, values[firmwares[i].field]) &&
        (!firmwares[i].vendor || is_match (firmwares[i].vendor, values[DMI_SYS_VENDOR])) &&
        !(firmwares[i].is_cloud && is_bare_metal_product (machine))) {
      machine_note_dmi (machine, firmwares[i].field);
      return firmwares[i].id;
    }
  return NULL;
}

static const char *
ask_cpuinfo (Machine *machine)
{
  const char *vendor = machine->cpuinfo.values[CPUINFO_VENDOR];
  const char *id = is_match ("User Mode Linux*", vendor) ? "uml"
                   : is_match ("LKVMLKVMLKVM", vendor)   ? "lkvm"
                                                         : NULL;
  if (id)
    machine_note (machine, "proc/cpuinfo vendor_id: %s", vendor);
  return id;
}

static const char *
ask_overriding_dmi (Machine *machine)
{
  return search_dmi (machine, TRUE);
}

static const char *
ask_proc_xen (Machine *machine)
{
  g_autofree char *path = g_build_filename (machine->root, "proc/xen", NULL);

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return NULL;
  machine_note (machine, VMM_SAID ("proc/xen: present"));
  return "xen";
}

/* The first interface that is not Hyper-V's. */
static const char *
ask_cpuid (Machine *machine)
{
  for (guint i = 0; i < machine->cpuid.n_interfaces; i++) {
    const char *id = find_signature (machine->cpuid.interfaces[i].signature);
    if (strcmp (id, "hyperv") != 0 && strcmp (id, "other") != 0)
      return id;
  }
  return NULL;
}

static const char *
ask_dmi (Machine *machine)
{
  return search_dmi (machine, FALSE);
}

static const char *
ask_sys_hypervisor (Machine *machine)
{
  g_autofree char *type = machine_read_line (machine, "sys/hypervisor/type");

  if (!*type)
    return NULL;
  machine_note (machine, "sys/hypervisor/type: %s", type);
  return strcmp (type, "xen") == 0 ? "xen" : "other";
}

/* KVM's own clock device, which tells KVM from emulation where there is no CPUID. */
static const char *
ask_clock_device (Machine *machine)
{
  g_autofree char *name = machine_read_line (machine, "sys/class/ptp/ptp0/clock_name");

  if (!is_match ("KVM*", name))
    return NULL;
  machine_note (machine, "sys/class/ptp/ptp0/clock_name: %s", name);
  return "kvm";
}

static const char *
ask_device_tree (Machine *machine)
{
  g_autofree char *hypervisor =
      machine_read_line (machine, "proc/device-tree/hypervisor/compatible");
  g_autofree char *compatible = machine_read_line (machine, "proc/device-tree/compatible");
  g_autofree char *path = g_build_filename (machine->root, "proc/device-tree", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (device_tree_hypervisors); i++)
    if (is_match (device_tree_hypervisors[i].pattern, hypervisor)) {
      machine_note (machine, VMM_SAID ("device tree hypervisor: %s"), hypervisor);
      return device_tree_hypervisors[i].id;
    }
  if (is_match ("qemu,*", compatible) || is_match ("linux,dummy-virt", compatible))
    machine_note (machine, VMM_SAID ("device tree compatible: %s"), compatible);
  for (const char *name; dir && (name = g_dir_read_name (dir));)
    if (g_str_has_prefix (name, "fw-cfg")) {
      machine_note (machine, VMM_SAID ("device tree: fw-cfg, the configuration device of QEMU"));
      return "qemu";
    }
  if (is_match ("qemu,*", compatible))
    return "qemu";
  return is_match ("linux,dummy-virt", compatible) ? "other" : NULL;
}

static const char *
ask_hyperv (Machine *machine)
{
  return cpuid_find_base (&machine->cpuid, CPUID_HYPERV) ? "hyperv" : NULL;
}

/* Somebody is there, and does not say who. */
static const char *
ask_bits (Machine *machine)
{
  gboolean has_flag = cpuinfo_has_flag (&machine->cpuinfo, "hypervisor");

  if (has_flag && !machine->cpuid.has_hypervisor)
    machine_note (machine, VMM_SAID ("proc/cpuinfo flags: hypervisor"));
  if (machine->dmi.is_virtual)
    machine_note (machine, VMM_SAID ("DMI BIOS characteristics: virtual machine"));
  return has_flag || machine->cpuid.has_hypervisor || machine->dmi.is_virtual ? "other" : NULL;
}

/* Asked in this order, that of systemd-detect-virt; the first answer counts. */
static const char *(*const witnesses[]) (Machine *machine) = {
  ask_cpuinfo,        /* user-mode Linux is a process: what surrounds it is another VMM's */
  ask_overriding_dmi, /* those that show somebody else's CPUID signature */
  ask_proc_xen,       /* Xen's PV guests see the CPUID of what Xen runs in */
  ask_cpuid,          /* right for KVM whatever its firmware is called */
  ask_dmi,            /* guests without CPUID, or with a Hyper-V signature that may be borrowed */
  ask_sys_hypervisor,
  ask_clock_device,
  ask_device_tree,
  ask_hyperv, /* nobody else claimed the Hyper-V signature */
  ask_bits,
};

/* What CPUID and DMI say, whether or not the verdict follows it. */
static void
note_signatures (Machine *machine)
{
  const Cpuid *cpuid = &machine->cpuid;
  gboolean     has_dmi = FALSE;

  for (guint i = 0; i < DMI_N_FIELDS; i++)
    has_dmi |= machine->dmi.values[i] != NULL;
  machine_note_dmi (machine, DMI_SYS_VENDOR);
  machine_note_dmi (machine, DMI_PRODUCT_NAME);
  if (!has_dmi)
    machine_note (machine, VMM_SAID ("DMI: none"));
  for (guint i = 0; i < cpuid->n_interfaces; i++)
    machine_note (machine, "CPUID 0x%08x: %s", cpuid->interfaces[i].base,
                  cpuid->interfaces[i].signature);
  if (cpuid->has_hypervisor && cpuid->n_interfaces == 0)
    machine_note (machine, VMM_SAID ("CPUID: hypervisor bit without a signature"));
  if (!cpuid->has_hypervisor && cpuinfo_is_x86 (&machine->cpuinfo))
    machine_note (machine, VMM_SAID ("CPUID: no hypervisor bit"));
}

/* The first that is not the VMM's own. User-mode Linux has none: its processes see the CPUID of
 * the machine around it. */
static const char *
find_interface (const Machine *machine, const char *id)
{
  if (strcmp (id, "uml") == 0)
    return "";
  for (guint i = 0; i < machine->cpuid.n_interfaces; i++) {
    const char *shown = find_signature (machine->cpuid.interfaces[i].signature);
    if (strcmp (shown, id) != 0 && strcmp (shown, "other") != 0)
      return vmm_interface_name (shown);
  }
  return "";
}

/* XENFEAT_dom0, bit 11 of a number without 0x; older kernels tell the domain's capabilities. */
static gboolean
is_dom0 (Machine *machine)
{
  g_autofree char *features = machine_read_line (machine, "sys/hypervisor/properties/features");
  g_autofree char *capabilities = machine_read_line (machine, "proc/xen/capabilities");
  gboolean         is = (g_ascii_strtoull (features, NULL, 16) & 1u << 11) != 0 ||
                strstr (capabilities, "control_d") != NULL;
  if (is)
    machine_note (machine, VMM_SAID ("Xen: this is the privileged domain (dom0)"));
  return is;
}

/* Nobody was found: that means something only where somebody would have shown. An x86 processor has a
 * flag for it; else the firmware names the machine, or a device tree does. */
static const char *
conclude_nobody (Machine *machine)
{
  g_autofree char *compatible = machine_read_line (machine, "proc/device-tree/compatible");
  gboolean         is_known = cpuinfo_is_x86 (&machine->cpuinfo) || *compatible;

  for (guint i = 0; i < DMI_N_FIELDS; i++)
    is_known |= machine->dmi.values[i] != NULL;
  return is_known ? "none" : "unknown";
}

void
hypervisor_detect (Machine *machine, Hypervisor *ret_hypervisor)
{
  const char *id = NULL;

  note_signatures (machine);
  for (guint i = 0; i < G_N_ELEMENTS (witnesses) && !id; i++)
    id = witnesses[i](machine);
  if (!id)
    id = conclude_nobody (machine);
  ret_hypervisor->id = id;
  ret_hypervisor->interface = find_interface (machine, id);
  ret_hypervisor->version = vmm_read_version (machine, id);
  ret_hypervisor->is_privileged = strcmp (id, "xen") == 0 && is_dom0 (machine);
}
