/* SPDX-License-Identifier: MIT */
/* whole_disk: which names of proc/diskstats count, so that every byte is counted once. */
#pragma once

#include <glib.h>

/* Asks ROOT/sys/block, and the name alone where there is no such directory. */
gboolean whole_disk_check (const char *root, const char *name);
