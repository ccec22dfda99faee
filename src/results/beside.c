/* SPDX-License-Identifier: MIT */
/* beside: files of a store that are no runs, so called that none is taken for one. */
#include "result_private.h"

char *
vmm_beside_path (const VmmStore *store, const char *name)
{
  return g_build_filename (vmm_store_get_directory (store), name, NULL);
}

gboolean
vmm_beside_load (const VmmStore *store, const char *name, char **ret_bytes, gsize *ret_length,
                 GError **error)
{
  g_autofree char *path = vmm_beside_path (store, name);
  g_autoptr (GError) problem = NULL;

  *ret_bytes = NULL;
  if (vmm_load_bytes (path, ret_bytes, ret_length, &problem) ||
      g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
      g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOTDIR)) /* whoever saves is told */
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

void
vmm_beside_put_away (const VmmStore *store, const char *name, const char *as)
{
  g_autofree char *from = vmm_beside_path (store, name), *to = vmm_beside_path (store, as);

  vmm_save_rename (from, to, FALSE);
}
