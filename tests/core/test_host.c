/* SPDX-License-Identifier: MIT */
/* test_host: recorded machines are told apart, and foreign bytes stay within bounds. */
#include "vmm/host.h"

#include "clean.h"
#include "cpuid_leaves.h"
#include "cpuinfo.h"
#include "dmi.h"
#include "instance_facts.h"
#include "machine.h"

#include <string.h>

/* Directories of tests/fixtures; the host read from each is what its file `expected` says. */
static const char *const machines[] = {
  "alibaba",
  "apple-vz-arm64",
  "azure",
  "bhyve",
  "digitalocean",
  "ec2-metal",
  "ec2-metal-arm64",
  "ec2-nitro",
  "ec2-nitro-arm64",
  "ec2-xen",
  "firecracker",
  "gce",
  "hetzner",
  "hidden-hypervisor",
  "hyperv",
  "kvm",
  "kvm-arm64",
  "kvm-arm64-devicetree",
  "kvm-docker",
  "kvm-flatpak",
  "kvm-hyperv",
  "kvm-lxc",
  "metal-dell",
  "metal-surface",
  "nutanix",
  "openstack",
  "oracle-cloud",
  "oracle-server",
  "parallels",
  "qemu-arm64-devicetree",
  "qemu-tcg",
  "uml",
  "upcloud",
  "virtualbox",
  "virtualbox-hyperv",
  "virtualbox-old",
  "vmware",
  "vmware-stealclock",
  "wsl2",
  "xen-dom0",
  "xen-hvm",
  "xen-pv",
};

