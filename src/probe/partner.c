/* SPDX-License-Identifier: MIT */
/* partner: a second thread that answers each byte. */
#include "partner.h"

#include "loopback.h"
#include "stopwatch.h"
#include "vmm/cause.h"
#include "vmm/error.h"
#include "vmm/language.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static gboolean
set_error (GError **error, const char *what)
{
  g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "%s: %s", what, vmm_strerror (errno));
  return FALSE;
}

/* Before the first byte its fields are filled in. Ends when `request` is closed, and closes
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
  g_atomic_int_set (&partner->is_there, TRUE);
  while (write (partner->reply[1], &byte, 1) == 1 && read (partner->request[0], &byte, 1) == 1)
    ;
  shutdown (partner->reply[1], SHUT_RDWR); /* no harm to a pipe */
  close (partner->reply[1]);
  partner->reply[1] = -1;
  return NULL;
}

static gboolean
set_silent (GError **error)
{
  g_set_error (error, VMM_ERROR, VMM_ERROR_IO, VMM_SAID ("the partner thread does not answer"));
  return FALSE;
}

static void
set_policy (int tid, int policy)
{
  const struct sched_param none = { 0 };

  sched_setscheduler (tid, policy, &none);
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

static gboolean
link_pipes (VmmPartner *partner, GError **error)
{
  return (pipe2 (partner->request, O_CLOEXEC) == 0 && pipe2 (partner->reply, O_CLOEXEC) == 0) ||
         set_error (error, "pipe");
}

/* Each end both ways. */
static gboolean
link_tcp (VmmPartner *partner, GError **error)
{
  if (!vmm_loopback_connect (partner->request, error))
    return FALSE;
  partner->reply[0] = fcntl (partner->request[1], F_DUPFD_CLOEXEC, 0);
  partner->reply[1] = fcntl (partner->request[0], F_DUPFD_CLOEXEC, 0);
  return (partner->reply[0] >= 0 && partner->reply[1] >= 0) || set_error (error, "dup");
}

static gboolean
start_thread (VmmPartner *partner, GError **error)
{
  partner->thread = g_thread_try_new ("vmm-partner", answer, partner, NULL);
  if (!partner->thread)
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, vmm_cause_sentence (VMM_CAUSE_NO_THREAD));
  return partner->thread != NULL;
}

static gboolean
start (VmmPartner *partner, gboolean (*link) (VmmPartner *, GError **), GError **error)
{
  char byte;

  if (partner->thread)
    return TRUE;
  *partner = (VmmPartner){ .request = { -1, -1 }, .reply = { -1, -1 }, .schedstat = -1 };
  if (!link (partner, error) || !start_thread (partner, error)) {
    close_pipe (partner->request);
    close_pipe (partner->reply);
    return FALSE;
  }
  if (read (partner->reply[0], &byte, 1) == 1 && g_atomic_int_get (&partner->is_there))
    return TRUE;
  vmm_partner_stop (partner);
  return set_silent (error);
}

gboolean
vmm_partner_start (VmmPartner *partner, GError **error)
{
  return start (partner, link_pipes, error);
}

gboolean
vmm_partner_start_tcp (VmmPartner *partner, GError **error)
{
  return start (partner, link_tcp, error);
}

void
vmm_partner_stop (VmmPartner *partner)
{
  if (!partner->thread)
    return;
  shutdown (partner->request[1], SHUT_RDWR);
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

/* By the usual policy one that wakes up takes the other's place or does not, as the queue stands:
 * beside other tasks a trip is then another thing than alone. */
void
vmm_partner_be_patient (VmmPartner *partner, gboolean patient)
{
  if (patient ? sched_getscheduler (0) != SCHED_OTHER : !partner->patient)
    return;
  set_policy (0, patient ? SCHED_BATCH : SCHED_OTHER);
  set_policy (partner->tid, patient ? SCHED_BATCH : SCHED_OTHER);
  partner->patient = patient;
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
