/* SPDX-License-Identifier: MIT */
/* text: pads, wraps, cleans and degrades UTF-8 text by terminal columns. */
#include "vmm/text.h"

#include "vmm/language.h"

#include <string.h>

typedef struct {
  const char *utf8, *ascii;
} StandIn;

/* clang-format off */
static const StandIn stand_ins[] = {
  { "▁", "_" }, { "▂", "." }, { "▃", "-" }, { "▄", ":" },
  { "▅", "=" }, { "▆", "+" }, { "▇", "*" }, { "█", "#" },
  { "░", "." }, { "·", "-" }, { "µ", "u" }, { "…", "~" }, { "─", "-" }, { "–", "-" }, { "−", "-" },
  { "“", "\"" }, { "”", "\"" }, { "„", "\"" }, { "«", "\"" }, { "»", "\"" }, { "\u00A0", " " }, { "\u202F", " " },
  { "\uFFFD", "?" },
};
/* clang-format on */

/* The first byte after a CSI sequence at `p`, or `p` when none is there. */
static const char *
skip_escape (const char *p)
{
  if (p[0] != '\033' || p[1] != '[')
    return p;
  for (p += 2; *p && !(*p >= '@' && *p <= '~'); p++)
    ;
  return *p ? p + 1 : p;
}

static guint
get_columns (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

guint
vmm_text_width (const char *text)
{
  guint width = 0;
  for (const char *p = text; *p;) {
    const char *after = skip_escape (p);
    if (after != p) {
      p = after;
      continue;
    }
    width += get_columns (g_utf8_get_char (p));
    p = g_utf8_next_char (p);
  }
  return width;
}

static void
append_blanks (GString *out, guint n)
{
  g_string_append_printf (out, "%*s", (int) n, "");
}

/* Appends what of `text` fits in `width` columns; returns the columns taken. */
static guint
append_cut (GString *out, const char *text, guint width)
{
  guint full = vmm_text_width (text), room = full > width && width > 0 ? width - 1 : width;
  guint taken = 0;

  for (const char *p = text; *p; p = g_utf8_next_char (p)) {
    guint columns = get_columns (g_utf8_get_char (p));
    if (taken + columns > room)
      break;
    g_string_append_len (out, p, g_utf8_next_char (p) - p);
    taken += columns;
  }
  if (full > width && width > 0) {
    g_string_append (out, "…");
    taken++;
  }
  return taken;
}

void
vmm_text_append_left (GString *out, const char *text, guint width)
{
  append_blanks (out, width - append_cut (out, text, width));
}

void
vmm_text_append_right (GString *out, const char *text, guint width)
{
  guint full = vmm_text_width (text);
  append_blanks (out, full < width ? width - full : 0);
  append_cut (out, text, width);
}

/* "95 %" stays in one line. */
static gboolean
is_bound (const char *word)
{
  return word[0] == '%';
}

void
vmm_text_append_wrapped (GString *out, const char *text, guint column, guint indent, guint width)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gboolean begun = FALSE;

  for (guint i = 0; words[i]; i++) {
    guint columns = vmm_text_width (words[i]);
    guint bound = words[i + 1] && is_bound (words[i + 1]) ? 1 + vmm_text_width (words[i + 1]) : 0;
    if (columns == 0)
      continue;
    if (begun && !is_bound (words[i]) && column + 1 + columns + bound > width) {
      g_string_append_c (out, '\n');
      append_blanks (out, indent);
      column = indent;
    } else if (begun) {
      g_string_append_c (out, ' ');
      column++;
    }
    g_string_append (out, words[i]);
    column += columns;
    begun = TRUE;
  }
  g_string_append_c (out, '\n');
}

char *
vmm_text_break (const char *text, guint width)
{
  GString *out = g_string_sized_new (strlen (text));
  guint    column = 0;

  for (const char *p = text; *p; p = g_utf8_next_char (p)) {
    guint columns = get_columns (g_utf8_get_char (p));
    if (*p != ' ' && column + columns > width) {
      g_string_append_c (out, ' ');
      column = 0;
    }
    column = *p == ' ' ? 0 : column + columns;
    g_string_append_len (out, p, g_utf8_next_char (p) - p);
  }
  return g_string_free (out, FALSE);
}

char *
vmm_text_wrap (const char *text, guint width)
{
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n", -1);
  GString *out = g_string_new (NULL);

  for (guint i = 0; paragraphs[i]; i++)
    vmm_text_append_wrapped (out, paragraphs[i], 0, 0, width);
  return g_string_free (out, FALSE);
}

char *
vmm_text_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString         *out = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    g_string_append_unichar (out, vmm_may_show (c) ? c : 0xFFFD);
  }
  return g_string_free (out, FALSE);
}

static const StandIn *
find_stand_in (const char *p)
{
  for (guint i = 0; i < G_N_ELEMENTS (stand_ins); i++)
    if (g_str_has_prefix (p, stand_ins[i].utf8))
      return &stand_ins[i];
  return NULL;
}

char *
vmm_text_to_ascii (const char *text)
{
  GString *out = g_string_sized_new (strlen (text));

  for (const char *p = text; *p; p = g_utf8_next_char (p)) {
    const StandIn *stand_in = find_stand_in (p);
    if ((guchar) *p < 0x80) {
      g_string_append_c (out, *p);
    } else if (stand_in) {
      g_string_append (out, stand_in->ascii);
    } else {
      g_autofree char *one = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));
      g_autofree char *ascii = g_str_to_ascii (one, NULL);
      g_string_append (out, ascii);
    }
  }
  return g_string_free (out, FALSE);
}
