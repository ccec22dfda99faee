/* SPDX-License-Identifier: MIT */
/* readout: what a live graph says in words and digits, in the user's language and units.
 *
 * Texts that are returned as `char *` are freed with g_free(), others are static. No state, any
 * thread. */
#pragma once

#include "vmm/session.h"
#include "vmm/units.h"

/* A row, and what is known around it. */
typedef struct {
  const VmmRing *ring; /* borrowed */
  guint          row;
  const char    *reason;       /* why the main channel has no value, or NULL */
  double         memory_bytes; /* all that the guest has; 0 = not known */
  VmmPingInfo    ping;
  VmmUnits       units;
} VmmReadout;

/* "Disk I/O"; and of the main channel's `value`, "MB/s read" and the digits, "–" when it is absent. */
/* Whether the metric is a graph here and now: what few machines have needs a value of one of its lines.
 * `ring` may be NULL. */
gboolean vmm_readout_exists (const VmmRing *ring, VmmMetric metric);

/* The channel that is the main line of the metric's graph, and in *ret_secondary (NULL allowed) that of the
 * second, -1 = none: where the main one has never had a value, the second may stand in for it. */
VmmChannelId vmm_readout_main (const VmmRing *ring, VmmMetric metric, int *ret_secondary);

const char *vmm_readout_title (VmmMetric metric);
const char *vmm_readout_unit (VmmMetric metric, float value, VmmUnits units);
char       *vmm_readout_digits (VmmMetric metric, float value, VmmUnits units);

/* "23.4 % busy", or why there is no value. */
char *vmm_readout_value (const VmmReadout *readout, VmmMetric metric);

/* What has a line or an area of its own in the graph, in the order in which the quiet line names it. */
typedef struct {
  VmmChannelId channels[VMM_LAYERS_MAX];
  guint        n;
} VmmReadoutKeys;

/* "steal 0.2 % · stolen 1.0 %": what has a line or an area of its own first, then what else belongs to
 * the metric. `key` (NULL = none) is put before each of the former, which *ret_keys names (NULL
 * allowed). */
char *vmm_readout_detail (const VmmReadout *readout, VmmMetric metric, const char *key,
                          VmmReadoutKeys *ret_keys);

/* Whether the channel has a line or an area of its own in the metric's graph, beside the main one. */
gboolean vmm_readout_is_drawn (const VmmRing *ring, VmmMetric metric, VmmChannelId channel);

/* "14:03:22 · 23.4 % busy · steal 0.2 %": the row, which was sampled at `real_us` since the epoch. */
char *vmm_readout_at (const VmmReadout *readout, VmmMetric metric, gint64 real_us);

/* What these words mean, a sentence a line. */
char *vmm_readout_help (VmmMetric metric);
