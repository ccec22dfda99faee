/* SPDX-License-Identifier: MIT */
/* snapshot: what a program that goes on measuring knows now, for those who watch many guests. */
#pragma once

#include "vmm/store.h"

/* Whom it could not tell. */
typedef enum {
  VMM_RECEIVER_STORE,
  VMM_RECEIVER_TEXTFILE,
  VMM_RECEIVER_PUSH,
  VMM_N_RECEIVERS
} VmmReceiver;

const char *vmm_receiver_id (VmmReceiver receiver); /* "store" "textfile" "push" */

/* Counts are since the program was started, but for `skipped_ever`. Times are the wall clock's, us since the epoch. */
typedef struct {
  const VmmHost   *host;
  const VmmResult *result; /* of the newest window; NULL = there was none */

  gint64   now_us, started_us;
  gint64   next_us; /* when the next window is due; 0 = none is */
  guint64  windows, skipped[VMM_N_SKIPPED];
  guint64  skipped_ever[VMM_N_SKIPPED]; /* and in what was started before, as far as it is kept */
  gboolean is_ever_unknown;             /* what was kept cannot be read */
  guint64  failures[VMM_N_RECEIVERS];

  double  stolen_ratio; /* over the last minutes; NAN = unknown */
  double  stolen_observed_seconds, stolen_missing_seconds; /* of which it is the quotient */
  double  steal_seconds;   /* of all CPUs, as the VMM tells it; NAN = it does not */
  double  stopped_seconds; /* in which the guest did not run */
  guint64 clock_steps;     /* of the wall clock, by more than 0.5 s */

  double  cpu_seconds; /* of this program */
  guint64 resident_bytes;
} VmmSnapshot;

/* In Prometheus' text format 0.0.4, vmm_export_prometheus() of the result within. Free with g_free(). */
char *vmm_snapshot_to_prometheus (const VmmSnapshot *snapshot);
