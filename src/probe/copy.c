/* SPDX-License-Identifier: MIT */
/* copy: memcpy through a buffer larger than most caches. */
#include "probe.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CHUNK_BYTES ((gsize) 4 << 20)
#define MAX_BYTES (12u << 20)

typedef struct {
  char *from, *to;
  gsize bytes, offset; /* of each; where the next batch begins */
} Copy;

/* Half of the memory allowed to the buffers, in two halves of whole chunks. */
static gsize
get_bytes (const VmmKit *kit)
{
  return (gsize) MIN (kit->buffer_bytes / 4 / CHUNK_BYTES * CHUNK_BYTES, MAX_BYTES);
}

static gboolean
check (const VmmKit *kit, GError **error)
{
  return get_bytes (kit) > 0 || vmm_kit_refuse_buffer (kit, 2 * CHUNK_BYTES, error);
}

static gboolean
open_buffers (VmmKit *kit, GError **error)
{
  Copy *copy = kit->state;
  gsize bytes;
  char *from = vmm_pages_new (kit, 2 * get_bytes (kit), 2 * CHUNK_BYTES, &bytes, error);

  if (!from)
    return FALSE;
  copy->from = from;
  copy->to = from + bytes / 2;
  copy->bytes = bytes / 2;
  copy->offset = 0;
  return TRUE;
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  Copy *copy = kit->state;

  vmm_stopwatch_start (&kit->watch);
  memcpy (copy->to + copy->offset, copy->from + copy->offset, CHUNK_BYTES);
  vmm_stopwatch_stop (&kit->watch, 0, CHUNK_BYTES);
  copy->offset = (copy->offset + CHUNK_BYTES) % copy->bytes;
  return TRUE;
}

static void
close_buffers (VmmKit *kit)
{
  Copy *copy = kit->state;

  vmm_pages_free (kit, copy->from, 2 * copy->bytes);
  memset (copy, 0, sizeof *copy);
}

const VmmProbe vmm_probe_copy = {
  .channel = VMM_CHANNEL_PROBE_COPY,
  .activity = N_ ("memory copy"),
  .batches = 4,
  .budget_ms = 4,
  .factor = 1e3, /* bytes per ns in MB/s */
  .is_rate = TRUE,
  .state_bytes = sizeof (Copy),
  .check = check,
  .refusal = VMM_CAUSE_NO_MEMORY,
  .open = open_buffers,
  .batch = run_batch,
  .close = close_buffers,
};
