/* SPDX-License-Identifier: MIT */
/* skips: windows that were due and not measured, counted for each machine in a file of the store. */
#include "vmm/store.h"

#include "result_private.h"
#include "vmm/language.h"

#define NAME "watch.skipped"
#define DAMAGED "watch.damaged"
#define SINCE "since"
#define MAX_COUNT (G_GUINT64_CONSTANT (1) << 53)

static const char *const ids[VMM_N_SKIPPED] = { "busy", "late" };

const char *
vmm_skipped_id (VmmSkipped why)
{
  g_return_val_if_fail ((guint) why < VMM_N_SKIPPED, NULL);
  return ids[why];
}

/* A machine as a group may be called: what is told of one comes from files, too. */
static char *
make_group (const char *machine)
{
  return g_strcanon (g_strdup (machine), G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "/._-", '_');
}

/* ---- Reading */

/* One group for each machine. No file is an empty one; NULL: it cannot be read now, or with VMM_ERROR_FORMAT it
 * is none. */
static GKeyFile *
load (const VmmStore *store, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *bytes = NULL, *path = vmm_beside_path (store, NAME);
  gsize            length;

  if (!vmm_beside_load (store, NAME, &bytes, &length, error))
    return NULL;
  if (!bytes || length == 0 ||
      g_key_file_load_from_data (file, bytes, length, G_KEY_FILE_NONE, NULL))
    return g_steal_pointer (&file);
  g_set_error (error, VMM_ERROR, VMM_ERROR_FORMAT,
               VMM_SAID ("%s: this is not what vmm_monitor counts of skipped measurements"), path);
  return NULL;
}

/* What is missing, or is no count, is 0. */
static guint64
get_count (GKeyFile *file, const char *group, const char *key)
{
  guint64 count = g_key_file_get_uint64 (file, group, key, NULL);

  return count <= MAX_COUNT ? count : 0;
}

static void
add_group (GKeyFile *file, const char *group, VmmSkips *skips)
{
  gint64 since_us = (gint64) get_count (file, group, SINCE);

  for (guint i = 0; i < VMM_N_SKIPPED; i++)
    skips->counts[i] += get_count (file, group, ids[i]);
  if (since_us && (!skips->since_us || since_us < skips->since_us))
    skips->since_us = since_us;
}

gboolean
vmm_store_load_skips (const VmmStore *store, const char *machine, VmmSkips *ret_skips,
                      GError **error)
{
  g_autoptr (GKeyFile) file = load (store, error);
  g_autofree char *own = make_group (machine);
  g_auto (GStrv) groups = file ? g_key_file_get_groups (file, NULL) : NULL;

  *ret_skips = (VmmSkips){ 0 };
  for (guint i = 0; groups && groups[i]; i++)
    if (vmm_store_is_machine (groups[i], own))
      add_group (file, groups[i], ret_skips);
  return file != NULL;
}

/* ---- Counting */

static gboolean
save (const VmmStore *store, GKeyFile *file, GError **error)
{
  g_autofree char *path = vmm_beside_path (store, NAME);
  gsize            length;
  g_autofree char *text = g_key_file_to_data (file, &length, NULL);

  return vmm_store_make (store, error) &&
         vmm_save_bytes (path, text, length, VMM_SAVE_REPLACE, error);
}

gboolean
vmm_store_add_skip (VmmStore *store, const char *machine, VmmSkipped why, gint64 wall_us,
                    GError **error)
{
  g_autofree char *group = make_group (machine);
  g_autoptr (GError) problem = NULL;
  g_autoptr (GKeyFile) file = load (store, &problem);
  gboolean is_damaged = g_error_matches (problem, VMM_ERROR, VMM_ERROR_FORMAT);

  if (is_damaged) {
    vmm_beside_put_away (store, NAME, DAMAGED);
    file = g_key_file_new ();
  }
  if (file) {
    g_key_file_set_uint64 (file, group, ids[why], get_count (file, group, ids[why]) + 1);
    if (!get_count (file, group, SINCE))
      g_key_file_set_int64 (file, group, SINCE, wall_us);
    if (!save (store, file, error))
      return FALSE;
  }
  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return file && !is_damaged;
}
