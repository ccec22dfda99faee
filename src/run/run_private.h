/* SPDX-License-Identifier: MIT */
/* run_private: what a run is made of, for the files that carry it out and tell of it. */
#pragma once

#include "vmm/run.h"
#include "vmm/shelf.h"

/* The ledger of the outlook, and what of it is written. */
typedef struct {
  guint64  changes; /* that are */
  gint64   next_us; /* when those that are not will be; 0 = there were none */
  gboolean is_open;
} VmmBook;

struct _VmmRun {
  VmmSession    *session;
  VmmSchedule    schedule;
  VmmShelf      *shelf;
  VmmBook        book;
  VmmRunObserver observer;
  gpointer       observer_data;
  gboolean       attached;
  guint          source; /* of what is due, when attached; or 0 */

  VmmRunState state;
  gboolean    stopped;
  guint       number;
  VmmPlace    place;    /* of the newest window */
  VmmResult  *result;   /* of the newest window, or NULL */
  gint64      now_us;   /* the latest time heard of */
  gint64      ahead_us; /* so much later is the wall clock */
  gint64      next_us;  /* when the pause is over */
};

/* run.c: whatever comes next, the window that is over is judged first. */
void vmm_run_settle (VmmRun *run);

/* run_parts.c: the windows from here on belong together, at `place`; with an id unless it has one or they are
 * one alone. */
void vmm_run_start_series (VmmRun *run, const VmmPlace *place);
