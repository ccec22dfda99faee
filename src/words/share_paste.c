/* SPDX-License-Identifier: MIT */
/* share_paste: a block of a few lines, for a forum, a ticket or a mail: plain text, or Markdown. */
#include "share_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GAP 3
#define CHECKSUM "SHA-256"
#define WORD_JOINER "\u2060"

/* ---- Plain: names in the first column, figures of a side in one each */

static guint
measure (const char *text)
{
  return (guint) g_utf8_strlen (text, -1);
}

static void
append_padded (GString *out, const char *text, guint width)
{
  g_string_append (out, text);
  for (guint i = measure (text); i < width; i++)
    g_string_append_c (out, ' ');
}

static guint
measure_names (const VmmShare *share)
{
  guint widest = MAX (measure (_ ("Machine")), measure (_ ("Findings")));

  widest = MAX (widest, measure (_ ("Label")));
  for (guint i = 0; i < VMM_SHARE_ROWS; i++)
    widest = MAX (widest, measure (share->rows[i].title));
  return MAX (widest, (guint) strlen (CHECKSUM)) + GAP;
}

/* Nothing where there is no text. */
static void
append_named (GString *out, guint width, const char *name, const char *text)
{
  if (!text || !text[0])
    return;
  append_padded (out, name, width);
  g_string_append_printf (out, "%s\n", text);
}

static guint
measure_figures (const VmmShare *share, guint side)
{
  guint widest = share->n_sides > 1 ? measure (share->sides[side].name) : 0;

  for (guint i = 0; i < VMM_SHARE_ROWS; i++)
    widest = MAX (widest, measure (share->rows[i].sides[side].figure));
  return widest + GAP;
}

static void
append_row (GString *out, const VmmShare *share, guint width, const VmmShareRow *row)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_padded (line, row->title, width);
  for (guint i = 0; i < share->n_sides; i++)
    append_padded (line, row->sides[i].figure, measure_figures (share, i));
  g_string_append (line, row->sides[0].interval);
  g_strchomp (line->str);
  g_string_append_printf (out, "%s\n", line->str);
}

static void
paste_run (GString *out, const VmmShare *share, guint width)
{
  g_autofree char *findings = g_strjoinv ("; ", share->findings);

  g_string_append_printf (out, "%s\n", share->verdict);
  append_named (out, width, _ ("Machine"), share->sides[0].machine);
  append_named (out, width, "VMM", share->sides[0].version);
  append_named (out, width, _ ("Label"), share->label);
  for (guint i = 1; i < VMM_SHARE_ROWS; i++)
    append_row (out, share, width, &share->rows[i]);
  append_named (out, width, _ ("Findings"), findings);
}

static void
append_heading (GString *out, const VmmShare *share, guint width)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_padded (line, "", width);
  for (guint i = 0; i < share->n_sides; i++)
    append_padded (line, share->sides[i].name, measure_figures (share, i));
  g_strchomp (line->str);
  g_string_append_printf (out, "%s\n", line->str);
}

static void
paste_comparison (GString *out, const VmmShare *share, guint width)
{
  g_string_append_printf (out, "%s%s%s\n", share->verdict, share->order ? "; " : "",
                          share->order ? share->order : "");
  for (guint i = 0; i < share->n_sides; i++)
    g_string_append_printf (out, "%s · %s\n", share->sides[i].told, share->sides[i].machine);
  append_heading (out, share, width);
  for (guint i = 0; i < VMM_SHARE_ROWS; i++)
    append_row (out, share, width, &share->rows[i]);
}

char *
vmm_share_paste (const VmmShare *share)
{
  GString *out = g_string_new (NULL);
  guint    width = measure_names (share);

  g_string_append_printf (out, "%s · %s\n", share->program, share->moment);
  (share->account ? paste_comparison : paste_run) (out, share, width);
  g_string_append_printf (out, "%s\n", share->meaning);
  append_named (out, width, CHECKSUM, share->digest);
  return g_string_free (out, FALSE);
}

