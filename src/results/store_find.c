/* SPDX-License-Identifier: MIT */
/* store_find: which stored run a user's word means. */
#include "result_private.h"

#include "vmm/language.h"
#include "vmm/store.h"

#include <string.h>

#define FUTURE_US (G_TIME_SPAN_DAY) /* clocks of machines differ, by a time zone at most */

gboolean
vmm_store_is_future (gint64 created)
{
  return created > g_get_real_time () + FUTURE_US;
}

/* The newest run that can be read; one from the future, of a machine whose clock was wrong, only where
 * there is no other. */
static char *
find_last (const VmmStore *store, const GPtrArray *ids, GError **error)
{
  const char *future = NULL;

  for (guint i = ids->len; i > 0; i--) {
    g_autofree char *path = vmm_store_get_path (store, ids->pdata[i - 1]);
    g_autoptr (VmmResult) result = vmm_result_load (path, NULL);
    if (result && !vmm_store_is_future (vmm_result_get_created (result)))
      return g_strdup (ids->pdata[i - 1]);
    if (result && !future)
      future = ids->pdata[i - 1];
  }
  if (future)
    return g_strdup (future);
  g_set_error (error, VMM_ERROR, VMM_ERROR_MISSING,
               VMM_SAID ("%s: no run is stored yet: measure first"),
               vmm_store_get_directory (store));
  return NULL;
}

char *
vmm_store_find (const VmmStore *store, const char *name, GError **error)
{
  g_autoptr (GPtrArray) ids = vmm_store_list_ids (store, error);
  g_autofree char *shown = vmm_json_clean (name, 80);
  const char      *found = NULL, *first = NULL;
  guint            matches = 0;

  if (!ids)
    return NULL;
  if (strcmp (name, "last") == 0)
    return find_last (store, ids, error);
  for (guint i = 0; i < ids->len && *name; i++) {
    if (!g_str_has_prefix (ids->pdata[i], name))
      continue;
    found = ids->pdata[i];
    first = first ? first : found;
    matches++;
    if (strcmp (found, name) == 0)
      return g_strdup (found);
  }
  if (matches == 1)
    return g_strdup (found);
  if (matches)
    g_set_error (
        error, VMM_ERROR, VMM_ERROR_RANGE,
        VMM_SAID ("\"%s\" is the beginning of %u stored runs, from %s to %s: give as much of "
                  "the id as only one has"),
        shown, matches, first, found);
  else
    g_set_error (error, VMM_ERROR, VMM_ERROR_MISSING,
                 VMM_SAID ("\"%s\": no stored run begins so, and no such file"), shown);
  return NULL;
}

VmmResult *
vmm_store_load (const VmmStore *store, const char *name, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *id = strchr (name, '/') ? NULL : vmm_store_find (store, name, &problem);
  g_autofree char *path = id ? vmm_store_get_path (store, id) : g_strdup (name);

  if (!id && problem && !g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  return vmm_result_load (path, error);
}
