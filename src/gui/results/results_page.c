/* SPDX-License-Identifier: MIT */
/* results_page: the list and the details, beside each other or one above the other. */
#include "results_page.h"

#include "results_private.h"

#define LIST_HEIGHT 190
#define FRAME 1
#define LABEL_ROOM 10   /* characters of a label more than there must be, where there is room */
#define DETAILS_ROOM 61 /* characters beside the list, or they are under it */

G_DEFINE_TYPE (VmmResultsPage, vmm_results_page, GTK_TYPE_BOX)

/* ---- Search, sides, leave, drop */

static void
on_sides_changed (VmmResultsPage *page)
{
  int active = gtk_combo_box_get_active (GTK_COMBO_BOX (page->sides));

  if (!page->showing_sides && active >= 0)
    vmm_results_page_show_chosen (page, VMM_SIDES_RUN + (VmmSides) active);
}

static void
on_search_changed (VmmResultsPage *page)
{
  vmm_run_list_search (page->list, gtk_entry_get_text (GTK_ENTRY (page->search)));
}

static void
leave (VmmResultsPage *page)
{
  GActionGroup *group = gtk_widget_get_action_group (GTK_WIDGET (page), "win");
  GtkWidget    *window = gtk_widget_get_toplevel (GTK_WIDGET (page));

  if (!group && G_IS_ACTION_GROUP (window))
    group = G_ACTION_GROUP (window);
  if (group)
    g_action_group_activate_action (group, "results", NULL);
}

static void
on_stop_search (VmmResultsPage *page)
{
  gboolean empty = gtk_entry_get_text_length (GTK_ENTRY (page->search)) == 0;

  gtk_entry_set_text (GTK_ENTRY (page->search), "");
  vmm_results_page_focus (page);
  if (empty)
    leave (page);
}

static gboolean
on_key_press (GtkWidget *widget, GdkEventKey *event)
{
  if (GTK_WIDGET_CLASS (vmm_results_page_parent_class)->key_press_event (widget, event))
    return GDK_EVENT_STOP;
  if (event->keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  leave (VMM_RESULTS_PAGE (widget));
  return GDK_EVENT_STOP;
}

static void
on_drag_data_received (GtkWidget *widget, GdkDragContext *context, int x, int y,
                       GtkSelectionData *data, guint info, guint time)
{
  g_auto (GStrv) uris = gtk_selection_data_get_uris (data);
  GPtrArray *paths = g_ptr_array_new ();

  for (guint i = 0; uris && uris[i]; i++) {
    char *path = g_filename_from_uri (uris[i], NULL, NULL);
    g_ptr_array_add (paths, path ? path : g_strdup (uris[i])); /* its import says why not */
  }
  g_ptr_array_add (paths, NULL);
  vmm_results_page_import (VMM_RESULTS_PAGE (widget), (char **) g_ptr_array_free (paths, FALSE));
}

/* ---- Arrangement */

static int
get_least_width (GtkWidget *widget)
{
  int least;

  gtk_widget_get_preferred_width (widget, &least, NULL);
  return least;
}

static int
get_characters (VmmResultsPage *page, int n)
{
  PangoContext     *context = gtk_widget_get_pango_context (GTK_WIDGET (page));
  PangoFontMetrics *metrics =
      pango_context_get_metrics (context, NULL, pango_context_get_language (context));
  int width = n * pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  return width;
}

/* With all columns to be seen. */
static int
get_list_width (VmmResultsPage *page)
{
  GtkWidget *pane = gtk_paned_get_child1 (GTK_PANED (page->paned));
  GtkWidget *scroller = gtk_widget_get_parent (GTK_WIDGET (page->list));
  GtkWidget *bar = gtk_scrolled_window_get_vscrollbar (GTK_SCROLLED_WINDOW (scroller));

  return vmm_run_list_get_columns_width (page->list) + get_least_width (bar) + 2 * FRAME +
         gtk_widget_get_margin_start (pane) + gtk_widget_get_margin_end (pane);
}

/* Beside each other where all columns have room, a label whole if that can be, and half of what is
 * wider than that; else one above the other. */
static VmmArrangement
choose (VmmResultsPage *page)
{
  int width = gtk_widget_get_allocated_width (GTK_WIDGET (page));
  int height = gtk_widget_get_allocated_height (GTK_WIDGET (page));
  int list = get_list_width (page);
  int room = width - get_characters (page, DETAILS_ROOM);

  if (room < list)
    return (VmmArrangement){ GTK_ORIENTATION_VERTICAL, MAX (LIST_HEIGHT, height / 3) };
  return (VmmArrangement){ GTK_ORIENTATION_HORIZONTAL,
                           MIN (room, MAX (list + get_characters (page, LABEL_ROOM), width / 2)) };
}

/* The user's place of the handle stays, as long as it is the same handle. */
static gboolean
is_arranged (VmmResultsPage *page, const VmmArrangement *wanted)
{
  return wanted->orientation == page->arrangement.orientation &&
         (page->moved || wanted->position == page->arrangement.position);
}

static gboolean
on_idle (gpointer data)
{
  VmmResultsPage *page = data;
  VmmArrangement  wanted = choose (page);

  page->idle = 0;
  if (is_arranged (page, &wanted))
    return G_SOURCE_REMOVE;
  page->arrangement = wanted;
  page->moved = FALSE;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page->paned), wanted.orientation);
  gtk_paned_set_position (GTK_PANED (page->paned), wanted.position);
  return G_SOURCE_REMOVE;
}

