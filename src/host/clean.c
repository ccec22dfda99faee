/* SPDX-License-Identifier: MIT */
/* clean: makes foreign bytes fit to be shown, stored and compared. */
#include "clean.h"

#include "vmm/language.h"
#include "vmm/procfs.h"

#include <string.h>

/* U+FFFD, the mark of what could not be shown. */
static const char replacement[] = "\xEF\xBF\xBD";

char *
clean_text (const char *bytes, gsize length, gsize max)
{
  GString    *text = g_string_sized_new (MIN (length, max) + 1);
  const char *end = bytes + strnlen (bytes, length);

  while (bytes < end && g_ascii_isspace (*bytes))
    bytes++;
  while (end > bytes && g_ascii_isspace (end[-1]))
    end--;
  while (bytes < end) {
    gunichar    c = g_utf8_get_char_validated (bytes, end - bytes);
    gboolean    is_valid = c != (gunichar) -1 && c != (gunichar) -2;
    gsize       n = is_valid ? (gsize) g_unichar_to_utf8 (c, NULL) : 1;
    const char *shown = is_valid && vmm_may_show (c) ? bytes
                        : g_ascii_isspace (*bytes)   ? " "
                                                     : replacement;
    gsize       shown_n = shown == bytes ? n : strlen (shown);

    if (text->len + shown_n > max)
      break;
    g_string_append_len (text, shown, (gssize) shown_n);
    bytes += n;
  }
  return g_strchomp (g_string_free (text, FALSE));
}

char *
clean_read (const char *root, const char *path, GError **error)
{
  g_autofree char *text = vmm_procfs_read_text (root, path, error);

  return text ? clean_text (text, strcspn (text, "\n"), CLEAN_MAX) : NULL;
}
