/* SPDX-License-Identifier: MIT */
/* ask: puts the questions to the server, one after the other, and reads the answers on a thread: those of ten
 * thousand guests would hold who asks. */
#include "story.h"
#include "vmm/error.h"
#include "vmm/http.h"
#include "vmm/language.h"
#include "vmm/secret.h"

#include <gio/gio.h>
#include <string.h>

#define LIMIT_MS 20000
#define LIMIT_BYTES (64 << 20)

/* What a thread works on, and owns meanwhile. */
typedef struct {
  VmmFleetAsk     *ask; /* NULL = nobody waits for it any more; not the thread's */
  VmmFleet        *fleet;
  VmmHttpAnswer   *answer;
  VmmFleetQuestion question;
} Reading;

struct _VmmFleetAsk {
  VmmFleet        *fleet;   /* NULL while it is being added to */
  Reading         *reading; /* the same, the other way round */
  char            *url, *guest, *ca_file;
  char            *user; /* and behind its zero byte the password; NULL = none */
  gsize            user_length;
  VmmFleetQuestion question;
  VmmHttp         *http; /* under way */
  VmmFleetAnswered answered;
  gpointer         data;
};

gboolean
vmm_fleet_check_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = vmm_http_parse_url (url);

  if (uri && !g_uri_get_query (uri) && !g_uri_get_fragment (uri))
    return TRUE;
  g_set_error (
      error, VMM_ERROR, VMM_ERROR_RANGE,
      VMM_SAID ("\"%s\": an address such as http://prometheus:9090 was expected, without a "
                "name and password in it"),
      url);
  return FALSE;
}

gboolean
vmm_fleet_server_init (VmmFleetServer *ret_server, const char *url, const char *password_file,
                       const char *ca_file, GError **error)
{
  *ret_server = (VmmFleetServer){ .url = url, .ca_file = ca_file };
  if (!vmm_fleet_check_url (url, error))
    return FALSE;
  return !password_file ||
         (vmm_http_check_secrecy (url, error) &&
          (ret_server->password = vmm_secret_read_password (password_file, error)));
}

void
vmm_fleet_server_clear (VmmFleetServer *server)
{
  g_clear_pointer (&server->password, vmm_secret_free);
}

static void ask_next (VmmFleetAsk *ask);

static void
finish (VmmFleetAsk *ask, const GError *error)
{
  VmmFleetAnswered answered = ask->answered;
  gpointer         data = ask->data;
  VmmFleet        *fleet = error ? NULL : g_steal_pointer (&ask->fleet);

  vmm_fleet_ask_end (ask);
  answered (fleet, error, data);
}

/* An answer that says why it is none is read as well. */
static gboolean
take (const Reading *reading, GError **error)
{
  const VmmHttpAnswer *answer = reading->answer;
  gboolean             says_why = answer->cause == VMM_CAUSE_HTTP_STATUS && answer->body[0] == '{';
  gboolean             is_added =
      (answer->cause == VMM_CAUSE_NONE || says_why) &&
      vmm_fleet_add (reading->fleet, reading->question, answer->body, answer->length, error);

  if (answer->cause == VMM_CAUSE_NONE ||
      (!is_added && g_error_matches (*error, VMM_ERROR, VMM_ERROR_IO)))
    return is_added;
  g_clear_error (error);
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, answer->sentence);
  return FALSE;
}

/* A server without guests is asked no more, and a guest that nobody knows has no story. */
static gboolean
has_more (VmmFleetAsk *ask)
{
  if (ask->question + 1 == VMM_FLEET_N_ALL && ask->guest &&
      vmm_fleet_find (ask->fleet, ask->guest)) {
    ask->fleet->story = vmm_story_new (ask->fleet->now_us);
    return TRUE;
  }
  return ask->fleet->now_us > 0 && ask->question + 1 != VMM_FLEET_N_ALL &&
         ask->question + 1 < VMM_FLEET_N_STORY;
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  vmm_fleet_free (reading->fleet);
  vmm_http_answer_free (reading->answer);
  g_free (reading);
}

