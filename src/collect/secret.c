/* SPDX-License-Identifier: MIT */
/* secret: reads files that are nobody else's, and compares in a time that tells nothing. */
#include "vmm/secret.h"

#include "vmm/error.h"
#include "vmm/language.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_BYTES 65536

/* `format` has a %s for the path. */
static gboolean
fail (GError **error, const char *path, VmmError code, const char *format)
{
  g_autofree char *message = vmm_fill (format, path, NULL);

  g_set_error_literal (error, VMM_ERROR, code, message);
  return FALSE;
}

static gboolean
fail_by (GError **error, const char *path, int number)
{
  g_set_error (error, VMM_ERROR, number == ENOENT ? VMM_ERROR_MISSING : VMM_ERROR_IO, "%s: %s",
               path, vmm_strerror (number));
  return FALSE;
}

static gboolean
check (int fd, const char *path, VmmSecretReaders readers, GError **error)
{
  static const struct {
    mode_t      forbidden;
    const char *why;
  } rows[] = {
    [VMM_SECRET_ANYBODY] = { 0, NULL },
    [VMM_SECRET_GROUP] = { S_IRWXO,
                           VMM_SAID ("%s: everybody may read or write this file: chmod o= it") },
    [VMM_SECRET_NOBODY] = { S_IRWXG | S_IRWXO,
                            VMM_SAID ("%s: others may read or write this file: chmod 600 it") },
  };
  struct stat status;

  if (fstat (fd, &status) != 0)
    return fail_by (error, path, errno);
  if (!S_ISREG (status.st_mode) || status.st_size > MAX_BYTES)
    return fail (error, path, VMM_ERROR_FORMAT,
                 VMM_SAID ("%s: a file of at most 64 KiB was expected"));
  if (status.st_mode & rows[readers].forbidden)
    return fail (error, path, VMM_ERROR_PERMISSION, rows[readers].why);
  return TRUE;
}

/* What the file has, up to its bound; -1 with errno. */
static gssize
read_all (int fd, char *bytes)
{
  gsize  length = 0;
  gssize n = 0;

  while (length < MAX_BYTES && (n = read (fd, bytes + length, MAX_BYTES - length)) != 0)
    if (n > 0)
      length += (gsize) n;
    else if (errno != EINTR)
      return -1;
  return (gssize) length;
}

char *
vmm_secret_read (const char *path, VmmSecretReaders readers, GError **error)
{
  /* Not to wait for one who writes into a pipe. */
  int    fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  char  *text = NULL;
  gssize length;

  if (fd < 0) {
    fail_by (error, path, errno);
    return NULL;
  }
  if (check (fd, path, readers, error)) {
    text = g_malloc0 (MAX_BYTES + 1);
    length = read_all (fd, text);
    gboolean is_text = length >= 0 && !memchr (text, 0, (gsize) length);
    if (length < 0)
      fail_by (error, path, errno);
    else if (!is_text)
      fail (error, path, VMM_ERROR_FORMAT, VMM_SAID ("%s: a text was expected"));
    if (!is_text)
      g_clear_pointer (&text, vmm_secret_free);
  }
  close (fd);
  return text;
}

char *
vmm_secret_read_password (const char *path, GError **error)
{
  char *text = vmm_secret_read (path, VMM_SECRET_NOBODY, error);

  if (!text)
    return NULL;
  g_strchomp (text);
  const char *colon = strchr (text, ':');
  if (colon && colon > text && colon[1] && !strpbrk (text, "\r\n"))
    return text;
  fail (error, path, VMM_ERROR_FORMAT, VMM_SAID ("%s: one line USER:PASSWORD was expected"));
  vmm_secret_free (text);
  return NULL;
}

void
vmm_secret_free (char *secret)
{
  if (!secret)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/* The digests are of one length, and nothing is known of where they differ. */
gboolean
vmm_secret_is (const char *a, const char *b)
{
  g_autofree char *of_a = g_compute_checksum_for_string (G_CHECKSUM_SHA256, a, -1);
  g_autofree char *of_b = g_compute_checksum_for_string (G_CHECKSUM_SHA256, b, -1);
  int              difference = 0;

  for (gsize i = 0; of_a[i]; i++)
    difference |= of_a[i] ^ of_b[i];
  return difference == 0;
}
