/* SPDX-License-Identifier: MIT */
/* readout: what a graph says in words and digits, in the user's language and units. No widget. Free
 * strings with g_free(). */
#pragma once

#include "units.h"
#include "vmm/session.h"

/* "CPU" and, of the main channel's `value`, "% busy", translated. `metric` is a
 * graph's, here and below. */
const char *vmm_readout_title (VmmMetric metric);
const char *vmm_readout_unit (VmmMetric metric, float value, VmmUnits units);

/* "23.4", or "–" when it is absent. */
char *vmm_readout_format (float value, const char *unit);

/* The large digits for `value` of the main channel. */
char *vmm_readout_digits (VmmMetric metric, float value, VmmUnits units);

/* "23.4 % busy", or why there is no value. */
char *vmm_readout_value (VmmMetric metric, VmmSession *session, guint row, VmmUnits units);

/* The quiet line: the secondary series first, when it is there (*ret_has_secondary), then what
 * else belongs to the metric, from row `row` of the session's ring. */
char *vmm_readout_detail (VmmMetric metric, VmmSession *session, guint row, VmmUnits units,
                          gboolean *ret_has_secondary);

/* "14:03:22 · 23.4 % busy · Steal 0.2 %": row `row`, for the crosshair. */
char *vmm_readout_at (VmmMetric metric, VmmSession *session, guint row, VmmUnits units);

/* What the words of the graph mean, and how it is steered, a sentence a line. */
char *vmm_readout_help (VmmMetric metric);
