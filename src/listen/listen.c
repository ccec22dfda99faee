/* SPDX-License-Identifier: MIT */
/* listen: libmicrohttpd, driven by the main loop, within fixed bounds. */
#include "vmm/listen.h"

#include "vmm/error.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <microhttpd.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#define MEMORY_BYTES 8192 /* of a connection: its request, too */
#define TURNS 16          /* of work at once, before others have their turn */
#define FRESH_US G_USEC_PER_SEC

/* A connection that is open: its socket, and since when. */
typedef struct {
  gboolean is_open;
  int      fd;
  gint64   since_us;
} Guest;

struct _VmmListener {
  struct MHD_Daemon *daemon;
  VmmListenerText    text;
  gpointer           data;
  guint              source, timer;
  Guest              guests[VMM_LISTEN_CONNECTIONS];
  char              *cached;
  gint64             cached_us;
  gboolean           has_closed; /* a connection, and the next is let in by another MHD_run() */
};

/* ---- Answers */

static const char *
get_text (VmmListener *listener)
{
  gint64 now_us = g_get_monotonic_time ();

  if (!listener->cached || now_us - listener->cached_us >= FRESH_US) {
    g_free (listener->cached);
    listener->cached = listener->text (listener->data);
    listener->cached_us = now_us;
  }
  return listener->cached;
}

static enum MHD_Result
reply (struct MHD_Connection *connection, guint status, const char *type, const char *text)
{
  struct MHD_Response *response =
      MHD_create_response_from_buffer (strlen (text), (void *) text, MHD_RESPMEM_MUST_COPY);

  if (!response)
    return MHD_NO;
  MHD_add_response_header (response, "Content-Type", type);
  MHD_add_response_header (response, "Connection", "close");
  enum MHD_Result result = MHD_queue_response (connection, status, response);
  MHD_destroy_response (response);
  return result;
}

static enum MHD_Result
on_request (void *data, struct MHD_Connection *connection, const char *url, const char *method,
            const char *version, const char *upload, size_t *upload_bytes, void **state)
{
  gboolean reads = strcmp (method, "GET") == 0 || strcmp (method, "HEAD") == 0;

  if (!reads)
    return reply (connection, MHD_HTTP_METHOD_NOT_ALLOWED, "text/plain", "GET or HEAD\n");
  if (strcmp (url, "/-/healthy") == 0)
    return reply (connection, MHD_HTTP_OK, "text/plain", "healthy\n");
  if (strcmp (url, "/metrics") != 0)
    return reply (connection, MHD_HTTP_NOT_FOUND, "text/plain", "/metrics\n");
  return reply (connection, MHD_HTTP_OK, "text/plain; version=0.0.4; charset=utf-8",
                get_text (data));
}

/* ---- The bounds */

static gboolean on_timer (gpointer data);

static void
on_connection (void *data, struct MHD_Connection *connection, void **state,
               enum MHD_ConnectionNotificationCode code)
{
  VmmListener                    *listener = data;
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);

  if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
    listener->has_closed = TRUE;
    if (*state)
      ((Guest *) *state)->is_open = FALSE;
    return;
  }
  for (guint i = 0; info && i < G_N_ELEMENTS (listener->guests); i++)
    if (!listener->guests[i].is_open) {
      listener->guests[i] = (Guest){ TRUE, info->connect_fd, g_get_monotonic_time () };
      *state = &listener->guests[i];
      break;
    }
  if (!listener->timer)
    listener->timer = g_timeout_add_seconds (1, on_timer, listener);
}

static gboolean
has_more (VmmListener *listener)
{
  MHD_UNSIGNED_LONG_LONG wait_ms;

  return listener->has_closed ||
         (MHD_get_timeout (listener->daemon, &wait_ms) == MHD_YES && wait_ms == 0);
}

static void
work (VmmListener *listener)
{
  guint turns = 0;

  do {
    listener->has_closed = FALSE;
    MHD_run (listener->daemon);
  } while (++turns < TURNS && has_more (listener));
}

static gboolean
on_ready (int fd, GIOCondition condition, gpointer data)
{
  work (data);
  return G_SOURCE_CONTINUE;
}

/* Whoever sends a byte now and then is not idle, but has had time enough; and who has left in the middle
 * of a request waits for nothing. */
