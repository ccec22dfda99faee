/* SPDX-License-Identifier: MIT */
/* test_push: figures are brought to a receiver, less and less often while it is away. */
#include "push.h"

#include "vmm/error.h"
#include "vmm/http.h"

#include <gio/gio.h>
#include <string.h>

#define SECOND G_TIME_SPAN_SECOND

static void
test_wait (void)
{
  static const struct {
    guint  failures;
    double chance;
    gint64 seconds;
  } rows[] = {
    { 0, 0.5, 0 },   { 1, 0.5, 30 }, { 2, 0.5, 60 },        { 5, 0.5, 480 },       { 6, 0.5, 600 },
    { 7, 0.5, 600 }, { 1, 0.0, 24 }, { G_MAXUINT, 0, 480 }, { G_MAXUINT, 1, 720 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint ((vmm_push_wait (rows[i].failures, rows[i].chance) + SECOND / 2) / SECOND, ==,
                     rows[i].seconds);
}

static void
test_address (void)
{
  static const char *const wrong[] = { "",          "p:9091",         "ftp://p/x",  "http://",
                                       "http:///x", "http://a:b@p/x", "https://a@p" };
  VmmCause                 cause;

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_false (vmm_serve_check_push (wrong[i], FALSE, &error));
    g_assert_error (error, VMM_ERROR, VMM_ERROR_RANGE);
  }
  g_autoptr (GError) error = NULL;
  gboolean is_fine =
      vmm_serve_check_push ("https://p:8428/api/v1/import?extra_label=a=b", TRUE, &error);
  g_assert_true (is_fine == vmm_http_is_here (&cause));
}

/* What others could read on the way is sent to this machine alone. */
static void
test_secrecy (void)
{
  static const struct {
    const char *url;
    gboolean    is_kept;
  } rows[] = {
    { "https://p:9091/x", TRUE },      { "http://127.0.0.1:9091/x", TRUE },
    { "http://[::1]:9091/x", TRUE },   { "http://localhost/x", TRUE },
    { "http://p:9091/x", FALSE },      { "http://192.0.2.1/x", FALSE },
    { "http://127.0.0.1.p/x", FALSE }, { "http://localhost.p/x", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_assert_cmpint (vmm_http_check_secrecy (rows[i].url, &error), ==, rows[i].is_kept);
    g_assert_true (rows[i].is_kept || g_error_matches (error, VMM_ERROR, VMM_ERROR_RANGE));
    g_assert_true (rows[i].is_kept || !vmm_serve_check_push (rows[i].url, TRUE, NULL));
    g_assert_true (vmm_serve_check_push (rows[i].url, FALSE, NULL) == vmm_http_is_here (NULL));
  }
}

/* ---- A receiver */

typedef struct {
  GSocketService *service;
  guint           port, status, received, failed;
  char           *question;
} Fixture;

/* The answer once all of the question is there: it ends with the text. */
static gboolean
on_run (GThreadedSocketService *service, GSocketConnection *connection, GObject *source,
        gpointer data)
{
  Fixture         *f = data;
  GInputStream    *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream   *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *reply = g_strdup_printf (
      "HTTP/1.1 %u X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", f->status);
  char   buffer[4096] = "";
  gsize  n = 0;
  gssize got = 1;

  while (got > 0 && n < sizeof buffer - 1 && !strstr (buffer, "vmm_score 1\n")) {
    got = g_input_stream_read (in, buffer + n, sizeof buffer - 1 - n, NULL, NULL);
    n += got > 0 ? (gsize) got : 0;
  }
  g_free (f->question);
  f->question = g_strdup (buffer);
  g_output_stream_write_all (out, reply, strlen (reply), NULL, NULL, NULL);
  return TRUE;
}

static void
on_pushed (const GError *error, gpointer data)
{
  Fixture *f = data;

  f->received += !error;
  f->failed += error != NULL;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  f->service = g_threaded_socket_service_new (4);
  f->port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (f->service), NULL, NULL);
  f->status = 200;
  g_signal_connect (f->service, "run", G_CALLBACK (on_run), f);
  g_socket_service_start (f->service);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_socket_service_stop (f->service);
  g_socket_listener_close (G_SOCKET_LISTENER (f->service));
  g_object_unref (f->service);
  g_free (f->question);
}

static void
wait_for_answer (const VmmPush *push)
{
  while (vmm_push_is_busy (push))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_life (Fixture *f, gconstpointer data)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/metrics/job/x", f->port);
  VmmPush         *push = vmm_push_new (&(VmmPushTarget){ url, "a:b:c", NULL }, on_pushed, f);

  if (!vmm_http_is_here (NULL)) {
    vmm_push_free (push);
    g_test_skip ("no libsoup");
    return;
  }
  g_assert_true (vmm_push_offer (push, "vmm_score 1\n", 0));
  g_assert_false (vmm_push_offer (push, "vmm_score 1\n", 3600 * SECOND)); /* one is under way */
  wait_for_answer (push);
  g_assert_cmpuint (f->received, ==, 1);
  g_assert_true (g_str_has_prefix (f->question, "PUT /metrics/job/x HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (f->question, "text/plain; version=0.0.4; charset=utf-8"));
  g_assert_nonnull (strstr (f->question, "YTpiOmM=")); /* a:b:c */

  f->status = 503;
  g_assert_true (vmm_push_offer (push, "vmm_score 1\n", 0));
  wait_for_answer (push);
  g_assert_false (vmm_push_offer (push, "vmm_score 1\n", 23 * SECOND));
  g_assert_true (vmm_push_offer (push, "vmm_score 1\n", 37 * SECOND));
  wait_for_answer (push);
  g_assert_cmpuint (f->failed, ==, 2);
  f->status = 204;
  g_assert_false (vmm_push_offer (push, "vmm_score 1\n", 80 * SECOND));
  g_assert_true (vmm_push_offer (push, "vmm_score 1\n", 110 * SECOND));
  wait_for_answer (push);
  g_assert_true (vmm_push_offer (push, "vmm_score 1\n", 110 * SECOND)); /* it is well again */
  vmm_push_free (push);                                                 /* under way */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (f->received, ==, 2);
  g_assert_cmpuint (f->failed, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/push/wait", test_wait);
  g_test_add_func ("/push/address", test_address);
  g_test_add_func ("/push/secrecy", test_secrecy);
  g_test_add ("/push/life", Fixture, NULL, set_up, test_life, tear_down);
  return g_test_run ();
}