/* A host as text, one fact a line; what is empty is left out. */
static char *
print_host (const VmmHost *host)
{
  GString *text = g_string_new (NULL);
  const struct {
    const char *name, *value;
  } lines[] = {
    { "vmm", host->vmm_id },
    { "name", host->vmm_name },
    { "version", host->vmm_version },
    { "interface", host->interface },
    { "cloud", host->cloud_id },
    { "type", host->instance_type },
    { "region", host->region },
    { "zone", host->zone },
    { "lifecycle", host->lifecycle },
    { "physical host", host->host_hint },
    { "container", host->container },
    { "machine", host->machine_id },
    { "seccomp", host->seccomp },
    { "folder", host->folder },
    { "tools", host->tools },
    { "steal", vmm_steal_id (host->steal) },
    { "because", host->steal_reason },
    { "cpu model", host->cpu_model },
    { "kernel", host->kernel },
    { "clocksource", host->clocksource },
    { "mitigations", host->mitigations },
    { "modules", host->modules },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (*lines[i].value)
      g_string_append_printf (text, "%s: %s\n", lines[i].name, lines[i].value);
  g_string_append_printf (text, "cpus: %u\nmemory: %" G_GUINT64_FORMAT "\n", host->cpus,
                          host->memory_bytes);
  for (guint i = 0; i < host->n_devices; i++)
    g_string_append_printf (text, "%s: %s %s %s\n", host->devices[i].kind, host->devices[i].name,
                            host->devices[i].driver, host->devices[i].nature);
  for (const char *const *line = host->evidence; *line; line++)
    g_string_append_printf (text, "evidence: %s\n", *line);

  g_autofree char *summary = vmm_host_summary (host);
  g_string_append_printf (text, "summary: %s\n", summary);
  return g_string_free (text, FALSE);
}

static void
test_machine (gconstpointer data)
{
  g_autofree char *root = g_build_filename (g_getenv ("FIXTURES"), data, NULL);
  g_autofree char *path = g_build_filename (root, "expected", NULL);
  g_autofree char *expected = NULL;
  g_autoptr (VmmHost) host = vmm_host_new (root);
  g_autoptr (VmmHost) copy = vmm_host_copy (host);
  g_autofree char *found = print_host (host), *found_in_copy = print_host (copy);

  g_assert_true (g_file_get_contents (path, &expected, NULL, NULL));
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpstr (found_in_copy, ==, expected);
  g_assert_cmpstr (copy->cpu_flags, ==, host->cpu_flags);
  g_assert_true (copy->cpu_flags != host->cpu_flags);
}

/* How much of a VmmHost is a fact's, and the length of what pads the one before it. */
static void
mark_fact (gboolean known[sizeof (VmmHost)], const VmmMember *member)
{
  const gboolean is_small = member->kind == VMM_MEMBER_COUNT_OR_NULL ||
                            member->kind == VMM_MEMBER_CHOICE_OR_NULL ||
                            member->kind == VMM_MEMBER_MAYBE;
  const gsize size = is_small                                   ? sizeof (guint)
                     : member->kind == VMM_MEMBER_BYTES_OR_NULL ? sizeof (guint64)
                                                                : sizeof (gpointer);

  for (gsize i = 0; i < size; i++) {
    g_assert_false (known[member->offset + i]);
    known[member->offset + i] = TRUE;
  }
}

/* What the table of facts does not have is copied, kept and compared by nobody. */
static void
test_facts (void)
{
  const VmmMember    n_devices = { "n_devices", VMM_MEMBER_COUNT_OR_NULL,
                                   G_STRUCT_OFFSET (VmmHost, n_devices) };
  gboolean           known[sizeof (VmmHost)] = { FALSE };
  guint              n, ranked = 0, ranks = 0;
  const VmmHostFact *facts = vmm_host_facts (&n);

  mark_fact (known, &n_devices);
  for (guint i = 0; i < n; i++) {
    mark_fact (known, &facts[i].member);
    g_assert_cmpint (facts[i].rank > 0, ==, facts[i].title != NULL);
    ranked += facts[i].rank > 0;
    ranks |= 1u << facts[i].rank;
  }
  g_assert_cmpuint (ranks >> 1, ==, (1u << ranked) - 1); /* each from 1 to the last, once */
  for (gsize i = 0, padding = 0; i < sizeof (VmmHost); i++) {
    padding = known[i] ? 0 : padding + 1;
    g_assert_cmpuint (padding, <, sizeof (gpointer));
  }
}

/* An empty root is a machine of which nothing is known; nothing of the real one shows. */
static void
test_nothing (void)
{
  char *root = machine_new ();
  g_autoptr (VmmHost) host = vmm_host_new (root);
  g_autofree char *summary = vmm_host_summary (host);
  g_autofree char *evidence = g_strjoinv ("\n", (char **) host->evidence);

  g_assert_cmpstr (host->vmm_id, ==, "unknown");
  g_assert_cmpint (host->steal, ==, VMM_STEAL_UNKNOWN);
  g_assert_cmpstr (host->cloud_id, ==, "none");
  g_assert_cmpstr (host->container, ==, "none");
  g_assert_cmpstr (host->cpu_model, ==, "");
  g_assert_cmpstr (host->cpu_flags, ==, "");
  g_assert_cmpstr (host->mitigations, ==, "");
  g_assert_cmpuint (host->cpus, ==, 0);
  g_assert_cmpuint (host->memory_bytes, ==, 0);
  g_assert_cmpuint (host->n_devices, ==, 0);
  g_assert_cmpstr (summary, ==, "Unknown machine");
  g_assert_nonnull (strstr (evidence, "proc/cpuinfo: "));
  g_assert_nonnull (strstr (evidence, "proc/meminfo: "));
  machine_free (root);
}

static void
check_string (const char *string, gsize max)
{
  g_assert_nonnull (string);
  g_assert_cmpuint (strlen (string), <=, max);
  g_assert_true (g_utf8_validate (string, -1, NULL));
  for (const char *c = string; *c; c++)
    g_assert_false (g_ascii_iscntrl (*c));
}

static void
check_host (const VmmHost *host)
{
  g_assert_nonnull (vmm_host_vmm_name (host->vmm_id));
  g_assert_nonnull (vmm_host_cloud_name (host->cloud_id));
  check_string (host->vmm_version, CLEAN_MAX);
  check_string (host->interface, CLEAN_MAX);
  check_string (host->container, CLEAN_MAX);
  check_string (host->seccomp, CLEAN_MAX);
  check_string (host->instance_type, CLEAN_MAX);
  check_string (host->region, CLEAN_MAX);
  check_string (host->zone, CLEAN_MAX);
  check_string (host->lifecycle, CLEAN_MAX);
  check_string (host->host_hint, CLEAN_MAX);
  check_string (host->cpu_model, CLEAN_MAX);
  check_string (host->kernel, CLEAN_MAX);
  check_string (host->clocksource, CLEAN_MAX);
  check_string (host->cpu_flags, CPUINFO_FLAGS_MAX);
  check_string (host->modules, CPUINFO_FLAGS_MAX);
  for (guint i = 0; host->evidence[i]; i++)
    check_string (host->evidence[i], CLEAN_MAX);
  for (guint i = 0; i < host->n_devices; i++)
    check_string (host->devices[i].name, CLEAN_MAX);
}

/* Each file that is read, full of anything. */
static void
test_garbage (void)
{
  const char *const paths[] = {
    "cpuid",
    "proc/1/environ",
    "proc/cmdline",
    "proc/cpuinfo",
    "proc/device-tree/compatible",
    "proc/device-tree/hypervisor/compatible",
    "proc/device-tree/model",
    "proc/meminfo",
    "proc/modules",
    "proc/self/environ",
    "proc/self/mountinfo",
    "proc/self/status",
    "proc/stat",
    "proc/sys/kernel/osrelease",
    "proc/xen/capabilities",
    "run/cloud-init/instance-data.json",
    "run/systemd/container",
    "sys/class/dmi/id/bios_version",
    "sys/class/dmi/id/chassis_asset_tag",
    "sys/class/dmi/id/product_name",
    "sys/class/dmi/id/product_version",
    "sys/class/dmi/id/sys_vendor",
    "sys/class/ptp/ptp0/clock_name",
    "sys/devices/system/clocksource/clocksource0/current_clocksource",
    "sys/devices/system/cpu/online",
    "sys/devices/system/cpu/vulnerabilities/meltdown",
    "sys/firmware/dmi/entries/0-0/raw",
    "sys/firmware/dmi/entries/11-0/raw",
    "sys/hypervisor/properties/features",
    "sys/hypervisor/type",
    "sys/hypervisor/uuid",
    "sys/hypervisor/version/extra",
    "sys/hypervisor/version/major",
    "sys/hypervisor/version/minor",
    "var/lib/hyperv/.kvp_pool_3",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint round = 0; round < 4; round++) {
    char *root = machine_new ();

    for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
      char  bytes[3000];
      gsize length = (gsize) g_rand_int_range (random, 0, sizeof bytes);
      for (gsize j = 0; j < length; j++)
        bytes[j] = (char) g_rand_int (random);
      if (g_rand_boolean (random))
        machine_write_bytes (root, paths[i], bytes, length);
    }
    g_autoptr (VmmHost) host = vmm_host_new (root);
    check_host (host);
    machine_free (root);
  }
}

