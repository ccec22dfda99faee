/* SPDX-License-Identifier: MIT */
/* members: a table of members in JSON, by what each kind does there and back. */
#include "members.h"

#include "result_private.h"

#include <string.h>

/* What a kind does with its member, which is at `at` in the record. */
typedef struct {
  void (*build) (const VmmMember *member, gconstpointer at, JsonObject *object);
  void (*read) (const VmmMember *member, gpointer at, const VmmJsonPlace *place);
} Kind;

static void
build_text (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  vmm_json_set_text (object, member->name, *(char *const *) at, (gsize) member->max);
}

static void
read_text (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  *(const char **) at = vmm_json_text (place, member->name, (gsize) member->max);
}

static void
build_text_or_null (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  vmm_json_set_text_or_null (object, member->name, *(char *const *) at, (gsize) member->max);
}

static void
read_text_or_null (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  *(const char **) at = vmm_json_text_or_null (place, member->name, (gsize) member->max);
}

static void
read_own_or_null (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  const char *text = vmm_json_text_or_null (place, member->name, (gsize) member->max);

  *(char **) at = *text ? g_strdup (text) : NULL;
}

static void
build_lines (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  const char *const *lines = *(const char *const *const *) at;
  JsonArray         *array = vmm_json_set_array (object, member->name);

  for (guint i = 0; lines && lines[i] && i < VMM_RESULT_MAX_LINES; i++) {
    g_autofree char *line = vmm_json_clean (lines[i], (gsize) member->max);
    json_array_add_string_element (array, line);
  }
}

static void
read_lines (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  JsonArray   *array = vmm_json_array (place, member->name, VMM_RESULT_MAX_LINES);
  guint        n = array ? json_array_get_length (array) : 0;
  const char **lines = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    lines[i] = vmm_json_text_element (place, member->name, array, i, (gsize) member->max);
  *(const char ***) at = lines;
}

static void
build_own_lines (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  const GPtrArray *lines = *(GPtrArray *const *) at;
  JsonArray       *array = vmm_json_set_array (object, member->name);

  for (guint i = 0; lines && i < MIN (lines->len, VMM_RESULT_MAX_LINES); i++) {
    g_autofree char *line = vmm_json_clean (lines->pdata[i], (gsize) member->max);
    json_array_add_string_element (array, line);
  }
}

static void
read_own_lines (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  const char *const *lines = NULL;

  read_lines (member, &lines, place);
  for (guint i = 0; lines[i]; i++)
    g_ptr_array_add (*(GPtrArray **) at, g_strdup (lines[i]));
  g_free ((gpointer) lines);
}

static void
build_choice (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  vmm_json_set_text (object, member->name, member->name_of (*(const guint *) at),
                     VMM_RESULT_MAX_TEXT);
}

static void
read_choice (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  *(guint *) at = vmm_json_choice (place, member->name, (guint) member->max, member->name_of);
}

static void
build_choice_or_null (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  const guint choice = *(const guint *) at;

  vmm_json_set_text_or_null (object, member->name, choice ? member->name_of (choice) : NULL,
                             VMM_RESULT_MAX_TEXT);
}

static void
read_choice_or_null (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  const char *name = vmm_json_text_or_null (place, member->name, VMM_RESULT_MAX_TEXT);
  guint       choice = (guint) member->max - 1;

  while (choice > 0 && strcmp (name, member->name_of (choice)) != 0)
    choice--;
  *(guint *) at = choice;
}

static void
read_word (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  guint i;

  read_choice (member, &i, place);
  *(const char **) at = member->name_of (i);
}

static void
build_word (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  vmm_json_set_text (object, member->name, *(char *const *) at, VMM_RESULT_MAX_TEXT);
}

static void
build_count (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  vmm_json_set_count (object, member->name, *(const guint *) at);
}

static void
read_count (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  *(guint *) at =
      (guint) vmm_json_count (place, member->name, (guint64) member->min, (guint64) member->max);
}

static void
build_bytes (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  vmm_json_set_count (object, member->name, *(const guint64 *) at);
}

static void
read_bytes (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  *(guint64 *) at = vmm_json_count (place, member->name, 0, (guint64) member->max);
}

