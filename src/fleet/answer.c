/* SPDX-License-Identifier: MIT */
/* answer: the documents of Prometheus' query API, checked before they are believed. */
#include "answer.h"

#include "vmm/fleet.h"
#include "vmm/language.h"

#include <math.h>
#include <string.h>

#define DOCUMENT VMM_SAID ("the server's answer")
#define MAX_MESSAGE 200
#define MAX_DIGITS 64
#define MAX_TIME 1e11 /* seconds: beyond that is no moment of ours */

typedef struct {
  VmmSeriesTake take;
  gpointer      data;
  const char   *member; /* "value", "values" */
  GArray       *times, *values;
} Reader;

char *
vmm_answer_label (const VmmSeries *series, const char *name)
{
  JsonObject *labels = series->labels->object;
  JsonNode   *node = labels ? json_object_get_member (labels, name) : NULL;
  gboolean    is_text =
      node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;

  if (node && !is_text)
    vmm_json_complain (series->labels, name, VMM_SAID ("a text was expected"));
  return vmm_json_clean (is_text ? json_node_get_string (node) : "", VMM_FLEET_MAX_LABEL);
}

/* [1795736264.085, "114.563"] */
static void
read_point (const VmmJsonPlace *place, Reader *reader, JsonArray *point)
{
  char *end;

  if (json_array_get_length (point) != 2) {
    vmm_json_complain (place, reader->member, VMM_SAID ("a time and a text were expected"));
    return;
  }
  double      seconds = vmm_json_element (place, reader->member, point, 0, 0, MAX_TIME);
  const char *text = vmm_json_text_element (place, reader->member, point, 1, MAX_DIGITS);
  double      value = g_ascii_strtod (text, &end);
  if (!isfinite (seconds) || end == text || *end)
    vmm_json_complain (place, reader->member, VMM_SAID ("a number as a text was expected"));
  if (*place->error)
    return;
  gint64 time_us = (gint64) (seconds * G_USEC_PER_SEC);
  g_array_append_val (reader->times, time_us);
  g_array_append_val (reader->values, value);
}

static void
read_points (const VmmJsonPlace *place, Reader *reader)
{
  gboolean   is_over_time = strcmp (reader->member, "values") == 0;
  JsonArray *array =
      vmm_json_array (place, reader->member, is_over_time ? VMM_FLEET_MAX_POINTS : 2);

  for (guint i = 0; is_over_time && array && !*place->error && i < json_array_get_length (array);
       i++) {
    JsonNode *node = json_array_get_element (array, i);
    if (JSON_NODE_HOLDS_ARRAY (node))
      read_point (place, reader, json_node_get_array (node));
    else
      vmm_json_complain (place, reader->member, VMM_SAID ("a time and a text were expected"));
  }
  if (!is_over_time && array)
    read_point (place, reader, array);
}

static void
read_series (const VmmJsonPlace *place, Reader *reader)
{
  VmmJsonPlace labels = vmm_json_enter (place, "metric");

  g_array_set_size (reader->times, 0);
  g_array_set_size (reader->values, 0);
  read_points (place, reader);
  if (*place->error || reader->times->len == 0)
    return;
  reader->take (&(VmmSeries){ &labels, (const gint64 *) (gpointer) reader->times->data,
                              (const double *) (gpointer) reader->values->data,
                              reader->times->len },
                reader->data);
}

static void
read_data (const VmmJsonPlace *root, Reader *reader)
{
  VmmJsonPlace data = vmm_json_enter (root, "data");
  const char  *type = vmm_json_text (&data, "resultType", MAX_DIGITS);

  if (strcmp (type, "vector") != 0 && strcmp (type, "matrix") != 0)
    vmm_json_complain (&data, "resultType", VMM_SAID ("\"vector\" or \"matrix\" was expected"));
  reader->member = strcmp (type, "vector") == 0 ? "value" : "values";
  JsonArray *result = vmm_json_array (&data, "result", VMM_FLEET_MAX_SERIES);
  for (guint i = 0; result && !*root->error && i < json_array_get_length (result); i++) {
    VmmJsonPlace series = vmm_json_enter_element (&data, "result", result, i);
    read_series (&series, reader);
  }
}

/* The server's own words. */
static void
read_refusal (const VmmJsonPlace *root, GError **error)
{
  JsonNode *node = json_object_get_member (root->object, "error");
  gboolean  is_text =
      node && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
  g_autofree char *words = vmm_json_clean (is_text ? json_node_get_string (node) : "", MAX_MESSAGE);

  g_set_error (error, VMM_ERROR, VMM_ERROR_IO, VMM_SAID ("the server refuses: %s"), words);
}

/* Something that is no such document may well be a web page. */
static JsonNode *
parse (const char *text, gsize length, GError **error)
{
  const char *at = text, *end = text + length;

  while (at < end && g_ascii_isspace (*at))
    at++;
  if (at < end && *at == '{')
    return vmm_json_parse (text, length, DOCUMENT, error);
  g_set_error_literal (error, VMM_ERROR, VMM_ERROR_FORMAT,
                       VMM_SAID ("the server's answer is none of a Prometheus"));
  return NULL;
}

static gboolean
is_partial (const VmmJsonPlace *root)
{
  JsonNode *node = json_object_get_member (root->object, "warnings");

  return (node && JSON_NODE_HOLDS_ARRAY (node) &&
          json_array_get_length (json_node_get_array (node)) > 0) ||
         (vmm_json_has (root, "isPartial") &&
          json_object_get_boolean_member_with_default (root->object, "isPartial", FALSE));
}

gboolean
vmm_answer_read (const char *text, gsize length, VmmSeriesTake take, gpointer data,
                 gboolean *ret_is_partial, GError **error)
{
  g_autoptr (JsonNode) document = parse (text, length, error);
  g_autoptr (GError) complaint = NULL;
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  Reader reader = { take, data, NULL, times, values };

  if (!document)
    return FALSE;
  VmmJsonPlace root = { DOCUMENT, "", json_node_get_object (document), &complaint };
  const char  *status = vmm_json_text (&root, "status", MAX_DIGITS);
  if (!complaint && strcmp (status, "error") == 0) {
    read_refusal (&root, error);
    return FALSE;
  }
  if (strcmp (status, "success") != 0)
    vmm_json_complain (&root, "status", VMM_SAID ("\"success\" was expected"));
  read_data (&root, &reader);
  *ret_is_partial |= !complaint && is_partial (&root);
  if (!complaint)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&complaint));
  return FALSE;
}
