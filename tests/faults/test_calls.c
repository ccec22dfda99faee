/* SPDX-License-Identifier: MIT */
/* test_calls: whichever system call of a piece of work fails, and however: the work is done whole
 * or not at all, says why, and leaves neither a file nor a descriptor behind. */
#include "../core/machine.h"
#include "../core/made.h"
#include "injector.h"
#include "probe.h"
#include "vmm/export.h"
#include "vmm/secret.h"
#include "vmm/store.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

/* clang-format off */
static const struct {
  const char *call;
  int         numbers[6];
} faults[] = {
  { "open",     { EMFILE, ENOMEM, ENOSPC, EROFS, EACCES, EOPNOTSUPP } },
  { "opendir",  { EMFILE, ENOMEM, EACCES } },
  { "readlink", { ENOMEM, EACCES } },
  { "read",     { EIO, EINTR, FAULT_SHORT } },
  { "write",    { ENOSPC, EIO, EDQUOT, EFBIG, EINTR, FAULT_SHORT } },
  { "fsync",    { EIO, ENOSPC, EROFS } },
  { "rename",   { ENOSPC, EROFS, EACCES, EINVAL } },
  { "link",     { ENOSPC, EROFS, EPERM, EMLINK } },
  { "unlink",   { EROFS, EACCES } },
  { "mkdir",    { ENOSPC, EROFS, EACCES } },
  { "chmod",    { EPERM, EROFS } },
  { "close",    { EIO, ENOSPC } },
  { "stat",     { ENOMEM, EIO } },
  { "mmap",     { ENOMEM, EAGAIN } },
  { "align",    { ENOMEM } },
  { "thread",   { EAGAIN } },
  { "socket",   { EMFILE, EACCES } },
};
/* clang-format on */

/* A piece of work in the directory `root`, which is made anew each time. */
typedef struct {
  char      *root, *old; /* a file or directory in it */
  VmmResult *run;
  VmmStore  *store;
  char      *id; /* of the run that is in the store */

  const VmmProbe *probe;
} Place;

typedef struct {
  const char *name;
  void (*prepare) (Place *place); /* NULL = nothing */
  gboolean (*work) (Place *place, GError **error);
  void (*check) (Place *place, gboolean done); /* NULL = nothing */
  const VmmProbe *probe;
} Work;

static void test_work (gconstpointer data);

static guint
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

/* Once all threads that were started meanwhile are over. */
static guint
count_descriptors (guint threads)
{
  while (count_entries ("/proc/self/task") > threads)
    g_thread_yield ();
  return count_entries ("/proc/self/fd");
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint       n = 0;

  while (dir && (name = g_dir_read_name (dir))) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    n += g_file_test (child, G_FILE_TEST_IS_DIR) ? count_files (child) : 1;
  }
  return n;
}

static void
assert_text (const char *path, const char *expected)
{
  g_autofree char *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_assert_null (expected);
  else
    g_assert_cmpstr (text, ==, expected);
}

/* ---- Keeping a run: fresh, under another label, imported, deleted and brought back. */

static char *
save (Place *place, VmmResult *run, GError **error)
{
  return vmm_store_save (place->store, run, NULL, error);
}

static void
prepare_stored (Place *place)
{
  place->id = save (place, place->run, NULL);
  g_assert_nonnull (place->id);
}

static gboolean
work_save (Place *place, GError **error)
{
  g_clear_pointer (&place->id, g_free);
  place->id = save (place, place->run, error);
  return place->id != NULL;
}

static void
check_saved (Place *place, gboolean done)
{
  g_autoptr (GPtrArray) entries = vmm_store_list (place->store, NULL);

  g_assert_cmpuint (entries->len, <=, 1);
  g_assert_true (!done || entries->len == 1);
  for (guint i = 0; i < entries->len; i++)
    g_assert_null (((VmmStoreEntry *) entries->pdata[i])->damage);
}

static gboolean
work_label (Place *place, GError **error)
{
  return vmm_store_set_label (place->store, place->id, "another", error);
}

