/* SPDX-License-Identifier: MIT */
/* test_peer: two ends of one TCP connection on this machine, either of which may be hostile or go away. */
#include "vmm/peer.h"

#include "burst.h"
#include "greeting.h"
#include "server_private.h"
#include "vmm/error.h"
#include "vmm/sources.h"

#include <errno.h>
#include <math.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define SECOND ((gint64) G_USEC_PER_SEC)
#define HERE "127.0.0.1:0"

/* ---- Addresses and turns */

static void
test_addresses (void)
{
  static const struct {
    const char *text;
    gboolean    is_address;
  } rows[] = {
    { "192.0.2.1", TRUE },       { "192.0.2.1:9000", TRUE },   { "2001:db8::1", TRUE },
    { "[2001:db8::1]:7", TRUE }, { "127.0.0.1", TRUE },        { "", FALSE },
    { "example", FALSE },        { "example:80", FALSE },      { "0.0.0.0", FALSE },
    { "[::]:9781", FALSE },      { "224.0.0.1", FALSE },       { "255.255.255.255", FALSE },
    { "192.0.2.1:0", FALSE },    { "192.0.2.1:99999", FALSE }, { "none", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].text);
    g_assert_cmpint (vmm_peer_is_address (rows[i].text), ==, rows[i].is_address);
  }
}

/* Never in a second in which the probes have a burst (probe/bursts.c), and only in its second half. */
static void
test_turns (void)
{
  static const struct {
    gint64 interval_us;
    guint  ticks, turns;
    gint64 first_us;
  } rows[] = {
    { SECOND, 30, 4, 1500000 },        { SECOND, 5, 1, 1500000 },
    { SECOND, 4, 0, G_MAXINT64 },      { SECOND / 10, 300, 4, 1500000 },
    { 2 * SECOND, 15, 3, 3 * SECOND }, { SECOND, 3600, 4, 1500000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    VmmPeerTurns turns;
    guint        n = 0;

    vmm_peer_turns_init (&turns, rows[i].interval_us, rows[i].ticks);
    gint64 next_us = vmm_peer_turns_next (&turns, 0);
    g_assert_cmpint (next_us, ==, rows[i].first_us);
    for (; next_us != G_MAXINT64; next_us = vmm_peer_turns_next (&turns, next_us + 1), n++) {
      gint64 period = next_us / turns.period_us;
      guint  done = 0;
      while (done < 4 && (2 * done + 1) * turns.periods / 8 != period)
        done++;
      g_assert_true (turns.periods < 20 || done == 4);
      g_assert_true (vmm_peer_turns_has (&turns, next_us));
      g_assert_true (vmm_peer_turns_has (&turns, (period + 1) * turns.period_us - 1));
      g_assert_false (vmm_peer_turns_has (&turns, next_us - 1));
      g_assert_false (vmm_peer_turns_has (&turns, (period + 1) * turns.period_us));
    }
    g_assert_cmpuint (n, ==, rows[i].turns);
  }
  g_assert_false (vmm_peer_turns_has (&(VmmPeerTurns){ 0, 0 }, 0));
  g_assert_cmpint (vmm_peer_turns_next (&(VmmPeerTurns){ 0, 0 }, 0), ==, G_MAXINT64);
}

/* ---- A client of the server, byte by byte */

static int
dial (const char *text)
{
  g_autoptr (GSocketAddress) address = vmm_peer_parse (text);
  struct sockaddr_storage native;

  g_assert_true (g_socket_address_to_native (address, &native, sizeof native, NULL));
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &native, sizeof (struct sockaddr_in)), ==, 0);
  return fd;
}

