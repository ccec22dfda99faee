/* SPDX-License-Identifier: MIT */
/* test_store: what is kept stays, comes back, and can never be led out of the store. */
#include "vmm/store.h"
#include "vmm/error.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include "machine.h"
#include "made.h"
#include "result_private.h"
#include "store_index.h"

typedef struct {
  char     *root; /* the store is a directory in it */
  VmmStore *store;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = machine_new ();
  g_autofree char *directory = g_build_filename (fixture->root, "data", "results", NULL);
  fixture->store = vmm_store_open (directory);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  vmm_store_free (fixture->store);
  machine_free (fixture->root);
}

/* A run that began at `created`. */
static VmmResult *
make_run (const char *created, const char *vmm_id)
{
  VmmResult       *result = made_clean (vmm_id, vmm_id);
  g_autofree char *text = g_strdup_printf ("\"%s\"", created);

  made_set (&result, "created", text);
  return result;
}

static char *
save (Fixture *fixture, const char *created, const char *vmm_id)
{
  g_autoptr (VmmResult) result = make_run (created, vmm_id);
  g_autoptr (GError) error = NULL;
  gboolean known = TRUE;
  char    *id = vmm_store_save (fixture->store, result, &known, &error);

  g_assert_no_error (error);
  g_assert_false (known);
  return id;
}

static guint
count_files (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  guint n = 0;

  while (dir && g_dir_read_name (dir))
    n++;
  return n;
}

static guint
count (Fixture *fixture)
{
  return count_files (vmm_store_get_directory (fixture->store));
}

/* A file in the store that the store did not make. */
static void
plant (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (vmm_store_get_directory (fixture->store), name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *late = save (fixture, "2026-11-23T04:15:00.123999Z", "kvm");
  g_autofree char *early = save (fixture, "2026-11-23T05:14:59.999Z", "virtualbox");
  g_autofree char *earliest = save (fixture, "2025-12-31T23:59:59-10:00", "xen"); /* 2026 in UTC */
  g_autoptr (GPtrArray) ids = vmm_store_list_ids (fixture->store, NULL);

  g_assert_true (g_str_has_prefix (late, "20261123T041500.123Z-kvm-"));
  g_assert_cmpuint (strlen (late), ==, strlen ("20261123T041500.123Z-kvm-1a2b"));
  g_assert_true (g_str_has_prefix (early, "20261123T051459.999Z-virtualbox-"));
  g_assert_true (g_str_has_prefix (earliest, "20260101T095959.000Z-xen-"));
  g_assert_cmpuint (ids->len, ==, 3);
  g_assert_cmpstr (ids->pdata[0], ==, earliest);
  g_assert_cmpstr (ids->pdata[1], ==, late);
  g_assert_cmpstr (ids->pdata[2], ==, early);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) none = vmm_store_list (fixture->store, NULL); /* no directory yet */
  g_autofree char *id = save (fixture, "2026-01-02T03:04:05Z", "vmware");
  plant (fixture, "20270101T000000.000Z-kvm-dead.json", "{\"format\": \"vmm-mon");
  plant (fixture, "notes.txt", "mine");
  plant (fixture, ".hidden.json", "{}");
  plant (fixture, "sp ace.json", "{}");
  g_autoptr (GPtrArray) entries = vmm_store_list (fixture->store, NULL);
  g_autofree char     *json = vmm_store_list_to_json (entries);
  const VmmStoreEntry *good = entries->pdata[0], *bad = entries->pdata[1];

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (entries->len, ==, 2);
  g_assert_cmpstr (good->id, ==, id);
  g_assert_null (good->damage);
  g_assert_cmpint (good->created, ==, 1767323045000000);
  g_assert_cmpstr (good->label, ==, "vmware");
  g_assert_cmpstr (good->vmm_name, ==, "VMware");
  g_assert_cmpint (good->quality, ==, VMM_QUALITY_CLEAN);
  g_assert_cmpfloat_with_epsilon (good->total, 100, 0.1);
  g_assert_true (good->low < good->total && good->total < good->high);
  g_assert_cmpfloat_with_epsilon (good->categories[VMM_CATEGORY_DISK], 100, 0.1);
  g_assert_cmpstr (bad->id, ==, "20270101T000000.000Z-kvm-dead");
  g_assert_nonnull (strstr (bad->damage, "format"));
  g_assert_nonnull (strstr (json, "\"vmm\": \"vmware\""));
  g_assert_nonnull (strstr (json, "\"instance_type\": \"made.large\""));
  g_assert_nonnull (strstr (json, "\"zone\": \"made-1a\""));
  g_assert_nonnull (strstr (json, "\"damage\": \"/"));
  g_assert_cmpuint (count (fixture), ==, 5); /* nothing of it is touched */
}

/* ---- The index */

#define MANY (VMM_INDEX_WORTH + 10)

/* So many runs that an index is worth it. */
static void
save_many (Fixture *fixture)
{
  g_autofree char *first = save (fixture, "2026-03-01T10:00:00Z", "kvm");
  g_autofree char *path = vmm_store_get_path (fixture->store, first), *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  for (guint i = 1; i < MANY; i++) {
    g_autofree char *created = g_strdup_printf ("2026-03-01T10:%02u:%02u", i / 60, i % 60);
    g_autofree char *changed = made_replace (text, "2026-03-01T10:00:00", created);
    g_autofree char *name =
        g_strdup_printf ("20260301T10%02u%02u.000Z-kvm-%04x.json", i / 60, i % 60, i);
    plant (fixture, name, changed);
  }
}

