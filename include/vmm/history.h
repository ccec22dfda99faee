/* SPDX-License-Identifier: MIT */
/* history: the score of one machine over days and weeks: how it was, when it changed and what changed then in the
 * machine, and at which hours of the day it is low.
 *
 * It is made from the lines of a store (vmm/store.h), not from its documents. Only clean and busy windows with a
 * total count, and of these the kind that there is most of: one definition of the score, the same categories, with
 * bursts or without. The others are counted. All times are arguments; the same lines say the same. Not changed once
 * it is explained; one thread. */
#pragma once

#include "vmm/compare.h"
#include "vmm/store.h"

#define VMM_HISTORY_LEVEL 0.05  /* probability to find a change, or an hour, where there is none */
#define VMM_HISTORY_MIN_DAYS 10 /* to look for changes: of fewer, no order is rarer than 5 % */
#define VMM_HOURS_MIN_WINDOWS 168
#define VMM_HOURS_MIN_DAYS 7

/* Which lines. */
typedef struct {
  const char *machine;            /* vmm_store_machine() */
  const char *label;              /* NULL = whatever it is */
  gint64      since_us, until_us; /* of the beginnings of windows; 0 = all */
  GTimeZone  *zone;               /* where days begin; NULL = UTC */
} VmmHistoryQuery;

typedef struct {
  const VmmStoreEntry *entry; /* borrowed */
  double               value; /* the total */
  gint64               time_us;
  guint                day; /* since the epoch, where days begin in the zone */
  guint                hour;
} VmmHistoryWindow;

/* A day that has windows: their median with its 95 % interval, of fewer than six their lowest and highest. */
typedef struct {
  double median, low, high, lowest;
  gint64 begin_us; /* midnight in the zone */
  guint  day, windows;
} VmmHistoryDay;

/* Between two changes: the median, and between which values nine of ten windows lie. */
typedef struct {
  double median, low, high;
  guint  first, end; /* windows */
} VmmHistoryStretch;

typedef struct {
  guint  window; /* the first after it */
  double p;      /* of the test */
  VmmComparison *
      machine; /* of a window or more before it and after it; NULL until it is explained, and where their
                             documents are gone */
} VmmHistoryChange;

/* Hours are of the zone; the ratio of one is to the median of its days; NAN = not known. */
typedef struct {
  double   ratios[24];
  double   p; /* of the lowest; NAN = too few windows or days */
  guint    windows, days;
  gboolean is_low[24];
} VmmHours;

typedef struct {
  GArray  *windows;   /* of VmmHistoryWindow, oldest first */
  GArray  *days;      /* of VmmHistoryDay */
  GArray  *stretches; /* of VmmHistoryStretch: one more than changes; none without a window */
  GArray  *changes;   /* of VmmHistoryChange */
  VmmHours hours;

  guint n_unfit;     /* left out: disturbed, invalid, without a score, damaged */
  guint n_other;     /* left out: of another kind */
  guint n_elsewhere; /* in the store, and of another machine */

  VmmSkips skipped;       /* due and not measured, whenever; none until it is explained */
  GError  *skipped_error; /* why that cannot be read; NULL = it can */

  GPtrArray *entries;
  GTimeZone *zone;
  char      *machine;
} VmmHistory;

/* Of `entries` (of VmmStoreEntry *, oldest first), which it keeps. Never NULL. */
VmmHistory *vmm_history_new (GPtrArray *entries, const VmmHistoryQuery *query);

/* Reads from `store` what the machine was before and after each change, and what was skipped. */
void vmm_history_explain (VmmHistory *history, const VmmStore *store);

void vmm_history_free (VmmHistory *history); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmHistory, vmm_history_free)
