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

/* `done` and `kept` functions are given `user_data`, which outlives the shelf. */
VmmShelf *vmm_shelf_new (gboolean aside, gpointer user_data);

/* What was asked for is done all the same, and the application does not end before; but nothing is
 * told any more. NULL is fine. */
void vmm_shelf_free (VmmShelf *shelf);

/* `work`, then `done` in the main loop, then `free` (either NULL) for `data`. */
void vmm_shelf_ask (VmmShelf *shelf, VmmShelfWork work, VmmShelfDone done, gpointer data,
                    GDestroyNotify free_data);

/* The same for somebody else: `done` is given `user_data`, which outlives the shelf. */
void vmm_shelf_ask_for (VmmShelf *shelf, gpointer user_data, VmmShelfWork work, VmmShelfDone done,
                        gpointer data, GDestroyNotify free_data);

/* Saves `result`, then calls `kept`. */
void vmm_shelf_keep (VmmShelf *shelf, VmmResult *result, VmmShelfKept kept);
