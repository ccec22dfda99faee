/* SPDX-License-Identifier: MIT */
/* passive: what all sources share that only read: one reason per channel, one error for all.
 *
 * First member of such a source's struct. `reasons` hold static strings or the error's message. */
#pragma once

#include "vmm/language.h"
#include "vmm/source.h"

/* The reason of every counter's first reading. */
#define PASSIVE_FIRST VMM_SAID ("needs two readings")

typedef struct {
  VmmSource   source;
  GError     *error; /* of the last sample */
  const char *reasons[VMM_N_CHANNELS];
} Passive;

/* Stores a value, or its absence and why. A reason may also accompany a value. */
void passive_put (Passive *self, float *row, VmmChannelId channel, double value);
void passive_put_absent (Passive *self, float *row, VmmChannelId channel, VmmAbsence why,
                         const char *reason);

/* The same for every channel of the source; passive_fail() for the reason in `error`. */
void passive_put_all_absent (Passive *self, float *row, VmmAbsence why, const char *reason);
void passive_fail (Passive *self, float *row);

/* Methods. `start` takes a reading and tells nobody: the first row after it is whole. */
void        passive_start (VmmSource *source, gint64 now_us);
const char *passive_reason (VmmSource *source, VmmChannelId channel);
