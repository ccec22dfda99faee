/* SPDX-License-Identifier: MIT */
/* results_page: the list and the details, beside each other or one above the other. */
#include "results_page.h"

#include "kept_runs.h"
#include "leaving.h"
#include "listing.h"
#include "panes.h"
#include "run_actions.h"
#include "template.h"

struct _VmmResultsPage {
  GtkBox         parent;
  GtkWidget     *stack, *paned, *search;
  VmmRunList    *list;
  VmmRunDetails *details;
  VmmNotice     *notice;

  VmmPanes       panes;
  VmmShelf      *shelf;
  VmmRunActions *actions;
  VmmKeptRuns    kept;
  char         **chosen; /* as far as is known here */
};

G_DEFINE_TYPE (VmmResultsPage, vmm_results_page, GTK_TYPE_BOX)

/* ---- Listing */

void
vmm_results_page_refresh (VmmResultsPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    vmm_kept_runs_list (&page->kept);
}

static void
on_changed (VmmResultsPage *page, char **to_choose)
{
  vmm_kept_runs_choose (&page->kept, to_choose);
  vmm_results_page_refresh (page);
}

/* ---- Choice */

static void
on_read (gpointer data, gpointer user_data)
{
  const VmmSelection *selection = data;
  VmmResultsPage     *page = user_data;

  if (g_strv_equal ((const char *const *) selection->ids, (const char *const *) page->chosen))
    vmm_run_details_show (page->details, selection, vmm_run_list_count_shown (page->list) > 0);
  /* else others have been chosen since */
}

/* `sides` as the user wants them. */
static void
show_chosen (VmmResultsPage *page, VmmSides sides)
{
  vmm_shelf_ask (page->shelf, (VmmShelfWork) vmm_selection_read, on_read,
                 vmm_selection_new (g_strdupv (page->chosen), sides),
                 (GDestroyNotify) vmm_selection_free);
}

static void
on_regrouped (VmmResultsPage *page, guint sides)
{
  show_chosen (page, (VmmSides) sides);
}

static void
on_chosen (VmmResultsPage *page)
{
  char   **chosen = vmm_run_list_get_chosen (page->list);
  gboolean same = g_strv_equal ((const char *const *) chosen, (const char *const *) page->chosen);

  g_strfreev (page->chosen);
  page->chosen = chosen;
  if (!same || !chosen[0])
    show_chosen (page, VMM_SIDES_CHOOSE);
  vmm_run_actions_enable (page->actions);
}

static void
on_unwanted (VmmResultsPage *page)
{
  g_action_group_activate_action (G_ACTION_GROUP (page->actions), "delete", NULL);
}

/* ---- Labels */

static void
on_label_set (gpointer data, gpointer user_data)
{
  const VmmRelabelling *relabelling = data;
  VmmResultsPage       *page = user_data;

  if (relabelling->error)
    vmm_kept_runs_tell_failure (&page->kept, relabelling->error);
  vmm_results_page_refresh (page);
  show_chosen (page, VMM_SIDES_CHOOSE);
}

void
vmm_results_page_label (VmmResultsPage *page, const char *id, const char *label)
{
  vmm_shelf_ask (page->shelf, (VmmShelfWork) vmm_relabelling_do, on_label_set,
                 vmm_relabelling_new (id, label), (GDestroyNotify) vmm_relabelling_free);
}

/* ---- Search, leave, drop */

static void
on_search_changed (VmmResultsPage *page)
{
  vmm_run_list_search (page->list, gtk_entry_get_text (GTK_ENTRY (page->search)));
}

static void
on_stop_search (VmmResultsPage *page)
{
  vmm_results_page_focus (page);
  vmm_leave_search (GTK_WIDGET (page), page->search, "results");
}

static gboolean
on_key_press (GtkWidget *widget, GdkEventKey *event)
{
  if (GTK_WIDGET_CLASS (vmm_results_page_parent_class)->key_press_event (widget, event))
    return GDK_EVENT_STOP;
  return vmm_leave_by_key (widget, event, "results");
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
  vmm_run_actions_import (VMM_RESULTS_PAGE (widget)->actions,
                          (char **) g_ptr_array_free (paths, FALSE));
}

/* ---- Room and sight */

static void
on_get_preferred_width (GtkWidget *widget, int *least, int *natural)
{
  GTK_WIDGET_CLASS (vmm_results_page_parent_class)->get_preferred_width (widget, least, natural);
  *least = MAX (*least, vmm_panes_get_least_width (&VMM_RESULTS_PAGE (widget)->panes));
  *natural = MAX (*least, *natural);
}

static void
on_size_allocate (GtkWidget *widget, GtkAllocation *allocation)
{
  VmmPanes *panes = &VMM_RESULTS_PAGE (widget)->panes;

  vmm_panes_note_handle (panes);
  GTK_WIDGET_CLASS (vmm_results_page_parent_class)->size_allocate (widget, allocation);
  vmm_panes_arrange (panes);
}

