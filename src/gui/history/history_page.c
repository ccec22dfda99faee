/* SPDX-License-Identifier: MIT */
/* history_page: the picture, what is said of it, and the days as a table. It is read whenever it is seen. */
#include "history_page.h"

#include <glib/gi18n-lib.h>

#include "history_reading.h"
#include "history_view.h"
#include "label.h"
#include "leaving.h"
#include "template.h"
#include "vmm/history_words.h"
#include "vmm/language.h"
#include "vmm/phrases.h"
#include "vmm/shelf.h"
#include "vmm/words.h"

#define LINE_LENGTH 96 /* characters */

struct _VmmHistoryPage {
  GtkBox          parent;
  GtkWidget      *span, *scroller, *page, *summary, *words, *table;
  VmmHistoryView *view;

  VmmShelf   *shelf;
  VmmHistory *history; /* that is shown, or NULL */
};

G_DEFINE_TYPE (VmmHistoryPage, vmm_history_page, GTK_TYPE_BOX)

enum { COLUMN_DAY, COLUMN_MEDIAN, COLUMN_INTERVAL, COLUMN_LOWEST, COLUMN_WINDOWS, N_COLUMNS };

/* ---- Words */

static void
add_words (VmmHistoryPage *page, const char *text, const char *class)
{
  g_autofree char *sentence = vmm_phrase_capitalise (text);
  GtkWidget       *label = vmm_label_add (GTK_CONTAINER (page->words), sentence, class);

  gtk_label_set_max_width_chars (GTK_LABEL (label), LINE_LENGTH);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
}

static void
add_change (VmmHistoryPage *page, guint i)
{
  g_autofree char *when = vmm_history_say_when (page->history, i);
  g_autofree char *change = vmm_history_say_change (page->history, i);
  /* TRANSLATORS: "1. 2026-11-14 03:30: 97.1 before, 91.3 since: 6.0 % lower (p 0.001)" */
  g_autofree char *line = g_strdup_printf (_ ("%1$u. %2$s: %3$s"), i + 1, when, change);
  g_auto (GStrv) machine = vmm_history_say_machine (page->history, i);

  add_words (page, line, NULL);
  for (guint k = 0; machine[k]; k++)
    add_words (page, machine[k], "quiet");
}

static void
remove_words (GtkWidget *label, gpointer unused)
{
  gtk_widget_destroy (label);
}

static void
fill_words (VmmHistoryPage *page)
{
  g_autofree char *steady = vmm_history_say_steady (page->history);
  g_autofree char *hours = vmm_history_say_hours (page->history);

  gtk_container_foreach (GTK_CONTAINER (page->words), remove_words, NULL);
  if (!page->history->windows->len)
    return;
  add_words (page, _ ("Changes"), "heading");
  if (steady)
    add_words (page, steady, NULL);
  for (guint i = 0; i < page->history->changes->len; i++)
    add_change (page, i);
  add_words (page, _ ("Hours of the day"), "heading");
  add_words (page, hours, NULL);
}

static char *
summarise (const VmmHistory *history)
{
  g_autofree char *all = vmm_history_say (history), *rest = vmm_history_say_left_out (history);
  g_autofree char *skipped = vmm_history_say_skipped (history);
  g_autofree char *both = rest ? g_strdup_printf (_ ("%1$s; %2$s"), all, rest) : g_strdup (all);

  return skipped ? g_strdup_printf (_ ("%1$s; %2$s"), both, skipped) : g_steal_pointer (&both);
}

/* ---- The table */

static void
add_day (GtkListStore *rows, const VmmHistory *history, const VmmHistoryDay *day)
{
  g_autofree char *date = vmm_history_say_day (history, day);
  g_autofree char *median = vmm_words_points (day->median, VMM_QUALITY_CLEAN);
  g_autofree char *interval = vmm_words_interval (day->low, day->high);
  g_autofree char *lowest = vmm_words_points (day->lowest, VMM_QUALITY_CLEAN);
  g_autofree char *windows = g_strdup_printf ("%u", day->windows);

  gtk_list_store_insert_with_values (rows, NULL, 0, COLUMN_DAY, date, COLUMN_MEDIAN, median,
                                     COLUMN_INTERVAL, interval, COLUMN_LOWEST, lowest,
                                     COLUMN_WINDOWS, windows, -1);
}

/* The newest first. */
static void
fill_table (VmmHistoryPage *page)
{
  GtkListStore *rows = gtk_list_store_new (N_COLUMNS, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
                                           G_TYPE_STRING, G_TYPE_STRING);

  for (guint i = 0; i < page->history->days->len; i++)
    add_day (rows, page->history, &g_array_index (page->history->days, VmmHistoryDay, i));
  gtk_tree_view_set_model (GTK_TREE_VIEW (page->table), GTK_TREE_MODEL (rows));
  g_object_unref (rows);
}

