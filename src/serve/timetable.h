/* SPDX-License-Identifier: MIT */
/* timetable: when a window is due, by the wall clock: a plain value, and all times are arguments. */
#pragma once

#include <glib.h>

typedef struct {
  gint64 every_us; /* from one window to the next */
  gint64 phase_us; /* windows are due at phase_us + k * every_us since the epoch, */
  gint64
      uneven_us; /* and so much later at most, each by chance that is the same every time; < every_us */
  gint64 next_us; /* the next of them */
} VmmTimetable;

typedef enum {
  VMM_DUE_NOT_YET,
  VMM_DUE_NOW,
  VMM_DUE_LATE, /* one or more were due while the guest was stopped, or its clock was moved */
} VmmDue;

/* The first window is the next that is due after `now_us`. */
void vmm_timetable_init (VmmTimetable *table, gint64 every_us, gint64 phase_us, gint64 uneven_us,
                         gint64 now_us);

/* Whether one is due; then the next is that after it. Where the clock was put back, windows are due as
 * if it had always been so. */
VmmDue vmm_timetable_check (VmmTimetable *table, gint64 now_us);

/* A phase of 0 .. every_us - 1 that is the same every time, and as good as never the same for two
 * machines: by the machine-id under `root`; by chance where there is none. */
gint64 vmm_timetable_phase (const char *root, gint64 every_us);