static void
set_seen (VmmResultsPage *page, gboolean seen)
{
  GAction *find = g_action_map_lookup_action (G_ACTION_MAP (page->actions), "find");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (find), seen);
  vmm_run_actions_enable (page->actions);
  vmm_kept_runs_watch (&page->kept, seen);
}

static void
on_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vmm_results_page_parent_class)->map (widget);
  set_seen (VMM_RESULTS_PAGE (widget), TRUE);
  vmm_results_page_refresh (VMM_RESULTS_PAGE (widget));
}

static void
on_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vmm_results_page_parent_class)->unmap (widget);
  set_seen (VMM_RESULTS_PAGE (widget), FALSE);
}

static void
on_find (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_widget_grab_focus (VMM_RESULTS_PAGE (data)->search);
}

/* ---- Making */

/* What is deleted can be brought back as long as the page is there. */
static void
dispose (GObject *object)
{
  VmmResultsPage *page = VMM_RESULTS_PAGE (object);

  vmm_panes_clear (&page->panes);
  vmm_kept_runs_clear (&page->kept);
  vmm_shelf_purge (page->shelf);
  vmm_shelf_close (page->shelf); /* the actions ask it until the page is gone */
  G_OBJECT_CLASS (vmm_results_page_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  VmmResultsPage *page = VMM_RESULTS_PAGE (object);

  g_object_unref (page->actions);
  vmm_shelf_free (page->shelf);
  g_strfreev (page->chosen);
  G_OBJECT_CLASS (vmm_results_page_parent_class)->finalize (object);
}

#define CHILD(name) VMM_CHILD (VmmResultsPage, name)

static const VmmChild children[] = { CHILD (stack), CHILD (paned),   CHILD (search),
                                     CHILD (list),  CHILD (details), CHILD (notice) };

static const GActionEntry find_entry = { .name = "find", .activate = on_find };

static void
vmm_results_page_class_init (VmmResultsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (VMM_TYPE_RUN_LIST);
  g_type_ensure (VMM_TYPE_RUN_DETAILS);
  g_type_ensure (VMM_TYPE_NOTICE);
  G_OBJECT_CLASS (class)->dispose = dispose;
  G_OBJECT_CLASS (class)->finalize = finalize;
  widget_class->key_press_event = on_key_press;
  widget_class->drag_data_received = on_drag_data_received;
  widget_class->get_preferred_width = on_get_preferred_width;
  widget_class->size_allocate = on_size_allocate;
  widget_class->map = on_map;
  widget_class->unmap = on_unmap;
  gtk_widget_class_set_css_name (widget_class, "results");
  VMM_SET_TEMPLATE (widget_class, "results.ui", children);
}

static void
connect (VmmResultsPage *page)
{
  const struct {
    gpointer    object;
    const char *signal;
    GCallback   function;
  } signals[] = {
    { page->notice, "closed", G_CALLBACK (vmm_results_page_focus) },
    { page->list, "chosen", G_CALLBACK (on_chosen) },
    { page->list, "relabelled", G_CALLBACK (vmm_results_page_label) },
    { page->list, "unwanted", G_CALLBACK (on_unwanted) },
    { page->details, "regrouped", G_CALLBACK (on_regrouped) },
    { page->actions, "changed", G_CALLBACK (on_changed) },
    { page->search, "search-changed", G_CALLBACK (on_search_changed) },
    { page->search, "stop-search", G_CALLBACK (on_stop_search) },
    { page->search, "activate", G_CALLBACK (vmm_results_page_focus) },
  };

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_swapped (signals[i].object, signals[i].signal, signals[i].function, page);
  g_signal_connect_swapped (page->details, "notify::chart", G_CALLBACK (vmm_run_actions_enable),
                            page->actions);
}

static void
vmm_results_page_init (VmmResultsPage *page)
{
  gtk_widget_init_template (GTK_WIDGET (page));
  page->shelf = vmm_shelf_new (TRUE, page);
  page->chosen = g_new0 (char *, 1);
  page->actions =
      vmm_run_actions_new (GTK_WIDGET (page), page->shelf, page->list, page->details, page->notice);
  g_action_map_add_action_entries (G_ACTION_MAP (page->actions), &find_entry, 1, page);
  vmm_kept_runs_init (&page->kept, page->shelf, page->stack, page->list, page->notice);
  vmm_panes_init (&page->panes, GTK_WIDGET (page), page->paned, page->list);
  set_seen (page, FALSE);
  connect (page);
  gtk_drag_dest_set (GTK_WIDGET (page), GTK_DEST_DEFAULT_ALL, NULL, 0, GDK_ACTION_COPY);
  gtk_drag_dest_add_uri_targets (GTK_WIDGET (page));
}

GActionGroup *
vmm_results_page_get_actions (VmmResultsPage *page)
{
  return G_ACTION_GROUP (page->actions);
}

void
vmm_results_page_compare_last (VmmResultsPage *page)
{
  vmm_kept_runs_compare_last (&page->kept);
}

void
vmm_results_page_focus (VmmResultsPage *page)
{
  gtk_widget_grab_focus (GTK_WIDGET (page->list));
}
