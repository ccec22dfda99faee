/* SPDX-License-Identifier: MIT */
/* host_json: the host object of a result document, there and back. */
#include "result_private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_CPUS 65536
#define MAX_MEMORY_BYTES (1ull << 52)

static const char *const natures[] = { NC_ ("nature", "paravirtual"), NC_ ("nature", "emulated"),
                                       NC_ ("nature", "physical"), NC_ ("nature", "unknown") };

static void
build_identity (const VmmHost *host, JsonObject *object)
{
  JsonObject *vmm = vmm_json_set_object (object, "vmm");
  JsonArray  *evidence;

  vmm_json_set_text (vmm, "id", host->vmm_id, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (vmm, "name", host->vmm_name, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (vmm, "version", host->vmm_version, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (vmm, "interface", host->interface, VMM_RESULT_MAX_TEXT);
  evidence = vmm_json_set_array (vmm, "evidence");
  for (guint i = 0; host->evidence && host->evidence[i] && i < VMM_RESULT_MAX_LINES; i++) {
    g_autofree char *line = vmm_json_clean (host->evidence[i], VMM_RESULT_MAX_TEXT);
    json_array_add_string_element (evidence, line);
  }
  vmm_json_set_text (vmm_json_set_object (object, "cloud"), "id", host->cloud_id,
                     VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (object, "container", host->container, VMM_RESULT_MAX_TEXT);
}

static void
build_machine (const VmmHost *host, JsonObject *object)
{
  vmm_json_set_text_or_null (object, "cpu_model", host->cpu_model, VMM_RESULT_MAX_TEXT);
  if (host->cpus)
    vmm_json_set_count (object, "cpus", host->cpus);
  else
    json_object_set_null_member (object, "cpus");
  if (host->memory_bytes)
    vmm_json_set_count (object, "memory_bytes", host->memory_bytes);
  else
    json_object_set_null_member (object, "memory_bytes");
  vmm_json_set_text_or_null (object, "kernel", host->kernel, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "clocksource", host->clocksource, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "mitigations", host->mitigations, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "modules", host->modules, VMM_RESULT_MAX_REASON);
  vmm_json_set_text_or_null (object, "cpu_flags", host->cpu_flags, VMM_RESULT_MAX_FLAGS);
}

static void
build_devices (const VmmHost *host, JsonObject *object)
{
  JsonArray *devices = vmm_json_set_array (object, "devices");

  for (guint i = 0; i < MIN (host->n_devices, VMM_RESULT_MAX_DEVICES); i++) {
    const VmmDevice *device = &host->devices[i];
    JsonObject      *row = json_object_new ();

    vmm_json_set_text (row, "name", device->name, VMM_RESULT_MAX_TEXT);
    vmm_json_set_text (row, "kind", device->kind, VMM_RESULT_MAX_TEXT);
    vmm_json_set_text_or_null (row, "driver", device->driver, VMM_RESULT_MAX_TEXT);
    vmm_json_set_text (row, "nature", device->nature, VMM_RESULT_MAX_TEXT);
    json_array_add_object_element (devices, row);
  }
}

void
vmm_host_build_json (const VmmHost *host, JsonObject *object)
{
  build_identity (host, object);
  build_machine (host, object);
  build_devices (host, object);
  if (host->steal == VMM_STEAL_UNKNOWN)
    json_object_set_null_member (object, "steal_reported");
  else
    json_object_set_boolean_member (object, "steal_reported", host->steal == VMM_STEAL_REPORTED);
  vmm_json_set_text (object, "steal_reason", host->steal_reason, VMM_RESULT_MAX_REASON);
}

/* The texts stay the document's; only the list is new. */
static const char **
read_evidence (const VmmJsonPlace *vmm)
{
  JsonArray   *lines = vmm_json_array (vmm, "evidence", VMM_RESULT_MAX_LINES);
  guint        n = lines ? json_array_get_length (lines) : 0;
  const char **evidence = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    evidence[i] = vmm_json_text_element (vmm, "evidence", lines, i, VMM_RESULT_MAX_TEXT);
  return evidence;
}

static const char *
get_nature (guint i)
{
  return natures[i];
}

static VmmDevice *
read_devices (const VmmJsonPlace *place, guint *ret_n)
{
  JsonArray *rows = vmm_json_array (place, "devices", VMM_RESULT_MAX_DEVICES);
  guint      n = rows ? json_array_get_length (rows) : 0;
  VmmDevice *devices = g_new0 (VmmDevice, n + 1);

  for (guint i = 0; i < n; i++) {
    VmmJsonPlace row = vmm_json_enter_element (place, "devices", rows, i);
    devices[i].name = vmm_json_text (&row, "name", VMM_RESULT_MAX_TEXT);
    devices[i].kind = vmm_json_text (&row, "kind", VMM_RESULT_MAX_TEXT);
    devices[i].driver = vmm_json_text_or_null (&row, "driver", VMM_RESULT_MAX_TEXT);
    devices[i].nature =
        natures[vmm_json_choice (&row, "nature", G_N_ELEMENTS (natures), get_nature)];
  }
  *ret_n = n;
  return devices;
}

static VmmSteal
read_steal (const VmmJsonPlace *place)
{
  if (vmm_json_is_null (place, "steal_reported"))
    return VMM_STEAL_UNKNOWN;
  return vmm_json_boolean (place, "steal_reported") ? VMM_STEAL_REPORTED : VMM_STEAL_NOT_REPORTED;
}

VmmHost *
vmm_host_read_json (const VmmJsonPlace *place)
{
  VmmJsonPlace            vmm = vmm_json_enter (place, "vmm");
  VmmJsonPlace            cloud = vmm_json_enter (place, "cloud");
  g_autofree const char **evidence = read_evidence (&vmm);
  g_autofree VmmDevice   *devices = NULL;
  VmmHost                 fields = { 0 };

  fields.vmm_id = vmm_json_text (&vmm, "id", VMM_RESULT_MAX_TEXT);
  fields.vmm_name = vmm_json_text (&vmm, "name", VMM_RESULT_MAX_TEXT);
  fields.vmm_version = vmm_json_text_or_null (&vmm, "version", VMM_RESULT_MAX_TEXT);
  fields.interface = vmm_json_text_or_null (&vmm, "interface", VMM_RESULT_MAX_TEXT);
  fields.evidence = evidence;
  fields.cloud_id = vmm_json_text (&cloud, "id", VMM_RESULT_MAX_TEXT);
  fields.container = vmm_json_text (place, "container", VMM_RESULT_MAX_TEXT);
  fields.cpu_model = vmm_json_text_or_null (place, "cpu_model", VMM_RESULT_MAX_TEXT);
  fields.cpus = (guint) vmm_json_count_or_null (place, "cpus", MAX_CPUS);
  fields.memory_bytes = vmm_json_count_or_null (place, "memory_bytes", MAX_MEMORY_BYTES);
  fields.kernel = vmm_json_text_or_null (place, "kernel", VMM_RESULT_MAX_TEXT);
  fields.clocksource = vmm_json_text_or_null (place, "clocksource", VMM_RESULT_MAX_TEXT);
  fields.mitigations = vmm_json_text_or_null (place, "mitigations", VMM_RESULT_MAX_TEXT);
  fields.modules = vmm_json_text_or_null (place, "modules", VMM_RESULT_MAX_REASON);
  fields.cpu_flags = vmm_json_text_or_null (place, "cpu_flags", VMM_RESULT_MAX_FLAGS);
  devices = read_devices (place, &fields.n_devices);
  fields.devices = devices;
  fields.steal = read_steal (place);
  fields.steal_reason = vmm_json_text (place, "steal_reason", VMM_RESULT_MAX_REASON);
  return *place->error ? NULL : vmm_host_copy (&fields);
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
