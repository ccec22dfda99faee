/* SPDX-License-Identifier: MIT */
/* absent: stands in for the client in a build without libsoup, and in a static one. */
#include "answer.h"

struct _VmmHttp {
  VmmHttpAnswered answered;
  gpointer        data;
  guint           source;
};

gboolean
vmm_http_is_here (VmmCause *ret_cause)
{
  if (ret_cause)
    *ret_cause = VMM_CAUSE_HTTP_ABSENT;
  return FALSE;
}

VmmHttpAnswer *
vmm_http_ask (const VmmHttpRequest *request)
{
  VmmHttpAnswer *answer = answer_new ();

  answer_fail (answer, VMM_CAUSE_HTTP_ABSENT);
  return answer;
}

static gboolean
on_idle (gpointer data)
{
  VmmHttp *http = data;

  http->answered (vmm_http_ask (NULL), http->data);
  return G_SOURCE_REMOVE;
}

VmmHttp *
vmm_http_begin (const VmmHttpRequest *request, VmmHttpAnswered answered, gpointer data)
{
  VmmHttp *http = g_new0 (VmmHttp, 1);
  GSource *source = g_idle_source_new ();

  *http = (VmmHttp){ answered, data, 0 };
  g_source_set_callback (source, on_idle, http, g_free);
  http->source = g_source_attach (source, g_main_context_get_thread_default ());
  g_source_unref (source);
  return http;
}

void
vmm_http_end (VmmHttp *http)
{
  GSource *source =
      http ? g_main_context_find_source_by_id (g_main_context_get_thread_default (), http->source)
           : NULL;

  if (source)
    g_source_destroy (source);
}