/* Lets the server work until it has nothing to do. */
static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* The server's verdict on `greeting`, or -1 where it closed the connection. */
static int
ask (int fd, const VmmGreeting *greeting)
{
  guint8     bytes[VMM_GREETING_BYTES];
  VmmVerdict verdict;
  gssize     n;

  vmm_greeting_write (bytes, greeting);
  g_assert_cmpint (send (fd, bytes, sizeof bytes, MSG_NOSIGNAL), ==, sizeof bytes);
  do
    settle ();
  while ((n = recv (fd, bytes, sizeof bytes, MSG_DONTWAIT)) < 0 && errno == EAGAIN);
  return n == (gssize) sizeof bytes && vmm_verdict_read (bytes, &verdict) ? (int) verdict : -1;
}

static gboolean
is_closed (int fd)
{
  char   byte;
  gssize n;

  do
    settle ();
  while ((n = recv (fd, &byte, 1, MSG_DONTWAIT)) < 0 && errno == EAGAIN);
  return n == 0 || errno == ECONNRESET;
}

/* What is beyond the limits is refused, and whoever sends more than was granted is cut off. */
static void
test_limits (void)
{
  static const struct {
    VmmGreeting greeting;
    int         verdict;
  } rows[] = {
    { { VMM_GREETING_ECHO, 1, 1000 }, VMM_VERDICT_WELCOME },
    { { VMM_GREETING_ECHO, 2, 1000 }, VMM_VERDICT_TOO_MUCH },
    { { VMM_GREETING_ECHO, 1, 1001 }, VMM_VERDICT_TOO_MUCH },
    { { VMM_GREETING_STREAM, 1024, 1000 }, VMM_VERDICT_WELCOME },
    { { VMM_GREETING_STREAM, 1025, 1000 }, VMM_VERDICT_TOO_MUCH },
    { { VMM_GREETING_STREAM, 1, G_MAXUINT32 }, VMM_VERDICT_TOO_MUCH },
    { { 'x', 1, 1 }, -1 },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (VmmPeerServer) server = vmm_peer_server_new (HERE, &error);
  g_assert_no_error (error);
  g_autofree char *address = vmm_peer_server_get_address (server);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    int fd = dial (address);
    g_assert_cmpint (ask (fd, &rows[i].greeting), ==, rows[i].verdict);
    if (rows[i].verdict != VMM_VERDICT_WELCOME)
      g_assert_true (is_closed (fd));
    close (fd);
    while (vmm_peer_server_count (server) > 0)
      settle ();
  }

  int              fd = dial (address);
  g_autofree char *bytes = g_malloc0 (64);
  g_assert_cmpint (ask (fd, &(VmmGreeting){ VMM_GREETING_ECHO, 0, 1000 }), ==, 0);
  g_assert_cmpint (send (fd, bytes, 64, MSG_NOSIGNAL), ==, 64);
  g_assert_true (is_closed (fd));
  close (fd);
}

/* One stream at a time, so many connections, and none of them for ever: by the server's clock. */
static void
test_turn_away (void)
{
  g_autoptr (VmmPeerServer) server = vmm_peer_server_new (HERE, NULL);
  g_autofree char  *address = vmm_peer_server_get_address (server);
  const VmmGreeting stream = { VMM_GREETING_STREAM, 1, 1000 };
  VmmPeerAccount    account;
  int               fds[VMM_PEER_GUESTS + 1];

  fds[0] = dial (address);
  g_assert_cmpint (ask (fds[0], &stream), ==, VMM_VERDICT_WELCOME);
  int second = dial (address);
  g_assert_cmpint (ask (second, &stream), ==, VMM_VERDICT_BUSY);
  close (second);

  for (guint i = 1; i < VMM_PEER_GUESTS; i++)
    fds[i] = dial (address); /* say nothing */
  while (vmm_peer_server_count (server) < VMM_PEER_GUESTS)
    settle ();
  fds[VMM_PEER_GUESTS] = dial (address);
  g_assert_true (is_closed (fds[VMM_PEER_GUESTS]));

  vmm_peer_server_expire (server, g_get_monotonic_time () - SECOND);
  g_assert_cmpuint (vmm_peer_server_count (server), ==, VMM_PEER_GUESTS);
  vmm_peer_server_expire (server, g_get_monotonic_time () + 2 * SECOND);
  g_assert_cmpuint (vmm_peer_server_count (server), ==, 0);
  vmm_peer_server_get_account (server, &account);
  g_assert_cmpuint (account.streams, ==, 1);
  g_assert_cmpuint (account.refused, >=, 2 + VMM_PEER_GUESTS);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
}

