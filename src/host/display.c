/* SPDX-License-Identifier: MIT */
/* display: whether a display draws in 3D and how we know it, and whose part of a GPU it is.
 *
 * Nothing is drawn to find out: a client that draws can bring down the VMM of a guest. The kernel tells
 * enough, but for vmwgfx, whose render node is asked; it answers from its own memory. */
#include "display.h"

#include "clean.h"
#include "vmm/language.h"
#include "vmm/procfs.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define PCI "sys/bus/pci/devices"
#define VIRTIO "sys/bus/virtio/devices"
#define NVIDIA "proc/driver/nvidia"
#define VIRTIO_GPU "0x0010"
#define MAX_NAMES 4096u

/* include/uapi/drm/vmwgfx_drm.h, whose file is not in every system's headers. */
typedef struct {
  guint64 value;
  guint32 param, padding;
} VmwParam;

#define VMW_GET_PARAM _IOWR ('d', 0x40, VmwParam)
#define VMW_PARAM_3D 2

/* clang-format off */
/* Those whose render node means a GPU that draws. Of virtio_gpu and vmwgfx it means nothing. */
static const char *const drawing[] = {
  "amdgpu", "radeon", "i915", "xe", "nvidia", "nouveau", "asahi", "etnaviv", "lima", "msm",
  "panfrost", "panthor", "powervr", "tegra", "v3d",
};

/* What a driver shows of a GPU that it drives whole, below the device; of a virtual function it shows
 * none of it: drivers/gpu/drm/amd/pm/amdgpu_pm.c, drivers/gpu/drm/xe/xe_gt_idle.c. */
static const struct {
  const char *driver, *sensors;
} wholes[] = {
  { "amdgpu", "hwmon" },
  { "xe",     "tile0/gt0/gtidle" },
};
/* clang-format on */

/* `leaf` may be NULL. */
static gboolean
exists (const Machine *machine, const char *base, const char *inner, const char *leaf)
{
  g_autofree char *full = g_build_filename (machine->root, base, inner, leaf, NULL);

  return g_file_test (full, G_FILE_TEST_EXISTS) || g_file_test (full, G_FILE_TEST_IS_SYMLINK);
}

