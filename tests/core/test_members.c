/* SPDX-License-Identifier: MIT */
/* test_members: a table of members is written and read back, each kind within its bounds. */
#include "members.h"

#include <math.h>
#include <string.h>

typedef struct {
  const char        *text, *perhaps, *word;
  const char *const *lines;
  guint              count;
  guint64            bytes;
  enum { UNKNOWN, YES, NO } maybe;
  const char *late;
  char       *own;
  GPtrArray  *own_lines;
  enum { GOOD, BAD } choice;
  guint    number_of_things;
  guint64  size;
  double   number, absent;
  gboolean is, remark;
  guint    cause;
} Record;

static const char *
get_word (guint i)
{
  static const char *const words[] = { "good", "bad" };

  return words[i];
}

/* clang-format off */
#define FIELD(member) G_STRUCT_OFFSET (Record, member)
static const VmmMember members[] = {
  { "text",    VMM_MEMBER_TEXT,          FIELD (text),    8 },
  { "perhaps", VMM_MEMBER_TEXT_OR_NULL,  FIELD (perhaps), 8 },
  { "word",    VMM_MEMBER_WORD,          FIELD (word),    2, get_word },
  { "lines",   VMM_MEMBER_LINES,         FIELD (lines),   8 },
  { "count",   VMM_MEMBER_COUNT_OR_NULL, FIELD (count),   99 },
  { "bytes",   VMM_MEMBER_BYTES_OR_NULL, FIELD (bytes),   1ull << 40 },
  { "maybe",   VMM_MEMBER_MAYBE,         FIELD (maybe),   0 },
  { "own",     VMM_MEMBER_OWN_OR_NULL,   FIELD (own),     8 },
  { "texts",   VMM_MEMBER_OWN_LINES,     FIELD (own_lines), 8 },
  { "choice",  VMM_MEMBER_CHOICE,        FIELD (choice),  2, get_word },
  { "things",  VMM_MEMBER_COUNT,         FIELD (number_of_things), 9, .min = 2 },
  { "size",    VMM_MEMBER_BYTES,         FIELD (size),    1ull << 40 },
  { "number",  VMM_MEMBER_NUMBER,        FIELD (number),  1, .min = -1 },
  { "absent",  VMM_MEMBER_NUMBER_OR_NULL, FIELD (absent), 1, .min = -1 },
  { "is",      VMM_MEMBER_BOOLEAN,       FIELD (is) },
  { "remark",  VMM_MEMBER_REMARK,        FIELD (remark) },
  { "cause",   VMM_MEMBER_CHOICE_OR_NULL, FIELD (cause),  2, get_word },
  { "late",    VMM_MEMBER_TEXT_OR_NULL,  FIELD (late),    8, .is_late = TRUE },
};
/* clang-format on */

static char *
write_record (const Record *record)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (root, object);
  vmm_members_build (members, G_N_ELEMENTS (members), record, object);
  return json_to_string (root, FALSE);
}

static void
clear_record (Record *record)
{
  g_free ((gpointer) record->lines);
  g_free (record->own);
  g_clear_pointer (&record->own_lines, g_ptr_array_unref);
}

/* What is complained of, or "". Free with g_free(). */
static char *
read_record (Record *record, JsonNode *root)
{
  g_autoptr (GError) error = NULL;
  VmmJsonPlace place = { "made", "", json_node_get_object (root), &error };

  record->own_lines = g_ptr_array_new_with_free_func (g_free);
  vmm_members_read (members, G_N_ELEMENTS (members), record, &place);
  return g_strdup (error ? error->message : "");
}

/* Documents as they are written, and read to be written again. */
static void
test_there_and_back (void)
{
  static const char *const cases[] = {
    "{\"text\":\"a\",\"perhaps\":\"b\",\"word\":\"bad\",\"lines\":[\"x\",\"y\"],\"count\":99,"
    "\"bytes\":1099511627776,\"maybe\":true,"
    "\"own\":\"mine\",\"texts\":[\"x\"],\"choice\":\"bad\",\"things\":9,\"size\":1099511627776,"
    "\"number\":-1.0,\"absent\":0.5,\"is\":true,\"remark\":false,"
    "\"cause\":\"bad\",\"late\":\"c\"}",
    "{\"text\":\"\",\"perhaps\":null,\"word\":\"good\",\"lines\":[],\"count\":null,"
    "\"bytes\":null,\"maybe\":null,"
    "\"own\":null,\"texts\":[],\"choice\":\"good\",\"things\":2,\"size\":0,\"number\":1.0,"
    "\"absent\":null,\"is\":false,\"remark\":false,"
    "\"cause\":null,\"late\":null}",
    "{\"text\":\"a\",\"perhaps\":null,\"word\":\"good\",\"lines\":[],\"count\":1,"
    "\"bytes\":1,\"maybe\":false,"
    "\"own\":null,\"texts\":[],\"choice\":\"good\",\"things\":2,\"size\":0,\"number\":1.0,"
    "\"absent\":null,\"is\":false,\"remark\":false,"
    "\"cause\":null,\"late\":null}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Record record = { 0 };
    g_autoptr (JsonNode) root = json_from_string (cases[i], NULL);
    g_autofree char *complaint = read_record (&record, root);
    g_autofree char *written = write_record (&record);
    g_assert_cmpstr (complaint, ==, "");
    g_assert_cmpstr (written, ==, cases[i]);
    clear_record (&record);
  }
}

