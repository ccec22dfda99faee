/* SPDX-License-Identifier: MIT */
/* helper_trim: gives back all memory of this process but what the helper needs. */
#pragma once

#include <glib.h>

/* Which of the lines of /proc/self/maps in `text` to give back, in *ret_ranges (begin and end of
 * each), at most `most` of them: all but the files that hold one of the `n` addresses `kept`, with 256
 * KiB of memory that follows them, 64 to 128 KiB of other memory around each address, and what the
 * kernel lends. Calls no allocator. */
guint vmm_helper_choose (const char *text, const gsize *kept, guint n, gsize (*ret_ranges)[2],
                         guint most);

/* Does it, for the code at `kept` and the stack of the caller. Afterwards only syscall() of the C
 * library may be called. Does nothing where it cannot, or under a sanitizer. */
void vmm_helper_trim (void);
