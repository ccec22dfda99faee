/* SPDX-License-Identifier: MIT */
/* stream: requests of 1 MiB, one after the other through the scratch file, past the page cache. */
#include "probe.h"
#include "random.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BUDGET_MS 65
#define MAX_WRITES 7 /* with the file's 32 MiB, four bursts stay within 64 */

typedef struct {
  char   *chunk;
  gsize   bytes;
  guint64 at; /* the next one of the file's */
} Stream;

static gboolean
check (const VmmKit *kit, GError **error)
{
  return vmm_disk_check (kit, TRUE, error);
}

static gboolean
open_stream (VmmKit *kit, GError **error)
{
  Stream *stream = kit->state;

  if (!vmm_disk_open (kit, error))
    return FALSE;
  stream->chunk =
      vmm_pages_new (kit, VMM_SCRATCH_CHUNK_BYTES, VMM_SCRATCH_CHUNK_BYTES, &stream->bytes, error);
  return stream->chunk != NULL;
}

static gboolean
enter (VmmKit *kit, GError **error)
{
  return vmm_disk_enter (kit, TRUE, error);
}

/* Nothing on the way shall know a block, nor press it. */
static void
fill (Stream *stream, guint64 *random)
{
  for (gsize at = 0; at < stream->bytes; at += sizeof *random) {
    vmm_random (random);
    memcpy (stream->chunk + at, random, sizeof *random);
  }
}

/* What is written is not there before it is durable. Else the syncs of the next round would answer for
 * it. */
static gboolean
write_all (VmmKit *kit, gint64 begin_ns, GError **error)
{
  Stream *stream = kit->state;
  guint   n = 0;

  do {
    memcpy (stream->chunk, &stream->at, sizeof stream->at); /* never the same twice */
    if (!vmm_idler_keep_awake (kit->idler, error) ||
        !vmm_scratch_write_chunk (&kit->scratch, stream->chunk, stream->at++, error))
      return FALSE;
  } while (++n < MAX_WRITES && !vmm_kit_is_over (kit, begin_ns, BUDGET_MS));
  if (!vmm_scratch_flush (&kit->scratch, error))
    return FALSE;
  vmm_stopwatch_stop (&kit->watch, 0, n * (guint64) VMM_SCRATCH_CHUNK_BYTES);
  return TRUE;
}

static gboolean
run_writes (VmmKit *kit, GError **error)
{
  fill (kit->state, &kit->random);
  return write_all (kit, vmm_stopwatch_start (&kit->watch), error);
}

static gboolean
run_reads (VmmKit *kit, GError **error)
{
  Stream *stream = kit->state;
  gint64  begin_ns = vmm_stopwatch_start (&kit->watch);
  guint64 n = 0;

  do {
    if (!vmm_idler_keep_awake (kit->idler, error) ||
        !vmm_scratch_read_chunk (&kit->scratch, stream->chunk, stream->at++, error))
      return FALSE;
    n++;
  } while (!vmm_kit_is_over (kit, begin_ns, BUDGET_MS));
  vmm_stopwatch_stop (&kit->watch, 0, n * VMM_SCRATCH_CHUNK_BYTES);
  return TRUE;
}

static void
close_stream (VmmKit *kit)
{
  Stream *stream = kit->state;

  vmm_pages_free (kit, stream->chunk, stream->bytes);
  memset (stream, 0, sizeof *stream);
  vmm_disk_close (kit);
}

const VmmProbe vmm_probe_stream_write = {
  .channel = VMM_CHANNEL_PROBE_STREAMWRITE,
  .activity = N_ ("writing, 1 MiB at a time"),
  .batches = 1,
  .budget_ms = BUDGET_MS,
  .factor = 1e3, /* MB/s */
  .is_rate = TRUE,
  .state_bytes = sizeof (Stream),
  .check = check,
  .refusal = VMM_CAUSE_NO_SCRATCH,
  .open = open_stream,
  .enter = enter,
  .batch = run_writes,
  .leave = vmm_awake_leave,
  .close = close_stream,
};

const VmmProbe vmm_probe_stream_read = {
  .channel = VMM_CHANNEL_PROBE_STREAMREAD,
  .activity = N_ ("reading, 1 MiB at a time"),
  .batches = 1,
  .budget_ms = BUDGET_MS,
  .factor = 1e3, /* MB/s */
  .is_rate = TRUE,
  .state_bytes = sizeof (Stream),
  .check = check,
  .refusal = VMM_CAUSE_NO_SCRATCH,
  .open = open_stream,
  .enter = enter,
  .batch = run_reads,
  .leave = vmm_awake_leave,
  .close = close_stream,
};
