/* SPDX-License-Identifier: MIT */
/* fleet_page: as many columns as there is room for, each as wide as what stands in it. */
#include "fleet_page.h"

#include "page.h"
#include "sparkline.h"
#include "vmm/figure.h"
#include "vmm/fleet_words.h"
#include "vmm/text.h"

#include <glib/gi18n-lib.h>

#define GAP 2
#define MARGIN 10 /* of a page's headings */

/* From left to right; that with the largest number is given up first where there is no room. */
typedef struct {
  VmmFleetColumn column;
  gboolean       is_interval, is_figure;
  guint          most;   /* columns of the terminal */
  guint          spared; /* 0 = never given up */
} Column;

static const Column columns[] = {
  { VMM_FLEET_GUEST, FALSE, FALSE, 40, 0 }, { VMM_FLEET_HOST, FALSE, FALSE, 24, 2 },
  { VMM_FLEET_VMM, FALSE, FALSE, 24, 4 },   { VMM_FLEET_TYPE, FALSE, FALSE, 24, 5 },
  { VMM_FLEET_SCORE, FALSE, TRUE, 12, 0 },  { VMM_FLEET_SCORE, TRUE, TRUE, 20, 3 },
  { VMM_FLEET_STOLEN, FALSE, TRUE, 10, 0 }, { VMM_FLEET_QUALITY, FALSE, FALSE, 14, 1 },
  { VMM_FLEET_HEARD, FALSE, FALSE, 36, 0 },
};

#define N_COLUMNS G_N_ELEMENTS (columns)

typedef struct {
  GPtrArray *rows; /* of char ** with N_COLUMNS texts; the first are headings */
  guint      widths[N_COLUMNS];
} Table;

static const char *
get_heading (const Column *column)
{
  return column->is_interval ? _ ("95 %") : vmm_fleet_heading (column->column);
}

static char **
make_row (const VmmFleet *fleet, const VmmFleetGuest *guest)
{
  char **row = g_new0 (char *, N_COLUMNS + 1);

  for (guint i = 0; i < N_COLUMNS; i++)
    if (!guest)
      row[i] = g_strdup (get_heading (&columns[i]));
    else {
      g_autofree char *text = columns[i].is_interval
                                  ? vmm_fleet_interval (guest)
                                  : vmm_fleet_cell (fleet, guest, columns[i].column);
      row[i] = vmm_text_clean (text);
    }
  return row;
}

/* Without what is empty in all rows. */
static void
measure (Table *table, guint room)
{
  guint total = 0;

  for (guint i = 0; i < N_COLUMNS; i++) {
    gboolean is_told = FALSE;
    table->widths[i] = 0;
    for (guint r = 0; r < table->rows->len; r++) {
      const char *text = ((char **) table->rows->pdata[r])[i];
      table->widths[i] = MAX (table->widths[i], vmm_text_width (text));
      is_told |= r > 0 && text[0];
    }
    table->widths[i] =
        is_told || columns[i].spared == 0 ? MIN (table->widths[i], columns[i].most) : 0;
    total += table->widths[i] ? table->widths[i] + GAP : 0;
  }
  for (guint number = N_COLUMNS; number > 0 && total > room + GAP; number--)
    for (guint i = 0; i < N_COLUMNS; i++)
      if (columns[i].spared == number && table->widths[i]) {
        total -= table->widths[i] + GAP;
        table->widths[i] = 0;
      }
}

static void
append_row (GString *out, const Table *table, char **row)
{
  for (guint i = 0; i < N_COLUMNS; i++) {
    if (table->widths[i] == 0)
      continue;
    if (columns[i].is_figure)
      vmm_text_append_right (out, row[i], table->widths[i]);
    else
      vmm_text_append_left (out, row[i], table->widths[i]);
    g_string_append_printf (out, "%*s", GAP, "");
  }
  while (out->len && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
  g_string_append_c (out, '\n');
}

static void
append_line (GString *out, const char *text)
{
  g_autofree char *clean = vmm_text_clean (text);

  g_string_append_printf (out, "%s\n", clean);
}

static void
append_table (GString *out, const VmmFleet *fleet, const VmmFleetView *view, guint room)
{
  Table       table = { g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev), { 0 } };
  GPtrArray  *guests = g_ptr_array_new ();
  const char *host = NULL;

  g_ptr_array_add (table.rows, make_row (fleet, NULL));
  for (guint i = 0; i < fleet->guests->len && (!view->top || guests->len < view->top); i++)
    if (vmm_fleet_matches (fleet->guests->pdata[i], view->matching)) {
      g_ptr_array_add (guests, fleet->guests->pdata[i]);
      g_ptr_array_add (table.rows, make_row (fleet, fleet->guests->pdata[i]));
    }
  measure (&table, room);
  for (guint i = 0; i < table.rows->len; i++) {
    const VmmFleetGuest *guest = i ? guests->pdata[i - 1] : NULL;
    if (view->by_host && guest && host && g_strcmp0 (host, guest->host) != 0)
      g_string_append_c (out, '\n');
    host = guest ? guest->host : NULL;
    append_row (out, &table, table.rows->pdata[i]);
  }
  g_ptr_array_unref (guests);
  g_ptr_array_unref (table.rows);
}