/* What a record holds beyond the bounds is cut where it is written, and refused where it is read. */
static void
test_bounds (void)
{
  static const char *const lines[] = { "many letters", NULL };
  static const char *const cases[][2] = {
    { "text", "\"nine char\"" },
    { "text", "null" },
    { "perhaps", "\"nine char\"" },
    { "perhaps", "7" },
    { "word", "\"so so\"" },
    { "lines", "[\"nine char\"]" },
    { "lines", "{}" },
    { "count", "100" },
    { "count", "1.5" },
    { "bytes", "2000000000000" },
    { "bytes", "\"many\"" },
    { "maybe", "1" },
    { "late", "\"many letters\"" },
    { "own", "\"many letters\"" },
    { "texts", "[\"many letters\"]" },
    { "choice", "\"so so\"" },
    { "cause", "7" },
    { "things", "1" },
    { "things", "10" },
    { "things", "null" },
    { "size", "-1" },
    { "size", "null" },
    { "number", "-1.5" },
    { "number", "null" },
    { "absent", "2" },
    { "is", "1" },
    { "is", "null" },
  };
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  const Record record = { .text = "many letters",
                          .word = "good",
                          .lines = lines,
                          .own = (char *) lines[0],
                          .own_lines = texts,
                          .number_of_things = 2,
                          .number = 1,
                          .absent = NAN };
  g_ptr_array_add (texts, (gpointer) lines[0]);
  g_autofree char *written = write_record (&record);

  g_assert_cmpstr (written, ==,
                   "{\"text\":\"many let\",\"perhaps\":null,\"word\":\"good\",\"lines\":[\"many "
                   "let\"],\"count\":null,\"bytes\":null,\"maybe\":null,"
                   "\"own\":\"many let\",\"texts\":[\"many "
                   "let\"],\"choice\":\"good\",\"things\":2,\"size\":0,\"number\":1.0,\"absent\":"
                   "null,\"is\":false,\"remark\":false,"
                   "\"cause\":null,\"late\":null}");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Record read = { 0 };
    g_autoptr (JsonNode) root = json_from_string (written, NULL);
    g_autofree char *expected = g_strdup_printf ("made: %s: ", cases[i][0]);
    json_object_set_member (json_node_get_object (root), cases[i][0],
                            json_from_string (cases[i][1], NULL));
    g_autofree char *complaint = read_record (&read, root);
    g_assert_true (g_str_has_prefix (complaint, expected));
    clear_record (&read);
  }
}

/* Documents of before lack what came late; a remark is nobody's business. */
static void
test_lacking (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    const Record     record = { .text = "", .word = "bad", .number_of_things = 2 };
    const gboolean   is_needed = !members[i].is_late && members[i].kind != VMM_MEMBER_REMARK;
    Record           read = { 0 };
    g_autofree char *written = write_record (&record);
    g_autoptr (JsonNode) root = json_from_string (written, NULL);
    json_object_remove_member (json_node_get_object (root), members[i].name);
    g_autofree char *complaint = read_record (&read, root);
    g_autofree char *expected =
        g_strdup_printf ("made: %s: the member was expected", members[i].name);
    g_assert_cmpstr (complaint, ==, is_needed ? expected : "");
    clear_record (&read);
  }
}

/* A choice that only a newer program knows is none. */
static void
test_unknown_choice (void)
{
  static const char *const names[] = { "null", "\"bad\"", "\"of a newer program\"" };
  const Record             record = { .text = "", .word = "bad", .number_of_things = 2 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    Record           read = { .cause = 7 };
    g_autofree char *written = write_record (&record);
    g_autoptr (JsonNode) root = json_from_string (written, NULL);
    json_object_set_member (json_node_get_object (root), "cause",
                            json_from_string (names[i], NULL));
    g_autofree char *complaint = read_record (&read, root);
    g_assert_cmpstr (complaint, ==, "");
    g_assert_cmpuint (read.cause, ==, i == 1);
    clear_record (&read);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/members/there-and-back", test_there_and_back);
  g_test_add_func ("/members/bounds", test_bounds);
  g_test_add_func ("/members/lacking", test_lacking);
  g_test_add_func ("/members/unknown-choice", test_unknown_choice);
  return g_test_run ();
}
