/* SPDX-License-Identifier: MIT */
/* level: the forecast of a level that rises: when it is full, at this rate. */
#pragma once

#include "trend.h"
#include "vmm/outlook.h"

typedef struct {
  Trend         trend;
  TrendLine     line;      /* of the trend, */
  gboolean      is_fitted; /* unless it has another row since */
  gint64        taken_us;  /* the row of the newest of the trend */
  gint64        rising_us; /* since when it rises steadily; G_MAXINT64 = it does not */
  float         value;
  gint64        now_us;
  VmmOutlookWhy why;
  double        slope, eta_s; /* of what is said, in secret or not */
} Level;

void level_init (Level *level);

/* What comes does not follow from what was. */
void level_break (Level *level, VmmLedgerPage *page);

void level_push (Level *level, VmmLedgerPage *page, gint64 now_us, gint64 wall_us, float value);
void level_get_item (const Level *level, const VmmLedgerPage *page, VmmOutlookItem *ret_item);
