/* SPDX-License-Identifier: MIT */
/* console: finds out what standard output can show, and writes to it. */
#include "console.h"

#include "vmm/text.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define MIN_PAGE 50 /* columns */
#define MAX_PAGE 80

static const VmmStyle plain = { { "", "", "", "", "", "" }, "", "", "", 0 };

/* Of the 16 colours that every theme keeps legible; blue alone needs its bright form on black. */
static const VmmStyle coloured = { { "\033[94m", "\033[32m", "\033[33m", "\033[31m", "\033[35m",
                                     "\033[36m" },
                                   "\033[1m",
                                   "\033[2m",
                                   "\033[0m",
                                   0 };

static gboolean
is_set (const char *variable)
{
  const char *value = g_getenv (variable);
  return value && value[0];
}

void
vmm_console_measure (VmmConsole *console)
{
  struct winsize size = { 0 };

  console->width = 80;
  console->height = 24;
  if (ioctl (console->fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
    console->width = size.ws_col;
    console->height = size.ws_row;
  }
}

void
vmm_console_init (VmmConsole *ret_console, int fd)
{
  gboolean terminal = isatty (fd) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0 && is_set ("TERM");

  ret_console->fd = fd;
  ret_console->live = terminal && tcgetpgrp (fd) == getpgrp ();
  ret_console->utf8 = g_get_charset (NULL);
  ret_console->colour = terminal && !is_set ("NO_COLOR");
  vmm_console_measure (ret_console);
}

VmmStyle
vmm_console_style (const VmmConsole *console)
{
  VmmStyle style = console->colour ? coloured : plain;

  style.width = console->width ? CLAMP (console->width, MIN_PAGE, MAX_PAGE) : MAX_PAGE;
  return style;
}

/* Until a write of PIPE_BUF bytes would not block, on a terminal one of a byte; or until a signal comes:
 * then errno is EINTR. */
static gboolean
wait_writable (int fd)
{
  struct pollfd ready = { .fd = fd, .events = POLLOUT };
  return poll (&ready, 1, -1) > 0;
}

/* Where nobody reads, a signal must still be heard: it waits in poll(), which signals interrupt. */
static gboolean
write_all (int fd, const char *bytes, gsize length, GError **error)
{
  while (length > 0) {
    gssize n = wait_writable (fd) ? write (fd, bytes, MIN (length, PIPE_BUF)) : -1;
    if (n < 0) {
      int code = errno;
      g_set_error (error, G_IO_ERROR,
                   code == EINTR ? G_IO_ERROR_CANCELLED : (int) g_io_error_from_errno (code),
                   _ ("standard output: %s"), g_strerror (code));
      return FALSE;
    }
    bytes += n;
    length -= (gsize) n;
  }
  return TRUE;
}

static gboolean
write_text (const VmmConsole *console, const char *text, GError **error)
{
  g_autofree char *ascii = console->utf8 ? NULL : vmm_text_to_ascii (text);
  const char      *bytes = ascii ? ascii : text;

  return write_all (console->fd, bytes, strlen (bytes), error);
}

gboolean
vmm_console_write_raw (const VmmConsole *console, const char *text, GError **error)
{
  return write_all (console->fd, text, strlen (text), error);
}

static gboolean
print (const char *text, gboolean (*put) (const VmmConsole *, const char *, GError **))
{
  VmmConsole console;
  g_autoptr (GError) error = NULL;

  vmm_console_init (&console, STDOUT_FILENO);
  if (put (&console, text, &error))
    return TRUE;
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE))
    vmm_console_complain ("%s", error->message);
  return FALSE;
}

gboolean
vmm_console_print (const char *text)
{
  return print (text, write_text);
}

gboolean
vmm_console_print_raw (const char *text)
{
  return print (text, vmm_console_write_raw);
}

char *
vmm_console_complaint (const char *message)
{
  g_autofree char *clean = vmm_text_clean (message);

  return g_strdup_printf ("vmm_monitor: %s\n", clean);
}

void
vmm_console_complain (const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  g_autofree char *line = vmm_console_complaint (message);
  VmmConsole       console = { .fd = STDERR_FILENO, .utf8 = g_get_charset (NULL) };
  write_text (&console, line, NULL);
}

void
vmm_console_guard (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0 && errno == EBADF) {
      /* The lowest free number is `fd`. Opened the wrong way round, so that use is an error. */
      int opened = open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
      g_warn_if_fail (opened == fd || opened < 0);
    }
}
