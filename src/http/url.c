/* SPDX-License-Identifier: MIT */
/* url: which addresses can be asked. */
#include "answer.h"

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
