/* SPDX-License-Identifier: MIT */
/* probe_table: the terminal's table as a grid, with the same figures. */
#include "probe_table.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "label.h"
#include "vmm/language.h"
#include "vmm/phrases.h"
#include "vmm/words.h"

enum { NAME, MEASURED, REFERENCE, POINTS, N_COLUMNS };

#define LEAST_NAME 9 /* characters of a name before it is broken */

typedef struct {
  GtkGrid        *grid;
  const VmmScore *score;
  int             row;
} Table;

static void
add_class (GtkWidget *widget, const char *class)
{
  if (class)
    gtk_style_context_add_class (gtk_widget_get_style_context (widget), class);
}

/* Figures stand below each other at the end of the line, whatever is written before them. */
static GtkWidget *
add_cell (Table *table, int column, const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  if (column == NAME)
    gtk_label_set_xalign (GTK_LABEL (label), 0);
  else
    vmm_label_align_figure (label);
  gtk_widget_set_valign (label, GTK_ALIGN_BASELINE);
  add_class (label, class);
  gtk_grid_attach (table->grid, label, column, table->row, 1, 1);
  return label;
}

/* No wider than it is long: the figures stay beside it on a wide page. */
static void
add_name (Table *table, const char *text, const char *class)
{
  GtkWidget *label = add_cell (table, NAME, text, class);

  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), LEAST_NAME);
}

/* Below its row, over all columns. */
static void
add_reason (Table *table, const char *reason)
{
  g_autofree char *said = vmm_say (reason), *sentence = vmm_phrase_capitalise (said);
  GtkWidget       *label = gtk_label_new (sentence);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_line_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_line_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);
  add_class (label, "quiet");
  gtk_grid_attach (table->grid, label, NAME, table->row++, N_COLUMNS, 1);
}

static void
add_headings (Table *table)
{
  static const char *const headings[N_COLUMNS] = {
    [MEASURED] = N_ ("measured"), [REFERENCE] = N_ ("100 means"), [POINTS] = N_ ("points")
  };

  for (int i = MEASURED; i < N_COLUMNS; i++) {
    g_autofree char *heading = vmm_phrase_capitalise (_ (headings[i]));
    add_cell (table, i, heading, "quiet");
  }
  table->row++;
}

/* `told` is the reason that the category has given already, or NULL. */
static void
add_probe (Table *table, const VmmScoreProbe *probe, const char *told)
{
  const VmmScoreRow *row = probe->row;
  VmmFigureUnit      unit = vmm_words_probe_unit (row, probe->value);
  gboolean           is_scored = row->weight > 0;
  double             needed = is_scored ? probe->ratio : probe->value;
  char               text[VMM_FIGURE_SIZE];

  add_name (table, _ (vmm_channel (row->channel)->title), NULL);
  add_cell (table, MEASURED,
            isnan (probe->value) ? "–" : vmm_figure_in (text, VMM_LOCAL, probe->value, unit), NULL);
  if (is_scored) {
    add_cell (table, REFERENCE, vmm_figure_in (text, VMM_LOCAL, row->reference, unit), "quiet");
    add_cell (table, POINTS,
              isnan (probe->ratio) ? "–" : vmm_figure_points (text, probe->ratio * 100), NULL);
  }
  table->row++;
  if (!isfinite (needed) && probe->reason && g_strcmp0 (probe->reason, told) != 0)
    add_reason (table, probe->reason);
}

static void
add_category (Table *table, VmmCategory category)
{
  const VmmScoreValue *value = &table->score->categories[category];
  const char          *told = isfinite (value->value) ? NULL : value->reason;
  g_autofree char     *points = isnan (value->value)
                                    ? g_strdup ("–")
                                    : vmm_words_points (value->value, table->score->quality);

  add_name (table, vmm_words_metric (vmm_category_metric (category)), "category");
  add_cell (table, POINTS, points, "category");
  table->row++;
  if (told)
    add_reason (table, told);
  for (const VmmScoreProbe *probe = table->score->probes; probe->row; probe++)
    if (probe->row->category == category && probe->row->weight > 0)
      add_probe (table, probe, told);
}

static void
add_unscored (Table *table)
{
  add_name (table, _ ("Shown, never scored"), "category");
  table->row++;
  for (const VmmScoreProbe *probe = table->score->probes; probe->row; probe++)
    if (probe->row->weight <= 0 && probe->cause != VMM_CAUSE_NOT_RECORDED)
      add_probe (table, probe, NULL);
}

void
vmm_probe_table_add (GtkContainer *box, const VmmScore *score, gboolean whole)
{
  GtkWidget *grid = gtk_grid_new ();
  Table      table = { GTK_GRID (grid), score, 0 };

  gtk_grid_set_column_spacing (table.grid, 8);
  gtk_grid_set_row_spacing (table.grid, 2);
  add_class (grid, "probes");
  atk_object_set_name (gtk_widget_get_accessible (grid), _ ("Probes"));
  add_headings (&table);
  for (int category = 0; category < VMM_N_CATEGORIES; category++)
    add_category (&table, (VmmCategory) category);
  if (whole)
    add_unscored (&table);
  gtk_widget_show_all (grid);
  gtk_container_add (box, grid);
}
