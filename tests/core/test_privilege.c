/* SPDX-License-Identifier: MIT */
/* test_privilege: the right to open raw sockets is given back, that one alone and for good. */
#include "privilege.h"

#include <errno.h>
#include <linux/capability.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { GOOD, BAD, NOT_HERE };

static void
get_sets (struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3])
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  if (syscall (SYS_capget, &header, sets) != 0)
    _exit (NOT_HERE);
}

static gboolean
can_open_raw (void)
{
  int fd = socket (AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP);
  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

/* In a user namespace of its own a process has every capability there, and is nobody. */
static int
drop_there (void)
{
  struct __user_cap_data_struct before[_LINUX_CAPABILITY_U32S_3] = { 0 };
  struct __user_cap_data_struct after[_LINUX_CAPABILITY_U32S_3] = { 0 };
  const guint32                 raw = CAP_TO_MASK (CAP_NET_RAW);

  if (unshare (CLONE_NEWUSER | CLONE_NEWNET) != 0 || geteuid () == 0 || !can_open_raw ())
    return NOT_HERE;
  get_sets (before);
  if (!(before[0].effective & before[0].permitted & raw))
    return NOT_HERE;
  if (!vmm_privilege_drop_net_raw () || can_open_raw ())
    return BAD;
  get_sets (after);
  if (after[0].effective != (before[0].effective & ~raw) ||
      after[0].permitted != (before[0].permitted & ~raw) || after[0].inheritable & raw ||
      after[1].permitted != before[1].permitted)
    return BAD;
  return vmm_privilege_drop_net_raw () && !can_open_raw () ? GOOD : BAD; /* nothing to give */
}

static void
test_drop (void)
{
  int   status = -1;
  pid_t child = fork ();

  if (child == 0)
    _exit (drop_there ());
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == NOT_HERE)
    g_test_skip ("no user namespace here");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, GOOD);
}

static void
test_root_keeps (void)
{
  if (geteuid () != 0 || !can_open_raw ()) {
    g_test_skip ("not root");
    return;
  }
  g_assert_true (vmm_privilege_drop_net_raw ());
  g_assert_true (can_open_raw ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/privilege/drop", test_drop);
  g_test_add_func ("/privilege/root-keeps", test_root_keeps);
  return g_test_run ();
}
