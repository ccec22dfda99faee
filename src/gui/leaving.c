/* SPDX-License-Identifier: MIT */
/* leaving: the ways out of a page: Esc, and Esc in a search that is empty. */
#include "leaving.h"

gboolean
vmm_leave (GtkWidget *page, const char *action)
{
  GActionGroup *group = gtk_widget_get_action_group (page, "win");
  GtkWidget    *window = gtk_widget_get_toplevel (page);

  if (!group && G_IS_ACTION_GROUP (window))
    group = G_ACTION_GROUP (window);
  if (group)
    g_action_group_activate_action (group, action, NULL);
  return group != NULL;
}

gboolean
vmm_leave_by_key (GtkWidget *page, const GdkEventKey *event, const char *action)
{
  return event->keyval == GDK_KEY_Escape && vmm_leave (page, action);
}

void
vmm_leave_search (GtkWidget *page, GtkWidget *search, const char *action)
{
  gboolean empty = gtk_entry_get_text_length (GTK_ENTRY (search)) == 0;

  gtk_entry_set_text (GTK_ENTRY (search), "");
  if (empty)
    vmm_leave (page, action);
}