/* ---- Markdown. What others wrote must be no markup, link, mention or column of it. */

static gboolean
is_link (const char *text, const char *at)
{
  return (at[0] == ':' && at[1] == '/') ||
         (at[0] == '.' && at - text >= 3 && g_ascii_strncasecmp (at - 3, "www", 3) == 0);
}

/* One within a word is none. */
static gboolean
is_markup (const char *text, const char *at)
{
  return strchr ("\\`*[]<>|~&#$", *at) ||
         (*at == '_' && !(at > text && g_ascii_isalnum (at[-1]) && g_ascii_isalnum (at[1])));
}

static void
append_escaped (GString *out, const char *text)
{
  for (const char *at = text; *at; at++) {
    if (is_markup (text, at) || is_link (text, at))
      g_string_append_c (out, '\\');
    g_string_append_c (out, *at);
    if (*at == '@')
      g_string_append (out, WORD_JOINER);
  }
}

static void
append_markdown_row (GString *out, const VmmShare *share, guint i)
{
  const VmmShareRow *row = &share->rows[i];
  const char        *mark = i ? "" : "**";

  g_string_append_printf (out, "| %s%s%s |", mark, row->title, mark);
  for (guint side = 0; side < share->n_sides; side++)
    g_string_append_printf (out, " %s%s%s |", mark, row->sides[side].figure, mark);
  if (share->n_sides == 1)
    g_string_append_printf (out, " %s |", row->sides[0].interval);
  g_string_append_c (out, '\n');
}

/* Its heading: the sides, or of one side what the figures are. */
static void
append_markdown_heading (GString *out, const VmmShare *share)
{
  if (share->n_sides == 1) {
    /* xgettext:no-c-format */
    g_string_append_printf (out, "| | %s | %s |\n|---|---:|---|\n", _ ("points"),
                            _ ("95 % interval"));
    return;
  }
  g_string_append (out, "| |");
  for (guint i = 0; i < share->n_sides; i++) {
    g_string_append_c (out, ' ');
    append_escaped (out, share->sides[i].name);
    g_string_append (out, " |");
  }
  g_string_append (out, "\n|---|---:|---:|\n");
}

static void
append_head (GString *out, const VmmShare *share)
{
  g_string_append (out, "**");
  append_escaped (out, share->verdict);
  g_string_append_printf (out, "**%s%s · ", share->order ? " · " : "",
                          share->order ? share->order : "");
  append_escaped (out, share->program);
  g_string_append_printf (out, " · %s\n\n", share->moment);
}

static void
append_machines (GString *out, const VmmShare *share)
{
  for (guint i = 0; i < share->n_sides; i++) {
    g_string_append (out, i ? " · " : "");
    append_escaped (out, share->sides[i].told ? share->sides[i].told : share->sides[i].machine);
    g_string_append (out, share->sides[i].told ? " · " : "");
    append_escaped (out, share->sides[i].told ? share->sides[i].machine : "");
  }
  if (share->label)
    g_string_append (out, " · ");
  append_escaped (out, share->label ? share->label : "");
  for (guint i = 0; share->findings[i]; i++) {
    g_string_append (out, i ? "; " : " · ");
    append_escaped (out, share->findings[i]);
  }
  g_string_append_c (out, '\n');
}

char *
vmm_share_markdown (const VmmShare *share)
{
  GString *out = g_string_new (NULL);

  append_head (out, share);
  append_markdown_heading (out, share);
  for (guint i = 0; i < VMM_SHARE_ROWS; i++)
    append_markdown_row (out, share, i);
  g_string_append_c (out, '\n');
  append_machines (out, share);
  g_string_append_printf (out, "%s · " CHECKSUM " `%s`\n", share->meaning, share->digest);
  return g_string_free (out, FALSE);
}
