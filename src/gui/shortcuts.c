/* SPDX-License-Identifier: MIT */
/* shortcuts: the keys, in a table. A plain dialog: GTK 3's GtkShortcutsWindow, once closed, sends
 * assistive technology after widgets that are gone. */
#include "shortcuts.h"

#include <string.h>

/* clang-format off */
static const struct { const char *group, *keys, *title; } rows[] = {
  { "Window",  "Ctrl+R",            "Measure again" },
  { NULL,      "Ctrl+E",            "Results, and back" },
  { NULL,      "F10",               "Menu" },
  { NULL,      "F1",                "This table" },
  { NULL,      "Ctrl+Q",            "Quit" },
  { "Graphs",  "←  →",              "Move the crosshair; with Ctrl by ten" },
  { NULL,      "Home  End",         "Crosshair to the oldest, the newest" },
  { NULL,      "Esc",               "Take the crosshair away" },
  { NULL,      "+  −",              "A shorter, a longer span of time" },
  { NULL,      "0",                 "The last 60 seconds" },
  { NULL,      "Page Up  Page Down", "Back and forth through the history" },
  { "Results", "Ctrl+F",            "Search" },
  { NULL,      "F2",                "Edit the label" },
  { NULL,      "Delete",            "Delete the chosen runs" },
  { NULL,      "Ctrl+Z",            "Bring the deleted runs back" },
  { NULL,      "Ctrl+O",            "Import runs" },
  { NULL,      "Ctrl+P",            "Print what is shown" },
  { NULL,      "Esc",               "Back to the graphs" },
};
/* clang-format on */

static GtkWidget *
add_label (GtkGrid *grid, const char *text, const char *class, int column, int row)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (class)
    gtk_style_context_add_class (gtk_widget_get_style_context (label), class);
  gtk_grid_attach (grid, label, column, row, column == 0 ? 2 : 1, 1);
  return label;
}

/* Each key in a cap of its own. */
static void
add_keys (GtkGrid *grid, const char *keys, int row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  g_auto (GStrv) caps = g_strsplit (keys, "  ", -1);

  for (guint i = 0; caps[i]; i++) {
    GtkWidget *cap = gtk_label_new (caps[i]);
    gtk_style_context_add_class (gtk_widget_get_style_context (cap), "keycap");
    gtk_container_add (GTK_CONTAINER (box), cap);
  }
  gtk_grid_attach (grid, box, 0, row, 1, 1);
}

GtkWidget *
vmm_shortcuts_new (GtkWindow *parent)
{
  GtkWidget *dialog = gtk_dialog_new_with_buttons (
      "Keyboard Shortcuts", parent,
      GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT | GTK_DIALOG_USE_HEADER_BAR, NULL, NULL);
  GtkWidget *grid = gtk_grid_new ();
  int        row = 0;

  g_object_set (grid, "margin", 18, "row-spacing", 6, "column-spacing", 18, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (rows[i].group)
      gtk_widget_set_margin_top (add_label (GTK_GRID (grid), rows[i].group, "heading", 0, row++),
                                 i > 0 ? 12 : 0);
    add_keys (GTK_GRID (grid), rows[i].keys, row);
    add_label (GTK_GRID (grid), rows[i].title, NULL, 1, row++);
  }
  gtk_widget_show_all (grid);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (dialog))), grid);
  gtk_window_set_resizable (GTK_WINDOW (dialog), FALSE);
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_widget_destroy), NULL);
  return dialog;
}
