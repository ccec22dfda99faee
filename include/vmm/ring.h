/* SPDX-License-Identifier: MIT */
/* ring: the last rows of time and channels.
 *
 * Invariants: times rise strictly; row 0 is the oldest row kept, row length - 1 the newest; a full
 * ring forgets its oldest row at each push. Values are floats as in channel.h, absent ones
 * included; an infinity is kept as what it reads as, VMM_FAILED. Stored channel by channel, so that
 * scanning one channel's history is one contiguous run. All memory is taken at construction, or when
 * it is resized. One thread. */
#pragma once

#include <glib.h>

typedef struct _VmmRing VmmRing;

/* An empty ring of at most `capacity` rows (1 .. 2^24) of `channels` values (1 .. 4096). Never
 * NULL. Free with vmm_ring_free(). */
VmmRing *vmm_ring_new (guint capacity, guint channels);
void     vmm_ring_free (VmmRing *ring); /* NULL is fine */

/* Keeps at most `capacity` rows from now on: the newest of those it has. The count of rows pushed
 * goes on. */
void vmm_ring_resize (VmmRing *ring, guint capacity);

/* Bytes of memory that such a ring takes: about 8 a row, and 4.5 a value. */
gsize vmm_ring_size (guint capacity, guint channels);

/* Appends `row` (one float per channel) at `time_us`, which must be after the newest row's. */
void vmm_ring_push (VmmRing *ring, gint64 time_us, const float *row);

guint   vmm_ring_get_length (const VmmRing *ring);
guint64 vmm_ring_get_pushed (const VmmRing *ring); /* rows ever pushed */

/* Time of row `i`, value of `channel` in row `i`; i < length. */
gint64 vmm_ring_get_time (const VmmRing *ring, guint i);
float  vmm_ring_get (const VmmRing *ring, guint i, guint channel);

/* The first row at or after `time_us`; length when all are before it. O(log n). */
guint vmm_ring_find (const VmmRing *ring, gint64 time_us);

/* Smallest and largest present value of `channel` in rows first .. end - 1. FALSE when none is
 * present there (out-parameters untouched). O((end - first) / 16). */
gboolean vmm_ring_get_extremes (const VmmRing *ring, guint channel, guint first, guint end,
                                float *ret_min, float *ret_max);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmRing, vmm_ring_free)