static void
add_link (const char *root, const char *path, const char *target)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *directory = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_assert_cmpint (symlink (target, full), ==, 0);
}

/* A device link is followed within the root only; a driver's name may be anything. */
static void
test_links (void)
{
  char *root = machine_new ();

  add_link (root, "sys/block/sda/device", "/");
  add_link (root, "sys/block/sdb/device", "../../../../../../../../sys");
  add_link (root, "sys/block/sdc/device", "device");
  add_link (root, "sys/block/sdd/device", "../../devices/d/0");
  add_link (root, "sys/devices/d/0/driver", "drivers/a\nb\377");
  add_link (root, "sys/class/net/lo/link", "nowhere");
  add_link (root, "sys/class/nvme/nvme/device", "../../../devices/d/0");
  add_link (root, "sys/block/nvme/device", "../../devices/d/0");

  g_autoptr (VmmHost) host = vmm_host_new (root);
  g_assert_cmpuint (host->n_devices, ==, 2);
  g_assert_cmpstr (host->devices[0].name, ==, "nvme");
  g_assert_cmpstr (host->devices[1].name, ==, "sdd");
  g_assert_cmpstr (host->devices[1].driver, ==, "a b\xEF\xBF\xBD");
  g_assert_cmpstr (host->devices[1].nature, ==, "physical");
  machine_free (root);
}

static void
test_real (void)
{
  g_autoptr (VmmHost) host = vmm_host_new ("/");
  g_autoptr (VmmHost) again = vmm_host_ref (host);

  g_assert_true (again == host);
  g_assert_cmpuint (host->cpus, >, 0);
  g_assert_cmpuint (host->memory_bytes, >, 0);
  check_host (host);
  g_test_message ("%s", host->vmm_id);
}

/* A sparse host, as one read back from a result file may be, is copied without NULLs. */
static void
test_sparse_copy (void)
{
  const VmmHost sparse = { .vmm_id = "kvm", .cpus = 3 };
  g_autoptr (VmmHost) copy = vmm_host_copy (&sparse);

  g_assert_cmpstr (copy->vmm_id, ==, "kvm");
  g_assert_cmpstr (copy->container, ==, "");
  g_assert_cmpstr (copy->steal_reason, ==, "");
  g_assert_cmpuint (copy->cpus, ==, 3);
  g_assert_nonnull (copy->evidence);
  g_assert_null (copy->evidence[0]);
  vmm_host_unref (NULL);
}

