/* SPDX-License-Identifier: MIT */
/* result_text: the document of a result as text, under its label, and what is the same without it. */
#include "result_private.h"

#include <string.h>

/* A member of the document itself: its line begins with two blanks, and no text has a line's end
 * in it. */
#define LABEL "\n  \"label\": "

/* Where in the text the label's value begins, quotes and all, and ends. */
static const char *
find_label (const char *text, const char **ret_end)
{
  const char *at = strstr (text, LABEL) + strlen (LABEL);
  const char *end = strchr (at, '\n');

  *ret_end = end[-1] == ',' ? end - 1 : end;
  return at;
}

/* As many rows to a point as it takes to stay readable by vmm_result_from_json(). */
static char *
write_measured (const VmmResult *result)
{
  guint fold = MAX (1, (result->n + VMM_RESULT_MAX_KEPT - 1) / VMM_RESULT_MAX_KEPT);

  for (;; fold *= 2) {
    g_autoptr (JsonNode) document = vmm_result_build_document (result, fold);
    g_autofree char *text = vmm_json_write (document);
    if (strlen (text) <= VMM_RESULT_MAX_BYTES || fold > result->n)
      return g_steal_pointer (&text);
  }
}

/* The label may be another than the document's, which results share. */
static char *
write_read (const VmmResult *result)
{
  g_autofree char *text = vmm_json_write (result->document);
  const char      *end, *label = find_label (text, &end);
  GString         *changed = g_string_new_len (text, label - text);

  vmm_json_append_text (changed, result->label);
  g_string_append (changed, end);
  return g_string_free (changed, FALSE);
}

char *
vmm_result_to_json (const VmmResult *result)
{
  return result->document ? write_read (result) : write_measured (result);
}

char *
vmm_result_digest (const char *text)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  const char *end, *label = find_label (text, &end);

  g_checksum_update (sum, (const guchar *) text, label - text);
  g_checksum_update (sum, (const guchar *) "\"\"", 2);
  g_checksum_update (sum, (const guchar *) end, -1);
  return g_strdup (g_checksum_get_string (sum));
}

char *
vmm_result_get_digest (const VmmResult *result)
{
  g_autofree char *text = vmm_result_to_json (result);

  return vmm_result_digest (text);
}
