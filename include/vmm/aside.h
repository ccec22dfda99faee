/* SPDX-License-Identifier: MIT */
/* aside: asks what may never answer on a thread of its own, a question at a time.
 *
 * Everything here but the class's functions is called by one thread, and none of it waits unless it says
 * so. A worker that never comes back is left behind: what it works on is its own. */
#pragma once

#include "vmm/cause.h"

typedef struct {
  const char *name; /* of the thread, 15 bytes at most */

  /* On the thread. `work` answers in `answer`, whose bytes are zero; `clear` frees `state` at the end. */
  void (*work) (gpointer state, gint64 now_us, gpointer answer);
  void (*clear) (gpointer state);
  gsize answer_size;
} VmmAsideClass;

typedef struct _VmmAside VmmAside;

/* `state` is the worker's from now on. The thread begins with the first question. */
VmmAside *vmm_aside_new (const VmmAsideClass *class, gpointer state);
void      vmm_aside_free (VmmAside *aside); /* NULL is fine; waits 0.1 s for an answer at most */

/* Asks, unless the last question waits for its answer: FALSE then. */
gboolean vmm_aside_ask (VmmAside *aside, gint64 now_us);

/* Takes the newest answer, if it was not taken yet. FALSE when there is none, with `ret_answer` as it was
 * and why in *ret_cause: no new reading, or none for 10 s. */
gboolean vmm_aside_take (VmmAside *aside, gint64 now_us, gpointer ret_answer, VmmCause *ret_cause);

/* Waits until no question waits, `limit_us` at most. FALSE when one still does. */
gboolean vmm_aside_settle (VmmAside *aside, gint64 limit_us);

/* A thread that no signal comes to, nor to those that it makes: signals are for the main thread. But a
 * fault is the thread's own, and blocked it would end the process without the handlers that give a
 * terminal back. NULL when there can be none. */
GThread *vmm_quiet_thread_new (const char *name, GThreadFunc run, gpointer data);
