/* SPDX-License-Identifier: MIT */
/* probe: one row of the table of probes, and the kit that the probes work with.
 *
 * A probe measures how one service of the VMM answers. The shape of a batch is part of the score's
 * definition and never adapts; only the number of batches does. All functions but `check` run on
 * the worker; errors become the reason of the channel's absence. */
#pragma once

#include "cpus.h"
#include "idler.h"
#include "kblockd.h"
#include "partner.h"
#include "scratch.h"
#include "stopwatch.h"
#include "vmm/channel.h"
#include "vmm/error.h"

typedef struct {
  VmmStopwatch     watch; /* laps of the probe that is running */
  guint64          random;
  volatile guint64 sink;     /* results end here, so that no compiler drops the work */
  gint             stopping; /* atomic */

  guint64 buffer_bytes; /* allowed for `copy` and `load` together */
  char   *buffer_limit; /* the file that limits it; NULL when it is not known how much there is */

  struct {
    VmmCpuSet allowed;
    guint     n;  /* 0 = not known */
    guint     at; /* the one of them that the batches are done on */
  } cpus;
  struct {
    char *from, *to;
    gsize bytes, offset; /* of each; where the next batch begins */
  } copy;
  struct {
    guint32 *lines; /* one entry in each page: the index of the next one */
    gsize    bytes;
    guint32  at;
    guint    loads; /* of this round */
  } load;
  struct {
    char *pages, *next; /* of a fresh mapping */
  } fault;
  struct {
    guint   laps;      /* since enter */
    guint64 waited_ns; /* by both threads, in all of them */
    guint64 least_ns;  /* in one of them */
  } trips;
  VmmPartner partner;
  VmmIdler  *idler; /* NULL = not started */
  VmmScratch scratch;
  VmmKblockd kblockd;
} VmmKit;

typedef struct {
  VmmChannelId channel;
  const char  *activity;  /* "disk sync" */
  guint        batches;   /* of a round, at most */
  guint        budget_ms; /* after it no further batch begins */

  /* The channel's value is factor * ns / operations, of a rate factor * operations / ns. */
  double   factor;
  gboolean is_rate;
  gboolean may_be_none; /* no time at all is a measurement, not a clock that stands still */

  /* All optional but `batch`. check: can it work on this machine? At construction, cheap. open and
   * close: at the beginning and end of a run; close also when open failed or was not called, and
   * probes that share a part share both. enter and leave: around the batches on one CPU. */
  gboolean (*check) (const VmmKit *kit, GError **error);
  gboolean (*open) (VmmKit *kit, GError **error);
  gboolean (*enter) (VmmKit *kit, GError **error);
  gboolean (*batch) (VmmKit *kit, GError **error);
  void (*leave) (VmmKit *kit);
  void (*close) (VmmKit *kit);
} VmmProbe;

extern const VmmProbe vmm_probe_compute, vmm_probe_wake, vmm_probe_syscall, vmm_probe_switch,
    vmm_probe_fault, vmm_probe_copy, vmm_probe_load, vmm_probe_read, vmm_probe_sync, vmm_probe_exit,
    vmm_probe_gap, vmm_probe_halt, vmm_probe_cross;

/* The table, in the order of a round. Static storage. */
const VmmProbe *const *vmm_probes_table (guint *ret_n);

/* What construction finds out without a thread, a buffer or a file that stays. */
void vmm_kit_init (VmmKit *kit, const char *scratch_dir, guint64 seed);
void vmm_kit_clear (VmmKit *kit);

/* Sets the error of a probe whose buffer of `bytes` is too large for what is free, and returns FALSE. */
gboolean vmm_kit_refuse_buffer (const VmmKit *kit, gsize bytes, GError **error);

/* One round of one probe: its value, or an absence and the error. One half of the batches is done
 * on a CPU taken by chance, the other on the next one. No batch begins after `until_ns`, but one is
 * always done. */
float vmm_probe_run (const VmmProbe *probe, VmmKit *kit, gint64 until_ns, GError **error);

/* Puts the thread on the CPU of this index, modulo their number. */
gboolean vmm_kit_pin (VmmKit *kit, int tid, guint index, GError **error);

/* The parts of the probes that keep their CPU awake, on which the idler is then as well. A CPU
 * that idles pays the way out of HLT besides, and in a guest with work of its own none idles: left
 * alone, such a probe would answer faster under the guest's own load. */
gboolean vmm_awake_open (VmmKit *kit, GError **error);
gboolean vmm_awake_enter (VmmKit *kit, GError **error);
void     vmm_awake_leave (VmmKit *kit);
void     vmm_awake_close (VmmKit *kit);

/* Those of the probes that go back and forth with the partner, on the same CPU or on the next one.
 * vmm_trips_run() does a batch of `n` round trips. */
gboolean vmm_trips_open (VmmKit *kit, GError **error);
gboolean vmm_trips_enter (VmmKit *kit, gboolean same_cpu, GError **error);
gboolean vmm_trips_run (VmmKit *kit, guint n, GError **error);
void     vmm_trips_leave (VmmKit *kit);
void     vmm_trips_close (VmmKit *kit);

/* `bytes` of private 4 KiB pages, all touched, or fewer where that takes long: whole steps of
 * `step`, at least one. NULL and the error when the kernel refuses. */
void *vmm_pages_new (gsize bytes, gsize step, gsize *ret_bytes, GError **error);
void  vmm_pages_free (void *pages, gsize bytes);
