/* SPDX-License-Identifier: MIT */
/* http: one question by libsoup, on the main context of the thread that asks. */
#include "answer.h"
#include "soup.h"

#include <gio/gio.h>
#include <string.h>

#define CHUNK 16384
#define AGENT "vmm_monitor/" VMM_VERSION

G_STATIC_ASSERT (HTTP_URL_FLAGS == SOUP_HTTP_URI_FLAGS);

struct _VmmHttp {
  const Soup     *soup;
  SoupSession    *session;
  SoupMessage    *message;
  GCancellable   *cancellable;
  GInputStream   *stream;
  GSource        *timer;
  GByteArray     *bytes;
  VmmHttpAnswer  *answer;
  VmmHttpAnswered answered; /* NULL = nobody waits any more */
  gpointer        data;
  char           *wanted;
  guint           limit_ms;
  gboolean        is_late;
  gsize           limit_bytes;
};

/* ---- The end */

static void
stop_timer (VmmHttp *http)
{
  if (http->timer)
    g_source_destroy (http->timer);
  g_clear_pointer (&http->timer, g_source_unref);
}

static void
destroy (VmmHttp *http)
{
  stop_timer (http);
  g_clear_object (&http->stream);
  g_clear_object (&http->message);
  g_clear_object (&http->session);
  g_object_unref (http->cancellable);
  g_clear_pointer (&http->bytes, g_byte_array_unref);
  vmm_http_answer_free (http->answer);
  g_free (http->wanted);
  g_free (http);
}

static void
finish (VmmHttp *http)
{
  VmmHttpAnswered answered = http->answered;

  stop_timer (http);
  http->answered = NULL;
  if (answered)
    answered (g_steal_pointer (&http->answer), http->data);
  destroy (http);
}

/* What GIO, the resolver, TLS and libsoup call it. -1: any code. */
static VmmCause
find_cause (const Soup *soup, const GError *error)
{
  const struct {
    GQuark   domain;
    int      code;
    VmmCause cause;
  } rows[] = {
    { G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, VMM_CAUSE_HTTP_REFUSED },
    { G_IO_ERROR, G_IO_ERROR_TIMED_OUT, VMM_CAUSE_HTTP_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE, VMM_CAUSE_HTTP_UNREACHABLE },
    { G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, VMM_CAUSE_HTTP_UNREACHABLE },
    { G_RESOLVER_ERROR, -1, VMM_CAUSE_HTTP_NO_NAME },
    { G_TLS_ERROR, -1, VMM_CAUSE_HTTP_TLS },
    { soup->session_error_quark (), SOUP_SESSION_ERROR_PARSING, VMM_CAUSE_HTTP_GARBLED },
    { soup->session_error_quark (), SOUP_SESSION_ERROR_ENCODING, VMM_CAUSE_HTTP_GARBLED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].domain == error->domain && (rows[i].code == -1 || rows[i].code == error->code))
      return rows[i].cause;
  return VMM_CAUSE_HTTP_BROKEN;
}

static void
fail (VmmHttp *http, const GError *error)
{
  if (http->is_late)
    answer_fail_late (http->answer, http->limit_ms);
  else
    answer_fail (http->answer, find_cause (http->soup, error));
  finish (http);
}

/* ---- The answer */

static void read_on (VmmHttp *http);

static void
take_body (VmmHttp *http)
{
  const guint8 end = 0;

  http->answer->length = http->bytes->len;
  g_byte_array_append (http->bytes, &end, 1);
  g_free (http->answer->body);
  http->answer->body = (char *) g_byte_array_free (g_steal_pointer (&http->bytes), FALSE);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  VmmHttp *http = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) part =
      g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize         length;
  const guint8 *bytes = part ? g_bytes_get_data (part, &length) : NULL;

  if (!part) {
    fail (http, error);
    return;
  }
  if (length > http->limit_bytes - http->bytes->len) {
    answer_fail_long (http->answer, http->limit_bytes);
    finish (http);
    return;
  }
  if (length > 0) {
    g_byte_array_append (http->bytes, bytes, (guint) length);
    read_on (http);
    return;
  }
  take_body (http);
  finish (http);
}

static void
read_on (VmmHttp *http)
{
  g_input_stream_read_bytes_async (http->stream, CHUNK, G_PRIORITY_DEFAULT, http->cancellable,
                                   on_read, http);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  VmmHttp *http = data;
  g_autoptr (GError) error = NULL;

  http->stream = http->soup->session_send_finish (http->session, result, &error);
  if (!http->stream) {
    fail (http, error);
    return;
  }
  answer_take_status (http->answer, http->soup->message_get_status (http->message));
  if (http->wanted)
    http->answer->wanted = g_strdup (http->soup->message_headers_get_one (
        http->soup->message_get_response_headers (http->message), http->wanted));
  read_on (http);
}

/* ---- The question */

static gboolean
on_timer (gpointer data)
{
  VmmHttp *http = data;

  http->is_late = TRUE;
  g_cancellable_cancel (http->cancellable);
  return G_SOURCE_REMOVE;
}

