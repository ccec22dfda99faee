/* SPDX-License-Identifier: MIT */
/* save: a file that appears whole or not at all, and a file read within bounds. */
#include "result_private.h"

#include "vmm/export.h"
#include "vmm/language.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

gboolean
vmm_save_fail (GError **error, const char *path, const char *action)
{
  int number = errno;

  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number), "%s: %s: %s", path,
               action, vmm_strerror (number));
  return FALSE;
}

gboolean
vmm_check_length (gsize length, const char *name, GError **error)
{
  if (length <= VMM_RESULT_MAX_BYTES)
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE, VMM_SAID ("%s: at most %d bytes were expected"),
               name, VMM_RESULT_MAX_BYTES);
  return FALSE;
}

static gboolean
refuse_irregular (const char *path, GError **error)
{
  g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT, VMM_SAID ("%s: a regular file was expected"),
               path);
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

static char *
make_temporary (const char *directory)
{
  g_autofree char *unique = g_uuid_string_random (); /* nobody can guess it */
  g_autofree char *name = g_strdup_printf (VMM_SAVE_TEMPORARY "%s", unique);

  return g_build_filename (directory, name, NULL);
}

/* Everything but the name. `permissions` 0 = what the umask leaves. */
static gboolean
fill (int file, const char *bytes, gsize length, mode_t permissions)
{
  return (!permissions || fchmod (file, permissions & 07777) == 0) &&
         write_all (file, bytes, length) && fsync (file) == 0;
}

gboolean
vmm_save_rename (const char *from, const char *to, gboolean fresh)
{
  if (!fresh)
    return rename (from, to) == 0;
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return TRUE;
  if (errno != EINVAL) /* else the file system knows no such flag: NFS, 9p */
    return FALSE;
  if (link (from, to) == 0)
    return unlink (from) == 0;
  if (errno != EPERM && errno != EOPNOTSUPP)
    return FALSE;
  if (access (to, F_OK) == 0) { /* no links either, as in shared folders: look, then move */
    errno = EEXIST;
    return FALSE;
  }
  return rename (from, to) == 0;
}

/* A file without a name until it is complete: a kill leaves nothing of it, or at worst a complete
 * copy under the temporary name. FALSE and *ret_possible FALSE: this file system has no such. */
static gboolean
save_nameless (const char *directory, const char *path, const char *bytes, gsize length,
               gboolean fresh, mode_t permissions, gboolean *ret_possible, GError **error)
{
  g_autofree char *temporary = make_temporary (directory);
  char             link[64];
  gboolean         saved = FALSE;
  int              file = open (directory, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);

  *ret_possible = file >= 0;
  if (file < 0)
    return FALSE;
  g_snprintf (link, sizeof link, "/proc/self/fd/%d", file);
  if (!fill (file, bytes, length, permissions))
    vmm_save_fail (error, path, VMM_SAID ("cannot be written"));
  else if (linkat (AT_FDCWD, link, AT_FDCWD, fresh ? path : temporary, AT_SYMLINK_FOLLOW) == 0)
    saved = fresh || vmm_save_rename (temporary, path, FALSE) ||
            vmm_save_fail (error, path, VMM_SAID ("cannot be replaced"));
  else if (errno == EEXIST)
    vmm_save_fail (error, path, VMM_SAID ("is not overwritten"));
  else
    *ret_possible = FALSE; /* no /proc */
  close (file);
  if (!saved && !fresh)
    unlink (temporary);
  return saved;
}

static gboolean
save_named (const char *directory, const char *path, const char *bytes, gsize length,
            gboolean fresh, mode_t permissions, GError **error)
{
  g_autofree char *temporary = make_temporary (directory);
  int              file = open (temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);

  if (file < 0)
    return vmm_save_fail (error, path, VMM_SAID ("cannot be created"));
  gboolean saved = fill (file, bytes, length, permissions);
  if (close (file) < 0)
    saved = FALSE;
  if (!saved)
    vmm_save_fail (error, path, VMM_SAID ("cannot be written"));
  else
    saved =
        vmm_save_rename (temporary, path, fresh) ||
        vmm_save_fail (error, path,
                       fresh ? VMM_SAID ("is not overwritten") : VMM_SAID ("cannot be replaced"));
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
    return vmm_save_fail (error, path, VMM_SAID ("cannot be opened"));
  gboolean written = write_all (file, bytes, length);
  if (!written)
    vmm_save_fail (error, path, VMM_SAID ("cannot be written"));
  close (file);
  return written;
}

