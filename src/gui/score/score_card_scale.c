/* SPDX-License-Identifier: MIT */
/* score_card_scale: the total and below it the categories, as dots on one scale. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "label.h"
#include "score_card_private.h"
#include "score_scale.h"
#include "value_accessible.h"
#include "vmm/words.h"

void
vmm_score_card_set_label (GtkWidget *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
}

static const VmmScoreValue *
get_value (const VmmScore *score, guint group)
{
  return group == 0 ? &score->total : &score->categories[group - 1];
}

static const char *
get_title (guint group)
{
  return group == 0 ? _ ("Total") : vmm_words_metric (vmm_category_metric (group - 1));
}

static void
set_group (VmmScoreCard *card, guint group, const VmmScore *score, const VmmScale *scale)
{
  const VmmScoreValue *value = get_value (score, group);
  const VmmScaleMark   mark = { value->value, value->low, value->high };
  g_autofree char     *number =
      isnan (value->value) ? g_strdup ("–") : vmm_words_points (value->value, VMM_QUALITY_CLEAN);
  g_autofree char *words = group == 0 ? vmm_words_score (score)
                                      : vmm_words_category_score ((VmmCategory) (group - 1), value);

  vmm_score_scale_set (VMM_SCORE_SCALE (card->marks[group]), scale, &mark, group == 0);
  vmm_value_accessible_set (card->marks[group], value->value, words);
  gtk_widget_set_tooltip_text (card->marks[group], words);
  vmm_score_card_set_label (card->numbers[group], number);
  gtk_widget_set_tooltip_text (card->numbers[group], words);
}

static void
show (VmmScoreCard *card, const VmmScore *score)
{
  VmmScaleMark marks[VMM_CARD_N_GROUPS];
  VmmScale     scale;

  for (guint i = 0; i < VMM_CARD_N_GROUPS; i++)
    marks[i].value = get_value (score, i)->value;
  vmm_scale_init (&scale, marks, VMM_CARD_N_GROUPS);
  for (guint i = 0; i < VMM_CARD_N_GROUPS; i++)
    set_group (card, i, score, &scale);
  vmm_score_scale_set_labels (VMM_SCORE_SCALE (card->labels), &scale);
}

static void
add_class (GtkWidget *widget, const char *class)
{
  gtk_style_context_add_class (gtk_widget_get_style_context (widget), class);
}

static void
add_group (VmmScoreCard *card, guint group)
{
  GtkWidget       *title = gtk_label_new (get_title (group));
  g_autofree char *name = g_strdup_printf (C_ ("of a category", "%s score"), get_title (group));
  const char      *hue =
      group == 0 ? "total" : vmm_hue_name (vmm_category ((VmmCategory) (group - 1))->hue);

  gtk_widget_set_halign (title, GTK_ALIGN_START);
  card->marks[group] = g_object_new (VMM_TYPE_SCORE_SCALE, "hexpand", TRUE, NULL);
  add_class (card->marks[group], hue);
  vmm_value_accessible_set_up (card->marks[group], ATK_ROLE_LEVEL_BAR, name, 100000);
  card->numbers[group] = gtk_label_new (NULL);
  gtk_label_set_width_chars (GTK_LABEL (card->numbers[group]), 5);
  vmm_label_align_figure (card->numbers[group]);
  if (group == 0) {
    add_class (title, "total");
    add_class (card->numbers[group], "total");
  }
  gtk_grid_attach (GTK_GRID (card->scores), card->numbers[group], 2, (int) group, 1, 1);
  gtk_grid_attach (GTK_GRID (card->scores), card->marks[group], 1, (int) group, 1, 1);
  gtk_grid_attach (GTK_GRID (card->scores), title, 0, (int) group, 1, 1);
}

void
vmm_score_card_show_scale (VmmScoreCard *card, const VmmScore *score)
{
  const VmmScoreValue none = { NAN, NAN, NAN, NULL };
  VmmScore            empty = { .version = VMM_SCORE_VERSION, .total = none };

  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    empty.categories[c] = none;
  show (card, score ? score : &empty);
}

/* A grid tells its children last come first: so the first one is told first. */
void
vmm_score_card_make_scale (VmmScoreCard *card)
{
  card->labels = g_object_new (VMM_TYPE_SCORE_SCALE, NULL);
  gtk_grid_attach (GTK_GRID (card->scores), card->labels, 1, VMM_CARD_N_GROUPS, 1, 1);
  for (guint i = VMM_CARD_N_GROUPS; i > 0; i--)
    add_group (card, i - 1);
  gtk_widget_show_all (card->scores);
  vmm_score_card_show_scale (card, NULL);
}
