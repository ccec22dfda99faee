/* SPDX-License-Identifier: MIT */
/* scratch_dir: which directory the scratch file goes to: one that is really on a disk. */
#include "scratch_dir.h"

#include "vmm/error.h"
#include "vmm/language.h"
#include "vmm/sources.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#define MIN_BYTES (4u << 20) /* that the file may have */

/* File systems that are not on a disk of this machine, by statfs(2)'s f_type. */
/* clang-format off */
static const struct { guint32 magic; const char *what; } refused[] = {
  { 0x01021994, VMM_SAID ("tmpfs, in memory") },
  { 0x858458f6, VMM_SAID ("ramfs, in memory") },
  { 0x00006969, VMM_SAID ("NFS, over a network") },
  { 0x0000517b, VMM_SAID ("SMB, over a network") },
  { 0xff534d42, VMM_SAID ("CIFS, over a network") },
  { 0xfe534d42, VMM_SAID ("SMB, over a network") },
  { 0x00c36400, VMM_SAID ("Ceph, over a network") },
  { 0x5346414f, VMM_SAID ("AFS, over a network") },
  { 0x01021997, VMM_SAID ("9P, a folder of the host") },
  { 0x786f4256, VMM_SAID ("vboxsf, a folder of the host") },
  { 0xbacbacbc, VMM_SAID ("vmhgfs, a folder of the host") },
  { 0x7c7c6673, VMM_SAID ("prl_fs, a folder of the host") },
  { 0x00c0ffee, VMM_SAID ("hostfs, a folder of the host") },
  { 0x65735546, VMM_SAID ("FUSE, a program or a folder of the host") },
};
/* clang-format on */

gboolean
vmm_scratch_fail (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error,
                     g_error_new_valist (VMM_ERROR, VMM_ERROR_UNSUPPORTED, format, arguments));
  va_end (arguments);
  return FALSE;
}

/* Whether `fd` is on a disk. A device number with major 0 belongs to no device: btrfs, overlay and
 * ZFS give each mount one of their own. Then filling the file has to show in /proc/diskstats, which
 * also tells an overlay on a disk from the overlay on memory of a live system. */
static gboolean
check_device (int fd, gboolean *ret_verified, GError **error)
{
  struct statfs fs;
  struct stat   file;
  char          device[256] = "";

  if (fstatfs (fd, &fs) < 0 || fstat (fd, &file) < 0)
    return vmm_scratch_fail (error, "%s", vmm_strerror (errno));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if ((guint32) fs.f_type == refused[i].magic)
      return vmm_scratch_fail (error, "%s", refused[i].what);

  *ret_verified = FALSE;
  if (major (file.st_dev) == 0)
    return TRUE;
  g_autofree char *link =
      g_strdup_printf ("/sys/dev/block/%u:%u", major (file.st_dev), minor (file.st_dev));
  if (readlink (link, device, sizeof device - 1) < 0)
    return TRUE; /* no sysfs, or a number of the file system's own */
  const char *name = strrchr (device, '/') ? strrchr (device, '/') + 1 : device;
  if (g_str_has_prefix (name, "ram") || g_str_has_prefix (name, "zram"))
    return vmm_scratch_fail (error, VMM_SAID ("%s, in memory"), name);
  *ret_verified = TRUE;
  return TRUE;
}

int
vmm_scratch_open_nameless (const char *dir, GError **error)
{
  int fd = open (dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
    g_autofree char *name = g_build_filename (dir, ".vmm_monitor-XXXXXX", NULL);
    fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
      unlink (name);
  }
  if (fd < 0)
    vmm_scratch_fail (error, "%s", vmm_strerror (errno));
  return fd;
}

gboolean
vmm_scratch_set_o_direct (int fd, gboolean direct)
{
  int flags = fcntl (fd, F_GETFL);

  return flags >= 0 && fcntl (fd, F_SETFL, direct ? flags | O_DIRECT : flags & ~O_DIRECT) == 0;
}

guint64
vmm_scratch_get_room (int fd)
{
  struct statvfs fs;

  if (fstatvfs (fd, &fs) < 0)
    return 0;
  return (guint64) fs.f_bavail * fs.f_frsize / 4;
}

static gboolean
try_directory (const char *dir, gboolean *ret_direct, gboolean *ret_verified, GError **error)
{
  int      fd = vmm_scratch_open_nameless (dir, error);
  gboolean is_good = fd >= 0 && check_device (fd, ret_verified, error);

  if (is_good && vmm_scratch_get_room (fd) < MIN_BYTES)
    is_good = vmm_scratch_fail (error, VMM_SAID ("less than %u MiB free"), MIN_BYTES * 4 >> 20);
  if (is_good)
    *ret_direct = vmm_scratch_set_o_direct (fd, TRUE);
  if (fd >= 0)
    close (fd);
  return is_good;
}

char **
vmm_scratch_candidates (const char *given)
{
  GPtrArray *dirs = g_ptr_array_new ();

  if (given) {
    g_ptr_array_add (dirs, g_strdup (given));
  } else {
    g_ptr_array_add (dirs, g_strdup (g_get_user_cache_dir ()));
    g_ptr_array_add (dirs, g_strdup ("/var/tmp"));
    g_ptr_array_add (dirs, g_strdup (g_get_home_dir ()));
    g_ptr_array_add (dirs, g_get_current_dir ());
  }
  g_ptr_array_add (dirs, NULL);
  return (char **) g_ptr_array_free (dirs, FALSE);
}

void
vmm_scratch_dir_choose (VmmScratchDir *ret_dir, const char *const *candidates)
{
  g_autoptr (GString) reasons = g_string_new (NULL);

  *ret_dir = (VmmScratchDir){ NULL };
  for (guint i = 0; candidates[i] && !ret_dir->direct; i++) {
    g_autoptr (GError) error = NULL;
    gboolean direct = FALSE, verified = FALSE;

    if (!try_directory (candidates[i], &direct, &verified, &error)) {
      g_string_append_printf (reasons, "%s%s: %s", reasons->len ? "; " : "", candidates[i],
                              error->message);
    } else if (direct || !ret_dir->path) {
      g_free (ret_dir->path);
      ret_dir->path = g_strdup (candidates[i]);
      ret_dir->direct = direct;
      ret_dir->verified = verified;
    }
  }
  if (!ret_dir->path)
    ret_dir->reason = g_strdup (reasons->str);
  else if (!ret_dir->direct)
    ret_dir->reason = g_strdup_printf (VMM_SAID ("%s: O_DIRECT is refused"), ret_dir->path);
}

void
vmm_scratch_dir_clear (VmmScratchDir *dir)
{
  g_clear_pointer (&dir->path, g_free);
  g_clear_pointer (&dir->reason, g_free);
}

gboolean
vmm_probes_check_scratch (const char *dir, GError **error)
{
  const char *const candidates[] = { dir, NULL };
  VmmScratchDir     chosen;

  vmm_scratch_dir_choose (&chosen, candidates);
  gboolean is_good = chosen.path || vmm_scratch_fail (error, "%s", chosen.reason);
  vmm_scratch_dir_clear (&chosen);
  return is_good;
}