/* Where this program can open nothing more, who waits at the door costs nothing until it can. */
static void
test_short (void)
{
  g_autoptr (VmmPeerServer) server = vmm_peer_server_new (HERE, NULL);
  g_autofree char  *address = vmm_peer_server_get_address (server);
  const VmmGreeting greeting = { VMM_GREETING_ECHO, 1, 1000 };
  struct rlimit     before;
  guint             turns = 0;
  int               fd = dial (address), next = dup (fd);

  close (next);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &(struct rlimit){ (rlim_t) next, before.rlim_max }),
                   ==, 0);
  while (turns < 100 && g_main_context_iteration (NULL, turns == 0))
    turns++;
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  g_assert_cmpuint (turns, <, 10);
  g_assert_cmpuint (vmm_peer_server_count (server), ==, 0);
  while (vmm_peer_server_count (server) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (ask (fd, &greeting), ==, VMM_VERDICT_WELCOME);
  close (fd);
}

static void
test_no_door (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VmmPeerServer) server = vmm_peer_server_new (HERE, NULL);
  g_autofree char *address = vmm_peer_server_get_address (server);

  g_assert_null (vmm_peer_server_new ("nonsense", &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_RANGE);
  g_clear_error (&error);
  g_assert_null (vmm_peer_server_new (address, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_IO);
}

/* ---- A burst, on a thread as in the program */

typedef struct {
  VmmBurst    burst;
  const char *address;
  gint        is_over; /* atomic */
} Asked;

static gpointer
run_burst (gpointer data)
{
  Asked *asked = data;
  g_autoptr (GSocketAddress) address = vmm_peer_parse (asked->address);
  struct sockaddr_storage native;

  g_socket_address_to_native (address, &native, sizeof native, NULL);
  vmm_burst_run (&asked->burst, &native, sizeof (struct sockaddr_in),
                 g_get_monotonic_time () + 400000);
  g_atomic_int_set (&asked->is_over, TRUE);
  g_main_context_wakeup (NULL);
  return NULL;
}

static VmmBurst
ask_burst (const char *address)
{
  Asked    asked = { .address = address };
  GThread *thread = g_thread_new ("burst", run_burst, &asked);

  while (!g_atomic_int_get (&asked.is_over))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
  return asked.burst;
}

static void
test_burst (void)
{
  g_autoptr (VmmPeerServer) server = vmm_peer_server_new (HERE, NULL);
  g_autofree char *address = vmm_peer_server_get_address (server);
  VmmPeerAccount   account;
  VmmBurst         burst = ask_burst (address);

  g_assert_cmpint (burst.cause, ==, VMM_CAUSE_NONE);
  g_assert_cmpfloat (burst.mb_per_s, >, 0);
  g_assert_cmpfloat (burst.rtt_idle_ms, >, 0);
  g_assert_cmpfloat (burst.rtt_loaded_ms, >, 0);
  while (vmm_peer_server_count (server) > 0)
    g_main_context_iteration (NULL, TRUE);
  vmm_peer_server_get_account (server, &account);
  g_assert_cmpuint (account.streams, ==, 1);
  g_assert_cmpuint (account.refused, ==, 0);
  g_assert_cmpuint (account.bytes, >, 0);
  g_assert_cmpuint (account.bytes, <=, (guint64) VMM_PEER_STREAM_MIB << 20);
}

/* ---- Peers that are none */

typedef struct {
  const char *says; /* once it was greeted; NULL = nothing */
  gsize       length;
  gboolean    leaves; /* and then closes the connection */
  VmmCause    cause;
} Impostor;

#define WELCOME "vmmpeer1\0\0\0\0\0\0\0\0"
#define BUSY "vmmpeer1\1\0\0\0\0\0\0\0"
#define TOO_MUCH "vmmpeer1\2\0\0\0\0\0\0\0"
#define UNKNOWN "vmmpeer1\7\0\0\0\0\0\0\0"

typedef struct {
  const Impostor *impostor;
  int             door, fd;
} Play;

static gpointer
play (gpointer data)
{
  Play *part = data;
  char  greeting[VMM_GREETING_BYTES];

  part->fd = accept (part->door, NULL, NULL);
  g_assert_cmpint (recv (part->fd, greeting, sizeof greeting, MSG_WAITALL), ==, sizeof greeting);
  if (part->impostor->says)
    g_assert_cmpint (send (part->fd, part->impostor->says, part->impostor->length, MSG_NOSIGNAL),
                     ==, part->impostor->length);
  if (part->impostor->leaves)
    shutdown (part->fd, SHUT_RDWR);
  return NULL;
}

static int
open_door (char **ret_address)
{
  struct sockaddr_in native = { .sin_family = AF_INET, .sin_addr = { htonl (INADDR_LOOPBACK) } };
  socklen_t          length = sizeof native;
  int                door = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (bind (door, (struct sockaddr *) &native, length), ==, 0);
  g_assert_cmpint (listen (door, 4), ==, 0);
  g_assert_cmpint (getsockname (door, (struct sockaddr *) &native, &length), ==, 0);
  *ret_address = g_strdup_printf ("127.0.0.1:%u", ntohs (native.sin_port));
  return door;
}

static void
test_impostors (void)
{
  static const Impostor rows[] = {
    { NULL, 0, FALSE, VMM_CAUSE_PEER_SILENT },
    { NULL, 0, TRUE, VMM_CAUSE_PEER_FOREIGN },
    { "SSH-2.0-OpenSSH\r\n", 17, FALSE, VMM_CAUSE_PEER_FOREIGN },
    { UNKNOWN, 16, FALSE, VMM_CAUSE_PEER_FOREIGN },
    { WELCOME, 10, TRUE, VMM_CAUSE_PEER_FOREIGN },
    { BUSY, 16, TRUE, VMM_CAUSE_PEER_BUSY },
    { TOO_MUCH, 16, TRUE, VMM_CAUSE_PEER_REFUSES },
    { WELCOME, 16, FALSE, VMM_CAUSE_PEER_SILENT },        /* and no echo */
    { WELCOME "???", 19, FALSE, VMM_CAUSE_PEER_FOREIGN }, /* echoes of what was not called */
    { WELCOME, 16, TRUE, VMM_CAUSE_PEER_VANISHED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *address = NULL;
    Play             part = { &rows[i], open_door (&address), -1 };
    GThread         *thread = g_thread_new ("impostor", play, &part);

    g_test_message ("impostor %u", i);
    VmmBurst burst = ask_burst (address);
    g_assert_cmpint (burst.cause, ==, rows[i].cause);
    g_assert_true (isnan (burst.mb_per_s));
    g_thread_join (thread);
    close (part.fd);
    close (part.door);
  }
}

static void
test_nobody (void)
{
  g_autofree char *address = NULL;

  close (open_door (&address));
  VmmBurst burst = ask_burst (address);
  g_assert_cmpint (burst.cause, ==, VMM_CAUSE_PEER_UNREACHABLE);
  g_assert_cmpstr (burst.said, ==, "the peer cannot be reached: Connection refused");
}

/* ---- The source */

/* In turns of a window it asks, the row that follows has the values, and all others say why not. */
static void
test_source (void)
{
  g_autoptr (VmmPeerServer) server = vmm_peer_server_new (HERE, NULL);
  g_autofree char *address = vmm_peer_server_get_address (server);
  VmmPeerTurns     turns;
  VmmPeerAccount   account = { 0 };
  float            row[VMM_N_CHANNELS];

  vmm_peer_turns_init (&turns, SECOND, 5);
  g_autoptr (VmmSource) source = vmm_peer_new (address, &turns);
  gint64 turn_us = g_get_monotonic_time (), start_us = turn_us - 1500000;

  vmm_source_start (source, start_us);
  vmm_source_sample (source, start_us, row);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PEER_THROUGHPUT]), ==, VMM_OFF);
  g_assert_cmpint (vmm_source_pulse (source, start_us), ==, G_MAXINT64);
  vmm_source_window_begins (source, start_us);
  g_assert_cmpint (vmm_source_pulse (source, start_us), ==, turn_us);
  vmm_source_sample (source, start_us + SECOND, row);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PEER_THROUGHPUT]), ==, VMM_PENDING);

  g_assert_cmpint (vmm_source_pulse (source, turn_us), ==, G_MAXINT64);
  do { /* until the worker is done with its burst */
    g_main_context_iteration (NULL, TRUE);
    vmm_source_sample (source, start_us + 2 * SECOND, row);
  } while (vmm_absence (row[VMM_CHANNEL_PEER_THROUGHPUT]) == VMM_PENDING);
  vmm_peer_server_get_account (server, &account);
  g_assert_cmpuint (account.streams, ==, 1);
  g_assert_cmpint (vmm_source_reason (source, VMM_CHANNEL_PEER_THROUGHPUT).cause, ==,
                   VMM_CAUSE_NONE);
  g_assert_cmpfloat (row[VMM_CHANNEL_PEER_THROUGHPUT], >, 0);
  g_assert_cmpfloat (row[VMM_CHANNEL_PEER_RTT_IDLE], >, 0);
  g_assert_cmpfloat (row[VMM_CHANNEL_PEER_RTT_LOADED], >, 0);

  vmm_source_window_ends (source);
  vmm_source_sample (source, start_us + 3 * SECOND, row);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PEER_RTT_IDLE]), ==, VMM_OFF);
}

