/* SPDX-License-Identifier: MIT */
/* results_list: what is kept is listed; what is chosen or labelled in the list is done. */
#include <glib/gi18n-lib.h>

#include "results_private.h"
#include "vmm/language.h"

/* ---- Listing */

typedef struct {
  GPtrArray *entries;
  GError    *error;
} Listing;

static void
listing_free (Listing *listing)
{
  g_clear_pointer (&listing->entries, g_ptr_array_unref);
  g_clear_error (&listing->error);
  g_free (listing);
}

static void
list_runs (VmmStore *store, gpointer data)
{
  Listing *listing = data;

  listing->entries = vmm_store_list (store, &listing->error);
}

static const char *
get_newest (const GPtrArray *entries)
{
  for (guint i = entries->len; i-- > 0;) {
    const VmmStoreEntry *entry = entries->pdata[i];
    if (!entry->damage)
      return entry->id;
  }
  return NULL;
}

static void
tell_failure (VmmResultsPage *page, const GError *error)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autofree char *said = vmm_say (error->message);
  g_autofree char *words = g_strdup_printf (
      _ ("%1$s\nMake sure that you may read and write %2$s, then try again."), said, directory);

  vmm_results_page_tell (page, GTK_MESSAGE_ERROR, words, FALSE);
}

/* What is to be chosen now that it is listed; the newest when the page is seen for the first time. */
static void
choose (VmmResultsPage *page, const GPtrArray *entries)
{
  const char *newest = get_newest (entries);
  g_auto (GStrv) ids = g_steal_pointer (&page->to_choose);

  if (ids)
    vmm_run_list_choose (page->list, ids);
  else if (!page->chosen_once && newest)
    vmm_run_list_choose (page->list, (char *[]){ (char *) newest, NULL });
  page->chosen_once = page->chosen_once || newest;
}

static void
on_listed (gpointer data, gpointer user_data)
{
  VmmResultsPage *page = user_data;
  Listing        *listing = data;

  if (!listing->entries) {
    tell_failure (page, listing->error);
    return;
  }
  gtk_stack_set_visible_child_name (GTK_STACK (page->stack),
                                    listing->entries->len > 0 ? "runs" : "empty");
  vmm_run_list_set_entries (page->list, listing->entries);
  choose (page, listing->entries);
}

void
vmm_results_page_refresh (VmmResultsPage *page)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (page)))
    vmm_shelf_ask (page->shelf, list_runs, on_listed, g_new0 (Listing, 1),
                   (GDestroyNotify) listing_free);
}

/* ---- Choice */

static void
on_chosen (VmmResultsPage *page)
{
  char   **chosen = vmm_run_list_get_chosen (page->list);
  gboolean same = g_strv_equal ((const char *const *) chosen, (const char *const *) page->chosen);

  g_strfreev (page->chosen);
  page->chosen = chosen;
  if (!same || !chosen[0])
    vmm_results_page_show_chosen (page, VMM_SIDES_CHOOSE);
  vmm_results_page_enable_actions (page);
}

static void
on_unwanted (VmmResultsPage *page)
{
  g_action_group_activate_action (G_ACTION_GROUP (page->actions), "delete", NULL);
}

/* ---- Labels */

typedef struct {
  char   *id, *label;
  GError *error;
} Relabelling;

static void
relabelling_free (Relabelling *relabelling)
{
  g_free (relabelling->id);
  g_free (relabelling->label);
  g_clear_error (&relabelling->error);
  g_free (relabelling);
}

static void
relabel (VmmStore *store, gpointer data)
{
  Relabelling *relabelling = data;

  vmm_store_set_label (store, relabelling->id, relabelling->label, &relabelling->error);
}

static void
on_label_set (gpointer data, gpointer user_data)
{
  VmmResultsPage *page = user_data;
  Relabelling    *relabelling = data;

  if (relabelling->error)
    tell_failure (page, relabelling->error);
  vmm_results_page_refresh (page);
  vmm_results_page_show_chosen (page, VMM_SIDES_CHOOSE);
}

static void
on_relabelled (VmmResultsPage *page, const char *id, const char *label)
{
  Relabelling *relabelling = g_new0 (Relabelling, 1);

  relabelling->id = g_strdup (id);
  relabelling->label = g_strdup (label);
  vmm_shelf_ask (page->shelf, relabel, on_label_set, relabelling,
                 (GDestroyNotify) relabelling_free);
}

void
vmm_results_page_connect_list (VmmResultsPage *page)
{
  g_signal_connect_swapped (page->list, "chosen", G_CALLBACK (on_chosen), page);
  g_signal_connect_swapped (page->list, "relabelled", G_CALLBACK (on_relabelled), page);
  g_signal_connect_swapped (page->list, "unwanted", G_CALLBACK (on_unwanted), page);
}
