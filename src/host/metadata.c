/* SPDX-License-Identifier: MIT */
/* metadata: asks the service of the cloud that the firmware names, and no other. */
#include "metadata_talk.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_VALUE 64

typedef struct {
  MetadataTalk talk;
  Machine      machine; /* for its evidence */
  Instance    *instance;
  char        *event, *event_time;
} Inquiry;

/* ---- Facts */

/* Letters, digits and `others`, without the blanks around them. */
static gboolean
is_made_of (VmmHttpAnswer *answer, const char *others)
{
  gboolean is_whole = strlen (answer->body) == answer->length;
  gsize    length = strlen (g_strstrip (answer->body));

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (answer->body[i]) && !strchr (others, answer->body[i]))
      return FALSE;
  return is_whole && length <= MAX_VALUE; /* nothing: there is none, as Azure says */
}

static gboolean
is_value (VmmHttpAnswer *answer)
{
  return is_made_of (answer, "._:/-");
}

/* "europe-west1-b" is in "europe-west1". */
static void
take_region (Inquiry *inquiry, const char *source)
{
  const char *zone = inquiry->instance->facts[INSTANCE_ZONE];
  const char *dash = zone ? strrchr (zone, '-') : NULL;

  if (!dash)
    return;
  g_autofree char *region = g_strndup (zone, (gsize) (dash - zone));
  instance_take (&inquiry->machine, inquiry->instance, INSTANCE_REGION, region, source);
}

static void
take_fact (Inquiry *inquiry, const MetadataLeaf *leaf)
{
  g_autoptr (VmmHttpAnswer) answer = metadata_ask_leaf (&inquiry->talk, leaf->path);
  g_autofree char *path = g_strndup (leaf->path, strcspn (leaf->path, "?"));
  g_autofree char *source = g_strconcat ("metadata ", path, NULL);

  if (!answer)
    return;
  if (!is_value (answer)) {
    metadata_stop_unfit (&inquiry->talk);
    return;
  }
  instance_take (&inquiry->machine, inquiry->instance, leaf->fact, answer->body, source);
  if (leaf->names_region)
    take_region (inquiry, source);
}

static void
take_facts (Inquiry *inquiry)
{
  guint               n;
  const MetadataLeaf *leaves = metadata_leaves (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (leaves[i].cloud_id, inquiry->talk.service->cloud_id) == 0)
      take_fact (inquiry, &leaves[i]);
}

/* ---- Events */

static void
take_event (Inquiry *inquiry, const MetadataEvents *row)
{
  g_autoptr (VmmHttpAnswer) answer =
      *inquiry->event ? NULL : metadata_ask_leaf (&inquiry->talk, row->path);
  g_autofree char *kind = NULL, *when = NULL;

  if (!answer)
    return;
  if (!metadata_read_event (row, answer->body, answer->length, &kind, &when)) {
    metadata_stop_unfit (&inquiry->talk);
    return;
  }
  g_free (inquiry->event);
  g_free (inquiry->event_time);
  inquiry->event = g_steal_pointer (&kind);
  inquiry->event_time = g_steal_pointer (&when);
}

static void
take_events (Inquiry *inquiry)
{
  guint                 n;
  const MetadataEvents *rows = metadata_events (&n);

  for (guint i = 0; i < n; i++)
    if (strcmp (rows[i].cloud_id, inquiry->talk.service->cloud_id) == 0)
      take_event (inquiry, &rows[i]);
}

/* ---- The sign of a move */

/* A number, or a time with a blank in it. What is neither says nothing of a move, and ends no talk. */
static char *
take_sign (MetadataTalk *talk)
{
  g_autoptr (VmmHttpAnswer) answer =
      talk->service->sign_path ? metadata_ask_leaf (talk, talk->service->sign_path) : NULL;

  return answer && is_made_of (answer, "._:/-+ ") && *answer->body ? g_strdup (answer->body) : NULL;
}

/* ---- All of them */

/* The words of the machine itself are those of when it was made; the service's are of now. */
static void
merge (VmmHost *fields, const Inquiry *inquiry, GPtrArray *evidence)
{
  for (guint i = 0; i < INSTANCE_N_FACTS; i++)
    if (inquiry->instance->facts[i])
      *instance_place (fields, (InstanceFact) i) = inquiry->instance->facts[i];
  for (guint i = 0; fields->evidence && fields->evidence[i]; i++)
    g_ptr_array_add (evidence, (gpointer) fields->evidence[i]);
  for (guint i = 0; i < inquiry->machine.evidence->len; i++)
    g_ptr_array_add (evidence, inquiry->machine.evidence->pdata[i]);
  g_ptr_array_add (evidence, NULL);
  fields->evidence = (const char *const *) evidence->pdata;
  fields->event = inquiry->event;
  fields->event_time = inquiry->event_time;
  fields->asked_cause = inquiry->talk.cause;
  fields->asked_reason = inquiry->talk.reason;
}

static void
inquiry_clear (Inquiry *inquiry)
{
  for (guint i = 0; i < INSTANCE_N_FACTS; i++)
    g_free (inquiry->instance->facts[i]);
  g_free (inquiry->instance);
  g_ptr_array_unref (inquiry->machine.evidence);
  g_free (inquiry->event);
  g_free (inquiry->event_time);
  metadata_talk_clear (&inquiry->talk);
}

static VmmHost *
inquire (const MetadataService *service, const VmmHost *host, const char *root, gboolean events,
         char **ret_sign, MetadataAsk ask)
{
  g_autoptr (GPtrArray) evidence = g_ptr_array_new ();
  VmmHost fields = *host;
  Inquiry inquiry = { .machine.evidence = g_ptr_array_new_with_free_func (g_free),
                      .instance = g_new0 (Instance, 1),
                      .event = g_strdup (""),
                      .event_time = g_strdup ("") };

  metadata_talk_begin (&inquiry.talk, service, host, root, ask);
  take_facts (&inquiry);
  if (ret_sign)
    *ret_sign = take_sign (&inquiry.talk);
  if (events)
    take_events (&inquiry);
  merge (&fields, &inquiry, evidence);
  VmmHost *made = vmm_host_copy (&fields);
  inquiry_clear (&inquiry);
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
metadata_ask (const VmmHost *host, const char *root, gboolean events, char **ret_sign,
              MetadataAsk ask)
{
  const MetadataService *service = find_named (root);

  if (ret_sign)
    *ret_sign = NULL;
  return service ? inquire (service, host, root, events, ret_sign, ask)
                 : refuse (host, VMM_CAUSE_NO_CLOUD_SERVICE);
}

char *
metadata_ask_sign (const VmmHost *host, const char *root, MetadataAsk ask)
{
  const MetadataService *service = find_named (root);
  MetadataTalk           talk;

  if (!service || !service->sign_path)
    return NULL;
  metadata_talk_begin (&talk, service, host, root, ask);
  char *sign = take_sign (&talk);
  metadata_talk_clear (&talk);
  return sign;
}

VmmHost *
vmm_host_ask_cloud (const VmmHost *host, const char *root, gboolean events, char **ret_sign)
{
  if (strcmp (root, "/") == 0)
    return metadata_ask (host, root, events, ret_sign, vmm_http_ask);
  if (ret_sign)
    *ret_sign = NULL;
  return refuse (host, VMM_CAUSE_SYSROOT);
}

char *
vmm_host_ask_sign (const VmmHost *host, const char *root)
{
  return strcmp (root, "/") == 0 ? metadata_ask_sign (host, root, vmm_http_ask) : NULL;
}