/* A peer that is not there is a reason. A turn that comes too late is left out. */
static void
test_source_alone (void)
{
  g_autofree char *address = NULL;
  VmmPeerTurns     turns;
  float            row[VMM_N_CHANNELS];

  close (open_door (&address));
  vmm_peer_turns_init (&turns, SECOND, 10);
  g_autoptr (VmmSource) source = vmm_peer_new (address, &turns);
  gint64 turn_us = g_get_monotonic_time (), start_us = turn_us - 6500000;

  vmm_source_start (source, start_us);
  vmm_source_window_begins (source, start_us);
  g_assert_cmpint (vmm_source_pulse (source, start_us + 1600000), ==, turn_us);
  vmm_source_sample (source, start_us + 2 * SECOND, row);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PEER_THROUGHPUT]), ==, VMM_PENDING);
  vmm_source_pulse (source, turn_us);
  do
    vmm_source_sample (source, turn_us, row);
  while (vmm_absence (row[VMM_CHANNEL_PEER_THROUGHPUT]) == VMM_PENDING);
  g_assert_cmpint (vmm_absence (row[VMM_CHANNEL_PEER_THROUGHPUT]), ==, VMM_FAILED);
  g_assert_cmpint (vmm_source_reason (source, VMM_CHANNEL_PEER_THROUGHPUT).cause, ==,
                   VMM_CAUSE_PEER_UNREACHABLE);
  g_assert_null (vmm_source_reason (source, VMM_CHANNEL_CPU_BUSY).sentence);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/peer/addresses", test_addresses);
  g_test_add_func ("/peer/turns", test_turns);
  g_test_add_func ("/peer/limits", test_limits);
  g_test_add_func ("/peer/turn-away", test_turn_away);
  g_test_add_func ("/peer/short", test_short);
  g_test_add_func ("/peer/no-door", test_no_door);
  g_test_add_func ("/peer/burst", test_burst);
  g_test_add_func ("/peer/impostors", test_impostors);
  g_test_add_func ("/peer/nobody", test_nobody);
  g_test_add_func ("/peer/source", test_source);
  g_test_add_func ("/peer/source-alone", test_source_alone);
  return g_test_run ();
}
