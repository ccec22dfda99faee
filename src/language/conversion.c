/* SPDX-License-Identifier: MIT */
/* conversion: reads the conversions of a format, and puts texts in their places. */
#include "conversion.h"

#include "vmm/language.h"

#include <string.h>

const char *
conversion_read (Conversion *ret_conversion, const char *at)
{
  gsize digits = strspn (++at, "0123456789");

  ret_conversion->place = 0;
  if (at[digits] == '$') {
    ret_conversion->place = (guint) g_ascii_strtoull (at, NULL, 10);
    at += digits + 1;
  }
  at += strspn (at, "#-+ 0123456789.hlzj");
  ret_conversion->kind = *at;
  return *at ? at + 1 : at;
}

char *
conversion_fill (const char *format, const char *const *values, guint n)
{
  GString *out = g_string_sized_new (strlen (format));
  guint    next = 0;

  for (const char *at = format; *at;) {
    if (*at != '%') {
      g_string_append_c (out, *at++);
      continue;
    }
    Conversion conversion;
    at = conversion_read (&conversion, at);
    if (conversion.kind == '%') {
      g_string_append_c (out, '%');
      continue;
    }
    guint place = conversion.place ? conversion.place - 1 : next++;
    g_string_append (out, place < n ? values[place] : "");
  }
  return g_string_free (out, FALSE);
}

char *
vmm_fill (const char *format, ...)
{
  const char *values[MAX_CONVERSIONS], *value;
  guint       n = 0;
  va_list     arguments;

  va_start (arguments, format);
  while ((value = va_arg (arguments, const char *)) && n < MAX_CONVERSIONS)
    values[n++] = value;
  va_end (arguments);
  return conversion_fill (format, values, n);
}
