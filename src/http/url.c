/* SPDX-License-Identifier: MIT */
/* url: which addresses can be asked. */
#include "answer.h"
#include "vmm/error.h"
#include "vmm/language.h"

#include <gio/gio.h>
#include <string.h>

GUri *
vmm_http_parse_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, HTTP_URL_FLAGS, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : "";

  if ((strcmp (scheme, "http") != 0 && strcmp (scheme, "https") != 0) || !g_uri_get_host (uri) ||
      !*g_uri_get_host (uri) || g_uri_get_userinfo (uri))
    return NULL;
  return g_steal_pointer (&uri);
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address ? g_inet_address_get_is_loopback (address) : strcmp (host, "localhost") == 0;
}

gboolean
vmm_http_check_secrecy (const char *url, GError **error)
{
  g_autoptr (GUri) uri = vmm_http_parse_url (url);

  if (uri && (strcmp (g_uri_get_scheme (uri), "https") == 0 || is_loopback (g_uri_get_host (uri))))
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               VMM_SAID ("\"%s\": everybody on the way could read the password; beyond this "
                         "machine it is sent to https:// only"),
               url);
  return FALSE;
}
