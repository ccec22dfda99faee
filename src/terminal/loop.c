/* SPDX-License-Identifier: MIT */
/* loop: a main loop, or an error where GLib would abort the program for want of descriptors or threads. */
#include "vmm/loop.h"

#include "vmm/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <signal.h>
#include <unistd.h>

gboolean
vmm_loop_check (guint n, GError **error)
{
  g_autofree int *copies = g_new (int, n);
  guint           got = 0;

  while (got < n && (copies[got] = fcntl (STDERR_FILENO, F_DUPFD_CLOEXEC, 0)) >= 0)
    got++;
  int code = errno;
  for (guint i = 0; i < got; i++)
    close (copies[i]);
  if (got == n)
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_IO,
               _ ("%u more files must be open at once, and %u can be (ulimit -n): %s"), n, got,
               g_strerror (code));
  return FALSE;
}

static gpointer
do_nothing (gpointer data)
{
  return data;
}

static gboolean
check_threads (GError **error)
{
  g_autoptr (GError) refusal = NULL;
  g_autoptr (GThread) thread = g_thread_try_new ("check", do_nothing, NULL, &refusal);

  if (!thread) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO,
                 _ ("a second thread is needed (ulimit -u, -v): %s"), refusal->message);
    return FALSE;
  }
  g_thread_join (g_steal_pointer (&thread));
  return TRUE;
}

GMainLoop *
vmm_loop_new (GError **error)
{
  if (!vmm_loop_check (VMM_LOOP_DESCRIPTORS, error) || !check_threads (error))
    return NULL;
  g_source_unref (g_unix_signal_source_new (SIGHUP)); /* starts the thread that hears them */
  return g_main_loop_new (NULL, FALSE);
}
