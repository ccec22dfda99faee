/* SPDX-License-Identifier: MIT */
/* listing: work on the store, for its shelf. */
#include "listing.h"

#include <math.h>

VmmListing *
vmm_listing_new (void)
{
  return g_new0 (VmmListing, 1);
}

void
vmm_listing_free (VmmListing *listing)
{
  g_clear_pointer (&listing->entries, g_ptr_array_unref);
  g_clear_error (&listing->error);
  g_free (listing);
}

void
vmm_listing_read (VmmStore *store, VmmListing *listing)
{
  listing->entries = vmm_store_list (store, &listing->error);
}

const char *
vmm_listing_get_newest (const VmmListing *listing)
{
  for (guint i = listing->entries->len; i-- > 0;) {
    const VmmStoreEntry *entry = listing->entries->pdata[i];
    if (!entry->damage)
      return entry->id;
  }
  return NULL;
}

char **
vmm_listing_get_last_two (const VmmListing *listing)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  guint found = 0;

  for (guint i = listing->entries->len; i-- > 0 && found < 2;) {
    const VmmStoreEntry *entry = listing->entries->pdata[i];
    if (entry->damage || isnan (entry->total))
      continue;
    g_strv_builder_add (ids, entry->id);
    found++;
  }
  return g_strv_builder_end (ids);
}

VmmRelabelling *
vmm_relabelling_new (const char *id, const char *label)
{
  VmmRelabelling *relabelling = g_new0 (VmmRelabelling, 1);

  relabelling->id = g_strdup (id);
  relabelling->label = g_strdup (label);
  return relabelling;
}

void
vmm_relabelling_free (VmmRelabelling *relabelling)
{
  g_free (relabelling->id);
  g_free (relabelling->label);
  g_clear_error (&relabelling->error);
  g_free (relabelling);
}

void
vmm_relabelling_do (VmmStore *store, VmmRelabelling *relabelling)
{
  vmm_store_set_label (store, relabelling->id, relabelling->label, &relabelling->error);
}
