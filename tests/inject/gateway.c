/* SPDX-License-Identifier: MIT */
/* gateway: a gateway on a TUN device that answers ICMP echoes late, unevenly or not at all.
 *
 * usage: gateway INTERFACE DELAY_MS JITTER_MS LOSS_PERCENT. It answers for any IPv4 address; every
 * other packet is dropped. A delay is uniform in DELAY +- JITTER. For tests, in a namespace. */
#include <fcntl.h>
#include <glib.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

typedef struct {
  gint64 due_us;
  gsize  length;
  guint8 bytes[1600];
} Packet;

static int
compare_due (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  const Packet *left = a, *right = b;
  return left->due_us < right->due_us ? -1 : left->due_us > right->due_us;
}

static int
open_tun (const char *interface)
{
  struct ifreq request = { .ifr_flags = IFF_TUN | IFF_NO_PI };
  int          fd = open ("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);

  if (fd < 0)
    return -1;
  g_strlcpy (request.ifr_name, interface, sizeof request.ifr_name);
  if (ioctl (fd, TUNSETIFF, &request) == 0)
    return fd;
  close (fd);
  return -1;
}

/* Turns an echo request into its reply in place; FALSE when it is none. */
static gboolean
answer (Packet *packet)
{
  guint8 *ip = packet->bytes, address[4];
  gsize   header = (ip[0] & 15) * 4;

  if (packet->length < 28 || ip[0] >> 4 != 4 || header + 8 > packet->length || ip[9] != 1 ||
      ip[header] != 8)
    return FALSE;
  memcpy (address, ip + 12, 4);
  memcpy (ip + 12, ip + 16, 4);
  memcpy (ip + 16, address, 4);
  ip[header] = 0;

  /* Type 8 became 0: the checksum grows by 0x0800 (RFC 1624). */
  guint32 sum = ((guint32) ip[header + 2] << 8 | ip[header + 3]) + 0x0800;
  sum = (sum & 0xffff) + (sum >> 16);
  ip[header + 2] = sum >> 8;
  ip[header + 3] = sum & 0xff;
  return TRUE;
}

int
main (int argc, char **argv)
{
  if (argc != 5) {
    g_printerr ("usage: gateway INTERFACE DELAY_MS JITTER_MS LOSS_PERCENT\n");
    return 2;
  }
  double delay_us = g_ascii_strtod (argv[2], NULL) * 1000;
  double jitter_us = g_ascii_strtod (argv[3], NULL) * 1000;
  double loss = g_ascii_strtod (argv[4], NULL) / 100;
  int    fd = open_tun (argv[1]);
  if (fd < 0) {
    g_printerr ("gateway: no TUN device %s\n", argv[1]);
    return 1;
  }

  g_autoptr (GSequence) queue = g_sequence_new (g_free);
  for (;;) {
    int timeout_ms = -1;

    while (!g_sequence_is_empty (queue)) {
      GSequenceIter *first = g_sequence_get_begin_iter (queue);
      Packet        *packet = g_sequence_get (first);
      gint64         wait_us = packet->due_us - g_get_monotonic_time ();
      if (wait_us > 0) {
        timeout_ms = (int) (wait_us / 1000);
        break;
      }
      if (write (fd, packet->bytes, packet->length) < 0)
        g_printerr ("gateway: a reply was not taken\n");
      g_sequence_remove (first);
    }

    struct pollfd poll_fd = { fd, POLLIN, 0 };
    poll (&poll_fd, 1, timeout_ms);

    for (;;) {
      g_autofree Packet *packet = g_new (Packet, 1);
      gssize             length = read (fd, packet->bytes, sizeof packet->bytes);
      if (length <= 0)
        break;
      packet->length = (gsize) length;
      if (!answer (packet) || g_random_double () < loss)
        continue;
      packet->due_us = g_get_monotonic_time () +
                       (gint64) MAX (0, delay_us + jitter_us * g_random_double_range (-1, 1));
      g_sequence_insert_sorted (queue, g_steal_pointer (&packet), compare_due, NULL);
    }
  }
}