static void
check_label (Place *place, gboolean done)
{
  g_autoptr (VmmResult) stored = vmm_store_load (place->store, place->id, NULL);

  g_assert_nonnull (stored);
  g_assert_cmpstr (vmm_result_get_label (stored), ==, done ? "another" : "label");
}

static void
prepare_document (Place *place)
{
  g_autofree char *text = vmm_result_to_json (place->run);
  machine_write (place->root, "document", text);
}

static gboolean
work_import (Place *place, GError **error)
{
  g_clear_pointer (&place->id, g_free);
  place->id = vmm_store_import (place->store, place->old, NULL, error);
  return place->id != NULL;
}

static gboolean
work_delete (Place *place, GError **error)
{
  return vmm_store_delete (place->store, place->id, error);
}

static gboolean
work_list (Place *place, GError **error)
{
  g_autoptr (GPtrArray) entries = vmm_store_list (place->store, error);
  return entries != NULL;
}

/* ---- A file that the user named. */

static void
prepare_file (Place *place)
{
  machine_write (place->root, "document", "old\n");
}

static gboolean
work_export (Place *place, GError **error)
{
  return vmm_export_save (place->old, "new, and a good deal longer\n", error);
}

static void
check_fresh_export (Place *place, gboolean done)
{
  assert_text (place->old, done ? "new, and a good deal longer\n" : NULL);
}

static void
check_export (Place *place, gboolean done)
{
  assert_text (place->old, done ? "new, and a good deal longer\n" : "old\n");
}

/* ---- The probes, each with all that it needs. */

/* Stands before the C library's: on this disk there is room for the smallest scratch file alone. */
int
fstatvfs (int fd, struct statvfs *status)
{
  *status = (struct statvfs){ .f_frsize = 4096, .f_bavail = 4 * (4 << 20) / 4096 };
  return 0;
}

static gboolean
run_probe (const VmmProbe *probe, VmmKit *kit, GError **error)
{
  g_autofree void *state = g_malloc0 (probe->state_bytes);

  if ((probe->check && !probe->check (kit, error)) || !vmm_probe_open (probe, kit, state, error)) {
    vmm_probe_close (probe, kit, state);
    return FALSE;
  }
  float value = vmm_probe_run (probe, kit, state, vmm_now_ns () + 1000000, error);
  vmm_probe_close (probe, kit, state);
  g_assert_cmpint (vmm_absence (value) == VMM_PRESENT, ==, *error == NULL);
  g_assert_true (isnan (value) || value >= 0);
  return isfinite (value);
}

static gboolean
work_probe (Place *place, GError **error)
{
  g_autoptr (GError) problem = NULL;
  VmmKit kit;

  vmm_kit_init (&kit, place->root, 1);
  vmm_stopwatch_open (&kit.watch);
  gboolean done = run_probe (place->probe, &kit, &problem);
  vmm_stopwatch_close (&kit.watch);
  vmm_kit_clear (&kit);
  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return done;
}

static void
test_probe (gconstpointer data)
{
  test_work (&(Work){ ((const VmmProbe *) data)->activity, NULL, work_probe, NULL, data });
}

/* The thread that would run them. */
static gboolean
work_thread (Place *place, GError **error)
{
  const VmmProbesOptions options = { place->root, G_TIME_SPAN_SECOND, 1 };
  VmmSource             *source = vmm_probes_new (&options);
  float                  row[VMM_N_CHANNELS];

  vmm_source_window_begins (source, 0);
  vmm_source_sample (source, 1, row);
  vmm_source_window_ends (source);
  gboolean    done = vmm_absence (row[VMM_CHANNEL_PROBE_COMPUTE]) == VMM_PENDING;
  const char *reason = vmm_source_reason (source, VMM_CHANNEL_PROBE_COMPUTE).sentence;
  if (!done)
    g_set_error_literal (error, VMM_ERROR, VMM_ERROR_IO, reason ? reason : "");
  vmm_source_free (source);
  return done;
}

/* ---- The password that goes with a question. */

static void
prepare_password (Place *place)
{
  machine_write (place->root, "document", "reader:guess me\n");
  g_assert_cmpint (chmod (place->old, 0600), ==, 0);
}

