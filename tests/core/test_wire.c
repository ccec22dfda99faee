/* SPDX-License-Identifier: MIT */
/* test_wire: the two wires on sockets of this process: what is an answer and what is not. */
#include "control.h"
#include "icmp_socket.h"
#include "tcp_connect.h"
#include "vmm/error.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <unistd.h>

#define ID 0x4711
#define EVENTS 200 /* more than any of these tests brings */

/* A wire on one end of a pair of sockets; the test is the target at the other. */
typedef struct {
  VmmWire *wire;
  int      peer;
  gint64   now_ns;
} Pair;

static gint64
read_clock (gpointer data)
{
  return ((Pair *) data)->now_ns;
}

static void
set_up (Pair *pair, gconstpointer data)
{
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), ==, 0);
  pair->peer = fds[1];
  pair->now_ns = 1000;
  pair->wire = vmm_icmp_socket_new_with_clock (fds[0], VMM_ICMP_V4, ID, read_clock, pair);
}

static void
tear_down (Pair *pair, gconstpointer data)
{
  pair->wire->class->free (pair->wire);
  if (pair->peer >= 0)
    close (pair->peer);
}

static void
send_echo (VmmWire *wire, guint16 sequence)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (wire->class->send (wire, sequence, &error));
  g_assert_no_error (error);
}

static VmmWireEvent
receive (VmmWire *wire, guint16 *ret_sequence, gint64 *ret_rtt_ns)
{
  g_autoptr (GError) error = NULL;
  VmmWireEvent event = wire->class->receive (wire, ret_sequence, ret_rtt_ns, &error);

  g_assert_cmpint (error != NULL, ==, event == VMM_WIRE_TROUBLE);
  return event;
}

static void
assert_event (VmmWire *wire, VmmWireEvent expected)
{
  guint16 sequence;
  gint64  rtt_ns;
  g_assert_cmpint (receive (wire, &sequence, &rtt_ns), ==, expected);
}

static void
assert_answer (VmmWire *wire, guint16 expected, gint64 expected_rtt_ns)
{
  guint16 sequence = 0;
  gint64  rtt_ns = -2;
  g_assert_cmpint (receive (wire, &sequence, &rtt_ns), ==, VMM_WIRE_ANSWER);
  g_assert_cmpuint (sequence, ==, expected);
  g_assert_cmpint (rtt_ns, ==, expected_rtt_ns);
}

/* Turns a request into its reply (RFC 1624: the checksum grows by what the type loses). */
static void
turn_around (guint8 packet[VMM_ICMP_SIZE])
{
  g_assert_cmpuint (packet[0], ==, 8);
  guint sum = ((guint) packet[2] << 8 | packet[3]) + 0x0800;
  sum = (sum & 0xffff) + (sum >> 16);
  packet[0] = 0;
  packet[2] = (guint8) (sum >> 8);
  packet[3] = (guint8) sum;
}

/* The reply to the next request that reached `fd`. */
static void
make_reply (int fd, guint8 ret_packet[VMM_ICMP_SIZE])
{
  g_assert_cmpint (recv (fd, ret_packet, VMM_ICMP_SIZE + 1, 0), ==, VMM_ICMP_SIZE);
  turn_around (ret_packet);
}

static void
put (int fd, const guint8 *bytes, gsize length)
{
  g_assert_cmpint (send (fd, bytes, length, 0), ==, length);
}

static void
test_echo (Pair *pair, gconstpointer data)
{
  guint8 reply[VMM_ICMP_SIZE + 1];

  send_echo (pair->wire, 7);
  assert_event (pair->wire, VMM_WIRE_EMPTY);
  make_reply (pair->peer, reply);
  g_assert_cmpuint (reply[4] << 8 | reply[5], ==, ID);
  put (pair->peer, reply, VMM_ICMP_SIZE);
  pair->now_ns += 250;
  assert_answer (pair->wire, 7, 250);
  assert_event (pair->wire, VMM_WIRE_EMPTY);
  put (pair->peer, reply, VMM_ICMP_SIZE); /* twice: an answer again, for others to count */
  assert_answer (pair->wire, 7, 250);
}

/* No two payloads are alike, and none is all zeros. */
static void
test_random (Pair *pair, gconstpointer data)
{
  guint8 replies[8][VMM_ICMP_SIZE + 1];

  for (guint i = 0; i < 8; i++) {
    send_echo (pair->wire, 7);
    make_reply (pair->peer, replies[i]);
    for (guint j = 0; j < i; j++)
      g_assert_cmpint (memcmp (replies[i] + 8, replies[j] + 8, VMM_ICMP_PAYLOAD), !=, 0);
  }
}

