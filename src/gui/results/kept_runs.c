/* SPDX-License-Identifier: MIT */
/* kept_runs: lists when it is asked to, and when another program gave reason to. */
#include "kept_runs.h"

#include <glib/gi18n-lib.h>

#include "listing.h"
#include "vmm/language.h"

void
vmm_kept_runs_tell_failure (VmmKeptRuns *kept, const GError *error)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autofree char *said = vmm_say (error->message);
  g_autofree char *words = g_strdup_printf (
      _ ("%1$s\nMake sure that you may read and write %2$s, then try again."), said, directory);

  vmm_notice_tell (kept->notice, GTK_MESSAGE_ERROR, words, FALSE);
}

/* What is to be chosen now that it is listed; the newest when the page is seen for the first time. */
static void
choose (VmmKeptRuns *kept, const char *newest)
{
  g_auto (GStrv) ids = g_steal_pointer (&kept->to_choose);

  if (ids)
    vmm_run_list_choose (kept->list, ids);
  else if (!kept->chosen_once && newest)
    vmm_run_list_choose (kept->list, (char *[]){ (char *) newest, NULL });
  kept->chosen_once = kept->chosen_once || newest;
}

static void
choose_last (VmmKeptRuns *kept, const VmmListing *listing)
{
  kept->wants_last = FALSE;
  g_strfreev (kept->to_choose);
  kept->to_choose = vmm_listing_get_last_two (listing);
}

static void
on_listed (gpointer data, gpointer user_data)
{
  const VmmListing *listing = data;
  VmmKeptRuns      *kept = user_data;

  if (!listing->entries) {
    vmm_kept_runs_tell_failure (kept, listing->error);
    return;
  }
  gtk_stack_set_visible_child_name (kept->stack, listing->entries->len > 0 ? "runs" : "empty");
  vmm_run_list_set_entries (kept->list, listing->entries);
  if (kept->wants_last)
    choose_last (kept, listing);
  choose (kept, vmm_listing_get_newest (listing));
}

void
vmm_kept_runs_list (VmmKeptRuns *kept)
{
  vmm_shelf_ask_for (kept->shelf, kept, (VmmShelfWork) vmm_listing_read, on_listed,
                     vmm_listing_new (), (GDestroyNotify) vmm_listing_free);
}

void
vmm_kept_runs_compare_last (VmmKeptRuns *kept)
{
  kept->wants_last = TRUE;
  vmm_kept_runs_list (kept);
}

void
vmm_kept_runs_choose (VmmKeptRuns *kept, char *const *ids)
{
  if (!ids)
    return;
  g_strfreev (kept->to_choose);
  kept->to_choose = g_strdupv ((char **) ids);
}

/* Not while a label is edited: what is listed anew then would end it. */
static gboolean
on_store_changed (gpointer data)
{
  VmmKeptRuns *kept = data;

  if (vmm_run_list_is_edited (kept->list))
    return FALSE;
  vmm_kept_runs_list (kept);
  return TRUE;
}

void
vmm_kept_runs_watch (VmmKeptRuns *kept, gboolean wanted)
{
  g_clear_pointer (&kept->watch, vmm_store_watch_free);
  if (wanted)
    kept->watch = vmm_store_watch_new (on_store_changed, kept);
}

void
vmm_kept_runs_init (VmmKeptRuns *kept, VmmShelf *shelf, GtkWidget *stack, VmmRunList *list,
                    VmmNotice *notice)
{
  *kept =
      (VmmKeptRuns){ .shelf = shelf, .stack = GTK_STACK (stack), .list = list, .notice = notice };
}

void
vmm_kept_runs_clear (VmmKeptRuns *kept)
{
  vmm_kept_runs_watch (kept, FALSE);
  g_clear_pointer (&kept->to_choose, g_strfreev);
}
