/* SPDX-License-Identifier: MIT */
/* test_procfs: a file is read whole, kept open, noticed when replaced, and scanned to the letter. */
#include "vmm/procfs.h"
#include "vmm/error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char       *root;
  VmmProcFile file;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = g_dir_make_tmp ("procfs-XXXXXX", NULL);
  g_assert_nonnull (fixture->root);
  vmm_procfs_init (&fixture->file, fixture->root, "stat");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_unlink (fixture->file.full);
  vmm_procfs_clear (&fixture->file);
  g_assert_cmpint (g_rmdir (fixture->root), ==, 0);
  g_free (fixture->root);
}

/* g_file_set_contents() replaces the file by rename. */
static void
replace (Fixture *fixture, const char *text, gsize length)
{
  g_assert_true (g_file_set_contents (fixture->file.full, text, (gssize) length, NULL));
}

static void
assert_read (Fixture *fixture, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (vmm_procfs_read (&fixture->file, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (fixture->file.length, ==, strlen (text));
  g_assert_cmpstr (fixture->file.text, ==, text);
}

static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (vmm_procfs_read (&fixture->file, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_MISSING);
  g_assert_true (g_str_has_prefix (error->message, "stat: "));
  g_clear_error (&error);

  replace (fixture, "one\n", 4);
  assert_read (fixture, "one\n");
  int fd = fixture->file.fd;
  assert_read (fixture, "one\n");
  g_assert_cmpint (fixture->file.fd, ==, fd); /* kept open */

  replace (fixture, "2\n", 2);
  assert_read (fixture, "2\n");
  g_unlink (fixture->file.full);
  g_assert_false (vmm_procfs_read (&fixture->file, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_MISSING);
  replace (fixture, "", 0);
  assert_read (fixture, "");
}

static void
test_grows (Fixture *fixture, gconstpointer data)
{
  const gsize sizes[] = { 4094, 4095, 4096, 4097, 100000, 3 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autofree char *text = g_strnfill (sizes[i], 'x');
    replace (fixture, text, sizes[i]);
    assert_read (fixture, text);
  }
}

static void
test_too_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  replace (fixture, "", 0);
  g_assert_cmpint (truncate (fixture->file.full, 8 << 20), ==, 0);
  g_assert_false (vmm_procfs_read (&fixture->file, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_RANGE);
  g_assert_cmpstr (error->message, ==, "stat: longer than 8 MiB");
  replace (fixture, "short\n", 6);
  assert_read (fixture, "short\n");
}

static void
test_not_regular (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (fixture->file.full, 0600), ==, 0);
  g_assert_false (vmm_procfs_read (&fixture->file, &error)); /* at once */
  g_assert_error (error, VMM_ERROR, VMM_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_null (vmm_procfs_read_text (fixture->root, "stat", &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_FORMAT);
  g_clear_error (&error);
  g_assert_null (vmm_procfs_read_text (fixture->root, "", &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_FORMAT);
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL, *zeros = g_malloc0 (100000), *head = NULL;

  g_assert_null (vmm_procfs_read_text (fixture->root, "none", &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_MISSING);
  g_assert_true (g_str_has_prefix (error->message, "none: "));

  replace (fixture, "QEMU\n", 5);
  text = vmm_procfs_read_text (fixture->root, "stat", NULL);
  g_assert_cmpstr (text, ==, "QEMU\n");

  memset (zeros, 'z', 70000);
  replace (fixture, zeros, 100000);
  head = vmm_procfs_read_text (fixture->root, "stat", NULL);
  g_assert_cmpuint (strlen (head), ==, 65536);
}

static void
test_real (void)
{
  g_autoptr (GError) error = NULL;
  VmmProcFile file;

  vmm_procfs_init (&file, "/", "proc/self/stat");
  g_assert_cmpstr (file.path, ==, "proc/self/stat");
  for (int i = 0; i < 3; i++) {
    g_assert_true (vmm_procfs_read (&file, &error));
    g_assert_true (g_ascii_isdigit (file.text[0]));
  }
  g_assert_true (file.is_proc);
  vmm_procfs_clear (&file);
}

static void
test_lines (void)
{
  const char  text[] = "one\n\ntwo\ncut of";
  VmmProcText rest = { text, text + strlen (text) }, line = { NULL, NULL };

  g_assert_true (vmm_procfs_next_line (&rest, &line));
  g_assert_cmpmem (line.at, (line.end - line.at), "one", 3);
  g_assert_true (vmm_procfs_next_line (&rest, &line));
  g_assert_cmpint (line.end - line.at, ==, 0);
  g_assert_true (vmm_procfs_next_line (&rest, &line));
  g_assert_cmpmem (line.at, (line.end - line.at), "two", 3);
  g_assert_false (vmm_procfs_next_line (&rest, &line));
  g_assert_cmpmem (line.at, (line.end - line.at), "two", 3); /* untouched */

  rest = (VmmProcText){ NULL, NULL };
  g_assert_false (vmm_procfs_next_line (&rest, &line));
}

static void
test_numbers (void)
{
  const struct {
    const char *text;
    gboolean    good;
    guint64     number;
    const char *rest;
  } cases[] = {
    { "0", TRUE, 0, "" },
    { " \t12 34", TRUE, 12, " 34" },
    { "007 kB", TRUE, 7, " kB" },
    { "7kB", FALSE, 0, NULL },
    { "16\xff", FALSE, 0, NULL },
    { "18446744073709551615 ", TRUE, G_MAXUINT64, " " },
    { "18446744073709551616 ", FALSE, 0, NULL },
    { "99999999999999999999999999", FALSE, 0, NULL },
    { "-1", FALSE, 0, NULL },
    { "", FALSE, 0, NULL },
    { "   ", FALSE, 0, NULL },
    { "\n1", FALSE, 0, NULL },
    { "x", FALSE, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    VmmProcText rest = { cases[i].text, cases[i].text + strlen (cases[i].text) };
    guint64     number = 4711;

    g_assert_cmpint (vmm_procfs_next_number (&rest, &number), ==, cases[i].good);
    g_assert_cmpuint (number, ==, cases[i].good ? cases[i].number : 4711);
    g_assert_cmpstr (rest.at, ==, cases[i].good ? cases[i].rest : cases[i].text);
  }
}

static void
test_words (void)
{
  const char  text[] = "  vda1\t:x";
  VmmProcText rest = { text, text + strlen (text) }, word = { NULL, NULL };

  g_assert_false (vmm_procfs_skip (&rest, "vda1"));
  g_assert_true (vmm_procfs_next_word (&rest, &word));
  g_assert_cmpmem (word.at, (word.end - word.at), "vda1", 4);
  g_assert_true (vmm_procfs_skip (&rest, "\t:"));
  g_assert_false (vmm_procfs_skip (&rest, "xy"));
  g_assert_true (vmm_procfs_skip (&rest, "x"));
  g_assert_false (vmm_procfs_next_word (&rest, &word));
}

static void
test_domain (void)
{
  g_assert_cmpstr (g_quark_to_string (VMM_ERROR), ==, "vmm-error-quark");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/procfs/replaced", test_replaced);
  ADD ("/procfs/grows", test_grows);
  ADD ("/procfs/too-long", test_too_long);
  ADD ("/procfs/not-regular", test_not_regular);
  ADD ("/procfs/text", test_text);
  g_test_add_func ("/procfs/domain", test_domain);
  g_test_add_func ("/procfs/real", test_real);
  g_test_add_func ("/procfs/lines", test_lines);
  g_test_add_func ("/procfs/numbers", test_numbers);
  g_test_add_func ("/procfs/words", test_words);
  return g_test_run ();
}
