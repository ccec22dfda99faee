/* SPDX-License-Identifier: MIT */
/* wire: a cable between two TAP devices that takes its time and loses frames.
 *
 * usage: wire ONE OTHER DELAY_MS LOSS_PERCENT. A frame waits half of the delay each way, so that a
 * round trip takes all of it. In namespaces of their own (wire.sh): nothing leaves the machine. */
#include <fcntl.h>
#include <glib.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { MAX_WAITING = 4096 }; /* frames; what comes on top is lost, as in a switch */

typedef struct {
  gint64 due_us;
  int    to;
  gssize length;
  guint8 bytes[1600];
} Frame;

static int
open_tap (const char *name)
{
  struct ifreq request = { .ifr_flags = IFF_TAP | IFF_NO_PI };
  int          fd = open ("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    return -1;
  g_strlcpy (request.ifr_name, name, sizeof request.ifr_name);
  if (ioctl (fd, TUNSETIFF, &request) == 0)
    return fd;
  close (fd);
  return -1;
}

/* All frames wait equally long: the first to come is the first to go. Returns until when to sleep. */
static gint64
deliver (GQueue *waiting)
{
  for (;;) {
    Frame *first = g_queue_peek_head (waiting);
    if (!first)
      return -1;
    gint64 wait_us = first->due_us - g_get_monotonic_time ();
    if (wait_us > 0)
      return wait_us;
    if (write (first->to, first->bytes, (gsize) first->length) < 0)
      g_debug ("a frame was not taken");
    g_free (g_queue_pop_head (waiting));
  }
}

static void
take (int from, int to, double half_us, double loss, GQueue *waiting)
{
  for (;;) {
    g_autofree Frame *frame = g_new (Frame, 1);
    frame->length = read (from, frame->bytes, sizeof frame->bytes);
    if (frame->length <= 0)
      return;
    if (g_random_double () < loss || g_queue_get_length (waiting) >= MAX_WAITING)
      continue;
    frame->to = to;
    frame->due_us = g_get_monotonic_time () + (gint64) half_us;
    g_queue_push_tail (waiting, g_steal_pointer (&frame));
  }
}

int
main (int argc, char **argv)
{
  if (argc != 5) {
    g_printerr ("usage: wire ONE OTHER DELAY_MS LOSS_PERCENT\n");
    return 2;
  }
  double half_us = g_ascii_strtod (argv[3], NULL) * 500;
  double loss = g_ascii_strtod (argv[4], NULL) / 100;
  int    one = open_tap (argv[1]), other = open_tap (argv[2]);
  if (one < 0 || other < 0) {
    g_printerr ("wire: no TAP devices\n");
    return 1;
  }

  g_autoptr (GQueue) waiting = g_queue_new ();
  for (;;) {
    gint64          wait_us = deliver (waiting);
    struct timespec wait = { wait_us / G_USEC_PER_SEC, wait_us % G_USEC_PER_SEC * 1000 };
    struct pollfd   ends[] = { { one, POLLIN, 0 }, { other, POLLIN, 0 } };
    ppoll (ends, 2, wait_us < 0 ? NULL : &wait, NULL);
    take (one, other, half_us, loss, waiting);
    take (other, one, half_us, loss, waiting);
  }
}
