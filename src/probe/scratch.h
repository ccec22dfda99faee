/* SPDX-License-Identifier: MIT */
/* scratch: a nameless file of random bytes on a real disk, and what is read and written in it. */
#pragma once

#include "scratch_dir.h"

#define VMM_SCRATCH_BYTES (32u << 20)
#define VMM_SCRATCH_CHUNK_BYTES (1u << 20)
#define VMM_SCRATCH_BLOCK_BYTES 4096u

typedef struct {
  VmmScratchDir dir;

  int     fd;      /* -1 = not open */
  guint64 bytes;   /* written so far, the range of random offsets */
  char   *block;   /* aligned for O_DIRECT */
  char   *problem; /* why this run has no file, NULL = not tried or open */

  gboolean
      stays; /* closing leaves a file open that is whole, for the next window; set by who uses it */
  gboolean is_whole; /* of VMM_SCRATCH_BYTES, and nothing went wrong with it */

  guint64 read_bytes, written_bytes, operations; /* since vmm_scratch_init() */
} VmmScratch;

/* Chooses the directory, as vmm_scratch_dir_choose() does; there is no file yet. */
void vmm_scratch_init (VmmScratch *scratch, const char *const *candidates);
void vmm_scratch_clear (VmmScratch *scratch);

/* Makes the file and fills it, with less than VMM_SCRATCH_BYTES when space or time is short (1 s;
 * at least 1 MiB). `stopping` (atomic) ends it early. Until it is closed, a second call does nothing
 * but tell the same; nor does the first after a closing that left it open. */
gboolean vmm_scratch_open (VmmScratch *scratch, guint64 *random, const gint *stopping,
                           GError **error);
void     vmm_scratch_close (VmmScratch *scratch);

/* Whether the following reads and writes go past the page cache. */
gboolean vmm_scratch_set_direct (VmmScratch *scratch, gboolean direct, GError **error);

/* 4 KiB at a random offset: read, or written and made durable by fdatasync(). */
gboolean vmm_scratch_read (VmmScratch *scratch, guint64 *random, GError **error);
gboolean vmm_scratch_sync (VmmScratch *scratch, guint64 *random, GError **error);

/* `chunk`, of VMM_SCRATCH_CHUNK_BYTES and aligned for O_DIRECT, from or to the chunk of the file that
 * this index comes to, modulo their number; and all that was written made durable. */
gboolean vmm_scratch_read_chunk (VmmScratch *scratch, void *chunk, guint64 index, GError **error);
gboolean vmm_scratch_write_chunk (VmmScratch *scratch, const void *chunk, guint64 index,
                                  GError **error);
gboolean vmm_scratch_flush (VmmScratch *scratch, GError **error);

/* Where 4 KiB of it are, by chance; and what was read there in other ways. */
gint64 vmm_scratch_pick_offset (const VmmScratch *scratch, guint64 *random);
void   vmm_scratch_count_read (VmmScratch *scratch, guint64 operations);

/* Sectors written so far to all devices: the tenth fields of the lines of /proc/diskstats. 0 when
 * there are none. */
guint64 vmm_scratch_parse_sectors (const char *text);
