/* SPDX-License-Identifier: MIT */
/* helper: a small process of its own that makes and ends processes. */
#include "helper.h"

#include "helper_trim.h"
#include "stopwatch.h"
#include "vmm/error.h"
#include "vmm/language.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAGES 64
#define MAX_WAIT_S 2 /* for an answer */
#define SOCKET 0     /* the helper's descriptors */
#define SCHEDSTAT 1

typedef struct {
  gint64  ns;
  guint64 waited_ns;
  gint64  cpu_ns;
  int     problem; /* errno, 0 = none */
} Answer;

/* From here on, what the helper does. Its memory is given back, the C library's too, but for
 * syscall(). */
static gint64
get_ns (void)
{
  struct timespec now = { 0 };

  syscall (SYS_clock_gettime, CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

/* The second number of a schedstat. */
static guint64
get_waited_ns (int schedstat)
{
  char    text[80];
  long    length = syscall (SYS_pread64, schedstat, text, sizeof text, 0L);
  long    at = 0;
  guint64 waited_ns = 0;

  while (at < length && text[at] != ' ')
    at++;
  for (at++; at < length && text[at] >= '0' && text[at] <= '9'; at++)
    waited_ns = 10 * waited_ns + (guint64) (text[at] - '0');
  return waited_ns;
}

static char *
put_before (char *end, const char *text, guint n)
{
  while (n > 0)
    *--end = text[--n];
  return end;
}

/* Of a process that has ended and is not yet waited for. */
static guint64
get_child_waited_ns (pid_t pid)
{
  char    room[48];
  char   *path = put_before (room + sizeof room, "/schedstat", sizeof "/schedstat");
  guint64 waited_ns = 0;

  for (; pid > 0; pid /= 10)
    *--path = (char) ('0' + pid % 10);
  path = put_before (path, "/proc/", sizeof "/proc/" - 1);
  long schedstat = syscall (SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC, 0);
  if (schedstat >= 0) {
    waited_ns = get_waited_ns ((int) schedstat);
    syscall (SYS_close, schedstat);
  }
  return waited_ns;
}

static gint64
get_cpu_ns (int who)
{
  struct rusage used; /* clearing it may be a call of the C library */

  syscall (SYS_getrusage, who, &used);
  return ((gint64) used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000000 +
         ((gint64) used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1000;
}

static void
touch (char *pages, gsize page_bytes)
{
  for (guint i = 0; i < PAGES; i++)
    *(volatile char *) (pages + i * page_bytes) += 1;
}

/* By the system call: what parts of the program want to do around a fork would be gone in the helper, and
 * to it means nothing. */
static pid_t
make_child (void)
{
#ifdef __s390x__
  return (pid_t) syscall (SYS_clone, 0L, (long) SIGCHLD, 0L, 0L, 0L);
#else
  return (pid_t) syscall (SYS_clone, (long) SIGCHLD, 0L, 0L, 0L, 0L);
#endif
}

static void
make_process (char *pages, gsize page_bytes, Answer *ret_answer)
{
  siginfo_t info;
  guint64   waited_ns = get_waited_ns (SCHEDSTAT);
  gint64    begin_ns = get_ns ();
  pid_t     pid = make_child ();

  if (pid == 0) {
    touch (pages, page_bytes);
    syscall (SYS_exit_group, 0);
  }
  if (pid < 0) {
    ret_answer->problem = errno;
    return;
  }
  syscall (SYS_waitid, P_PID, pid, &info, WEXITED | WNOWAIT, NULL);
  ret_answer->ns = get_ns () - begin_ns;
  waited_ns = get_waited_ns (SCHEDSTAT) - waited_ns + get_child_waited_ns (pid);
  begin_ns = get_ns ();
  syscall (SYS_wait4, pid, NULL, 0, NULL);
  ret_answer->ns += get_ns () - begin_ns;
  ret_answer->waited_ns = waited_ns;
}

static G_GNUC_NORETURN void
serve (char *pages, gsize page_bytes)
{
  char request;

  do {
    Answer answer = { .problem = 0 };

    if (syscall (SYS_read, SOCKET, &request, 1L) != 1)
      break;
    if (request)
      make_process (pages, page_bytes, &answer);
    answer.cpu_ns = get_cpu_ns (RUSAGE_SELF) + get_cpu_ns (RUSAGE_CHILDREN);
    if (syscall (SYS_write, SOCKET, &answer, sizeof answer) != (long) sizeof answer)
      break;
  } while (TRUE);
  for (;;)
    syscall (SYS_exit_group, 0);
}

/* The handlers of the program are not for here: they would set its terminal back. */
static void
drop_handlers (void)
{
  const struct sigaction usual = { .sa_handler = SIG_DFL };

  for (int i = 1; i < NSIG; i++)
    sigaction (i, &usual, NULL);
}

static void
close_others (int socket)
{
  struct rlimit limit = { 0 };

  dup2 (socket, SOCKET);
#ifdef SYS_close_range
  if (syscall (SYS_close_range, SOCKET + 1, G_MAXUINT, 0) == 0)
    return;
#endif
  getrlimit (RLIMIT_NOFILE, &limit);
  for (int i = SOCKET + 1; i < (int) MIN (limit.rlim_cur, 65536); i++)
    close (i);
}

static G_GNUC_NORETURN void
be_helper (int socket, pid_t parent, gboolean trimmed)
{
  const struct rlimit none = { 0 };
  gsize               page_bytes = (gsize) sysconf (_SC_PAGESIZE);

  drop_handlers ();
  prctl (PR_SET_PDEATHSIG, (unsigned long) SIGKILL, 0UL, 0UL, 0UL);
  prctl (PR_SET_NAME, "vmm-helper");
  prctl (PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
  setrlimit (RLIMIT_CORE, &none);
  if (getppid () != parent)
    _exit (0); /* it ended meanwhile */
  close_others (socket);
  if (trimmed)
    vmm_helper_trim ();
  /* The descriptors are few now: this one becomes SCHEDSTAT. */
  syscall (SYS_openat, AT_FDCWD, "/proc/self/schedstat", O_RDONLY | O_CLOEXEC, 0);
  char *pages = (char *) syscall (SYS_mmap, NULL, PAGES * page_bytes, PROT_READ | PROT_WRITE,
                                  MAP_PRIVATE | MAP_ANONYMOUS, -1L, 0L);
  if (pages == MAP_FAILED)
    syscall (SYS_exit_group, 1);
  syscall (SYS_madvise, pages, PAGES * page_bytes, (long) MADV_NOHUGEPAGE);
  touch (pages, page_bytes);
  serve (pages, page_bytes);
}

/* From here on, what the probe does. */
static gboolean
set_error (GError **error, const char *what)
{
  g_set_error (error, VMM_ERROR, VMM_ERROR_IO, "%s: %s", what, vmm_strerror (errno));
  return FALSE;
}

static gboolean
ask (VmmHelper *helper, char request, Answer *ret_answer, GError **error)
{
  if (send (helper->socket, &request, 1, MSG_NOSIGNAL) != 1 ||
      recv (helper->socket, ret_answer, sizeof *ret_answer, 0) != (ssize_t) sizeof *ret_answer) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, VMM_SAID ("the helper process does not answer"));
    return FALSE;
  }
  helper->cpu_seconds = (double) ret_answer->cpu_ns / 1e9;
  if (ret_answer->problem == 0)
    return TRUE;
  errno = ret_answer->problem;
  return set_error (error, "fork");
}

static gboolean
try_start (VmmHelper *helper, gboolean trimmed, GError **error)
{
  const struct timeval patience = { .tv_sec = MAX_WAIT_S };
  pid_t                parent = getpid ();
  int                  sockets[2];
  Answer               answer;

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0)
    return set_error (error, "socketpair");
  setsockopt (sockets[0], SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  *helper = (VmmHelper){ .pid = make_child (), .socket = sockets[0] };
  if (helper->pid == 0)
    be_helper (sockets[1], parent, trimmed);
  if (helper->pid < 0) {
    set_error (error, "fork");
    close (sockets[0]);
    helper->pid = 0;
  }
  close (sockets[1]);
  if (helper->pid > 0 && ask (helper, 0, &answer, error))
    return TRUE;
  vmm_helper_stop (helper);
  return FALSE;
}

/* Where it does not live in little memory, it has all. */
gboolean
vmm_helper_start (VmmHelper *helper, GError **error)
{
  return helper->pid > 0 || try_start (helper, TRUE, NULL) || try_start (helper, FALSE, error);
}

gboolean
vmm_helper_make_process (VmmHelper *helper, gint64 *ret_ns, guint64 *ret_waited_ns, GError **error)
{
  Answer answer;

  if (!ask (helper, 1, &answer, error))
    return FALSE;
  *ret_ns = answer.ns;
  *ret_waited_ns = answer.waited_ns;
  return TRUE;
}

/* It ends when it next reads; one that was stopped from outside is ended. */
void
vmm_helper_stop (VmmHelper *helper)
{
  Answer answer;

  if (helper->pid <= 0)
    return;
  shutdown (helper->socket, SHUT_WR);
  while (recv (helper->socket, &answer, sizeof answer, 0) > 0)
    ;
  kill (helper->pid, SIGKILL);
  while (waitpid (helper->pid, NULL, 0) < 0 && errno == EINTR)
    ;
  close (helper->socket);
  helper->pid = 0;
}
