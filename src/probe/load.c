/* SPDX-License-Identifier: MIT */
/* load: dependent loads, one in each page of a large buffer in random order. */
#include "load.h"

#include "probe.h"
#include "random.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PAGE_BYTES 4096u
#define LINE_BYTES 64u
#define STEP_BYTES (8u << 20)
#define MAX_BYTES (24u << 20)
#define LOADS 1000

typedef struct {
  guint32 *lines; /* one entry in each page: the index of the next one */
  gsize    bytes;
  guint32  at;
  guint    loads; /* of this round */
} Load;

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

/* Sattolo's shuffle. */
guint32
vmm_load_link_pages (guint32 *lines, gsize bytes, guint64 *random)
{
  guint               n = (guint) (bytes / PAGE_BYTES);
  g_autofree guint32 *order = g_new (guint32, n); /* of entries, as indices of `lines` */
  guint32             last = 0;

  for (guint i = 0; i < n; i++)
    order[i] = (guint32) (((gsize) i * PAGE_BYTES +
                           vmm_random (random) % (PAGE_BYTES / LINE_BYTES) * LINE_BYTES) /
                          sizeof *lines);
  for (guint i = n; i-- > 1;) {
    guint   j = (guint) (vmm_random (random) % i);
    guint32 swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
  for (guint i = 0; i < n; i++)
    last = lines[order[i]] = order[(i + 1) % n];
  return last;
}

static gboolean
open_buffer (VmmKit *kit, GError **error)
{
  Load    *load = kit->state;
  gsize    bytes;
  guint32 *lines = vmm_pages_new (kit, get_bytes (kit), STEP_BYTES, &bytes, error);

  if (!lines)
    return FALSE;
  load->lines = lines;
  load->bytes = bytes;
  load->at = vmm_load_link_pages (lines, bytes, &kit->random);
  return TRUE;
}

/* A round meets no page twice: the second load of a line comes from the nearest cache or not,
 * depending on who else uses it (the round's mean then varies by 20 % instead of 8). A buffer that
 * had to be small is through before the last batch. */
static gboolean
run_batch (VmmKit *kit, GError **error)
{
  Load *load = kit->state;

  if (kit->watch.laps == 0)
    load->loads = 0;
  if (load->loads + LOADS > load->bytes / PAGE_BYTES)
    return TRUE;
  const guint32 *lines = load->lines;
  guint32        at = load->at;

  vmm_stopwatch_start (&kit->watch);
  for (guint i = 0; i < LOADS; i++)
    at = lines[at];
  load->at = at;
  load->loads += LOADS;
  vmm_stopwatch_stop (&kit->watch, 0, LOADS);
  return TRUE;
}

static void
close_buffer (VmmKit *kit)
{
  Load *load = kit->state;

  vmm_pages_free (kit, load->lines, load->bytes);
  memset (load, 0, sizeof *load);
}

const VmmProbe vmm_probe_load = {
  .channel = VMM_CHANNEL_PROBE_LOAD,
  .activity = N_ ("dependent load"),
  .batches = 6,
  .budget_ms = 4,
  .factor = 1, /* ns */
  .state_bytes = sizeof (Load),
  .check = check,
  .refusal = VMM_CAUSE_NO_MEMORY,
  .open = open_buffer,
  .batch = run_batch,
  .close = close_buffer,
};