static void
test_names (void)
{
  const char *const vmms[] = { "none", "virtualbox", "vmware", "kvm",   "qemu",   "hyperv",
                               "xen",  "parallels",  "bhyve",  "apple", "uml",    "openbsd-vmm",
                               "acrn", "qnx",        "lkvm",   "other", "unknown" };
  const char *const clouds[] = { "none",    "aws",     "azure",        "gcp",
                                 "alibaba", "oracle",  "digitalocean", "openstack",
                                 "nutanix", "hetzner", "other" };

  for (guint i = 0; i < G_N_ELEMENTS (vmms); i++)
    g_assert_nonnull (vmm_host_vmm_name (vmms[i]));
  for (guint i = 0; i < G_N_ELEMENTS (clouds); i++)
    g_assert_nonnull (vmm_host_cloud_name (clouds[i]));
  g_assert_null (vmm_host_vmm_name ("virtualpc"));
  g_assert_null (vmm_host_vmm_name (NULL));
  g_assert_null (vmm_host_cloud_name (""));
}

/* The signature alone, as in a guest whose firmware says nothing. */
static void
test_signatures (void)
{
  const struct {
    const char *signature, *vmm_id;
  } cases[] = {
    { "KVMKVMKVM", "kvm" },           { "Linux KVM Hv", "kvm" },
    { "VBoxVBoxVBox", "virtualbox" }, { "VMwareVMware", "vmware" },
    { "TCGTCGTCGTCG", "qemu" },       { "Microsoft Hv", "hyperv" },
    { "XenVMMXenVMM", "xen" },        { "prl hyperv  ", "parallels" },
    { " lrpepyh  vr", "parallels" },  { "bhyve bhyve ", "bhyve" },
    { "Apple VZ", "apple" },          { "OpenBSDVMM58", "openbsd-vmm" },
    { "ACRNACRNACRN", "acrn" },       { "QNXQVMBSQG", "qnx" },
    { "LKVMLKVMLKVM", "lkvm" },       { "___ NVMM ___", "other" },
    { "KVMKVMKVMKVM", "other" },      { "", "other" },
  };
  char *root = machine_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    machine_write (root, "cpuid", cases[i].signature);
    g_autoptr (VmmHost) host = vmm_host_new (root);
    g_assert_cmpstr (host->vmm_id, ==, cases[i].vmm_id);
    g_assert_cmpstr (host->interface, ==, "");
  }
  machine_free (root);
}

static void
test_clean (void)
{
  const struct {
    const char *bytes, *clean;
  } cases[] = {
    { "", "" },
    { "  innotek GmbH \n", "innotek GmbH" },
    { "a\tb", "a b" },
    { "a\033[31mb", "a\xEF\xBF\xBD[31mb" },
    { "\xC3\xA9", "\xC3\xA9" },
    { "\xC3", "\xEF\xBF\xBD" },
    { "x\xFFy", "x\xEF\xBF\xBDy" },
    { "\xE2\x80\xAE"
      "evil",
      "\xEF\xBF\xBD"
      "evil" }, /* right-to-left override */
    { "\xC2\x9B"
      "1m",
      "\xEF\xBF\xBD"
      "1m" }, /* the one-character form of ESC [ */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *clean = clean_text (cases[i].bytes, strlen (cases[i].bytes), CLEAN_MAX);
    g_assert_cmpstr (clean, ==, cases[i].clean);
  }

  /* Never a cut-off character, never more than asked for. */
  g_autofree char *cut = clean_text ("\xC3\xA9\xC3\xA9", 4, 3);
  g_assert_cmpstr (cut, ==, "\xC3\xA9");
  g_autofree char *zero = clean_text ("ab\0cd", 5, CLEAN_MAX);
  g_assert_cmpstr (zero, ==, "ab");
}

#define MOUNT(point, type) "36 25 0:32 / " point " rw,relatime shared:1 - " type " source rw\n"

