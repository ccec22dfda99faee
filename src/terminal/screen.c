/* SPDX-License-Identifier: MIT */
/* screen: enters and leaves the alternate screen, from signal handlers too. */
#include "screen.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static const char enter_sequence[] = "\033[?1049h\033[?25l\033[H\033[2J";
static const char leave_sequence[] = VMM_SCREEN_LEAVE;

#define PATIENCE_MS 200 /* with a terminal that takes nothing */

static const int fatal_signals[] = { SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGQUIT, SIGTRAP };
static const int final_signals[] = { SIGINT, SIGTERM, SIGHUP };

/* Process-wide because signals are. Written before `entered` is set, read by the handlers after. */
static volatile sig_atomic_t entered;
static int                   screen_fd;
static struct termios        original, quiet;
static volatile sig_atomic_t has_modes;

/* Async-signal-safe, as is all that calls it. Nobody waits for a terminal that nobody reads. */
static gboolean
write_patiently (const char *sequence, size_t length)
{
  struct pollfd ready = { .fd = screen_fd, .events = POLLOUT };

  while (length > 0) {
    ssize_t n = poll (&ready, 1, PATIENCE_MS) > 0 ? write (screen_fd, sequence, length) : -1;
    if (n <= 0)
      return FALSE;
    sequence += n;
    length -= (size_t) n;
  }
  return TRUE;
}

/* A terminal that was stopped (Ctrl-S) is started again. */
static gboolean
switch_to (const char *sequence, size_t length, const struct termios *modes)
{
  /* NOLINTBEGIN(concurrency-mt-unsafe): glibc's is one ioctl(), which any thread may do */
  tcflow (screen_fd, TCOOFF); /* without which the next is about nothing */
  tcflow (screen_fd, TCOON);
  /* NOLINTEND(concurrency-mt-unsafe) */
  gboolean is_written = write_patiently (sequence, length);
  if (has_modes)
    tcsetattr (STDIN_FILENO, TCSANOW, modes);
  return is_written;
}

static gboolean
give_back (void)
{
  if (!entered)
    return TRUE;
  entered = 0;
  return switch_to (leave_sequence, sizeof leave_sequence - 1, &original);
}

static void
on_fatal (int number)
{
  give_back ();
  raise (number); /* the handler is reset already: the default action follows */
}

static void
on_suspend (int number)
{
  int saved_errno = errno, was_entered = entered;

  give_back ();
  raise (SIGSTOP);
  /* cppcheck-suppress unreachableCode ; SIGCONT comes back here */
  if (was_entered) {
    switch_to (enter_sequence, sizeof enter_sequence - 1, &quiet);
    entered = 1;
  }
  errno = saved_errno;
}

static void
handle (const int *numbers, guint n, void (*handler) (int), int flags)
{
  struct sigaction action = { .sa_handler = handler, .sa_flags = flags };

  sigfillset (&action.sa_mask);
  for (guint i = 0; i < n; i++) {
    if (flags & SA_NODEFER)
      sigdelset (&action.sa_mask, numbers[i]);
    sigaction (numbers[i], &action, NULL);
  }
}

gboolean
vmm_screen_enter (int fd)
{
  static const int suspend = SIGTSTP;

  g_return_val_if_fail (!entered, FALSE);
  screen_fd = fd;
  has_modes = isatty (STDIN_FILENO) && tcgetpgrp (STDIN_FILENO) == getpgrp () &&
              tcgetattr (STDIN_FILENO, &original) == 0;
  quiet = original;
  quiet.c_lflag &= (tcflag_t) ~(ECHO | ICANON);

  handle (fatal_signals, G_N_ELEMENTS (fatal_signals), on_fatal, SA_RESETHAND | SA_NODEFER);
  handle (&suspend, 1, on_suspend, SA_RESTART);
  entered = 1;
  switch_to (enter_sequence, sizeof enter_sequence - 1, &quiet);
  return has_modes;
}

gboolean
vmm_screen_leave (void)
{
  return give_back ();
}

void
vmm_screen_make_signals_final (void)
{
  handle (final_signals, G_N_ELEMENTS (final_signals), on_fatal, SA_RESETHAND | SA_NODEFER);
}
