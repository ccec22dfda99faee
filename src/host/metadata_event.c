/* SPDX-License-Identifier: MIT */
/* metadata_event: reads what a cloud says of what is going to happen. */
#include "metadata.h"

#include "vmm/json.h"

#include <string.h>

#define NAME "the metadata service" /* of whom the parser complains; nobody hears it */
#define DOCUMENT "document"
#define MAX_TIME 40

/* What is over: AWS, Azure. */
static const char *const past[] = { "completed", "canceled", "Completed" };

static const char *
get_text (JsonObject *object, const char *member)
{
  JsonNode *node = member ? json_object_get_member (object, member) : NULL;

  return node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;
}

static gboolean
is_past (const char *state)
{
  for (guint i = 0; state && i < G_N_ELEMENTS (past); i++)
    if (strcmp (state, past[i]) == 0)
      return TRUE;
  return FALSE;
}

/* "21 Jan 2019 09:00:43 GMT", "Mon, 19 Sep 2022 18:29:47 GMT", "2019-01-21T09:00:43Z" */
static char *
make_time (const char *text)
{
  for (const char *at = text; at && *at; at++)
    if (!g_ascii_isalnum (*at) && !strchr (" ,:.+-", *at))
      return g_strdup ("");
  return g_strdup (text && strlen (text) <= MAX_TIME ? text : "");
}

static gboolean
take (const char *word, const char *time, char **ret_kind, char **ret_time)
{
  const char *event = word ? metadata_find_event (word) : NULL;

  if (!event)
    return FALSE;
  *ret_kind = g_strdup (event);
  *ret_time = make_time (time);
  return TRUE;
}

static gboolean
take_nothing (char **ret_kind, char **ret_time)
{
  return take ("NONE", NULL, ret_kind, ret_time);
}

static gboolean
take_object (const MetadataEvents *row, JsonNode *node, char **ret_kind, char **ret_time)
{
  JsonObject *object = node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

  return object &&
         take (get_text (object, row->kind), get_text (object, row->time), ret_kind, ret_time);
}

/* The first that is not over. */
static gboolean
take_list (const MetadataEvents *row, JsonArray *list, char **ret_kind, char **ret_time)
{
  for (guint i = 0; i < json_array_get_length (list); i++) {
    JsonNode *node = json_array_get_element (list, i);
    if (!JSON_NODE_HOLDS_OBJECT (node))
      return FALSE;
    if (!is_past (get_text (json_node_get_object (node), row->state)))
      return take_object (row, node, ret_kind, ret_time);
  }
  return take_nothing (ret_kind, ret_time);
}

/* What is there only when it is going to happen: a time, or a document with one. */
static gboolean
take_named (const MetadataEvents *row, const char *time, char **ret_kind, char **ret_time)
{
  g_autofree char *made = make_time (time);

  return g_ascii_isdigit (*made) && take (row->word, row->since ? NULL : made, ret_kind, ret_time);
}

gboolean
metadata_read_event (const MetadataEvents *row, const char *text, gsize length, char **ret_kind,
                     char **ret_time)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *word = g_strstrip (g_strndup (text, length));
  JsonNode        *node;

  if (row->word && !row->since)
    return take_named (row, word, ret_kind, ret_time);
  if (!row->kind && !row->word)
    return take (word, NULL, ret_kind, ret_time);
  g_autofree char *whole =
      g_strconcat ("{\"" DOCUMENT "\":", word, "}", NULL); /* a list is none alone */
  root = vmm_json_parse (whole, strlen (whole), NAME, NULL);
  node = root ? json_object_get_member (json_node_get_object (root), DOCUMENT) : NULL;
  if (row->word)
    return node && JSON_NODE_HOLDS_OBJECT (node) &&
           take_named (row, get_text (json_node_get_object (node), row->since), ret_kind, ret_time);
  if (node && row->list && JSON_NODE_HOLDS_OBJECT (node))
    node = json_object_get_member (json_node_get_object (node), row->list);
  if (node && JSON_NODE_HOLDS_ARRAY (node))
    return take_list (row, json_node_get_array (node), ret_kind, ret_time);
  return take_object (row, node, ret_kind, ret_time);
}
