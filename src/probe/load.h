/* SPDX-License-Identifier: MIT */
/* load: dependent loads, one in each page of a large buffer in random order. */
#pragma once

#include <glib.h>

/* Links whole pages of 4 KiB into one cycle, each at a random line of it: an entry is the index of the
 * next one in `lines`. Returns one of them. `random` as for vmm_random(). */
guint32 vmm_load_link_pages (guint32 *lines, gsize bytes, guint64 *random);