/* Lists them by an index that is old enough; how many lines it knew. */
static guint
list_indexed (Fixture *fixture, GPtrArray **ret_entries)
{
  g_autoptr (GPtrArray) ids = vmm_store_list_ids (fixture->store, NULL);
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_store_entry_free);
  g_autofree VmmFileKey *keys = g_new0 (VmmFileKey, ids->len);
  VmmStoreIndex         *index = vmm_store_index_open (fixture->store);
  guint                  known = 0;

  for (guint i = 0; i < ids->len; i++) {
    VmmStoreEntry *entry = vmm_store_index_take (index, ids->pdata[i], &keys[i]);
    known += entry != NULL;
    g_ptr_array_add (entries, entry ? entry : vmm_store_read_entry (fixture->store, ids->pdata[i]));
  }
  vmm_store_index_close (index, entries, keys, g_get_real_time () + G_TIME_SPAN_MINUTE);
  if (ret_entries)
    *ret_entries = entries;
  else
    g_ptr_array_unref (entries);
  return known;
}

static char *
get_index_path (Fixture *fixture)
{
  return g_build_filename (vmm_store_get_directory (fixture->store), ".index", NULL);
}

/* It says what the documents say. */
static void
test_index (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GPtrArray) indexed = NULL;
  g_autofree char *path = get_index_path (fixture);

  save_many (fixture);
  g_assert_cmpuint (list_indexed (fixture, &read), ==, 0);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (list_indexed (fixture, &indexed), ==, MANY);
  g_autofree char *first = vmm_store_list_to_json (read);
  g_autofree char *second = vmm_store_list_to_json (indexed);
  g_assert_cmpstr (first, ==, second);
  for (guint i = 0; i < MANY; i++) {
    const VmmStoreEntry *a = read->pdata[i], *b = indexed->pdata[i];
    g_assert_cmpstr (a->machine, ==, b->machine);
    g_assert_cmpuint (a->version, ==, b->version);
    g_assert_cmpint (a->light, ==, b->light);
  }
}

/* A document that changed, that is gone and that is new. */
static void
test_index_stale (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) entries = NULL;

  save_many (fixture);
  list_indexed (fixture, NULL);
  g_autoptr (GPtrArray) ids = vmm_store_list_ids (fixture->store, NULL);
  g_assert_true (vmm_store_set_label (fixture->store, ids->pdata[3], "another", NULL));
  g_assert_true (vmm_store_delete (fixture->store, ids->pdata[7], NULL));
  g_autofree char *id = save (fixture, "2026-03-02T10:00:00Z", "vmware");
  g_autofree char *name = g_strconcat (ids->pdata[11], ".json", NULL);
  plant (fixture, name, "{\"format\": \"vmm-mon");
  g_assert_cmpuint (list_indexed (fixture, &entries), ==, MANY - 3);
  g_assert_cmpuint (entries->len, ==, MANY);
  g_assert_cmpstr (((VmmStoreEntry *) entries->pdata[3])->label, ==, "another");
  g_assert_cmpstr (((VmmStoreEntry *) entries->pdata[7])->id, ==, ids->pdata[8]);
  g_assert_nonnull (((VmmStoreEntry *) entries->pdata[10])->damage);
  g_assert_cmpstr (((VmmStoreEntry *) entries->pdata[MANY - 1])->id, ==, id);
}

/* Cut off, changed at each place, or of another kind, it is as none, and made anew. */
static void
test_index_damaged (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = get_index_path (fixture), *bytes = NULL;
  gsize            length;

  save_many (fixture);
  list_indexed (fixture, NULL);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize at = 0; at < length; at += at < 128 ? 31 : 1709) {
    bytes[at] ^= 0x20;
    g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
    VmmStoreIndex *index = vmm_store_index_open (fixture->store);
    g_autoptr (GPtrArray) ids = vmm_store_list_ids (fixture->store, NULL);
    VmmFileKey key;
    g_assert_null (vmm_store_index_take (index, ids->pdata[0], &key));
    g_autoptr (GPtrArray) none = g_ptr_array_new ();
    vmm_store_index_close (index, none, &key, 0);
    bytes[at] ^= 0x20;
  }
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length / 2, NULL));
  g_assert_cmpuint (list_indexed (fixture, NULL), ==, 0);
  g_assert_cmpuint (list_indexed (fixture, NULL), ==, MANY);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_assert_cmpuint (list_indexed (fixture, NULL), ==, 0); /* and that directory stays */
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
}

/* Of a document that was written just now, none is sure; a small store has no index. */
static void
test_index_worth (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = get_index_path (fixture), *id = NULL;

  id = save (fixture, "2026-03-02T10:00:00Z", "vmware");
  list_indexed (fixture, NULL);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  save_many (fixture);
  g_autoptr (GPtrArray) entries = vmm_store_list (fixture->store, NULL);
  g_assert_cmpuint (entries->len, ==, MANY + 1);
  g_autoptr (GPtrArray) again = vmm_store_list (fixture->store, NULL);
  g_assert_cmpuint (again->len, ==, MANY + 1);
}

static void
assert_found (Fixture *fixture, const char *name, const char *id)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = vmm_store_find (fixture->store, name, &error);

  g_assert_cmpstr (found, ==, id);
  g_assert_true (id || error);
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_found (fixture, "last", NULL);
  g_autofree char *future = save (fixture, "9980-01-02T03:04:05Z", "kvm");
  assert_found (fixture, "last", future); /* there is no other */
  g_autofree char *first = save (fixture, "2026-01-02T03:04:05Z", "kvm");
  g_autofree char *second = save (fixture, "2026-01-02T03:04:06Z", "kvm");
  plant (fixture, "20270101T000000.000Z-kvm-dead.json", "{");
  assert_found (fixture, "last", second); /* the damaged one is newer */
  assert_found (fixture, first, first);
  assert_found (fixture, "20260102T030405", first);
  assert_found (fixture, "20260102", NULL);
  assert_found (fixture, "2028", NULL);
  assert_found (fixture, "", NULL);
  assert_found (fixture, "\x1b[31m", NULL);

  g_autofree char *path = vmm_store_get_path (fixture->store, first);
  g_autoptr (VmmResult) by_path = vmm_store_load (fixture->store, path, &error);
  g_autoptr (VmmResult) by_prefix = vmm_store_load (fixture->store, "20260102T030406", &error);
  g_assert_no_error (error);
  g_assert_cmpint (vmm_result_get_created (by_prefix) - vmm_result_get_created (by_path), ==,
                   G_USEC_PER_SEC);
  g_assert_null (vmm_store_load (fixture->store, "2028", &error));
  g_assert_nonnull (strstr (error->message, "no such file"));
  g_clear_error (&error);

  /* Where it is the beginning of several, it says of which. */
  g_autofree char *range = g_strdup_printf ("2 stored runs, from %s to %s: ", first, second);
  g_assert_null (vmm_store_find (fixture->store, "20260102", &error));
  g_assert_nonnull (strstr (error->message, range));
}

