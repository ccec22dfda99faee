/* SPDX-License-Identifier: MIT */
/* test_http: whatever a server does, a question has one answer within its bounds, and goes nowhere else. */
#include "vmm/http.h"

#include "vmm/aside.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LIMIT_BYTES 1000
#define TRAP "http://127.0.0.1:1" /* nobody is there */

/* A server of one connection on loopback: it takes a question, says its piece, and then hangs up or not. */
typedef struct {
  const char *reply;
  gboolean    holds, floods, is_hasty; /* the last: answers the first bytes */
  int         listener;
  guint       port;
  char       *question;
} Server;

static gpointer
serve (gpointer data)
{
  Server *server = data;
  char    buffer[8192];
  gsize   n = 0;
  gssize  got = 1;
  int     client = accept (server->listener, NULL, NULL);

  while (got > 0 && n < sizeof buffer - 1 && !g_strstr_len (buffer, (gssize) n, "\r\n\r\n")) {
    got = recv (client, buffer + n, sizeof buffer - 1 - n, 0);
    n += got > 0 ? (gsize) got : 0;
    got = server->is_hasty ? 0 : got;
  }
  server->question = g_strndup (buffer, n);
  send (client, server->reply, strlen (server->reply), MSG_NOSIGNAL);
  while (server->floods && send (client, server->reply, strlen (server->reply), MSG_NOSIGNAL) > 0)
    ;
  while (server->holds && recv (client, buffer, sizeof buffer, 0) > 0)
    ;
  close (client);
  return NULL;
}

static GThread *
open_server (Server *server)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  socklen_t          length = sizeof address;

  server->listener = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_assert_cmpint (bind (server->listener, (struct sockaddr *) &address, length), ==, 0);
  g_assert_cmpint (listen (server->listener, 4), ==, 0);
  getsockname (server->listener, (struct sockaddr *) &address, &length);
  server->port = ntohs (address.sin_port);
  return vmm_quiet_thread_new ("server", serve, server);
}

static void
close_server (Server *server, GThread *thread)
{
  g_thread_join (thread);
  close (server->listener);
  g_clear_pointer (&server->question, g_free);
}

static gboolean
is_absent (void)
{
  VmmCause cause;

  if (vmm_http_is_here (&cause))
    return FALSE;
  g_assert_nonnull (vmm_cause_sentence (cause));
  g_test_skip ("this build asks nobody by HTTP");
  return TRUE;
}

#define OK "HTTP/1.1 200 OK\r\n"

/* clang-format off */
static const struct {
  const char *name, *reply;
  gboolean    holds, floods;
  VmmCause    cause;
  guint       status;
  const char *body;
} answers[] = {
  { "fine", OK "Content-Length: 5\r\n\r\nhello", TRUE, FALSE, VMM_CAUSE_NONE, 200, "hello" },
  { "until it hangs up", OK "\r\nhello", FALSE, FALSE, VMM_CAUSE_NONE, 200, "hello" },
  { "in chunks", OK "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n", TRUE, FALSE, VMM_CAUSE_NONE, 200, "abc" },
  { "nothing", "HTTP/1.1 204 No Content\r\n\r\n", TRUE, FALSE, VMM_CAUSE_NONE, 204, "" },
  { "never", "", TRUE, FALSE, VMM_CAUSE_HTTP_LATE, 0, "" },
  { "never the rest", OK "Content-Length: 9\r\n\r\nhel", TRUE, FALSE, VMM_CAUSE_HTTP_LATE, 0, "" },
  { "chunks for ever", OK "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n", TRUE, FALSE, VMM_CAUSE_HTTP_LATE, 0, "" },
  { "headers for ever", OK "A: b\r\n", TRUE, FALSE, VMM_CAUSE_HTTP_LATE, 0, "" },
  { "endless", OK "\r\nhello hello hello", FALSE, TRUE, VMM_CAUSE_HTTP_LONG, 0, "" },
  { "hangs up", "", FALSE, FALSE, VMM_CAUSE_HTTP_BROKEN, 0, "" },
  { "hangs up inside", OK "Content-Length: 9\r\n\r\nhel", FALSE, FALSE, VMM_CAUSE_HTTP_BROKEN, 0, "" },
  { "another tongue", "SSH-2.0-OpenSSH_9.2\r\n\r\n", FALSE, FALSE, VMM_CAUSE_HTTP_GARBLED, 0, "" },
  { "elsewhere", "HTTP/1.1 302 Found\r\nLocation: " TRAP "/\r\nContent-Length: 2\r\n\r\ngo", TRUE, FALSE, VMM_CAUSE_HTTP_REDIRECT, 302, "go" },
  { "not there", "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno", TRUE, FALSE, VMM_CAUSE_HTTP_STATUS, 404, "no" },
  { "who are you", "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"a\"\r\nContent-Length: 0\r\n\r\n", TRUE, FALSE, VMM_CAUSE_HTTP_STATUS, 401, "" },
  { "proxy, please", "HTTP/1.1 305 Use Proxy\r\nLocation: " TRAP "\r\nContent-Length: 0\r\n\r\n", TRUE, FALSE, VMM_CAUSE_HTTP_REDIRECT, 305, "" },
};
/* clang-format on */

