/* SPDX-License-Identifier: MIT */
/* metadata: asks the service of the cloud that the firmware names, and no other. */
#include "metadata.h"

#include "vmm/procfs.h"

#include <arpa/inet.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define LEAF_MS 1000
#define ALL_MS 2000
#define MAX_VALUE 64
#define MAX_TOKEN 256
#define NOT_FOUND 404
#define ROUTES "proc/net/route"
#define ROUTE_REJECT 0x0200 /* include/uapi/linux/route.h */
enum { ROUTE_DESTINATION = 1, ROUTE_FLAGS = 3, ROUTE_MASK = 7, ROUTE_WORDS };

typedef struct {
  const MetadataService *service;
  MetadataAsk            ask;
  const char            *address;
  gint64                 until_us;
  char                  *token;
  Machine                machine; /* for its evidence */
  Instance              *instance;
  char                  *event, *event_time;
  char                  *reason; /* why there is no more; NULL = there is */
  VmmCause               cause;
  gboolean               is_contained;
} Talk;

/* ---- Why there is no more */

static void
stop (Talk *talk, VmmCause cause, const char *sentence)
{
  const char *format = talk->is_contained && talk->service->token_path && !talk->token
                           ? VMM_SAID ("%s: %s; in a container its hop limit may be why")
                           : VMM_SAID ("%s: %s");

  talk->cause = cause;
  talk->reason = vmm_fill (format, talk->address, sentence, NULL);
}

static void
stop_unfit (Talk *talk)
{
  stop (talk, VMM_CAUSE_CLOUD_UNFIT, vmm_cause_sentence (VMM_CAUSE_CLOUD_UNFIT));
}

/* ---- One question */

static VmmHttpAnswer *
put_question (Talk *talk, const char *method, const char *path, const VmmHttpHeader *headers,
              guint n_headers)
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
is_marked (const Talk *talk, const VmmHttpAnswer *answer)
{
  const VmmHttpHeader *mark = &talk->service->mark;

  return !mark->name || g_strcmp0 (answer->wanted, mark->value) == 0;
}

/* NULL where this leaf is not there, and where nothing is to be asked any more. */
static VmmHttpAnswer *
ask_leaf (Talk *talk, const char *path)
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
    stop_unfit (talk);
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
fetch_token (Talk *talk)
{
  if (!talk->service->token_path)
    return;
  g_autoptr (VmmHttpAnswer) answer =
      put_question (talk, "PUT", talk->service->token_path, &talk->service->token_life, 1);
  gboolean is_whole = strlen (answer->body) == answer->length;
  if (answer->cause != VMM_CAUSE_NONE)
    stop (talk, answer->cause, answer->sentence);
  else if (!is_whole || !is_token (g_strstrip (answer->body)))
    stop_unfit (talk);
  else
    talk->token = g_strdup (answer->body);
}

/* ---- Facts */

static gboolean
is_value (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && !strchr ("._:/-", text[i]))
      return FALSE;
  return length <= MAX_VALUE; /* nothing: there is none, as Azure says */
}

/* "europe-west1-b" is in "europe-west1". */
static void
take_region (Talk *talk, const char *source)
{
  const char *zone = talk->instance->facts[INSTANCE_ZONE];
  const char *dash = zone ? strrchr (zone, '-') : NULL;

  if (!dash)
    return;
  g_autofree char *region = g_strndup (zone, (gsize) (dash - zone));
  instance_take (&talk->machine, talk->instance, INSTANCE_REGION, region, source);
}

static void
take_fact (Talk *talk, const MetadataLeaf *leaf)
{
  g_autoptr (VmmHttpAnswer) answer = ask_leaf (talk, leaf->path);
  g_autofree char *path = g_strndup (leaf->path, strcspn (leaf->path, "?"));
  g_autofree char *source = g_strconcat ("metadata ", path, NULL);

  if (!answer)
    return;
  if (strlen (answer->body) != answer->length || !is_value (g_strstrip (answer->body))) {
    stop_unfit (talk);
    return;
  }
  instance_take (&talk->machine, talk->instance, leaf->fact, answer->body, source);
  if (leaf->names_region)
    take_region (talk, source);
}

static void
take_facts (Talk *talk)
{
  guint               n;
  const MetadataLeaf *leaves = metadata_leaves (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (leaves[i].cloud_id, talk->service->cloud_id) == 0)
      take_fact (talk, &leaves[i]);
}

/* ---- Events */

