/* SPDX-License-Identifier: MIT */
/* partner: a second thread that answers each byte, or keeps its CPU from going idle. */
#include "partner.h"

#include "stopwatch.h"
#include "vmm/error.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#define MAX_CPUS (8 * CPU_SETSIZE)

static gboolean
set_error (GError **error, const char *what)
{
  g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "%s: %s", what, g_strerror (errno));
  return FALSE;
}

/* The first byte says that the fields are filled in. Ends when `request` is closed, and closes
 * `reply`: whoever still waits for an answer is told that there will be none. */
static gpointer
answer (gpointer data)
{
  VmmPartner *partner = data;
  char        byte = 0;

  prctl (PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  partner->tid = (int) gettid ();
  partner->schedstat = vmm_waited_open ();
  pthread_getcpuclockid (pthread_self (), &partner->cpu_clock);
  while (write (partner->reply[1], &byte, 1) == 1 && read (partner->request[0], &byte, 1) == 1)
    while (g_atomic_int_get (&partner->spinning))
      sched_yield ();
  close (partner->reply[1]);
  partner->reply[1] = -1;
  return NULL;
}

guint
vmm_cpus_get (VmmCpuSet *ret_set)
{
  if (sched_getaffinity (0, sizeof ret_set->sets, ret_set->sets) < 0)
    return 0;
  return (guint) CPU_COUNT_S (sizeof ret_set->sets, ret_set->sets);
}

static gboolean
set_silent (GError **error)
{
  g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "the partner thread does not answer");
  return FALSE;
}

/* The `index`th CPU of the set alone. */
static void
pick_cpu (const VmmCpuSet *set, guint index, VmmCpuSet *ret_one)
{
  *ret_one = (VmmCpuSet){ 0 };
  for (int cpu = 0; cpu < MAX_CPUS; cpu++)
    if (CPU_ISSET_S (cpu, sizeof set->sets, set->sets) && index-- == 0) {
      CPU_SET_S (cpu, sizeof ret_one->sets, ret_one->sets);
      return;
    }
}

static gboolean
set_cpus (int tid, const VmmCpuSet *set)
{
  return sched_setaffinity (tid, sizeof set->sets, set->sets) == 0;
}

static void
close_pipe (int ends[2])
{
  for (guint i = 0; i < 2; i++) {
    if (ends[i] >= 0)
      close (ends[i]);
    ends[i] = -1;
  }
}

gboolean
vmm_partner_start (VmmPartner *partner, GError **error)
{
  char byte;

  if (partner->thread)
    return TRUE;
  *partner = (VmmPartner){ .request = { -1, -1 }, .reply = { -1, -1 }, .schedstat = -1 };
  if (pipe2 (partner->request, O_CLOEXEC) < 0 || pipe2 (partner->reply, O_CLOEXEC) < 0) {
    set_error (error, "pipe");
    close_pipe (partner->request);
    return FALSE;
  }
  partner->thread = g_thread_try_new ("vmm-partner", answer, partner, error);
  if (!partner->thread) {
    close_pipe (partner->request);
    close_pipe (partner->reply);
    return FALSE;
  }
  if (read (partner->reply[0], &byte, 1) == 1)
    return TRUE;
  vmm_partner_stop (partner);
  return set_silent (error);
}

void
vmm_partner_stop (VmmPartner *partner)
{
  if (!partner->thread)
    return;
  close (partner->request[1]);
  partner->request[1] = -1;
  g_thread_join (partner->thread);
  partner->thread = NULL;
  close_pipe (partner->request);
  close_pipe (partner->reply);
  if (partner->schedstat >= 0)
    close (partner->schedstat);
}

double
vmm_partner_cpu_seconds (const VmmPartner *partner)
{
  struct timespec used = { 0 };

  if (partner->thread)
    clock_gettime (partner->cpu_clock, &used);
  return (double) used.tv_sec + (double) used.tv_nsec / 1e9;
}

gboolean
vmm_partner_pin (VmmPartner *partner, guint64 random, gboolean same, GError **error)
{
  guint     n = vmm_cpus_get (&partner->allowed), first;
  VmmCpuSet ours, theirs;

  if (n == 0)
    return set_error (error, "sched_getaffinity");
  if (n == 1 && !same) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED, "only one CPU may be used");
    return FALSE;
  }
  first = (guint) (random % n);
  pick_cpu (&partner->allowed, first, &ours);
  pick_cpu (&partner->allowed, same ? first : (first + 1) % n, &theirs);
  if (set_cpus (partner->tid, &theirs) && set_cpus (0, &ours))
    return TRUE;
  set_error (error, "sched_setaffinity");
  vmm_partner_unpin (partner);
  return FALSE;
}

void
vmm_partner_unpin (VmmPartner *partner)
{
  set_cpus (0, &partner->allowed);
  set_cpus (partner->tid, &partner->allowed);
}

gboolean
vmm_partner_begin_spinning (VmmPartner *partner, GError **error)
{
  char byte = 0;

  g_atomic_int_set (&partner->spinning, TRUE);
  if (write (partner->request[1], &byte, 1) == 1)
    return TRUE;
  g_atomic_int_set (&partner->spinning, FALSE);
  return set_error (error, "pipe");
}

void
vmm_partner_end_spinning (VmmPartner *partner)
{
  char byte;

  if (!g_atomic_int_get (&partner->spinning))
    return;
  g_atomic_int_set (&partner->spinning, FALSE);
  while (read (partner->reply[0], &byte, 1) < 0 && errno == EINTR)
    ;
}

gboolean
vmm_partner_round_trips (VmmPartner *partner, guint n, GError **error)
{
  char byte = 0;

  for (guint i = 0; i < n; i++)
    if (write (partner->request[1], &byte, 1) != 1 || read (partner->reply[0], &byte, 1) != 1)
      return set_silent (error);
  return TRUE;
}
