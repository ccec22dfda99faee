/* SPDX-License-Identifier: MIT */
/* skipping: two counts, one of them for ever. */
#include "skipping.h"

void
vmm_skipping_init (VmmSkipping *skipping, const VmmHost *host, gboolean is_kept)
{
  g_autofree char *directory = vmm_store_default_directory ();

  *skipping = (VmmSkipping){ .machine = vmm_store_machine (host) };
  if (!is_kept)
    return;
  skipping->store = vmm_store_open (directory);
  skipping->is_before_unknown =
      !vmm_store_load_skips (skipping->store, skipping->machine, &skipping->before, NULL);
}

void
vmm_skipping_clear (VmmSkipping *skipping)
{
  g_clear_pointer (&skipping->store, vmm_store_free);
  g_clear_pointer (&skipping->machine, g_free);
}

gboolean
vmm_skipping_add (VmmSkipping *skipping, VmmSkipped why, gint64 wall_us, GError **error)
{
  skipping->now[why]++;
  return !skipping->store ||
         vmm_store_add_skip (skipping->store, skipping->machine, why, wall_us, error);
}

void
vmm_skipping_describe (const VmmSkipping *skipping, VmmSnapshot *snapshot)
{
  snapshot->is_ever_unknown = skipping->is_before_unknown;
  for (guint i = 0; i < VMM_N_SKIPPED; i++) {
    snapshot->skipped[i] = skipping->now[i];
    snapshot->skipped_ever[i] = skipping->before.counts[i] + skipping->now[i];
  }
}