/* The first name in a directory that begins so and holds `below`; NULL = there is none. */
static char *
find_name (const Machine *machine, const char *directory, const char *prefix, const char *below)
{
  g_autofree char *path = g_build_filename (machine->root, directory, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  for (guint i = 0; dir && i < MAX_NAMES && (name = g_dir_read_name (dir)); i++)
    if (g_str_has_prefix (name, prefix) && exists (machine, directory, name, below))
      return g_strdup (name);
  return NULL;
}

static char *
read_of (const Machine *machine, const char *directory, const char *name, const char *file)
{
  g_autofree char *path = g_build_filename (directory, name, file, NULL);

  return machine_read_line (machine, path);
}

/* ---- Which devices are displays */

gboolean
display_is_card (const char *name)
{
  return g_str_has_prefix (name, "card") && name[4] &&
         strspn (name + 4, "0123456789") == strlen (name + 4);
}

gboolean
display_is_bare (const Machine *machine, const char *name)
{
  g_autofree char *class = read_of (machine, PCI, name, "class");
  g_autofree char *directory = g_build_filename (PCI, name, NULL);
  g_autofree char *on_virtio = NULL;

  if (!g_str_has_prefix (class, "0x03") || exists (machine, directory, "drm", NULL))
    return FALSE;
  on_virtio = find_name (machine, directory, "virtio", "drm");
  return !on_virtio;
}

/* ---- Whether it draws in 3D */

static void
conclude (VmmDevice *device, VmmAcceleration acceleration, const char *because)
{
  device->acceleration = acceleration;
  g_free ((char *) device->acceleration_reason);
  device->acceleration_reason = g_strdup (because);
}

/* "renderD128" of the card at `path`; NULL = it has none. */
static char *
find_render_node (const Machine *machine, const char *path)
{
  g_autofree char *drm = g_build_filename (machine->root, "sys/class/drm", NULL);
  g_autoptr (GDir) dir = g_dir_open (drm, 0, NULL);
  const char *name;

  for (guint i = 0; dir && i < MAX_NAMES && (name = g_dir_read_name (dir)); i++) {
    g_autofree char *device = g_str_has_prefix (name, "renderD")
                                  ? machine_resolve (machine, "sys/class/drm", name, "device")
                                  : NULL;
    if (device && strcmp (device, path) == 0)
      return g_strdup (name);
  }
  return NULL;
}

/* Whether the virtio device is the card's: the card hangs on it, or on the PCI device above it. */
static gboolean
is_its_own (const Machine *machine, const char *path, const char *virtio)
{
  g_autofree char *base = g_path_get_basename (path);

  return strcmp (base, virtio) == 0 || exists (machine, "sys", path, virtio);
}

/* "0110...", bit 0 first; "" = cannot be read. */
static char *
read_features (const Machine *machine, const char *path)
{
  g_autofree char *devices = g_build_filename (machine->root, VIRTIO, NULL);
  g_autoptr (GDir) dir = g_dir_open (devices, 0, NULL);
  g_autofree char *features = g_strdup ("");
  const char      *name;

  for (guint i = 0; dir && i < MAX_NAMES && (name = g_dir_read_name (dir)); i++) {
    g_autofree char *kind = read_of (machine, VIRTIO, name, "device");
    gboolean         is_own = is_its_own (machine, path, name);
    if (strcmp (kind, VIRTIO_GPU) != 0 || (*features && !is_own))
      continue;
    g_free (features);
    features = read_of (machine, VIRTIO, name, "features");
    if (is_own)
      break;
  }
  return g_steal_pointer (&features);
}

static void
judge_virtio (const Machine *machine, const char *path, VmmDevice *device)
{
  g_autofree char *features = read_features (machine, path);

  if (*features == '1')
    conclude (device, VMM_3D_YES, VMM_SAID ("the VMM offers 3D: the virtio feature VIRGL is on"));
  else if (*features == '0')
    conclude (device, VMM_3D_NO,
              VMM_SAID ("the VMM offers no 3D: the virtio feature VIRGL is off"));
  else
    conclude (device, VMM_3D_UNKNOWN, VMM_SAID ("its virtio features cannot be read"));
}

VmmAcceleration
display_ask_vmwgfx (DisplayCall call, int fd)
{
  VmwParam asked = { .param = VMW_PARAM_3D };

  if (call (fd, VMW_GET_PARAM, &asked) != 0)
    return VMM_3D_UNKNOWN;
  return asked.value ? VMM_3D_YES : VMM_3D_NO;
}

static void
judge_vmwgfx (const Machine *machine, const char *node, VmmDevice *device)
{
  g_autofree char *path = g_build_filename ("/dev/dri", node, NULL);
  gboolean         is_here = strcmp (machine->root, "/") == 0;
  int              fd = is_here ? open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) : -1;
  VmmAcceleration  answer = fd >= 0 ? display_ask_vmwgfx (ioctl, fd) : VMM_3D_UNKNOWN;
  g_autofree char *closed =
      g_strdup_printf (VMM_SAID ("only %s could tell, and it did not answer this user; the group "
                                 "\"render\" may ask"),
                       path);

  if (fd >= 0)
    close (fd);
  if (answer == VMM_3D_YES)
    conclude (device, answer, VMM_SAID ("the VMM offers 3D: vmwgfx says so"));
  else if (answer == VMM_3D_NO)
    conclude (device, answer, VMM_SAID ("the VMM offers no 3D: vmwgfx says so"));
  else
    conclude (device, answer,
              is_here ? closed : VMM_SAID ("only vmwgfx on the machine itself could tell"));
}

