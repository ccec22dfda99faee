/* SPDX-License-Identifier: MIT */
/* ask: puts the questions to the server, one after the other. */
#include "story.h"
#include "vmm/error.h"
#include "vmm/http.h"
#include "vmm/language.h"
#include "vmm/secret.h"

#include <string.h>

#define LIMIT_MS 20000
#define LIMIT_BYTES (64 << 20)

gboolean
vmm_fleet_check_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : "";

  if (uri && g_uri_get_host (uri) && g_uri_get_host (uri)[0] && !g_uri_get_userinfo (uri) &&
      !g_uri_get_query (uri) && !g_uri_get_fragment (uri) &&
      (strcmp (scheme, "http") == 0 || strcmp (scheme, "https") == 0))
    return TRUE;
  g_set_error (
      error, VMM_ERROR, VMM_ERROR_RANGE,
      VMM_SAID ("\"%s\": an address such as http://prometheus:9090 was expected, without a "
                "name and password in it"),
      url);
  return FALSE;
}

typedef struct {
  const VmmFleetServer *server;
  char                 *user; /* and behind its zero byte the password */
  const char           *password;
} Asker;

/* An answer that says why it is none is read as well. */
static gboolean
ask (const Asker *asker, VmmFleet *fleet, VmmFleetQuestion question, const char *guest,
     GError **error)
{
  g_autofree char     *url = vmm_fleet_url (asker->server->url, question, guest, fleet->now_us);
  const VmmHttpRequest request = { .method = "GET",
                                   .url = url,
                                   .limit_ms = LIMIT_MS,
                                   .limit_bytes = LIMIT_BYTES,
                                   .user = asker->user,
                                   .password = asker->password,
                                   .ca_file = asker->server->ca_file };
  g_autoptr (VmmHttpAnswer) answer = vmm_http_ask (&request);

  if (answer->cause == VMM_CAUSE_NONE)
    return vmm_fleet_add (fleet, question, answer->body, answer->length, error);
  if (answer->cause == VMM_CAUSE_HTTP_STATUS && answer->body[0] == '{' &&
      !vmm_fleet_add (fleet, question, answer->body, answer->length, error) &&
      g_error_matches (*error, VMM_ERROR, VMM_ERROR_IO))
    return FALSE;
  g_clear_error (error);
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, answer->sentence);
  return FALSE;
}

/* A guest that nobody knows has no story. */
static gboolean
ask_all (const Asker *asker, VmmFleet *fleet, const char *guest, GError **error)
{
  for (VmmFleetQuestion question = 0; question < VMM_FLEET_N_ALL; question++)
    if (!ask (asker, fleet, question, NULL, error))
      return FALSE;
    else if (fleet->now_us == 0)
      return TRUE;
  if (!guest || !vmm_fleet_find (fleet, guest))
    return TRUE;
  fleet->story = vmm_story_new (fleet->now_us);
  for (VmmFleetQuestion question = VMM_FLEET_N_ALL; question < VMM_FLEET_N_QUESTIONS; question++)
    if (!ask (asker, fleet, question, guest, error))
      return FALSE;
  return TRUE;
}

VmmFleet *
vmm_fleet_ask (const VmmFleetServer *server, const char *guest, GError **error)
{
  g_autoptr (VmmFleet) fleet = vmm_fleet_new ();
  g_autoptr (GError) problem = NULL;
  Asker asker = { server, g_strdup (server->password), NULL };
  char *colon = asker.user ? strchr (asker.user, ':') : NULL;

  if (colon) {
    *colon = '\0';
    asker.password = colon + 1;
  }
  gboolean is_told = ask_all (&asker, fleet, guest, &problem);
  if (colon)
    *colon = ':';
  vmm_secret_free (asker.user);
  if (is_told)
    return g_steal_pointer (&fleet);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}
