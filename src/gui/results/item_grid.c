/* SPDX-License-Identifier: MIT */
/* item_grid: the terminal's page as a grid; what its sentences say more is in the tooltips. */
#include "item_grid.h"

#include <glib/gi18n-lib.h>

#include "label.h"
#include "vmm/figure.h"
#include "vmm/phrases.h"

#define NAME_CHARACTERS 16 /* before a name is broken, and where there is room */
#define MOST_NAME_CHARACTERS 40

typedef struct {
  GtkGrid          *grid;
  const VmmAccount *account;
  guint             order[VMM_COMPARE_MAX_SIDES]; /* of the sides: as in the verdict above it */
  int               row;
} Grid;

static Grid
make_grid (const VmmAccount *account)
{
  Grid grid = { .grid = GTK_GRID (gtk_grid_new ()), .account = account };

  for (guint i = 0; i < account->comparison->n_sides; i++)
    grid.order[i] = i;
  if (vmm_account_is_ranking (account))
    vmm_account_sort (account, grid.order);
  gtk_widget_set_halign (GTK_WIDGET (grid.grid), GTK_ALIGN_START);
  gtk_grid_set_column_spacing (grid.grid, 10);
  gtk_grid_set_row_spacing (grid.grid, 2);
  gtk_style_context_add_class (gtk_widget_get_style_context (GTK_WIDGET (grid.grid)), "probes");
  return grid;
}

static GtkWidget *
add_cell (const Grid *grid, int column, const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  if (column == 0)
    gtk_label_set_xalign (GTK_LABEL (label), 0);
  else
    vmm_label_align_figure (label);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  if (class)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), class);
  gtk_grid_attach (grid->grid, label, column, grid->row, 1, 1);
  return label;
}

static GtkWidget *
add_name (const Grid *grid, int column, const char *text, const char *class)
{
  GtkWidget *label = add_cell (grid, column, text, class);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), NAME_CHARACTERS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_NAME_CHARACTERS);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/* ---- Items */

/* The sides that are compared, then the ratio. */
static void
add_headings (Grid *grid, VmmLevel level)
{
  const VmmComparison *comparison = grid->account->comparison;
  int                  column = 1;

  add_name (grid, 0, vmm_account_level (grid->account, level), "category");
  for (guint i = 0; i < comparison->n_sides; i++) {
    const guint side = grid->order[i];
    if (!comparison->sides[side].windows)
      continue;
    GtkWidget *label = add_cell (grid, column++, grid->account->sides[side].called, "quiet");
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
    gtk_label_set_width_chars (GTK_LABEL (label), 7);
    gtk_widget_set_tooltip_text (label, grid->account->sides[side].name);
  }
  add_cell (grid, column, _ ("ratio"), "quiet");
  grid->row++;
}

/* Without its interval, which is in the picture or the tooltip. */
static char *
format_value (const VmmItem *item, guint side)
{
  double values[VMM_COMPARE_MAX_SIDES];
  char   text[VMM_FIGURE_SIZE];

  if (isnan (item->sides[side].value))
    return g_strdup ("–");
  for (guint i = 0; i < item->n_sides; i++)
    values[i] = item->sides[i].value;
  return g_strdup (vmm_figure_in (text, VMM_LOCAL, item->sides[side].value,
                                  vmm_figure_unit (item->unit, values, item->n_sides)));
}

static gboolean
is_winner (const VmmPair *widest, guint side)
{
  return widest && widest->verdict == VMM_VERDICT_DIFFERENT && widest->better == side;
}

/* What each pair says, a line each; NULL when none says anything. */
static char *
say_pairs (const Grid *grid, const VmmItem *item)
{
  GString *lines = g_string_new (NULL);

  for (guint i = 0; i < item->n_pairs; i++) {
    if (!vmm_account_tells (grid->account, item, &item->pairs[i]))
      continue;
    g_autofree char *line = vmm_account_pair (grid->account, item, &item->pairs[i]);
    g_string_append_printf (lines, "%s%s", lines->len ? "\n" : "", line);
  }
  return g_string_free (lines, lines->len == 0);
}

