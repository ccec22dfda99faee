/* SPDX-License-Identifier: MIT */
/* listen: libmicrohttpd, driven by the main loop, within fixed bounds. */
#include "vmm/listen.h"

#include "vmm/error.h"
#include "vmm/secret.h"

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
#define LOOK_MS 100 /* how often, while a connection is open */
#define WAITING 16  /* whom the kernel lets wait: those who left would go before who comes */

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
  char              *credentials; /* the header that each request must bring; NULL = none */
  gint64             cached_us;
  gboolean           is_refused; /* the certificate, or its key */
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

/* The scheme is not case-sensitive, what follows it is. */
static gboolean
may_read (const VmmListener *listener, struct MHD_Connection *connection)
{
  const char *brought =
      MHD_lookup_connection_value (connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_AUTHORIZATION);

  if (!listener->credentials)
    return TRUE;
  return brought && g_ascii_strncasecmp (brought, "Basic ", 6) == 0 &&
         vmm_secret_is (brought + 6, listener->credentials);
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
  if (status == MHD_HTTP_UNAUTHORIZED)
    MHD_add_response_header (response, MHD_HTTP_HEADER_WWW_AUTHENTICATE,
                             "Basic realm=\"vmm_monitor\", charset=\"UTF-8\"");
  enum MHD_Result result = MHD_queue_response (connection, status, response);
  MHD_destroy_response (response);
  return result;
}

static enum MHD_Result
on_request (void *data, struct MHD_Connection *connection, const char *url, const char *method,
            const char *version, const char *upload, size_t *upload_bytes, void **state)
{
  gboolean reads = strcmp (method, "GET") == 0 || strcmp (method, "HEAD") == 0;

  if (!may_read (data, connection))
    return reply (connection, MHD_HTTP_UNAUTHORIZED, "text/plain", "name and password\n");
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
    listener->timer = g_timeout_add (LOOK_MS, on_timer, listener);
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
         (open_us >= LOOK_MS * G_TIME_SPAN_MILLISECOND && poll (&end, 1, 0) > 0);
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
check (GInetSocketAddress *address, const VmmDoor *door, GError **error)
{
  gboolean is_guarded = door->certificate && door->key && door->password;

  if (door->open || is_guarded ||
      g_inet_address_get_is_loopback (g_inet_socket_address_get_address (address)))
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               _ ("--listen \"%s\": everybody who reaches this address could read the figures; "
                  "with --tls-cert, --tls-key and --password only who may, with --open they may"),
               door->address);
  return FALSE;
}

/* ---- Its beginning */

/* Remembers whether it was the certificate that was not liked. */
static G_GNUC_PRINTF (2, 0) void on_log (void *data, const char *format, va_list arguments)
{
  gboolean *is_refused = data;

  *is_refused |= strstr (format, "x509") || strstr (format, "certificate");
}

static struct MHD_Daemon *
start (VmmListener *listener, const VmmDoor *door, const struct sockaddr *native,
       gboolean *ret_is_refused)
{
  guint flags = MHD_USE_EPOLL | MHD_USE_ERROR_LOG | (door->certificate ? MHD_USE_TLS : 0) |
                (native->sa_family == AF_INET6 ? MHD_USE_IPv6 : 0);
  struct MHD_OptionItem encrypted[] = {
    { MHD_OPTION_HTTPS_MEM_CERT, 0, (void *) door->certificate },
    { MHD_OPTION_HTTPS_MEM_KEY, 0, (void *) door->key },
    { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *) "NORMAL:-VERS-TLS1.0:-VERS-TLS1.1" },
    { MHD_OPTION_END, 0, NULL }
  };

  return MHD_start_daemon (
      flags, 0, NULL, NULL, on_request, listener, MHD_OPTION_EXTERNAL_LOGGER, on_log,
      ret_is_refused, MHD_OPTION_SOCK_ADDR, native, MHD_OPTION_NOTIFY_CONNECTION, on_connection,
      listener, MHD_OPTION_CONNECTION_LIMIT, (guint) VMM_LISTEN_CONNECTIONS,
      MHD_OPTION_LISTEN_BACKLOG_SIZE, (guint) WAITING, MHD_OPTION_CONNECTION_TIMEOUT,
      (guint) VMM_LISTEN_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) MEMORY_BYTES,
      MHD_OPTION_ARRAY, door->certificate ? encrypted : encrypted + 3, MHD_OPTION_END);
}

static gboolean
begin (VmmListener *listener, const VmmDoor *door, const struct sockaddr *native, GError **error)
{
  gboolean *is_refused = &listener->is_refused;

  listener->daemon = start (listener, door, native, is_refused);
  if (listener->daemon)
    return TRUE;
  if (*is_refused)
    g_set_error_literal (
        error, VMM_ERROR, VMM_ERROR_FORMAT,
        _ ("--tls-cert, --tls-key: a certificate and its key, in PEM, were expected"));
  else
    g_set_error (error, VMM_ERROR, VMM_ERROR_IO, _ ("--listen \"%s\": this address cannot be had"),
                 door->address);
  return FALSE;
}

VmmListener *
vmm_listener_new (const VmmDoor *door, VmmListenerText text, gpointer data, GError **error)
{
  g_autoptr (GInetSocketAddress) parsed = parse (door->address, error);
  g_autoptr (VmmListener) listener = NULL;
  struct sockaddr_storage native;

  if (!parsed || !check (parsed, door, error) ||
      !g_socket_address_to_native (G_SOCKET_ADDRESS (parsed), &native, sizeof native, error))
    return NULL;
  if (door->certificate && MHD_is_feature_supported (MHD_FEATURE_TLS) != MHD_YES) {
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED,
                         _ ("this libmicrohttpd was built without TLS"));
    return NULL;
  }
  listener = g_new0 (VmmListener, 1);
  listener->text = text;
  listener->data = data;
  if (door->password)
    listener->credentials =
        g_base64_encode ((const guchar *) door->password, strlen (door->password));
  if (!begin (listener, door, (struct sockaddr *) &native, error))
    return NULL;
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
  vmm_secret_free (listener->credentials);
  g_free (listener);
}
