/* SPDX-License-Identifier: MIT */
/* burst: asks a peer once: how long a byte is under way, how much a stream carries, and both at once. */
#include "burst.h"

#include "greeting.h"
#include "vmm/language.h"
#include "vmm/peer.h"

#include <errno.h>
#include <linux/tcp.h>
#include <math.h>
#include <netinet/in.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#define IDLE_TRIPS 20
#define IDLE_US 60000
#define PAUSE_US 1000 /* between two trips beside a stream */
#define PUSH_BYTES (64u << 10)

/* A stream begins slowly: what it carries counts from then on, and for so long at least. */
#define WARM_US 80000
#define WARM_BYTES (64u << 20)
#define LEAST_US 20000

/* What has reached the other kernel, in segments of the largest size of that moment. */
typedef struct {
  guint32 segments, bytes_each;
} Arrived;

typedef struct {
  const struct sockaddr_storage *peer;
  socklen_t                      length;
  gint64                         until_us;
  VmmBurst                      *told;
  int                            echo, stream; /* -1 = not open */

  /* Of the echo: at most one byte is under way. */
  guint8 byte;
  gint64 sent_us;  /* 0 = none is */
  gint64 heard_us; /* the last one */
  gint64 trips_us;
  guint  trips;

  /* Of the stream. */
  guint64 pushed;
  gint64  begun_us, warm_us;
  Arrived warm_arrived;
} Burst;

static gboolean
fail (Burst *burst, VmmCause cause)
{
  burst->told->cause = cause;
  return FALSE;
}

static gboolean
wait_for (int fd, short events, gint64 until_us)
{
  struct pollfd state = { fd, events, 0 };
  gint64        left_us = until_us - g_get_monotonic_time ();

  return left_us > 0 && poll (&state, 1, (int) (left_us / 1000 + 1)) > 0;
}

/* ---- A connection */

static gboolean
say_unreachable (Burst *burst, int number)
{
  g_snprintf (burst->told->said, sizeof burst->told->said,
              VMM_SAID ("the peer cannot be reached: %s"), vmm_strerror (number));
  return fail (burst, VMM_CAUSE_PEER_UNREACHABLE);
}