/* A clock that no calendar reaches: nothing is kept, and nothing is said that is no sentence. */
static void
test_clock (Fixture *fixture, gconstpointer data)
{
  static const struct {
    gint64      second;
    const char *says;
  } cases[] = {
    { 253404300800, "the clock says about year 10000: 1970 to 9999 was expected" },
    { 9000000000000, "the clock says about year 287168: 1970 to 9999 was expected" },
    { -1900000000, "the clock says about year 1909: 1970 to 9999 was expected" },
  };
  g_autoptr (VmmResult) run = make_run ("2026-05-05T05:05:05Z", "kvm");
  g_autofree char *text = vmm_result_to_json (run);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (VmmResult) odd = made_read (text);
    g_autoptr (GError) error = NULL;
    odd->created = cases[i].second * G_USEC_PER_SEC;
    g_assert_null (vmm_store_save (fixture->store, odd, NULL, &error));
    g_assert_cmpstr (error->message, ==, cases[i].says);
    g_autofree char *time = vmm_json_time (odd->created);
    g_assert_true (g_str_equal (time, "1970-01-01T00:00:00.000000Z") ||
                   g_str_equal (time, "9999-12-31T23:59:59.999999Z"));
  }
  g_assert_cmpuint (count (fixture), ==, 0);
}

static void
test_import (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->root, "carried.json", NULL);
  g_autoptr (VmmResult) run = make_run ("2026-05-05T05:05:05.5Z", "hyperv");
  g_autoptr (GError) error = NULL;
  gboolean known = TRUE;

  g_autofree char *text = vmm_result_to_json (run);
  g_assert_true (g_file_set_contents (path, text, -1, &error));
  g_autofree char *id = vmm_store_import (fixture->store, path, &known, &error);
  g_assert_no_error (error);
  g_assert_false (known);
  g_assert_true (vmm_store_set_label (fixture->store, id, "my label", &error));
  g_autofree char *again = vmm_store_import (fixture->store, path, &known, &error);
  g_assert_true (known);
  g_assert_cmpstr (id, ==, again);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_autoptr (VmmResult) stored = vmm_store_load (fixture->store, "last", &error);
  g_assert_cmpstr (vmm_result_get_label (stored), ==, "my label"); /* what is here wins */

  g_assert_true (g_file_set_contents (path, "{\"format\": 1}", -1, NULL));
  g_assert_null (vmm_store_import (fixture->store, path, NULL, &error));
  g_assert_true (g_str_has_prefix (error->message, path));
  g_assert_cmpuint (count (fixture), ==, 1);
}

/* Another run under the name that this one would get: both stay. */
static void
test_collision (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = save (fixture, "2026-05-05T05:05:05Z", "kvm");
  g_autofree char *path = vmm_store_get_path (fixture->store, id);
  g_autofree char *text = NULL;
  g_autoptr (VmmResult) run = NULL;
  g_autoptr (GError) error = NULL;
  gboolean known = TRUE;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  run = made_read (text);
  g_autofree char *name = g_path_get_basename (path);
  plant (fixture, name, "{\"another\": \"run\"}");
  g_autofree char *longer = vmm_store_save (fixture->store, run, &known, &error);
  g_assert_no_error (error);
  g_assert_false (known);
  g_assert_true (g_str_has_prefix (longer, id));
  g_assert_cmpuint (strlen (longer), ==, strlen (id) + 12);
  g_autofree char *same = vmm_store_save (fixture->store, run, &known, &error);
  g_assert_true (known);
  g_assert_cmpstr (same, ==, longer);
  g_autofree char *kept = NULL;
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "{\"another\": \"run\"}");
}

/* The whole digest of a run, since each shorter name is another's, and the text of its file. */
static char *
save_for_digest (Fixture *fixture, const VmmResult *run, char **ret_text)
{
  g_autofree char *path = NULL;
  char            *id = NULL;

  while (!id || strlen (strrchr (id, '-')) < 1 + 64) {
    if (id)
      g_assert_true (g_file_set_contents (path, "{}", -1, NULL));
    g_free (id);
    g_free (path);
    id = vmm_store_save (fixture->store, run, NULL, NULL);
    g_assert_nonnull (id);
    path = vmm_store_get_path (fixture->store, id);
  }
  g_assert_true (g_file_get_contents (path, ret_text, NULL, NULL));
  g_assert_cmpint (g_remove (path), ==, 0);
  return id;
}

