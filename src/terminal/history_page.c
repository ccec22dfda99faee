/* SPDX-License-Identifier: MIT */
/* history_page: the days as a column of dots, the changes among them, and what is said of both. */
#include "history_page.h"

#include "vmm/history_words.h"
#include "vmm/text.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define DAY_COLUMNS 12
#define FIGURES 3
#define GAP 2
#define MIN_DOTS 8

typedef struct {
  GString          *out;
  const VmmHistory *history;
  const VmmStyle   *style;
  const char       *headings[FIGURES];
  guint             widths[FIGURES];
  guint             dots; /* columns */
  double            low, high;
} Page;

static const VmmHistoryDay *
get_day (const VmmHistory *history, guint i)
{
  return &g_array_index (history->days, VmmHistoryDay, i);
}

/* ---- Days */

/* The columns are the picture's; what is left of a page beside the others. */
static void
arrange (Page *page)
{
  guint taken = DAY_COLUMNS;

  /* TRANSLATORS: headings of a table of days, in capital letters where that is usual */
  page->headings[0] = _ ("MEDIAN");
  page->headings[1] = _ ("LOWEST");
  page->headings[2] = _ ("MEASUREMENTS");
  for (guint i = 0; i < FIGURES; i++) {
    page->widths[i] = MAX (5, vmm_text_width (page->headings[i])) + GAP;
    taken += page->widths[i];
  }
  page->dots = page->style->width > taken + MIN_DOTS ? page->style->width - taken : MIN_DOTS;
  page->low = INFINITY;
  page->high = -INFINITY;
  for (guint i = 0; i < page->history->days->len; i++) {
    page->low = fmin (page->low, get_day (page->history, i)->low);
    page->high = fmax (page->high, get_day (page->history, i)->high);
  }
  page->low = floor (page->low);
  page->high = fmax (ceil (page->high), page->low + 1);
}

static guint
get_column (const Page *page, double value)
{
  double share = (value - page->low) / (page->high - page->low);

  return (guint) lround (CLAMP (share, 0, 1) * (page->dots - 1));
}

static void
append_dots (const Page *page, const VmmHistoryDay *day)
{
  guint low = get_column (page, day->low), high = get_column (page, day->high);
  guint median = get_column (page, day->median);

  for (guint i = 0; i < page->dots; i++)
    g_string_append (page->out, i == median ? "●" : i >= low && i <= high ? "─" : " ");
}

static void
append_figures (const Page *page, const VmmHistoryDay *day)
{
  g_autofree char *median = vmm_words_points (day->median, VMM_QUALITY_CLEAN);
  g_autofree char *lowest = vmm_words_points (day->lowest, VMM_QUALITY_CLEAN);
  g_autofree char *windows = g_strdup_printf ("%u", day->windows);

  vmm_text_append_right (page->out, median, page->widths[0]);
  vmm_text_append_right (page->out, lowest, page->widths[1]);
  vmm_text_append_right (page->out, windows, page->widths[2]);
  g_string_append_c (page->out, '\n');
}

/* The scale's ends, and the headings of the figures. */
static void
append_head (const Page *page)
{
  g_autofree char *low = g_strdup_printf ("%.0f", page->low);
  g_autofree char *high = g_strdup_printf ("%.0f", page->high);
  guint            room = page->dots - MIN (page->dots, vmm_text_width (low));

  g_string_append (page->out, page->style->bold);
  vmm_text_append_left (page->out, _ ("DAY"), DAY_COLUMNS);
  g_string_append (page->out, low);
  vmm_text_append_right (page->out, high, room);
  for (guint i = 0; i < FIGURES; i++)
    vmm_text_append_right (page->out, page->headings[i], page->widths[i]);
  g_string_append_printf (page->out, "%s\n", page->style->reset);
}

/* The number of the change with whose first window, or after it, the day begins; or as many as there are. */
static guint
find_change (const VmmHistory *history, guint day)
{
  guint i = 0;

  for (; i < history->changes->len; i++) {
    guint window = g_array_index (history->changes, VmmHistoryChange, i).window;
    if (g_array_index (history->windows, VmmHistoryWindow, window).day ==
        get_day (history, day)->day)
      break;
  }
  return i;
}

/* A line above the day on which the change is. */
static void
append_mark (const Page *page, guint change)
{
  g_autofree char *when = vmm_history_say_when (page->history, change);
  /* TRANSLATORS: in a table of days; a date and a time: "changed 2026-11-14 03:30" */
  g_autofree char *text = g_strdup_printf (_ ("changed %s"), when);
  guint            taken = vmm_text_width (text) + GAP;

  g_string_append (page->out, page->style->dim);
  for (guint i = taken; i < page->style->width; i++)
    g_string_append (page->out, "─");
  g_string_append_printf (page->out, "  %s%s\n", text, page->style->reset);
}

static void
append_days (const Page *page)
{
  append_head (page);
  for (guint i = 0; i < page->history->days->len; i++) {
    const VmmHistoryDay *day = get_day (page->history, i);
    guint                change = find_change (page->history, i);
    g_autofree char     *date = vmm_history_say_day (page->history, day);
    if (change < page->history->changes->len)
      append_mark (page, change);
    vmm_text_append_left (page->out, date, DAY_COLUMNS);
    append_dots (page, day);
    append_figures (page, day);
  }
  g_string_append_c (page->out, '\n');
}

/* ---- What is said */

static void
append_changes (const Page *page)
{
  g_autofree char *steady = vmm_history_say_steady (page->history);

  if (steady)
    vmm_page_note (page->out, page->style, _ ("Changes"), steady);
  for (guint i = 0; i < page->history->changes->len; i++) {
    g_autofree char *when = vmm_history_say_when (page->history, i);
    g_autofree char *change = vmm_history_say_change (page->history, i);
    g_autofree char *line = g_strdup_printf (_ ("%1$s: %2$s"), when, change);
    g_auto (GStrv) machine = vmm_history_say_machine (page->history, i);
    vmm_page_note (page->out, page->style, i ? "" : _ ("Changes"), line);
    for (guint k = 0; machine[k]; k++)
      vmm_page_subnote (page->out, page->style, "", machine[k]);
  }
}

char *
vmm_history_page (const VmmHistory *history, const VmmStyle *style)
{
  Page             page = { .out = g_string_new (NULL), .history = history, .style = style };
  g_autofree char *all = vmm_history_say (history), *rest = vmm_history_say_left_out (history);
  g_autofree char *skipped = vmm_history_say_skipped (history);

  vmm_page_note (page.out, style, _ ("History"), all);
  if (rest)
    vmm_page_note (page.out, style, "", rest);
  if (skipped)
    vmm_page_note (page.out, style, "", skipped);
  if (!history->windows->len)
    return g_string_free (page.out, FALSE);
  g_string_append_c (page.out, '\n');
  arrange (&page);
  append_days (&page);
  append_changes (&page);
  g_autofree char *hours = vmm_history_say_hours (history);
  vmm_page_note (page.out, style, _ ("Hours"), hours);
  return g_string_free (page.out, FALSE);
}
