/* SPDX-License-Identifier: MIT */
/* results_message: what became of an action is said over the page, where it moves nothing. */
#include "results_private.h"

#define SHOWN_S 6

static void
hide (VmmResultsPage *page)
{
  g_clear_handle_id (&page->message_alarm, g_source_remove);
  gtk_info_bar_set_revealed (GTK_INFO_BAR (page->info_bar), FALSE);
}

/* A button that has the focus is not taken away. */
static gboolean
on_alarm (gpointer data)
{
  VmmResultsPage *page = data;

  if (gtk_container_get_focus_child (GTK_CONTAINER (page->info_bar)))
    return G_SOURCE_CONTINUE;
  page->message_alarm = 0;
  hide (page);
  return G_SOURCE_REMOVE;
}

void
vmm_results_page_tell (VmmResultsPage *page, GtkMessageType type, const char *message,
                       gboolean can_undo)
{
  hide (page);
  gtk_info_bar_set_message_type (GTK_INFO_BAR (page->info_bar), type);
  gtk_label_set_text (GTK_LABEL (page->info_label), message);
  gtk_widget_set_visible (page->undo_button, can_undo);
  gtk_info_bar_set_revealed (GTK_INFO_BAR (page->info_bar), TRUE);
  if (type != GTK_MESSAGE_ERROR)
    page->message_alarm = g_timeout_add_seconds (SHOWN_S, on_alarm, page);
}

void
vmm_results_page_add_message (VmmResultsPage *page)
{
  g_signal_connect_swapped (page->info_bar, "response", G_CALLBACK (hide), page);
}