/* A run has the same id for ever, whatever is not known in it, however it is laid out and labelled. */
static void
test_digest (Fixture *fixture, gconstpointer data)
{
  /* clang-format off */
  static const struct { const char *old, *new, *digest, *file; } cases[] = {
    { "\"label\"", "\"label\"",
      "8ee9d8ae96a697d2acf8c7be1998f05a1067b7773034f998ad495be4c4f66d14",
      "382310ffe39c87f180d2183858dcefa8a67cfa7e6d324da9d8259d76af45dcfb" },
    { "\"label\":\"clean\"", "\"label\":\"mine, \\\"yours\\\"\"",
      "8ee9d8ae96a697d2acf8c7be1998f05a1067b7773034f998ad495be4c4f66d14",
      "87a7dddc83fb45a81fa4ab05e8c2824a7193d7be35a8933400db28562c7bf514" },
    { "\"created\"", "\"odd\": {\"label\": \"in\", \"text\": \"\\n  \\\"label\\\": \\\"\"}, \"created\"",
      "7c752e0c5267dbe86e5c84107dbd217672e175fbe6df520e768659cbf53500a0",
      "98829b25e64d3794f6019a634b9fffded4fd57e945b30ba44090c04e15d2ca32" },
    { "\"created\"", "\"odd\": [-0.0, 1e300, 0.1, 1234567890123, 5.0, true, null], \"created\"",
      "eaca6f5b36c30e02b561401e63eb76c7f29ba8f1c65a9e8ae324bcd7eef3f8e0",
      "56740a686f9fb7079ffdfbe7b1e928132eebe3e20609cb65f500c402746dee0e" },
  };
  /* clang-format on */
  g_autofree char *path =
      g_build_filename (g_getenv ("FIXTURES"), "..", "fuzz/corpus/result/valid.json", NULL);
  g_autofree char *recorded = NULL;

  g_assert_true (g_file_get_contents (path, &recorded, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = made_replace (recorded, cases[i].old, cases[i].new), *saved = NULL;
    g_autoptr (VmmResult) run = made_read (text);
    g_autofree char *id = save_for_digest (fixture, run, &saved);
    g_autofree char *file = g_compute_checksum_for_string (G_CHECKSUM_SHA256, saved, -1);

    g_test_message ("%s", cases[i].new);
    g_assert_cmpstr (strrchr (id, '-') + 1, ==, cases[i].digest);
    g_assert_cmpstr (file, ==, cases[i].file);
  }
}

/* Measured here or read back, it is the same run, and its file is what it says of itself. */
static void
test_digest_measured (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VmmResult) measured = made_clean ("kvm", "mine");
  g_autoptr (GError) error = NULL;
  gboolean known = FALSE;

  g_autofree char *text = vmm_result_to_json (measured), *saved = NULL;
  g_autofree char *id = vmm_store_save (fixture->store, measured, &known, &error);
  g_assert_no_error (error);
  g_assert_false (known);
  g_autofree char *path = vmm_store_get_path (fixture->store, id);
  g_assert_true (g_file_get_contents (path, &saved, NULL, NULL));
  g_assert_cmpstr (saved, ==, text);

  g_autoptr (VmmResult) labelled = vmm_result_with_label (measured, "yours");
  g_autoptr (VmmResult) read = made_read (text);
  g_autoptr (VmmResult) read_labelled = vmm_result_with_label (read, "yours");
  g_autofree char *labelled_text = vmm_result_to_json (labelled);
  g_autofree char *read_labelled_text = vmm_result_to_json (read_labelled);
  g_assert_cmpstr (labelled_text, ==, read_labelled_text);
  g_assert_cmpstr (vmm_result_get_plan (read_labelled)->label, ==, "yours");
  g_assert_cmpstr (vmm_result_get_label (read), ==, "mine");
  g_autofree char *again = vmm_store_save (fixture->store, read_labelled, &known, &error);
  g_assert_true (known);
  g_assert_cmpstr (again, ==, id);
}

/* A label for which there is no room in a document leaves the run as it was. */
static void
test_label_too_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VmmResult) run = make_run ("2026-05-05T05:05:05Z", "kvm");
  g_autofree char *text = vmm_result_to_json (run), *before = NULL, *after = NULL;
  g_autofree char *label = g_strnfill (200, 'x');
  g_autoptr (GString) padding = g_string_new ("\"padding\": [0");
  g_autoptr (GError) error = NULL;

  while (strlen (text) + padding->len < VMM_RESULT_MAX_BYTES - 100)
    g_string_append (padding, ", 0");
  g_string_append (padding, "], \"created\"");
  g_autofree char *long_text = made_replace (text, "\"created\"", padding->str);
  g_autoptr (VmmResult) long_run = made_read (long_text);
  g_autofree char *id = vmm_store_save (fixture->store, long_run, NULL, &error);
  g_assert_no_error (error);

  g_autofree char *path = vmm_store_get_path (fixture->store, id);
  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  g_assert_false (vmm_store_set_label (fixture->store, id, label, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_RANGE);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, before);
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = save (fixture, "2026-05-05T05:05:05Z", "kvm");
  g_autofree char *first = save (fixture, "2026-05-05T05:05:06Z", "kvm"), *other = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (vmm_store_delete (fixture->store, id, &error));
  assert_found (fixture, id, NULL);
  g_assert_true (vmm_store_restore (fixture->store, id, &error));
  assert_found (fixture, id, id);
  g_assert_true (vmm_store_delete (fixture->store, id, &error));
  g_assert_true (vmm_store_delete (fixture->store, first, &error));
  vmm_store_purge (fixture->store, first); /* that one alone */
  g_assert_true (vmm_store_restore (fixture->store, id, &error));
  g_assert_false (vmm_store_restore (fixture->store, first, NULL));
  other = save (fixture, "2026-05-05T05:05:06Z", "kvm");
  g_assert_true (vmm_store_delete (fixture->store, id, &error));
  vmm_store_purge (fixture->store, NULL);
  g_assert_false (vmm_store_restore (fixture->store, id, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (vmm_store_delete (fixture->store, id, &error));
  assert_found (fixture, other, other);
  g_assert_cmpuint (count (fixture), ==, 1);
}

static void
test_delete_directory (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path =
      vmm_store_get_path (fixture->store, "20260505T050505.000Z-kvm-0123456789ab");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_assert_false (
      vmm_store_delete (fixture->store, "20260505T050505.000Z-kvm-0123456789ab", &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_DIR));
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

/* A run saved again between its deletion and the undo is not overwritten. */
static void
test_restore_over (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = save (fixture, "2026-05-05T05:05:05Z", "kvm");
  g_autofree char *path = vmm_store_get_path (fixture->store, id);

  g_autofree char *name = g_path_get_basename (path);
  g_assert_true (vmm_store_delete (fixture->store, id, NULL));
  plant (fixture, name, "newer");
  g_assert_false (vmm_store_restore (fixture->store, id, NULL));
  g_autofree char *kept = NULL;
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "newer");
}

/* ---- Hostile ids, documents and directories */

static void
test_way_out (Fixture *fixture, gconstpointer data)
{
  static const char *const ids[] = { "../victim", "..",          ".",
                                     "",          "/etc/passwd", "a/b",
                                     ".trash",    "a\n",         "results/../../victim" };
  g_autofree char         *victim = g_build_filename (fixture->root, "data", "victim.json", NULL);

  g_free (save (fixture, "2026-05-05T05:05:05Z", "kvm"));
  g_assert_true (g_file_set_contents (victim, "precious", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_assert_false (vmm_store_delete (fixture->store, ids[i], NULL));
    g_assert_false (vmm_store_restore (fixture->store, ids[i], NULL));
    g_assert_false (vmm_store_set_label (fixture->store, ids[i], "x", NULL));
    g_assert_null (vmm_store_find (fixture->store, ids[i], NULL));
  }
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (victim, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "precious");
  g_assert_cmpuint (count (fixture), ==, 1);
}

/* What a document calls its VMM is not what the file is called. */
static void
test_hostile_vmm (Fixture *fixture, gconstpointer data)
{
  g_autoptr (VmmResult) run = make_run ("2026-05-05T05:05:05Z", "kvm");
  g_autoptr (GError) error = NULL;

  made_set (&run, "host/vmm/id", "\"../../../victim\"");
  g_autofree char *id = vmm_store_save (fixture->store, run, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (id, "20260505T050505.000Z-other-"));
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpuint (count_files (fixture->root), ==, 1);
}

/* A link in the store is not a way to write where it points. */
static void
test_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = save (fixture, "2026-05-05T05:05:05Z", "kvm");
  g_autofree char *path = vmm_store_get_path (fixture->store, id);
  g_autofree char *outside = g_build_filename (fixture->root, "outside.json", NULL);
  g_autofree char *before = NULL, *after = NULL;

  g_assert_cmpint (rename (path, outside), ==, 0);
  g_assert_cmpint (symlink (outside, path), ==, 0);
  g_assert_true (g_file_get_contents (outside, &before, NULL, NULL));
  g_assert_false (vmm_store_set_label (fixture->store, id, "changed", NULL));
  g_assert_true (g_file_get_contents (outside, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
}

/* ---- Hostile files: each is refused by name, and the store stays as it was, to the byte. */

static char *
digest (Fixture *fixture)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GPtrArray) ids = vmm_store_list_ids (fixture->store, NULL);

  for (guint i = 0; i < ids->len; i++) {
    g_autofree char *path = vmm_store_get_path (fixture->store, ids->pdata[i]);
    g_autofree char *text = NULL;
    g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
    g_checksum_update (sum, (const guchar *) path, -1);
    g_checksum_update (sum, (const guchar *) text, -1);
  }
  return g_strdup (g_checksum_get_string (sum));
}

static void
assert_refused (Fixture *fixture, const char *path)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (vmm_store_import (fixture->store, path, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, path));
}

