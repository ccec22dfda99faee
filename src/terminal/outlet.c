/* SPDX-License-Identifier: MIT */
/* outlet: writes what the reader takes, lets the rest wait, and counts what is too much. */
#include "outlet.h"

#include "vmm/text.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#define STOPPED_PATIENCE_MS 1000
#define POLL_MS 100
#define PAUSE_US 10000 /* where poll() promises what write() does not keep */

struct _VmmOutlet {
  int      fd;
  gboolean is_own;      /* `fd` is ours, and non-blocking */
  gboolean is_terminal; /* where poll() promises one byte, and a write of more would wait */
  gboolean utf8;
  GString *waiting;
  gsize    bytes;   /* that may wait */
  guint    dropped; /* lines since the last that was queued */
  int      patience_ms;
};

/* The same terminal again, or -1 where it is another user's or there is no /proc. */
static int
open_again (int fd)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);

  return open (path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

VmmOutlet *
vmm_outlet_new (int fd, gsize bytes)
{
  VmmOutlet *outlet = g_new0 (VmmOutlet, 1);
  gboolean   is_terminal = isatty (fd);
  int        own = is_terminal ? open_again (fd) : -1;

  *outlet = (VmmOutlet){
    .fd = own >= 0 ? own : fd,
    .is_own = own >= 0,
    .is_terminal = is_terminal,
    .utf8 = g_get_charset (NULL),
    .waiting = g_string_new (NULL),
    .bytes = bytes,
  };
  return outlet;
}

void
vmm_outlet_free (VmmOutlet *outlet)
{
  if (outlet->is_own)
    close (outlet->fd);
  g_string_free (outlet->waiting, TRUE);
  g_free (outlet);
}

int
vmm_outlet_get_fd (const VmmOutlet *outlet)
{
  return outlet->fd;
}

static gboolean
is_ready (int fd, int timeout_ms)
{
  struct pollfd ready = { .fd = fd, .events = POLLOUT };
  return poll (&ready, 1, timeout_ms) > 0;
}

/* Non-blocking for one write, on a description that others have too. */
static gssize
write_shared (int fd, const char *bytes, gsize length)
{
  int flags = fcntl (fd, F_GETFL);

  fcntl (fd, F_SETFL, flags | O_NONBLOCK);
  gssize n = write (fd, bytes, length);
  int    code = errno;
  fcntl (fd, F_SETFL, flags);
  errno = code;
  return n;
}

/* As write(), with EAGAIN where it would wait. A pipe that is ready takes PIPE_BUF bytes. */
static gssize
write_now (const VmmOutlet *outlet, const char *bytes, gsize length)
{
  if (outlet->is_own)
    return write (outlet->fd, bytes, length);
  if (outlet->is_terminal)
    return write_shared (outlet->fd, bytes, length);
  if (is_ready (outlet->fd, 0))
    return write (outlet->fd, bytes, MIN (length, PIPE_BUF));
  errno = EAGAIN;
  return -1;
}

/* Writes what is taken now. FALSE when nothing ever will be. */
static gboolean
pump (VmmOutlet *outlet, GError **error)
{
  gsize  done = 0;
  gssize n = 1;

  while (done < outlet->waiting->len && n > 0) {
    n = write_now (outlet, outlet->waiting->str + done, outlet->waiting->len - done);
    done += (gsize) MAX (n, 0);
  }
  int code = errno;
  g_string_erase (outlet->waiting, 0, (gssize) done);
  if (n >= 0 || code == EAGAIN || code == EINTR)
    return TRUE;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), _ ("standard output: %s"),
               g_strerror (code));
  return FALSE;
}

static void
append (VmmOutlet *outlet, const char *text)
{
  g_autofree char *ascii = outlet->utf8 ? NULL : vmm_text_to_ascii (text);

  g_string_append (outlet->waiting, ascii ? ascii : text);
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text; text++)
    n += *text == '\n';
  return n;
}

static void
append_dropped (VmmOutlet *outlet)
{
  g_autofree char *line = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "(%u line is left out: nobody read it in time)\n",
                   "(%u lines are left out: nobody read them in time)\n", outlet->dropped),
      outlet->dropped);

  append (outlet, line);
  outlet->dropped = 0;
}

/* Once something was dropped, so is all that comes until there is room for more than a line. */
static gboolean
has_room (const VmmOutlet *outlet, gsize length)
{
  gsize bytes = outlet->dropped > 0 ? outlet->bytes / 2 : outlet->bytes;
  return outlet->waiting->len == 0 || outlet->waiting->len + length <= bytes;
}

static gboolean
flush (VmmOutlet *outlet, GError **error)
{
  gint64 taken_us = g_get_monotonic_time ();
  gsize  left = outlet->waiting->len;

  while (pump (outlet, error)) {
    if (outlet->waiting->len == 0)
      return TRUE;
    gint64 now_us = g_get_monotonic_time ();
    if (outlet->waiting->len < left)
      taken_us = now_us;
    else if (outlet->patience_ms > 0 &&
             now_us - taken_us >= outlet->patience_ms * G_GINT64_CONSTANT (1000)) {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                           _ ("standard output: nobody reads it"));
      return FALSE;
    } else if (is_ready (outlet->fd, POLL_MS))
      g_usleep (PAUSE_US);
    left = outlet->waiting->len;
  }
  return FALSE;
}

static gboolean
move (VmmOutlet *outlet, GError **error)
{
  return outlet->patience_ms ? flush (outlet, error) : pump (outlet, error);
}

gboolean
vmm_outlet_put (VmmOutlet *outlet, const char *text, GError **error)
{
  if (!move (outlet, error))
    return FALSE;
  if (!has_room (outlet, strlen (text))) {
    outlet->dropped += count_lines (text);
    return TRUE;
  }
  if (outlet->dropped > 0)
    append_dropped (outlet);
  append (outlet, text);
  return move (outlet, error);
}

gboolean
vmm_outlet_is_waiting (const VmmOutlet *outlet)
{
  return outlet->waiting->len > 0;
}

void
vmm_outlet_discard (VmmOutlet *outlet)
{
  g_string_truncate (outlet->waiting, 0);
}

void
vmm_outlet_be_patient (VmmOutlet *outlet, int patience_ms)
{
  outlet->patience_ms = patience_ms;
}

void
vmm_outlet_end (VmmOutlet *output, VmmOutlet *errors, gboolean stopped)
{
  int patience_ms = stopped ? STOPPED_PATIENCE_MS : VMM_OUTLET_FOR_EVER;

  vmm_outlet_be_patient (output, patience_ms);
  vmm_outlet_be_patient (errors, patience_ms);
}
