/* SPDX-License-Identifier: MIT */
/* host_json: the host object of a result document, there and back, by the table of facts. */
#include "result_private.h"

#include "members.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *
get_nature (guint i)
{
  static const char *const natures[] = { NC_ ("nature", "paravirtual"),
                                         NC_ ("nature", "emulated"),
                                         NC_ ("nature", "physical"),
                                         NC_ ("nature", "unknown"),
                                         NC_ ("nature", "virtual function"),
                                         "vGPU",
                                         "MIG" };

  return natures[i];
}

#define N_NATURES 7
#define MAX_QUEUES 4096

/* clang-format off */
static const VmmMember device_members[] = {
  { "name",   VMM_MEMBER_TEXT,         AT (VmmDevice, name),   VMM_RESULT_MAX_TEXT },
  { "kind",   VMM_MEMBER_TEXT,         AT (VmmDevice, kind),   VMM_RESULT_MAX_TEXT },
  { "driver", VMM_MEMBER_TEXT_OR_NULL, AT (VmmDevice, driver), VMM_RESULT_MAX_TEXT },
  { "nature", VMM_MEMBER_WORD,         AT (VmmDevice, nature), N_NATURES, get_nature },
  { "model",  VMM_MEMBER_TEXT_OR_NULL, AT (VmmDevice, model),  VMM_RESULT_MAX_TEXT, .is_late = TRUE },
  { "accelerated", VMM_MEMBER_MAYBE, AT (VmmDevice, acceleration), 0, .is_late = TRUE },
  { "accelerated_reason", VMM_MEMBER_TEXT_OR_NULL, AT (VmmDevice, acceleration_reason), VMM_RESULT_MAX_REASON, .is_late = TRUE },
  { "queues", VMM_MEMBER_COUNT_OR_NULL, AT (VmmDevice, queues), MAX_QUEUES, .is_late = TRUE },
};
/* clang-format on */

static void
build_devices (const VmmHost *host, JsonObject *object)
{
  JsonArray *devices = vmm_json_set_array (object, "devices");

  for (guint i = 0; i < MIN (host->n_devices, VMM_RESULT_MAX_DEVICES); i++) {
    JsonObject *row = json_object_new ();
    VMM_MEMBERS_BUILD (device_members, &host->devices[i], row);
    json_array_add_object_element (devices, row);
  }
}

/* The object that a fact is in, which may have begun with an earlier fact. */
static JsonObject *
open_group (const VmmHostFact *fact, JsonObject *object)
{
  if (!fact->group)
    return object;
  if (json_object_has_member (object, fact->group))
    return json_object_get_object_member (object, fact->group);
  return vmm_json_set_object (object, fact->group);
}

void
vmm_host_build_json (const VmmHost *host, JsonObject *object)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);

  for (guint i = 0; i < n; i++)
    if (facts[i].member.kind == VMM_MEMBER_ROWS)
      build_devices (host, object);
    else
      vmm_member_build (&facts[i].member, host, open_group (&facts[i], object));
}

static VmmDevice *
read_devices (const VmmJsonPlace *place, guint *ret_n)
{
  JsonArray *rows = vmm_json_array (place, "devices", VMM_RESULT_MAX_DEVICES);
  guint      n = rows ? json_array_get_length (rows) : 0;
  VmmDevice *devices = g_new0 (VmmDevice, n + 1);

  for (guint i = 0; i < n; i++) {
    VmmJsonPlace row = vmm_json_enter_element (place, "devices", rows, i);
    VMM_MEMBERS_READ (device_members, &devices[i], &row);
  }
  *ret_n = n;
  return devices;
}

static void
read_fact (VmmHost *fields, const VmmHostFact *fact, const VmmJsonPlace *place)
{
  VmmJsonPlace group = *place;

  if (fact->group && fact->member.is_late && !vmm_json_has (place, fact->group))
    return;
  if (fact->group)
    group = vmm_json_enter (place, fact->group);
  if (fact->member.kind == VMM_MEMBER_ROWS) {
    g_free ((gpointer) fields->devices);
    fields->devices = read_devices (&group, &fields->n_devices);
  } else
    vmm_member_read (&fact->member, fields, &group);
}

VmmHost *
vmm_host_read_json (const VmmJsonPlace *place)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);
  VmmHost            fields = { 0 }, *host;

  for (guint i = 0; i < n; i++)
    read_fact (&fields, &facts[i], place);
  host = *place->error ? NULL : vmm_host_copy (&fields);
  /* The texts are the document's; only the lists are new. */
  g_free ((gpointer) fields.evidence);
  g_free ((gpointer) fields.devices);
  return host;
}

char *
vmm_host_to_json (const VmmHost *host, const VmmMeasurable *rows, guint n)
{
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *measurable;

  json_node_take_object (document, object);
  vmm_host_build_json (host, object);
  measurable = vmm_json_set_object (object, "measurable");
  for (guint i = 0; i < n; i++) {
    JsonObject *row = vmm_json_set_object (measurable, rows[i].id);
    json_object_set_boolean_member (row, "measurable", rows[i].measurable);
    vmm_json_set_text_or_null (row, "reason", rows[i].reason, VMM_RESULT_MAX_REASON);
    vmm_json_set_text_or_null (row, "remedy", rows[i].remedy, VMM_RESULT_MAX_REASON);
  }
  return vmm_json_write (document);
}
