/* SPDX-License-Identifier: MIT */
/* store_index: the lines of a store's list beside its documents, so that thousands need not be read again.
 *
 * It is a convenience and never the truth: a line counts only while the file that it is of is the same to the
 * nanosecond, byte and inode, and an index that is missing, foreign, of another program or damaged is as none. */
#pragma once

#include "vmm/store.h"

/* So many documents are read before an index is written: a small store has none. */
#define VMM_INDEX_WORTH 50

/* What tells that a file is still the one that was read. */
typedef struct {
  guint64 inode, size;
  gint64  changed_ns, modified_ns;
} VmmFileKey;

typedef struct _VmmStoreIndex VmmStoreIndex;

/* Never NULL. */
VmmStoreIndex *vmm_store_index_open (const VmmStore *store);

/* The line of the run `id`, and the key of its file now; NULL where it has to be read. Ids are asked for in the
 * order of vmm_store_list_ids(). */
VmmStoreEntry *vmm_store_index_take (VmmStoreIndex *index, const char *id, VmmFileKey *ret_key);

/* Writes the `entries`, with a key each, where that is worth it at `now_us` of the wall clock, and frees the index.
 * A file that has just been changed gets no line, for it may change again unseen. What cannot be written is not:
 * it is read again the next time. */
void vmm_store_index_close (VmmStoreIndex *index, const GPtrArray *entries, const VmmFileKey *keys,
                            gint64 now_us);
