/* SPDX-License-Identifier: MIT */
/* passive: what all sources share that only read: one reason per channel, one error for all.
 *
 * First member of such a source's struct. The sentences of `reasons` are
 * static, or the error's. */
#pragma once

#include "vmm/sources.h"

typedef struct {
  VmmSource source;
  GError   *error; /* of the last sample */
  VmmReason reasons[VMM_N_CHANNELS];
} Passive;

/* Stores a value, or its absence and why. A reason may also accompany a value. */
void passive_put (Passive *self, float *row, VmmChannelId channel, double value);
void passive_put_absent (Passive *self, float *row, VmmChannelId channel, VmmAbsence why,
                         VmmCause cause);

/* The same for every channel of the source; passive_fail() because of the file, as `error` says. */
void passive_put_all_absent (Passive *self, float *row, VmmAbsence why, VmmCause cause);
void passive_fail (Passive *self, float *row);

/* Methods. `start` takes a reading and tells nobody: the first row after it is whole. */
void      passive_start (VmmSource *source, gint64 now_us);
VmmReason passive_reason (VmmSource *source, VmmChannelId channel);
