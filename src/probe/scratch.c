/* SPDX-License-Identifier: MIT */
/* scratch: a nameless file of random bytes on a real disk, and reads and writes of 4 KiB in it. */
#include "scratch.h"

#include "probe.h"
#include "vmm/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/sysmacros.h>
#include <sys/vfs.h>
#include <unistd.h>

#define BLOCK_BYTES 4096u
#define CHUNK_BYTES (1u << 20)
#define MIN_BYTES (4u << 20)
#define FILL_NS 1000000000

/* File systems that are not on a disk of this machine, by statfs(2)'s f_type. */
/* clang-format off */
static const struct { guint32 magic; const char *what; } refused[] = {
  { 0x01021994, "tmpfs, in memory" },
  { 0x858458f6, "ramfs, in memory" },
  { 0x00006969, "NFS, over a network" },
  { 0x0000517b, "SMB, over a network" },
  { 0xff534d42, "CIFS, over a network" },
  { 0xfe534d42, "SMB, over a network" },
  { 0x00c36400, "Ceph, over a network" },
  { 0x5346414f, "AFS, over a network" },
  { 0x01021997, "9P, a folder of the host" },
  { 0x786f4256, "vboxsf, a folder of the host" },
  { 0xbacbacbc, "vmhgfs, a folder of the host" },
  { 0x7c7c6673, "prl_fs, a folder of the host" },
  { 0x00c0ffee, "hostfs, a folder of the host" },
  { 0x65735546, "FUSE, a program or a folder of the host" },
};
/* clang-format on */

static gboolean set_error (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
set_error (GError **error, const char *format, ...)
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
    return set_error (error, "%s", g_strerror (errno));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if ((guint32) fs.f_type == refused[i].magic)
      return set_error (error, "%s", refused[i].what);

  *ret_verified = FALSE;
  if (major (file.st_dev) == 0)
    return TRUE;
  g_autofree char *link =
      g_strdup_printf ("/sys/dev/block/%u:%u", major (file.st_dev), minor (file.st_dev));
  if (readlink (link, device, sizeof device - 1) < 0)
    return TRUE; /* no sysfs, or a number of the file system's own */
  const char *name = strrchr (device, '/') ? strrchr (device, '/') + 1 : device;
  if (g_str_has_prefix (name, "ram") || g_str_has_prefix (name, "zram"))
    return set_error (error, "%s, in memory", name);
  *ret_verified = TRUE;
  return TRUE;
}

/* A file without a name, or one whose name goes at once where the file system has none such. */
static int
open_nameless (const char *dir, GError **error)
{
  int fd = open (dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0 && (errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL)) {
    g_autofree char *name = g_build_filename (dir, ".vmm_monitor-XXXXXX", NULL);
    fd = g_mkstemp_full (name, O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0)
      unlink (name);
  }
  if (fd < 0)
    set_error (error, "%s", g_strerror (errno));
  return fd;
}

static gboolean
set_direct (int fd, gboolean direct)
{
  int flags = fcntl (fd, F_GETFL);

  return flags >= 0 && fcntl (fd, F_SETFL, direct ? flags | O_DIRECT : flags & ~O_DIRECT) == 0;
}

/* Bytes that the file may have: a quarter of what is free. */
static guint64
get_room (int fd)
{
  struct statvfs fs;

  if (fstatvfs (fd, &fs) < 0)
    return 0;
  return MIN ((guint64) fs.f_bavail * fs.f_frsize / 4, VMM_SCRATCH_BYTES) / CHUNK_BYTES *
         CHUNK_BYTES;
}

static gboolean
try_directory (const char *dir, gboolean *ret_direct, gboolean *ret_verified, GError **error)
{
  int      fd = open_nameless (dir, error);
  gboolean is_good = fd >= 0 && check_device (fd, ret_verified, error);

  if (is_good && get_room (fd) < MIN_BYTES)
    is_good = set_error (error, "less than %u MiB free", MIN_BYTES * 4 >> 20);
  if (is_good)
    *ret_direct = set_direct (fd, TRUE);
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
vmm_scratch_init (VmmScratch *scratch, const char *const *candidates)
{
  g_autoptr (GString) reasons = g_string_new (NULL);

  *scratch = (VmmScratch){ .fd = -1 };
  for (guint i = 0; candidates[i] && !scratch->direct; i++) {
    g_autoptr (GError) error = NULL;
    gboolean direct, verified;

    if (!try_directory (candidates[i], &direct, &verified, &error)) {
      g_string_append_printf (reasons, "%s%s: %s", reasons->len ? "; " : "", candidates[i],
                              error->message);
    } else if (direct || !scratch->dir) {
      g_free (scratch->dir);
      scratch->dir = g_strdup (candidates[i]);
      scratch->direct = direct;
      scratch->verified = verified;
    }
  }
  if (!scratch->dir)
    scratch->reason = g_strdup (reasons->str);
  else if (!scratch->direct)
    scratch->reason = g_strdup_printf ("%s: O_DIRECT is refused", scratch->dir);
}

void
vmm_scratch_clear (VmmScratch *scratch)
{
  vmm_scratch_close (scratch);
  g_clear_pointer (&scratch->dir, g_free);
  g_clear_pointer (&scratch->reason, g_free);
}

/* Sectors written so far to all devices (the tenth field of each line), 0 when it is not told. */
static guint64
get_sectors_written (void)
{
  g_autofree char *text = NULL;
  guint64          sum = 0;

  if (!g_file_get_contents ("/proc/diskstats", &text, NULL, NULL))
    return 0;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++) {
    char *at = lines[i];
    for (guint field = 1; field < 10; field++) {
      at += strspn (at, " ");
      at += strcspn (at, " ");
    }
    sum += g_ascii_strtoull (at, NULL, 10);
  }
  return sum;
}

