/* SPDX-License-Identifier: MIT */
/* results_page: the list and the details, beside each other or one above the other. */
#include "results_page.h"

#include "results_private.h"

#define WIDE 960 /* list and details beside each other from here on */
#define LIST_WIDTH 590
#define LIST_HEIGHT 190

G_DEFINE_TYPE (VmmResultsPage, vmm_results_page, GTK_TYPE_BOX)

void
vmm_results_page_tell (VmmResultsPage *page, GtkMessageType type, const char *message,
                       gboolean can_undo)
{
  gtk_info_bar_set_message_type (GTK_INFO_BAR (page->info_bar), type);
  gtk_label_set_text (GTK_LABEL (page->info_label), message);
  gtk_widget_set_visible (page->undo_button, can_undo);
  gtk_info_bar_set_revealed (GTK_INFO_BAR (page->info_bar), TRUE);
}

static void
on_info_response (VmmResultsPage *page)
{
  gtk_info_bar_set_revealed (GTK_INFO_BAR (page->info_bar), FALSE);
  vmm_results_page_focus (page);
}

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

static gboolean
is_arranged (VmmResultsPage *page)
{
  gboolean wide = gtk_widget_get_allocated_width (GTK_WIDGET (page)) >= WIDE;

  return wide == (gtk_orientable_get_orientation (GTK_ORIENTABLE (page->paned)) ==
                  GTK_ORIENTATION_HORIZONTAL);
}

/* The paned keeps the list's share of its size, also of its height when that was its width: until it
 * has its size in this orientation the list is not placed for good. */
static void
arrange (VmmResultsPage *page, gboolean wide)
{
  page->unplaced = gtk_widget_get_realized (page->paned) && !is_arranged (page);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (page->paned),
                                  wide ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_paned_set_position (GTK_PANED (page->paned), wide ? LIST_WIDTH : LIST_HEIGHT);
}

static gboolean
on_idle (gpointer data)
{
  VmmResultsPage *page = data;

  page->idle = 0;
  if (!is_arranged (page) || page->unplaced)
    arrange (page, gtk_widget_get_allocated_width (GTK_WIDGET (page)) >= WIDE);
  return G_SOURCE_REMOVE;
}

static void
on_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  VmmResultsPage *page = VMM_RESULTS_PAGE (widget);

  GTK_WIDGET_CLASS (vmm_results_page_parent_class)->size_allocate (widget, allocation);
  if (page->idle == 0 && (!is_arranged (page) || page->unplaced))
    page->idle = g_idle_add_full (GDK_PRIORITY_REDRAW - 5, on_idle, page, NULL);
}

static void
on_map (GtkWidget *widget)
{
  VmmResultsPage *page = VMM_RESULTS_PAGE (widget);

  GTK_WIDGET_CLASS (vmm_results_page_parent_class)->map (widget);
  vmm_results_page_enable_actions (page);
  vmm_results_page_refresh (page);
}

static void
on_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vmm_results_page_parent_class)->unmap (widget);
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
  page->shelf = vmm_shelf_new (page);
  page->deleted = g_queue_new ();
  page->chosen = g_new0 (char *, 1);
  vmm_results_page_add_actions (page);
  vmm_results_page_enable_actions (page);
  arrange (page, TRUE);
  g_signal_connect_swapped (page->info_bar, "response", G_CALLBACK (on_info_response), page);
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