static void
start_timer (VmmHttp *http, guint ms)
{
  http->timer = g_timeout_source_new (ms);
  g_source_set_callback (http->timer, on_timer, http, NULL);
  g_source_attach (http->timer, g_main_context_get_thread_default ());
}

static void
put_headers (const Soup *soup, SoupMessage *message, const VmmHttpRequest *request)
{
  SoupMessageHeaders *headers = soup->message_get_request_headers (message);

  for (guint i = 0; i < request->n_headers; i++)
    soup->message_headers_replace (headers, request->headers[i].name, request->headers[i].value);
  if (!request->user)
    return;
  g_autofree char *pair =
      g_strconcat (request->user, ":", request->password ? request->password : "", NULL);
  g_autofree char *code = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *basic = g_strconcat ("Basic ", code, NULL);
  soup->message_headers_replace (headers, "Authorization", basic);
}

static SoupMessage *
make_message (const Soup *soup, const VmmHttpRequest *request)
{
  g_autoptr (GUri) uri = vmm_http_parse_url (request->url);
  SoupMessage *message = uri ? soup->message_new_from_uri (request->method, uri) : NULL;

  if (!message)
    return NULL;
  soup->message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION |
                                        SOUP_MESSAGE_DO_NOT_USE_AUTH_CACHE);
  put_headers (soup, message, request);
  if (strcmp (request->method, "GET") != 0) {
    g_autoptr (GBytes) body = g_bytes_new (request->body, request->body_length);
    soup->message_set_request_body_from_bytes (message, request->body_type, body);
  }
  return message;
}

/* NULL when the file of certificates cannot be read, or there is no TLS here. */
static SoupSession *
make_session (const Soup *soup, const VmmHttpRequest *request)
{
  g_autoptr (GTlsDatabase) trusted =
      request->ca_file ? g_tls_file_database_new (request->ca_file, NULL) : NULL;
  SoupSession *session;

  if (request->ca_file && !trusted)
    return NULL;
  session = g_object_new (soup->session_get_type (), "user-agent", AGENT, "proxy-resolver", NULL,
                          "timeout", 0, NULL);
  if (trusted)
    g_object_set (session, "tls-database", trusted, NULL);
  soup->session_remove_feature_by_type (session, soup->content_decoder_get_type ());
  return session;
}

/* Nobody is to hear of it before the call is over. */
static gboolean
on_failed (gpointer data)
{
  finish (data);
  return G_SOURCE_REMOVE;
}

static void
fail_soon (VmmHttp *http, VmmCause cause)
{
  GSource *source = g_idle_source_new ();

  answer_fail (http->answer, cause);
  g_source_set_callback (source, on_failed, http, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
}

VmmHttp *
vmm_http_begin (const VmmHttpRequest *request, VmmHttpAnswered answered, gpointer data)
{
  VmmHttp *http = g_new0 (VmmHttp, 1);
  VmmCause cause;

  http->soup = soup_load (&cause);
  http->answer = answer_new ();
  http->answered = answered;
  http->data = data;
  http->limit_ms = request->limit_ms;
  http->limit_bytes = request->limit_bytes;
  http->wanted = g_strdup (request->wanted);
  http->bytes = g_byte_array_new ();
  http->cancellable = g_cancellable_new ();
  http->session = http->soup ? make_session (http->soup, request) : NULL;
  http->message = http->session ? make_message (http->soup, request) : NULL;
  if (!http->message) {
    fail_soon (http, !http->soup      ? cause
                     : !http->session ? VMM_CAUSE_HTTP_TLS
                                      : VMM_CAUSE_HTTP_NO_URL);
    return http;
  }
  start_timer (http, request->limit_ms);
  http->soup->session_send_async (http->session, http->message, G_PRIORITY_DEFAULT,
                                  http->cancellable, on_sent, http);
  return http;
}

void
vmm_http_end (VmmHttp *http)
{
  if (!http)
    return;
  http->answered = NULL;
  stop_timer (http);
  g_cancellable_cancel (http->cancellable);
}

gboolean
vmm_http_is_here (VmmCause *ret_cause)
{
  VmmCause cause;

  soup_load (ret_cause ? ret_cause : &cause);
  return (ret_cause ? *ret_cause : cause) == VMM_CAUSE_NONE;
}

/* ---- For who may wait */

static void
keep_answer (VmmHttpAnswer *answer, gpointer data)
{
  *(VmmHttpAnswer **) data = answer;
}

VmmHttpAnswer *
vmm_http_ask (const VmmHttpRequest *request)
{
  GMainContext  *context = g_main_context_new ();
  VmmHttpAnswer *answer = NULL;

  g_main_context_push_thread_default (context);
  vmm_http_begin (request, keep_answer, &answer);
  while (!answer)
    g_main_context_iteration (context, TRUE);
  while (g_main_context_iteration (context, FALSE)) /* what libsoup has left to clear up */
    ;
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);
  return answer;
}
