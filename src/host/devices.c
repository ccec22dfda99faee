/* SPDX-License-Identifier: MIT */
/* devices: the disks, network interfaces and displays, who drives them, and whether that is emulation. */
#include "machine.h"

#include "clean.h"
#include "display.h"
#include "vmm/language.h"
#include "vmm/procfs.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_DEVICES 64u /* of a class */
#define MAX_NAMES 4096

#define PARAVIRTUAL "paravirtual"
#define EMULATED "emulated"
#define PHYSICAL "physical"
#define BY_VENDOR NULL

/* clang-format off */
/* What a driver says about its device in a guest. Physical: hardware handed to the guest whole or
 * as a virtual function. */
static const struct {
  const char *pattern, *nature;
} drivers[] = {
  { "virtio*",      PARAVIRTUAL },
  { "vmxnet3",      PARAVIRTUAL },
  { "vmw_*",        PARAVIRTUAL },
  { "hv_*",         PARAVIRTUAL },
  { "xen*",         PARAVIRTUAL },
  { "vbd",          PARAVIRTUAL }, /* as xen_blkfront is called on Xen's bus */
  { "vif",          PARAVIRTUAL }, /* xen_netfront */
  { "ena",          PARAVIRTUAL },
  { "gve*",         PARAVIRTUAL },
  { "uml*",         PARAVIRTUAL },
  { "e1000",        EMULATED },
  { "e1000e",       EMULATED },
  { "pcnet32",      EMULATED },
  { "8139*",        EMULATED },
  { "ne2k*",        EMULATED },
  { "tulip",        EMULATED },
  { "ahci",         EMULATED },
  { "ata_*",        EMULATED },
  { "pata_*",       EMULATED },
  { "BusLogic",     EMULATED },
  { "mptspi",       EMULATED },
  { "mptsas",       EMULATED },
  { "sym53c8xx",    EMULATED },
  { "am53c974",     EMULATED },
  { "megaraid_sas", EMULATED },
  { "nvme",         BY_VENDOR },
  { "ixgbe*",       PHYSICAL },
  { "igbvf",        PHYSICAL },
  { "i40e*",        PHYSICAL },
  { "iavf",         PHYSICAL },
  { "ice",          PHYSICAL },
  { "mlx4*",        PHYSICAL },
  { "mlx5*",        PHYSICAL },
  { "bnxt*",        PHYSICAL },
  { "mana",         PHYSICAL },
  { "vmwgfx",       PARAVIRTUAL },
  { "vboxvideo",    PARAVIRTUAL },
  { "hyperv_*",     PARAVIRTUAL },
  { "qxl",          PARAVIRTUAL },
  { "bochs*",       EMULATED },
  { "cirrus*",      EMULATED },
  { "simple-framebuffer", EMULATED },
  { "amdgpu",       PHYSICAL },
  { "radeon",       PHYSICAL },
  { "i915",         PHYSICAL },
  { "xe",           PHYSICAL },
  { "nvidia",       PHYSICAL },
  { "nouveau",      PHYSICAL },
};

/* PCI vendors whose NVMe drives exist in software only. */
static const struct {
  const char *vendor, *nature;
} nvme_vendors[] = {
  { "0x1b36", EMULATED }, /* Red Hat: QEMU */
  { "0x15ad", EMULATED }, /* VMware */
  { "0x80ee", EMULATED }, /* VirtualBox */
  { "0x106b", EMULATED }, /* Apple */
};

/* Drivers between the device and the one that matters. */
static const char *const layers[] = { "sd", "sr", "st", "ses", "usb", "pcieport" };

static gboolean is_disk (const Machine *machine, const char *name);
static gboolean is_any (const Machine *machine, const char *name);
static gboolean is_card (const Machine *machine, const char *name);