static void
add_ratio (const Grid *grid, const VmmItem *item, int column)
{
  const VmmPair   *widest = vmm_account_widest (grid->account, item);
  g_autofree char *ratio = widest ? vmm_account_ratio (grid->account, widest) : g_strdup ("–");
  g_autofree char *words = say_pairs (grid, item);
  gboolean         sure = widest && widest->verdict == VMM_VERDICT_DIFFERENT;
  GtkWidget       *label = add_cell (grid, column, ratio, sure ? "winner" : "quiet");

  gtk_widget_set_tooltip_text (label, words);
}

/* Why it is not compared: below its row, over all columns. */
static void
add_barrier (Grid *grid, const VmmItem *item, int columns)
{
  g_autofree char *barrier = vmm_account_barrier (grid->account, item);

  if (!barrier)
    return;
  g_autofree char *line = g_strdup_printf (_ ("not compared: %s"), barrier);
  GtkWidget       *label = add_name (grid, 0, line, "quiet");
  gtk_container_child_set (GTK_CONTAINER (grid->grid), label, "width", columns, NULL);
  grid->row++;
}

static void
add_item (Grid *grid, const VmmItem *item)
{
  const VmmComparison *comparison = grid->account->comparison;
  const VmmPair       *widest = vmm_account_widest (grid->account, item);
  g_autofree char     *values = vmm_account_values (grid->account, item);
  int                  column = 1;

  gtk_widget_set_tooltip_text (add_name (grid, 0, vmm_account_title (grid->account, item), NULL),
                               values);
  for (guint i = 0; i < item->n_sides; i++) {
    const guint side = grid->order[i];
    if (!comparison->sides[side].windows)
      continue;
    g_autofree char *text = format_value (item, side);
    g_autofree char *whole = vmm_account_value (grid->account, item, side);
    GtkWidget *cell = add_cell (grid, column++, text, is_winner (widest, side) ? "winner" : NULL);
    gtk_widget_set_tooltip_text (cell, whole);
  }
  add_ratio (grid, item, column);
  grid->row++;
  add_barrier (grid, item, column + 1);
}

#define MOST_SIDES 2 /* that any page has room for: a scroller is as high as its narrowest grid */

/* More sides may be wider than the page. */
static void
add_grid (GtkContainer *box, GtkWidget *grid, guint n_sides)
{
  if (n_sides <= MOST_SIDES) {
    gtk_widget_set_margin_top (grid, 6);
    gtk_widget_set_margin_bottom (grid, 6);
    gtk_widget_show_all (grid);
    gtk_container_add (box, grid);
    return;
  }
  GtkWidget *scroller = gtk_scrolled_window_new (NULL, NULL);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_container_add (GTK_CONTAINER (scroller), grid);
  gtk_widget_show_all (scroller);
  gtk_container_add (box, scroller);
}

void
vmm_item_grid_add (GtkContainer *box, const VmmAccount *account)
{
  const GPtrArray *items = account->comparison->items;
  Grid             grid = make_grid (account);
  int              level = VMM_LEVEL_TOTAL;

  for (guint i = 0; i < items->len; i++) {
    const VmmItem *item = items->pdata[i];
    if (item->level == VMM_LEVEL_TOTAL)
      continue;
    if ((int) item->level != level)
      add_headings (&grid, item->level);
    level = (int) item->level;
    add_item (&grid, item);
  }
  add_grid (box, GTK_WIDGET (grid.grid), account->comparison->n_fit);
}

/* ---- The ranking */

static void
add_place (Grid *grid, const VmmItem *total, guint side)
{
  gboolean         fit = grid->account->comparison->sides[side].windows > 0;
  g_autofree char *rank = fit ? vmm_account_rank (grid->account, side) : g_strdup ("");
  g_autofree char *line = vmm_account_side (grid->account, side);
  g_autofree char *value = fit ? vmm_account_value (grid->account, total, side) : g_strdup ("–");

  if (*rank)
    add_cell (grid, 0, rank, "category");
  add_name (grid, 1, line, fit ? NULL : "quiet");
  add_cell (grid, 2, value, fit ? NULL : "quiet");
  grid->row++;
}

void
vmm_ranking_add (GtkContainer *box, const VmmAccount *account)
{
  const VmmItem *total = vmm_comparison_find (account->comparison, VMM_LEVEL_TOTAL, "total");
  Grid           grid = make_grid (account);
  for (guint i = 0; i < account->comparison->n_sides; i++)
    add_place (&grid, total, grid.order[i]);
  gtk_widget_show_all (GTK_WIDGET (grid.grid));
  gtk_container_add (box, GTK_WIDGET (grid.grid));
}
