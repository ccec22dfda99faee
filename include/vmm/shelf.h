/* SPDX-License-Identifier: MIT */
/* shelf: the user's own store while a program goes on: one piece of work after the other.
 *
 * Main thread. Work is done in the order it was asked for: aside, which is in a thread while the main
 * loop runs, or else at once. */
#pragma once

#include <gio/gio.h>

#include "vmm/store.h"

typedef struct _VmmShelf VmmShelf;

typedef void (*VmmShelfWork) (VmmStore *store, gpointer data);
typedef void (*VmmShelfDone) (gpointer data, gpointer user_data);

/* `result` is kept as `id`; or that is NULL, and `error` says why. */
typedef void (*VmmShelfKept) (VmmResult *result, const char *id, const GError *error,
                              gpointer user_data);

/* The first `n` of `ids` were moved; `error` says why not the others, or is NULL. */
typedef void (*VmmShelfMoved) (char **ids, guint n, const GError *error, gpointer user_data);

/* `done` and `kept` functions are given `user_data`, which outlives the shelf. */
VmmShelf *vmm_shelf_new (gboolean aside, gpointer user_data);

/* What was asked for is done all the same, and the application does not end before; but nothing is
 * told any more. NULL is fine for the latter. */
void vmm_shelf_close (VmmShelf *shelf);
void vmm_shelf_free (VmmShelf *shelf);

/* `work`, then `done` in the main loop, then `free` (either NULL) for `data`. */
void vmm_shelf_ask (VmmShelf *shelf, VmmShelfWork work, VmmShelfDone done, gpointer data,
                    GDestroyNotify free_data);

/* The same for somebody else: `done` is given `user_data`, which outlives the shelf. */
void vmm_shelf_ask_for (VmmShelf *shelf, gpointer user_data, VmmShelfWork work, VmmShelfDone done,
                        gpointer data, GDestroyNotify free_data);

/* Saves `result`, then calls `kept`. */
void vmm_shelf_keep (VmmShelf *shelf, VmmResult *result, VmmShelfKept kept);

/* Deletes the runs `ids` (taken over, with a NULL at the end), then calls `moved`. */
void vmm_shelf_delete (VmmShelf *shelf, gpointer user_data, char **ids, VmmShelfMoved moved);

/* Brings back what was deleted last and is not yet brought back, if anything, then calls `moved`. */
gboolean vmm_shelf_can_undo (const VmmShelf *shelf);
void     vmm_shelf_undo (VmmShelf *shelf, gpointer user_data, VmmShelfMoved moved);

/* Makes all deleting final, by whomever, unless it is closed. */
void vmm_shelf_purge (VmmShelf *shelf);