/* The innermost mount counts, of the working directory first; who has nothing else than the host's is made so. */
static void
test_folder (void)
{
  static const struct {
    const char *mounts, *directory, *folder;
  } rows[] = {
    { MOUNT ("/", "ext4") MOUNT ("/media/sf_src", "vboxsf"), "/media/sf_src/project", "vboxsf" },
    { MOUNT ("/", "ext4") MOUNT ("/media/sf_src", "vboxsf"), "/media/sf_src", "vboxsf" },
    { MOUNT ("/", "ext4") MOUNT ("/media/sf_src", "vboxsf"), "/media/sf_srcs", "" },
    { MOUNT ("/", "ext4") MOUNT ("/media/sf_src", "vboxsf"), "/root", "" },
    { MOUNT ("/", "ext4") MOUNT ("/mnt/my\\040files", "fuse.vmhgfs-fuse"), "/mnt/my files/a",
      "fuse.vmhgfs-fuse" },
    { MOUNT ("/", "ext4") MOUNT ("/mnt/c", "9p"), "/mnt/c/Users", "9p" },
    { MOUNT ("/", "ext4") MOUNT ("/w", "virtiofs") MOUNT ("/w/tmp", "tmpfs"), "/w/tmp/a", "" },
    { MOUNT ("/", "ext4") MOUNT ("/w", "virtiofs") MOUNT ("/w", "ext4"), "/w/a", "" },
    { MOUNT ("/", "virtiofs"), "/root", "" },
    { MOUNT ("/", "ext4") MOUNT ("/w", "9pfs"), "/w", "" },
    { MOUNT ("/", "ext4") MOUNT ("/home", "prl_fs"), "/root", "prl_fs" }, /* the home */
    { "", "/w", "" },
    { "/w 9p\n - 9p \n", "/w", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    static const char environ[] = "A=HOME=/x\0HOME=/home/somebody\0";
    char             *root = machine_new ();
    machine_write (root, "proc/self/mountinfo", rows[i].mounts);
    machine_write_bytes (root, "proc/self/environ", environ, sizeof environ - 1);
    add_link (root, "proc/self/cwd", rows[i].directory);
    g_autoptr (VmmHost) host = vmm_host_new (root);
    g_assert_cmpstr (host->folder, ==, rows[i].folder);
    machine_free (root);
  }
}

/* VMware's tools, in a guest of VMware that one may look into. */
static void
test_tools (void)
{
  char *root = machine_new ();

  machine_write (root, "cpuid", "VMwareVMware");
  g_autoptr (VmmHost) unknown = vmm_host_new (root);
  g_assert_cmpstr (unknown->tools, ==, "");
  machine_write (root, "usr/bin/env", "");
  g_autoptr (VmmHost) without = vmm_host_new (root);
  g_assert_cmpstr (without->tools, ==, "none");
  machine_write (root, "usr/bin/vmtoolsd", "");
  g_autoptr (VmmHost) open = vmm_host_new (root);
  g_assert_cmpstr (open->tools, ==, "open-vm-tools");
  machine_write (root, "etc/vmware-tools/locations", "");
  g_autoptr (VmmHost) bundled = vmm_host_new (root);
  g_assert_cmpstr (bundled->tools, ==, "bundled");
  machine_write (root, "run/systemd/container", "docker");
  g_autoptr (VmmHost) contained = vmm_host_new (root);
  g_assert_cmpstr (contained->tools, ==, "");
  machine_remove (root, "run/systemd/container");
  machine_write (root, "cpuid", "KVMKVMKVM");
  g_autoptr (VmmHost) other = vmm_host_new (root);
  g_assert_cmpstr (other->tools, ==, "");
  machine_free (root);
}

/* What is to a disk and its VMM a queue is a directory. */
static void
test_queues (void)
{
  char *root = machine_new ();

  add_link (root, "sys/block/vda/device", "../../devices/d/0");
  add_link (root, "sys/devices/d/0/driver", "drivers/virtio_blk");
  g_autoptr (VmmHost) unknown = vmm_host_new (root);
  g_assert_cmpuint (unknown->devices[0].queues, ==, 0);
  machine_write (root, "sys/block/vda/mq/0/cpu_list", "0");
  machine_write (root, "sys/block/vda/mq/1/cpu_list", "1");
  g_autoptr (VmmHost) two = vmm_host_new (root);
  g_autoptr (VmmHost) copy = vmm_host_copy (two);
  g_assert_cmpuint (two->devices[0].queues, ==, 2);
  g_assert_cmpuint (copy->devices[0].queues, ==, 2);
  machine_free (root);
}

static void
test_cpuid_file (void)
{
  Cpuid cpuid;

  cpuid_parse (&cpuid, "KVMKVMKVM\n01007efb\n");
  g_assert_true (cpuid.has_hypervisor);
  g_assert_cmpuint (cpuid_find_base (&cpuid, CPUID_KVM), ==, 0x40000000);
  g_assert_cmphex (cpuid_find (&cpuid, 0x40000001)->eax, ==, 0x01007efb);

  cpuid_parse (&cpuid, "bhyve bhyve \r\n"); /* its last blank is part of the name, or lost */
  g_assert_cmpuint (cpuid_find_base (&cpuid, "bhyve bhyve"), ==, 0x40000000);
  g_assert_null (cpuid_find (&cpuid, 0x40000001));

  cpuid_parse (&cpuid, "Microsoft Hv\n31237648\n40000100 40000105 566e6558 65584d4d 4d4d566e\n"
                       "0x40000101 0x00040011 0 0 0\n40000102 123456789 0 0 0\n");
  g_assert_cmpuint (cpuid_find_base (&cpuid, CPUID_XEN), ==, 0x40000100);
  g_assert_cmpuint (cpuid_find_base (&cpuid, CPUID_HYPERV), ==, 0x40000000);
  g_assert_cmphex (cpuid_find (&cpuid, 0x40000101)->eax, ==, 0x00040011);
  g_assert_null (cpuid_find (&cpuid, 0x40000102)); /* 33 bits */

  cpuid_parse (&cpuid, "");
  g_assert_true (cpuid.has_hypervisor);
  g_assert_cmpuint (cpuid.n_interfaces, ==, 0);
  cpuid_parse (&cpuid, "\001\002\003\n");
  g_assert_cmpuint (cpuid.n_interfaces, ==, 0);
}

static void
test_cpuinfo (void)
{
  static const char text[] = "processor\t: 0\nvendor_id\t: GenuineIntel\nmodel name\t: A  B\n"
                             "flags\t\t: fpu hypervisor avx2\n\nprocessor\t: 1\nmodel name: C\n"
                             "no colon\n: no key\nflags: cut off";
  Cpuinfo           cpuinfo;

  cpuinfo_parse (&cpuinfo, text, strlen (text));
  g_autofree char *model = cpuinfo_make_model (&cpuinfo);
  g_assert_cmpuint (cpuinfo.processors, ==, 2);
  g_assert_cmpstr (model, ==, "A  B");
  g_assert_true (cpuinfo_is_x86 (&cpuinfo));
  g_assert_true (cpuinfo_has_flag (&cpuinfo, "hypervisor"));
  g_assert_true (cpuinfo_has_flag (&cpuinfo, "avx2"));
  g_assert_false (cpuinfo_has_flag (&cpuinfo, "avx"));
  g_assert_false (cpuinfo_has_flag (&cpuinfo, "visor"));
  cpuinfo_clear (&cpuinfo);
}

static void
test_cpu_list (void)
{
  const struct {
    const char *list;
    guint       cpus;
  } cases[] = {
    { "0", 1 },
    { "0-3", 4 },
    { "0-3,8", 5 },
    { "0,2,4-5", 4 },
    { "0-1023", 1024 },
    { "", 0 },
    { "-", 0 },
    { "3-1", 0 },
    { "0-", 0 },
    { "0-3,", 0 },
    { "0-3 junk", 0 },
    { "0-4294967295", 0 },
    { "x", 0 },
    { "0-65535,0-65535,0-65535", 0 },
    { "99999999999999999999", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (cpuinfo_count_list (cases[i].list), ==, cases[i].cpus);
}

static void
test_dmi_structures (void)
{
  static const char oem[] = "\x0b\x05\x00\x00\x02vboxVer_7.0.10\0vboxRev_158379\0";
  static const char bios[] = "\0\x18\0\0\1\2\0\xf0\3\xff\0\0\0\0\0\0\0\0\1\x1d\0\0\0\0";
  char              clear[sizeof bios];

  g_autofree char *version = dmi_find_oem_string (oem, sizeof oem, "vboxVer_");
  g_assert_cmpstr (version, ==, "7.0.10");
  g_assert_null (dmi_find_oem_string (oem, sizeof oem, "vboxBad_"));
  g_assert_null (dmi_find_oem_string (oem, 1, "vboxVer_"));
  g_assert_null (dmi_find_oem_string ("\x0b\xff\0\0", 4, "vboxVer_"));
  g_assert_null (dmi_find_oem_string ("\x01\x05\0\0\1vboxVer_1", 14, "vboxVer_"));

  g_assert_true (dmi_bios_is_virtual (bios, sizeof bios));
  g_assert_false (dmi_bios_is_virtual (bios, 0x13));
  memcpy (clear, bios, sizeof bios);
  clear[0x13] &= ~0x10;
  g_assert_false (dmi_bios_is_virtual (clear, sizeof clear));
  memcpy (clear, bios, sizeof bios);
  clear[1] = 0x12; /* a structure without the byte */
  g_assert_false (dmi_bios_is_virtual (clear, sizeof clear));
}

#define INSTANCE_DATA "run/cloud-init/instance-data.json"

/* What cloud-init says: of a cloud only, what a cloud could say, and nothing of an account. */
static void
test_cloud_init (void)
{
  static const struct {
    const char *document, *cloud, *zone, *evidence;
  } cases[] = {
    { "{\"v1\": {\"cloud_name\": \"gce\", \"availability_zone\": \"europe-west1-b\"}}", "gcp",
      "europe-west1-b", "cloud-init v1.cloud_name: gce" },
    { "{\"v1\": {\"cloud-name\": \"gce\", \"availability-zone\": \"europe-west1-b\"}}", "gcp",
      "europe-west1-b", "cloud-init v1.availability_zone: europe-west1-b" },
    { "{\"v1\": {\"cloud_name\": \"gce\", \"availability_zone\": "
      "\"projects/4711/zones/europe-west1-b\"}}",
      "gcp", "europe-west1-b", "cloud-init v1.availability_zone: europe-west1-b" },
    { "{\"v1\": {\"cloud_name\": \"hetzner\", \"availability_zone\": \"a\"}}", "hetzner", "a", "" },
    { "{\"v1\": {\"cloud_name\": \"nocloud\", \"availability_zone\": \"a\"}}", "none", "", "" },
    { "{\"v1\": {\"cloud_name\": \"gce\", \"availability_zone\": \"two words\"}}", "gcp", "", "" },
    { "{\"v1\": {\"cloud_name\": \"gce\", \"availability_zone\": \"a\\u001b[31m\"}}", "gcp", "",
      "" },
    { "{\"v1\": {\"cloud_name\": \"gce\", \"availability_zone\": \"\"}}", "gcp", "", "" },
    { "{\"v1\": {\"cloud_name\": \"gce\", \"availability_zone\": 7}}", "gcp", "", "" },
    { "{\"v1\": {\"cloud_name\": \"gce\", \"availability_zone\": null}}", "gcp", "", "" },
    { "{\"v1\": {\"cloud_name\": \"gce\", \"availability_zone\": [\"a\"]}}", "gcp", "", "" },
    /* A fault domain is no zone. */
    { "{\"v1\": {\"cloud_name\": \"azure\", \"availability_zone\": \"0\"}, \"ds\": {\"meta_data\": "
      "1}}",
      "azure", "", "" },
    { "{\"v1\": \"gce\"}", "none", "", "" },
    { "{}", "none", "", "" },
    { "", "none", "", INSTANCE_DATA ": " },
    { "{\"v1\": {\"cloud_name\": \"gce\"", "none", "", INSTANCE_DATA ": " },
    { "[]", "none", "", INSTANCE_DATA ": " },
  };
  char *root = machine_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    machine_write (root, INSTANCE_DATA, cases[i].document);
    g_autoptr (VmmHost) host = vmm_host_new (root);
    g_autofree char *evidence = g_strjoinv ("\n", (char **) host->evidence);
    g_assert_cmpstr (host->cloud_id, ==, cases[i].cloud);
    g_assert_cmpstr (host->zone, ==, cases[i].zone);
    g_assert_nonnull (strstr (evidence, cases[i].evidence));
    g_assert_null (strstr (evidence, "4711"));
  }
  machine_free (root);
}

/* The firmware is believed before cloud-init, and the type it says before one that may be old. */
static void
test_instance_type (void)
{
  static const struct {
    const char *vendor, *product, *type;
  } cases[] = {
    { "Amazon EC2", "t3.medium", "t3.medium" },
    { "Amazon EC2", "u-6tb1.112xlarge", "u-6tb1.112xlarge" },
    { "Amazon EC2", "HVM domU", "m5.large" },
    { "Amazon EC2", "t3.\033[1m", "m5.large" },
    { "Amazon EC2", "", "m5.large" },
    { "Hetzner", "t3.medium", "" },
  };
  char *root = machine_new ();

  machine_write (root, INSTANCE_DATA,
                 "{\"v1\": {\"cloud_name\": \"aws\"}, "
                 "\"ds\": {\"meta-data\": {\"instance-type\": \"m5.large\"}}}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    machine_write (root, "sys/class/dmi/id/sys_vendor", cases[i].vendor);
    machine_write (root, "sys/class/dmi/id/product_name", cases[i].product);
    g_autoptr (VmmHost) host = vmm_host_new (root);
    g_assert_cmpstr (host->instance_type, ==, cases[i].type);
  }
  machine_free (root);
}

static void
put_record (GString *pool, const char *key, const char *value)
{
  char record[512 + 2048] = { 0 };

  memcpy (record, key, strlen (key));
  memcpy (record + 512, value, strlen (value));
  g_string_append_len (pool, record, sizeof record);
}

static void
test_kvp (void)
{
  g_autoptr (GString) pool = g_string_new (NULL);

  put_record (pool, "PhysicalHostNameFullyQualified", "far.example");
  put_record (pool, "PhysicalHostName", "near\033[1m");
  g_autofree char *value = kvp_find (pool->str, pool->len, "PhysicalHostName");
  g_assert_cmpstr (value, ==, "near\xEF\xBF\xBD[1m");
  for (gsize length = 0; length < pool->len; length++) /* no half record */
    g_assert_null (kvp_find (pool->str, length, "PhysicalHostName"));
  g_assert_null (kvp_find (pool->str, pool->len, "HostName"));

  /* Without an end, a value goes up to the next record and no further. */
  memset (pool->str + 512, 'x', 2048);
  g_autofree char *whole = kvp_find (pool->str, pool->len, "PhysicalHostNameFullyQualified");
  g_assert_cmpuint (strlen (whole), ==, CLEAN_MAX);
}

/* As systemd-id128 machine-id --app-specific makes it; what is no machine-id is none. */
static void
test_machine_id (void)
{
  static const struct {
    const char *file, *id;
  } cases[] = {
    { "0123456789abcdef0123456789abcdef\n", "28905823eec74fb5ba4cc7249c4fce71" },
    { "0123456789ABCDEF0123456789ABCDEF", "28905823eec74fb5ba4cc7249c4fce71" },
    { "0123456789abcdef0123456789abcde\n", "" },
    { "0123456789abcdef0123456789abcdefa\n", "" },
    { "uninitialized\n", "" },
    { "", "" },
    { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    char *root = machine_new ();
    if (cases[i].file)
      machine_write (root, "etc/machine-id", cases[i].file);
    VmmHost *host = vmm_host_new (root);
    g_assert_cmpstr (host->machine_id, ==, cases[i].id);
    vmm_host_unref (host);
    machine_free (root);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (machines); i++) {
    g_autofree char *name = g_strconcat ("/host/machine/", machines[i], NULL);
    g_test_add_data_func (name, machines[i], test_machine);
  }
  g_test_add_func ("/host/machine-id", test_machine_id);
  g_test_add_func ("/host/nothing", test_nothing);
  g_test_add_func ("/host/garbage", test_garbage);
  g_test_add_func ("/host/cloud-init", test_cloud_init);
  g_test_add_func ("/host/folder", test_folder);
  g_test_add_func ("/host/tools", test_tools);
  g_test_add_func ("/host/queues", test_queues);
  g_test_add_func ("/host/instance-type", test_instance_type);
  g_test_add_func ("/host/kvp", test_kvp);
  g_test_add_func ("/host/facts", test_facts);
  g_test_add_func ("/host/links", test_links);
  g_test_add_func ("/host/real", test_real);
  g_test_add_func ("/host/sparse-copy", test_sparse_copy);
  g_test_add_func ("/host/names", test_names);
  g_test_add_func ("/host/signatures", test_signatures);
  g_test_add_func ("/host/clean", test_clean);
  g_test_add_func ("/host/cpuid-file", test_cpuid_file);
  g_test_add_func ("/host/cpuinfo", test_cpuinfo);
  g_test_add_func ("/host/cpu-list", test_cpu_list);
  g_test_add_func ("/host/dmi-structures", test_dmi_structures);
  return g_test_run ();
}
