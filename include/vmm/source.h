/* SPDX-License-Identifier: MIT */
/* source: one thing that fills channels of a row, once a tick.
 *
 * A source is made, started, sampled once per tick with the tick's time, stopped, freed; all on
 * one thread (the probes keep a worker of their own behind this door). While it is started, windows
 * begin and end, in turns, beginning with a beginning. A source that cannot work
 * is still a source: its channels are absent, and vmm_source_reason() says why, from construction
 * on, so that "can it be measured here?" needs no run. Construction never fails. */
#pragma once

#include "vmm/cause.h"
#include "vmm/channel.h"
#include "vmm/host.h"

typedef struct _VmmSource      VmmSource;
typedef struct _VmmDescription VmmDescription; /* vmm/sources.h */

typedef struct {
  const char         *name;     /* "cpu" */
  const VmmChannelId *channels; /* those it fills */
  guint               n_channels;

  /* Optional. Begin and end whatever works between ticks (threads, echoes in flight). After stop
   * the source still accepts sample(). `start` may follow `stop`. */
  void (*start) (VmmSource *self, gint64 now_us);
  void (*stop) (VmmSource *self);

  /* Optional. A window begins, after `start`, or ends: for what works only in windows, or differently
   * there. A `stop` in a window ends it without another word. */
  void (*window_begins) (VmmSource *self, gint64 now_us);
  void (*window_ends) (VmmSource *self);

  /* Optional. A result is about to be made of the window that ended: waits, at most a moment, for what was
   * asked for at its end. Nothing else waits. */
  void (*settle) (VmmSource *self);

  /* Optional. Work due between ticks (send an echo): does what is due at `now_us`, returns when it
   * wants to be called next (monotonic us; G_MAXINT64 = not before the next tick). */
  gint64 (*pulse) (VmmSource *self, gint64 now_us);

  /* Fills its channels of `row` (VMM_N_CHANNELS floats) for the time since the previous sample.
   * Does not block, does not allocate in steady state. */
  void (*sample) (VmmSource *self, gint64 now_us, float *row);

  /* Optional. Why `channel` is absent, or what to know about it. The sentence is the source's, valid
   * until its next call. */
  VmmReason (*reason) (VmmSource *self, VmmChannelId channel);

  /* Optional. Writes the members of the description that are this source's, as they are now: what it
   * knows of itself that is no number over time. Called between any two of the others. */
  void (*describe) (VmmSource *self, VmmDescription *description);

  void (*free) (VmmSource *self);
} VmmSourceClass;

/* First member of every source's struct. */
struct _VmmSource {
  const VmmSourceClass *class;
};

void      vmm_source_start (VmmSource *self, gint64 now_us);
void      vmm_source_stop (VmmSource *self);
gint64    vmm_source_pulse (VmmSource *self, gint64 now_us);
void      vmm_source_sample (VmmSource *self, gint64 now_us, float *row);
VmmReason vmm_source_reason (VmmSource *self, VmmChannelId channel);
gboolean  vmm_source_has (VmmSource *self, VmmChannelId channel);
void      vmm_source_free (VmmSource *self); /* NULL is fine; stops it first */

void vmm_source_window_begins (VmmSource *self, gint64 now_us);
void vmm_source_window_ends (VmmSource *self);
void vmm_source_settle (VmmSource *self);
void vmm_source_describe (VmmSource *self, VmmDescription *description);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmSource, vmm_source_free)
