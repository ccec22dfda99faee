/* SPDX-License-Identifier: MIT */
/* window: the frame and what is reached from it: pages, titles, dialogs. */
#include "window.h"

#include <glib/gi18n-lib.h>

#include "dashboard.h"
#include "fleet_page.h"
#include "history_page.h"
#include "measuring.h"
#include "notice.h"
#include "results_page.h"
#include "score_page.h"
#include "shortcuts.h"
#include "style.h"
#include "template.h"
#include "vmm/language.h"

struct _VmmMainWindow {
  GtkApplicationWindow parent;
  GtkWidget           *stack, *titles, *back, *measure_button, *menu_button;
  VmmNotice           *notice;
  VmmDashboard        *dashboard;
  VmmResultsPage      *results;
  VmmHistoryPage      *history;
  VmmScorePage        *score_page;
  VmmFleetPage        *fleet_page;
  const char          *left;      /* name of the page before the history's or the score's */
  GtkWidget           *left_from; /* what had the focus there, or NULL */
  VmmMeasuring        *measuring;
};

G_DEFINE_TYPE (VmmMainWindow, vmm_main_window, GTK_TYPE_APPLICATION_WINDOW)

static void
tell (GtkWidget *widget, const char *words)
{
  vmm_notice_tell (VMM_MAIN_WINDOW (widget)->notice, GTK_MESSAGE_ERROR, words, FALSE);
}

/* Or it takes that back. */
static void
offer (GtkWidget *widget, const char *words, const char *button, const char *action)
{
  vmm_notice_offer (VMM_MAIN_WINDOW (widget)->notice, words, button, action);
}

/* ---- Pages */

static const char *
get_page (VmmMainWindow *window)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (window->stack));
}

/* The state of an action is whether the page of its name is to be seen, however that came about. The page
 * that explains the score is none of the pages to switch between: there is a way back from it. */
static void
on_page (VmmMainWindow *window)
{
  static const char *const pages[] = { "results", "fleet" };
  const char              *page = get_page (window);
  gboolean                 aside = g_strcmp0 (page, "score") == 0;

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), pages[i]);
    g_simple_action_set_state (G_SIMPLE_ACTION (action),
                               g_variant_new_boolean (g_strcmp0 (page, pages[i]) == 0));
  }
  gtk_widget_set_visible (window->back, aside);
  gtk_stack_set_visible_child_name (GTK_STACK (window->titles), aside ? "score" : "pages");
}

static void
show_page (VmmMainWindow *window, const char *page)
{
  gtk_stack_set_visible_child_name (GTK_STACK (window->stack), page);
  if (g_str_equal (page, "results"))
    vmm_results_page_focus (window->results);
  else if (g_str_equal (page, "fleet"))
    vmm_fleet_page_focus (window->fleet_page);
}

static void
on_button (GSimpleAction *action, GVariant *state, gpointer window)
{
  show_page (window,
             g_variant_get_boolean (state) ? g_action_get_name (G_ACTION (action)) : "live");
}

/* Its page is there where there is somebody to ask; one that goes takes nobody with it. */
static void
offer_fleet (GtkWidget *widget, const VmmSettings *settings)
{
  VmmMainWindow *window = VMM_MAIN_WINDOW (widget);

  if (settings->fleet)
    vmm_fleet_page_offer (window->fleet_page, settings);
  else if (g_strcmp0 (get_page (window), "fleet") == 0)
    show_page (window, "live");
  if (!settings->fleet && g_strcmp0 (window->left, "fleet") == 0)
    window->left = "live";
  gtk_widget_set_visible (GTK_WIDGET (window->fleet_page), settings->fleet != NULL);
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (window), "fleet")),
      settings->fleet != NULL);
}

/* A page that is left as it was come to: from the graphs, the results or the guests, and back there. FALSE
 * where it is shown already. */
static gboolean
enter (VmmMainWindow *window, const char *page)
{
  const char *shown = get_page (window);

  if (g_str_equal (shown, page))
    return FALSE;
  if (!g_str_equal (shown, "score") && !g_str_equal (shown, "history")) {
    window->left = shown;
    g_set_weak_pointer (&window->left_from, gtk_window_get_focus (GTK_WINDOW (window)));
  }
  show_page (window, page);
  return TRUE;
}

static void
on_explain (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;

  if (enter (window, "score"))
    vmm_score_page_focus (window->score_page);
}

static void
on_history (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;

  if (enter (window, "history"))
    vmm_history_page_focus (window->history);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;

  show_page (window, window->left ? window->left : "live");
  if (window->left_from)
    gtk_widget_grab_focus (window->left_from);
}

/* ---- Titles and dialogs */

static void
show_host (VmmMainWindow *window, const VmmHost *host)
{
  g_autofree char *summary = vmm_host_summary (host);
  g_autoptr (GString) evidence = g_string_new (NULL);

  for (guint i = 0; host->evidence && host->evidence[i]; i++) {
    g_autofree char *line = vmm_say (host->evidence[i]);
    g_string_append_printf (evidence, "%s%s", i ? "\n" : "", line);
  }
  vmm_score_card_set_machine (vmm_dashboard_get_score_card (window->dashboard), summary,
                              evidence->str);
}

