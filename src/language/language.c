/* SPDX-License-Identifier: MIT */
/* language: a text or a figure in one language or the other. */
#include "vmm/language.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

/* gettext has its header under the empty text. */
const char *
vmm_text (VmmLanguage language, const char *english)
{
  return language == VMM_ENGLISH || !english[0] ? english : _ (english);
}

const char *
vmm_text_of (VmmLanguage language, const char *one, const char *many, gulong n)
{
  if (language == VMM_ENGLISH)
    return n == 1 ? one : many;
  return g_dngettext (GETTEXT_PACKAGE, one, many, n);
}

const char *
vmm_say_id (const char *context, const char *id)
{
  return id[0] ? g_dpgettext2 (GETTEXT_PACKAGE, context, id) : id;
}

gboolean
vmm_may_show (gunichar character)
{
  GUnicodeType type = g_unichar_type (character);

  return type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT &&
         type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR;
}

const char *
vmm_decimal (VmmLanguage language, char ret_text[VMM_DECIMAL_SIZE], const char *format,
             double value)
{
  char half[] = "0.50"; /* as the locale writes it */

  g_ascii_formatd (ret_text, VMM_DECIMAL_SIZE, format, value);
  char *point = strchr (ret_text, '.');
  if (language == VMM_LOCAL && point && g_snprintf (half, sizeof half, "%.1f", 0.5) == 3)
    *point = half[1];
  return ret_text;
}

const char *
vmm_strerror (int number)
{
  /* That of C itself: no memory is taken for it, and none is to be given back. */
  return strerror_l (number, newlocale (LC_ALL_MASK, "C", (locale_t) 0));
}
