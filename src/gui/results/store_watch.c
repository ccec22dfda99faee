/* SPDX-License-Identifier: MIT */
/* store_watch: a monitor of its directory. */
#include "store_watch.h"

#include "vmm/store.h"

#define QUIET_MS 300 /* many files come one after the other: they are listed once */

struct _VmmStoreWatch {
  GFileMonitor *monitor; /* NULL: the store stays as it was seen */
  gboolean (*changed) (gpointer data);
  gpointer data;
  guint    alarm;
};

static gboolean
on_alarm (gpointer data)
{
  VmmStoreWatch *watch = data;

  if (!watch->changed (watch->data))
    return G_SOURCE_CONTINUE;
  watch->alarm = 0;
  return G_SOURCE_REMOVE;
}

static void
on_changed (VmmStoreWatch *watch)
{
  if (watch->alarm == 0)
    watch->alarm = g_timeout_add (QUIET_MS, on_alarm, watch);
}

VmmStoreWatch *
vmm_store_watch_new (gboolean (*changed) (gpointer data), gpointer data)
{
  VmmStoreWatch   *watch = g_new0 (VmmStoreWatch, 1);
  g_autofree char *directory = vmm_store_default_directory ();
  g_autoptr (GFile) file = g_file_new_for_path (directory);

  watch->changed = changed;
  watch->data = data;
  watch->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);
  if (watch->monitor)
    g_signal_connect_swapped (watch->monitor, "changed", G_CALLBACK (on_changed), watch);
  return watch;
}

void
vmm_store_watch_free (VmmStoreWatch *watch)
{
  g_clear_handle_id (&watch->alarm, g_source_remove);
  g_clear_object (&watch->monitor);
  g_free (watch);
}