/* Whole devices only; what is made of others (loop, dm, md, bridges, ...) has no device link. */
static const struct {
  const char *directory, *link, *kind;
  gboolean (*is_one) (const Machine *machine, const char *name);
} classes[] = {
  { "sys/block",           "device", NC_ ("kind", "disk"),    is_disk },
  { "sys/class/net",       "device", NC_ ("kind", "network"), is_any },
  { "sys/class/drm",       "device", NC_ ("kind", "display"), is_card },
  { "sys/bus/pci/devices", "",       NC_ ("kind", "display"), display_is_bare },
};

/* No disks, though they have a device. */
static const char *const not_disks[] = { "sr", "fd", "loop", "ram", "zram", "dm-", "md" };

/* Those that say something about the VMM, in the order of this table. */
static const char *const modules[] = {
  "vboxguest", "vboxsf", "vboxvideo",
  "vmw_balloon", "vmw_vmci", "vmw_vsock_vmci_transport", "vmw_pvscsi", "vmxnet3", "vmwgfx",
  "hv_vmbus", "hv_utils", "hv_balloon", "hv_netvsc", "hv_storvsc", "hyperv_drm", "hyperv_fb",
  "virtio_balloon", "virtio_mem", "virtio_gpu", "virtio_rng", "virtio_net", "virtio_blk",
  "virtio_scsi", "virtiofs", "qemu_fw_cfg", "qxl", "bochs_drm",
  "xen_balloon", "xen_blkfront", "xen_netfront",
  "prl_tg", "prl_fs",
};
/* clang-format on */

static gboolean
is_one_of (const char *const *names, gsize n, const char *name, gboolean is_prefix)
{
  for (gsize i = 0; i < n; i++)
    if (is_prefix ? g_str_has_prefix (name, names[i]) : strcmp (names[i], name) == 0)
      return TRUE;
  return FALSE;
}

/* The first driver at or above `device` (below ROOT/sys) that is no mere layer; `device` is cut
 * to the directory where it was found. */
static char *
find_driver (const char *root, char *device)
{
  for (char *slash; (slash = strrchr (device, '/')); *slash = '\0') {
    g_autofree char *link = g_build_filename (root, "sys", device, "driver", NULL);
    g_autofree char *target = g_file_read_link (link, NULL);

    if (target) {
      const char      *base = strrchr (target, '/') ? strrchr (target, '/') + 1 : target;
      g_autofree char *driver = clean_text (base, strlen (base), CLEAN_MAX);
      if (!is_one_of (layers, G_N_ELEMENTS (layers), driver, FALSE))
        return g_steal_pointer (&driver);
    }
  }
  return g_strdup ("");
}

static const char *
find_nvme_nature (const char *root, const char *device)
{
  g_autofree char *path = g_build_filename ("sys", device, "vendor", NULL);
  g_autofree char *vendor = clean_read (root, path, NULL);

  for (guint i = 0; vendor && i < G_N_ELEMENTS (nvme_vendors); i++)
    if (strcmp (nvme_vendors[i].vendor, vendor) == 0)
      return nvme_vendors[i].nature;
  return vendor ? PHYSICAL : "unknown";
}

