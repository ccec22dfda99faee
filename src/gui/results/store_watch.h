/* SPDX-License-Identifier: MIT */
/* store_watch: sees that another program changed the user's store. */
#pragma once

#include <gio/gio.h>

typedef struct _VmmStoreWatch VmmStoreWatch;

/* `changed` is called when the store has changed and been quiet for a while. It returns FALSE when it
 * is not the time for that, and is called again. */
VmmStoreWatch *vmm_store_watch_new (gboolean (*changed) (gpointer data), gpointer data);
void           vmm_store_watch_free (VmmStoreWatch *watch);
