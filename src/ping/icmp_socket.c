/* SPDX-License-Identifier: MIT */
/* icmp_socket: the wire of ICMP echoes, timed by the kernel where it can. */
#include "icmp_socket.h"

#include "control.h"
#include "vmm/error.h"
#include "vmm/language.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#define REMEMBERED 256 /* echoes; divides 65536, so that sequence numbers may wrap */

/* Answers without a stamp after which none is expected any more. More than one, for the kernel
 * begins to stamp only a moment after it was asked to. */
#define TRIALS 3

/* The wall clock, which the kernel stamps with, may have been set between the sending and the
 * reading of the answer: seen when it moved by this much against the monotonic clock. */
#define CLOCK_STEP_NS G_GINT64_CONSTANT (1000000)

typedef struct {
  gint64 wall_ns, monotonic_ns;
} Times;

typedef struct {
  gboolean    is_sent;
  gboolean    is_keyed; /* `key` is the kernel's number of it */
  guint32     key;
  Times       times;   /* just before the sending */
  gint64      left_ns; /* the kernel's stamp, wall clock; 0 = none */
  VmmIcmpEcho echo;
} Sent;

typedef struct {
  VmmWire      wire;
  int          fd;
  VmmIcmpForm  form;
  guint16      id;
  gboolean     has_errors; /* the socket has an error queue */
  gboolean     is_settled; /* wire.stamps is what it will be */
  guint        trials;
  guint32      next_key;
  VmmWireClock read_clock; /* NULL = the real ones */
  gpointer     clock_data;
  Sent         sent[REMEMBERED];
} IcmpSocket;

static gint64
read_ns (clockid_t id)
{
  struct timespec time;
  clock_gettime (id, &time);
  return (gint64) time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

static Times
read_times (const IcmpSocket *self)
{
  if (self->read_clock)
    return (Times){ 0, self->read_clock (self->clock_data) };
  return (Times){ read_ns (CLOCK_REALTIME), read_ns (CLOCK_MONOTONIC) };
}

/* The random pool is not ready at the very start of a machine: any bytes will do then. */
static void
draw (guint8 *ret_bytes, gsize length)
{
  if (getrandom (ret_bytes, length, GRND_NONBLOCK) == (gssize) length)
    return;
  for (gsize i = 0; i < length; i++)
    ret_bytes[i] = (guint8) g_random_int ();
}

/* An earlier error that nobody has read yet makes the next sending fail, once. */
static gboolean
send_packet (IcmpSocket *self, const guint8 *packet)
{
  for (int attempt = 0; attempt < 2; attempt++) {
    if (send (self->fd, packet, VMM_ICMP_SIZE, MSG_NOSIGNAL) == VMM_ICMP_SIZE)
      return TRUE;
    if (self->wire.stamps == VMM_STAMPS_KERNEL) {
      int number = errno;
      vmm_control_restart (self->fd);
      for (guint i = 0; i < REMEMBERED; i++)
        self->sent[i].is_keyed = FALSE;
      self->next_key = 0;
      errno = number;
    }
  }
  return FALSE;
}

static gboolean
send_echo (VmmWire *wire, guint16 sequence, GError **error)
{
  IcmpSocket *self = (IcmpSocket *) wire;
  Sent       *sent = &self->sent[sequence % REMEMBERED];
  guint8      packet[VMM_ICMP_SIZE];

  *sent = (Sent){ .echo = { self->id, sequence } };
  draw (sent->echo.payload, sizeof sent->echo.payload);
  vmm_icmp_build (packet, self->form, &sent->echo);
  sent->times = read_times (self);
  if (!send_packet (self, packet)) {
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, vmm_strerror (errno));
    return FALSE;
  }
  sent->is_sent = TRUE;
  sent->is_keyed = wire->stamps == VMM_STAMPS_KERNEL;
  sent->key = self->next_key++;

  if (wire->stamps == VMM_STAMPS_USER && !self->read_clock) {
    struct pollfd answer = { self->fd, POLLIN, 0 };
    poll (&answer, 1, VMM_WIRE_WAIT_US / 1000);
  }
  return TRUE;
}

static void
keep_departure (IcmpSocket *self, const VmmControl *control)
{
  for (guint i = 0; i < REMEMBERED; i++) {
    Sent *sent = &self->sent[i];
    if (sent->is_keyed && sent->key == control->key && control->stamp_ns >= sent->times.wall_ns)
      sent->left_ns = control->stamp_ns;
  }
}

static VmmWireEvent
read_error_queue (const IcmpSocket *self, const VmmControl *control, GError **error)
{
  if (!control->is_error)
    return VMM_WIRE_IGNORED;
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO,
                       control->is_icmp
                           ? vmm_icmp_error_text (self->form, control->type, control->code)
                           : vmm_strerror (control->number));
  return VMM_WIRE_TROUBLE;
}