static void
on_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  gtk_window_present (GTK_WINDOW (vmm_shortcuts_new (window)));
}

static void
on_about (GSimpleAction *action, GVariant *parameter, gpointer window)
{
  /* TRANSLATORS: your names, one a line. */
  const char *translators = _ ("translator-credits");

  gtk_show_about_dialog (
      window, "program-name", _ ("VMM Performance Monitor"), "version", VMM_VERSION,
      "logo-icon-name", VMM_APPLICATION_ID, "license-type", GTK_LICENSE_MIT_X11, "comments",
      _ ("How well does this virtual machine monitor serve this guest?"), "translator-credits",
      g_str_equal (translators, "translator-credits") ? NULL : translators, NULL);
}

static void
on_compare_last (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;

  show_page (window, "results");
  vmm_results_page_compare_last (window->results);
}

static const GActionEntry actions[] = {
  { .name = "compare-last", .activate = on_compare_last },
  { .name = "results", .state = "false", .change_state = on_button },
  { .name = "fleet", .state = "false", .change_state = on_button },
  { .name = "explain", .activate = on_explain },
  { .name = "history", .activate = on_history },
  { .name = "back", .activate = on_back },
  { .name = "shortcuts", .activate = on_shortcuts },
  { .name = "about", .activate = on_about },
};

/* ---- Making */

static void
on_run_kept (GtkWidget *window)
{
  vmm_results_page_refresh (VMM_MAIN_WINDOW (window)->results);
}

static void
on_label (GtkWidget *window, const char *id, const char *label)
{
  vmm_results_page_label (VMM_MAIN_WINDOW (window)->results, id, label);
}

static void
on_style_updated (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vmm_main_window_parent_class)->style_updated (widget);
  vmm_style_classify (widget);
}

static void
dispose (GObject *object)
{
  VmmMainWindow *window = VMM_MAIN_WINDOW (object);

  g_clear_pointer (&window->measuring, vmm_measuring_free);
  g_clear_weak_pointer (&window->left_from);
  G_OBJECT_CLASS (vmm_main_window_parent_class)->dispose (object);
}

#define CHILD(name) VMM_CHILD (VmmMainWindow, name)

static const VmmChild children[] = { CHILD (stack),          CHILD (titles),      CHILD (back),
                                     CHILD (measure_button), CHILD (menu_button), CHILD (notice),
                                     CHILD (dashboard),      CHILD (results),     CHILD (history),
                                     CHILD (score_page),     CHILD (fleet_page) };

static void
vmm_main_window_class_init (VmmMainWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (VMM_TYPE_DASHBOARD);
  g_type_ensure (VMM_TYPE_FLEET_PAGE);
  g_type_ensure (VMM_TYPE_RESULTS_PAGE);
  g_type_ensure (VMM_TYPE_HISTORY_PAGE);
  g_type_ensure (VMM_TYPE_NOTICE);
  g_type_ensure (VMM_TYPE_SCORE_PAGE);
  G_OBJECT_CLASS (class)->dispose = dispose;
  widget_class->style_updated = on_style_updated;
  VMM_SET_TEMPLATE (widget_class, "window.ui", children);
}

static void
vmm_main_window_init (VmmMainWindow *window)
{
  g_autoptr (GPropertyAction) menu = NULL;

  gtk_widget_init_template (GTK_WIDGET (window));
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
  window->measuring = vmm_measuring_new (
      &(VmmMeasuringPlace){ GTK_WIDGET (window), window->dashboard, window->measure_button,
                            on_run_kept, tell, offer, offer_fleet, on_label });
  gtk_widget_insert_action_group (GTK_WIDGET (window), "results",
                                  vmm_results_page_get_actions (window->results));
  g_signal_connect_object (window->stack, "notify::visible-child-name", G_CALLBACK (on_page),
                           window, G_CONNECT_SWAPPED);
  menu = g_property_action_new ("menu", window->menu_button, "active");
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (menu));
  vmm_style_classify (GTK_WIDGET (window));
}

GtkWidget *
vmm_main_window_new (GtkApplication *application)
{
  return g_object_new (VMM_TYPE_MAIN_WINDOW, "application", application, NULL);
}

void
vmm_main_window_measure (VmmMainWindow *window, VmmRun *run, const VmmSettings *settings)
{
  show_host (window, vmm_session_get_host (vmm_run_get_session (run)));
  vmm_measuring_set_run (window->measuring, run, settings);
  vmm_measuring_begin_when_shown (window->measuring);
}

VmmSession *
vmm_main_window_get_session (VmmMainWindow *window)
{
  VmmRun *run = window->measuring ? vmm_measuring_get_run (window->measuring) : NULL;

  return run ? vmm_run_get_session (run) : NULL;
}
