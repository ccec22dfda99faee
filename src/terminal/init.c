/* SPDX-License-Identifier: MIT */
/* init: makes the process fit for a command line. */
#include "vmm/face.h"

#include "catalogue.h"
#include "console.h"

#include <errno.h>
#include <pwd.h>
#include <signal.h>
#include <unistd.h>

/* Who has no home and is in no list of users, as in a guest that is hardly more than a kernel, has
 * what GLib falls back to; which it would say on standard error whenever it is asked. */
static void
find_home (void)
{
  struct passwd entry, *found = NULL;
  char          strings[4096];

  if (!g_getenv ("HOME") &&
      getpwuid_r (getuid (), &entry, strings, sizeof strings, &found) != ERANGE && !found)
    g_setenv ("HOME", "/", TRUE);
}

void
vmm_terminal_init (void)
{
  vmm_console_guard ();
  vmm_catalogue_open ();
  find_home ();
  signal (SIGPIPE, SIG_IGN);
  signal (SIGXFSZ, SIG_IGN); /* ulimit -f: writing fails with EFBIG, and says so */
  g_set_prgname ("vmm_monitor");
}