static void
read_aside (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (take (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Reading     *reading = g_task_get_task_data (G_TASK (result));
  VmmFleetAsk *ask = reading->ask;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (!ask)
    return;
  ask->fleet = g_steal_pointer (&reading->fleet);
  ask->reading = NULL;
  if (error || !has_more (ask)) {
    finish (ask, error);
    return;
  }
  ask->question++;
  ask_next (ask);
}

static void
on_answered (VmmHttpAnswer *answer, gpointer data)
{
  VmmFleetAsk *ask = data;
  g_autoptr (GTask) task = g_task_new (NULL, NULL, on_read, NULL);

  ask->http = NULL;
  ask->reading = g_new (Reading, 1);
  *ask->reading = (Reading){ ask, g_steal_pointer (&ask->fleet), answer, ask->question };
  g_task_set_task_data (task, ask->reading, reading_free);
  g_task_run_in_thread (task, read_aside);
}

static void
ask_next (VmmFleetAsk *ask)
{
  gboolean         is_about_one = ask->question >= VMM_FLEET_N_ALL;
  g_autofree char *user = ask->user ? g_strndup (ask->user, ask->user_length) : NULL;
  g_autofree char *url =
      vmm_fleet_url (ask->url, ask->question, is_about_one ? ask->guest : NULL, ask->fleet->now_us);

  ask->http =
      vmm_http_begin (&(VmmHttpRequest){ .method = "GET",
                                         .url = url,
                                         .limit_ms = LIMIT_MS,
                                         .limit_bytes = LIMIT_BYTES,
                                         .user = user,
                                         .password = user ? ask->user + ask->user_length + 1 : NULL,
                                         .ca_file = ask->ca_file },
                      on_answered, ask);
}

/* `guest` may be NULL. */
static VmmFleetAsk *
begin (const VmmFleetServer *server, VmmFleetQuestion question, const char *guest, gint64 now_us,
       VmmFleetAnswered answered, gpointer data)
{
  VmmFleetAsk *ask = g_new0 (VmmFleetAsk, 1);

  ask->fleet = vmm_fleet_new ();
  ask->url = g_strdup (server->url);
  ask->ca_file = g_strdup (server->ca_file);
  ask->guest = g_strdup (guest);
  ask->user = g_strdup (server->password);
  ask->user_length = ask->user ? strcspn (ask->user, ":") : 0;
  ask->question = question;
  ask->fleet->now_us = now_us;
  ask->answered = answered;
  ask->data = data;
  ask_next (ask);
  return ask;
}

VmmFleetAsk *
vmm_fleet_ask_begin (const VmmFleetServer *server, const char *guest, VmmFleetAnswered answered,
                     gpointer data)
{
  return begin (server, VMM_FLEET_ASK_HEARD, guest, 0, answered, data);
}

VmmFleetAsk *
vmm_fleet_ask_curves (const VmmFleetServer *server, const GPtrArray *guests, gint64 now_us,
                      VmmFleetAnswered answered, gpointer data)
{
  g_autofree char *pattern = vmm_fleet_pattern (guests);

  return begin (server, VMM_FLEET_ASK_CURVES, pattern, now_us, answered, data);
}

void
vmm_fleet_ask_end (VmmFleetAsk *ask)
{
  if (!ask)
    return;
  vmm_http_end (ask->http);
  if (ask->reading)
    ask->reading->ask = NULL;
  vmm_fleet_free (ask->fleet);
  vmm_secret_free (ask->user);
  g_free (ask->url);
  g_free (ask->guest);
  g_free (ask->ca_file);
  g_free (ask);
}

/* ---- Waiting for it */

typedef struct {
  VmmFleet *fleet;
  GError   *error;
  gboolean  is_over;
} Waiting;

static void
on_waited (VmmFleet *fleet, const GError *error, gpointer data)
{
  *(Waiting *) data = (Waiting){ fleet, error ? g_error_copy (error) : NULL, TRUE };
}

VmmFleet *
vmm_fleet_ask (const VmmFleetServer *server, const char *guest, GError **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  Waiting waiting = { NULL };

  g_main_context_push_thread_default (context);
  vmm_fleet_ask_begin (server, guest, on_waited, &waiting);
  while (!waiting.is_over)
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  if (waiting.error)
    g_propagate_error (error, waiting.error);
  return waiting.fleet;
}
