/* SPDX-License-Identifier: MIT */
/* shelf: the store as the window uses it: off the main loop, one piece of work after the other.
 *
 * Main thread. Work is done in the order it was asked for, in a thread, on the user's own store. */
#pragma once

#include <gio/gio.h>

#include "vmm/store.h"

typedef struct _VmmShelf VmmShelf;

typedef void (*VmmShelfWork) (VmmStore *store, gpointer data);
typedef void (*VmmShelfDone) (gpointer data, gpointer user_data);

/* `done` functions are given `user_data`, which outlives the shelf. */
VmmShelf *vmm_shelf_new (gpointer user_data);

/* What was asked for is done all the same, and the application does not end before; but no `done` is
 * called any more. */
void vmm_shelf_free (VmmShelf *shelf);

/* `work` in the thread, then `done` in the main loop, then `free` (either NULL) for `data`. */
void vmm_shelf_ask (VmmShelf *shelf, VmmShelfWork work, VmmShelfDone done, gpointer data,
                    GDestroyNotify free_data);
