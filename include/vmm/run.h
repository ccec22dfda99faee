/* SPDX-License-Identifier: MIT */
/* run: the life of a measurement: windows one after another, each judged once and, if wanted, kept.
 *
 * plan -> host -> session -> window -> result -> kept -> pause -> next window. The judging is a step
 * of its own after the window's last sample, so that a face can show that first. The next window
 * begins a pause after the one before was kept: no saving falls among its probes. After the last
 * one sampling goes on, as the session's. The results of several windows know that they belong together
 * (VmmPlace). Time is an argument, as in session.h. One thread; the
 * observer is called on it. */
#pragma once

#include "vmm/result.h"
#include "vmm/session.h"
#include "vmm/turns.h"

typedef struct _VmmRun VmmRun;

typedef enum {
  VMM_RUN_IDLE,      /* no window has begun yet */
  VMM_RUN_OBSERVING, /* in a window */
  VMM_RUN_JUDGING,   /* the window is complete, its result is due */
  VMM_RUN_KEEPING,   /* there is a result, and what becomes of it is not told yet */
  VMM_RUN_PAUSING,   /* between two windows */
  VMM_RUN_ENDED,     /* no window follows by itself */
} VmmRunState;

typedef struct {
  guint    windows; /* one after another; 0 = without end */
  guint    pause_s; /* between them; by turns they begin with their slots */
  gboolean keep;    /* each result is kept in the user's store */
  gboolean aside;   /* off the main loop, which runs; or else at once */
  VmmTurns turns;   /* or nobody's */
  VmmPlace place;   /* of the window before the first; with session "" they begin their own */
} VmmSchedule;

/* All may begin a window, stop or keep, but not free the run. NULL members are not called. */
typedef struct {
  void (*begun) (VmmRun *run, gpointer data);
  void (*sampled) (VmmRun *run, gpointer data); /* a row is complete, in a window or not */
  void (*finished) (VmmRun *run, VmmResult *result, gpointer data);
  /* `id` in the store; or NULL, and `error` says why, or it was not to be kept. `result` may be of
   * an earlier window than the newest. */
  void (*kept) (VmmRun *run, VmmResult *result, const char *id, const GError *error, gpointer data);
  void (*ended) (VmmRun *run, gpointer data); /* after the last one's `kept` */
  /* vmm_run_get_session() is another one; the one before is freed when this returns. */
  void (*replaced) (VmmRun *run, gpointer data);
  void (*paused) (VmmRun *run, gpointer data); /* before a window: vmm_run_get_next_us() is known */
  /* The ledger of the outlook cannot be read or kept. */
  void (*troubled) (VmmRun *run, const GError *error, gpointer data);
} VmmRunObserver;

/* Finds out about the host that the plan names, and makes the session. NULL and the error when that
 * cannot be made. */
VmmRun *vmm_run_new (const VmmPlan *plan, const VmmSchedule *schedule, GError **error);

/* The same of a session that is made already, and taken. */
VmmRun *vmm_run_new_with_session (VmmSession *session, const VmmSchedule *schedule);

/* A window that is over is judged first, one that is not is forgotten. What is being kept will be, but
 * is not told any more, and a GApplication does not end before. NULL is fine. */
void vmm_run_free (VmmRun *run);

/* `observer` is copied. */
void vmm_run_set_observer (VmmRun *run, const VmmRunObserver *observer, gpointer data);

/* Whether results are kept from now on. */
void vmm_run_set_keep (VmmRun *run, gboolean keep);

/* Lets the default main context of this thread do what is due, from now until the run is freed. What
 * can be painted before the judging is. */
void vmm_run_attach (VmmRun *run);

/* Begins a window at `now_us`, as vmm_session_start(); by turns, pauses until it is its turn, and ends
 * at once where that never comes. One that is over is judged first, one that is
 * not is forgotten. */
void vmm_run_begin (VmmRun *run, gint64 now_us, gint64 created_us);

/* Begins `windows` of them, one after another, which know that they belong together; 0 = without end. */
void vmm_run_begin_several (VmmRun *run, guint windows, gint64 now_us, gint64 created_us);

/* The same of `windows` (> 0) that go on at `place`, in its session. vmm_run_set_turns() makes an end of that. */
void vmm_run_begin_from (VmmRun *run, const VmmPlace *place, guint windows, gint64 now_us,
                         gint64 created_us);

/* Does what is due at `now_us`, which the wall clock calls `created_us`; returns the monotonic time at
 * which to call again. For runs that are not attached. */
gint64 vmm_run_step (VmmRun *run, gint64 now_us, gint64 created_us);

/* Stops sampling; no window follows. TRUE: one was cut short, and has its result, an invalid one. That
 * is kept like others if anything was measured. */
gboolean vmm_run_stop (VmmRun *run);

/* The same, but sampling goes on, as after the last window. */
gboolean vmm_run_cut (VmmRun *run);

/* From the next window on: by these turns until their end, in a session of their own; or, with 0 turns, one
 * window each time. Nothing begins or ends by that. */
void vmm_run_set_turns (VmmRun *run, const VmmTurns *turns);

/* After the window that is measured, or at once where none is, there is no other turn. */
void vmm_run_end_turns (VmmRun *run);

/* Keeps a result that its observer was told of, whatever the schedule says; NULL = the newest. */
void vmm_run_keep (VmmRun *run, VmmResult *result);

/* Does from now on as `plan` says, on the same host. More or less history changes nothing else; for
 * everything else there is a new session, whose first window is not begun yet. FALSE and the error:
 * all is as it was. */
gboolean vmm_run_follow (VmmRun *run, const VmmPlan *plan, GError **error);

VmmRunState     vmm_run_get_state (const VmmRun *run);
VmmSession     *vmm_run_get_session (const VmmRun *run); /* borrowed */
guint           vmm_run_get_number (const VmmRun *run);  /* of the newest window, from 1 */
guint           vmm_run_count_left (const VmmRun *run);  /* windows after it; 0 where without end */
VmmResult      *vmm_run_get_result (const VmmRun *run);  /* its; borrowed; NULL before */
const VmmTurns *vmm_run_get_turns (const VmmRun *run);
gint64          vmm_run_get_next_us (const VmmRun *run); /* when pausing: until then; or 0 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmRun, vmm_run_free)
