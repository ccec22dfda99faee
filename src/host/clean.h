/* SPDX-License-Identifier: MIT */
/* clean: makes foreign bytes fit to be shown, stored and compared. */
#pragma once

#include <glib.h>

#define CLEAN_MAX 256 /* bytes of a string, unless said otherwise */

/* The bytes up to the first zero byte or `length`, without blanks around them, as valid UTF-8 of
 * at most `max` bytes; what is not UTF-8, controls or reorders text becomes U+FFFD, white space
 * becomes spaces. Never NULL. Free with g_free(). */
char *clean_text (const char *bytes, gsize length, gsize max);

/* The first line of a small file, cleaned; NULL and an error when it cannot be read. */
char *clean_read (const char *root, const char *path, GError **error);