gboolean
vmm_save_bytes (const char *path, const char *bytes, gsize length, VmmSaveMode mode, GError **error)
{
  g_autofree char *real = mode == VMM_SAVE_THROUGH ? realpath (path, NULL) : NULL;
  const char      *target = real ? real : path;
  g_autofree char *directory = g_path_get_dirname (target);
  gboolean         fresh = mode == VMM_SAVE_FRESH, possible, saved;
  struct stat      old = { 0 };

  if (!fresh && lstat (target, &old) == 0 && !S_ISREG (old.st_mode)) {
    if (mode == VMM_SAVE_THROUGH)
      return write_through (target, bytes, length, error);
    return refuse_irregular (path, error);
  }
  saved = save_nameless (directory, target, bytes, length, fresh, old.st_mode, &possible, error);
  if (!possible)
    saved = save_named (directory, target, bytes, length, fresh, old.st_mode, error);
  if (saved)
    sync_directory (directory);
  return saved;
}

/* A file is made there, without a name where that can be, and is gone again. */
static gboolean
check_directory (const char *directory, const char *path, GError **error)
{
  g_autofree char *temporary = make_temporary (directory);
  int              file = open (directory, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);

  if (file < 0) {
    file = open (temporary, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (file < 0)
      return vmm_save_fail (error, path, VMM_SAID ("cannot be created"));
    unlink (temporary);
  }
  close (file);
  return TRUE;
}

gboolean
vmm_export_check (const char *path, GError **error)
{
  g_autofree char *real = realpath (path, NULL);
  const char      *target = real ? real : path;
  g_autofree char *directory = g_path_get_dirname (target);
  struct stat      old;
  gboolean         is_there = lstat (target, &old) == 0;

  if (!is_there && errno != ENOENT)
    return vmm_save_fail (error, path, VMM_SAID ("cannot be created"));
  if (is_there && S_ISDIR (old.st_mode)) {
    errno = EISDIR;
    return vmm_save_fail (error, path, VMM_SAID ("cannot be replaced"));
  }
  if (is_there && access (target, W_OK) < 0)
    return vmm_save_fail (error, path, VMM_SAID ("cannot be written"));
  return (is_there && !S_ISREG (old.st_mode)) || check_directory (directory, path, error);
}

gboolean
vmm_export_save (const char *path, const char *text, GError **error)
{
  return vmm_save_bytes (path, text, strlen (text), VMM_SAVE_THROUGH, error);
}

static gboolean
load (int file, const char *path, char **ret_bytes, gsize *ret_length, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize            length = 0;
  gssize           got;
  struct stat      status;

  if (fstat (file, &status) < 0)
    return vmm_save_fail (error, path, VMM_SAID ("cannot be read"));
  if (!S_ISREG (status.st_mode))
    return refuse_irregular (path, error);
  if (!vmm_check_length ((gsize) status.st_size, path, error))
    return FALSE;
  bytes = g_malloc (VMM_RESULT_MAX_BYTES + 1);
  while ((got = read (file, bytes + length, VMM_RESULT_MAX_BYTES + 1 - length)) > 0)
    length += (gsize) got;
  if (got < 0)
    return vmm_save_fail (error, path, VMM_SAID ("cannot be read"));
  if (!vmm_check_length (length, path, error))
    return FALSE;
  *ret_bytes = g_steal_pointer (&bytes);
  *ret_length = length;
  return TRUE;
}

gboolean
vmm_load_bytes (const char *path, char **ret_bytes, gsize *ret_length, GError **error)
{
  /* Not blocking: a pipe without a writer is refused, not waited for. */
  int file = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

  if (file < 0)
    return vmm_save_fail (error, path, VMM_SAID ("cannot be opened"));
  gboolean loaded = load (file, path, ret_bytes, ret_length, error);
  close (file);
  return loaded;
}
