/* SPDX-License-Identifier: MIT */
/* document: the fleet as JSON, for other programs. */
#include "vmm/fleet.h"
#include "vmm/json.h"

#include <string.h>

#define FORMAT "vmm-monitor-fleet"
#define VERSION 1

/* In UTC, to the second; null for none. */
static void
set_moment (JsonObject *object, const char *member, gint64 us)
{
  g_autoptr (GDateTime) time = us ? g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC) : NULL;
  g_autofree char *text = time ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  vmm_json_set_text_or_null (object, member, text, VMM_FLEET_MAX_LABEL);
}

static JsonObject *
build_guest (const VmmFleetGuest *guest)
{
  JsonObject *object = json_object_new ();

  vmm_json_set_text (object, "guest", guest->guest, VMM_FLEET_MAX_LABEL);
  vmm_json_set_text_or_null (object, "job", guest->job, VMM_FLEET_MAX_LABEL);
  vmm_json_set_text_or_null (object, "host", guest->host, VMM_FLEET_MAX_LABEL);
  vmm_json_set_text_or_null (object, "vmm", guest->vmm, VMM_FLEET_MAX_LABEL);
  vmm_json_set_text_or_null (object, "vmm_version", guest->vmm_version, VMM_FLEET_MAX_LABEL);
  vmm_json_set_text_or_null (object, "cloud", guest->cloud, VMM_FLEET_MAX_LABEL);
  vmm_json_set_text_or_null (object, "instance_type", guest->type, VMM_FLEET_MAX_LABEL);
  vmm_json_set_number (object, "score", guest->score);
  vmm_json_set_number (object, "low", guest->low);
  vmm_json_set_number (object, "high", guest->high);
  vmm_json_set_number (object, "stolen_ratio", guest->stolen);
  vmm_json_set_text_or_null (
      object, "quality", guest->quality < 0 ? NULL : vmm_quality_id ((VmmQuality) guest->quality),
      VMM_FLEET_MAX_LABEL);
  set_moment (object, "heard", guest->heard_us);
  json_object_set_boolean_member (object, "is_heard", guest->is_heard);
  return object;
}

static void
set_noisy (JsonObject *root, const VmmFleet *fleet)
{
  g_autoptr (GArray) noisy = vmm_fleet_find_noisy (fleet);
  JsonArray *array = vmm_json_set_array (root, "noisy_hosts");

  for (guint i = 0; i < noisy->len; i++) {
    const VmmNoisyHost *host = &g_array_index (noisy, VmmNoisyHost, i);
    JsonObject         *object = json_object_new ();
    vmm_json_set_text (object, "host", host->host, VMM_FLEET_MAX_LABEL);
    vmm_json_set_count (object, "suffering", host->suffering);
    vmm_json_set_count (object, "guests", host->guests);
    set_moment (object, "since", host->since_us);
    json_array_add_object_element (array, object);
  }
}

static void
set_points (JsonObject *object, const char *member, const float *points, double factor)
{
  JsonArray *array = vmm_json_set_array (object, member);

  for (guint i = 0; i < VMM_FLEET_POINTS; i++)
    vmm_json_add_number (array, (double) points[i] * factor);
}

static void
set_story (JsonObject *root, const VmmFleetStory *story)
{
  JsonObject *object = vmm_json_set_object (root, "day");

  set_moment (object, "end", story->end_us);
  vmm_json_set_count (object, "step_seconds", VMM_FLEET_DAY_S / VMM_FLEET_POINTS);
  set_points (object, "score", story->score, 1);
  set_points (object, "stolen_ratio", story->stolen, 0.01);
  JsonArray *findings = vmm_json_set_array (object, "findings");
  for (guint i = 0; i < story->findings->len; i++) {
    const VmmFleetFinding *finding = story->findings->pdata[i];
    JsonObject            *one = json_object_new ();
    vmm_json_set_text (one, "id", finding->id, VMM_FLEET_MAX_LABEL);
    vmm_json_set_text (one, "sureness", finding->sureness, VMM_FLEET_MAX_LABEL);
    set_moment (one, "seen", finding->seen_us);
    json_array_add_object_element (findings, one);
  }
}

char *
vmm_fleet_to_json (const VmmFleet *fleet, const char *matching)
{
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_OBJECT);
  JsonObject *root = json_object_new ();

  json_node_take_object (document, root);
  vmm_json_set_text (root, "format", FORMAT, VMM_FLEET_MAX_LABEL);
  vmm_json_set_count (root, "version", VERSION);
  set_moment (root, "time", fleet->now_us);
  json_object_set_boolean_member (root, "is_partial", fleet->is_partial);
  JsonArray *guests = vmm_json_set_array (root, "guests");
  for (guint i = 0; i < fleet->guests->len; i++)
    if (vmm_fleet_matches (fleet->guests->pdata[i], matching))
      json_array_add_object_element (guests, build_guest (fleet->guests->pdata[i]));
  set_noisy (root, fleet);
  if (fleet->story)
    set_story (root, fleet->story);
  return vmm_json_write (document);
}
