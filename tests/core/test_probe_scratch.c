/* SPDX-License-Identifier: MIT */
/* test_probe_scratch: the scratch file is on a disk, does what it is for, and leaves no name. */
#include "scratch.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const gint not_stopping = FALSE;

/* A fresh directory on a disk, or NULL where the machine has none. */
static char *
make_directory (void)
{
  const char *places[] = { "/var/tmp", ".", NULL };
  VmmScratch  scratch;
  char       *dir = NULL;

  vmm_scratch_init (&scratch, places);
  if (scratch.dir.path)
    dir = g_mkdtemp (g_build_filename (scratch.dir.path, "vmm-scratch-XXXXXX", NULL));
  vmm_scratch_clear (&scratch);
  if (!dir)
    g_test_skip ("no directory on a disk");
  return dir;
}

/* Removing it fails when anything was left in it. */
static void
remove_directory (char *dir)
{
  g_assert_cmpint (g_rmdir (dir), ==, 0);
  g_free (dir);
}

static void
assert_refused (const char *dir, const char *why)
{
  const char *candidates[] = { dir, NULL };
  VmmScratch  scratch;

  vmm_scratch_init (&scratch, candidates);
  g_assert_null (scratch.dir.path);
  g_assert_false (scratch.dir.direct);
  g_assert_true (g_str_has_prefix (scratch.dir.reason, dir));
  g_assert_nonnull (strstr (scratch.dir.reason, why));
  vmm_scratch_clear (&scratch);
}

static void
test_refused (void)
{
  assert_refused ("/nonexistent/scratch", ": No such file or directory");
  assert_refused ("/dev/null", ": Not a directory");
  assert_refused ("/proc", ": ");
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    assert_refused ("/dev/shm", "in memory");
}

static void
test_choice (void)
{
  char      *dir = make_directory ();
  VmmScratch scratch;

  if (!dir)
    return;
  const char *candidates[] = { "/nonexistent", "/dev/shm", dir, "/", NULL };
  vmm_scratch_init (&scratch, candidates);
  g_assert_cmpstr (scratch.dir.path, ==, dir);
  g_assert_cmpint (scratch.dir.direct, ==, scratch.dir.reason == NULL);
  g_assert_cmpint (scratch.fd, ==, -1);
  vmm_scratch_clear (&scratch);

  g_auto (GStrv) only = vmm_scratch_candidates ("/given");
  g_assert_cmpuint (g_strv_length (only), ==, 1);
  g_assert_cmpstr (only[0], ==, "/given");
  g_auto (GStrv) usual = vmm_scratch_candidates (NULL);
  g_assert_true (g_strv_contains ((const char *const *) usual, "/var/tmp"));
  remove_directory (dir);
}

