/* SPDX-License-Identifier: MIT */
/* probe: one row of the table of probes, and the kit that the probes work with.
 *
 * A probe measures how one service of the VMM answers. The shape of a batch is part of the score's
 * definition and never adapts; only the number of batches does. All functions but `check` run on
 * the worker; errors become the reason of the channel's absence. */
#pragma once

#include "cpus.h"
#include "helper.h"
#include "idler.h"
#include "partner.h"
#include "scratch.h"
#include "stopwatch.h"
#include "vmm/channel.h"
#include "vmm/error.h"

/* What the probes share. */
typedef struct {
  VmmStopwatch     watch; /* laps of the probe that is running */
  gpointer         state; /* its own: VmmProbe.state_bytes, zeroed at construction */
  guint64          random;
  volatile guint64 sink;     /* results end here, so that no compiler drops the work */
  gint             stopping; /* atomic */

  guint64 buffer_bytes; /* allowed for `copy` and `load` together */
  char   *buffer_limit; /* the file that limits it; NULL when it is not known how much there is */
  guint64 burst_bytes;  /* allowed for a burst on all CPUs, beside these */
  guint64 held_bytes;   /* of vmm_pages_new() */
  gint64  until_ns;     /* of the probe that is running: what goes on until then ends by itself */
  double  cpu_seconds;  /* used so far by threads that are gone */
  struct {
    gint64 fastest_ns, slowest_ns; /* for a unit, on one of the CPUs; 0 = none was done */
  } parallel;                      /* what the last burst on all CPUs left */

  struct {
    VmmCpuSet allowed;
    guint     n;  /* 0 = not known */
    guint     at; /* the one of them that the batches are done on */
  } cpus;
  VmmPartner partner, peer; /* over pipes, and over TCP */
  VmmHelper  helper;
  VmmIdler  *idler; /* NULL = not started */
  VmmScratch scratch;
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

  gsize state_bytes; /* of what it keeps for itself, in kit->state; 0 = nothing */

  /* All optional but `batch`. check: can it work on this machine? At construction, cheap. open and
   * close: at the beginning and end of a run; close also when open failed or was not called, and
   * probes that share a part share both. enter and leave: around the batches on one CPU. */
  gboolean (*check) (const VmmKit *kit, GError **error);
  VmmCause refusal; /* what it means that it cannot */
  gboolean (*open) (VmmKit *kit, GError **error);
  gboolean (*enter) (VmmKit *kit, GError **error);
  gboolean (*batch) (VmmKit *kit, GError **error);
  void (*leave) (VmmKit *kit);
  void (*close) (VmmKit *kit);
} VmmProbe;

/* The table, in the order of a round: a probe is a file of its own, and a row here. */
#define VMM_PROBES(ROW)                                                                            \
  ROW (compute)                                                                                    \
  ROW (wake)                                                                                       \
  ROW (syscall)                                                                                    \
  ROW (switch)                                                                                     \
  ROW (fault)                                                                                      \
  ROW (copy)                                                                                       \
  ROW (load)                                                                                       \
  ROW (read)                                                                                       \
  ROW (sync)                                                                                       \
  ROW (exit)                                                                                       \
  ROW (gap)                                                                                        \
  ROW (halt)                                                                                       \
  ROW (cross)                                                                                      \
  ROW (work)                                                                                       \
  ROW (clock)                                                                                      \
  ROW (map)                                                                                        \
  ROW (process)                                                                                    \
  ROW (tcp)                                                                                        \
  ROW (files)

#define VMM_PROBE_DECLARE(name) extern const VmmProbe vmm_probe_##name;
VMM_PROBES (VMM_PROBE_DECLARE)
#undef VMM_PROBE_DECLARE

/* The table of bursts: what asks for all that the guest has. They run one after the other in a few
 * rounds of a window, in which the table above is silent. One takes no longer than its budget, and what
 * it then waits for. */
#define VMM_BURSTS(ROW)                                                                            \
  ROW (parallel)                                                                                   \
  ROW (unequal)                                                                                    \
  ROW (stream_write)                                                                               \
  ROW (stream_read)                                                                                \
  ROW (deep)

#define VMM_PROBE_DECLARE(name) extern const VmmProbe vmm_probe_##name;
VMM_BURSTS (VMM_PROBE_DECLARE)
#undef VMM_PROBE_DECLARE

