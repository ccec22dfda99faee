/* SPDX-License-Identifier: MIT */
/* dialog_rows: labels, and the widgets that they name. */
#include "dialog_rows.h"

#define WIDTH 52 /* characters */

GtkWidget *
vmm_dialog_add_words (GtkGrid *grid, const char *words, int row, const char *class)
{
  GtkWidget *label = gtk_label_new (words);

  g_object_set (label, "wrap", TRUE, "max-width-chars", WIDTH, "xalign", 0.0, "visible",
                words != NULL, NULL);
  if (class)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), class);
  gtk_grid_attach (grid, label, 0, row, 2, 1);
  return label;
}

GtkWidget *
vmm_dialog_add_choice (GtkGrid *grid, const char *name, GtkWidget *choice, int row)
{
  GtkWidget *label = gtk_label_new_with_mnemonic (name);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), choice);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (choice, TRUE);
  gtk_widget_show (choice);
  g_object_bind_property (choice, "visible", label, "visible", G_BINDING_SYNC_CREATE);
  gtk_grid_attach (grid, label, 0, row, 1, 1);
  gtk_grid_attach (grid, choice, 1, row, 1, 1);
  return choice;
}

GtkWidget *
vmm_dialog_add_check (GtkGrid *grid, const char *name, int row)
{
  GtkWidget *check = gtk_check_button_new_with_mnemonic (name);

  gtk_widget_show (check);
  gtk_grid_attach (grid, check, 0, row, 2, 1);
  return check;
}