static VmmResult *
make_short_run (void)
{
  g_auto (VmmPlan) plan = { 0 };
  float row[1][VMM_N_CHANNELS];

  vmm_plan_init (&plan);
  plan.duration_s = 5;
  plan.label = g_strdup ("short");
  made_fill (row[0]);
  return made_run (&plan, "kvm", (const float (*)[VMM_N_CHANNELS]) row, 1);
}

static void
test_hostile_documents (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *old, *new;
  } damages[] = {
    { "{", "{\"a\": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]" },
    { "\"version\": 1", "\"version\": 2" },
    { "\"version\": 1", "\"version\": 1, \"version\": 1" },
    { "\"cpus\": 2", "\"cpus\": NaN" },
    { "\"cpus\": 2", "\"cpus\": Infinity" },
    { "\"cpus\": 2", "\"cpus\": 1e999" },
    { "\"cpus\": 2", "\"cpus\": -2" },
    { "\"label\": \"", "\"label\": \"\\u001b]0;" },
    { "\"label\": \"", "\"label\": \"\\u0000" },
    { "\"created\": \"", "\"created\": \"../../" },
    { "\"label\": \"", "\"label\": \"\xff" },
  };
  g_autofree char *path = g_build_filename (fixture->root, "carried.json", NULL);
  g_free (save (fixture, "2026-05-05T05:05:05Z", "kvm"));
  g_autofree char *before = digest (fixture);
  g_autoptr (VmmResult) run = make_short_run ();
  g_autofree char *text = vmm_result_to_json (run);

  for (guint i = 0; i < G_N_ELEMENTS (damages); i++) {
    g_autofree char *bad = made_replace (text, damages[i].old, damages[i].new);
    g_assert_true (g_file_set_contents (path, bad, -1, NULL));
    assert_refused (fixture, path);
  }
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  for (gsize length = strlen (text) - 1; length-- > 0;) { /* without the newline it is whole */
    g_assert_cmpint (truncate (path, (off_t) length), ==, 0);
    assert_refused (fixture, path);
  }
  g_autofree char *after = digest (fixture);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpuint (count_files (fixture->root), ==, 2); /* "data" and the carried file */
}

static void
test_hostile_files (Fixture *fixture, gconstpointer data)
{
  g_free (save (fixture, "2026-05-05T05:05:05Z", "kvm"));
  g_autofree char *before = digest (fixture);
  g_autofree char *pipe = g_build_filename (fixture->root, "pipe", NULL);
  g_autofree char *loop = g_build_filename (fixture->root, "loop", NULL);
  g_autofree char *huge = g_build_filename (fixture->root, "huge", NULL);
  g_autofree char *missing = g_build_filename (fixture->root, "\x1b[31m", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_cmpint (symlink (loop, loop), ==, 0);
  g_assert_true (g_file_set_contents (huge, "{", 1, NULL));
  g_assert_cmpint (truncate (huge, (off_t) 1 << 30), ==, 0);
  assert_refused (fixture, pipe);
  assert_refused (fixture, loop);
  assert_refused (fixture, huge);
  assert_refused (fixture, fixture->root);
  assert_refused (fixture, "/dev/zero");
  assert_refused (fixture, "/dev/tty");
  assert_refused (fixture, "/proc/self/mem");
  g_assert_null (vmm_store_import (fixture->store, missing, NULL, NULL));
  g_autofree char *after = digest (fixture);
  g_assert_cmpstr (before, ==, after);
}

/* A compact document that would be too long when it is laid out cannot become a file that cannot
 * be read again. */
static void
test_grows (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->root, "carried.json", NULL);
  g_autoptr (VmmResult) run = make_run ("2026-05-05T05:05:05Z", "kvm");
  g_autofree char *text = vmm_result_to_json (run);
  g_autoptr (GString) bulk = g_string_new ("{\"bulk\": [");
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 300000; i++)
    g_string_append (bulk, "{},");
  g_string_append (bulk, "{}],");
  g_autofree char *long_text = made_replace (text, "{", bulk->str);
  g_assert_true (g_file_set_contents (path, long_text, -1, NULL));
  g_assert_null (vmm_store_import (fixture->store, path, NULL, &error));
  g_assert_nonnull (strstr (error->message, "at most 1048576 bytes"));
  g_assert_cmpuint (count (fixture), ==, 0);
}

