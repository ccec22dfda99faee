/* SPDX-License-Identifier: MIT */
/* shortcuts: the keys of actions and what all keys do, in tables. A plain dialog: GTK 3's GtkShortcutsWindow, once
 * destroyed, sends assistive technology after widgets that are gone, and does not fit a small screen. */
#include "shortcuts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* How much lower than the window the table is, its header bar left out, and how low at most. */
#define MARGIN 80
#define MIN_HEIGHT 200

/* clang-format off */
static const struct { const char *action, *keys[3]; } actions[] = {
  { "app.quit",      { "<Primary>q" } },
  { "win.measure",   { "<Primary>r", "F5" } },
  { "win.measure-thrice", { "<Primary><Shift>r" } },
  { "win.stop",      { "<Primary>period" } },
  { "win.compare-last", { "<Primary><Shift>e" } },
  { "win.save",      { "<Primary>s" } },
  { "results.share('text')", { "<Primary><Shift>c" } },
  { "win.shortcuts", { "F1", "<Primary>question" } },
  { "win.results",   { "<Primary>e" } },
  { "win.history",   { "<Primary>h" } },
  { "win.fleet",     { "<Primary>g" } },
  { "win.menu",      { "F10" } },
  { "results.find",  { "<Primary>f" } },
  { "results.import", { "<Primary>o" } },
  { "results.undo",  { "<Primary>z" } },
  { "results.print", { "<Primary>p" } },
};
/* clang-format on */

void
vmm_shortcuts_set (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_application_set_accels_for_action (application, actions[i].action, actions[i].keys);
}

/* ---- The dialog */

/* clang-format off */
static const struct { const char *group, *keys, *title; } rows[] = {
  { NC_ ("keyboard", "Window"), NC_ ("keyboard", "Ctrl+R  F5"), N_ ("Measure again, or start over") },
  { NULL, NC_ ("keyboard", "Ctrl+Shift+R"), N_ ("Measure three times") },
  { NULL, NC_ ("keyboard", "Ctrl+."), N_ ("Stop the measurement") },
  { NULL, NC_ ("keyboard", "Ctrl+E"), N_ ("Results, and back") },
  { NULL, NC_ ("keyboard", "Ctrl+Shift+E"), N_ ("Compare the last two measurements") },
  { NULL, NC_ ("keyboard", "Ctrl+H"), N_ ("History of this machine") },
  { NULL, NC_ ("keyboard", "Ctrl+G"), N_ ("Guests that a Prometheus knows, and back") },
  { NULL, "F10", N_ ("Menu") },
  { NULL, NC_ ("keyboard", "Ctrl+S"), N_ ("Save this run, where that is not done by itself") },
  { NULL, NC_ ("keyboard", "F1  Ctrl+?"), N_ ("This table") },
  { NULL, NC_ ("keyboard", "Ctrl+Q"), N_ ("Quit") },
  { NC_ ("keyboard", "Graphs"), "←  →", N_ ("Move the crosshair; with Ctrl by ten") },
  { NULL, NC_ ("keyboard", "Home  End"), N_ ("Crosshair to the oldest, the newest") },
  { NULL, NC_ ("keyboard", "Esc"), N_ ("Take the crosshair away; then back to the last 60 seconds") },
  { NULL, "+  −", N_ ("A shorter, a longer span of time; so does Ctrl with the wheel") },
  { NULL, "0", N_ ("The last 60 seconds") },
  { NULL, NC_ ("keyboard", "Page Up  Page Down"), N_ ("Back and forth through the history; so does Shift with the wheel") },
  { NC_ ("keyboard", "Results"), NC_ ("keyboard", "Ctrl+F"), N_ ("Search") },
  { NULL, "F2", N_ ("Edit the label") },
  { NULL, NC_ ("keyboard", "Delete"), N_ ("Delete the chosen runs") },
  { NULL, NC_ ("keyboard", "Ctrl+Z"), N_ ("Bring the deleted runs back") },
  { NULL, NC_ ("keyboard", "Ctrl+O"), N_ ("Import runs") },
  { NULL, NC_ ("keyboard", "Ctrl+Shift+C"), N_ ("Copy what is shown as text") },
  { NULL, NC_ ("keyboard", "Ctrl+P"), N_ ("Print what is shown") },
  { NULL, NC_ ("keyboard", "Esc"), N_ ("Back to the graphs") },
};
/* clang-format on */

static const char *
translate (const char *text)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, "keyboard", text);
}

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
  g_auto (GStrv) caps = g_strsplit (translate (keys), "  ", -1);

  for (guint i = 0; caps[i]; i++) {
    GtkWidget *cap = gtk_label_new (caps[i]);
    gtk_style_context_add_class (gtk_widget_get_style_context (cap), "keycap");
    gtk_container_add (GTK_CONTAINER (box), cap);
  }
  gtk_grid_attach (grid, box, 0, row, 1, 1);
}

/* The first group beside the others, or above them where the window is not as wide. */
static GtkWidget *
make_table (int width)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24), *grid = NULL;
  int        row = 0, all, groups = 0;

  gtk_container_set_border_width (GTK_CONTAINER (box), 18);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (rows[i].group && groups++ < 2) {
      grid = gtk_grid_new ();
      g_object_set (grid, "row-spacing", 6, "column-spacing", 18, NULL);
      gtk_container_add (GTK_CONTAINER (box), grid);
      row = 0;
    }
    if (rows[i].group)
      gtk_widget_set_margin_top (
          add_label (GTK_GRID (grid), translate (rows[i].group), "heading", 0, row++),
          groups > 2 ? 12 : 0);
    add_keys (GTK_GRID (grid), rows[i].keys, row);
    add_label (GTK_GRID (grid), _ (rows[i].title), NULL, 1, row++);
  }
  gtk_widget_show_all (box);
  gtk_widget_get_preferred_width (box, NULL, &all);
  if (all > width)
    gtk_orientable_set_orientation (GTK_ORIENTABLE (box), GTK_ORIENTATION_VERTICAL);
  return box;
}

GtkWidget *
vmm_shortcuts_new (GtkWindow *parent)
{
  GtkWidget *dialog = gtk_dialog_new_with_buttons (
      _ ("Keyboard Shortcuts"), parent,
      GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT | GTK_DIALOG_USE_HEADER_BAR, NULL, NULL);
  GtkWidget *scroller = gtk_scrolled_window_new (NULL, NULL);
  int        width, height;

  /* A small screen may be lower than the table. */
  gtk_window_get_size (parent, &width, &height);
  g_object_set (scroller, "hscrollbar-policy", GTK_POLICY_NEVER, "propagate-natural-height", TRUE,
                "max-content-height", MAX (MIN_HEIGHT, height - MARGIN), NULL);
  atk_object_set_name (gtk_widget_get_accessible (scroller), _ ("Keyboard Shortcuts"));
  gtk_container_add (GTK_CONTAINER (scroller), make_table (width));
  gtk_widget_show_all (scroller);
  gtk_container_add (GTK_CONTAINER (gtk_dialog_get_content_area (GTK_DIALOG (dialog))), scroller);
  gtk_window_set_resizable (GTK_WINDOW (dialog), FALSE);
  g_signal_connect (dialog, "response", G_CALLBACK (gtk_widget_destroy), NULL);
  return dialog;
}