static void
judge_other (const char *node, VmmDevice *device)
{
  g_autofree char *draws =
      g_strdup_printf (VMM_SAID ("%s has a render node for it"), device->driver);
  g_autofree char *silent = g_strdup_printf (VMM_SAID ("%s does not tell"), device->driver);
  gboolean         is_known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (drawing); i++)
    is_known = is_known || strcmp (drawing[i], device->driver) == 0;
  if (!*device->driver)
    conclude (device, VMM_3D_NO, VMM_SAID ("no driver drives it, so the CPU draws"));
  else if (node && is_known)
    conclude (device, VMM_3D_YES, draws);
  else if (!node && strcmp (device->driver, "nvidia") != 0) /* which has ways of its own */
    conclude (device, VMM_3D_NO, VMM_SAID ("it has no render node, so the CPU draws"));
  else
    conclude (device, VMM_3D_UNKNOWN, silent);
}

static void
judge_acceleration (const Machine *machine, const char *path, VmmDevice *device)
{
  g_autofree char *node = find_render_node (machine, path);

  if (strcmp (device->driver, "virtio_gpu") == 0)
    judge_virtio (machine, path, device);
  else if (strcmp (device->driver, "vmwgfx") == 0 && node)
    judge_vmwgfx (machine, node, device);
  else
    judge_other (node, device);
}

/* ---- Whose part of a GPU it is */

/* The value of "Model: NVIDIA L4" in what NVIDIA's driver says of a card; "" = it says nothing. */
static char *
read_information (const Machine *machine, const char *address, const char *key)
{
  g_autofree char *path = g_build_filename (NVIDIA, "gpus", address, "information", NULL);
  g_autofree char *text = vmm_procfs_read_text (machine->root, path, NULL);
  VmmProcText      rest = { text, text ? text + strlen (text) : NULL }, line;

  while (text && vmm_procfs_next_line (&rest, &line))
    if (vmm_procfs_skip (&line, key))
      return clean_text (line.at, (gsize) (line.end - line.at), CLEAN_MAX);
  return g_strdup ("");
}

/* As NVIDIA calls a part that its host's driver makes: "NVIDIA A40-8Q", "GRID A100-1-5C". */
static gboolean
is_vgpu (const char *model)
{
  const char *last = strrchr (model, '-');
  gsize       digits = last ? strspn (last + 1, "0123456789") : 0;

  return digits > 0 && strchr ("ABCQ", last[1 + digits]) && last[1 + digits] && !last[2 + digits];
}

/* Parts of a GPU that was cut by its own means show up there while there are any. */
static gboolean
is_cut (const Machine *machine, const char *address)
{
  g_autofree char *minor = read_information (machine, address, "Device Minor:");
  g_autofree char *directory = g_strdup_printf (NVIDIA "/capabilities/gpu%s/mig", minor);
  g_autofree char *part = *minor ? find_name (machine, directory, "gi", NULL) : NULL;

  return part != NULL;
}

static gboolean
lacks_sensors (const Machine *machine, const char *path, const char *driver)
{
  for (guint i = 0; i < G_N_ELEMENTS (wholes); i++)
    if (strcmp (wholes[i].driver, driver) == 0)
      return !exists (machine, "sys", path, wholes[i].sensors);
  return FALSE;
}

static const char *
find_part (const Machine *machine, const char *path, gboolean is_guest, const VmmDevice *device)
{
  g_autofree char *address = g_path_get_basename (path);

  if (is_vgpu (device->model))
    return "vGPU";
  if (is_cut (machine, address))
    return "MIG";
  if (exists (machine, "sys", path, "physfn") ||
      (is_guest && lacks_sensors (machine, path, device->driver)))
    return "virtual function";
  return device->nature;
}

void
display_judge (const Machine *machine, const char *path, gboolean is_guest, VmmDevice *device)
{
  g_autofree char *address = g_path_get_basename (path);
  g_autofree char *model = read_information (machine, address, "Model:");
  g_autofree char *old_nature = (char *) device->nature;

  if (*model) {
    g_free ((char *) device->model);
    device->model = g_steal_pointer (&model);
  }
  judge_acceleration (machine, path, device);
  device->nature =
      g_strdup (strcmp (old_nature, "physical") == 0 ? find_part (machine, path, is_guest, device)
                                                     : old_nature);
}
