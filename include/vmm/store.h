/* SPDX-License-Identifier: MIT */
/* store: the finished runs that are kept, one JSON document per file in one directory.
 *
 * A file is named by the store from the checked contents and never by a foreign document:
 * 20261123T041500.123Z-kvm-1a2b.json is the time (UTC) at which the window began, the VMM, and the
 * first digits of the contents' SHA-256 without the label; without ".json" it is the run's id. So
 * names sort by time, and the same run has the same id in every store. A file appears whole or not
 * at all and is never overwritten by another run; what cannot be read is listed as damaged and
 * left alone. Several programs may use one store at once. One thread per VmmStore. */
#pragma once

#include "vmm/result.h"

typedef struct _VmmStore VmmStore;

/* Why a window that was due was not measured. */
typedef enum {
  VMM_SKIPPED_BUSY, /* the guest had much work of its own */
  VMM_SKIPPED_LATE, /* the guest was stopped, or its wall clock moved, when it was due */
  VMM_N_SKIPPED
} VmmSkipped;

const char *vmm_skipped_id (VmmSkipped why); /* "busy" "late" */

/* Windows of a machine that were due and not measured, all that ever were. */
typedef struct {
  guint64 counts[VMM_N_SKIPPED];
  gint64  since_us; /* when the first of them was due, since the epoch; 0 = there was none */
} VmmSkips;

/* One line of the list. Strings are never NULL, except `damage`. */
typedef struct {
  char      *id;
  char      *damage;  /* why the file cannot be read, or NULL; then only `id` means anything */
  gint64     created; /* us since the epoch, UTC */
  char      *label;   /* "" when none */
  char      *vmm_id, *vmm_name;
  char      *instance_type, *zone; /* of a cloud, "" when not known */
  char      *machine;              /* vmm_store_machine() of its host */
  VmmQuality quality;
  guint      version;          /* of the score's definition */
  gboolean   passive;          /* without probes: watched, and never scored */
  gboolean   light;            /* without bursts */
  double     total, low, high; /* NAN = no score */
  double     categories[VMM_N_CATEGORIES];
} VmmStoreEntry;

/* $XDG_DATA_HOME/vmm_monitor/results. Free with g_free(). */
char *vmm_store_default_directory (void);

/* The store in `directory`, which is made (mode 0700) when it is first saved to. Never NULL. */
VmmStore   *vmm_store_open (const char *directory);
void        vmm_store_free (VmmStore *store); /* NULL is fine */
const char *vmm_store_get_directory (const VmmStore *store);

/* FALSE, and why, when a run is sure not to be kept: neither the directory nor a place for it can be written
 * to. */
gboolean vmm_store_check (const VmmStore *store, GError **error);

/* The file of the run `id`. Free with g_free(). */
char *vmm_store_get_path (const VmmStore *store, const char *id);

/* The ids of all stored runs (of char *), oldest first, nothing read. */
GPtrArray *vmm_store_list_ids (const VmmStore *store, GError **error);

/* The line of the run `id`, whether or not it can be read; never NULL. Half a millisecond: a window
 * with many runs reads them by and by. */
VmmStoreEntry *vmm_store_read_entry (const VmmStore *store, const char *id);

/* What a machine keeps while its CPUs, its memory and its kernel change: VMM, cloud, container, and its id where
 * it has one. Free with g_free(). */
char *vmm_store_machine (const VmmHost *host);

/* Whether they are the same: by their ids; where one has none, as results of before, by the rest. */
gboolean vmm_store_is_machine (const char *machine, const char *other);

/* Every stored run (of VmmStoreEntry *, freed with the array), oldest first. No directory yet is
 * an empty list. NULL when the directory cannot be read. Of a large store the lines are kept beside the
 * documents, and only what changed is read. */
GPtrArray *vmm_store_list (const VmmStore *store, GError **error);

/* The same as a JSON array of objects, for `list --json`. Free with g_free(). */
char *vmm_store_list_to_json (const GPtrArray *entries);

/* Keeps `result`; returns its id (g_free()). When the same run is there already, that is its id
 * and *ret_known (NULL allowed) is TRUE. NULL: not kept, every older run is as it was. */
char *vmm_store_save (VmmStore *store, const VmmResult *result, gboolean *ret_known,
                      GError **error);

/* Checks the foreign file at `path` whole, then keeps it. */
char *vmm_store_import (VmmStore *store, const char *path, gboolean *ret_known, GError **error);

/* Whether a run that began at `created` (us since the epoch) was on a machine whose clock was more than a
 * day ahead of this one's. */
gboolean vmm_store_is_future (gint64 created);

/* The id of the one stored run that `name` means: "last" (the newest readable, and one from the future
 * only where there is no other), an id, or the
 * beginning of exactly one id. VMM_ERROR_MISSING: none; VMM_ERROR_RANGE: several. */
char *vmm_store_find (const VmmStore *store, const char *name, GError **error);

/* A run by what a user calls it: as vmm_store_find(), or the path of a file. */
VmmResult *vmm_store_load (const VmmStore *store, const char *name, GError **error);

/* Deletes the run `id` in a way that vmm_store_restore() can undo until vmm_store_purge(): of that run,
 * or with NULL of all that were deleted, whichever process deleted them. */
gboolean vmm_store_delete (VmmStore *store, const char *id, GError **error);
gboolean vmm_store_restore (VmmStore *store, const char *id, GError **error);
void     vmm_store_purge (VmmStore *store, const char *id);

/* Gives the run `id` another label; its id stays. */
gboolean vmm_store_set_label (VmmStore *store, const char *id, const char *label, GError **error);

/* What was forecast on this machine, and what became of it: a file of its own beside the runs. FALSE, and the ledger
 * is empty: it cannot be read, and is moved aside, as "outlook.damaged", where that is its own fault. */
gboolean vmm_store_load_ledger (const VmmStore *store, VmmLedger *ret_ledger, GError **error);

/* Keeps `ledger`, and what other programs kept there meanwhile as well. */
gboolean vmm_store_save_ledger (const VmmStore *store, const VmmLedger *ledger, GError **error);

/* How many windows of `machine` were skipped: a file of its own beside the runs, by vmm_store_machine(). No file is
 * none. FALSE, and none: it cannot be read. */
gboolean vmm_store_load_skips (const VmmStore *store, const char *machine, VmmSkips *ret_skips,
                               GError **error);

/* One more, at `wall_us`. FALSE and the error: it is not counted; or, with VMM_ERROR_FORMAT, it is the first in a new
 * file, for what was there is none and goes by another name. */
gboolean vmm_store_add_skip (VmmStore *store, const char *machine, VmmSkipped why, gint64 wall_us,
                             GError **error);

void vmm_store_entry_free (VmmStoreEntry *entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmStore, vmm_store_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmStoreEntry, vmm_store_entry_free)
