/* SPDX-License-Identifier: MIT */
/* json_read: members of a parsed document, each within its limits, complaints by name. */
#include "vmm/json.h"

#include "vmm/language.h"

#include <math.h>
#include <string.h>

/* The member's node, or NULL and a complaint when it is not there. */
static JsonNode *
get_node (const VmmJsonPlace *place, const char *member)
{
  if (!place->object || *place->error)
    return NULL;
  JsonNode *node = json_object_get_member (place->object, member);
  if (!node)
    vmm_json_complain (place, member, VMM_SAID ("the member was expected"));
  return node;
}

static VmmJsonPlace
enter (const VmmJsonPlace *place, const char *step, JsonNode *node)
{
  VmmJsonPlace inner = { .document = place->document, .error = place->error };

  g_snprintf (inner.path, sizeof inner.path, "%s%s%s", place->path, *place->path ? "." : "", step);
  if (node && JSON_NODE_HOLDS_OBJECT (node))
    inner.object = json_node_get_object (node);
  else if (node)
    vmm_json_complain (place, step, VMM_SAID ("an object was expected"));
  return inner;
}

static gboolean
is_number (JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  return JSON_NODE_HOLDS_VALUE (node) && (type == G_TYPE_INT64 || type == G_TYPE_DOUBLE);
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_clean (const char *text)
{
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    if (!vmm_json_is_plain (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

static double
read_number (const VmmJsonPlace *place, const char *member, JsonNode *node, double min, double max)
{
  double value = is_number (node) ? json_node_get_double (node) : NAN;

  if (value >= min && value <= max)
    return value;
  vmm_json_complain (place, member, VMM_SAID ("a number from %.0f to %.0f was expected"), min, max);
  return NAN;
}

static const char *
read_text (const VmmJsonPlace *place, const char *member, JsonNode *node, gsize max)
{
  const char *text = is_text (node) ? json_node_get_string (node) : NULL;

  if (text && strlen (text) <= max && is_clean (text))
    return text;
  vmm_json_complain (
      place, member,
      VMM_SAID ("a text of at most %zu bytes without control characters was expected"), max);
  return "";
}

void
vmm_json_complain (const VmmJsonPlace *place, const char *member, const char *format, ...)
{
  g_autofree char *expectation = NULL;
  va_list          arguments;

  if (*place->error)
    return;
  va_start (arguments, format);
  expectation = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (place->error, VMM_ERROR, VMM_ERROR_FORMAT, "%s: %s%s%s: %s", place->document,
               place->path, *place->path ? "." : "", member, expectation);
}

gboolean
vmm_json_has (const VmmJsonPlace *place, const char *member)
{
  return place->object && !*place->error && json_object_has_member (place->object, member);
}

gboolean
vmm_json_is_null (const VmmJsonPlace *place, const char *member)
{
  return vmm_json_has (place, member) &&
         JSON_NODE_HOLDS_NULL (json_object_get_member (place->object, member));
}

VmmJsonPlace
vmm_json_enter (const VmmJsonPlace *place, const char *member)
{
  return enter (place, member, get_node (place, member));
}

VmmJsonPlace
vmm_json_enter_element (const VmmJsonPlace *place, const char *member, JsonArray *array, guint i)
{
  g_autofree char *step = g_strdup_printf ("%s[%u]", member, i);

  return enter (place, step, json_array_get_element (array, i));
}

double
vmm_json_number (const VmmJsonPlace *place, const char *member, double min, double max)
{
  JsonNode *node = get_node (place, member);

  return node ? read_number (place, member, node, min, max) : NAN;
}

guint64
vmm_json_count (const VmmJsonPlace *place, const char *member, guint64 min, guint64 max)
{
  double value = vmm_json_number (place, member, (double) min, (double) max);

  if (isnan (value))
    return 0;
  if (value == floor (value))
    return (guint64) value;
  vmm_json_complain (place, member, VMM_SAID ("a whole number was expected"));
  return 0;
}

gboolean
vmm_json_boolean (const VmmJsonPlace *place, const char *member)
{
  JsonNode *node = get_node (place, member);

  if (!node)
    return FALSE;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node);
  vmm_json_complain (place, member, VMM_SAID ("true or false was expected"));
  return FALSE;
}

double
vmm_json_number_or_null (const VmmJsonPlace *place, const char *member, double min, double max)
{
  JsonNode *node = get_node (place, member);

  return node && !JSON_NODE_HOLDS_NULL (node) ? read_number (place, member, node, min, max) : NAN;
}

guint64
vmm_json_count_or_null (const VmmJsonPlace *place, const char *member, guint64 max)
{
  JsonNode *node = get_node (place, member);

  return node && !JSON_NODE_HOLDS_NULL (node) ? vmm_json_count (place, member, 0, max) : 0;
}

const char *
vmm_json_text_or_null (const VmmJsonPlace *place, const char *member, gsize max)
{
  JsonNode *node = get_node (place, member);

  return node && !JSON_NODE_HOLDS_NULL (node) ? read_text (place, member, node, max) : "";
}

const char *
vmm_json_text (const VmmJsonPlace *place, const char *member, gsize max)
{
  JsonNode *node = get_node (place, member);

  return node ? read_text (place, member, node, max) : "";
}

JsonArray *
vmm_json_array (const VmmJsonPlace *place, const char *member, guint max)
{
  JsonNode *node = get_node (place, member);

  if (!node)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) <= max)
    return json_node_get_array (node);
  vmm_json_complain (place, member, VMM_SAID ("an array of at most %u elements was expected"), max);
  return NULL;
}

double
vmm_json_element (const VmmJsonPlace *place, const char *member, JsonArray *array, guint i,
                  double min, double max)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_NULL (node) ? NAN : read_number (place, member, node, min, max);
}

const char *
vmm_json_text_element (const VmmJsonPlace *place, const char *member, JsonArray *array, guint i,
                       gsize max)
{
  return read_text (place, member, json_array_get_element (array, i), max);
}

guint
vmm_json_choice (const VmmJsonPlace *place, const char *member, guint n,
                 const char *(*name_of) (guint))
{
  const char *text = vmm_json_text (place, member, 64);

  if (*place->error)
    return 0;
  for (guint i = 0; i < n; i++)
    if (strcmp (text, name_of (i)) == 0)
      return i;
  vmm_json_complain (place, member, VMM_SAID ("\"%s\" or another known name was expected"),
                     name_of (0));
  return 0;
}
