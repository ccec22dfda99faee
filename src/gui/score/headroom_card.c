/* SPDX-License-Identifier: MIT */
/* headroom_card: a sentence, a bar for each resource that was measured, and what cannot be seen. */
#include "headroom_card.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "label.h"
#include "vmm/words.h"

#define DATA "headroom"
#define BAR_WIDTH 80
#define STEPS 200 /* of a bar: no change that cannot be seen is painted */

typedef struct {
  GtkWidget *title, *bar, *words;
} Row;

typedef struct {
  GtkWidget *sentence;
  Row        rows[VMM_N_RESOURCES];
} Card;

/* ---- Making */

/* The theme paints what is low or full as an alarm: a bar that is full is none. */
static GtkWidget *
make_bar (void)
{
  static const char *const offsets[] = { GTK_LEVEL_BAR_OFFSET_LOW, GTK_LEVEL_BAR_OFFSET_HIGH,
                                         GTK_LEVEL_BAR_OFFSET_FULL };
  GtkWidget               *bar = gtk_level_bar_new ();

  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    gtk_level_bar_remove_offset_value (GTK_LEVEL_BAR (bar), offsets[i]);
  g_object_set (bar, "hexpand", TRUE, "valign", GTK_ALIGN_CENTER, "width-request", BAR_WIDTH, NULL);
  return bar;
}

static GtkWidget *
make_label (const char *text, gboolean wraps)
{
  GtkWidget *label = gtk_label_new (text);

  g_object_set (label, "xalign", 0.0, "wrap", wraps, NULL);
  return label;
}

static void
name (GtkWidget *bar, VmmResource resource)
{
  g_autofree char *words = g_strdup_printf (_ ("Headroom: %s"), vmm_words_resource (resource));

  atk_object_set_name (gtk_widget_get_accessible (bar), words);
}

static void
add_row (Card *card, GtkGrid *grid, VmmResource resource)
{
  Row *row = &card->rows[resource];

  *row = (Row){ make_label (vmm_words_resource (resource), FALSE), make_bar (),
                make_label (NULL, TRUE) };
  name (row->bar, resource);
  gtk_grid_attach (grid, row->title, 0, (int) resource, 1, 1);
  gtk_grid_attach (grid, row->bar, 1, (int) resource, 1, 1);
  gtk_grid_attach (grid, row->words, 2, (int) resource, 1, 1);
}

GtkWidget *
vmm_headroom_card_new (GtkContainer *box)
{
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *grid = gtk_grid_new ();
  Card      *card = g_new0 (Card, 1);

  g_object_set_data_full (G_OBJECT (frame), DATA, card, g_free);
  gtk_style_context_add_class (gtk_widget_get_style_context (frame), "headroom");
  vmm_label_add (GTK_CONTAINER (frame), C_ ("heading", "Headroom"), "heading");
  card->sentence = vmm_label_add (GTK_CONTAINER (frame), "", NULL);
  g_object_set (grid, "column-spacing", 12, "row-spacing", 2, NULL);
  for (guint i = 0; i < VMM_N_RESOURCES; i++)
    add_row (card, GTK_GRID (grid), (VmmResource) i);
  gtk_container_add (GTK_CONTAINER (frame), grid);
  vmm_label_add (GTK_CONTAINER (frame), vmm_words_headroom_limits (), "quiet");
  gtk_widget_show_all (frame);
  gtk_widget_set_no_show_all (frame, TRUE);
  gtk_widget_hide (frame);
  gtk_container_add (box, frame);
  return frame;
}

/* ---- Showing */

static void
set_text (GtkWidget *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)), text) != 0)
    gtk_label_set_text (GTK_LABEL (label), text);
}

static void
mark (const Row *row, gboolean is_first)
{
  GtkWidget *const widgets[] = { row->title, row->bar, row->words };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++) {
    GtkStyleContext *context = gtk_widget_get_style_context (widgets[i]);
    if (is_first)
      gtk_style_context_add_class (context, "first");
    else
      gtk_style_context_remove_class (context, "first");
  }
}

static gboolean
is_first (const VmmHeadroom *headroom, VmmResource resource)
{
  return resource == headroom->first || (headroom->are_close && resource == headroom->second);
}

static void
show_row (const Row *row, const VmmHeadroom *headroom, VmmResource resource)
{
  const VmmHeadroomResource *is = &headroom->resources[resource];
  double                     filled = is->use / is->capacity;
  GtkWidget *const           widgets[] = { row->title, row->bar, row->words };

  for (guint i = 0; i < G_N_ELEMENTS (widgets); i++)
    gtk_widget_set_visible (widgets[i], isfinite (filled));
  if (!isfinite (filled))
    return;
  g_autofree char *words = vmm_words_headroom_of (headroom, resource);
  set_text (row->words, words);
  atk_object_set_description (gtk_widget_get_accessible (row->bar), words);
  gtk_level_bar_set_value (GTK_LEVEL_BAR (row->bar), round (STEPS * CLAMP (filled, 0, 1)) / STEPS);
  mark (row, is_first (headroom, resource));
}

void
vmm_headroom_card_update (GtkWidget *widget, const VmmHeadroom *headroom)
{
  const Card *card = g_object_get_data (G_OBJECT (widget), DATA);
  gboolean    is_known = headroom->why == VMM_HEADROOM_KNOWN;

  gtk_widget_set_visible (widget, is_known);
  if (!is_known)
    return;
  g_autofree char *words = vmm_words_headroom (headroom);
  set_text (card->sentence, words);
  for (guint i = 0; i < VMM_N_RESOURCES; i++)
    show_row (&card->rows[i], headroom, (VmmResource) i);
}