static void
test_work (void)
{
  g_autoptr (GError) error = NULL;
  char      *dir = make_directory ();
  guint64    random = 7;
  VmmScratch scratch;

  if (!dir)
    return;
  const char *candidates[] = { dir, NULL };
  vmm_scratch_init (&scratch, candidates);
  vmm_scratch_open (&scratch, &random, &not_stopping, &error);
  g_assert_no_error (error);
  g_assert_cmpint (scratch.fd, >=, 0);
  g_assert_cmpuint (scratch.bytes, >=, 1 << 20);
  g_assert_cmpuint (scratch.bytes, <=, VMM_SCRATCH_BYTES);
  g_assert_cmpuint (scratch.written_bytes, ==, scratch.bytes);
  g_assert_cmpint (scratch.block[0] | scratch.block[1] | scratch.block[2], !=, 0);

  guint64 operations = scratch.operations;
  if (scratch.dir.direct) {
    g_assert_true (vmm_scratch_set_direct (&scratch, TRUE, &error));
    memset (scratch.block, 0, 4096);
    g_assert_true (vmm_scratch_read (&scratch, &random, &error));
    g_assert_cmpuint (scratch.read_bytes, ==, 4096);
    g_assert_cmpint (scratch.block[0] | scratch.block[1] | scratch.block[2], !=, 0);
    operations++;
  }
  g_assert_true (vmm_scratch_set_direct (&scratch, FALSE, &error));
  g_assert_true (vmm_scratch_sync (&scratch, &random, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (scratch.written_bytes, ==, scratch.bytes + 4096);
  g_assert_cmpuint (scratch.operations, ==, operations + 1);
  g_assert_cmpint (lseek (scratch.fd, 0, SEEK_END), ==, scratch.bytes); /* it never grows */

  g_assert_true (vmm_scratch_open (&scratch, &random, &not_stopping, &error)); /* nothing to do */
  vmm_scratch_close (&scratch);
  vmm_scratch_close (&scratch);
  vmm_scratch_clear (&scratch);
  remove_directory (dir);
}

/* A disk that refuses: here by the limit on file sizes. */
static void
test_full (void)
{
  g_autoptr (GError) error = NULL;
  char         *dir = make_directory ();
  guint64       random = 7;
  struct rlimit before, small;
  VmmScratch    scratch;

  if (!dir)
    return;
  const char *candidates[] = { dir, NULL };
  vmm_scratch_init (&scratch, candidates);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 1 << 20;
  setrlimit (RLIMIT_FSIZE, &small);
  g_assert_false (vmm_scratch_open (&scratch, &random, &not_stopping, &error));
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_true (g_str_has_prefix (error->message, dir));
  g_assert_nonnull (strstr (error->message, "File too large"));
  g_assert_cmpint (scratch.fd, ==, -1);
  vmm_scratch_clear (&scratch);
  remove_directory (dir);
}

static void
test_stopping (void)
{
  g_autoptr (GError) error = NULL;
  const gint stopping = TRUE;
  char      *dir = make_directory ();
  guint64    random = 7;
  VmmScratch scratch;

  if (!dir)
    return;
  const char *candidates[] = { dir, NULL };
  vmm_scratch_init (&scratch, candidates);
  g_assert_false (vmm_scratch_open (&scratch, &random, &stopping, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (scratch.written_bytes, ==, 0);
  vmm_scratch_clear (&scratch);
  remove_directory (dir);
}

static void
test_sectors (void)
{
  static const struct {
    const char *text;
    guint64     sectors;
  } cases[] = {
    { "   8       0 sda 1 2 3 4 5 6 700 8 9 10 11\n   8       1 sda1 1 2 3 4 5 6 42 8\n", 742 },
    { "   8       0 sda 1 2 3 4 5 6 700\n", 700 },
    { "   8       0 sda 1 2 3 4 5 6\n", 0 },          /* fewer fields */
    { "   8       0 sda 1 2 3 4 5 6 700 8 9 10", 0 }, /* cut off */
    { "\n", 0 },
    { "", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (vmm_scratch_parse_sectors (cases[i].text), ==, cases[i].sectors);
}

/* A file that stays is filled once; one that is short, or that something went wrong with, does not. */
static void
test_stays (void)
{
  g_autoptr (GError) error = NULL;
  char      *dir = make_directory ();
  guint64    random = 7;
  VmmScratch scratch;

  if (!dir)
    return;
  const char *candidates[] = { dir, NULL };
  vmm_scratch_init (&scratch, candidates);
  scratch.stays = TRUE;
  g_assert_true (vmm_scratch_open (&scratch, &random, &not_stopping, &error));
  gboolean is_whole = scratch.bytes == VMM_SCRATCH_BYTES; /* unless the disk is slow */
  guint64  filled = scratch.written_bytes;
  int      fd = scratch.fd;

  vmm_scratch_close (&scratch);
  g_assert_cmpint (scratch.fd, ==, is_whole ? fd : -1);
  g_assert_true (vmm_scratch_open (&scratch, &random, &not_stopping, &error));
  if (is_whole)
    g_assert_cmpuint (scratch.written_bytes, ==, filled);
  g_assert_true (vmm_scratch_sync (&scratch, &random, &error));

  g_assert_true (vmm_scratch_set_direct (&scratch, FALSE, &error));
  g_assert_cmpint (ftruncate (scratch.fd, 0), ==, 0);
  g_assert_false (vmm_scratch_read (&scratch, &random, &error));
  vmm_scratch_close (&scratch);
  g_assert_cmpint (scratch.fd, ==, -1);

  g_assert_true (vmm_scratch_open (&scratch, &random, &not_stopping, NULL));
  vmm_scratch_clear (&scratch);
  g_assert_cmpint (scratch.fd, ==, -1);
  remove_directory (dir);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/probe/scratch/sectors", test_sectors);
  g_test_add_func ("/probe/scratch/refused", test_refused);
  g_test_add_func ("/probe/scratch/choice", test_choice);
  g_test_add_func ("/probe/scratch/work", test_work);
  g_test_add_func ("/probe/scratch/full", test_full);
  g_test_add_func ("/probe/scratch/stopping", test_stopping);
  g_test_add_func ("/probe/scratch/stays", test_stays);
  return g_test_run ();
}
