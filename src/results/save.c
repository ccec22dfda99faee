/* SPDX-License-Identifier: MIT */
/* save: a file that appears whole or not at all, and a file read within bounds. */
#include "result_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
fail (GError **error, const char *path, const char *action)
{
  int number = errno;

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number), "%s: %s: %s", path,
               action, g_strerror (number));
  return FALSE;
}

static gboolean
write_all (int file, const char *bytes, gsize length)
{
  while (length) {
    gssize written = write (file, bytes, length);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return FALSE;
    bytes += written;
    length -= (gsize) written;
  }
  return TRUE;
}

/* A rename or link is durable when its directory is. Some file systems refuse: nothing to do. */
static void
sync_directory (const char *directory)
{
  int file = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (file < 0)
    return;
  (void) fsync (file);
  close (file);
}

/* A file without a name: a crash leaves nothing of it. FALSE without an error: not possible on
 * this file system. */
static gboolean
save_nameless (const char *directory, const char *path, const char *bytes, gsize length,
               gboolean *ret_possible, GError **error)
{
  char     link[64];
  gboolean saved = FALSE;
  int      file = open (directory, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);

  *ret_possible = file >= 0;
  if (file < 0)
    return FALSE;
  g_snprintf (link, sizeof link, "/proc/self/fd/%d", file);
  if (!write_all (file, bytes, length) || fsync (file) < 0)
    fail (error, path, "cannot be written");
  else if (linkat (AT_FDCWD, link, AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0)
    saved = TRUE;
  else if (errno == EEXIST)
    fail (error, path, "is not overwritten");
  else
    *ret_possible = FALSE;
  close (file);
  return saved;
}

/* A file under a name that nobody can guess, renamed when it is complete. `permissions` 0 = new. */
static gboolean
save_renamed (const char *directory, const char *path, const char *bytes, gsize length,
              gboolean fresh, mode_t permissions, GError **error)
{
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (".vmm_monitor-%s.tmp", unique);
  g_autofree char *temporary = g_build_filename (directory, name, NULL);
  int              file = open (temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);

  if (file < 0)
    return fail (error, path, "cannot be created");
  gboolean saved = (!permissions || fchmod (file, permissions & 07777) == 0) &&
                   write_all (file, bytes, length) && fsync (file) == 0;
  if (close (file) < 0)
    saved = FALSE;
  if (!saved)
    fail (error, path, "cannot be written");
  else if (!fresh)
    saved = rename (temporary, path) == 0 || fail (error, path, "cannot be replaced");
  else
    saved = renameat2 (AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0 ||
            (errno == EINVAL && link (temporary, path) == 0 && unlink (temporary) == 0) ||
            fail (error, path, "is not overwritten");
  if (!saved)
    unlink (temporary);
  return saved;
}

/* A pipe, a terminal, /dev/null. */
static gboolean
write_through (const char *path, const char *bytes, gsize length, GError **error)
{
  int file = open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY);

  if (file < 0)
    return fail (error, path, "cannot be opened");
  gboolean written = write_all (file, bytes, length);
  if (!written)
    fail (error, path, "cannot be written");
  close (file);
  return written;
}

gboolean
vmm_save_bytes (const char *path, const char *bytes, gsize length, VmmSaveMode mode, GError **error)
{
  g_autofree char *real = mode == VMM_SAVE_THROUGH ? realpath (path, NULL) : NULL;
  const char      *target = real ? real : path;
  g_autofree char *directory = g_path_get_dirname (target);
  gboolean         fresh = mode == VMM_SAVE_FRESH, possible = FALSE, saved = FALSE;
  struct stat      old = { 0 };

  if (!fresh && lstat (target, &old) == 0 && !S_ISREG (old.st_mode)) {
    if (mode == VMM_SAVE_THROUGH)
      return write_through (target, bytes, length, error);
    g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT, "%s: a regular file was expected", path);
    return FALSE;
  }
  if (fresh)
    saved = save_nameless (directory, target, bytes, length, &possible, error);
  if (!possible)
    saved = save_renamed (directory, target, bytes, length, fresh, old.st_mode, error);
  if (saved)
    sync_directory (directory);
  return saved;
}

gboolean
vmm_load_bytes (const char *path, char **ret_bytes, gsize *ret_length, GError **error)
{
  /* Not blocking: a pipe without a writer is refused, not waited for. */
  int              file = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  g_autofree char *bytes = NULL;
  gsize            length = 0;
  gssize           got = 0;
  struct stat      status;

  if (file < 0)
    return fail (error, path, "cannot be opened");
  if (fstat (file, &status) < 0 || !S_ISREG (status.st_mode)) {
    close (file);
    g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT, "%s: a regular file was expected", path);
    return FALSE;
  }
  if (status.st_size <= VMM_RESULT_MAX_BYTES) {
    bytes = g_malloc (VMM_RESULT_MAX_BYTES + 1);
    while (length <= VMM_RESULT_MAX_BYTES &&
           (got = read (file, bytes + length, VMM_RESULT_MAX_BYTES + 1 - length)) > 0)
      length += (gsize) got;
  }
  if (got < 0)
    fail (error, path, "cannot be read");
  close (file);
  if (got < 0)
    return FALSE;
  if (!bytes || length > VMM_RESULT_MAX_BYTES) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE, "%s: at most %d bytes were expected", path,
                 VMM_RESULT_MAX_BYTES);
    return FALSE;
  }
  *ret_bytes = g_steal_pointer (&bytes);
  *ret_length = length;
  return TRUE;
}