static void
test_cut_off (Pair *pair, gconstpointer data)
{
  guint8 reply[VMM_ICMP_SIZE + 1] = { 0 };

  send_echo (pair->wire, 7);
  make_reply (pair->peer, reply);
  for (gsize length = 0; length <= sizeof reply; length++)
    if (length != VMM_ICMP_SIZE) {
      put (pair->peer, reply, length);
      assert_event (pair->wire, VMM_WIRE_IGNORED);
    }
  put (pair->peer, reply, VMM_ICMP_SIZE);
  assert_answer (pair->wire, 7, 0);
}

static void
test_too_long (Pair *pair, gconstpointer data)
{
  guint8 bytes[4096] = { 0 };

  send_echo (pair->wire, 7);
  make_reply (pair->peer, bytes);
  put (pair->peer, bytes, sizeof bytes);
  assert_event (pair->wire, VMM_WIRE_IGNORED);
  assert_event (pair->wire, VMM_WIRE_EMPTY);
}

/* Right checksum, and another identifier, sequence or payload. */
static void
test_forged (Pair *pair, gconstpointer data)
{
  const guint places[] = { 4, 6, 8, 54 };
  guint8      reply[VMM_ICMP_SIZE + 1];

  send_echo (pair->wire, 7);
  send_echo (pair->wire, 8);
  make_reply (pair->peer, reply);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    guint8 forged[VMM_ICMP_SIZE];
    memcpy (forged, reply, sizeof forged);
    /* Two words exchanged leave the sum as it is. */
    forged[places[i]] = reply[10];
    forged[places[i] + 1] = reply[11];
    forged[10] = reply[places[i]];
    forged[11] = reply[places[i] + 1];
    if (memcmp (forged, reply, sizeof forged) == 0)
      continue; /* drawn alike */
    put (pair->peer, forged, sizeof forged);
    assert_event (pair->wire, VMM_WIRE_IGNORED);
  }
  put (pair->peer, reply, VMM_ICMP_SIZE);
  assert_answer (pair->wire, 7, 0);
}

static void
test_own_request (Pair *pair, gconstpointer data)
{
  guint8 request[VMM_ICMP_SIZE + 1];

  send_echo (pair->wire, 7);
  g_assert_cmpint (recv (pair->peer, request, sizeof request, 0), ==, VMM_ICMP_SIZE);
  put (pair->peer, request, VMM_ICMP_SIZE);
  assert_event (pair->wire, VMM_WIRE_IGNORED);
}

/* All zeros, as the place of an echo that was never sent: even where zero is the identifier. */
static void
test_before_request (void)
{
  VmmIcmpEcho echo = { 0, 0 };
  guint8      reply[VMM_ICMP_SIZE];
  int         fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), ==, 0);
  VmmWire *wire = vmm_icmp_socket_new (fds[0], VMM_ICMP_V4, VMM_PING_ICMP_DATAGRAM, 0);
  vmm_icmp_build (reply, VMM_ICMP_V4, &echo);
  turn_around (reply);
  put (fds[1], reply, sizeof reply);
  assert_event (wire, VMM_WIRE_IGNORED);
  wire->class->free (wire);
  close (fds[1]);
}

/* The sequence numbers have come round: the answer to an old echo is not the new one's. */
static void
test_stale (Pair *pair, gconstpointer data)
{
  guint8 old[VMM_ICMP_SIZE + 1], other[VMM_ICMP_SIZE + 1], young[VMM_ICMP_SIZE + 1];

  send_echo (pair->wire, 7);
  make_reply (pair->peer, old);
  send_echo (pair->wire, 7 + 256); /* takes its place */
  make_reply (pair->peer, other);
  put (pair->peer, old, VMM_ICMP_SIZE);
  assert_event (pair->wire, VMM_WIRE_IGNORED);
  send_echo (pair->wire, 7);
  make_reply (pair->peer, young);
  put (pair->peer, old, VMM_ICMP_SIZE);
  assert_event (pair->wire, VMM_WIRE_IGNORED);
  put (pair->peer, other, VMM_ICMP_SIZE);
  assert_event (pair->wire, VMM_WIRE_IGNORED);
  put (pair->peer, young, VMM_ICMP_SIZE);
  assert_answer (pair->wire, 7, 0);
}

