/* SPDX-License-Identifier: MIT */
/* results_watch: sees that another program changed the store. */
#include "results_private.h"

#define QUIET_MS 300 /* many files come one after the other: they are listed once */

static gboolean
on_alarm (gpointer data)
{
  VmmResultsPage *page = data;

  if (vmm_run_list_is_edited (page->list))
    return G_SOURCE_CONTINUE;
  page->refresh_alarm = 0;
  page->store_changed (page);
  return G_SOURCE_REMOVE;
}

static void
on_changed (VmmResultsPage *page)
{
  if (page->refresh_alarm == 0)
    page->refresh_alarm = g_timeout_add (QUIET_MS, on_alarm, page);
}

static GFileMonitor *
make_monitor (void)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autoptr (GFile) file = g_file_new_for_path (directory);

  return g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
}

/* Without a monitor the page is as it was when it was opened. */
void
vmm_results_page_watch (VmmResultsPage *page, void (*changed) (VmmResultsPage *page))
{
  g_clear_handle_id (&page->refresh_alarm, g_source_remove);
  g_clear_object (&page->monitor);
  page->store_changed = changed;
  page->monitor = changed ? make_monitor () : NULL;
  if (page->monitor)
    g_signal_connect_swapped (page->monitor, "changed", G_CALLBACK (on_changed), page);
}
