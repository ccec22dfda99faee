/* SPDX-License-Identifier: MIT */
/* locks: GLib's mutexes and conditions made of pthread's, and its counts of references made under one:
 * preloaded where ThreadSanitizer looks, which knows these and not GLib's own. */
#include <dlfcn.h>
#include <glib.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t *
get_mutex (GMutex *mutex)
{
  pthread_mutex_t *own = __atomic_load_n ((pthread_mutex_t **) &mutex->p, __ATOMIC_SEQ_CST);
  gpointer         none = NULL;

  if (own)
    return own;
  own = malloc (sizeof *own);
  pthread_mutex_init (own, NULL);
  if (__atomic_compare_exchange_n (&mutex->p, &none, (gpointer) own, FALSE, __ATOMIC_SEQ_CST,
                                   __ATOMIC_SEQ_CST))
    return own;
  pthread_mutex_destroy (own);
  free (own);
  return none;
}

static pthread_cond_t *
get_condition (GCond *condition)
{
  pthread_cond_t    *own = __atomic_load_n ((pthread_cond_t **) &condition->p, __ATOMIC_SEQ_CST);
  gpointer           none = NULL;
  pthread_condattr_t attributes;

  if (own)
    return own;
  own = malloc (sizeof *own);
  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_cond_init (own, &attributes);
  pthread_condattr_destroy (&attributes);
  if (__atomic_compare_exchange_n (&condition->p, &none, (gpointer) own, FALSE, __ATOMIC_SEQ_CST,
                                   __ATOMIC_SEQ_CST))
    return own;
  pthread_cond_destroy (own);
  free (own);
  return none;
}

void
g_mutex_init (GMutex *mutex)
{
  mutex->p = NULL;
  get_mutex (mutex); /* made before there is a thread that may ask for it */
}

void
g_mutex_clear (GMutex *mutex)
{
  if (mutex->p)
    pthread_mutex_destroy (mutex->p);
  free (mutex->p);
}

void
g_mutex_lock (GMutex *mutex)
{
  pthread_mutex_lock (get_mutex (mutex));
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  return pthread_mutex_trylock (get_mutex (mutex)) == 0;
}

void
g_mutex_unlock (GMutex *mutex)
{
  pthread_mutex_unlock (get_mutex (mutex));
}

void
g_cond_init (GCond *cond)
{
  cond->p = NULL;
  get_condition (cond);
}

void
g_cond_clear (GCond *cond)
{
  if (cond->p)
    pthread_cond_destroy (cond->p);
  free (cond->p);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  pthread_cond_wait (get_condition (cond), get_mutex (mutex));
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end_time)
{
  struct timespec end = { end_time / G_USEC_PER_SEC, end_time % G_USEC_PER_SEC * 1000 };
  return pthread_cond_timedwait (get_condition (cond), get_mutex (mutex), &end) == 0;
}

void
g_cond_signal (GCond *cond)
{
  pthread_cond_signal (get_condition (cond));
}

void
g_cond_broadcast (GCond *cond)
{
  pthread_cond_broadcast (get_condition (cond));
}

/* Whoever frees a box comes after all who let go of it before. */
void
g_atomic_rc_box_release_full (gpointer box, GDestroyNotify clear)
{
  static pthread_mutex_t counted = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
  void (*next) (gpointer, GDestroyNotify);

  *(void **) &next = dlsym (RTLD_NEXT, "g_atomic_rc_box_release_full");
  pthread_mutex_lock (&counted);
  next (box, clear);
  pthread_mutex_unlock (&counted);
}