/* The file system is full in the middle of a write. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = save (fixture, "2026-05-05T05:05:05Z", "kvm");
  g_autofree char *path = vmm_store_get_path (fixture->store, id);
  g_autoptr (VmmResult) run = make_run ("2026-05-05T05:05:06Z", "kvm");
  g_autoptr (GError) error = NULL;
  g_autofree char *before = NULL, *after = NULL;
  struct rlimit    limit, small;

  g_assert_true (g_file_get_contents (path, &before, NULL, NULL));
  getrlimit (RLIMIT_FSIZE, &limit);
  small = limit;
  small.rlim_cur = 1000;
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &small);
  g_assert_null (vmm_store_save (fixture->store, run, NULL, &error));
  gboolean labelled = vmm_store_set_label (fixture->store, id, "x", NULL);
  setrlimit (RLIMIT_FSIZE, &limit);
  g_assert_false (labelled);
  g_assert_nonnull (strstr (error->message, "cannot be written"));
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_true (g_file_get_contents (path, &after, NULL, NULL));
  g_assert_cmpstr (before, ==, after);
}

#ifndef __NR_link
#define __NR_link __NR_linkat
#endif

/* From here on this process has no files without a name and no renames that spare the target, as
 * on NFS and 9p; nor hard links where they are not wanted, as in shared folders. */
static void
make_poor (gboolean links)
{
  const guint32      verdict = SECCOMP_RET_ERRNO | (links ? EINVAL : EPERM);
  struct sock_filter code[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_renameat2, 5, 0),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, links ? __NR_renameat2 : __NR_link, 5, 0),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, __NR_openat, 0, 2),
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, args[2])),
    BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, O_TMPFILE & ~O_DIRECTORY, 1, 0),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
    BPF_STMT (BPF_RET | BPF_K, verdict),
  };
  struct sock_fprog program = { G_N_ELEMENTS (code), code };

  g_assert_cmpint (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), ==, 0);
  g_assert_cmpint (prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program), ==, 0);
}

static void
test_poor_file_system (Fixture *fixture, gconstpointer links)
{
  if (!g_test_subprocess ()) {
    g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
    g_test_trap_assert_passed ();
    return;
  }
  make_poor (links != NULL);
  g_assert_cmpint (open (fixture->root, O_TMPFILE | O_WRONLY, 0600), ==, -1);
  test_collision (fixture, NULL); /* makes, recognises, does not overwrite */
  g_autofree char *id = save (fixture, "2027-05-05T05:05:05Z", "kvm");
  g_autoptr (GError) error = NULL;
  g_assert_true (vmm_store_set_label (fixture->store, id, "replaced", &error));
  g_assert_no_error (error);
  g_assert_true (vmm_store_delete (fixture->store, id, &error));
  g_assert_true (vmm_store_restore (fixture->store, id, &error));
  g_assert_no_error (error);
  g_autoptr (VmmResult) stored = vmm_store_load (fixture->store, id, &error);
  g_assert_cmpstr (vmm_result_get_label (stored), ==, "replaced");
  g_assert_cmpuint (count (fixture), ==, 3); /* no temporary name is left */
}

