/* SPDX-License-Identifier: MIT */
/* idler: a thread that keeps its CPU from going idle, and gives way to everybody. */
#include "idler.h"

#include "stopwatch.h"
#include "vmm/cause.h"
#include "vmm/error.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <string.h>
#include <unistd.h>

#define AWAKE_NS 1000000
#define SPINS 1000 /* less than 1 us */

/* Shared by the thread and its owner; the last of them frees it. */
struct VmmIdler {
  int ask[2]; /* a pipe: the thread's end, where a byte begins the spinning, and the owner's */
  int tid;
  clockid_t cpu_clock;
  GMutex    lock;     /* of `started`, taken once by each */
  GCond     is_ready; /* tid and cpu_clock are there */
  gboolean  started;
  gint      spinning, kicks; /* atomic */
};

static void
clear_idler (gpointer data)
{
  VmmIdler *idler = data;

  close (idler->ask[0]);
  g_mutex_clear (&idler->lock);
  g_cond_clear (&idler->is_ready);
}

static void
release (VmmIdler *idler)
{
  g_atomic_rc_box_release_full (idler, clear_idler);
}

/* In user mode throughout: an interrupt shall meet the CPU as it meets that of a guest with work of
 * its own. */
static void
spin (VmmIdler *idler)
{
  gint   kicks = g_atomic_int_get (&idler->kicks);
  gint64 until_ns = vmm_now_ns () + AWAKE_NS;

  while (g_atomic_int_get (&idler->spinning)) {
    for (guint i = 0; i < SPINS && g_atomic_int_get (&idler->spinning); i++)
      ;
    if (g_atomic_int_get (&idler->kicks) != kicks) {
      kicks = g_atomic_int_get (&idler->kicks);
      until_ns = vmm_now_ns () + AWAKE_NS;
    } else if (vmm_now_ns () >= until_ns) {
      g_atomic_int_set (&idler->spinning, FALSE);
    }
  }
}

static void
announce (VmmIdler *idler)
{
  g_mutex_lock (&idler->lock);
  idler->tid = (int) gettid ();
  pthread_getcpuclockid (pthread_self (), &idler->cpu_clock);
  idler->started = TRUE;
  g_cond_signal (&idler->is_ready);
  g_mutex_unlock (&idler->lock);
}

/* The policy comes late: until then the owner waits for this thread. Ends when the owner's end of
 * the pipe is closed. */
static gpointer
stay (gpointer data)
{
  const struct sched_param none = { 0 };
  VmmIdler                *idler = data;
  char                     byte;
  ssize_t                  length;

  announce (idler);
  sched_setscheduler (0, SCHED_IDLE, &none);
  while ((length = read (idler->ask[0], &byte, 1)) > 0 || (length < 0 && errno == EINTR))
    spin (idler);
  release (idler);
  return NULL;
}

static void
wait_for_start (VmmIdler *idler)
{
  g_mutex_lock (&idler->lock);
  while (!idler->started)
    g_cond_wait (&idler->is_ready, &idler->lock);
  g_mutex_unlock (&idler->lock);
}

static gboolean
set_error (GError **error)
{
  g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "pipe: %s", vmm_strerror (errno));
  return FALSE;
}

VmmIdler *
vmm_idler_new (GError **error)
{
  int ask[2];
  if (pipe2 (ask, O_CLOEXEC) < 0) {
    set_error (error);
    return NULL;
  }

  VmmIdler *idler = g_atomic_rc_box_new0 (VmmIdler);
  memcpy (idler->ask, ask, sizeof ask);
  g_mutex_init (&idler->lock);
  g_cond_init (&idler->is_ready);
  GThread *thread = g_thread_try_new ("vmm-idler", stay, g_atomic_rc_box_acquire (idler), NULL);
  if (!thread) {
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, vmm_cause_sentence (VMM_CAUSE_NO_THREAD));
    release (idler); /* the thread's share */
    vmm_idler_free (idler);
    return NULL;
  }
  g_thread_unref (thread);
  wait_for_start (idler);
  return idler;
}

void
vmm_idler_free (VmmIdler *idler)
{
  if (!idler)
    return;
  vmm_idler_rest (idler);
  close (idler->ask[1]);
  release (idler);
}

int
vmm_idler_tid (const VmmIdler *idler)
{
  return idler->tid;
}

double
vmm_idler_cpu_seconds (const VmmIdler *idler)
{
  struct timespec used = { 0 };

  if (idler)
    clock_gettime (idler->cpu_clock, &used);
  return (double) used.tv_sec + (double) used.tv_nsec / 1e9;
}

gboolean
vmm_idler_keep_awake (VmmIdler *idler, GError **error)
{
  g_atomic_int_inc (&idler->kicks);
  if (g_atomic_int_get (&idler->spinning))
    return TRUE;
  g_atomic_int_set (&idler->spinning, TRUE);
  if (write (idler->ask[1], "", 1) == 1)
    return TRUE;
  g_atomic_int_set (&idler->spinning, FALSE);
  return set_error (error);
}

void
vmm_idler_rest (VmmIdler *idler)
{
  g_atomic_int_set (&idler->spinning, FALSE);
}
