/* SPDX-License-Identifier: MIT */
/* procfs: reads small files under a root that is an argument, and scans them. */
#include "vmm/procfs.h"

#include "vmm/error.h"
#include "vmm/language.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define TEXT_MAX (64 << 10)
#define FILE_MAX (8 << 20)
#define FILE_MIN 4096

static int
error_code (int number)
{
  switch (number) {
  case ENOENT:
  case ENOTDIR:
  case ENODEV:
  case ENXIO:
  case ESRCH:
    return VMM_ERROR_MISSING;
  case EACCES:
  case EPERM:
    return VMM_ERROR_PERMISSION;
  case EOPNOTSUPP:
    return VMM_ERROR_UNSUPPORTED;
  default:
    return VMM_ERROR_IO;
  }
}

static gboolean
fail (const char *path, int number, GError **error)
{
  g_set_error (error, VMM_ERROR, error_code (number), "%s: %s", path, vmm_strerror (number));
  return FALSE;
}

/* A descriptor of the regular file `full`, or -1. */
static int
open_regular (const char *full, const char *path, struct stat *ret_status, GError **error)
{
  int fd = open (full, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0) {
    fail (path, errno, error);
    return -1;
  }
  if (fstat (fd, ret_status) == 0 && S_ISREG (ret_status->st_mode))
    return fd;
  g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT, VMM_SAID ("%s: not a regular file"), path);
  close (fd);
  return -1;
}

/* What pread() returns, interruptions aside. */
static gssize
read_at (int fd, char *buffer, gsize size, gsize offset)
{
  gssize n;
  do
    n = pread (fd, buffer, size, (off_t) offset);
  while (n < 0 && errno == EINTR);
  return n;
}

char *
vmm_procfs_read_text (const char *root, const char *path, GError **error)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *text = NULL;
  struct stat      status;
  gsize            length = 0;
  gssize           n;

  int fd = open_regular (full, path, &status, error);
  if (fd < 0)
    return NULL;
  text = g_malloc (TEXT_MAX + 1);
  while ((n = read_at (fd, text + length, TEXT_MAX - length, length)) > 0)
    length += (gsize) n;
  if (n < 0)
    fail (path, errno, error);
  close (fd);
  if (n < 0)
    return NULL;
  text[length] = '\0';
  return g_realloc (g_steal_pointer (&text), length + 1);
}

void
vmm_procfs_init (VmmProcFile *file, const char *root, const char *path)
{
  *file = (VmmProcFile){ .full = g_build_filename (root, path, NULL), .fd = -1 };
  file->path = file->full + strlen (file->full) - strlen (path);
}

static void
close_file (VmmProcFile *file)
{
  if (file->fd >= 0)
    close (file->fd);
  file->fd = -1;
}

void
vmm_procfs_clear (VmmProcFile *file)
{
  close_file (file);
  g_clear_pointer (&file->full, g_free);
  g_clear_pointer (&file->text, g_free);
}

static gboolean
open_file (VmmProcFile *file, GError **error)
{
  struct stat   status;
  struct statfs fs;

  file->fd = open_regular (file->full, file->path, &status, error);
  if (file->fd < 0)
    return FALSE;
  file->is_proc = fstatfs (file->fd, &fs) == 0 && fs.f_type == PROC_SUPER_MAGIC;
  file->identity[0] = (gint64) status.st_dev;
  file->identity[1] = (gint64) status.st_ino;
  return TRUE;
}

static gboolean
is_replaced (const VmmProcFile *file)
{
  struct stat status;

  return !file->is_proc &&
         (stat (file->full, &status) != 0 || file->identity[0] != (gint64) status.st_dev ||
          file->identity[1] != (gint64) status.st_ino);
}

/* A seq_file gives a page at a time, so only 0 is its end. */
static gboolean
fill (VmmProcFile *file, GError **error)
{
  for (file->length = 0;;) {
    if (file->length + 1 >= file->capacity) {
      if (file->capacity >= FILE_MAX) {
        g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE, VMM_SAID ("%s: longer than %d MiB"),
                     file->path, FILE_MAX >> 20);
        return FALSE;
      }
      file->capacity = MAX (FILE_MIN, 2 * file->capacity);
      file->text = g_realloc (file->text, file->capacity);
    }
    gssize n = read_at (file->fd, file->text + file->length, file->capacity - file->length - 1,
                        file->length);
    if (n < 0)
      return fail (file->path, errno, error);
    file->length += (gsize) n;
    file->text[file->length] = '\0';
    if (n == 0)
      return TRUE;
  }
}

gboolean
vmm_procfs_read (VmmProcFile *file, GError **error)
{
  if (file->fd >= 0 && is_replaced (file))
    close_file (file);
  if (file->fd < 0 && !open_file (file, error))
    return FALSE;
  if (fill (file, error))
    return TRUE;
  close_file (file);
  return FALSE;
}

/* Twenty digits and more: leading zeros, or more than 64 bits. */
gboolean
vmm_procfs_parse_long_number (const char *at, const char *end, guint64 *ret_number)
{
  guint64 number = 0;

  for (; at < end; at++)
    if (__builtin_mul_overflow (number, 10, &number) ||
        __builtin_add_overflow (number, (guint64) (*at - '0'), &number))
      return FALSE;
  *ret_number = number;
  return TRUE;
}
