/* SPDX-License-Identifier: MIT */
/* store_list: every stored run in a line, damaged ones with what is wrong. */
#include "result_private.h"

#include "store_index.h"
#include "vmm/language.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define KEPT 3 /* parts of a machine before its id */

char *
vmm_store_machine (const VmmHost *host)
{
  return g_strjoin ("/", host->vmm_id, host->cloud_id, host->container,
                    *host->machine_id ? host->machine_id : NULL, NULL);
}

/* Behind what it keeps: its id, or NULL. */
static const char *
find_id (const char *machine)
{
  for (guint i = 0; machine && i < KEPT; i++)
    machine = strchr (machine + (i > 0), '/');
  return machine ? machine + 1 : NULL;
}

gboolean
vmm_store_is_machine (const char *machine, const char *other)
{
  const char *id = find_id (machine), *other_id = find_id (other);
  gsize       length = id ? (gsize) (id - machine) - 1 : strlen (machine);
  gsize       other_length = other_id ? (gsize) (other_id - other) - 1 : strlen (other);

  if (id && other_id)
    return g_str_equal (id, other_id);
  return length == other_length && strncmp (machine, other, length) == 0;
}

VmmStoreEntry *
vmm_store_read_entry (const VmmStore *store, const char *id)
{
  VmmStoreEntry   *entry = g_new0 (VmmStoreEntry, 1);
  g_autofree char *path = vmm_store_get_path (store, id);
  g_autoptr (GError) error = NULL;
  g_autoptr (VmmResult) result = vmm_result_load (path, &error);
  const VmmHost  *host = result ? vmm_result_get_host (result) : NULL;
  const VmmScore *score = result ? vmm_result_get_score (result) : NULL;

  entry->id = g_strdup (id);
  entry->damage = error ? g_strdup (error->message) : NULL;
  entry->created = result ? vmm_result_get_created (result) : 0;
  entry->label = g_strdup (result ? vmm_result_get_label (result) : "");
  entry->vmm_id = g_strdup (host ? host->vmm_id : "");
  entry->vmm_name = g_strdup (host ? host->vmm_name : "");
  entry->instance_type = g_strdup (host ? host->instance_type : "");
  entry->zone = g_strdup (host ? host->zone : "");
  entry->machine = host ? vmm_store_machine (host) : g_strdup ("");
  entry->version = score ? score->version : 0;
  entry->light = result && vmm_result_get_plan (result)->light;
  entry->quality = score ? score->quality : VMM_QUALITY_INVALID;
  entry->passive = result && !vmm_result_get_plan (result)->probes;
  entry->total = score ? score->total.value : NAN;
  entry->low = score ? score->total.low : NAN;
  entry->high = score ? score->total.high : NAN;
  for (guint i = 0; i < VMM_N_CATEGORIES; i++)
    entry->categories[i] = score ? score->categories[i].value : NAN;
  return entry;
}

GPtrArray *
vmm_store_list (const VmmStore *store, GError **error)
{
  g_autoptr (GPtrArray) ids = vmm_store_list_ids (store, error);

  if (!ids)
    return NULL;
  GPtrArray *entries = g_ptr_array_new_full (ids->len, (GDestroyNotify) vmm_store_entry_free);
  g_autofree VmmFileKey *keys = g_new (VmmFileKey, ids->len + 1);
  VmmStoreIndex         *index = vmm_store_index_open (store);
  for (guint i = 0; i < ids->len; i++) {
    VmmStoreEntry *entry = vmm_store_index_take (index, ids->pdata[i], &keys[i]);
    g_ptr_array_add (entries, entry ? entry : vmm_store_read_entry (store, ids->pdata[i]));
  }
  vmm_store_index_close (index, entries, keys, g_get_real_time ());
  return entries;
}

void
vmm_store_entry_free (VmmStoreEntry *entry)
{
  if (!entry)
    return;
  g_free (entry->id);
  g_free (entry->damage);
  g_free (entry->label);
  g_free (entry->vmm_id);
  g_free (entry->vmm_name);
  g_free (entry->instance_type);
  g_free (entry->zone);
  g_free (entry->machine);
  g_free (entry);
}

static void
build_entry (const VmmStoreEntry *entry, JsonObject *object)
{
  g_autofree char *created = vmm_json_time (entry->created);
  JsonObject      *categories;

  vmm_json_set_text (object, "id", entry->id, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "damage", entry->damage, VMM_RESULT_MAX_REASON);
  if (entry->damage)
    return;
  json_object_set_string_member (object, "created", created);
  vmm_json_set_text (object, "label", entry->label, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (object, "vmm", entry->vmm_id, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (object, "vmm_name", entry->vmm_name, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "instance_type", entry->instance_type, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "zone", entry->zone, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (object, "quality", vmm_quality_id (entry->quality), VMM_RESULT_MAX_TEXT);
  json_object_set_boolean_member (object, "passive", entry->passive);
  vmm_json_set_number (object, "total", entry->total);
  vmm_json_set_number (object, "low", entry->low);
  vmm_json_set_number (object, "high", entry->high);
  categories = vmm_json_set_object (object, "categories");
  for (guint i = 0; i < VMM_N_CATEGORIES; i++)
    vmm_json_set_number (categories, vmm_category ((VmmCategory) i)->id, entry->categories[i]);
}

char *
vmm_store_list_to_json (const GPtrArray *entries)
{
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_ARRAY);
  JsonArray *rows = json_array_new ();

  json_node_take_array (document, rows);
  for (guint i = 0; i < entries->len; i++) {
    JsonObject *row = json_object_new ();
    build_entry (entries->pdata[i], row);
    json_array_add_object_element (rows, row);
  }
  return vmm_json_write (document);
}
