/* SPDX-License-Identifier: MIT */
/* store: one file per run, named from its contents, in one directory. */
#include "vmm/store.h"

#include "result_private.h"
#include "vmm/language.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define SUFFIX ".json"
#define TRASH ".trash-"
#define TEMPORARY_AGE_S 3600 /* a save takes milliseconds; these were killed */
#define MAX_ID 128
#define SECONDS_A_YEAR 31556952.0

/* Digits of the SHA-256 in a name; the next when the shorter is another run's. */
static const guint digest_lengths[] = { 4, 16, 64 };

struct _VmmStore {
  char *directory;
};

/* ---- Names */

/* Ids come from users and other programs too: plain characters only, no way out of the store. */
static gboolean
is_id (const char *name)
{
  gsize length = strlen (name);

  return length > 0 && length <= MAX_ID && name[0] != '.' &&
         strspn (name, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-") ==
             length;
}

static char *
make_path (const VmmStore *store, const char *prefix, const char *id)
{
  g_autofree char *name = g_strconcat (prefix, id, SUFFIX, NULL);

  return g_build_filename (store->directory, name, NULL);
}

/* What a name, a document and a calendar have room for. */
static gboolean
check_created (const VmmResult *result, GError **error)
{
  gint64 second = vmm_result_get_created (result) / G_USEC_PER_SEC;

  if (second >= 0 && second <= VMM_RESULT_MAX_SECOND)
    return TRUE;
  g_set_error (error, VMM_ERROR, VMM_ERROR_RANGE,
               VMM_SAID ("the clock says about year %d: 1970 to 9999 was expected"),
               (int) (1970 + floor ((double) second / SECONDS_A_YEAR)));
  return FALSE;
}

/* "20261123T041500.123Z-kvm": only what we made or know is in it. */
static char *
make_stem (const VmmResult *result)
{
  gint64      created = vmm_result_get_created (result);
  const char *vmm_id = vmm_result_get_host (result)->vmm_id;
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (created / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (second, "%Y%m%dT%H%M%S");

  return g_strdup_printf ("%s.%03dZ-%s", text, (int) (created % G_USEC_PER_SEC / 1000),
                          vmm_host_vmm_name (vmm_id) ? vmm_id : "other");
}

/* The id of a file name, or NULL when it is not a run's. */
static char *
get_id (const char *name)
{
  if (!g_str_has_suffix (name, SUFFIX))
    return NULL;
  g_autofree char *id = g_strndup (name, strlen (name) - strlen (SUFFIX));
  return is_id (id) ? g_steal_pointer (&id) : NULL;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Removes what begins with `prefix` and is at least `age_s` old: our files, and what somebody put in
 * the place of one. */
static void
sweep (const VmmStore *store, const char *prefix, gint64 age_s)
{
  g_autoptr (GDir) directory = g_dir_open (store->directory, 0, NULL);
  gint64      now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (directory && (name = g_dir_read_name (directory))) {
    g_autofree char *path = g_build_filename (store->directory, name, NULL);
    GStatBuf         status;
    if (g_str_has_prefix (name, prefix) && g_lstat (path, &status) == 0 &&
        now - status.st_mtime >= age_s)
      g_remove (path);
  }
}

/* ---- Doors */

char *
vmm_store_default_directory (void)
{
  return g_build_filename (g_get_user_data_dir (), "vmm_monitor", "results", NULL);
}

VmmStore *
vmm_store_open (const char *directory)
{
  VmmStore *store = g_new0 (VmmStore, 1);

  store->directory = g_strdup (directory);
  return store;
}

void
vmm_store_free (VmmStore *store)
{
  if (!store)
    return;
  g_free (store->directory);
  g_free (store);
}

const char *
vmm_store_get_directory (const VmmStore *store)
{
  return store->directory;
}

gboolean
vmm_store_check (const VmmStore *store, GError **error)
{
  g_autofree char *path = g_strdup (store->directory);

  while (g_access (path, F_OK) < 0 && errno == ENOENT && !g_str_equal (path, "/")) {
    char *above = g_path_get_dirname (path);
    g_free (path);
    path = above;
  }
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_DIR))
    errno = ENOTDIR;
  else if (g_access (path, W_OK | X_OK) == 0)
    return TRUE;
  int number = errno;
  g_set_error (error, G_FILE_ERROR, (int) g_file_error_from_errno (number), "%s: %s",
               store->directory, vmm_strerror (number));
  return FALSE;
}

GPtrArray *
vmm_store_list_ids (const VmmStore *store, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) directory = g_dir_open (store->directory, 0, &problem);
  const char *name;

  if (!directory && !g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  while (directory && (name = g_dir_read_name (directory))) {
    char *id = get_id (name);
    if (id)
      g_ptr_array_add (ids, id);
  }
  g_ptr_array_sort (ids, compare_names);
  return g_steal_pointer (&ids);
}

char *
vmm_store_get_path (const VmmStore *store, const char *id)
{
  return make_path (store, "", id);
}

/* Whether the stored run `id` is the one with `digest`. Damaged is nobody's; one that cannot be read
 * now (the error is set) may be anybody's. */
static gboolean
is_same_run (const VmmStore *store, const char *id, const char *digest, GError **error)
{
  g_autofree char *path = make_path (store, "", id);
  g_autoptr (GError) problem = NULL;
  g_autoptr (VmmResult) stored = vmm_result_load (path, &problem);
  g_autofree char *text = stored ? vmm_result_to_json (stored) : NULL;
  g_autofree char *found = text ? vmm_result_digest (text) : NULL;

  if (problem && problem->domain == G_FILE_ERROR)
    g_propagate_error (error, g_steal_pointer (&problem));
  return g_strcmp0 (found, digest) == 0;
}

gboolean
vmm_store_make (const VmmStore *store, GError **error)
{
  if (g_mkdir_with_parents (store->directory, 0700) == 0) {
    sweep (store, VMM_SAVE_TEMPORARY, TEMPORARY_AGE_S);
    return TRUE;
  }
  return vmm_save_fail (error, store->directory, VMM_SAID ("the directory cannot be made"));
}

char *
vmm_store_save (VmmStore *store, const VmmResult *result, gboolean *ret_known, GError **error)
{
  if (!check_created (result, error))
    return NULL;
  g_autofree char *text = vmm_result_to_json (result);
  g_autofree char *stem = make_stem (result);
  g_autofree char *digest = vmm_result_digest (text);

  /* What was read compact may be long when laid out. */
  if (!vmm_check_length (strlen (text), stem, error) || !vmm_store_make (store, error))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (digest_lengths); i++) {
    g_autoptr (GError) problem = NULL, unreadable = NULL;
    g_autofree char *id = g_strdup_printf ("%s-%.*s", stem, (int) digest_lengths[i], digest);
    g_autofree char *path = make_path (store, "", id);
    gboolean         saved = vmm_save_bytes (path, text, strlen (text), VMM_SAVE_FRESH, &problem);

    if (saved || is_same_run (store, id, digest, &unreadable)) {
      if (ret_known)
        *ret_known = !saved;
      return g_steal_pointer (&id);
    }
    if (i + 1 == G_N_ELEMENTS (digest_lengths) || unreadable ||
        !g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_EXIST)) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  }
  return NULL;
}

