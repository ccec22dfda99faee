/* SPDX-License-Identifier: MIT */
/* metadata_talk: questions to one cloud's service, until one is not answered as it should be. */
#include "metadata_talk.h"

#include "vmm/language.h"
#include "vmm/procfs.h"

#include <arpa/inet.h>
#include <string.h>

#define LEAF_MS 1000
#define ALL_MS 2000
#define MAX_TOKEN 256
#define NOT_FOUND 404
#define ROUTES "proc/net/route"
#define ROUTE_REJECT 0x0200 /* include/uapi/linux/route.h */
enum { ROUTE_DESTINATION = 1, ROUTE_FLAGS = 3, ROUTE_MASK = 7, ROUTE_WORDS };

/* ---- Why there is no more */

static void
stop (MetadataTalk *talk, VmmCause cause, const char *sentence)
{
  const char *format = talk->is_contained && talk->service->token_path && !talk->token
                           ? VMM_SAID ("%s: %s; in a container its hop limit may be why")
                           : VMM_SAID ("%s: %s");

  talk->cause = cause;
  talk->reason = vmm_fill (format, talk->address, sentence, NULL);
}

void
metadata_stop_unfit (MetadataTalk *talk)
{
  stop (talk, VMM_CAUSE_CLOUD_UNFIT, vmm_cause_sentence (VMM_CAUSE_CLOUD_UNFIT));
}

/* ---- One question */

static VmmHttpAnswer *
put_question (MetadataTalk *talk, const char *method, const char *path,
              const VmmHttpHeader *headers, guint n_headers)
{
  g_autofree char *url = g_strconcat ("http://", talk->address, path, NULL);
  gint64           left_ms = (talk->until_us - g_get_monotonic_time ()) / 1000;

  return talk->ask (&(VmmHttpRequest){ .method = method,
                                       .url = url,
                                       .headers = headers,
                                       .n_headers = n_headers,
                                       .limit_ms = (guint) CLAMP (left_ms, 1, LEAF_MS),
                                       .limit_bytes = METADATA_BYTES,
                                       .wanted = talk->service->mark.name });
}

static gboolean
is_marked (const MetadataTalk *talk, const VmmHttpAnswer *answer)
{
  const VmmHttpHeader *mark = &talk->service->mark;

  return !mark->name || g_strcmp0 (answer->wanted, mark->value) == 0;
}

VmmHttpAnswer *
metadata_ask_leaf (MetadataTalk *talk, const char *path)
{
  VmmHttpHeader headers[2];
  guint         n = 0;

  if (talk->cause != VMM_CAUSE_NONE)
    return NULL;
  if (talk->service->header.name)
    headers[n++] = talk->service->header;
  if (talk->token)
    headers[n++] = (VmmHttpHeader){ talk->service->token_header, talk->token };
  g_autoptr (VmmHttpAnswer) answer = put_question (talk, "GET", path, headers, n);
  if (answer->status == NOT_FOUND)
    return NULL;
  if (answer->cause != VMM_CAUSE_NONE)
    stop (talk, answer->cause, answer->sentence);
  else if (!is_marked (talk, answer))
    metadata_stop_unfit (talk);
  return talk->cause == VMM_CAUSE_NONE ? g_steal_pointer (&answer) : NULL;
}

/* ---- The token */

static gboolean
is_token (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return FALSE;
  return length > 0 && length <= MAX_TOKEN;
}

/* Never without one where there are tokens: who answers then is of an older kind, or another. */
static void
fetch_token (MetadataTalk *talk)
{
  if (!talk->service->token_path)
    return;
  g_autoptr (VmmHttpAnswer) answer =
      put_question (talk, "PUT", talk->service->token_path, &talk->service->token_life, 1);
  gboolean is_whole = strlen (answer->body) == answer->length;
  if (answer->cause != VMM_CAUSE_NONE)
    stop (talk, answer->cause, answer->sentence);
  else if (!is_whole || !is_token (g_strstrip (answer->body)))
    metadata_stop_unfit (talk);
  else
    talk->token = g_strdup (answer->body);
}

/* ---- The way there */

/* Iface Destination Gateway Flags RefCnt Use Metric Mask ...: addresses read back as they lie in memory. */
static gboolean
leads_to (const char *route, in_addr_t address)
{
  g_auto (GStrv) words = g_strsplit (route, "\t", ROUTE_WORDS + 1);

  if (g_strv_length (words) < ROUTE_WORDS || g_str_has_prefix (route, "Iface") ||
      g_ascii_strtoull (words[ROUTE_FLAGS], NULL, 16) & ROUTE_REJECT)
    return FALSE;
  return (address & g_ascii_strtoull (words[ROUTE_MASK], NULL, 16)) ==
         g_ascii_strtoull (words[ROUTE_DESTINATION], NULL, 16);
}

/* Of what cannot be read it is believed. */
static gboolean
is_way_by_ipv4 (const char *root, const char *address)
{
  g_autofree char *text = vmm_procfs_read_text (root, ROUTES, NULL);
  g_auto (GStrv) routes = g_strsplit (text ? text : "", "\n", -1);
  gboolean is_way = g_strv_length (routes) < 2;

  for (guint i = 0; routes[i]; i++)
    is_way = is_way || leads_to (routes[i], inet_addr (address));
  return is_way;
}

/* ---- From the first question to the last */

void
metadata_talk_begin (MetadataTalk *ret_talk, const MetadataService *service, const VmmHost *host,
                     const char *root, MetadataAsk ask)
{
  gboolean by_ipv6 = service->address6 && !is_way_by_ipv4 (root, service->address);

  *ret_talk =
      (MetadataTalk){ .service = service,
                      .ask = ask,
                      .address = by_ipv6 ? service->address6 : service->address,
                      .until_us = g_get_monotonic_time () + ALL_MS * G_TIME_SPAN_MILLISECOND,
                      .is_contained = strcmp (host->container, "none") != 0 };
  fetch_token (ret_talk);
}

void
metadata_talk_clear (MetadataTalk *talk)
{
  g_free (talk->token);
  g_free (talk->reason);
}