static void
append_noise (GString *out, const VmmFleet *fleet)
{
  g_autoptr (GArray) noisy = vmm_fleet_find_noisy (fleet);

  for (guint i = 0; i < noisy->len; i++) {
    g_autofree char *text = vmm_fleet_noise (&g_array_index (noisy, VmmNoisyHost, i));
    append_line (out, text);
  }
}

char *
vmm_fleet_page (const VmmFleet *fleet, const VmmFleetView *view, const VmmConsole *console)
{
  GString         *out = g_string_new (NULL);
  g_autofree char *summary = vmm_fleet_summary (fleet), *age = vmm_fleet_age (fleet);

  if (fleet->guests->len == 0) {
    append_line (out, vmm_fleet_nobody ());
    return g_string_free (out, FALSE);
  }
  g_string_append_printf (out, "%s · %s\n", summary, age);
  if (fleet->is_partial)
    append_line (out, _ ("The server says that something may be missing."));
  append_noise (out, fleet);
  g_string_append_c (out, '\n');
  append_table (out, fleet, view, console->live ? console->width : G_MAXINT);
  return g_string_free (out, FALSE);
}

/* ---- One guest */

static void
append_curve (GString *out, const char *heading, const float *points, float unit, const char *name)
{
  float top = vmm_sparkline_top (points, VMM_FLEET_POINTS, unit);
  char  figure[VMM_FIGURE_SIZE];

  vmm_text_append_left (out, heading, MARGIN);
  vmm_sparkline_append (out, points, VMM_FLEET_POINTS, VMM_FLEET_POINTS, top);
  /* TRANSLATORS: the scale of a curve; %s: its upper end */
  g_string_append_printf (out, _ ("  0 to %s"), vmm_figure (figure, (double) top, name));
  g_string_append_c (out, '\n');
}

static void
append_story (GString *out, const VmmFleetStory *story, const VmmStyle *style)
{
  g_string_append_printf (out, "\n%s\n", _ ("The last 24 hours"));
  append_curve (out, vmm_fleet_heading (VMM_FLEET_SCORE), story->score, 100, "");
  append_curve (out, vmm_fleet_heading (VMM_FLEET_STOLEN), story->stolen, 10, "%");
  g_string_append_c (out, '\n');
  for (guint i = 0; i < story->findings->len; i++) {
    g_autofree char *text = vmm_fleet_finding (story->findings->pdata[i]);
    vmm_page_note (out, style, i == 0 ? _ ("Found") : "", text);
  }
  if (story->findings->len == 0)
    vmm_page_note (out, style, _ ("Found"), _ ("nothing"));
}

char *
vmm_fleet_page_of (const VmmFleet *fleet, const VmmFleetGuest *guest, const VmmConsole *console)
{
  GString         *out = g_string_new (NULL);
  VmmStyle         style = vmm_console_style (console);
  g_autofree char *interval = vmm_fleet_interval (guest);

  for (guint i = 0; i < VMM_FLEET_N_COLUMNS; i++) {
    g_autofree char *text = vmm_fleet_cell (fleet, guest, (VmmFleetColumn) i);
    const char      *heading = vmm_fleet_heading ((VmmFleetColumn) i);
    if (i == VMM_FLEET_SCORE && interval[0])
      vmm_page_format (out, &style, heading, _ ("%1$s, 95 %% interval %2$s"), text, interval);
    else if (text[0])
      vmm_page_note (out, &style, heading, text);
  }
  if (fleet->story)
    append_story (out, fleet->story, &style);
  return g_string_free (out, FALSE);
}