static void
test_no_directory (void)
{
  g_autoptr (VmmStore) store = vmm_store_open ("/proc/vmm_monitor");
  g_autoptr (VmmStore) file = vmm_store_open ("/proc/self/status");
  g_autoptr (VmmResult) run = make_run ("2026-05-05T05:05:05Z", "kvm");
  g_autoptr (GError) error = NULL;
  g_autofree char *usual = vmm_store_default_directory ();

  g_assert_null (vmm_store_save (store, run, NULL, &error));
  g_assert_true (g_str_has_prefix (error->message, "/proc/vmm_monitor: "));
  g_clear_error (&error);
  g_assert_null (vmm_store_list (file, &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_suffix (usual, "/vmm_monitor/results"));
}

/* ---- The ledger */

static VmmClaim
make_claim (gint64 made_us, VmmFate fate)
{
  return (VmmClaim){
    .made_us = made_us, .low_us = made_us + 10, .high_us = made_us + 30, .fate = fate
  };
}

static void
save_ledger (const Fixture *fixture, const VmmLedger *ledger)
{
  g_autoptr (GError) error = NULL;

  vmm_store_save_ledger (fixture->store, ledger, &error);
  g_assert_no_error (error);
}

static VmmLedger
load_ledger (const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  VmmLedger ledger;

  vmm_store_load_ledger (fixture->store, &ledger, &error);
  g_assert_no_error (error);
  return ledger;
}

/* No file is an empty ledger; what is kept comes back; no run is taken for it. */
static void
test_ledger (Fixture *fixture, gconstpointer data)
{
  VmmLedger      ledger = load_ledger (fixture), none = { 0 };
  VmmLedgerPage *page = &ledger.pages[VMM_OUTLOOK_DISK];

  g_assert_cmpmem (&ledger, sizeof ledger, &none, sizeof none);
  page->claims[page->n++] = make_claim (1800000000000000, VMM_FATE_RIGHT);
  page->claims[0].came_us = 1800000000000020;
  page->claims[page->n++] = make_claim (1800000100000000, VMM_FATE_WRONG);
  page->claims[1].is_secret = TRUE;
  page->claims[page->n++] = make_claim (1800000200000000, VMM_FATE_OPEN);
  save_ledger (fixture, &ledger);
  VmmLedger found = load_ledger (fixture);
  g_assert_cmpmem (&found, sizeof found, &ledger, sizeof ledger);
  g_autoptr (GPtrArray) ids = vmm_store_list_ids (fixture->store, NULL);
  g_assert_cmpuint (ids->len, ==, 0);
}

/* Two programs at once: neither forgets what the other kept; the newest of both are kept, in order. */
static void
test_ledger_both (Fixture *fixture, gconstpointer data)
{
  VmmLedger      own = { 0 }, other = { 0 };
  VmmLedgerPage *page = &own.pages[VMM_OUTLOOK_CPU], *others = &other.pages[VMM_OUTLOOK_CPU];

  for (guint i = 0; i < VMM_LEDGER_KEPT - 1; i++)
    page->claims[page->n++] = make_claim (1000 + 20 * i, VMM_FATE_RIGHT);
  others->claims[others->n++] = make_claim (1, VMM_FATE_WRONG);
  others->claims[others->n++] = make_claim (1050, VMM_FATE_WRONG);
  others->claims[others->n++] = make_claim (5000, VMM_FATE_OPEN);
  save_ledger (fixture, &other);
  save_ledger (fixture, &own);
  VmmLedger            both = load_ledger (fixture);
  const VmmLedgerPage *found = &both.pages[VMM_OUTLOOK_CPU];
  g_assert_cmpuint (found->n, ==, VMM_LEDGER_KEPT);
  g_assert_cmpint (found->claims[0].made_us, ==, 1020);
  for (guint i = 1; i < found->n; i++)
    g_assert_cmpint (found->claims[i].made_us, >, found->claims[i - 1].made_us);
  g_assert_cmpint (found->claims[found->n - 1].made_us, ==, 5000);
  g_assert_cmpint (found->claims[found->n - 1].fate, ==, VMM_FATE_UNSEEN);
  save_ledger (fixture, &both); /* what is there already is not there twice */
  VmmLedger again = load_ledger (fixture);
  g_assert_cmpmem (&again, sizeof again, &both, sizeof both);
}

/* One program saw what became of it, the other came when it was open and does not know. */
static void
test_ledger_settled (Fixture *fixture, gconstpointer data)
{
  VmmLedger      own = { 0 }, other = { 0 };
  VmmLedgerPage *page = &own.pages[VMM_OUTLOOK_CPU], *others = &other.pages[VMM_OUTLOOK_CPU];

  page->claims[page->n++] = make_claim (1000, VMM_FATE_UNSEEN);
  page->claims[page->n++] = make_claim (2000, VMM_FATE_WRONG);
  others->claims[others->n++] = make_claim (1000, VMM_FATE_RIGHT);
  others->claims[others->n++] = make_claim (2000, VMM_FATE_UNSEEN);
  save_ledger (fixture, &other);
  save_ledger (fixture, &own);
  VmmLedger both = load_ledger (fixture);
  g_assert_cmpint (both.pages[VMM_OUTLOOK_CPU].claims[0].fate, ==, VMM_FATE_RIGHT);
  g_assert_cmpint (both.pages[VMM_OUTLOOK_CPU].claims[1].fate, ==, VMM_FATE_WRONG);
}

/* One that cannot be read is said to be so, kept under another name, and not believed in part. */
static void
test_ledger_damaged (Fixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "{",
    "[]",
    "",
    "{\"format\": \"vmm-monitor-result\", \"version\": 1}",
    "{\"format\": \"vmm-monitor-ledger\", \"version\": 2}",
    "{\"format\": \"vmm-monitor-ledger\", \"version\": 1, \"cpu\": [{}]}",
    "{\"format\": \"vmm-monitor-ledger\", \"version\": 1, \"cpu\": [7]}",
  };
  VmmLedger ledger = { 0 }, none = { 0 };

  ledger.pages[0].claims[ledger.pages[0].n++] = make_claim (7, VMM_FATE_RIGHT);
  save_ledger (fixture, &ledger);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL, unsaved = NULL;
    g_autofree char *path =
        g_build_filename (vmm_store_get_directory (fixture->store), "outlook.damaged", NULL);
    g_autofree char *kept = NULL;
    plant (fixture, "outlook.ledger", texts[i]);
    g_assert_false (vmm_store_save_ledger (fixture->store, &none, &unsaved));
    g_assert_nonnull (unsaved);
    g_assert_cmpint (g_remove (path), ==, 0); /* it was put there; and what follows can be kept */
    save_ledger (fixture, &none);
    plant (fixture, "outlook.ledger", texts[i]);
    g_assert_false (vmm_store_load_ledger (fixture->store, &ledger, &error));
    g_assert_nonnull (strstr (error->message, "outlook.ledger"));
    g_assert_cmpmem (&ledger, sizeof ledger, &none, sizeof none);
    g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
    g_assert_cmpstr (kept, ==, texts[i]);
    ledger = load_ledger (fixture); /* begun anew */
    g_assert_cmpuint (ledger.pages[0].n, ==, 0);
  }
}