static void
test_closed (Pair *pair, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  close (pair->peer);
  pair->peer = -1;
  g_assert_false (pair->wire->class->send (pair->wire, 7, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_IO);
}

/* Sockets of this kind are never stamped: after three answers the user's clock has to do. */
static void
test_no_stamps (void)
{
  int     fds[2];
  guint8  reply[VMM_ICMP_SIZE + 1];
  guint16 sequence;
  gint64  rtt_ns;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), ==, 0);
  VmmWire *wire = vmm_icmp_socket_new (fds[0], VMM_ICMP_V4, VMM_PING_ICMP_RAW, ID);
  g_assert_cmpint (wire->method, ==, VMM_PING_ICMP_RAW);
  for (guint16 i = 0; i < 5; i++) {
    send_echo (wire, i);
    make_reply (fds[1], reply);
    put (fds[1], reply, VMM_ICMP_SIZE);
    g_assert_cmpint (receive (wire, &sequence, &rtt_ns), ==, VMM_WIRE_ANSWER);
    if (wire->stamps == VMM_STAMPS_USER)
      g_assert_cmpint (rtt_ns, >=, 0);
    else
      g_assert_cmpint (rtt_ns, ==, -1);
  }
  g_assert_cmpint (wire->stamps, ==, VMM_STAMPS_USER);
  wire->class->free (wire);
  close (fds[1]);
}

/* ---- On loopback: UDP sockets are stamped and told of errors as ICMP sockets are. */

