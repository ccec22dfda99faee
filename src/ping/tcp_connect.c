/* SPDX-License-Identifier: MIT */
/* tcp_connect: the wire of last resort: how long the target takes to answer a TCP connect. */
#include "tcp_connect.h"

#include "flight.h"
#include "vmm/error.h"
#include "vmm/language.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <time.h>
#include <unistd.h>

#define UNDER_WAY 64 /* connects at once; an older one is given up */

typedef struct {
  int     fd; /* -1 = none */
  guint16 sequence;
  guint   port; /* index */
  gint64  begun_ns, answered_ns;
  int     number; /* errno of a connect that is over, 0 = connected, -1 = not over */
} Attempt;

typedef struct {
  VmmWire        wire;
  VmmTarget      target;
  const guint16 *ports;
  guint          n_ports, port; /* the next one to knock at */
  gboolean       is_settled;    /* it has answered */
  Attempt        attempts[UNDER_WAY];
} TcpConnect;

static gint64
read_ns (void)
{
  struct timespec time;
  clock_gettime (CLOCK_MONOTONIC, &time);
  return (gint64) time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

static void
give_up (Attempt *attempt)
{
  if (attempt->fd >= 0)
    close (attempt->fd);
  attempt->fd = -1;
}

/* Closed with a reset: nothing of it stays, here or there. */
static int
open_socket (int family)
{
  int                 fd = socket (family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const struct linger reset = { 1, 0 };

  if (fd >= 0)
    setsockopt (fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  return fd;
}

static int
start_connect (int fd, const VmmTarget *target, guint16 port)
{
  VmmAddress address = target->address;

  if (address.any.sa_family == AF_INET)
    address.v4.sin_port = htons (port);
  else
    address.v6.sin6_port = htons (port);
  if (connect (fd, &address.any, target->length) == 0)
    return 0;
  return errno == EINPROGRESS ? -1 : errno;
}

/* Looks whether the connect is over, for at most `wait_ms`. */
static void
look (Attempt *attempt, int wait_ms)
{
  struct pollfd state = { attempt->fd, POLLOUT, 0 };
  socklen_t     length = sizeof attempt->number;

  if (attempt->number < 0 && poll (&state, 1, wait_ms) > 0 &&
      getsockopt (attempt->fd, SOL_SOCKET, SO_ERROR, &attempt->number, &length) != 0)
    attempt->number = errno;
  if (attempt->number >= 0 && !attempt->answered_ns)
    attempt->answered_ns = read_ns ();
}

static gboolean
is_answer (int number)
{
  return number == 0 || number == ECONNREFUSED;
}

static gboolean
send_connect (VmmWire *wire, guint16 sequence, GError **error)
{
  TcpConnect *self = (TcpConnect *) wire;
  Attempt    *attempt = &self->attempts[sequence % UNDER_WAY];
  int         fd = open_socket (self->target.address.any.sa_family);

  if (fd < 0) {
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, vmm_strerror (errno));
    return FALSE;
  }
  give_up (attempt);
  *attempt = (Attempt){ fd, sequence, self->port, read_ns (), 0, -1 };
  if (!self->is_settled)
    self->port = (self->port + 1) % self->n_ports;

  attempt->number = start_connect (fd, &self->target, self->ports[attempt->port]);
  if (attempt->number > 0 && !is_answer (attempt->number)) {
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, vmm_strerror (attempt->number));
    give_up (attempt);
    return FALSE;
  }
  look (attempt, VMM_WIRE_WAIT_US / 1000);
  return TRUE;
}

static VmmWireEvent
finish (TcpConnect *self, Attempt *attempt, guint16 *ret_sequence, gint64 *ret_rtt_ns,
        GError **error)
{
  give_up (attempt);
  if (!is_answer (attempt->number)) {
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, vmm_strerror (attempt->number));
    return VMM_WIRE_TROUBLE;
  }
  if (!self->is_settled) {
    self->is_settled = TRUE;
    self->port = attempt->port;
  }
  *ret_sequence = attempt->sequence;
  *ret_rtt_ns = attempt->answered_ns - attempt->begun_ns;
  return VMM_WIRE_ANSWER;
}

/* A connect that is overdue is given up before the kernel knocks a second time. */
static VmmWireEvent
receive (VmmWire *wire, guint16 *ret_sequence, gint64 *ret_rtt_ns, GError **error)
{
  TcpConnect *self = (TcpConnect *) wire;
  gint64      now_ns = read_ns ();

  for (guint i = 0; i < UNDER_WAY; i++) {
    Attempt *attempt = &self->attempts[i];
    if (attempt->fd < 0)
      continue;
    look (attempt, 0);
    if (attempt->number >= 0)
      return finish (self, attempt, ret_sequence, ret_rtt_ns, error);
    if ((now_ns - attempt->begun_ns) / 1000 > VMM_FLIGHT_TIMEOUT_US)
      give_up (attempt);
  }
  return VMM_WIRE_EMPTY;
}

static void
free_connect (VmmWire *wire)
{
  TcpConnect *self = (TcpConnect *) wire;

  for (guint i = 0; i < UNDER_WAY; i++)
    give_up (&self->attempts[i]);
  g_free (self);
}

static const VmmWireClass tcp_class = { send_connect, receive, free_connect };

VmmWire *
vmm_tcp_connect_new (const VmmTarget *target, const guint16 *ports, guint n_ports)
{
  TcpConnect *self = g_new0 (TcpConnect, 1);

  self->wire = (VmmWire){ &tcp_class, VMM_PING_TCP, VMM_STAMPS_USER };
  self->target = *target;
  self->ports = ports;
  self->n_ports = n_ports;
  for (guint i = 0; i < UNDER_WAY; i++)
    self->attempts[i].fd = -1;
  return &self->wire;
}