static void
take_event (Talk *talk, const MetadataEvents *row)
{
  g_autoptr (VmmHttpAnswer) answer = *talk->event ? NULL : ask_leaf (talk, row->path);
  g_autofree char *kind = NULL, *when = NULL;

  if (!answer)
    return;
  if (!metadata_read_event (row, answer->body, answer->length, &kind, &when)) {
    stop_unfit (talk);
    return;
  }
  g_free (talk->event);
  g_free (talk->event_time);
  talk->event = g_steal_pointer (&kind);
  talk->event_time = g_steal_pointer (&when);
}

static void
take_events (Talk *talk)
{
  guint                 n;
  const MetadataEvents *rows = metadata_events (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (rows[i].cloud_id, talk->service->cloud_id) == 0)
      take_event (talk, &rows[i]);
}

/* ---- All of them */

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

/* The words of the machine itself are those of when it was made; the service's are of now. */
static void
merge (VmmHost *fields, const Talk *talk, GPtrArray *evidence)
{
  for (guint i = 0; i < INSTANCE_N_FACTS; i++)
    if (talk->instance->facts[i])
      *instance_place (fields, (InstanceFact) i) = talk->instance->facts[i];
  for (guint i = 0; fields->evidence && fields->evidence[i]; i++)
    g_ptr_array_add (evidence, (gpointer) fields->evidence[i]);
  for (guint i = 0; i < talk->machine.evidence->len; i++)
    g_ptr_array_add (evidence, talk->machine.evidence->pdata[i]);
  g_ptr_array_add (evidence, NULL);
  fields->evidence = (const char *const *) evidence->pdata;
  fields->event = talk->event;
  fields->event_time = talk->event_time;
  fields->asked_cause = talk->cause;
  fields->asked_reason = talk->reason;
}

static void
talk_clear (Talk *talk)
{
  for (guint i = 0; i < INSTANCE_N_FACTS; i++)
    g_free (talk->instance->facts[i]);
  g_free (talk->instance);
  g_ptr_array_unref (talk->machine.evidence);
  g_free (talk->event);
  g_free (talk->event_time);
  g_free (talk->token);
  g_free (talk->reason);
}

static VmmHost *
talk_to (const MetadataService *service, const VmmHost *host, const char *root, gboolean events,
         MetadataAsk ask)
{
  g_autoptr (GPtrArray) evidence = g_ptr_array_new ();
  VmmHost  fields = *host;
  gboolean by_ipv6 = service->address6 && !is_way_by_ipv4 (root, service->address);
  Talk     talk = { .service = service,
                    .ask = ask,
                    .address = by_ipv6 ? service->address6 : service->address,
                    .until_us = g_get_monotonic_time () + ALL_MS * G_TIME_SPAN_MILLISECOND,
                    .machine.evidence = g_ptr_array_new_with_free_func (g_free),
                    .instance = g_new0 (Instance, 1),
                    .event = g_strdup (""),
                    .event_time = g_strdup (""),
                    .is_contained = strcmp (host->container, "none") != 0 };

  fetch_token (&talk);
  take_facts (&talk);
  if (events)
    take_events (&talk);
  merge (&fields, &talk, evidence);
  VmmHost *made = vmm_host_copy (&fields);
  talk_clear (&talk);
  return made;
}

static VmmHost *
refuse (const VmmHost *host, VmmCause cause)
{
  VmmHost fields = *host;

  fields.asked_cause = cause;
  fields.asked_reason = vmm_cause_sentence (cause);
  return vmm_host_copy (&fields);
}

/* What cloud-init once found is not enough: of the machines of many it is a copy. */
static const MetadataService *
find_named (const char *root)
{
  Machine machine = { .root = root, .evidence = g_ptr_array_new_with_free_func (g_free) };

  dmi_read (&machine.dmi, root);
  const MetadataService *service = metadata_find_service (cloud_detect (&machine));
  machine_close (&machine);
  return service;
}

const char *
vmm_host_cloud_address (const char *root)
{
  const MetadataService *service = find_named (root);

  return service ? service->address : NULL;
}

VmmHost *
metadata_ask (const VmmHost *host, const char *root, gboolean events, MetadataAsk ask)
{
  const MetadataService *service = find_named (root);

  return service ? talk_to (service, host, root, events, ask)
                 : refuse (host, VMM_CAUSE_NO_CLOUD_SERVICE);
}

VmmHost *
vmm_host_ask_cloud (const VmmHost *host, const char *root, gboolean events)
{
  if (strcmp (root, "/") != 0)
    return refuse (host, VMM_CAUSE_SYSROOT);
  return metadata_ask (host, root, events, vmm_http_ask);
}
