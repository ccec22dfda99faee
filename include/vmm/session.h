/* SPDX-License-Identifier: MIT */
/* session: a plan being carried out: it steps its sources, fills the ring, tells its observer.
 *
 * Tick k of a window is due at start + k * interval: no drift. A step that comes more than one
 * interval late samples once; the ticks it missed are counted, not invented. Time is an argument
 * everywhere, so that a test runs 30 s in microseconds. After the window the probes stop and
 * sampling goes on until vmm_session_stop() or vmm_session_free(). Time never runs backwards: a
 * `now_us` before an earlier one counts as that one. One thread; the observer is called on it. */
#pragma once

#include "vmm/host.h"
#include "vmm/outlook.h"
#include "vmm/plan.h"
#include "vmm/ring.h"
#include "vmm/sources.h"

typedef struct _VmmSession VmmSession;

typedef enum {
  VMM_SESSION_IDLE,      /* not started, or stopped */
  VMM_SESSION_OBSERVING, /* in the window */
  VMM_SESSION_FINISHED,  /* the window is over, sampling goes on */
} VmmSessionState;

/* Both may start or stop the session, but not free it. */
typedef struct {
  /* A row is complete and in the ring. */
  void (*sampled) (VmmSession *session, gpointer data);
  /* The window's last row has been told: time to make a result. */
  void (*finished) (VmmSession *session, gpointer data);
} VmmObserver;

/* Every source of the core, as the plan asks. `plan` is copied, `host` referenced. FALSE plan
 * (vmm_plan_check) gives NULL and the error. */
VmmSession *vmm_session_new (const VmmPlan *plan, VmmHost *host, GError **error);

/* The same with `sources` (of VmmSource *) instead: its elements are taken, even on failure, and
 * the array is left empty. */
VmmSession *vmm_session_new_with_sources (const VmmPlan *plan, VmmHost *host, GPtrArray *sources,
                                          GError **error);
void        vmm_session_free (VmmSession *session); /* NULL is fine; stops it, joins the worker */

/* `observer` is copied; NULL members are not called. */
void vmm_session_set_observer (VmmSession *session, const VmmObserver *observer, gpointer data);

/* Begins a window at `now_us`, which the wall clock calls `created_us` (us since the epoch, > 0);
 * history stays in the ring. Also "measure again". The counters are read once here, into no row, so
 * that the first tick has values. */
void vmm_session_start (VmmSession *session, gint64 now_us, gint64 created_us);

/* Where the newest window stands among others; alone, unless this is said. */
void            vmm_session_set_place (VmmSession *session, const VmmPlace *place);
const VmmPlace *vmm_session_get_place (const VmmSession *session);

/* Does what is due at `now_us`; returns the monotonic time at which to call again (G_MAXINT64
 * when idle). */
gint64 vmm_session_step (VmmSession *session, gint64 now_us);

void vmm_session_stop (VmmSession *session);

/* Ends the window where it stands, incomplete: the probes stop and sampling goes on, and nobody is told.
 * Out of a window it does nothing. */
void vmm_session_cut (VmmSession *session);

/* Changes how many rows of history are kept, as vmm_plan_check() allows, and nothing of the
 * measurement: what there is of them stays, and so does a window that is running. */
void vmm_session_set_history (VmmSession *session, guint rows);

/* Lets the default main context of this thread call step() on g_get_monotonic_time(), from now
 * until the session is freed. One GSource, woken only when something is due. */
void vmm_session_attach (VmmSession *session);

VmmSessionState vmm_session_get_state (const VmmSession *session);
const VmmPlan  *vmm_session_get_plan (const VmmSession *session);
VmmHost        *vmm_session_get_host (const VmmSession *session); /* borrowed */
const VmmRing  *vmm_session_get_ring (const VmmSession *session);

/* What is learnt of every row, in windows and outside; borrowed. */
VmmOutlook *vmm_session_get_outlook (const VmmSession *session);

/* Start and end of the newest window (monotonic us; the end is its last whole tick, or where it
 * was cut), and where its
 * rows are in the ring: first .. end - 1. Ticks due and missed so far in it. A row that comes later
 * than the end, for a pause that began before it, is the window's last row. All 0 before the
 * first start. */
typedef struct {
  gint64   start_us, end_us;
  guint    first, end;
  guint    ticks, missed;
  gboolean complete; /* it ran to its end */
} VmmWindow;
void vmm_session_get_window (const VmmSession *session, VmmWindow *ret_window);

/* Realtime (us since the epoch) at which the newest window began. */
gint64 vmm_session_get_created (const VmmSession *session);

/* The source that fills `channel`, or NULL; borrowed. And its word on the channel's absence. */
VmmSource *vmm_session_get_source (const VmmSession *session, VmmChannelId channel);
VmmReason  vmm_session_get_reason (const VmmSession *session, VmmChannelId channel);

/* Before a result is made of the window that ended: may wait for 0.2 s. */
void vmm_session_settle (VmmSession *session);

/* What the sources know of themselves now. Texts are the session's, valid until it is freed. */
void vmm_session_describe (const VmmSession *session, VmmDescription *ret_description);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmSession, vmm_session_free)
