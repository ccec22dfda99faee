/* SPDX-License-Identifier: MIT */
/* test_kill: a program killed at any moment while it saves loses no run and leaves no half one. */
#include "vmm/store.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

#include "../core/machine.h"
#include "../core/made.h"

#define KILLS 200
#define MAX_DELAY_US 4000

/* Saves run after run and tells each id once it is kept. Never returns. */
static void
save_for_ever (const char *directory, const char *text, guint first, int ids)
{
  g_autoptr (VmmStore) store = vmm_store_open (directory);

  for (guint i = first;; i++) {
    g_autofree char *created =
        g_strdup_printf ("\"2026-05-05T%02u:%02u:%02u.%06uZ\"", i / 3600000 % 24, i / 60000 % 60,
                         i / 1000 % 60, i % 1000 * 1000);
    g_autoptr (VmmResult) run = made_read (text);
    made_set (&run, "created", created);
    g_autofree char *id = vmm_store_save (store, run, NULL, NULL);
    g_autofree char *line = g_strconcat (id ? id : "not saved", "\n", NULL);
    if (i % 3 == 2) /* replacing is no less safe than making */
      vmm_store_set_label (store, id, created, NULL);
    if (write (ids, line, strlen (line)) < 0)
      _exit (1);
  }
}

/* The ids that come through the pipe until there are `n` of them, or it is closed. */
static void
read_ids (FILE *pipe, guint n, GPtrArray *ids)
{
  char line[256];

  for (guint i = 0; i < n && fgets (line, sizeof line, pipe); i++) {
    g_assert_true (g_str_has_suffix (line, "\n"));
    g_ptr_array_add (ids, g_strndup (line, strlen (line) - 1));
  }
}

/* Whatever its name: no file of the store is half a document. */
static void
assert_whole (const char *directory)
{
  g_autoptr (GDir) dir = g_dir_open (directory, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir))) {
    g_autofree char *path = g_build_filename (directory, name, NULL);
    g_autoptr (GError) error = NULL;
    g_autoptr (VmmResult) result = vmm_result_load (path, &error);
    g_assert_no_error (error);
    g_assert_nonnull (result);
  }
}

static void
test_kill (void)
{
  char            *root = machine_new ();
  g_autofree char *directory = g_build_filename (root, "results", NULL);
  g_autoptr (VmmResult) run = made_clean ("kvm", "killed");
  g_autofree char *text = vmm_result_to_json (run);
  g_autoptr (VmmStore) store = vmm_store_open (directory);
  g_autoptr (GPtrArray) told = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) entries = NULL;

  for (guint k = 0; k < KILLS; k++) {
    int   ends[2], status;
    pid_t child;

    g_assert_cmpint (pipe (ends), ==, 0);
    child = fork ();
    g_assert_cmpint (child, >=, 0);
    if (child == 0)
      save_for_ever (directory, text, k * 100000, ends[1]);
    close (ends[1]);
    FILE *ids = fdopen (ends[0], "r");
    read_ids (ids, (guint) g_test_rand_int_range (0, 5), told);
    g_usleep ((gulong) g_test_rand_int_range (0, MAX_DELAY_US));
    g_assert_cmpint (kill (child, SIGKILL), ==, 0);
    g_assert_cmpint (waitpid (child, &status, 0), ==, child);
    g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL);
    read_ids (ids, G_MAXUINT, told);
    fclose (ids);
  }
  entries = vmm_store_list (store, NULL);
  g_test_message ("%u kills, %u runs kept, %u of them told", KILLS, entries->len, told->len);
  g_assert_cmpuint (entries->len, >=, told->len);
  g_assert_cmpuint (told->len, >=, KILLS);
  for (guint i = 0; i < entries->len; i++)
    g_assert_null (((const VmmStoreEntry *) entries->pdata[i])->damage);
  for (guint i = 0; i < told->len; i++) {
    g_autofree char *found = vmm_store_find (store, told->pdata[i], NULL);
    g_assert_cmpstr (found, ==, told->pdata[i]);
  }
  assert_whole (directory);
  machine_free (root);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kill/save", test_kill);
  return g_test_run ();
}
