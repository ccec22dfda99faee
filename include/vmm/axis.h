/* SPDX-License-Identifier: MIT */
/* axis: round values for an axis's edge, and spans of time as an axis says them. Pure. */
#pragma once

#include <glib.h>

/* The round value (1, 2 or 5 times a power of ten, at least `least`) for the upper edge of an axis
 * whose largest value is `high`, when it was `top` so far (0 = it is new). It rises at once and
 * falls only when there is plenty of room, so that it does not jitter. */
double vmm_axis_round_top (double top, double high, double least);

/* "30 s", "5 min", "1.5 h": a span of time as the axis says it. Free with g_free(). */
char *vmm_axis_format_span (gint64 span_us);

/* The same in the unit that labels `step_us` apart are all told in: 120 s at steps of a minute are
 * "2 min". Free with g_free(). */
char *vmm_axis_format_step (gint64 span_us, gint64 step_us);

/* How far apart labels of time must be, in the middle of which their times are, but for the first and the
 * last, which begin and end at the edges: they are at most `label` wide, the last one is `last` wide. */
double vmm_axis_get_room (double label, double last);
