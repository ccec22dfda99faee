/* SPDX-License-Identifier: MIT */
/* book: the ledger of the outlook, read when a run begins to keep, and written when it has changed. */
#include "book.h"

/* A program that is killed loses no more than so much of it. */
#define PATIENCE_S 60

/* What goes to the store and comes back. */
typedef struct {
  VmmLedger ledger;
  GError   *error;
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_clear_error (&page->error);
  g_free (page);
}

static void
tell (VmmRun *run, const GError *error)
{
  if (error && run->observer.troubled)
    run->observer.troubled (run, error, run->observer_data);
}

/* ---- Reading */

static void
load (VmmStore *store, gpointer data)
{
  Page *page = data;

  vmm_store_load_ledger (store, &page->ledger, &page->error);
}

static void
on_loaded (gpointer data, gpointer user_data)
{
  const Page *page = data;
  VmmRun     *run = user_data;

  if (!page->error)
    vmm_outlook_set_ledger (vmm_session_get_outlook (run->session), &page->ledger);
  tell (run, page->error);
}

void
book_open (VmmRun *run)
{
  if (!run->schedule.keep || run->book.is_open)
    return;
  run->book.is_open = TRUE;
  vmm_shelf_ask (run->shelf, load, on_loaded, g_new0 (Page, 1), page_free);
}

/* ---- Writing */

static void
save (VmmStore *store, gpointer data)
{
  Page *page = data;

  vmm_store_save_ledger (store, &page->ledger, &page->error);
}

static void
on_saved (gpointer data, gpointer user_data)
{
  const Page *page = data;

  tell (user_data, page->error);
}

static gboolean
is_changed (const VmmRun *run)
{
  return run->schedule.keep && run->book.is_open &&
         vmm_outlook_get_changes (vmm_session_get_outlook (run->session)) != run->book.changes;
}

void
book_write (VmmRun *run)
{
  const VmmOutlook *outlook = vmm_session_get_outlook (run->session);

  if (!is_changed (run))
    return;
  Page *page = g_new0 (Page, 1);
  page->ledger = *vmm_outlook_get_ledger (outlook);
  run->book.changes = vmm_outlook_get_changes (outlook);
  vmm_shelf_ask (run->shelf, save, on_saved, page, page_free);
}

/* No writing falls among the probes. */
static gboolean
is_probing (const VmmRun *run)
{
  return run->state == VMM_RUN_OBSERVING && vmm_session_get_plan (run->session)->probes;
}

void
book_look (VmmRun *run)
{
  const VmmRing *ring = vmm_session_get_ring (run->session);
  gint64         now_us = vmm_ring_get_time (ring, vmm_ring_get_length (ring) - 1);

  if (is_probing (run) || !is_changed (run))
    return;
  if (run->book.next_us == 0)
    run->book.next_us = now_us + (gint64) PATIENCE_S * G_USEC_PER_SEC;
  if (now_us < run->book.next_us)
    return;
  run->book.next_us = 0;
  book_write (run);
}

void
book_hand_over (VmmRun *run, VmmSession *before)
{
  const VmmOutlook *old = vmm_session_get_outlook (before);
  VmmOutlook *new = vmm_session_get_outlook (run->session);

  vmm_outlook_set_ledger (new, vmm_outlook_get_ledger (old));
  run->book.changes = vmm_outlook_get_changes (new);
}