/* Random bytes, so that nothing on the way compresses, deduplicates or skips them. */
static gboolean
fill (VmmScratch *scratch, guint64 *random, const gint *stopping, GError **error)
{
  gint64   end_ns = vmm_now_ns () + FILL_NS;
  guint64  room = get_room (scratch->fd);
  guint64 *chunk = NULL;

  if (posix_memalign ((void **) &chunk, BLOCK_BYTES, CHUNK_BYTES) != 0)
    return set_error (error, "no memory to fill the scratch file");
  while (scratch->bytes < room && !g_atomic_int_get (stopping) &&
         (scratch->bytes == 0 || vmm_now_ns () < end_ns)) {
    for (guint i = 0; i < CHUNK_BYTES / sizeof *chunk; i++)
      chunk[i] = vmm_random (random);
    ssize_t written = pwrite (scratch->fd, chunk, CHUNK_BYTES, (off_t) scratch->bytes);
    scratch->operations++;
    if (written != (ssize_t) CHUNK_BYTES) {
      set_error (error, "%s: %s", scratch->dir, g_strerror (written < 0 ? errno : ENOSPC));
      break;
    }
    scratch->bytes += CHUNK_BYTES;
    scratch->written_bytes += CHUNK_BYTES;
  }
  memcpy (scratch->block, chunk, BLOCK_BYTES);
  free (chunk);
  if (*error)
    return FALSE;
  if (scratch->bytes == 0 || fdatasync (scratch->fd) < 0)
    return set_error (error, "%s: %s", scratch->dir,
                      scratch->bytes == 0 ? "no room" : g_strerror (errno));
  return TRUE;
}

gboolean
vmm_scratch_open (VmmScratch *scratch, guint64 *random, const gint *stopping, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (scratch->fd >= 0)
    return TRUE;
  guint64 sectors = get_sectors_written ();
  scratch->bytes = 0;
  scratch->fd = open_nameless (scratch->dir, &problem);
  if (scratch->fd < 0) {
    set_error (error, "%s: %s", scratch->dir, problem->message);
    return FALSE;
  }
  if (posix_memalign ((void **) &scratch->block, BLOCK_BYTES, BLOCK_BYTES) != 0) {
    scratch->block = NULL;
    set_error (&problem, "no memory for a block");
  } else if (set_direct (scratch->fd, scratch->direct) &&
             fill (scratch, random, stopping, &problem) && !scratch->verified && sectors > 0 &&
             get_sectors_written () - sectors < scratch->bytes / 512 / 2) {
    set_error (&problem, "%s: what is written there reaches no disk", scratch->dir);
  }
  if (!problem)
    return TRUE;
  vmm_scratch_close (scratch);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

void
vmm_scratch_close (VmmScratch *scratch)
{
  if (scratch->fd >= 0)
    close (scratch->fd);
  scratch->fd = -1;
  g_clear_pointer (&scratch->block, free);
}

gboolean
vmm_scratch_set_direct (VmmScratch *scratch, gboolean direct, GError **error)
{
  return set_direct (scratch->fd, direct) ||
         set_error (error, "%s: O_DIRECT: %s", scratch->dir, g_strerror (errno));
}

static off_t
pick_offset (const VmmScratch *scratch, guint64 *random)
{
  return (off_t) (vmm_random (random) % (scratch->bytes / BLOCK_BYTES) * BLOCK_BYTES);
}

gboolean
vmm_scratch_read (VmmScratch *scratch, guint64 *random, GError **error)
{
  ssize_t length = pread (scratch->fd, scratch->block, BLOCK_BYTES, pick_offset (scratch, random));

  scratch->operations++;
  if (length != (ssize_t) BLOCK_BYTES)
    return set_error (error, "%s: reading the scratch file: %s", scratch->dir,
                      length < 0 ? g_strerror (errno) : "cut off");
  scratch->read_bytes += BLOCK_BYTES;
  return TRUE;
}

gboolean
vmm_scratch_sync (VmmScratch *scratch, guint64 *random, GError **error)
{
  memcpy (scratch->block, random, sizeof *random); /* never the same block twice */

  off_t   offset = pick_offset (scratch, random);
  ssize_t length = pwrite (scratch->fd, scratch->block, BLOCK_BYTES, offset);

  scratch->operations++;
  if (length != (ssize_t) BLOCK_BYTES || fdatasync (scratch->fd) < 0)
    return set_error (error, "%s: writing the scratch file: %s", scratch->dir,
                      length < 0 || length == (ssize_t) BLOCK_BYTES ? g_strerror (errno)
                                                                    : "cut off");
  scratch->written_bytes += BLOCK_BYTES;
  return TRUE;
}
