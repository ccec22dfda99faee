/* SPDX-License-Identifier: MIT */
/* beat: the forecast of episodes: when the next one begins, if they come with a rhythm. */
#pragma once

#include "rhythm.h"
#include "vmm/outlook.h"

typedef struct {
  Rhythm        rhythm;
  RhythmState   state;
  gint64        now_us, due_us, tolerance_us; /* of the newest claim */
  guint         episodes;                     /* so far, at most as many as are needed */
  VmmOutlookWhy why; /* nothing is known: there is no value, or the probes are at work */
} Beat;

void beat_init (Beat *beat, gint64 interval_us, gint64 least_us);

/* What comes does not follow from what was, and `why` nothing is said. */
void beat_break (Beat *beat, VmmLedgerPage *page, VmmOutlookWhy why);

void beat_push (Beat *beat, VmmLedgerPage *page, gint64 now_us, gint64 wall_us, gboolean is_above);
void beat_get_item (const Beat *beat, const VmmLedgerPage *page, VmmOutlookItem *ret_item);
