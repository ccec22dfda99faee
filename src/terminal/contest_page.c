/* SPDX-License-Identifier: MIT */
/* contest_page: sides, what is not alike, the verdict, and what it stands on. */
#include "contest_page.h"

#include "vmm/text.h"

#include <glib/gi18n-lib.h>

#define INDENT 2
#define GAP 2 /* blanks between two columns */

typedef struct {
  GString          *out;
  const VmmAccount *account;
  guint             width;
} Page;

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
  append_heading (page, _ ("Sides"));
  for (guint i = 0; i < page->account->comparison->n_sides; i++) {
    g_autofree char *line = vmm_account_side (page->account, i);
    append_paragraph (page, line, 2 * INDENT);
  }
  g_autofree char *order = vmm_account_order (page->account);
  if (order)
    append_paragraph (page, order, 2 * INDENT);
}

/* The values, and what follows. */
static char *
describe_trait (const Page *page, const VmmLikeness *row)
{
  char       *values = vmm_account_traits (page->account, row);
  const char *consequence = vmm_account_consequence (page->account, row);

  if (!consequence)
    return values;
  g_autofree char *before = values;
  return g_strdup_printf (_ ("%s: %s"), before, consequence);
}

static void
append_likeness (const Page *page)
{
  const GPtrArray *likeness = page->account->comparison->likeness;
  guint            longest = 0, told = 0;

  for (guint i = 0; i < likeness->len; i++) {
    const VmmLikeness *row = likeness->pdata[i];
    if (!row->same)
      longest = MAX (longest, vmm_text_width (vmm_account_trait (page->account, row)));
  }
  for (guint i = 0; i < likeness->len; i++) {
    const VmmLikeness *row = likeness->pdata[i];
    if (row->same)
      continue;
    g_autofree char *text = describe_trait (page, row);
    if (!told++)
      append_heading (page, _ ("Not alike"));
    append_row (page, vmm_account_trait (page->account, row), limit_column (page, longest), text);
  }
  if (!told)
    append_heading (page, _ ("Like is compared with like."));
}

static void
append_cures (const Page *page)
{
  const GPtrArray *cures = page->account->comparison->cures;
  guint            longest = 0;

  if (cures->len)
    append_heading (page, vmm_account_cures (page->account));
  for (guint i = 0; i < cures->len; i++)
    longest =
        MAX (longest, vmm_text_width (vmm_account_cure_title (page->account, cures->pdata[i])));
  for (guint i = 0; i < cures->len; i++) {
    g_autofree char *text = vmm_account_cure (page->account, cures->pdata[i]);
    append_row (page, vmm_account_cure_title (page->account, cures->pdata[i]),
                limit_column (page, longest), text);
  }
}

static void
append_item (const Page *page, const VmmItem *item, guint width)
{
  g_autofree char *values = vmm_account_values (page->account, item);

  append_row (page, vmm_account_title (page->account, item), width, values);
  for (guint i = 0; i < item->n_pairs; i++) {
    g_autofree char *verdict = vmm_account_pair (page->account, item, &item->pairs[i]);
    if (!vmm_account_tells (page->account, item, &item->pairs[i]))
      continue;
    g_string_append_printf (page->out, "%*s", (int) (INDENT + width), "");
    append_text (page, verdict, INDENT + width, INDENT + width);
  }
}

static void
append_items (const Page *page)
{
  const GPtrArray *items = page->account->comparison->items;
  guint            longest = 0;
  int              level = -1;

  for (guint i = 0; i < items->len; i++)
    longest = MAX (longest, vmm_text_width (vmm_account_title (page->account, items->pdata[i])));
  for (guint i = 0; i < items->len; i++) {
    const VmmItem *item = items->pdata[i];
    if ((int) item->level != level)
      append_heading (page, vmm_account_level (page->account, item->level));
    level = (int) item->level;
    append_item (page, item, limit_column (page, longest));
  }
}

char *
vmm_contest_page (const VmmAccount *account, guint width)
{
  const Page       page = { g_string_new (NULL), account, width };
  gboolean         compared = account->comparison->n_fit >= 2;
  g_autofree char *verdict = vmm_account_verdict (account);

  append_sides (&page);
  if (compared)
    append_likeness (&page);
  append_heading (&page, _ ("Verdict"));
  append_paragraph (&page, verdict, INDENT);
  if (compared) {
    append_cures (&page);
    append_items (&page);
  }
  return g_string_free (page.out, FALSE);
}
