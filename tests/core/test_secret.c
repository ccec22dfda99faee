/* SPDX-License-Identifier: MIT */
/* test_secret: files that nobody else may read. */
#include "vmm/secret.h"

#include "vmm/error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static char *place;

/* Free with g_free(). */
static char *
make (const char *text, gssize length, int mode)
{
  char *path = g_build_filename (place, "secret", NULL);

  g_assert_true (g_file_set_contents (path, text, length, NULL));
  g_assert_cmpint (g_chmod (path, mode), ==, 0);
  return path;
}

static void
test_readers (void)
{
  static const struct {
    int              mode;
    VmmSecretReaders readers;
    gboolean         is_read;
  } rows[] = {
    { 0600, VMM_SECRET_NOBODY, TRUE },  { 0400, VMM_SECRET_NOBODY, TRUE },
    { 0640, VMM_SECRET_NOBODY, FALSE }, { 0620, VMM_SECRET_NOBODY, FALSE },
    { 0604, VMM_SECRET_NOBODY, FALSE }, { 0602, VMM_SECRET_NOBODY, FALSE },
    { 0640, VMM_SECRET_GROUP, TRUE },   { 0644, VMM_SECRET_GROUP, FALSE },
    { 0644, VMM_SECRET_ANYBODY, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = make ("text", -1, rows[i].mode);
    g_autoptr (GError) error = NULL;
    char *text = vmm_secret_read (path, rows[i].readers, &error);

    g_test_message ("%o", rows[i].mode);
    g_assert_cmpstr (text, ==, rows[i].is_read ? "text" : NULL);
    if (!rows[i].is_read)
      g_assert_error (error, VMM_ERROR, VMM_ERROR_PERMISSION);
    vmm_secret_free (text);
  }
}

static void
test_password (void)
{
  static const struct {
    const char *text, *password; /* NULL = none */
  } rows[] = {
    { "a:b", "a:b" }, { "a:b\n", "a:b" },     { "a:b\r\n", "a:b" }, { "a:b:c d\n", "a:b:c d" },
    { "", NULL },     { "\n", NULL },         { "a", NULL },        { "a:", NULL },
    { ":b", NULL },   { "a:b\nc:d\n", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *path = make (rows[i].text, -1, 0600);
    g_autoptr (GError) error = NULL;
    char *password = vmm_secret_read_password (path, &error);

    g_test_message ("%u", i);
    g_assert_cmpstr (password, ==, rows[i].password);
    if (!rows[i].password)
      g_assert_error (error, VMM_ERROR, VMM_ERROR_FORMAT);
    vmm_secret_free (password);
  }
}

/* What is no file, or none of ours, ends at once and in words that do not hold it. */
static void
test_others (void)
{
  g_autofree char *large = g_strnfill (65537, 'x');
  g_autofree char *path = make (large, -1, 0600);
  g_autofree char *pipe = g_build_filename (place, "pipe", NULL);
  g_autoptr (GError) too_large = NULL, zero = NULL, absent = NULL, of_pipe = NULL, directory = NULL;

  g_assert_null (vmm_secret_read (path, VMM_SECRET_NOBODY, &too_large));
  g_assert_error (too_large, VMM_ERROR, VMM_ERROR_FORMAT);
  g_free (make ("a:b\0c", 5, 0600));
  g_assert_null (vmm_secret_read (path, VMM_SECRET_NOBODY, &zero));
  g_assert_error (zero, VMM_ERROR, VMM_ERROR_FORMAT);
  g_assert_null (vmm_secret_read (pipe, VMM_SECRET_NOBODY, &absent));
  g_assert_error (absent, VMM_ERROR, VMM_ERROR_MISSING);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_null (vmm_secret_read (pipe, VMM_SECRET_NOBODY, &of_pipe));
  g_assert_error (of_pipe, VMM_ERROR, VMM_ERROR_FORMAT);
  g_assert_cmpint (g_unlink (pipe), ==, 0);
  g_assert_null (vmm_secret_read (place, VMM_SECRET_NOBODY, &directory));
  g_assert_error (directory, VMM_ERROR, VMM_ERROR_FORMAT);
}

static void
test_same (void)
{
  g_assert_true (vmm_secret_is ("", ""));
  g_assert_true (vmm_secret_is ("a:b", "a:b"));
  g_assert_false (vmm_secret_is ("a:b", "a:c"));
  g_assert_false (vmm_secret_is ("a:b", "a:b "));
  g_assert_false (vmm_secret_is ("a:b", ""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  place = g_dir_make_tmp ("vmm-secret-XXXXXX", NULL);
  g_assert_nonnull (place);
  g_test_add_func ("/secret/readers", test_readers);
  g_test_add_func ("/secret/password", test_password);
  g_test_add_func ("/secret/others", test_others);
  g_test_add_func ("/secret/same", test_same);
  int              status = g_test_run ();
  g_autofree char *path = g_build_filename (place, "secret", NULL);
  g_unlink (path);
  g_rmdir (place);
  g_free (place);
  return status;
}
