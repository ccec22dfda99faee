/* SPDX-License-Identifier: MIT */
/* aside: asks what may never answer on a thread of its own, a question at a time. */
#include "vmm/aside.h"

#include <string.h>

#define GOODBYE_US (G_USEC_PER_SEC / 10)
#define LATE_US (10 * (gint64) G_USEC_PER_SEC)

/* Whoever leaves last, of the owner and the thread, frees it. */
struct _VmmAside {
  const VmmAsideClass *class;
  gpointer state;
  GMutex   lock;
  GCond    changed;
  gint64   asked_us; /* G_MAXINT64 = no question waits */
  guint64  answers, taken;
  gpointer answer; /* the newest */
  gboolean has_thread, is_left;
};

static void
destroy (VmmAside *aside)
{
  aside->class->clear (aside->state);
  g_mutex_clear (&aside->lock);
  g_cond_clear (&aside->changed);
  g_free (aside->answer);
  g_free (aside);
}

/* With the lock, which is given back while the answer is found. */
static void
answer (VmmAside *aside, gpointer draft)
{
  gint64 asked_us = aside->asked_us;

  g_mutex_unlock (&aside->lock);
  memset (draft, 0, aside->class->answer_size);
  aside->class->work (aside->state, asked_us, draft);
  g_mutex_lock (&aside->lock);
  memcpy (aside->answer, draft, aside->class->answer_size);
  aside->answers++;
  aside->asked_us = G_MAXINT64;
  g_cond_broadcast (&aside->changed);
}

static gpointer
run (gpointer data)
{
  VmmAside           *aside = data;
  g_autofree gpointer draft = g_malloc (aside->class->answer_size);

  g_mutex_lock (&aside->lock);
  while (!aside->is_left)
    if (aside->asked_us != G_MAXINT64)
      answer (aside, draft);
    else
      g_cond_wait (&aside->changed, &aside->lock);
  g_mutex_unlock (&aside->lock);
  destroy (aside);
  return NULL;
}

VmmAside *
vmm_aside_new (const VmmAsideClass *class, gpointer state)
{
  VmmAside *aside = g_new0 (VmmAside, 1);

  aside->class = class;
  aside->state = state;
  aside->asked_us = G_MAXINT64;
  aside->answer = g_malloc0 (class->answer_size);
  g_mutex_init (&aside->lock);
  g_cond_init (&aside->changed);
  return aside;
}

void
vmm_aside_free (VmmAside *aside)
{
  if (!aside)
    return;
  if (!aside->has_thread) {
    destroy (aside);
    return;
  }
  vmm_aside_settle (aside, GOODBYE_US);
  g_mutex_lock (&aside->lock);
  aside->is_left = TRUE;
  g_cond_broadcast (&aside->changed);
  g_mutex_unlock (&aside->lock);
}

/* Where there can be no thread, the question waits for ever. */
static void
begin (VmmAside *aside)
{
  g_autoptr (GThread) thread = vmm_quiet_thread_new (aside->class->name, run, aside);

  aside->has_thread = thread != NULL;
}

gboolean
vmm_aside_ask (VmmAside *aside, gint64 now_us)
{
  g_mutex_lock (&aside->lock);
  gboolean is_free = aside->asked_us == G_MAXINT64;
  if (is_free) {
    aside->asked_us = now_us;
    g_cond_broadcast (&aside->changed);
  }
  g_mutex_unlock (&aside->lock);
  if (!aside->has_thread)
    begin (aside);
  return is_free;
}

gboolean
vmm_aside_take (VmmAside *aside, gint64 now_us, gpointer ret_answer, VmmCause *ret_cause)
{
  g_mutex_lock (&aside->lock);
  gboolean is_new = aside->answers > aside->taken;
  gboolean is_late = aside->asked_us != G_MAXINT64 && now_us - aside->asked_us > LATE_US;
  if (is_new)
    memcpy (ret_answer, aside->answer, aside->class->answer_size);
  aside->taken = aside->answers;
  g_mutex_unlock (&aside->lock);
  *ret_cause = is_new ? VMM_CAUSE_NONE : is_late ? VMM_CAUSE_NO_REPLY : VMM_CAUSE_NO_READING;
  return is_new;
}

gboolean
vmm_aside_settle (VmmAside *aside, gint64 limit_us)
{
  gint64   until_us = g_get_monotonic_time () + limit_us;
  gboolean is_settled;

  g_mutex_lock (&aside->lock);
  while (aside->asked_us != G_MAXINT64 && aside->has_thread &&
         g_cond_wait_until (&aside->changed, &aside->lock, until_us))
    ;
  is_settled = aside->asked_us == G_MAXINT64;
  g_mutex_unlock (&aside->lock);
  return is_settled;
}
