/* SPDX-License-Identifier: MIT */
/* aside: asks what may never answer on a thread of its own, a question at a time.
 *
 * Everything here but the class's functions is called by one thread, and none of it waits unless it says
 * so. A worker that never comes back is left behind: what it works on is its own. */
#pragma once

#include <glib.h>

typedef struct {
  const char *name; /* of the thread, 15 bytes at most */

  /* On the thread. `work` answers in `answer`, whose bytes are zero; `clear` frees `state` at the end. */
  void (*work) (gpointer state, gint64 now_us, gpointer answer);
  void (*clear) (gpointer state);
  gsize answer_size;
} AsideClass;

typedef struct _Aside Aside;

/* `state` is the worker's from now on. The thread begins with the first question. */
Aside *aside_new (const AsideClass *class, gpointer state);
void aside_free (Aside *aside); /* NULL is fine; waits a tenth of a second for an answer at most */

/* Asks, unless the last question waits for its answer. */
void aside_ask (Aside *aside, gint64 now_us);

/* Copies the newest answer (zero bytes if there is none yet); how many there were. */
guint64 aside_get (Aside *aside, gpointer ret_answer);

/* When the question that waits was asked; G_MAXINT64 = none waits. */
gint64 aside_get_asked (Aside *aside);

/* Waits until no question waits, `limit_us` at most. FALSE when one still does. */
gboolean aside_settle (Aside *aside, gint64 limit_us);