static void
add_columns (GtkTreeView *table)
{
  const char *const titles[N_COLUMNS] = {
    /* xgettext:no-c-format */
    N_ ("Day"), N_ ("Median"), N_ ("95 % interval"), N_ ("Lowest"), N_ ("Measurements"),
  };

  for (int i = 0; i < N_COLUMNS; i++) {
    GtkCellRenderer *cell = gtk_cell_renderer_text_new ();
    g_object_set (cell, "xalign", i == COLUMN_DAY ? 0.0 : 1.0, NULL);
    gtk_tree_view_insert_column_with_attributes (table, i, _ (titles[i]), cell, "text", i, NULL);
    GtkTreeViewColumn *column = gtk_tree_view_get_column (table, i);
    gtk_tree_view_column_set_expand (column, TRUE);
    gtk_tree_view_column_set_alignment (column, i == COLUMN_DAY ? 0 : 1);
  }
}

/* ---- Reading */

static void
on_read (gpointer data, gpointer user_data)
{
  VmmHistoryReading *reading = data;
  VmmHistoryPage    *page = user_data;

  if (!reading->history) {
    g_autofree char *said = vmm_say (reading->error->message);
    gtk_label_set_text (GTK_LABEL (page->summary), said);
    return;
  }
  g_autofree char *summary = summarise (reading->history);
  gboolean         any = reading->history->windows->len > 0;
  vmm_history_view_show (page->view, reading->history, summary);
  g_clear_pointer (&page->history, vmm_history_free);
  page->history = g_steal_pointer (&reading->history);
  gtk_label_set_text (GTK_LABEL (page->summary), summary);
  gtk_widget_set_visible (GTK_WIDGET (page->view), any);
  gtk_widget_set_visible (page->table, any);
  fill_words (page);
  fill_table (page);
}

static void
read_history (VmmHistoryPage *page)
{
  const char *days = gtk_combo_box_get_active_id (GTK_COMBO_BOX (page->span));
  gint64      span_us = g_ascii_strtoll (days ? days : "30", NULL, 10) * G_TIME_SPAN_DAY;

  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    vmm_shelf_ask (page->shelf, (VmmShelfWork) vmm_history_reading_do, on_read,
                   vmm_history_reading_new (span_us), (GDestroyNotify) vmm_history_reading_free);
}

/* ---- The page */

static void
on_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vmm_history_page_parent_class)->map (widget);
  read_history (VMM_HISTORY_PAGE (widget));
}

static gboolean
on_key_press (GtkWidget *widget, GdkEventKey *event)
{
  if (GTK_WIDGET_CLASS (vmm_history_page_parent_class)->key_press_event (widget, event))
    return GDK_EVENT_STOP;
  return vmm_leave_by_key (widget, event, "back");
}

static void
dispose (GObject *object)
{
  VmmHistoryPage *page = VMM_HISTORY_PAGE (object);

  if (page->shelf)
    vmm_shelf_close (page->shelf);
  G_OBJECT_CLASS (vmm_history_page_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  VmmHistoryPage *page = VMM_HISTORY_PAGE (object);

  vmm_shelf_free (page->shelf);
  vmm_history_free (page->history);
  G_OBJECT_CLASS (vmm_history_page_parent_class)->finalize (object);
}

#define CHILD(name) VMM_CHILD (VmmHistoryPage, name)

static const VmmChild children[] = { CHILD (span),  CHILD (scroller), CHILD (page), CHILD (summary),
                                     CHILD (words), CHILD (table),    CHILD (view) };

static void
vmm_history_page_class_init (VmmHistoryPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (VMM_TYPE_HISTORY_VIEW);
  G_OBJECT_CLASS (class)->dispose = dispose;
  G_OBJECT_CLASS (class)->finalize = finalize;
  widget_class->map = on_map;
  widget_class->key_press_event = on_key_press;
  gtk_widget_class_set_css_name (widget_class, "historypage");
  VMM_SET_TEMPLATE (widget_class, "history_page.ui", children);
}

static void
vmm_history_page_init (VmmHistoryPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  page->shelf = vmm_shelf_new (TRUE, page);
  add_columns (GTK_TREE_VIEW (page->table));
  g_signal_connect_swapped (page->span, "changed", G_CALLBACK (read_history), page);
  /* Not before: as on the page about the score, the viewport asks once. */
  gtk_widget_show (page->page);
}

void
vmm_history_page_focus (VmmHistoryPage *page)
{
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page->scroller)), 0);
  gtk_widget_grab_focus (page->span);
}
