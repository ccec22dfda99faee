/* SPDX-License-Identifier: MIT */
/* memory_files: stands in for the system calls of the core's procfs, which is compiled in here and
 * linked instead of the library's own. */
#include "memory_files.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#define MAX_FILES 32
#define FIRST_FD 1000000 /* no descriptor of the process */

static struct {
  const char *path, *bytes;
  gsize       length;
} files[MAX_FILES];
static guint n_files;

static guint
find_file (const char *path)
{
  guint i = 0;

  while (i < n_files && strcmp (files[i].path, path) != 0)
    i++;
  return i;
}

void
memory_files_put (const char *path, const void *bytes, gsize length)
{
  guint i = find_file (path);

  if (i == MAX_FILES)
    return;
  n_files = MAX (n_files, i + 1);
  files[i].path = path;
  files[i].bytes = bytes;
  files[i].length = length;
}

void
memory_files_clear (void)
{
  n_files = 0;
}

static int
open_memory (const char *full)
{
  guint i = g_str_has_prefix (full, MEMORY_FILES_ROOT "/")
                ? find_file (full + strlen (MEMORY_FILES_ROOT "/"))
                : n_files;

  errno = ENOENT;
  return i < n_files ? (int) (FIRST_FD + i) : -1;
}

static int
stat_memory (int fd, struct stat *ret_status)
{
  *ret_status = (struct stat){ .st_mode = S_IFREG | 0400, .st_ino = (ino_t) fd };
  return 0;
}

/* As in a real procfs, a file that is open is never replaced. */
static int
statfs_memory (struct statfs *ret_status)
{
  *ret_status = (struct statfs){ .f_type = PROC_SUPER_MAGIC };
  return 0;
}

static gssize
read_memory (int fd, void *buffer, gsize size, off_t offset)
{
  guint i = (guint) (fd - FIRST_FD);
  gsize at = MIN ((gsize) offset, files[i].length), n = MIN (size, files[i].length - at);

  if (n > 0)
    memcpy (buffer, files[i].bytes + at, n);
  return (gssize) n;
}

#undef open
#undef fstat
#undef fstatfs
#undef pread
#undef close
#define open(path, flags) open_memory (path)
#define fstat(fd, status) stat_memory (fd, status)
#define fstatfs(fd, status) statfs_memory (status)
#define pread(fd, buffer, size, offset) read_memory (fd, buffer, size, offset)
#define close(fd) (void) (fd)

#include "../../src/collect/procfs.c" /* NOLINT(bugprone-suspicious-include): with the above */
