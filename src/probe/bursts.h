/* SPDX-License-Identifier: MIT */
/* bursts: in which rounds of a window more than a round is asked for. */
#pragma once

#include <glib.h>

/* Whether the round `round`, counted from 0, is a burst in a window of `rounds` in which `*done` were
 * due before; counts it. They are spread evenly: half of the distance between two is before the first
 * and after the last. One whose round was missed comes in the next; of two that were, one. */
gboolean vmm_bursts_are_due (guint rounds, gint64 round, guint *done);
