/* SPDX-License-Identifier: MIT */
/* test_display: which displays a machine has, whether they draw in 3D and whose part of a GPU they are,
 * and what such a GPU tells of its load. The trees are made as drivers are known to show them. */
#include "instrument.h"

#include "display.h"

#include <sys/ioctl.h>

#define SECOND ((gint64) G_USEC_PER_SEC)

/* A file "path=text" or a link "path->target" a line, in this order. */
#define PLACE "devices/pci0000:00/0000:00:02.0"
#define PCI "sys/" PLACE "/"
#define DEVICE(driver, class)                                                                      \
  PCI "driver->../../../bus/pci/drivers/" driver "\n" PCI                                          \
      "class=" class "\nsys/bus/pci/devices/0000:00:02.0->../../../" PLACE "\n"
#define CARD(driver)                                                                               \
  DEVICE (driver, "0x030000")                                                                      \
  PCI "drm/card0/dev=226:0\nsys/class/drm/card0/device->../../../" PLACE                           \
      "\nsys/class/drm/card0-Virtual-1/status=connected\n"
#define RENDER "sys/class/drm/renderD128/device->../../../" PLACE "\n"
#define HWMON PCI "hwmon/hwmon3/power1_average=33000000\n"
#define VRAM PCI "mem_info_vram_used=2147483648\n" PCI "mem_info_vram_total=8589934592\n"
#define NVIDIA DEVICE ("nvidia", "0x030200") "proc/driver/nvidia/version=NVRM version: NVIDIA 580\n"
#define INFORMATION(model)                                                                         \
  "proc/driver/nvidia/gpus/0000:00:02.0/information=Model: \t\t " model "|Device Minor: \t 0\n"
#define ON_VIRTIO(features)                                                                        \
  PCI "virtio1/device=0x0010\n" PCI "virtio1/features=" features                                   \
      "\nsys/bus/virtio/devices/virtio1->../../../" PLACE "/virtio1\n"
#define KVM "cpuid=KVMKVMKVM\n"
#define VMWARE "cpuid=VMwareVMware\n"