/* Closed with a reset: what is under way then is nobody's. */
static int
open_socket (const Burst *burst)
{
  const struct linger reset = { 1, 0 };
  int fd = socket (burst->peer->ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

  if (fd < 0)
    return -1;
  setsockopt (fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof (int));
  return fd;
}

static gboolean
reach (Burst *burst, int fd)
{
  int       number = 0;
  socklen_t length = sizeof number;

  if (connect (fd, (const struct sockaddr *) burst->peer, burst->length) == 0)
    return TRUE;
  if (errno != EINPROGRESS)
    return say_unreachable (burst, errno);
  if (!wait_for (fd, POLLOUT, burst->until_us))
    return say_unreachable (burst, ETIMEDOUT);
  if (getsockopt (fd, SOL_SOCKET, SO_ERROR, &number, &length) != 0 || number != 0)
    return say_unreachable (burst, number ? number : errno);
  return TRUE;
}

static gboolean
hear_verdict (Burst *burst, int fd)
{
  static const VmmCause causes[VMM_N_VERDICTS] = { VMM_CAUSE_NONE, VMM_CAUSE_PEER_BUSY,
                                                   VMM_CAUSE_PEER_REFUSES };
  guint8                bytes[VMM_GREETING_BYTES];
  VmmVerdict            verdict;

  for (guint got = 0; got < sizeof bytes;) {
    if (!wait_for (fd, POLLIN, burst->until_us))
      return fail (burst, VMM_CAUSE_PEER_SILENT);
    gssize n = recv (fd, bytes + got, sizeof bytes - got, 0);
    if (n == 0 || (n < 0 && errno != EAGAIN))
      return fail (burst, VMM_CAUSE_PEER_FOREIGN);
    got += n > 0 ? (guint) n : 0;
  }
  if (!vmm_verdict_read (bytes, &verdict))
    return fail (burst, VMM_CAUSE_PEER_FOREIGN);
  return verdict == VMM_VERDICT_WELCOME || fail (burst, causes[verdict]);
}

static gboolean
open_connection (Burst *burst, VmmGreetingKind kind, guint mib, int *ret_fd)
{
  guint8 bytes[VMM_GREETING_BYTES];

  vmm_greeting_write (bytes, &(VmmGreeting){ kind, mib, VMM_PEER_MS });
  *ret_fd = open_socket (burst);
  if (*ret_fd < 0)
    return say_unreachable (burst, errno);
  if (!reach (burst, *ret_fd))
    return FALSE;
  if (send (*ret_fd, bytes, sizeof bytes, MSG_NOSIGNAL) != (gssize) sizeof bytes)
    return fail (burst, VMM_CAUSE_PEER_VANISHED);
  return hear_verdict (burst, *ret_fd);
}

/* ---- The echo */

static gboolean
call (Burst *burst)
{
  burst->byte++;
  burst->sent_us = g_get_monotonic_time ();
  return send (burst->echo, &burst->byte, 1, MSG_NOSIGNAL) == 1 ||
         fail (burst, VMM_CAUSE_PEER_VANISHED);
}

/* What comes must be what was called. */
static gboolean
hear (Burst *burst, gboolean counts)
{
  guint8 bytes[2];
  gssize n = recv (burst->echo, bytes, sizeof bytes, 0);
  gint64 now_us = g_get_monotonic_time ();

  if (n < 0 && errno == EAGAIN)
    return TRUE;
  if (n <= 0)
    return fail (burst, VMM_CAUSE_PEER_VANISHED);
  if (n != 1 || !burst->sent_us || bytes[0] != burst->byte)
    return fail (burst, VMM_CAUSE_PEER_FOREIGN);
  if (counts) {
    burst->trips_us += now_us - burst->sent_us;
    burst->trips++;
  }
  burst->sent_us = 0;
  burst->heard_us = now_us;
  return TRUE;
}

static double
take_mean_ms (Burst *burst)
{
  double mean_ms = burst->trips ? (double) burst->trips_us / burst->trips / 1000 : NAN;

  burst->trips_us = 0;
  burst->trips = 0;
  return mean_ms;
}

static gboolean
ask_idle (Burst *burst)
{
  gint64 until_us = MIN (burst->until_us, g_get_monotonic_time () + IDLE_US);

  for (guint i = 0; i < IDLE_TRIPS && g_get_monotonic_time () < until_us; i++) {
    if (!call (burst))
      return FALSE;
    while (burst->sent_us) {
      if (!wait_for (burst->echo, POLLIN, burst->until_us))
        return fail (burst, VMM_CAUSE_PEER_SILENT);
      if (!hear (burst, TRUE))
        return FALSE;
    }
  }
  burst->told->rtt_idle_ms = take_mean_ms (burst);
  return TRUE;
}

/* ---- The stream */

/* Also out of order: no word of the peer's is believed. */
static gboolean
read_arrived (Burst *burst, Arrived *ret_arrived)
{
  struct tcp_info info;
  socklen_t       length = sizeof info;

  memset (&info, 0, sizeof info);
  if (getsockopt (burst->stream, IPPROTO_TCP, TCP_INFO, &info, &length) != 0 ||
      length < offsetof (struct tcp_info, tcpi_delivered) + sizeof info.tcpi_delivered)
    return fail (burst, VMM_CAUSE_NOT_OFFERED);
  *ret_arrived = (Arrived){ info.tcpi_delivered, info.tcpi_snd_mss };
  return TRUE;
}

/* On the way the segments may have become smaller, or larger: the smaller ones count. */
static double
count_bytes (const Arrived *from, const Arrived *to)
{
  return (double) (to->segments - from->segments) * MIN (from->bytes_each, to->bytes_each);
}

static gboolean
push (Burst *burst)
{
  static const char bytes[PUSH_BYTES];
  gssize            n = send (burst->stream, bytes, sizeof bytes, MSG_NOSIGNAL);

  if (n < 0 && errno != EAGAIN && errno != EINTR)
    return fail (burst, VMM_CAUSE_PEER_VANISHED);
  burst->pushed += n > 0 ? (guint64) n : 0;
  return TRUE;
}

static gboolean
warm_up (Burst *burst, gint64 now_us)
{
  if (burst->warm_us || (now_us - burst->begun_us < WARM_US && burst->pushed < WARM_BYTES))
    return TRUE;
  burst->warm_us = now_us;
  return read_arrived (burst, &burst->warm_arrived);
}

/* One look at both connections, and what is to be done about them. */
static gboolean
look (Burst *burst, gint64 now_us)
{
  struct pollfd states[] = { { burst->stream, POLLOUT, 0 }, { burst->echo, POLLIN, 0 } };

  if (!burst->sent_us && now_us - burst->heard_us >= PAUSE_US && !call (burst))
    return FALSE;
  if (poll (states, G_N_ELEMENTS (states), (int) ((burst->until_us - now_us) / 1000 + 1)) < 0)
    return errno == EINTR;
  if (states[1].revents && !hear (burst, burst->warm_us > 0))
    return FALSE;
  return !states[0].revents || push (burst);
}

static gboolean
carry (Burst *burst)
{
  guint64 most = (guint64) VMM_PEER_STREAM_MIB << 20;
  Arrived arrived;
  gint64  now_us = g_get_monotonic_time ();

  burst->begun_us = now_us;
  while (now_us < burst->until_us && burst->pushed + PUSH_BYTES <= most) {
    if (!look (burst, now_us))
      return FALSE;
    now_us = g_get_monotonic_time ();
    if (!warm_up (burst, now_us))
      return FALSE;
  }
  if (!burst->warm_us || now_us - burst->warm_us < LEAST_US)
    return fail (burst, VMM_CAUSE_PEER_SILENT);
  if (!read_arrived (burst, &arrived))
    return FALSE;
  burst->told->mb_per_s =
      count_bytes (&burst->warm_arrived, &arrived) / (double) (now_us - burst->warm_us);
  burst->told->rtt_loaded_ms = take_mean_ms (burst);
  return !isnan (burst->told->rtt_loaded_ms) || fail (burst, VMM_CAUSE_PEER_SILENT);
}

void
vmm_burst_run (VmmBurst *ret_burst, const struct sockaddr_storage *peer, socklen_t length,
               gint64 until_us)
{
  Burst burst = { .peer = peer, .length = length, .until_us = until_us, .told = ret_burst };

  *ret_burst = (VmmBurst){ .rtt_idle_ms = NAN, .rtt_loaded_ms = NAN, .mb_per_s = NAN };
  burst.echo = burst.stream = -1;
  if (open_connection (&burst, VMM_GREETING_ECHO, VMM_PEER_ECHO_MIB, &burst.echo) &&
      ask_idle (&burst) &&
      open_connection (&burst, VMM_GREETING_STREAM, VMM_PEER_STREAM_MIB, &burst.stream))
    carry (&burst);
  if (burst.echo >= 0)
    close (burst.echo);
  if (burst.stream >= 0)
    close (burst.stream);
}
