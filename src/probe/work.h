/* SPDX-License-Identifier: MIT */
/* work: a unit of what programs are made of, the same steps each time and in every build.
 *
 * A fixed computation in a loop says little of real code, whose branches, calls and small copies cost
 * a software emulation far more. So a unit interprets a program of many instructions, finds matches
 * in a text as a compressor does, searches it, sorts through a comparator, and writes and reads
 * numbers. It calls nothing of the C library but what the compiler inlines. */
#pragma once

#include <glib.h>

typedef struct VmmWork VmmWork;

/* 250 KiB, all of it touched; the caller frees it. Each thread needs its own; nothing else is shared. */
VmmWork *vmm_work_new (void);
void     vmm_work_free (VmmWork *work); /* NULL is nothing to free */

/* Does one unit, and returns what came of it: the same for every unit and every VmmWork. About half a
 * millisecond of a fast CPU. */
guint64 vmm_work_unit (VmmWork *work);