/* The list and the details one above the other: the page can be made as narrow as that in one go. */
static void
on_get_preferred_width (GtkWidget *widget, int *least, int *natural)
{
  VmmResultsPage *page = VMM_RESULTS_PAGE (widget);
  GtkPaned       *paned = GTK_PANED (page->paned);

  GTK_WIDGET_CLASS (vmm_results_page_parent_class)->get_preferred_width (widget, least, natural);
  *least = MAX (*least, MAX (get_least_width (gtk_paned_get_child1 (paned)),
                             get_least_width (gtk_paned_get_child2 (paned))));
  *natural = MAX (*least, *natural);
}

static void
on_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  VmmResultsPage *page = VMM_RESULTS_PAGE (widget);
  int             position = gtk_paned_get_position (GTK_PANED (page->paned));

  page->moved = page->moved || (page->idle == 0 && position != page->arrangement.position);
  GTK_WIDGET_CLASS (vmm_results_page_parent_class)->size_allocate (widget, allocation);
  VmmArrangement wanted = choose (page);
  if (page->idle == 0 && !is_arranged (page, &wanted))
    page->idle = g_idle_add_full (GDK_PRIORITY_REDRAW - 5, on_idle, page, NULL);
}

static void
on_map (GtkWidget *widget)
{
  VmmResultsPage *page = VMM_RESULTS_PAGE (widget);

  GTK_WIDGET_CLASS (vmm_results_page_parent_class)->map (widget);
  vmm_results_page_enable_actions (page);
  vmm_results_page_watch (page, vmm_results_page_refresh);
  vmm_results_page_refresh (page);
}

static void
on_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vmm_results_page_parent_class)->unmap (widget);
  vmm_results_page_watch (VMM_RESULTS_PAGE (widget), NULL);
  vmm_results_page_enable_actions (VMM_RESULTS_PAGE (widget));
}

/* ---- Making */

static void
purge (VmmStore *store, gpointer data)
{
  vmm_store_purge (store, NULL);
}

/* What is deleted can be brought back as long as the page is there. */
static void
dispose (GObject *object)
{
  VmmResultsPage *page = VMM_RESULTS_PAGE (object);

  g_clear_handle_id (&page->idle, g_source_remove);
  g_clear_handle_id (&page->message_alarm, g_source_remove);
  vmm_results_page_watch (page, NULL);
  if (page->shelf)
    vmm_shelf_ask (page->shelf, purge, NULL, NULL, NULL);
  g_clear_pointer (&page->shelf, vmm_shelf_free);
  G_OBJECT_CLASS (vmm_results_page_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  VmmResultsPage *page = VMM_RESULTS_PAGE (object);

  g_object_unref (page->actions);
  g_queue_free_full (page->deleted, (GDestroyNotify) g_strfreev);
  g_strfreev (page->chosen);
  g_strfreev (page->to_choose);
  g_free (page->folder);
  vmm_chart_unref (page->chart);
  G_OBJECT_CLASS (vmm_results_page_parent_class)->finalize (object);
}

/* clang-format off */
static const struct { const char *name; gsize offset; } children[] = {
#define CHILD(name) { #name, G_STRUCT_OFFSET (VmmResultsPage, name) }
  CHILD (info_bar), CHILD (info_label), CHILD (undo_button), CHILD (stack), CHILD (paned),
  CHILD (search), CHILD (list), CHILD (sides_bar), CHILD (sides), CHILD (details),
  CHILD (details_scroller),
#undef CHILD
};
/* clang-format on */

static void
vmm_results_page_class_init (VmmResultsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (VMM_TYPE_RUN_LIST);
  G_OBJECT_CLASS (class)->dispose = dispose;
  G_OBJECT_CLASS (class)->finalize = finalize;
  widget_class->key_press_event = on_key_press;
  widget_class->drag_data_received = on_drag_data_received;
  widget_class->get_preferred_width = on_get_preferred_width;
  widget_class->size_allocate = on_size_allocate;
  widget_class->map = on_map;
  widget_class->unmap = on_unmap;
  gtk_widget_class_set_css_name (widget_class, "results");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/vmm_monitor/results.ui");
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    gtk_widget_class_bind_template_child_full (widget_class, children[i].name, FALSE,
                                               (gssize) children[i].offset);
}

static void
vmm_results_page_init (VmmResultsPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  page->shelf = vmm_shelf_new (TRUE, page);
  page->deleted = g_queue_new ();
  page->chosen = g_new0 (char *, 1);
  vmm_results_page_add_actions (page);
  vmm_results_page_enable_actions (page);
  gtk_paned_set_position (GTK_PANED (page->paned), LIST_HEIGHT);
  page->arrangement.position = LIST_HEIGHT; /* of no orientation yet */
  page->arrangement.orientation = (GtkOrientation) -1;
  vmm_results_page_add_message (page);
  g_signal_connect_swapped (page->info_bar, "response", G_CALLBACK (vmm_results_page_focus), page);
  vmm_results_page_connect_list (page);
  g_signal_connect_swapped (page->sides, "changed", G_CALLBACK (on_sides_changed), page);
  g_signal_connect_swapped (page->search, "search-changed", G_CALLBACK (on_search_changed), page);
  g_signal_connect_swapped (page->search, "stop-search", G_CALLBACK (on_stop_search), page);
  g_signal_connect_swapped (page->search, "activate", G_CALLBACK (vmm_results_page_focus), page);
  gtk_drag_dest_set (GTK_WIDGET (page), GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
  gtk_drag_dest_add_uri_targets (GTK_WIDGET (page));
}

GActionGroup *
vmm_results_page_get_actions (VmmResultsPage *page)
{
  return G_ACTION_GROUP (page->actions);
}

void
vmm_results_page_focus (VmmResultsPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (page->list));
}
