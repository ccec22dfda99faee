/* SPDX-License-Identifier: MIT */
/* contest_page: sides, what is not alike, the verdict, and what it stands on. */
#include "contest_page.h"

#include "text.h"

#include <glib/gi18n-lib.h>

#define INDENT 2
#define GAP 2 /* blanks between two columns */

typedef struct {
  GString             *out;
  const VmmComparison *comparison;
  guint                width;
} Page;

static const char *say (const Page *page, const char *english) G_GNUC_FORMAT (2);

static const char *
say (const Page *page, const char *english)
{
  return vmm_text (page->comparison->language, english);
}

static void
append_heading (const Page *page, const char *heading)
{
  g_string_append_printf (page->out, "%s%s\n", page->out->len ? "\n" : "", heading);
}

/* Clean, in lines from `column` on. */
static void
append_text (const Page *page, const char *text, guint column, guint indent)
{
  g_autofree char *clean = vmm_text_clean (text);
  g_autofree char *broken = vmm_text_break (clean, page->width - indent);

  vmm_text_append_wrapped (page->out, broken, column, indent, page->width);
}

static void
append_paragraph (const Page *page, const char *text, guint indent)
{
  g_string_append_printf (page->out, "%*s", INDENT, "");
  append_text (page, text, INDENT, indent);
}

/* `title` in a column of `width`, `text` beside it; below it where the title is longer. */
static void
append_row (const Page *page, const char *title, guint width, const char *text)
{
  guint indent = INDENT + width;

  g_string_append_printf (page->out, "%*s", INDENT, "");
  if (vmm_text_width (title) + GAP <= width)
    vmm_text_append_left (page->out, title, width);
  else
    g_string_append_printf (page->out, "%s\n%*s", title, (int) indent, "");
  append_text (page, text, indent, indent);
}

/* As wide as the longest title, and half of the page at most. */
static guint
limit_column (const Page *page, guint longest)
{
  return MIN (longest + GAP, page->width / 2);
}

static void
append_sides (const Page *page)
{
  append_heading (page, say (page, N_ ("Sides")));
  for (guint i = 0; i < page->comparison->n_sides; i++) {
    g_autofree char *line =
        vmm_side_to_text (&page->comparison->sides[i], page->comparison->language);
    append_paragraph (page, line, 2 * INDENT);
  }
}

static void
append_likeness (const Page *page)
{
  const GPtrArray *likeness = page->comparison->likeness;
  guint            longest = 0, told = 0;

  for (guint i = 0; i < likeness->len; i++) {
    const VmmLikeness *row = likeness->pdata[i];
    if (!row->same)
      longest = MAX (longest, vmm_text_width (row->name));
  }
  for (guint i = 0; i < likeness->len; i++) {
    const VmmLikeness *row = likeness->pdata[i];
    g_autofree char   *values = vmm_likeness_to_text (page->comparison, row);
    g_autofree char   *both =
        row->consequence ? g_strdup_printf (say (page, N_ ("%s: %s")), values, row->consequence)
                           : NULL;
    if (row->same)
      continue;
    if (!told++)
      append_heading (page, say (page, N_ ("Not alike")));
    append_row (page, row->name, limit_column (page, longest), both ? both : values);
  }
  if (!told)
    append_heading (page, say (page, N_ ("Like is compared with like.")));
}

/* "A 112 (110 to 114), B 100 (98 to 102)", or why there is nothing to compare. */
static char *
describe_item (const Page *page, const VmmItem *item)
{
  g_autoptr (GString) text = g_string_new (NULL);
  VmmLanguage language = page->comparison->language;
  guint       values = 0;

  for (guint i = 0; i < item->n_sides; i++)
    values += item->sides[i].windows > 0;
  for (guint i = 0; i < item->n_sides && values; i++) {
    const VmmSide *side = &page->comparison->sides[i];
    if (!side->windows)
      continue;
    g_autofree char *figures = vmm_side_value_to_text (item, i, language);
    g_string_append_printf (text, "%s%s %s", text->len ? ", " : "", side->called, figures);
  }
  if (!item->reason)
    return g_strdup (text->str);
  g_autofree char *why = g_strdup_printf (say (page, N_ ("not compared: %s")), item->reason);
  return values ? g_strdup_printf (say (page, N_ ("%s; %s")), text->str, why)
                : g_steal_pointer (&why);
}

static void
append_item (const Page *page, const VmmItem *item, guint width)
{
  g_autofree char *values = describe_item (page, item);

  append_row (page, item->title, width, values);
  for (guint i = 0; i < item->n_pairs; i++)
    if (vmm_pair_is_told (page->comparison, item, &item->pairs[i])) {
      g_string_append_printf (page->out, "%*s", (int) (INDENT + width), "");
      append_text (page, item->pairs[i].text, INDENT + width, INDENT + width);
    }
}

static void
append_items (const Page *page)
{
  static const char *const titles[] = { N_ ("Total"), N_ ("Categories, most decisive first"),
                                        N_ ("Probes, most decisive first") };
  const GPtrArray         *items = page->comparison->items;
  guint                    longest = 0;
  int                      level = -1;

  for (guint i = 0; i < items->len; i++)
    longest = MAX (longest, vmm_text_width (((const VmmItem *) items->pdata[i])->title));
  for (guint i = 0; i < items->len; i++) {
    const VmmItem *item = items->pdata[i];
    if ((int) item->level != level)
      append_heading (page, say (page, titles[item->level]));
    level = (int) item->level;
    append_item (page, item, limit_column (page, longest));
  }
}

char *
vmm_contest_page (const VmmComparison *comparison, guint width)
{
  const Page page = { g_string_new (NULL), comparison, width };
  gboolean   compared = comparison->n_fit >= 2;

  append_sides (&page);
  if (compared)
    append_likeness (&page);
  append_heading (&page, say (&page, N_ ("Verdict")));
  append_paragraph (&page, comparison->verdict, INDENT);
  if (compared)
    append_items (&page);
  return g_string_free (page.out, FALSE);
}