/* By its id; results of before have none. */
static void
test_is_machine (void)
{
  static const struct {
    const char *machine, *other;
    gboolean    is_same;
  } cases[] = {
    { "kvm/none/none", "kvm/none/none", TRUE },
    { "kvm/none/none", "kvm/none/docker", FALSE },
    { "kvm/none/none", "kvm/none/non", FALSE },
    { "kvm/none/none/aa", "kvm/none/none", TRUE },
    { "kvm/none/none", "kvm/none/none/aa", TRUE },
    { "kvm/none/none/aa", "kvm/none/none/aa", TRUE },
    { "kvm/none/none/aa", "kvm/none/none/ab", FALSE },
    { "kvm/none/none/aa", "xen/none/none/aa", TRUE },
    { "kvm/none/none/aa", "xen/none/none", FALSE },
    { "", "kvm/none/none/aa", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (vmm_store_is_machine (cases[i].machine, cases[i].other), ==, cases[i].is_same);
}

/* Each machine has its own count, which stays; a machine whose kind changed is the same by its id. */
static void
test_skips (Fixture *f, gconstpointer data)
{
  static const struct {
    const char *text;
    gboolean    is_ours;
  } found[] = { { "", TRUE },
                { "nonsense", FALSE },
                { "[kvm/none/none\nbusy=1\n", FALSE },
                { "[kvm/none/none]\nbusy=-1\nlate=x\nsince=\n", TRUE } };
  g_autofree char *path =
      g_build_filename (vmm_store_get_directory (f->store), "watch.skipped", NULL);
  g_autofree char *away =
      g_build_filename (vmm_store_get_directory (f->store), "watch.damaged", NULL);
  VmmSkips skips;

  g_assert_true (vmm_store_load_skips (f->store, "kvm/none/none", &skips, NULL));
  g_assert_cmpint (skips.since_us, ==, 0);
  g_assert_true (vmm_store_add_skip (f->store, "kvm/a/none/id1", VMM_SKIPPED_BUSY, 7000, NULL));
  g_assert_true (vmm_store_add_skip (f->store, "kvm/b/none/id1", VMM_SKIPPED_BUSY, 9000, NULL));
  g_assert_true (vmm_store_add_skip (f->store, "kvm/b/none/id1", VMM_SKIPPED_LATE, 9500, NULL));
  g_assert_true (vmm_store_add_skip (f->store, "kvm/b/none/id2", VMM_SKIPPED_LATE, 1, NULL));
  g_assert_true (vmm_store_add_skip (f->store, "kvm/b]\n[/none/id3", VMM_SKIPPED_LATE, 1, NULL));
  g_assert_true (vmm_store_load_skips (f->store, "kvm/b/none/id1", &skips, NULL));
  g_assert_cmpuint (skips.counts[VMM_SKIPPED_BUSY], ==, 2);
  g_assert_cmpuint (skips.counts[VMM_SKIPPED_LATE], ==, 1);
  g_assert_cmpint (skips.since_us, ==, 7000);

  for (guint i = 0; i < G_N_ELEMENTS (found); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *kept = NULL;
    g_assert_true (g_file_set_contents (path, found[i].text, -1, NULL));
    vmm_store_load_skips (f->store, "kvm/none/none", &skips, NULL);
    g_assert_cmpuint (skips.counts[VMM_SKIPPED_BUSY] + skips.counts[VMM_SKIPPED_LATE], ==, 0);
    g_assert_cmpint (vmm_store_add_skip (f->store, "kvm/none/none", VMM_SKIPPED_LATE, 5, &error),
                     ==, found[i].is_ours);
    if (!found[i].is_ours) {
      g_assert_nonnull (strstr (error->message, "watch.skipped"));
      g_assert_true (g_file_get_contents (away, &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, found[i].text);
    }
    g_assert_true (vmm_store_load_skips (f->store, "kvm/none/none", &skips, NULL));
    g_assert_cmpuint (skips.counts[VMM_SKIPPED_LATE], ==, 1);
    g_assert_cmpint (skips.since_us, ==, 5);
  }
}

/* What is no file is not read, and not replaced; it is no run either. */
static void
test_skips_no_file (Fixture *f, gconstpointer data)
{
  g_autofree char *path =
      g_build_filename (vmm_store_get_directory (f->store), "watch.skipped", NULL);
  g_autoptr (GError) error = NULL;
  VmmSkips skips;

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
  g_assert_false (vmm_store_load_skips (f->store, "kvm/none/none", &skips, NULL));
  g_assert_false (vmm_store_add_skip (f->store, "kvm/none/none", VMM_SKIPPED_LATE, 5, &error));
  g_assert_nonnull (error);
  g_autoptr (GPtrArray) ids = vmm_store_list_ids (f->store, NULL);
  g_assert_cmpuint (ids->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/is-machine", test_is_machine);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/store/names", test_names);
  ADD ("/store/list", test_list);
  ADD ("/store/index", test_index);
  ADD ("/store/index-stale", test_index_stale);
  ADD ("/store/index-damaged", test_index_damaged);
  ADD ("/store/index-worth", test_index_worth);
  ADD ("/store/find", test_find);
  ADD ("/store/clock", test_clock);
  ADD ("/store/import", test_import);
  ADD ("/store/collision", test_collision);
  ADD ("/store/label-too-long", test_label_too_long);
  ADD ("/store/digest", test_digest);
  ADD ("/store/digest-measured", test_digest_measured);
  ADD ("/store/delete", test_delete);
  ADD ("/store/delete-directory", test_delete_directory);
  ADD ("/store/restore-over", test_restore_over);
  ADD ("/store/way-out", test_way_out);
  ADD ("/store/hostile-vmm", test_hostile_vmm);
  ADD ("/store/link", test_link);
  ADD ("/store/hostile-documents", test_hostile_documents);
  ADD ("/store/hostile-files", test_hostile_files);
  ADD ("/store/grows", test_grows);
  ADD ("/store/full", test_full);
  ADD ("/store/skips", test_skips);
  ADD ("/store/skips-no-file", test_skips_no_file);
  ADD ("/store/ledger", test_ledger);
  ADD ("/store/ledger-both", test_ledger_both);
  ADD ("/store/ledger-settled", test_ledger_settled);
  ADD ("/store/ledger-damaged", test_ledger_damaged);
  g_test_add ("/store/no-nameless-files", Fixture, "links", set_up, test_poor_file_system,
              tear_down);
  g_test_add ("/store/no-links", Fixture, NULL, set_up, test_poor_file_system, tear_down);
  g_test_add_func ("/store/no-directory", test_no_directory);
  return g_test_run ();
}