/* The displays: name, driver, nature, 3D, why, and the model; and why nothing is told of the load, or "". */
static const struct {
  const char *name, *tree, *displays, *load;
} trees[] = {
  /* clang-format off */
  { "none", KVM, "", "no-gpu" },
  { "amdgpu", KVM CARD ("amdgpu") RENDER HWMON VRAM PCI "gpu_busy_percent=37\n",
    "card0 amdgpu physical yes: amdgpu has a render node for it\n", "" },
  { "amdgpu-function", KVM CARD ("amdgpu") RENDER VRAM,
    "card0 amdgpu virtual function yes: amdgpu has a render node for it\n", "no-sensor" },
  { "i915", KVM CARD ("i915") RENDER "sys/class/drm/card0/gt/gt0/rc6_residency_ms=5\n",
    "card0 i915 physical yes: i915 has a render node for it\n", "" },
  { "i915-handed", CARD ("i915") RENDER PCI "physfn->../0000:00:02.1\n",
    "card0 i915 virtual function yes: i915 has a render node for it\n", "no-sensor" },
  { "xe", KVM CARD ("xe") RENDER PCI "tile0/gt0/gtidle/idle_residency_ms=5\n",
    "card0 xe physical yes: xe has a render node for it\n", "" },
  { "xe-function", KVM CARD ("xe") RENDER,
    "card0 xe virtual function yes: xe has a render node for it\n", "no-sensor" },
  { "xe-metal", CARD ("xe") RENDER,
    "card0 xe physical yes: xe has a render node for it\n", "no-sensor" },
  { "nouveau", KVM CARD ("nouveau") RENDER,
    "card0 nouveau physical yes: nouveau has a render node for it\n", "no-sensor" },
  { "nvidia", KVM NVIDIA INFORMATION ("NVIDIA H200"),
    "0000:00:02.0 nvidia physical unknown: nvidia does not tell [NVIDIA H200]\n", "sysroot" },
  { "nvidia-drm", KVM CARD ("nvidia") RENDER INFORMATION ("NVIDIA L4")
    "proc/driver/nvidia/version=NVRM version: NVIDIA 580\n",
    "card0 nvidia physical yes: nvidia has a render node for it [NVIDIA L4]\n", "sysroot" },
  { "vgpu", KVM NVIDIA INFORMATION ("NVIDIA A40-8Q"),
    "0000:00:02.0 nvidia vGPU unknown: nvidia does not tell [NVIDIA A40-8Q]\n", "sysroot" },
  { "vgpu-cut", KVM NVIDIA INFORMATION ("GRID A100-1-5C"),
    "0000:00:02.0 nvidia vGPU unknown: nvidia does not tell [GRID A100-1-5C]\n", "sysroot" },
  { "nvidia-gigabytes", KVM NVIDIA INFORMATION ("NVIDIA A100-SXM4-40GB"),
    "0000:00:02.0 nvidia physical unknown: nvidia does not tell [NVIDIA A100-SXM4-40GB]\n", "sysroot" },
  { "nvidia-max-q", KVM NVIDIA INFORMATION ("NVIDIA RTX A3000 Max-Q"),
    "0000:00:02.0 nvidia physical unknown: nvidia does not tell [NVIDIA RTX A3000 Max-Q]\n", "sysroot" },
  { "mig", KVM NVIDIA INFORMATION ("NVIDIA H100 80GB HBM3")
    "proc/driver/nvidia/capabilities/mig/config=DeviceFileMinor: 1\n"
    "proc/driver/nvidia/capabilities/gpu0/mig/gi1/access=DeviceFileMinor: 12\n",
    "0000:00:02.0 nvidia MIG unknown: nvidia does not tell [NVIDIA H100 80GB HBM3]\n", "sysroot" },
  { "mig-of-another", KVM NVIDIA INFORMATION ("NVIDIA H100 80GB HBM3")
    "proc/driver/nvidia/capabilities/gpu1/mig/gi1/access=DeviceFileMinor: 12\n",
    "0000:00:02.0 nvidia physical unknown: nvidia does not tell [NVIDIA H100 80GB HBM3]\n", "sysroot" },
  { "vmwgfx", VMWARE CARD ("vmwgfx") RENDER,
    "card0 vmwgfx paravirtual unknown: only vmwgfx on the machine itself could tell\n", "gpu-silent" },
  { "vmwgfx-without", VMWARE CARD ("vmwgfx"),
    "card0 vmwgfx paravirtual no: it has no render node, so the CPU draws\n", "gpu-silent" },
  { "qxl", KVM CARD ("qxl"),
    "card0 qxl paravirtual no: it has no render node, so the CPU draws\n", "gpu-silent" },
  { "cirrus", KVM CARD ("cirrus"),
    "card0 cirrus emulated no: it has no render node, so the CPU draws\n", "gpu-silent" },
  { "bochs", KVM CARD ("bochs-drm"),
    "card0 bochs-drm emulated no: it has no render node, so the CPU draws\n", "gpu-silent" },
  { "vboxvideo", KVM CARD ("vboxvideo"),
    "card0 vboxvideo paravirtual no: it has no render node, so the CPU draws\n", "gpu-silent" },
  { "hyperv", KVM "sys/devices/VMBUS/5620e0c7/driver->../../../bus/vmbus/drivers/hyperv_drm\n"
    "sys/class/drm/card0/device->../../../devices/VMBUS/5620e0c7\n",
    "card0 hyperv_drm paravirtual no: it has no render node, so the CPU draws\n", "gpu-silent" },
  { "virgl", KVM CARD ("virtio-pci") RENDER ON_VIRTIO ("1100000000"),
    "card0 virtio_gpu paravirtual yes: the VMM offers 3D: the virtio feature VIRGL is on\n", "gpu-silent" },
  { "virtio", KVM CARD ("virtio-pci") RENDER ON_VIRTIO ("0111100000"),
    "card0 virtio_gpu paravirtual no: the VMM offers no 3D: the virtio feature VIRGL is off\n", "gpu-silent" },
  { "virtio-beside", KVM CARD ("virtio-pci") RENDER ON_VIRTIO ("0111100000")
    "sys/bus/virtio/devices/virtio0/device=0x0010\nsys/bus/virtio/devices/virtio0/features=1\n"
    "sys/bus/virtio/devices/virtio2/device=0x0010\nsys/bus/virtio/devices/virtio2/features=1\n"
    "sys/bus/virtio/devices/virtio3/device=0x0002\nsys/bus/virtio/devices/virtio3/features=1\n",
    "card0 virtio_gpu paravirtual no: the VMM offers no 3D: the virtio feature VIRGL is off\n", "gpu-silent" },
  { "virtio-closed", KVM CARD ("virtio-pci") RENDER,
    "card0 virtio_gpu paravirtual unknown: its virtio features cannot be read\n", "gpu-silent" },
  { "virtio-old", KVM DEVICE ("virtio-pci", "0x030000") PCI "virtio1/drm/card0/dev=226:0\n"
    PCI "virtio1/driver->../../../../bus/virtio/drivers/virtio_gpu\n" ON_VIRTIO ("1")
    "sys/class/drm/card0/device->../../../" PLACE "/virtio1\n",
    "card0 virtio_gpu paravirtual yes: the VMM offers 3D: the virtio feature VIRGL is on\n", "gpu-silent" },
  { "firmware", KVM PCI "class=0x030000\nsys/bus/pci/devices/0000:00:02.0->../../../" PLACE "\n"
    "sys/devices/platform/simple-framebuffer.0/driver->../../../bus/platform/drivers/simple-framebuffer\n"
    "sys/class/drm/card0/device->../../../devices/platform/simple-framebuffer.0\n",
    "card0 simple-framebuffer emulated no: it has no render node, so the CPU draws\n"
    "0000:00:02.0  unknown no: no driver drives it, so the CPU draws\n", "gpu-silent" },
  { "no-display", KVM PCI "class=0x020000\nsys/bus/pci/devices/0000:00:02.0->../../../" PLACE "\n",
    "", "no-gpu" },
  /* clang-format on */
};

