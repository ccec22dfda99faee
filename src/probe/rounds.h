/* SPDX-License-Identifier: MIT */
/* rounds: one worker thread that runs the table of probes, round after round. */
#pragma once

#include "probe.h"
#include "vmm/sources.h"

#define VMM_MAX_PROBES 32

/* What the worker tells of a round, all of it or nothing. */
typedef struct {
  float    values[VMM_MAX_PROBES]; /* parallel to vmm_probes_table() */
  gboolean is_new;                 /* not yet in a row */
  guint    rounds;
  guint64  operations, read_bytes, written_bytes, buffer_bytes;
  double   cpu_seconds;
} VmmReport;

/* Members are the main thread's while there is no worker. While there is one, leaving or not,
 * `kit` and `states` are the worker's and what stands below `lock` belongs to who holds it: the one hand-over. */
typedef struct {
  gint64     period_us;
  guint      window;                   /* rounds over which bursts are spread; 0 = none */
  VmmAbsence barriers[VMM_MAX_PROBES]; /* known from construction on; VMM_PRESENT = none */
  gint64     start_us;
  GThread   *worker;
  GThread   *leaving; /* the worker before: has given its account, and gives back what it held */
  VmmKit     kit;
  gpointer   states[VMM_MAX_PROBES]; /* the probes' own; NULL = it has none */

  const char *activity; /* atomic */

  GMutex    lock;
  GCond     stop;
  gboolean  is_over; /* the account is complete */
  VmmReport report;
  char     *reasons[VMM_MAX_PROBES]; /* why a probe has no value, NULL = it has */
  VmmCause  causes[VMM_MAX_PROBES];
} VmmRounds;

void vmm_rounds_init (VmmRounds *rounds, const VmmProbesOptions *options);
void vmm_rounds_clear (VmmRounds *rounds);

/* Ticks begin at `now_us`. Without a thread there is no worker, and each probe has the reason. */
void vmm_rounds_start (VmmRounds *rounds, gint64 now_us);

/* Takes as long as the batch that is running: none between rounds, else a few ms, but a request to
 * the disk as long as that wants. Memory and scratch file are given back by the worker, for whom only the
 * next start or the clearing waits: that takes the kernel 20 ms. */
void vmm_rounds_stop (VmmRounds *rounds);

/* The newest report; from then on it is not new. */
void vmm_rounds_take (VmmRounds *rounds, VmmReport *ret_report);

/* A copy of the probe's reason, or NULL, and its cause. Free with g_free(). */
char *vmm_rounds_get_reason (VmmRounds *rounds, guint probe, VmmCause *ret_cause);