/* Decides on the first answers which stamps there are. */
static void
settle (IcmpSocket *self, const Sent *sent, gint64 received_ns)
{
  VmmStamps best = !received_ns    ? VMM_STAMPS_USER
                   : sent->left_ns ? VMM_STAMPS_KERNEL
                                   : VMM_STAMPS_KERNEL_RECEIVE;

  if (best >= self->wire.stamps || ++self->trials == TRIALS) {
    self->wire.stamps = MIN (best, self->wire.stamps);
    self->is_settled = TRUE;
  }
}

static gint64
get_rtt (IcmpSocket *self, const Sent *sent, gint64 received_ns)
{
  Times  now = read_times (self);
  gint64 elapsed_ns = now.monotonic_ns - sent->times.monotonic_ns;
  gint64 step_ns = (now.wall_ns - sent->times.wall_ns) - elapsed_ns;

  if (!self->is_settled)
    settle (self, sent, received_ns);
  if (self->wire.stamps == VMM_STAMPS_USER)
    return elapsed_ns;

  gint64 left_ns = self->wire.stamps == VMM_STAMPS_KERNEL ? sent->left_ns : sent->times.wall_ns;
  if (!left_ns || !received_ns || ABS (step_ns) > CLOCK_STEP_NS)
    return -1;
  gint64 rtt_ns = received_ns - left_ns;
  return rtt_ns >= 0 && rtt_ns <= elapsed_ns ? rtt_ns : -1;
}

/* recvmsg() into `bytes`; its control messages read. */
static gssize
receive_packet (IcmpSocket *self, int flags, gpointer bytes, gsize size, VmmControl *ret_control)
{
  _Alignas(struct cmsghdr) guint8 control[VMM_CONTROL_SIZE];
  struct iovec                    vector = { bytes, size };
  struct msghdr                   message = { 0 };

  message.msg_iov = &vector;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  gssize n = recvmsg (self->fd, &message, flags | MSG_DONTWAIT);
  if (n >= 0)
    vmm_control_read (ret_control, &message);
  return n;
}

/* The error queue first: it has the stamp of the answered echo, and an unread error would make the
 * reading of answers fail. */
static VmmWireEvent
receive (VmmWire *wire, guint16 *ret_sequence, gint64 *ret_rtt_ns, GError **error)
{
  IcmpSocket *self = (IcmpSocket *) wire;
  guint8      bytes[256]; /* more than the longest answer, so that a longer one is seen to be so */
  VmmControl  control;
  VmmIcmpEcho reply;

  if (self->has_errors && receive_packet (self, MSG_ERRQUEUE, bytes, sizeof bytes, &control) >= 0) {
    if (control.is_departure)
      keep_departure (self, &control);
    return read_error_queue (self, &control, error);
  }

  gssize n = receive_packet (self, 0, bytes, sizeof bytes, &control);
  if (n < 0) {
    if (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)
      return VMM_WIRE_EMPTY;
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, vmm_strerror (errno));
    return VMM_WIRE_TROUBLE;
  }
  if (!vmm_icmp_parse (bytes, (gsize) n, self->form, &reply))
    return VMM_WIRE_IGNORED;

  const Sent *sent = &self->sent[reply.sequence % REMEMBERED];
  if (!sent->is_sent || !vmm_icmp_answers (&reply, &sent->echo))
    return VMM_WIRE_IGNORED;
  *ret_sequence = reply.sequence;
  *ret_rtt_ns = get_rtt (self, sent, control.stamp_ns);
  return VMM_WIRE_ANSWER;
}

static void
free_socket (VmmWire *wire)
{
  close (((IcmpSocket *) wire)->fd);
  g_free (wire);
}

static const VmmWireClass icmp_class = { send_echo, receive, free_socket };

VmmWire *
vmm_icmp_socket_new (int fd, VmmIcmpForm form, VmmPingMethod method, guint16 id)
{
  IcmpSocket *self = g_new0 (IcmpSocket, 1);

  self->wire = (VmmWire){ &icmp_class, method, vmm_control_enable (fd) };
  self->fd = fd;
  self->form = form;
  self->id = id;
  self->has_errors = vmm_control_enable_errors (fd, form == VMM_ICMP_V6 ? AF_INET6 : AF_INET);
  return &self->wire;
}

VmmWire *
vmm_icmp_socket_new_with_clock (int fd, VmmIcmpForm form, guint16 id, VmmWireClock read_clock,
                                gpointer data)
{
  IcmpSocket *self = g_new0 (IcmpSocket, 1);

  self->wire = (VmmWire){ &icmp_class, VMM_PING_ICMP_DATAGRAM, VMM_STAMPS_USER };
  self->fd = fd;
  self->form = form;
  self->id = id;
  self->read_clock = read_clock;
  self->clock_data = data;
  return &self->wire;
}