static const char *
find_nature (const Machine *machine, const char *device, const char *driver, gboolean is_guest)
{
  if (!is_guest)
    return PHYSICAL;
  for (guint i = 0; i < G_N_ELEMENTS (drivers); i++)
    if (g_pattern_match_simple (drivers[i].pattern, driver))
      return drivers[i].nature ? drivers[i].nature : find_nvme_nature (machine->root, device);
  return "unknown";
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The names in a directory, sorted. */
static GPtrArray *
list_names (const char *root, const char *directory)
{
  g_autofree char *path = g_build_filename (root, directory, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (const char *name; dir && names->len < MAX_NAMES && (name = g_dir_read_name (dir));)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* With multipath, a namespace hangs below no controller; its number is that of the first. */
static char *
resolve_nvme (const Machine *machine, const char *name)
{
  gsize            digits = strspn (name + strlen ("nvme"), "0123456789");
  g_autofree char *controller = g_strndup (name, strlen ("nvme") + digits);

  return machine_resolve (machine, "sys/class/nvme", controller, "device");
}

/* Of a disk, as the kernel and the VMM agreed on them: ROOT/sys/block/vda/mq/0, 1, ... */
static guint
count_queues (const Machine *machine, const char *directory, const char *name)
{
  g_autofree char *path = g_build_filename (directory, name, "mq", NULL);
  g_autoptr (GPtrArray) queues = list_names (machine->root, path);

  return queues->len;
}

static void
add_device (Machine *machine, GArray *devices, guint class, const char *name, gboolean is_guest)
{
  const char      *directory = classes[class].directory;
  g_autofree char *path = g_str_has_prefix (name, "nvme") ? resolve_nvme (machine, name) : NULL;
  if (!path)
    path = machine_resolve (machine, directory, name, classes[class].link);
  if (!path)
    return;

  g_autofree char *device = g_strdup (path);
  g_autofree char *model = g_build_filename (directory, name, "device/model", NULL);
  char            *driver = find_driver (machine->root, device);

  if (strcmp (driver, "virtio-pci") == 0) { /* newer kernels hang the display on the bus's device */
    g_free (driver);
    driver = g_strdup ("virtio_gpu");
  }
  VmmDevice row = {
    .name = clean_text (name, strlen (name), CLEAN_MAX),
    .kind = g_strdup (classes[class].kind),
    .driver = driver,
    .nature = g_strdup (find_nature (machine, device, driver, is_guest)),
    .model = machine_read_line (machine, model),
    .queues = count_queues (machine, directory, name),
    .acceleration_reason = g_strdup (""),
  };
  if (strcmp (row.kind, "display") == 0)
    display_judge (machine, path, is_guest, &row);
  g_array_append_val (devices, row);
}

static gboolean
is_disk (const Machine *machine, const char *name)
{
  return !is_one_of (not_disks, G_N_ELEMENTS (not_disks), name, TRUE);
}

static gboolean
is_any (const Machine *machine, const char *name)
{
  return TRUE;
}

static gboolean
is_card (const Machine *machine, const char *name)
{
  return display_is_card (name);
}

GArray *
devices_read (Machine *machine, gboolean is_guest)
{
  GArray *devices = g_array_new (FALSE, FALSE, sizeof (VmmDevice));

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++) {
    g_autoptr (GPtrArray) names = list_names (machine->root, classes[i].directory);
    guint end = devices->len + MAX_DEVICES;

    for (guint j = 0; j < names->len && devices->len < end; j++)
      if (classes[i].is_one (machine, names->pdata[j]))
        add_device (machine, devices, i, names->pdata[j], is_guest);
    if (devices->len == end)
      machine_note (machine, VMM_SAID ("%s: only the first %u are listed"), classes[i].directory,
                    MAX_DEVICES);
  }
  return devices;
}

/* Loaded, as proc/modules lists them, or built in and showing something in sys/module. */
static gboolean
has_module (const Machine *machine, const char *list, const char *name)
{
  g_autofree char *path = g_build_filename (machine->root, "sys/module", name, NULL);
  gsize            length = strlen (name);

  for (const char *line = list; line; line = (line = strchr (line, '\n')) ? line + 1 : NULL)
    if (strncmp (line, name, length) == 0 && line[length] == ' ')
      return TRUE;
  return g_file_test (path, G_FILE_TEST_IS_DIR);
}

char *
devices_list_modules (const Machine *machine)
{
  g_autofree char *list = vmm_procfs_read_text (machine->root, "proc/modules", NULL);
  GString         *found = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (modules); i++)
    if (has_module (machine, list, modules[i]))
      g_string_append_printf (found, "%s%s", found->len ? " " : "", modules[i]);
  return g_string_free (found, FALSE);
}
