/* SPDX-License-Identifier: MIT */
/* result_build: the document of a measured result, member by member. */
#include "result_private.h"

#include <math.h>

static void
build_plan (const VmmPlan *plan, JsonObject *root)
{
  JsonObject      *object = vmm_json_set_object (root, "plan");
  g_autofree char *seed = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", plan->seed);

  vmm_json_set_count (object, "duration_s", plan->duration_s);
  vmm_json_set_count (object, "interval_ms", plan->interval_ms);
  /* FALSE marks a run that is not the one the score is defined for. */
  json_object_set_boolean_member (object, "standard", vmm_plan_is_standard (plan));
  json_object_set_boolean_member (object, "probes", plan->probes);
  vmm_json_set_text_or_null (object, "ping_target", plan->ping_target, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "sysroot", plan->sysroot, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (object, "scratch_dir", plan->scratch_dir, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (object, "seed", seed, VMM_RESULT_MAX_TEXT);
}

static void
build_ping (const VmmPingInfo *info, JsonObject *window)
{
  JsonObject *ping = vmm_json_set_object (window, "ping");

  vmm_json_set_text (ping, "method", vmm_ping_method_id (info->method), VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (ping, "kind", vmm_target_kind_id (info->kind), VMM_RESULT_MAX_TEXT);
  vmm_json_set_text_or_null (ping, "address", info->address, sizeof info->address - 1);
  vmm_json_set_text (ping, "stamps", vmm_stamps_id (info->stamps), VMM_RESULT_MAX_TEXT);
}

static void
build_probing (const VmmProbesInfo *info, JsonObject *window)
{
  JsonObject *probing = vmm_json_set_object (window, "probing");

  vmm_json_set_text_or_null (probing, "scratch_dir", info->scratch_dir, VMM_RESULT_MAX_TEXT);
  json_object_set_boolean_member (probing, "direct", info->direct);
  json_object_set_boolean_member (probing, "own_load_removed", info->own_load_removed);
  vmm_json_set_count (probing, "buffer_bytes", info->buffer_bytes);
  vmm_json_set_number (probing, "cpu_seconds", info->cpu_seconds);
  vmm_json_set_count (probing, "read_bytes", info->read_bytes);
  vmm_json_set_count (probing, "written_bytes", info->written_bytes);
  vmm_json_set_count (probing, "rounds", info->rounds);
}

static void
build_window (const VmmResult *result, JsonObject *root)
{
  JsonObject      *window = vmm_json_set_object (root, "window");
  const VmmScore  *score = &result->score;
  const GPtrArray *lines = score->reasons;
  JsonArray       *reasons;

  vmm_json_set_text (window, "quality", vmm_quality_id (score->quality), VMM_RESULT_MAX_TEXT);
  reasons = vmm_json_set_array (window, "reasons");
  for (guint i = 0; lines && i < MIN (lines->len, VMM_RESULT_MAX_LINES); i++) {
    g_autofree char *line = vmm_json_clean (lines->pdata[i], VMM_RESULT_MAX_REASON);
    json_array_add_string_element (reasons, line);
  }
  vmm_json_set_number (window, "own_busy_percent", score->own_busy_percent);
  vmm_json_set_count (window, "ticks", result->ticks);
  vmm_json_set_count (window, "missed", result->missed);
  vmm_json_set_number (window, "self_cpu_percent", result->self_cpu_percent);
  vmm_json_set_count (window, "peak_rss_bytes", result->peak_rss_bytes);
  build_ping (&result->ping, window);
  build_probing (&result->probes, window);
}

static void
build_score (const VmmScore *score, JsonObject *root)
{
  JsonObject *object = vmm_json_set_object (root, "score");
  JsonObject *categories;

  vmm_json_set_count (object, "version", score->version);
  vmm_json_set_number (object, "total", score->total.value);
  vmm_json_set_number (object, "low", score->total.low);
  vmm_json_set_number (object, "high", score->total.high);
  vmm_json_set_text_or_null (object, "reason", score->total.reason, VMM_RESULT_MAX_REASON);
  categories = vmm_json_set_object (object, "categories");
  for (guint i = 0; i < VMM_N_CATEGORIES; i++) {
    const VmmScoreValue *value = &score->categories[i];
    JsonObject          *category = vmm_json_set_object (categories, vmm_metric_id ((VmmMetric) i));

    vmm_json_set_number (category, "value", value->value);
    vmm_json_set_number (category, "low", value->low);
    vmm_json_set_number (category, "high", value->high);
    vmm_json_set_text_or_null (category, "reason", value->reason, VMM_RESULT_MAX_REASON);
  }
}

static void
build_probes (const VmmScore *score, JsonObject *root)
{
  JsonObject        *object = vmm_json_set_object (root, "probes");
  guint              n;
  const VmmScoreRow *table = vmm_score_table (&n);

  for (guint i = 0; i < n; i++) {
    const VmmScoreProbe *value = &score->probes[i];
    JsonObject          *probe = vmm_json_set_object (object, table[i].name);

    vmm_json_set_number (probe, "value", value->value);
    vmm_json_set_text (probe, "unit", vmm_channel (table[i].channel)->unit, VMM_RESULT_MAX_TEXT);
    vmm_json_set_number (probe, "ratio", value->ratio);
    vmm_json_set_count (probe, "seconds", value->seconds);
    json_object_set_boolean_member (probe, "scored", value->scored);
    vmm_json_set_text_or_null (probe, "reason", value->reason, VMM_RESULT_MAX_REASON);
  }
}

static void
build_summaries (const VmmResult *result, JsonObject *root)
{
  JsonObject *object = vmm_json_set_object (root, "summary");

  for (guint i = 0; i < VMM_N_CHANNELS; i++) {
    const VmmChannel *channel = vmm_channel ((VmmChannelId) i);
    const VmmSummary *summary = &result->summaries[i];
    JsonObject       *row = vmm_json_set_object (object, channel->id);

    vmm_json_set_text (row, "unit", channel->unit, VMM_RESULT_MAX_TEXT);
    vmm_json_set_number (row, "mean", summary->mean);
    vmm_json_set_number (row, "median", summary->median);
    vmm_json_set_number (row, "p95", summary->p95);
    vmm_json_set_number (row, "max", summary->max);
    vmm_json_set_count (row, "present", summary->present);
    vmm_json_set_count (row, "missing", summary->missing);
    vmm_json_set_text_or_null (row, "reason", result->reasons[i], VMM_RESULT_MAX_REASON);
  }
}

char *
vmm_json_time (gint64 time_us)
{
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autofree char *text = second ? g_date_time_format (second, "%Y-%m-%dT%H:%M:%S") : NULL;

  return g_strdup_printf ("%s.%06dZ", text ? text : "1970-01-01T00:00:00",
                          (int) (time_us % G_USEC_PER_SEC));
}

JsonNode *
vmm_result_build_document (const VmmResult *result, guint fold)
{
  JsonNode        *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject      *root = json_object_new ();
  g_autofree char *created = vmm_json_time (result->created);

  json_node_take_object (node, root);
  json_object_set_string_member (root, "format", VMM_RESULT_FORMAT);
  json_object_set_int_member (root, "version", VMM_RESULT_VERSION);
  json_object_set_string_member (root, "created", created);
  vmm_json_set_text (root, "label", result->label, VMM_RESULT_MAX_TEXT);
  vmm_json_set_text (root, "program", result->program, VMM_RESULT_MAX_TEXT);
  build_plan (&result->plan, root);
  vmm_host_build_json (result->host, vmm_json_set_object (root, "host"));
  build_window (result, root);
  build_score (&result->score, root);
  build_probes (&result->score, root);
  build_summaries (result, root);
  vmm_series_build_json (result, root, fold);
  return node;
}
