/* SPDX-License-Identifier: MIT */
/* readout: what a graph says in words and digits, in the user's language and units. No widget. Free
 * strings with g_free(). */
#pragma once

#include "units.h"
#include "vmm/session.h"

typedef struct {
  const char  *title; /* "CPU", to be translated */
  const char  *unit;  /* behind the large digits: "% busy", to be translated; NULL = by VmmUnits */
  const char  *help;  /* what the large digits are, to be translated */
  VmmChannelId main, secondary;
  double       top; /* of the axis, or 0 = the smallest round value, at least `least` */
  double       least;
} VmmReadout;

/* The row of the table; `metric` is one of the four categories. Static storage. */
const VmmReadout *vmm_readout (VmmMetric metric);

/* "CPU" and, of the main channel's `value`, "% busy", translated. */
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