char *
vmm_store_import (VmmStore *store, const char *path, gboolean *ret_known, GError **error)
{
  g_autoptr (VmmResult) result = vmm_result_load (path, error);

  return result ? vmm_store_save (store, result, ret_known, error) : NULL;
}

static gboolean
move (const VmmStore *store, const char *id, const char *from, const char *to, GError **error)
{
  g_autofree char *shown = vmm_json_clean (id, 80);

  if (is_id (id)) {
    g_autofree char *old = make_path (store, from, id);
    g_autofree char *new = make_path (store, to, id);
    /* A directory is somebody else's, and a run's place is never taken; the trash's may be. */
    if (g_file_test (old, G_FILE_TEST_IS_DIR))
      errno = EISDIR;
    else if (vmm_save_rename (old, new, !*to))
      return TRUE;
  } else {
    errno = EINVAL;
  }
  return vmm_save_fail (error, shown, VMM_SAID ("the run cannot be moved"));
}

gboolean
vmm_store_delete (VmmStore *store, const char *id, GError **error)
{
  return move (store, id, "", TRASH, error);
}

gboolean
vmm_store_restore (VmmStore *store, const char *id, GError **error)
{
  return move (store, id, TRASH, "", error);
}

void
vmm_store_purge (VmmStore *store, const char *id)
{
  if (!id)
    sweep (store, TRASH, 0);
  else if (is_id (id)) {
    g_autofree char *path = make_path (store, TRASH, id);
    g_remove (path);
  }
}

gboolean
vmm_store_set_label (VmmStore *store, const char *id, const char *label, GError **error)
{
  g_autofree char *path = is_id (id) ? make_path (store, "", id) : g_strdup ("");
  g_autoptr (VmmResult) old = vmm_result_load (path, error);
  g_autoptr (VmmResult) new = old ? vmm_result_with_label (old, label) : NULL;

  if (!new)
    return FALSE;
  g_autofree char *text = vmm_result_to_json (new);
  return vmm_check_length (strlen (text), id, error) &&
         vmm_save_bytes (path, text, strlen (text), VMM_SAVE_REPLACE, error);
}
