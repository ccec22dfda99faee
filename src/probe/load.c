/* SPDX-License-Identifier: MIT */
/* load: dependent loads, one in each page of a large buffer in random order. */
#include "probe.h"

#include "random.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PAGE_BYTES 4096u
#define LINE_BYTES 64u
#define STEP_BYTES (8u << 20)
#define MAX_BYTES (24u << 20)
#define LOADS 1000

/* Half of the memory allowed to the buffers. */
static gsize
get_bytes (const VmmKit *kit)
{
  return (gsize) MIN (kit->buffer_bytes / 2, MAX_BYTES) / STEP_BYTES * STEP_BYTES;
}

static gboolean
check (const VmmKit *kit, GError **error)
{
  return get_bytes (kit) > 0 || vmm_kit_refuse_buffer (kit, STEP_BYTES, error);
}

/* One cycle through all pages, each at a random line (Sattolo's shuffle). */
static void
link_pages (VmmKit *kit)
{
  guint               n = (guint) (kit->load.bytes / PAGE_BYTES);
  g_autofree guint32 *order = g_new (guint32, n); /* of entries, as indices of `lines` */

  for (guint i = 0; i < n; i++)
    order[i] = (guint32) (((gsize) i * PAGE_BYTES +
                           vmm_random (&kit->random) % (PAGE_BYTES / LINE_BYTES) * LINE_BYTES) /
                          sizeof *kit->load.lines);
  for (guint i = n; i-- > 1;) {
    guint   j = (guint) (vmm_random (&kit->random) % i);
    guint32 swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
  for (guint i = 0; i < n; i++)
    kit->load.at = kit->load.lines[order[i]] = order[(i + 1) % n];
}

static gboolean
open_buffer (VmmKit *kit, GError **error)
{
  gsize    bytes;
  guint32 *lines = vmm_pages_new (get_bytes (kit), STEP_BYTES, &bytes, error);

  if (!lines)
    return FALSE;
  kit->load.lines = lines;
  kit->load.bytes = bytes;
  link_pages (kit);
  return TRUE;
}

/* A round meets no page twice: the second load of a line comes from the nearest cache or not,
 * depending on who else uses it (the round's mean then varies by 20 % instead of 8). A buffer that
 * had to be small is through before the last batch. */
static gboolean
run_batch (VmmKit *kit, GError **error)
{
  if (kit->watch.laps == 0)
    kit->load.loads = 0;
  if (kit->load.loads + LOADS > kit->load.bytes / PAGE_BYTES)
    return TRUE;
  const guint32 *lines = kit->load.lines;
  guint32        at = kit->load.at;

  vmm_stopwatch_start (&kit->watch);
  for (guint i = 0; i < LOADS; i++)
    at = lines[at];
  kit->load.at = at;
  kit->load.loads += LOADS;
  vmm_stopwatch_stop (&kit->watch, 0, LOADS);
  return TRUE;
}

static void
close_buffer (VmmKit *kit)
{
  vmm_pages_free (kit->load.lines, kit->load.bytes);
  memset (&kit->load, 0, sizeof kit->load);
}

const VmmProbe vmm_probe_load = {
  .channel = VMM_CHANNEL_PROBE_LOAD,
  .activity = N_ ("dependent load"),
  .batches = 6,
  .budget_ms = 4,
  .factor = 1, /* ns */
  .check = check,
  .open = open_buffer,
  .batch = run_batch,
  .close = close_buffer,
};