/* Both, those of a round first. Static storage. */
const VmmProbe *const *vmm_probes_table (guint *ret_n);

/* What construction finds out without a thread, a buffer or a file that stays. */
void vmm_kit_init (VmmKit *kit, const char *scratch_dir, guint64 seed);
void vmm_kit_clear (VmmKit *kit);

/* A VmmProbe.check: its refusal is VMM_CAUSE_ONE_CPU. */
gboolean vmm_kit_check_two_cpus (const VmmKit *kit, GError **error);

/* Sets the error of a probe whose buffer of `bytes` is too large for what is free, and returns FALSE. */
gboolean vmm_kit_refuse_buffer (const VmmKit *kit, gsize bytes, GError **error);

/* The probe's functions, each time with its own `state`; NULL where state_bytes is 0. */
gboolean vmm_probe_open (const VmmProbe *probe, VmmKit *kit, gpointer state, GError **error);
void     vmm_probe_close (const VmmProbe *probe, VmmKit *kit, gpointer state);

/* One round of one probe: its value, or an absence and the error. One half of the batches is done
 * on a CPU taken by chance, the other on the next one. No batch begins after `until_ns`, but one is
 * always done. */
float vmm_probe_run (const VmmProbe *probe, VmmKit *kit, gpointer state, gint64 until_ns,
                     GError **error);

/* Puts the thread on the CPU of this index, modulo their number. */
gboolean vmm_kit_pin (VmmKit *kit, int tid, guint index, GError **error);

/* The parts of the probes that keep their CPU awake, on which the idler is then as well. A CPU
 * that idles pays the way out of HLT besides, and in a guest with work of its own none idles: left
 * alone, such a probe would answer faster under the guest's own load. */
gboolean vmm_awake_open (VmmKit *kit, GError **error);
gboolean vmm_awake_enter (VmmKit *kit, GError **error);
void     vmm_awake_leave (VmmKit *kit);
void     vmm_awake_close (VmmKit *kit);

/* Whether a probe that goes on for its budget, from `begin_ns` on, has had it, or is to stop. */
gboolean vmm_kit_is_over (const VmmKit *kit, gint64 begin_ns, guint budget_ms);

/* Those of the probes that sleep: they are timed by how much longer it took. */
gboolean vmm_sleep_run (VmmKit *kit, gint64 sleep_ns);

/* Those of the probes that work on the disk: with `direct` past the page cache. They keep their CPU
 * awake. */
gboolean vmm_disk_check (const VmmKit *kit, gboolean direct, GError **error);
gboolean vmm_disk_open (VmmKit *kit, GError **error);
gboolean vmm_disk_enter (VmmKit *kit, gboolean direct, GError **error);
void     vmm_disk_close (VmmKit *kit);

/* What two that hand over to one another waited for a CPU in each lap. Handing over is waiting too: the
 * lap that waited least says how much of that belongs to it; the rest was another task's. */
typedef struct {
  guint   laps;
  guint64 waited_ns; /* by both, in all of them */
  guint64 least_ns;  /* in one of them */
} VmmWaits;

void vmm_waits_begin (VmmWaits *waits);
void vmm_waits_add (VmmWaits *waits, guint64 waited_ns);
void vmm_waits_take_out (const VmmWaits *waits, VmmStopwatch *watch);

/* Those of the probes that go back and forth with the partner, on the same CPU or on the next one.
 * Their state is a VmmTrips; vmm_trips_run() does a batch of `n` round trips. */
typedef struct {
  VmmWaits    waits;
  VmmPartner *partner;
} VmmTrips;

gboolean vmm_trips_open (VmmKit *kit, GError **error);
gboolean vmm_trips_enter (VmmKit *kit, VmmPartner *partner, gboolean same_cpu, GError **error);
gboolean vmm_trips_run (VmmKit *kit, guint n, GError **error);
void     vmm_trips_leave (VmmKit *kit);
void     vmm_trips_close (VmmKit *kit);

/* `bytes` of private 4 KiB pages, all touched, or fewer where that takes long: whole steps of
 * `step`, at least one. NULL and the error when the kernel refuses. */
void *vmm_pages_new (VmmKit *kit, gsize bytes, gsize step, gsize *ret_bytes, GError **error);
void  vmm_pages_free (VmmKit *kit, void *pages, gsize bytes);
