/* SPDX-License-Identifier: MIT */
/* quiet: a thread that no signal comes to. */
#include "vmm/aside.h"

#include <pthread.h>
#include <signal.h>

static void
block_signals (sigset_t *ret_before)
{
  static const int faults[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGABRT };
  sigset_t         blocked;

  sigfillset (&blocked);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    sigdelset (&blocked, faults[i]);
  pthread_sigmask (SIG_SETMASK, &blocked, ret_before);
}

GThread *
vmm_quiet_thread_new (const char *name, GThreadFunc run, gpointer data)
{
  sigset_t before;

  block_signals (&before);
  GThread *thread = g_thread_try_new (name, run, data, NULL);
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  return thread;
}
