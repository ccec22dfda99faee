/* SPDX-License-Identifier: MIT */
/* json_write: a JSON tree as text that people can read and that gives every number back. */
#include "vmm/json.h"

#include <math.h>
#include <string.h>

#define SIGNIFICANT "%.6g" /* digits that a measurement is kept with */

static void write_node (GString *text, JsonNode *node, guint depth);

/* The zero below zero is read back as the other one. */
static void
write_number (GString *text, double value)
{
  static const char *const formats[] = { SIGNIFICANT, "%.15g", "%.16g", "%.17g" };
  char                     digits[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++) {
    g_ascii_formatd (digits, sizeof digits, formats[i], value == 0 ? 0 : value);
    if (g_ascii_strtod (digits, NULL) == value)
      break;
  }
  g_string_append (text, digits);
}

void
vmm_json_append_text (GString *text, const char *string)
{
  static const char escaped[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";

  g_string_append_c (text, '"');
  for (const char *at = string; *at; at++) {
    const char *found = strchr (escaped, *at);
    if (found)
      g_string_append_printf (text, "\\%c", letters[found - escaped]);
    else if ((guchar) *at < ' ' || *at == 0x7f)
      g_string_append_printf (text, "\\u%04x", (guchar) *at);
    else
      g_string_append_c (text, *at);
  }
  g_string_append_c (text, '"');
}

static void
write_value (GString *text, JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    vmm_json_append_text (text, json_node_get_string (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else if (type == G_TYPE_DOUBLE)
    write_number (text, json_node_get_double (node));
  else
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
}

static void
break_line (GString *text, guint depth)
{
  g_string_append_printf (text, "\n%*s", (int) (2 * depth), "");
}

/* NOLINTBEGIN(misc-no-recursion): no deeper than the tree, which we made or json_check let pass */

static void
write_array (GString *text, JsonArray *array, guint depth)
{
  guint    length = json_array_get_length (array);
  gboolean plain = TRUE;

  for (guint i = 0; i < length && plain; i++)
    plain = !JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i));
  g_string_append_c (text, '[');
  for (guint i = 0; i < length; i++) {
    if (!plain)
      break_line (text, depth + 1);
    write_node (text, json_array_get_element (array, i), depth + 1);
    if (i + 1 < length)
      g_string_append (text, plain ? ", " : ",");
  }
  if (!plain)
    break_line (text, depth);
  g_string_append_c (text, ']');
}

static void
write_object (GString *text, JsonObject *object, guint depth)
{
  JsonObjectIter iter;
  const char    *member;
  JsonNode      *node;
  gboolean       any = FALSE;

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, &node)) {
    if (any)
      g_string_append_c (text, ',');
    any = TRUE;
    break_line (text, depth + 1);
    vmm_json_append_text (text, member);
    g_string_append (text, ": ");
    write_node (text, node, depth + 1);
  }
  if (any)
    break_line (text, depth);
  g_string_append_c (text, '}');
}

static void
write_node (GString *text, JsonNode *node, guint depth)
{
  switch (json_node_get_node_type (node)) {
  case JSON_NODE_OBJECT:
    write_object (text, json_node_get_object (node), depth);
    break;
  case JSON_NODE_ARRAY:
    write_array (text, json_node_get_array (node), depth);
    break;
  case JSON_NODE_VALUE:
    write_value (text, node);
    break;
  case JSON_NODE_NULL:
    g_string_append (text, "null");
    break;
  }
}

/* NOLINTEND(misc-no-recursion) */

/* The number that its significant digits give. */
static double
round_off (double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  return g_ascii_strtod (g_ascii_formatd (digits, sizeof digits, SIGNIFICANT, value), NULL);
}

char *
vmm_json_write (JsonNode *root)
{
  GString *text = g_string_new (NULL);

  write_node (text, root, 0);
  g_string_append_c (text, '\n');
  return g_string_free (text, FALSE);
}

gboolean
vmm_json_is_plain (gunichar character)
{
  return !g_unichar_iscntrl (character) && character != 0x2028 && character != 0x2029 &&
         !(character >= 0x202a && character <= 0x202e) &&
         !(character >= 0x2066 && character <= 0x2069);
}

char *
vmm_json_clean (const char *text, gsize max)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString         *clean = g_string_new (NULL);

  for (const char *at = valid; *at; at = g_utf8_next_char (at)) {
    gunichar character = g_utf8_get_char (at);
    char     bytes[6];
    gsize    length;

    if (!vmm_json_is_plain (character))
      character = ' ';
    length = (gsize) g_unichar_to_utf8 (character, bytes);
    if (clean->len + length > max)
      break;
    g_string_append_len (clean, bytes, (gssize) length);
  }
  return g_string_free (clean, FALSE);
}

void
vmm_json_set_number (JsonObject *object, const char *member, double value)
{
  if (isfinite (value))
    json_object_set_double_member (object, member, round_off (value));
  else
    json_object_set_null_member (object, member);
}

void
vmm_json_set_count (JsonObject *object, const char *member, guint64 value)
{
  json_object_set_int_member (object, member, (gint64) MIN (value, (guint64) VMM_JSON_MAX_INTEGER));
}

void
vmm_json_set_text (JsonObject *object, const char *member, const char *text, gsize max)
{
  g_autofree char *clean = vmm_json_clean (text ? text : "", max);

  json_object_set_string_member (object, member, clean);
}

void
vmm_json_set_text_or_null (JsonObject *object, const char *member, const char *text, gsize max)
{
  if (text && *text)
    vmm_json_set_text (object, member, text, max);
  else
    json_object_set_null_member (object, member);
}

void
vmm_json_add_number (JsonArray *array, double value)
{
  if (isfinite (value))
    json_array_add_double_element (array, round_off (value));
  else
    json_array_add_null_element (array);
}

JsonObject *
vmm_json_set_object (JsonObject *object, const char *member)
{
  JsonObject *inner = json_object_new ();

  json_object_set_object_member (object, member, inner);
  return inner;
}

JsonArray *
vmm_json_set_array (JsonObject *object, const char *member)
{
  JsonArray *inner = json_array_new ();

  json_object_set_array_member (object, member, inner);
  return inner;
}
