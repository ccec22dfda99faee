/* SPDX-License-Identifier: MIT */
/* secret: small files that not everybody may read: keys, names and passwords. */
#pragma once

#include <glib.h>

/* Who beside the owner may read such a file. */
typedef enum {
  VMM_SECRET_ANYBODY, /* a certificate */
  VMM_SECRET_GROUP,   /* a key, which a service reads by its group */
  VMM_SECRET_NOBODY,  /* a password */
} VmmSecretReaders;

/* The text of a regular file of 64 KiB at most. NULL and VMM_ERROR_PERMISSION where others than `readers`
 * may read or write it; VMM_ERROR_MISSING, VMM_ERROR_FORMAT or VMM_ERROR_IO. Free with vmm_secret_free(). */
char *vmm_secret_read (const char *path, VmmSecretReaders readers, GError **error);

/* The one line "USER:PASSWORD" of a file that nobody else may read, without its newline; VMM_ERROR_FORMAT
 * where it is none. Free with vmm_secret_free(). */
char *vmm_secret_read_password (const char *path, GError **error);

/* Overwrites it first. NULL is fine. */
void vmm_secret_free (char *secret);

/* In a time that does not depend on where they differ. */
gboolean vmm_secret_is (const char *a, const char *b);