static VmmHttpRequest
make_request (const char *url, VmmCause expected)
{
  return (VmmHttpRequest){
    .method = "GET",
    .url = url,
    .limit_ms = expected == VMM_CAUSE_HTTP_LATE ? 100 : 60000,
    .limit_bytes = LIMIT_BYTES,
  };
}

static void
test_answers (void)
{
  if (is_absent ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    Server           server = { answers[i].reply, answers[i].holds, answers[i].floods };
    GThread         *thread = open_server (&server);
    g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", server.port);
    VmmHttpRequest   request = make_request (url, answers[i].cause);
    g_autoptr (VmmHttpAnswer) answer = vmm_http_ask (&request);

    g_test_message ("%s: %u, %s", answers[i].name, answer->status, answer->sentence);
    g_assert_cmpint (answer->cause, ==, answers[i].cause);
    g_assert_cmpuint (answer->status, ==, answers[i].status);
    g_assert_cmpstr (answer->body, ==, answers[i].body);
    g_assert_cmpuint (answer->length, ==, strlen (answers[i].body));
    g_assert_true ((answer->sentence == NULL) == (answer->cause == VMM_CAUSE_NONE));
    close_server (&server, thread);
  }
}

/* One byte more than is wanted is too much. */
static void
test_limit (void)
{
  if (is_absent ())
    return;
  for (guint more = 0; more < 2; more++) {
    g_autofree char *body = g_strnfill (LIMIT_BYTES + more, 'x');
    g_autofree char *reply = g_strconcat (OK "\r\n", body, NULL);
    Server           server = { reply };
    GThread         *thread = open_server (&server);
    g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", server.port);
    VmmHttpRequest   request = make_request (url, VMM_CAUSE_NONE);
    g_autoptr (VmmHttpAnswer) answer = vmm_http_ask (&request);

    g_assert_cmpint (answer->cause, ==, more ? VMM_CAUSE_HTTP_LONG : VMM_CAUSE_NONE);
    g_assert_cmpuint (answer->length, ==, more ? 0 : LIMIT_BYTES);
    close_server (&server, thread);
  }
}

