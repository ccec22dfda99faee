/* SPDX-License-Identifier: MIT */
/* say: finds the format that an English sentence was made from, and makes it anew. */
#include "conversion.h"
#include "formats.h"
#include "vmm/language.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_ERRNO 200

typedef struct {
  const char *text[MAX_CONVERSIONS];
  gsize       length[MAX_CONVERSIONS];
  char        kind[MAX_CONVERSIONS];
  guint       n;
} Found;

/* What joins sentences to one another, by no format of their own; the first that fits is taken. */
static const char *const joints[] = {
  /* TRANSLATORS: two sentences beside one another; the next one, a sentence after what it is about. */
  N_ ("%s; %s"),
  N_ ("%s: %s"),
  NULL,
};

static gsize
span_figure (char kind, const char *text)
{
  if (kind == 'x')
    return strspn (text, "0123456789abcdef");
  return strspn (text, strchr ("efg", kind) ? "+-0123456789.e" : "-0123456789");
}

/* NOLINTBEGIN(misc-no-recursion): as deep as a format has conversions, and a stored sentence parts */

/* Whether all of `text` is what printf() makes of `format` with some figures, from the n-th on. */
static gboolean
match (Found *found, const char *format, const char *text)
{
  Conversion conversion;

  while (*format && *format != '%' && *format == *text) {
    format++;
    text++;
  }
  if (*format != '%')
    return *format == *text;
  const char *rest = conversion_read (&conversion, format);
  if (conversion.kind == '%')
    return *text == '%' && match (found, rest, text + 1);
  if (found->n == MAX_CONVERSIONS)
    return FALSE;

  guint    i = found->n++;
  gboolean is_text = conversion.kind == 's';
  gsize    most = is_text ? strlen (text) : span_figure (conversion.kind, text);
  found->text[i] = text;
  found->kind[i] = conversion.kind;
  for (gsize length = is_text && *rest ? 1 : most; length > 0 && length <= most; length++) {
    found->length[i] = length;
    if (match (found, rest, text + length))
      return TRUE;
    found->n = i + 1;
  }
  found->n = i;
  return FALSE;
}

/* How much of `format` is said whatever its figures are. */
static gsize
count_letters (const char *format)
{
  Conversion conversion;
  gsize      n = 0;

  while (*format)
    if (*format != '%') {
      n++;
      format++;
    } else
      format = conversion_read (&conversion, format);
  return n;
}

/* The format that says most of `text` by itself, or NULL. */
static const char *
find_format (Found *ret_found, const char *const *all, const char *text)
{
  const char *best = NULL;

  for (guint i = 0; all[i]; i++) {
    Found found = { .n = 0 };
    if (match (&found, all[i], text) && (!best || count_letters (all[i]) > count_letters (best))) {
      best = all[i];
      *ret_found = found;
    }
  }
  return best;
}

static char *
say_found (const char *format, const Found *found)
{
  char *values[MAX_CONVERSIONS];

  for (guint i = 0; i < found->n; i++) {
    g_autofree char *value = g_strndup (found->text[i], found->length[i]);
    if (found->kind[i] == 's')
      values[i] = vmm_say (value);
    else {
      const char *point = strchr ("efg", found->kind[i]) ? strchr (value, '.') : NULL;
      values[i] =
          point ? g_strdup_printf ("%.*f", (int) strlen (point + 1), g_ascii_strtod (value, NULL))
                : g_strdup (value);
    }
  }
  char *said = conversion_fill (_ (format), (const char *const *) values, found->n);
  for (guint i = 0; i < found->n; i++)
    g_free (values[i]);
  return said;
}

/* The C library's words, which it translates itself. */
static const char *
find_errno (const char *text)
{
  for (int number = 1; number < MAX_ERRNO; number++)
    if (strcmp (vmm_strerror (number), text) == 0)
      return g_strerror (number);
  return NULL;
}

char *
vmm_say (const char *english)
{
  const char *known = vmm_text (VMM_LOCAL, english), *format;
  Found       found = { .n = 0 };

  if (known == english)
    known = find_errno (english);
  if (known)
    return g_strdup (known);
  format = find_format (&found, vmm_formats, english);
  if (!format)
    format = find_format (&found, joints, english);
  return format ? say_found (format, &found) : g_strdup (english);
}

/* NOLINTEND(misc-no-recursion) */
