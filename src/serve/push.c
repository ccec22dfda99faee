/* SPDX-License-Identifier: MIT */
/* push: PUTs a text to an address as it is given: a Pushgateway's, or one that imports such texts. */
#include "push.h"

#include "vmm/error.h"
#include "vmm/http.h"
#include "vmm/language.h"
#include "vmm/secret.h"

#include <string.h>

#define LIMIT_MS 10000
#define LIMIT_BYTES 65536 /* nobody reads it */
#define FIRST_US (30 * G_TIME_SPAN_SECOND)
#define LONGEST_US (10 * G_TIME_SPAN_MINUTE)
#define TYPE "text/plain; version=0.0.4; charset=utf-8"

struct _VmmPush {
  char     *url, *ca_file;
  char     *user; /* and behind its zero byte the password; NULL = none */
  gsize     user_length;
  VmmHttp  *http; /* under way */
  VmmPushed pushed;
  gpointer  data;
  gint64    begun_us, not_before_us;
  guint     failures; /* on end */
};

gint64
vmm_push_wait (guint failures, double chance)
{
  gint64 wait_us = FIRST_US;

  if (failures == 0)
    return 0;
  for (guint i = 1; i < failures && wait_us < LONGEST_US; i++)
    wait_us *= 2;
  return (gint64) ((double) MIN (wait_us, LONGEST_US) * (0.8 + 0.4 * chance));
}

gboolean
vmm_serve_check_push (const char *url, gboolean has_password, GError **error)
{
  g_autoptr (GUri) uri = vmm_http_parse_url (url);
  VmmCause cause;

  if (!uri) {
    g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
                 VMM_SAID ("--push \"%s\": an address that begins with http:// or https:// was "
                           "expected, without a name and password in it"),
                 url);
    return FALSE;
  }
  if (vmm_http_is_here (&cause))
    return !has_password || vmm_http_check_secrecy (url, error);
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED, vmm_cause_sentence (cause));
  return FALSE;
}

VmmPush *
vmm_push_new (const VmmPushTarget *target, VmmPushed pushed, gpointer data)
{
  VmmPush *push = g_new0 (VmmPush, 1);

  push->url = g_strdup (target->url);
  push->ca_file = g_strdup (target->ca_file);
  push->pushed = pushed;
  push->data = data;
  if (target->password) {
    push->user = g_strdup (target->password);
    push->user_length = strcspn (push->user, ":");
  }
  return push;
}

void
vmm_push_free (VmmPush *push)
{
  if (!push)
    return;
  vmm_http_end (push->http);
  vmm_secret_free (push->user);
  g_free (push->ca_file);
  g_free (push->url);
  g_free (push);
}

gboolean
vmm_push_is_busy (const VmmPush *push)
{
  return push->http != NULL;
}

static void
on_answered (VmmHttpAnswer *answer, gpointer data)
{
  VmmPush *push = data;
  g_autoptr (GError) error = answer->cause == VMM_CAUSE_NONE
                                 ? NULL
                                 : g_error_new_literal (VMM_ERROR, VMM_ERROR_IO, answer->sentence);

  vmm_http_answer_free (answer);
  push->http = NULL;
  push->failures = error ? push->failures + 1 : 0;
  push->not_before_us = push->begun_us + vmm_push_wait (push->failures, g_random_double ());
  push->pushed (error, push->data);
}

gboolean
vmm_push_offer (VmmPush *push, const char *text, gint64 now_us)
{
  g_autofree char *user = push->user ? g_strndup (push->user, push->user_length) : NULL;

  if (push->http || now_us < push->not_before_us)
    return FALSE;
  push->begun_us = now_us;
  push->http = vmm_http_begin (
      &(VmmHttpRequest){ .method = "PUT",
                         .url = push->url,
                         .limit_ms = LIMIT_MS,
                         .limit_bytes = LIMIT_BYTES,
                         .body = text,
                         .body_length = strlen (text),
                         .body_type = TYPE,
                         .user = user,
                         .password = user ? push->user + push->user_length + 1 : NULL,
                         .ca_file = push->ca_file },
      on_answered, push);
  return TRUE;
}