/* What is asked for goes out, and nothing of the environment does. */
static void
test_question (void)
{
  const VmmHttpHeader headers[] = { { "Metadata", "true" }, { "X-Token", "abc" } };
  Server              server = { OK "Content-Length: 1\r\nFlavor: Google\r\n\r\nx", TRUE };

  if (is_absent ())
    return;
  GThread         *thread = open_server (&server);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/a/b?c=d", server.port);
  VmmHttpRequest   request = make_request (url, VMM_CAUSE_NONE);
  request.method = "PUT";
  request.headers = headers;
  request.n_headers = G_N_ELEMENTS (headers);
  request.user = "me";
  request.password = "secret";
  request.wanted = "flavor";
  g_autoptr (VmmHttpAnswer) answer = vmm_http_ask (&request);

  g_assert_cmpint (answer->cause, ==, VMM_CAUSE_NONE);
  g_assert_cmpstr (answer->wanted, ==, "Google");
  g_assert_true (g_str_has_prefix (server.question, "PUT /a/b?c=d HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (server.question, "\r\nMetadata: true\r\n"));
  g_assert_nonnull (strstr (server.question, "\r\nX-Token: abc\r\n"));
  g_assert_nonnull (strstr (server.question, "\r\nContent-Length: 0\r\n"));
  g_assert_nonnull (strstr (server.question, "\r\nAuthorization: Basic bWU6c2VjcmV0\r\n"));
  g_assert_null (strstr (server.question, "Accept-Encoding"));
  close_server (&server, thread);
}

static void
test_body (void)
{
  Server server = { OK "Content-Length: 0\r\n\r\n", TRUE };

  if (is_absent ())
    return;
  GThread         *thread = open_server (&server);
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/", server.port);
  VmmHttpRequest   request = make_request (url, VMM_CAUSE_NONE);
  request.method = "POST";
  request.body = "a 1\n";
  request.body_length = 4;
  request.body_type = "text/plain";
  g_autoptr (VmmHttpAnswer) answer = vmm_http_ask (&request);

  g_assert_cmpint (answer->cause, ==, VMM_CAUSE_NONE);
  g_assert_nonnull (strstr (server.question, "\r\nContent-Length: 4\r\n"));
  g_assert_nonnull (strstr (server.question, "\r\nContent-Type: text/plain\r\n"));
  close_server (&server, thread);
}

/* No question at all. */
static void
test_none (void)
{
  static const struct {
    const char *url, *ca_file;
    VmmCause    cause;
  } rows[] = {
    { TRAP "/", NULL, VMM_CAUSE_HTTP_REFUSED },
    { "file:///etc/passwd", NULL, VMM_CAUSE_HTTP_NO_URL },
    { "ftp://127.0.0.1/", NULL, VMM_CAUSE_HTTP_NO_URL },
    { "", NULL, VMM_CAUSE_HTTP_NO_URL },
    { "http://", NULL, VMM_CAUSE_HTTP_NO_URL },
    { "http://127.0.0.1:99999/", NULL, VMM_CAUSE_HTTP_NO_URL },
    { "http://me:secret@127.0.0.1:1/", NULL, VMM_CAUSE_HTTP_NO_URL },
    { "https://127.0.0.1:1/", "/nonexistent", VMM_CAUSE_HTTP_TLS },
  };

  if (is_absent ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    VmmHttpRequest request = make_request (rows[i].url, VMM_CAUSE_NONE);
    request.ca_file = rows[i].ca_file;
    g_autoptr (VmmHttpAnswer) answer = vmm_http_ask (&request);
    g_test_message ("%s: %s", rows[i].url, answer->sentence);
    g_assert_cmpint (answer->cause, ==, rows[i].cause);
  }
}

static void
test_tls (void)
{
  Server server = { .reply = "not TLS\r\n\r\n", .is_hasty = TRUE };

  if (is_absent ())
    return;
  GThread         *thread = open_server (&server);
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/", server.port);
  VmmHttpRequest   request = make_request (url, VMM_CAUSE_NONE);
  g_autoptr (VmmHttpAnswer) answer = vmm_http_ask (&request);

  g_assert_cmpint (answer->cause, ==, VMM_CAUSE_HTTP_TLS);
  shutdown (server.listener, SHUT_RDWR); /* without TLS at all, nobody comes */
  close_server (&server, thread);
}

static void
take (VmmHttpAnswer *answer, gpointer data)
{
  g_assert_null (*(VmmHttpAnswer **) data);
  *(VmmHttpAnswer **) data = answer;
}

/* The main loop goes on, and who no longer wants an answer gets none. This holds without libsoup, too. */
static void
test_aside (void)
{
  VmmHttpRequest request = make_request (TRAP "/", VMM_CAUSE_NONE);
  VmmHttpAnswer *answer = NULL, *unwanted = NULL;

  vmm_http_end (vmm_http_begin (&request, take, &unwanted));
  vmm_http_begin (&request, take, &answer);
  g_assert_null (answer);
  while (!answer)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (unwanted);
  g_assert_cmpint (answer->cause, !=, VMM_CAUSE_NONE);
  g_assert_cmpstr (answer->sentence, ==, vmm_cause_sentence (answer->cause));
  vmm_http_answer_free (answer);
  vmm_http_end (NULL);
}

int
main (int argc, char **argv)
{
  g_setenv ("http_proxy", TRAP, TRUE);
  g_setenv ("https_proxy", TRAP, TRUE);
  g_setenv ("all_proxy", TRAP, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/answers", test_answers);
  g_test_add_func ("/http/limit", test_limit);
  g_test_add_func ("/http/question", test_question);
  g_test_add_func ("/http/body", test_body);
  g_test_add_func ("/http/none", test_none);
  g_test_add_func ("/http/tls", test_tls);
  g_test_add_func ("/http/aside", test_aside);
  return g_test_run ();
}
