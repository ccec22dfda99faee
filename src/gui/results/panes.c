/* SPDX-License-Identifier: MIT */
/* panes: where the handle is. */
#include "panes.h"

#define LIST_HEIGHT 190
#define FRAME 1
#define LABEL_ROOM 10   /* characters of a label more than there must be, where there is room */
#define DETAILS_ROOM 61 /* characters beside the list, or they are under it */

static int
get_least_width (GtkWidget *widget)
{
  int least;

  gtk_widget_get_preferred_width (widget, &least, NULL);
  return least;
}

static int
get_characters (const VmmPanes *panes, int n)
{
  PangoContext     *context = gtk_widget_get_pango_context (panes->page);
  PangoFontMetrics *metrics =
      pango_context_get_metrics (context, NULL, pango_context_get_language (context));
  int width = n * pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  return width;
}

/* With all columns to be seen. */
static int
get_list_width (const VmmPanes *panes)
{
  GtkWidget *pane = gtk_paned_get_child1 (panes->paned);
  GtkWidget *scroller = gtk_widget_get_parent (GTK_WIDGET (panes->list));
  GtkWidget *bar = gtk_scrolled_window_get_vscrollbar (GTK_SCROLLED_WINDOW (scroller));

  return vmm_run_list_get_columns_width (panes->list) + get_least_width (bar) + 2 * FRAME +
         gtk_widget_get_margin_start (pane) + gtk_widget_get_margin_end (pane);
}

/* Beside each other where all columns have room, a label whole if that can be, and less than half of
 * what is wider than that; else one above the other. */
static VmmArrangement
choose (const VmmPanes *panes)
{
  int width = gtk_widget_get_allocated_width (panes->page);
  int height = gtk_widget_get_allocated_height (panes->page);
  int list = get_list_width (panes);
  int room = width - get_characters (panes, DETAILS_ROOM);

  if (room < list)
    return (VmmArrangement){ GTK_ORIENTATION_VERTICAL, MAX (LIST_HEIGHT, height / 3) };
  return (VmmArrangement){ GTK_ORIENTATION_HORIZONTAL,
                           MIN (room,
                                MAX (list + get_characters (panes, LABEL_ROOM), width * 9 / 20)) };
}

/* The user's place of the handle stays, as long as it is the same handle. */
static gboolean
is_arranged (const VmmPanes *panes, const VmmArrangement *wanted)
{
  return wanted->orientation == panes->arrangement.orientation &&
         (panes->moved || wanted->position == panes->arrangement.position);
}

static gboolean
on_idle (gpointer data)
{
  VmmPanes      *panes = data;
  VmmArrangement wanted = choose (panes);

  panes->idle = 0;
  if (is_arranged (panes, &wanted))
    return G_SOURCE_REMOVE;
  panes->arrangement = wanted;
  panes->moved = FALSE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (panes->paned), wanted.orientation);
  gtk_paned_set_position (panes->paned, wanted.position);
  return G_SOURCE_REMOVE;
}

void
vmm_panes_init (VmmPanes *panes, GtkWidget *page, GtkWidget *paned, VmmRunList *list)
{
  panes->page = page;
  panes->paned = GTK_PANED (paned);
  panes->list = list;
  panes->arrangement.position = LIST_HEIGHT; /* of no orientation yet */
  panes->arrangement.orientation = (GtkOrientation) -1;
  gtk_paned_set_position (panes->paned, LIST_HEIGHT);
}

void
vmm_panes_clear (VmmPanes *panes)
{
  g_clear_handle_id (&panes->idle, g_source_remove);
}

void
vmm_panes_note_handle (VmmPanes *panes)
{
  int position = gtk_paned_get_position (panes->paned);

  panes->moved = panes->moved || (panes->idle == 0 && position != panes->arrangement.position);
}

void
vmm_panes_arrange (VmmPanes *panes)
{
  VmmArrangement wanted = choose (panes);

  if (panes->idle == 0 && !is_arranged (panes, &wanted))
    panes->idle = g_idle_add_full (GDK_PRIORITY_REDRAW - 5, on_idle, panes, NULL);
}

int
vmm_panes_get_least_width (const VmmPanes *panes)
{
  return MAX (get_least_width (gtk_paned_get_child1 (panes->paned)),
              get_least_width (gtk_paned_get_child2 (panes->paned)));
}