static gboolean
is_over (const Guest *guest, gint64 now_us)
{
  struct pollfd end = { .fd = guest->fd, .events = POLLRDHUP };
  gint64        open_us = now_us - guest->since_us;

  if (!guest->is_open)
    return FALSE;
  return open_us >= (gint64) VMM_LISTEN_SECONDS * G_USEC_PER_SEC ||
         (open_us >= G_USEC_PER_SEC / 2 && poll (&end, 1, 0) > 0);
}

static gboolean
on_timer (gpointer data)
{
  VmmListener *listener = data;
  gint64       now_us = g_get_monotonic_time ();
  guint        n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (listener->guests); i++)
    if (is_over (&listener->guests[i], now_us))
      shutdown (listener->guests[i].fd, SHUT_RDWR);
  work (listener);
  for (guint i = 0; i < G_N_ELEMENTS (listener->guests); i++)
    n += listener->guests[i].is_open;
  if (n > 0 || listener->has_closed)
    return G_SOURCE_CONTINUE;
  listener->timer = 0;
  return G_SOURCE_REMOVE;
}

/* ---- The address */

/* In figures: a name would be looked up. */
static GInetSocketAddress *
parse (const char *text, GError **error)
{
  g_autoptr (GSocketConnectable) parsed = g_network_address_parse (text, VMM_LISTEN_PORT, NULL);
  g_autoptr (GInetAddress) address =
      parsed ? g_inet_address_new_from_string (
                   g_network_address_get_hostname (G_NETWORK_ADDRESS (parsed)))
             : NULL;

  if (address)
    return G_INET_SOCKET_ADDRESS (g_inet_socket_address_new (
        address, g_network_address_get_port (G_NETWORK_ADDRESS (parsed))));
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               _ ("--listen \"%s\": must be an address in figures and a port, such as "
                  "127.0.0.1:9780"),
               text);
  return NULL;
}

static gboolean
check (GInetSocketAddress *address, gboolean open, const char *text, GError **error)
{
  if (open || g_inet_address_get_is_loopback (g_inet_socket_address_get_address (address)))
    return TRUE;
  g_set_error (
      error, VMM_ERROR, VMM_ERROR_RANGE,
      _ ("--listen \"%s\": everybody who reaches this address could read the figures; with "
         "--open they may"),
      text);
  return FALSE;
}

static struct MHD_Daemon *
start (VmmListener *listener, const struct sockaddr *native, gboolean is_6)
{
  guint flags = MHD_USE_EPOLL | (is_6 ? MHD_USE_IPv6 : MHD_NO_FLAG);

  return MHD_start_daemon (
      flags, 0, NULL, NULL, on_request, listener, MHD_OPTION_SOCK_ADDR, native,
      MHD_OPTION_NOTIFY_CONNECTION, on_connection, listener, MHD_OPTION_CONNECTION_LIMIT,
      (guint) VMM_LISTEN_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (guint) VMM_LISTEN_SECONDS,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) MEMORY_BYTES, MHD_OPTION_END);
}

VmmListener *
vmm_listener_new (const char *address, gboolean open, VmmListenerText text, gpointer data,
                  GError **error)
{
  g_autoptr (GInetSocketAddress) parsed = parse (address, error);
  g_autoptr (VmmListener) listener = NULL;
  struct sockaddr_storage native;

  if (!parsed || !check (parsed, open, address, error) ||
      !g_socket_address_to_native (G_SOCKET_ADDRESS (parsed), &native, sizeof native, error))
    return NULL;
  listener = g_new0 (VmmListener, 1);
  listener->text = text;
  listener->data = data;
  listener->daemon = start (listener, (struct sockaddr *) &native, native.ss_family == AF_INET6);
  if (!listener->daemon) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, _ ("--listen \"%s\": this address cannot be had"),
                 address);
    return NULL;
  }
  int fd = MHD_get_daemon_info (listener->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
  listener->source = g_unix_fd_add (fd, G_IO_IN, on_ready, listener);
  return g_steal_pointer (&listener);
}

void
vmm_listener_free (VmmListener *listener)
{
  if (!listener)
    return;
  g_clear_handle_id (&listener->source, g_source_remove);
  if (listener->daemon)
    MHD_stop_daemon (listener->daemon);
  g_clear_handle_id (&listener->timer, g_source_remove);
  g_free (listener->cached);
  g_free (listener);
}
