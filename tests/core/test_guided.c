/* SPDX-License-Identifier: MIT */
/* test_guided: two guests take turns as they shall, and remember no more than they wrote. */
#include "vmm/guided.h"

#include "made.h"

#include "vmm/compare.h"
#include "vmm/error.h"

#include <glib/gstdio.h>
#include <string.h>

static char *directory, *path;

/* 1 22 11 22 1, each guest's windows numbered through. */
static void
test_order (void)
{
  static const struct {
    guint guest, done, turn, windows, before;
  } cases[] = {
    { 1, 0, 1, 3, 0 }, { 2, 0, 2, 6, 0 }, { 1, 1, 3, 6, 3 }, { 2, 1, 4, 6, 6 }, { 1, 2, 5, 3, 9 }
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (VmmGuided) guided = { 0 };
    VmmPlace place;
    vmm_guided_init (&guided, cases[i].guest, 3, "sata");
    guided.done = cases[i].done;
    vmm_guided_get_place (&guided, &place);
    g_assert_cmpuint (vmm_guided_get_turn (&guided), ==, cases[i].turn);
    g_assert_cmpuint (vmm_guided_count_windows (&guided), ==, cases[i].windows);
    g_assert_cmpuint (place.number, ==, cases[i].before);
    g_assert_cmpuint (place.turn, ==, cases[i].guest);
    g_assert_cmpuint (place.turns, ==, 2);
    g_assert_cmpstr (place.session, ==, guided.session);
  }
}

static void
test_over (void)
{
  for (guint guest = 1; guest <= 2; guest++) {
    g_auto (VmmGuided) guided = { 0 };
    vmm_guided_init (&guided, guest, 1, "sata");
    guided.done = 4 - guest; /* three turns, and two */
    g_assert_cmpuint (vmm_guided_get_turn (&guided), >, VMM_GUIDED_TURNS);
  }
}

/* A window of one of them that begins so many seconds after the first. */
static VmmResult *
make_window (guint guest, guint second)
{
  VmmResult *result = made_clean (guest == 1 ? "virtualbox" : "vmware", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (1796000000 + second);
  g_autofree char *created = g_date_time_format (time, "\"%Y-%m-%dT%H:%M:%SZ\"");

  made_set (&result, "created", created);
  return result;
}

/* Five turns with nine minutes between them are what compare calls in turns: each change is a pair. */
static void
test_pairs (void)
{
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);
  guint second = 0;

  for (guint turn = 1; turn <= VMM_GUIDED_TURNS; turn++) {
    g_auto (VmmGuided) guided = { 0 };
    vmm_guided_init (&guided, 2 - turn % 2, VMM_GUIDED_WINDOWS, "x");
    guided.done = (turn - 1) / 2;
    g_assert_cmpuint (vmm_guided_get_turn (&guided), ==, turn);
    for (guint i = 0; i < vmm_guided_count_windows (&guided); i++, second += 31)
      g_ptr_array_add (results, make_window (guided.guest, second));
    second += 9 * 60;
  }
  g_autoptr (GPtrArray) groups = vmm_group_by (results, VMM_GROUP_BY_VMM);
  g_autoptr (VmmComparison) comparison = vmm_compare (groups);
  const VmmItem *total = vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total");
  g_assert_cmpuint (total->sides[0].windows, ==, 4 * VMM_GUIDED_WINDOWS);
  g_assert_cmpuint (total->sides[1].windows, ==, 4 * VMM_GUIDED_WINDOWS);
  g_assert_cmpint (total->pairs[0].design, ==, VMM_DESIGN_INTERLEAVED);
  g_assert_cmpuint (total->pairs[0].units, ==, VMM_GUIDED_TURNS - 1);
}

/* The other has its turn in between, with ten minutes before and after it. */
static void
test_late (void)
{
  const gint64 window_us = 30 * G_TIME_SPAN_SECOND, minute = G_TIME_SPAN_MINUTE;
  g_auto (VmmGuided) guided = { 0 };

  vmm_guided_init (&guided, 1, 2, "sata");
  g_assert_false (vmm_guided_is_late (&guided, 1000 * minute, window_us));
  guided.ended_us = 1000 * minute;
  g_assert_false (vmm_guided_is_late (&guided, 1022 * minute, window_us));
  g_assert_true (vmm_guided_is_late (&guided, 1022 * minute + 1, window_us));
  g_assert_false (vmm_guided_is_late (&guided, 900 * minute, window_us)); /* a clock set back */
}

