/* SPDX-License-Identifier: MIT */
/* window: the frame and what is reached from it: pages, menu, dialogs. */
#include "window.h"

#include <glib/gi18n-lib.h>

#include "shortcuts.h"
#include "style.h"
#include "vmm/language.h"
#include "window_private.h"

G_DEFINE_TYPE (VmmMainWindow, vmm_main_window, GTK_TYPE_APPLICATION_WINDOW)

void
vmm_main_window_tell (VmmMainWindow *window, const char *message, const char *advice)
{
  g_autofree char *said = vmm_say (message);
  g_autofree char *words = g_strdup_printf ("%s\n%s", said, advice);

  gtk_label_set_text (GTK_LABEL (window->info_label), words);
  gtk_info_bar_set_revealed (GTK_INFO_BAR (window->info_bar), TRUE);
}

static void
on_info_response (GtkInfoBar *info_bar, int response, gpointer data)
{
  gtk_info_bar_set_revealed (info_bar, FALSE);
}

/* The button's state is what is to be seen, however it came about. */
static void
on_results (GSimpleAction *action, GVariant *state, gpointer data)
{
  VmmMainWindow *window = data;
  gboolean       wanted = g_variant_get_boolean (state);

  g_simple_action_set_state (action, state);
  gtk_stack_set_visible_child_name (GTK_STACK (window->stack), wanted ? "results" : "live");
  if (wanted)
    vmm_results_page_focus (window->results);
}

/* The page about the score: from either of the others, and back to it. */
static void
on_explain (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;
  const char    *shown = gtk_stack_get_visible_child_name (GTK_STACK (window->stack));

  if (g_str_equal (shown, "score"))
    return;
  window->left = g_str_equal (shown, "results") ? "results" : "live";
  g_set_weak_pointer (&window->left_from, gtk_window_get_focus (GTK_WINDOW (window)));
  g_action_group_change_action_state (G_ACTION_GROUP (window), "results",
                                      g_variant_new_boolean (FALSE));
  gtk_stack_set_visible_child_name (GTK_STACK (window->stack), "score");
  vmm_score_page_focus (window->score_page);
}

static void
on_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  VmmMainWindow *window = data;

  g_action_group_change_action_state (
      G_ACTION_GROUP (window), "results",
      g_variant_new_boolean (g_strcmp0 (window->left, "results") == 0));
  if (window->left_from)
    gtk_widget_grab_focus (window->left_from);
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
      "logo-icon-name", "io.github.vmm_monitor", "license-type", GTK_LICENSE_MIT_X11, "comments",
      _ ("How well does this virtual machine monitor serve this guest?"), "translator-credits",
      g_str_equal (translators, "translator-credits") ? NULL : translators, NULL);
}

static const GActionEntry actions[] = {
  { .name = "results", .state = "false", .change_state = on_results },
  { .name = "explain", .activate = on_explain },
  { .name = "back", .activate = on_back },
  { .name = "shortcuts", .activate = on_shortcuts },
  { .name = "about", .activate = on_about },
};

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

  if (window->session)
    vmm_main_window_drop_session (window);
  g_clear_pointer (&window->shelf, vmm_shelf_free);
  g_clear_weak_pointer (&window->left_from);
  vmm_settings_clear (&window->settings);
  G_OBJECT_CLASS (vmm_main_window_parent_class)->dispose (object);
}

static void
vmm_main_window_class_init (VmmMainWindowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (VMM_TYPE_DASHBOARD);
  g_type_ensure (VMM_TYPE_RESULTS_PAGE);
  g_type_ensure (VMM_TYPE_SCORE_PAGE);
  G_OBJECT_CLASS (class)->dispose = dispose;
  widget_class->style_updated = on_style_updated;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/vmm_monitor/window.ui");
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, titles);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, subtitle);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, measure_button);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, info_bar);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, info_label);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, dashboard);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, results);
  gtk_widget_class_bind_template_child (widget_class, VmmMainWindow, score_page);
}

static void
vmm_main_window_init (VmmMainWindow *window)
{
  g_autoptr (GPropertyAction) menu = NULL;

  gtk_widget_init_template (GTK_WIDGET (window));
  window->shelf = vmm_shelf_new (TRUE, window);
  g_action_map_add_action_entries (G_ACTION_MAP (window), actions, G_N_ELEMENTS (actions), window);
  vmm_main_window_add_run_actions (window);
  vmm_main_window_add_keep_actions (window);
  vmm_main_window_add_settings_actions (window);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "results",
                                  vmm_results_page_get_actions (window->results));
  g_signal_connect (window->info_bar, "response", G_CALLBACK (on_info_response), NULL);
  menu = g_property_action_new ("menu", window->menu_button, "active");
  g_action_map_add_action (G_ACTION_MAP (window), G_ACTION (menu));
  vmm_style_classify (GTK_WIDGET (window));
  vmm_settings_init (&window->settings);
}

GtkWidget *
vmm_main_window_new (GtkApplication *application)
{
  return g_object_new (VMM_TYPE_MAIN_WINDOW, "application", application, NULL);
}
