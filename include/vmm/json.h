/* SPDX-License-Identifier: MIT */
/* json: what this program adds to json-glib: limits before parsing, places in a document that can be
 * named in a message, shortest numbers on the way out. For the rooms that write or read documents, which
 * are named in tests/style/layers.sh. */
#pragma once

#include <json-glib/json-glib.h>

#include "vmm/error.h"

/* ---- Foreign text. Limits of every document, known member or not. */
#define VMM_JSON_MAX_DEPTH 32
#define VMM_JSON_MAX_STRING 8192
#define VMM_JSON_MAX_INTEGER 1e18 /* fits a gint64 */

/* The object in the text, when its `length` bytes are exactly one (RFC 8259, UTF-8) with no member given
 * twice, every number finite, every whole number at most 10^18, and the limits above. Else NULL and
 * VMM_ERROR_FORMAT or VMM_ERROR_RANGE, naming `document` and the member. */
JsonNode *vmm_json_parse (const char *text, gsize length, const char *document, GError **error);

/* ---- Text from a tree: two blanks a level, arrays of plain values on one line, the shortest
 * digits that give the number back. Ends in a newline. Free with g_free(). */
char *vmm_json_write (JsonNode *root);

/* One string of it, quotes and all. */
void vmm_json_append_text (GString *text, const char *string);

/* ---- Members. A number keeps six significant digits; not finite = null. A text is made valid
 * UTF-8, its control characters become blanks, and it is cut to `max` bytes; "" or NULL = null
 * for _text_or_null. */
void  vmm_json_set_number (JsonObject *object, const char *member, double value);
void  vmm_json_set_count (JsonObject *object, const char *member, guint64 value);
void  vmm_json_set_text (JsonObject *object, const char *member, const char *text, gsize max);
void  vmm_json_set_text_or_null (JsonObject *object, const char *member, const char *text,
                                 gsize max);
void  vmm_json_add_number (JsonArray *array, double value);
char *vmm_json_clean (const char *text, gsize max);

/* FALSE for what would steer a terminal or turn a line around: control characters, line and
 * paragraph separators, bidirectional embeddings and isolates. */
gboolean vmm_json_is_plain (gunichar character);

/* A new object that is `member` of `object`. Borrowed. */
JsonObject *vmm_json_set_object (JsonObject *object, const char *member);
JsonArray  *vmm_json_set_array (JsonObject *object, const char *member);

/* ---- Reading. A place is an object in a document and the way to it. The first complaint of a
 * document is kept in *error and every later reading is a no-op that returns nothing (0, NAN, "",
 * NULL, FALSE), so that a reader is a plain list of members with one check at its end. */
typedef struct {
  const char *document;
  char        path[128]; /* "score.categories.cpu", "" at the top */
  JsonObject *object;    /* NULL after a complaint */
  GError    **error;     /* not NULL */
} VmmJsonPlace;

/* Notes `expectation` ("a number from 0 to 9 was expected") about `member`. */
void vmm_json_complain (const VmmJsonPlace *place, const char *member, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

gboolean     vmm_json_is_null (const VmmJsonPlace *place, const char *member);
gboolean     vmm_json_has (const VmmJsonPlace *place, const char *member);
VmmJsonPlace vmm_json_enter (const VmmJsonPlace *place, const char *member);
double   vmm_json_number (const VmmJsonPlace *place, const char *member, double min, double max);
guint64  vmm_json_count (const VmmJsonPlace *place, const char *member, guint64 min, guint64 max);
gboolean vmm_json_boolean (const VmmJsonPlace *place, const char *member);

/* The same where null is allowed: NAN, 0, "". */
double      vmm_json_number_or_null (const VmmJsonPlace *place, const char *member, double min,
                                     double max);
guint64     vmm_json_count_or_null (const VmmJsonPlace *place, const char *member, guint64 max);
const char *vmm_json_text_or_null (const VmmJsonPlace *place, const char *member, gsize max);

/* A text of at most `max` bytes without control characters; borrowed from the document. */
const char *vmm_json_text (const VmmJsonPlace *place, const char *member, gsize max);

/* An array of at most `max` elements; and its element `i` as number or null, text, object. */
JsonArray *vmm_json_array (const VmmJsonPlace *place, const char *member, guint max);
double vmm_json_element (const VmmJsonPlace *place, const char *member, JsonArray *array, guint i,
                         double min, double max);
const char  *vmm_json_text_element (const VmmJsonPlace *place, const char *member, JsonArray *array,
                                    guint i, gsize max);
VmmJsonPlace vmm_json_enter_element (const VmmJsonPlace *place, const char *member,
                                     JsonArray *array, guint i);

/* The number of the text `member` in the list that `name_of` gives for 0 .. n - 1. */
guint vmm_json_choice (const VmmJsonPlace *place, const char *member, guint n,
                       const char *(*name_of) (guint));