static void
build_known (const VmmMember *member, guint64 value, JsonObject *object)
{
  if (value)
    vmm_json_set_count (object, member->name, value);
  else
    json_object_set_null_member (object, member->name);
}

static void
build_count_or_null (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  build_known (member, *(const guint *) at, object);
}

static void
read_count_or_null (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  *(guint *) at = (guint) vmm_json_count_or_null (place, member->name, (guint64) member->max);
}

static void
build_bytes_or_null (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  build_known (member, *(const guint64 *) at, object);
}

static void
read_bytes_or_null (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  *(guint64 *) at = vmm_json_count_or_null (place, member->name, (guint64) member->max);
}

static void
build_number (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  vmm_json_set_number (object, member->name, *(const double *) at);
}

static void
read_number (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  *(double *) at = vmm_json_number (place, member->name, member->min, member->max);
}

static void
read_number_or_null (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  *(double *) at = vmm_json_number_or_null (place, member->name, member->min, member->max);
}

static void
build_boolean (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  json_object_set_boolean_member (object, member->name, *(const gboolean *) at);
}

static void
read_boolean (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  *(gboolean *) at = vmm_json_boolean (place, member->name);
}

static void
build_maybe (const VmmMember *member, gconstpointer at, JsonObject *object)
{
  const guint value = *(const guint *) at;

  if (value == 0)
    json_object_set_null_member (object, member->name);
  else
    json_object_set_boolean_member (object, member->name, value == 1);
}

static void
read_maybe (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
  guint *value = at;

  if (vmm_json_is_null (place, member->name))
    *value = 0;
  else
    *value = vmm_json_boolean (place, member->name) ? 1 : 2;
}

static void
build_nothing (const VmmMember *member, gconstpointer at, JsonObject *object)
{
}

static void
read_nothing (const VmmMember *member, gpointer at, const VmmJsonPlace *place)
{
}

static const Kind kinds[] = {
  [VMM_MEMBER_TEXT] = { build_text, read_text },
  [VMM_MEMBER_TEXT_OR_NULL] = { build_text_or_null, read_text_or_null },
  [VMM_MEMBER_OWN_OR_NULL] = { build_text_or_null, read_own_or_null },
  [VMM_MEMBER_LINES] = { build_lines, read_lines },
  [VMM_MEMBER_OWN_LINES] = { build_own_lines, read_own_lines },
  [VMM_MEMBER_WORD] = { build_word, read_word },
  [VMM_MEMBER_CHOICE] = { build_choice, read_choice },
  [VMM_MEMBER_CHOICE_OR_NULL] = { build_choice_or_null, read_choice_or_null },
  [VMM_MEMBER_COUNT] = { build_count, read_count },
  [VMM_MEMBER_COUNT_OR_NULL] = { build_count_or_null, read_count_or_null },
  [VMM_MEMBER_BYTES] = { build_bytes, read_bytes },
  [VMM_MEMBER_BYTES_OR_NULL] = { build_bytes_or_null, read_bytes_or_null },
  [VMM_MEMBER_NUMBER] = { build_number, read_number },
  [VMM_MEMBER_NUMBER_OR_NULL] = { build_number, read_number_or_null },
  [VMM_MEMBER_BOOLEAN] = { build_boolean, read_boolean },
  [VMM_MEMBER_REMARK] = { build_boolean, read_nothing },
  [VMM_MEMBER_MAYBE] = { build_maybe, read_maybe },
  [VMM_MEMBER_ROWS] = { build_nothing, read_nothing },
};

void
vmm_member_build (const VmmMember *member, gconstpointer record, JsonObject *object)
{
  kinds[member->kind].build (member, (const char *) record + member->offset, object);
}

void
vmm_member_read (const VmmMember *member, gpointer record, const VmmJsonPlace *place)
{
  if (!member->is_late || vmm_json_has (place, member->name))
    kinds[member->kind].read (member, (char *) record + member->offset, place);
}

void
vmm_members_build (const VmmMember *members, guint n, gconstpointer record, JsonObject *object)
{
  for (guint i = 0; i < n; i++)
    vmm_member_build (&members[i], record, object);
}

void
vmm_members_read (const VmmMember *members, guint n, gpointer record, const VmmJsonPlace *place)
{
  for (guint i = 0; i < n; i++)
    vmm_member_read (&members[i], record, place);
}