/* -1, and the test is skipped, where there is no loopback. */
static int
open_loopback (int type, struct sockaddr_in *ret_address)
{
  int       fd = socket (AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  socklen_t length = sizeof *ret_address;

  *ret_address =
      (struct sockaddr_in){ .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  if (fd >= 0 && bind (fd, (struct sockaddr *) ret_address, sizeof *ret_address) == 0 &&
      getsockname (fd, (struct sockaddr *) ret_address, &length) == 0)
    return fd;
  if (fd >= 0)
    close (fd);
  g_test_skip ("no loopback");
  return -1;
}

static void
connect_to (int fd, const struct sockaddr_in *address)
{
  g_assert_cmpint (connect (fd, (const struct sockaddr *) address, sizeof *address), ==, 0);
}

/* The kernel begins to stamp some time after it was asked to: a tenth of a second between echoes
 * is enough, none at all is not. FALSE when it never does. */
static gboolean
await_stamps (int fd, int peer)
{
  _Alignas(struct cmsghdr) guint8 bytes[VMM_CONTROL_SIZE];
  VmmControl                      control = { 0 };

  vmm_control_enable (fd);
  for (guint i = 0; i < 1000000 && !control.stamp_ns; i++) {
    struct msghdr message = { 0 };

    message.msg_control = bytes;
    message.msg_controllen = sizeof bytes;
    put (peer, (const guint8 *) "", 1);
    g_assert_cmpint (recvmsg (fd, &message, 0), >=, 0);
    vmm_control_read (&control, &message);
    g_thread_yield ();
  }
  return control.stamp_ns != 0;
}

static void
test_kernel_stamps (void)
{
  struct sockaddr_in near, far;
  int   fd = open_loopback (SOCK_DGRAM, &near), peer = open_loopback (SOCK_DGRAM, &far);
  guint timed = 0;

  connect_to (fd, &far);
  connect_to (peer, &near);
  if (!await_stamps (fd, peer)) {
    g_test_skip ("the kernel stamps nothing");
    return;
  }
  VmmWire *wire = vmm_icmp_socket_new (fd, VMM_ICMP_V4, VMM_PING_ICMP_DATAGRAM, ID);
  for (guint16 i = 0; i < 50; i++) {
    guint8       reply[VMM_ICMP_SIZE + 1];
    guint16      sequence;
    gint64       rtt_ns = -1;
    VmmWireEvent event;

    send_echo (wire, i);
    make_reply (peer, reply);
    put (peer, reply, VMM_ICMP_SIZE);
    while ((event = receive (wire, &sequence, &rtt_ns)) == VMM_WIRE_IGNORED)
      ;
    g_assert_cmpint (event, ==, VMM_WIRE_ANSWER);
    g_assert_cmpuint (sequence, ==, i);
    timed += rtt_ns >= 0;
  }
  /* Not all: on a loaded machine two readings of the clocks are torn apart. */
  g_assert_cmpuint (timed, >, 0);
  g_assert_cmpint (wire->stamps, ==, VMM_STAMPS_KERNEL);
  wire->class->free (wire);
  close (peer);
}

/* What the network says is told, and, while nobody has read it, fails no sending. */
static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;
  struct sockaddr_in near, far;
  int          fd = open_loopback (SOCK_DGRAM, &near), peer = open_loopback (SOCK_DGRAM, &far);
  guint16      sequence;
  gint64       rtt_ns;
  VmmWireEvent event = VMM_WIRE_EMPTY;

  connect_to (fd, &far);
  VmmWire *wire = vmm_icmp_socket_new (fd, VMM_ICMP_V4, VMM_PING_ICMP_DATAGRAM, ID);
  close (peer);
  send_echo (wire, 1);
  for (guint i = 0; i < EVENTS && event != VMM_WIRE_TROUBLE; i++)
    event = wire->class->receive (wire, &sequence, &rtt_ns, &error);
  g_assert_error (error, VMM_ERROR, VMM_ERROR_IO);
  g_assert_cmpstr (error->message, ==, "port unreachable");

  send_echo (wire, 2);
  send_echo (wire, 3);
  wire->class->free (wire);
}

static void
test_tcp (gconstpointer data)
{
  gboolean           is_open = GPOINTER_TO_INT (data);
  struct sockaddr_in address;
  int                fd = open_loopback (SOCK_STREAM, &address);
  VmmTarget          target = { VMM_TARGET_GIVEN };
  const guint16      ports[] = { ntohs (address.sin_port) };

  if (fd < 0)
    return;
  if (is_open)
    g_assert_cmpint (listen (fd, 8), ==, 0); /* else it refuses, which is an answer too */
  target.address.v4 = address;
  target.length = sizeof address;
  VmmWire *wire = vmm_tcp_connect_new (&target, ports, 1);
  g_assert_cmpint (wire->method, ==, VMM_PING_TCP);
  g_assert_cmpint (wire->stamps, ==, VMM_STAMPS_USER);
  for (guint16 i = 0; i < 5; i++) {
    guint16      sequence = 99;
    gint64       rtt_ns = -1;
    VmmWireEvent event;

    send_echo (wire, i);
    while ((event = receive (wire, &sequence, &rtt_ns)) == VMM_WIRE_EMPTY)
      g_thread_yield ();
    g_assert_cmpint (event, ==, VMM_WIRE_ANSWER);
    g_assert_cmpuint (sequence, ==, i);
    g_assert_cmpint (rtt_ns, >, 0);
    assert_event (wire, VMM_WIRE_EMPTY); /* told once */
  }
  wire->class->free (wire);
  close (fd);
}

/* The broadcast address cannot be connected to: the echo could not be sent. */
static void
test_tcp_unsent (void)
{
  g_autoptr (GError) error = NULL;
  VmmTarget          target = { VMM_TARGET_GIVEN };
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr = { INADDR_BROADCAST } };
  const guint16      ports[] = { 9 };

  target.address.v4 = address;
  target.length = sizeof address;
  VmmWire *wire = vmm_tcp_connect_new (&target, ports, 1);
  g_assert_false (wire->class->send (wire, 1, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_IO);
  assert_event (wire, VMM_WIRE_EMPTY);
  wire->class->free (wire);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Pair, NULL, set_up, function, tear_down)
  ADD ("/wire/echo", test_echo);
  ADD ("/wire/random", test_random);
  ADD ("/wire/cut-off", test_cut_off);
  ADD ("/wire/too-long", test_too_long);
  ADD ("/wire/forged", test_forged);
  ADD ("/wire/own-request", test_own_request);
  ADD ("/wire/stale", test_stale);
  ADD ("/wire/closed", test_closed);
  g_test_add_func ("/wire/before-request", test_before_request);
  g_test_add_func ("/wire/no-stamps", test_no_stamps);
  g_test_add_func ("/wire/kernel-stamps", test_kernel_stamps);
  g_test_add_func ("/wire/refused", test_refused);
  g_test_add_data_func ("/wire/tcp-open", GINT_TO_POINTER (TRUE), test_tcp);
  g_test_add_data_func ("/wire/tcp-closed", GINT_TO_POINTER (FALSE), test_tcp);
  g_test_add_func ("/wire/tcp-unsent", test_tcp_unsent);
  return g_test_run ();
}