static gboolean
work_password (Place *place, GError **error)
{
  char    *password = vmm_secret_read_password (place->old, error);
  gboolean done = password != NULL;

  g_assert_cmpstr (password, ==, done ? "reader:guess me" : NULL);
  vmm_secret_free (password);
  return done;
}

/* clang-format off */
static const Work works[] = {
  { "save",         NULL,             work_save,   check_saved },
  { "save-known",   prepare_stored,   work_save,   check_saved },
  { "label",        prepare_stored,   work_label,  check_label },
  { "import",       prepare_document, work_import, check_saved },
  { "delete",       prepare_stored,   work_delete, NULL },
  { "list",         prepare_stored,   work_list,   check_saved },
  { "export",       prepare_file,     work_export, check_export },
  { "export-fresh", NULL,             work_export, check_fresh_export },
  { "password",     prepare_password, work_password, NULL },
  { "probe-thread", NULL,             work_thread, NULL },
};
/* clang-format on */

static void
make_place (Place *place, const Work *work)
{
  g_autofree char *results = NULL;

  place->root = machine_new ();
  place->old = g_build_filename (place->root, "document", NULL);
  place->run = made_clean ("kvm", "label");
  results = g_build_filename (place->root, "data", "results", NULL);
  place->store = vmm_store_open (results);
  place->probe = work->probe;
  if (work->prepare)
    work->prepare (place);
}

static void
clear_place (Place *place)
{
  vmm_store_free (place->store);
  vmm_result_unref (place->run);
  machine_free (place->root);
  g_free (place->old);
  g_free (place->id);
}

/* Does the work with the nth call failing. How many such calls there were. */
static guint
try (const Work *work, const char *call, guint nth, int number)
{
  g_autoptr (GError) error = NULL;
  Place    place = { 0 };
  guint    files, descriptors, calls, threads = count_entries ("/proc/self/task");
  gboolean done;

  make_place (&place, work);
  files = count_files (place.root);
  descriptors = count_descriptors (threads);
  fault_arm (call, nth, number, NULL);
  done = work->work (&place, &error);
  calls = fault_disarm ();
  if (done != !error || (error && !*error->message))
    g_error ("%s: %s %u fails with %s: done %d, \"%s\"", work->name, call, nth, g_strerror (number),
             done, error ? error->message : "");
  if (count_descriptors (threads) != descriptors)
    g_error ("%s: %s %u fails with %s: %u descriptors, and %u before", work->name, call, nth,
             g_strerror (number), count_descriptors (threads), descriptors);
  if (count_files (place.root) > files + (done ? 1 : 0) && !g_str_equal (call, "unlink"))
    g_error ("%s: %s %u fails with %s: a file is left", work->name, call, nth, g_strerror (number));
  if (work->check)
    work->check (&place, done);
  clear_place (&place);
  return calls;
}

/* Each of the first calls, then ever fewer: of thousands of reads one is like another. */
static guint
get_next (guint nth)
{
  return nth < 6 ? nth + 1 : 3 * nth;
}

static void
test_work (gconstpointer data)
{
  const Work *work = data;
  guint       injected = 0;

  (void) try (work, "socket", G_MAXUINT, EMFILE); /* without a fault it is done */
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    for (guint k = 0; k < G_N_ELEMENTS (faults[i].numbers) && faults[i].numbers[k]; k++)
      for (guint nth = 1; try (work, faults[i].call, nth, faults[i].numbers[k]) >= nth;
           nth = get_next (nth))
        injected++;
  g_test_message ("%s: %u faults", work->name, injected);
}

int
main (int argc, char **argv)
{
  guint                  n;
  const VmmProbe *const *probes = vmm_probes_table (&n);

  g_test_init (&argc, &argv, NULL);
  alarm (280);
  for (guint i = 0; i < G_N_ELEMENTS (works); i++) {
    g_autofree char *path = g_strconcat ("/calls/", works[i].name, NULL);
    g_test_add_data_func (path, &works[i], test_work);
  }
  for (guint i = 0; i < n; i++) {
    g_autofree char *path = g_strconcat ("/calls/", vmm_channel (probes[i]->channel)->id, NULL);
    g_test_add_data_func (path, probes[i], test_probe);
  }
  return g_test_run ();
}