static void
plant (const char *root, const char *tree)
{
  g_auto (GStrv) lines = g_strsplit (tree, "\n", -1);

  for (guint i = 0; lines[i] && *lines[i]; i++) {
    char *arrow = strstr (lines[i], "->"), *equals = strchr (lines[i], '=');
    if (arrow) {
      *arrow = '\0';
      g_autofree char *full = g_build_filename (root, lines[i], NULL);
      g_autofree char *directory = g_path_get_dirname (full);
      g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
      g_assert_cmpint (symlink (arrow + 2, full), ==, 0);
      continue;
    }
    *equals = '\0';
    g_autofree char *text = g_strconcat (g_strdelimit (equals + 1, "|", '\n'), "\n", NULL);
    machine_write (root, lines[i], text);
  }
}

static char *
print_displays (const VmmHost *host)
{
  static const char *const answers[] = { "unknown", "yes", "no" };
  GString                 *text = g_string_new (NULL);

  for (guint i = 0; i < host->n_devices; i++) {
    const VmmDevice *device = &host->devices[i];
    if (strcmp (device->kind, "display") != 0)
      continue;
    g_string_append_printf (text, "%s %s %s %s: %s", device->name, device->driver, device->nature,
                            answers[device->acceleration], device->acceleration_reason);
    if (*device->model)
      g_string_append_printf (text, " [%s]", device->model);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

static void
test_trees (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (trees); i++) {
    Instrument instrument = { 0 };

    g_test_message ("%s", trees[i].name);
    instrument_set_up (&instrument, NULL);
    plant (instrument.root, trees[i].tree);
    g_autoptr (VmmHost) host = vmm_host_new (instrument.root);
    g_autoptr (VmmHost) copy = vmm_host_copy (host);
    g_autofree char *found = print_displays (host), *found_in_copy = print_displays (copy);
    g_assert_cmpstr (found, ==, trees[i].displays);
    g_assert_cmpstr (found_in_copy, ==, trees[i].displays);

    instrument.source = vmm_gpu_new (instrument.root, NULL);
    instrument_sample (&instrument, SECOND);
    VmmCause   cause = vmm_source_reason (instrument.source, VMM_CHANNEL_GPU_BUSY).cause;
    VmmAbsence absence = vmm_absence (instrument.row[VMM_CHANNEL_GPU_BUSY]);
    if (*trees[i].load)
      g_assert_cmpstr (vmm_cause_id (cause), ==, trees[i].load);
    g_assert_cmpint (absence != VMM_PRESENT && absence != VMM_PENDING, ==, *trees[i].load != '\0');
    instrument_tear_down (&instrument, NULL);
  }
}

/* ---- vmwgfx */

static guint64 told;
static int     failure;

static int
answer (int fd, unsigned long request, ...)
{
  struct {
    guint64 value;
    guint32 param, padding;
  } * asked;
  va_list arguments;

  g_assert_cmpint (fd, ==, 77);
  g_assert_cmphex (request, ==, 0xc0106440);
  va_start (arguments, request);
  asked = va_arg (arguments, gpointer);
  va_end (arguments);
  g_assert_cmpuint (asked->param, ==, 2);
  asked->value = told;
  return failure;
}

static void
test_vmwgfx (void)
{
  told = 1;
  g_assert_cmpint (display_ask_vmwgfx (answer, 77), ==, VMM_3D_YES);
  told = 0;
  g_assert_cmpint (display_ask_vmwgfx (answer, 77), ==, VMM_3D_NO);
  failure = -1;
  g_assert_cmpint (display_ask_vmwgfx (answer, 77), ==, VMM_3D_UNKNOWN);
}

/* ---- Who works at it */

static const struct {
  const char *sessions, *desktop;
} desktops[] = {
  { "", "" },
  { "run/systemd/sessions/2=TYPE=tty|CLASS=user|REMOTE=0\n", "none" },
  { "run/systemd/sessions/c1=TYPE=wayland|CLASS=greeter|REMOTE=0\n", "none" },
  { "run/systemd/sessions/c1=TYPE=x11|CLASS=user|REMOTE=1\n", "none" },
  { "run/systemd/sessions/c1=TYPE=x11x|CLASS=user|REMOTE=0\n", "none" },
  { "run/systemd/sessions/2=TYPE=tty|CLASS=user|REMOTE=0\n"
    "run/systemd/sessions/3=UID=1000|ACTIVE=1|TYPE=wayland|CLASS=user|REMOTE=0\n",
    "graphical" },
  { "run/systemd/sessions/3=TYPE=x11|CLASS=user|REMOTE=0\n", "graphical" },
};

static void
test_desktop (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (desktops); i++) {
    char *root = machine_new ();
    plant (root, desktops[i].sessions);
    g_autoptr (VmmHost) host = vmm_host_new (root);
    g_autoptr (VmmHost) copy = vmm_host_copy (host);
    g_assert_cmpstr (host->desktop, ==, desktops[i].desktop);
    g_assert_cmpstr (copy->desktop, ==, desktops[i].desktop);
    machine_free (root);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/display/trees", test_trees);
  g_test_add_func ("/display/vmwgfx", test_vmwgfx);
  g_test_add_func ("/display/desktop", test_desktop);
  return g_test_run ();
}
