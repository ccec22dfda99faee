/* SPDX-License-Identifier: MIT */
/* server: takes what other guests stream and sends echoes back, within fixed bounds. */
#include "server_private.h"

#include "greeting.h"
#include "vmm/error.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define GULP_BYTES (256u << 10) /* of a stream at once, before others have their turn */
#define BITE_BYTES 64u          /* of echoes */
#define LOOK_MS 100
#define PAUSE_MS 100 /* of the door, where this program can open nothing more */

/* A connection. Until its greeting is whole, it may last as long as one that asks for most. */
typedef struct {
  VmmPeerServer *server;
  int            fd; /* -1 = free */
  guint          source;
  gint64         until_us;
  guint          greeted; /* bytes of the greeting */
  gboolean       is_welcome;
  guint8         greeting[VMM_GREETING_BYTES];
  VmmGreeting    asked;
  guint64        left; /* bytes that it may still send */
} Guest;

struct _VmmPeerServer {
  int            fd;
  guint          source, timer; /* of the door, or of its pause; of the guests */
  Guest          guests[VMM_PEER_GUESTS];
  VmmPeerAccount account;
  char          *buffer;
};

/* With a reset: nothing of it stays, here or there. */
static void
drop (Guest *guest, gboolean reset)
{
  const struct linger linger = { 1, 0 };

  if (guest->fd < 0)
    return;
  if (reset)
    setsockopt (guest->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_source_remove (guest->source);
  close (guest->fd);
  guest->fd = -1;
}

static void
refuse (Guest *guest)
{
  guest->server->account.refused++;
  drop (guest, TRUE);
}

static gboolean
has_stream (const VmmPeerServer *server)
{
  for (guint i = 0; i < VMM_PEER_GUESTS; i++)
    if (server->guests[i].fd >= 0 && server->guests[i].is_welcome &&
        server->guests[i].asked.kind == VMM_GREETING_STREAM)
      return TRUE;
  return FALSE;
}

/* Two streams at once would each be half of what the way carries. */
static VmmVerdict
judge (const Guest *guest)
{
  if (!vmm_greeting_is_within (&guest->asked))
    return VMM_VERDICT_TOO_MUCH;
  if (guest->asked.kind == VMM_GREETING_STREAM && has_stream (guest->server))
    return VMM_VERDICT_BUSY;
  return VMM_VERDICT_WELCOME;
}

static void
answer (Guest *guest)
{
  guint8     verdict[VMM_GREETING_BYTES];
  VmmVerdict said = judge (guest);

  vmm_verdict_write (verdict, said);
  if (send (guest->fd, verdict, sizeof verdict, MSG_NOSIGNAL) != (gssize) sizeof verdict) {
    refuse (guest);
    return;
  }
  if (said != VMM_VERDICT_WELCOME) {
    guest->server->account.refused++;
    drop (guest, FALSE); /* the verdict shall arrive */
    return;
  }
  guest->is_welcome = TRUE;
  guest->left = (guint64) guest->asked.mib << 20;
  guest->until_us = g_get_monotonic_time () + guest->asked.ms * G_GINT64_CONSTANT (1000);
  guest->server->account.streams += guest->asked.kind == VMM_GREETING_STREAM;
}

static void
greet (Guest *guest, gsize n)
{
  guest->greeted += (guint) n;
  if (guest->greeted < VMM_GREETING_BYTES)
    return;
  if (vmm_greeting_read (guest->greeting, &guest->asked))
    answer (guest);
  else
    refuse (guest);
}

static void
take (Guest *guest, const char *bytes, gsize n)
{
  if (n > guest->left) {
    refuse (guest);
    return;
  }
  guest->left -= n;
  if (guest->asked.kind == VMM_GREETING_STREAM)
    guest->server->account.bytes += n;
  else if (send (guest->fd, bytes, n, MSG_NOSIGNAL) != (gssize) n)
    drop (guest, TRUE);
}

static gboolean
on_bytes (int fd, GIOCondition condition, gpointer data)
{
  Guest *guest = data;
  char  *to = guest->is_welcome ? guest->server->buffer : (char *) guest->greeting + guest->greeted;
  gsize  room = guest->asked.kind == VMM_GREETING_STREAM ? GULP_BYTES : BITE_BYTES;
  gssize n = recv (fd, to, guest->is_welcome ? room : VMM_GREETING_BYTES - guest->greeted, 0);

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return G_SOURCE_CONTINUE;
  if (n <= 0)
    drop (guest, TRUE);
  else if (guest->is_welcome)
    take (guest, to, (gsize) n);
  else
    greet (guest, (gsize) n);
  return guest->fd == fd;
}

static gboolean
on_timer (gpointer data)
{
  VmmPeerServer *server = data;

  vmm_peer_server_expire (server, g_get_monotonic_time ());
  if (vmm_peer_server_count (server) > 0)
    return G_SOURCE_CONTINUE;
  server->timer = 0;
  return G_SOURCE_REMOVE;
}

static Guest *
find_place (VmmPeerServer *server)
{
  for (guint i = 0; i < VMM_PEER_GUESTS; i++)
    if (server->guests[i].fd < 0)
      return &server->guests[i];
  return NULL;
}

static gboolean on_guest (int fd, GIOCondition condition, gpointer data);

static gboolean
on_paused (gpointer data)
{
  VmmPeerServer *server = data;

  server->source = g_unix_fd_add (server->fd, G_IO_IN, on_guest, server);
  return G_SOURCE_REMOVE;
}

/* Who waits at the door stays there, and would be announced again at once. */
static gboolean
go_on (VmmPeerServer *server, int error)
{
  static const int short_of[] = { EMFILE, ENFILE, ENOBUFS, ENOMEM };

  for (guint i = 0; i < G_N_ELEMENTS (short_of); i++)
    if (error == short_of[i]) {
      server->source = g_timeout_add (PAUSE_MS, on_paused, server);
      return G_SOURCE_REMOVE;
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
on_guest (int fd, GIOCondition condition, gpointer data)
{
  VmmPeerServer *server = data;
  Guest         *guest = find_place (server);

  struct sockaddr_storage from;
  socklen_t               length = sizeof from;
  int accepted = accept4 (fd, (struct sockaddr *) &from, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);

  if (accepted < 0)
    return go_on (server, errno);
  if (!guest) {
    server->account.refused++;
    close (accepted);
    return G_SOURCE_CONTINUE;
  }
  setsockopt (accepted, IPPROTO_TCP, TCP_NODELAY, &(int){ 1 }, sizeof (int));
  *guest = (Guest){ .server = server, .fd = accepted };
  guest->until_us = g_get_monotonic_time () + VMM_PEER_MS * G_GINT64_CONSTANT (1000);
  guest->source = g_unix_fd_add (accepted, G_IO_IN | G_IO_HUP | G_IO_ERR, on_bytes, guest);
  if (!server->timer)
    server->timer = g_timeout_add (LOOK_MS, on_timer, server);
  return G_SOURCE_CONTINUE;
}

void
vmm_peer_server_expire (VmmPeerServer *server, gint64 now_us)
{
  for (guint i = 0; i < VMM_PEER_GUESTS; i++)
    if (server->guests[i].fd >= 0 && now_us >= server->guests[i].until_us)
      refuse (&server->guests[i]);
}

guint
vmm_peer_server_count (const VmmPeerServer *server)
{
  guint n = 0;

  for (guint i = 0; i < VMM_PEER_GUESTS; i++)
    n += server->guests[i].fd >= 0;
  return n;
}

/* ---- The door */

/* -1, with errno. One of IPv6 hears IPv4 as well. */
static int
open_door (GSocketAddress *address)
{
  struct sockaddr_storage native;
  gssize                  length = g_socket_address_get_native_size (address);
  int                     fd =
      socket (g_socket_address_get_family (address), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

  if (fd < 0 || !g_socket_address_to_native (address, &native, sizeof native, NULL))
    return fd;
  setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &(int){ 1 }, sizeof (int));
  if (bind (fd, (const struct sockaddr *) &native, (socklen_t) length) == 0 &&
      listen (fd, VMM_PEER_GUESTS) == 0)
    return fd;
  int code = errno;
  close (fd);
  errno = code;
  return -1;
}

static int
open_any (void)
{
  static const char *const any[] = { "[::]", "0.0.0.0" };
  int                      fd = -1;

  for (guint i = 0; fd < 0 && i < G_N_ELEMENTS (any); i++) {
    g_autoptr (GSocketAddress) address = vmm_peer_parse (any[i]);
    fd = open_door (address);
  }
  return fd;
}

VmmPeerServer *
vmm_peer_server_new (const char *address, GError **error)
{
  g_autoptr (GSocketAddress) parsed = address ? vmm_peer_parse (address) : NULL;

  if (address && !parsed) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
                 _ ("--listen \"%s\": must be an address in figures and a port, such as "
                    "192.0.2.1:9781"),
                 address);
    return NULL;
  }
  int fd = parsed ? open_door (parsed) : open_any ();
  if (fd < 0) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, _ ("the peer cannot listen: %s"),
                 g_strerror (errno));
    return NULL;
  }

  VmmPeerServer *server = g_new0 (VmmPeerServer, 1);
  server->fd = fd;
  server->buffer = g_malloc (GULP_BYTES);
  for (guint i = 0; i < VMM_PEER_GUESTS; i++)
    server->guests[i].fd = -1;
  server->source = g_unix_fd_add (fd, G_IO_IN, on_guest, server);
  return server;
}

void
vmm_peer_server_free (VmmPeerServer *server)
{
  if (!server)
    return;
  for (guint i = 0; i < VMM_PEER_GUESTS; i++)
    drop (&server->guests[i], TRUE);
  g_source_remove (server->source);
  if (server->timer)
    g_source_remove (server->timer);
  close (server->fd);
  g_free (server->buffer);
  g_free (server);
}

char *
vmm_peer_server_get_address (const VmmPeerServer *server)
{
  struct sockaddr_storage native;
  socklen_t               length = sizeof native;

  if (getsockname (server->fd, (struct sockaddr *) &native, &length) != 0)
    return g_strdup ("?");
  g_autoptr (GSocketAddress) address = g_socket_address_new_from_native (&native, length);
  return g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address));
}

void
vmm_peer_server_get_account (const VmmPeerServer *server, VmmPeerAccount *ret_account)
{
  *ret_account = server->account;
}