static void
test_remembered (void)
{
  g_auto (VmmGuided) guided = { 0 }, read = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (vmm_guided_load (&read, path, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_MISSING);
  g_clear_error (&error);
  vmm_guided_init (&guided, 2, 5, "  \"zwölf\"; [x]\\ ");
  guided.done = 1;
  guided.ended_us = 1796000000000000;
  g_assert_true (vmm_guided_save (&guided, path, &error));
  g_assert_true (vmm_guided_load (&read, path, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (read.label, ==, guided.label);
  g_assert_cmpstr (read.session, ==, guided.session);
  g_assert_cmpuint (read.guest, ==, 2);
  g_assert_cmpuint (read.done, ==, 1);
  g_assert_cmpuint (read.windows, ==, 5);
  g_assert_cmpint (read.ended_us, ==, guided.ended_us);
  g_unlink (path);
}

/* Each turn that counts is remembered, until there is nothing more to do here. */
static void
test_turn_over (void)
{
  g_auto (VmmGuided) guided = { 0 }, read = { 0 };
  g_autofree char *deep = g_build_filename (directory, "new", "turns", NULL);
  g_autofree char *folder = g_path_get_dirname (deep);

  vmm_guided_init (&guided, 2, 1, "x");
  g_assert_true (vmm_guided_end_turn (&guided, 7, deep, NULL));
  g_assert_true (vmm_guided_load (&read, deep, NULL));
  g_assert_cmpuint (vmm_guided_get_turn (&read), ==, 4);
  g_assert_cmpint (read.ended_us, ==, 7);
  g_assert_true (vmm_guided_end_turn (&guided, 9, deep, NULL));
  g_assert_false (g_file_test (deep, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
assert_refused (const char *bytes, gssize length)
{
  g_auto (VmmGuided) read = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
  g_assert_false (vmm_guided_load (&read, path, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_null (read.label);
  g_unlink (path);
}

/* What is written otherwise, each member as it may not be. */
static void
test_hostile (void)
{
  static const char        good[] = "[turns]\nlabel=x\nsession=0123456789abcdef\nguest=1\ndone=2\n"
                                    "windows=2\nended=5\n";
  static const char *const bad[][2] = {
    { "[turns]", "[other]" },        { "label=x", "label=" },
    { "label=x", "label=\\x" },      { "label=x", "label=a\\nb" },
    { "label=x", "label=\xff" },     { "label=x\n", "" },
    { "89abcdef", "89abcdeg" },      { "89abcdef", "89" },
    { "89abcdef", "89abcdef0" },     { "guest=1", "guest=0" },
    { "guest=1", "guest=3" },        { "guest=1", "guest=-1" },
    { "done=2", "done=3" },          { "done=2", "done=x" },
    { "done=2", "done=4294967298" }, { "windows=2", "windows=0" },
    { "windows=2", "windows=21" },   { "windows=2\n", "" },
    { "ended=5", "ended=-5" },       { "ended=5", "ended=99999999999999999999" },
  };
  g_autofree char *large = g_strnfill (5000, '\n');
  g_auto (VmmGuided) read = { 0 };

  g_assert_true (g_file_set_contents (path, good, -1, NULL));
  g_assert_true (vmm_guided_load (&read, path, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    const char      *at = strstr (good, bad[i][0]);
    g_autofree char *text =
        g_strdup_printf ("%.*s%s%s", (int) (at - good), good, bad[i][1], at + strlen (bad[i][0]));
    assert_refused (text, -1);
  }
  for (gsize i = 0; i + 2 < sizeof good; i++)
    assert_refused (good, (gssize) i);
  g_autofree char *padded = g_strconcat (good, large, NULL);
  assert_refused (padded, -1);
}

/* A pipe is not waited for, nor a directory read. */
static void
test_no_file (void)
{
  g_auto (VmmGuided) read = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_false (vmm_guided_load (&read, path, &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_FORMAT);
  g_unlink (path);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  directory = g_dir_make_tmp ("guided-XXXXXX", NULL);
  path = g_build_filename (directory, "turns", NULL);
  g_test_add_func ("/guided/order", test_order);
  g_test_add_func ("/guided/over", test_over);
  g_test_add_func ("/guided/pairs", test_pairs);
  g_test_add_func ("/guided/late", test_late);
  g_test_add_func ("/guided/remembered", test_remembered);
  g_test_add_func ("/guided/turn-over", test_turn_over);
  g_test_add_func ("/guided/hostile", test_hostile);
  g_test_add_func ("/guided/no-file", test_no_file);
  int failed = g_test_run ();
  g_rmdir (directory);
  g_free (path);
  g_free (directory);
  return failed;
}
