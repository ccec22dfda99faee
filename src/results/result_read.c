/* SPDX-License-Identifier: MIT */
/* result_read: a result from a parsed document, every member checked before it is believed. */
#include "result_private.h"

#include "vmm/language.h"

#include <math.h>
#include <string.h>

#define MAX_SCORE 1e6
#define MAX_RATIO 1001.0
#define MAX_VALUE 1e15
#define MAX_BYTES (1ull << 52)
#define MAX_COUNT 1000000000ull

static void
read_created (VmmResult *result, const VmmJsonPlace *root)
{
  const char *text = vmm_json_text (root, "created", 64);
  g_autoptr (GDateTime) created = g_date_time_new_from_iso8601 (text, NULL);

  if (!created || g_date_time_to_unix (created) < 0) {
    vmm_json_complain (root, "created",
                       VMM_SAID ("a time like 2026-01-31T23:59:59.000000Z was expected"));
    return;
  }
  result->created =
      g_date_time_to_unix (created) * G_USEC_PER_SEC + g_date_time_get_microsecond (created);
}

static char *
read_optional (const VmmJsonPlace *place, const char *member, gsize max)
{
  const char *text = vmm_json_text_or_null (place, member, max);

  return *text ? g_strdup (text) : NULL;
}

static void
read_plan (VmmPlan *plan, const VmmJsonPlace *root)
{
  VmmJsonPlace place = vmm_json_enter (root, "plan");

  plan->duration_s = (guint) vmm_json_count (&place, "duration_s", VMM_PLAN_DURATION_MIN_S,
                                             VMM_PLAN_DURATION_MAX_S);
  plan->interval_ms = (guint) vmm_json_count (&place, "interval_ms", VMM_PLAN_INTERVAL_MIN_MS,
                                              VMM_PLAN_INTERVAL_MAX_MS);
  plan->probes = vmm_json_boolean (&place, "probes");
  plan->ping_target = read_optional (&place, "ping_target", VMM_RESULT_MAX_TEXT);
  plan->sysroot = read_optional (&place, "sysroot", VMM_RESULT_MAX_TEXT);
  plan->scratch_dir = read_optional (&place, "scratch_dir", VMM_RESULT_MAX_TEXT);
  plan->seed = g_ascii_strtoull (vmm_json_text (&place, "seed", 16), NULL, 16);
}

static const char *
get_method (guint i)
{
  return vmm_ping_method_id ((VmmPingMethod) i);
}

static const char *
get_kind (guint i)
{
  return vmm_target_kind_id ((VmmTargetKind) i);
}

static const char *
get_stamps (guint i)
{
  return vmm_stamps_id ((VmmStamps) i);
}

static const char *
get_quality (guint i)
{
  return vmm_quality_id ((VmmQuality) i);
}

static void
read_ping (VmmPingInfo *info, const VmmJsonPlace *window)
{
  VmmJsonPlace place = vmm_json_enter (window, "ping");

  info->method = (VmmPingMethod) vmm_json_choice (&place, "method", VMM_PING_TCP + 1, get_method);
  info->kind = (VmmTargetKind) vmm_json_choice (&place, "kind", VMM_N_TARGET_KINDS, get_kind);
  info->stamps = (VmmStamps) vmm_json_choice (&place, "stamps", VMM_STAMPS_KERNEL + 1, get_stamps);
  g_strlcpy (info->address, vmm_json_text_or_null (&place, "address", sizeof info->address - 1),
             sizeof info->address);
}

static void
read_probing (VmmProbesInfo *info, const VmmJsonPlace *window)
{
  VmmJsonPlace place = vmm_json_enter (window, "probing");

  info->scratch_dir = read_optional (&place, "scratch_dir", VMM_RESULT_MAX_TEXT);
  info->direct = vmm_json_boolean (&place, "direct");
  info->own_load_removed = vmm_json_boolean (&place, "own_load_removed");
  info->buffer_bytes = vmm_json_count (&place, "buffer_bytes", 0, MAX_BYTES);
  info->cpu_seconds = vmm_json_number (&place, "cpu_seconds", 0, MAX_VALUE);
  info->read_bytes = vmm_json_count (&place, "read_bytes", 0, MAX_BYTES);
  info->written_bytes = vmm_json_count (&place, "written_bytes", 0, MAX_BYTES);
  info->rounds = (guint) vmm_json_count (&place, "rounds", 0, MAX_COUNT);
}

static void
read_window (VmmResult *result, const VmmJsonPlace *root)
{
  VmmJsonPlace place = vmm_json_enter (root, "window");
  VmmScore    *score = &result->score;
  JsonArray   *lines = vmm_json_array (&place, "reasons", VMM_RESULT_MAX_LINES);

  score->quality =
      (VmmQuality) vmm_json_choice (&place, "quality", VMM_QUALITY_INVALID + 1, get_quality);
  for (guint i = 0; lines && i < json_array_get_length (lines); i++)
    g_ptr_array_add (score->reasons, g_strdup (vmm_json_text_element (&place, "reasons", lines, i,
                                                                      VMM_RESULT_MAX_REASON)));
  score->own_busy_percent = vmm_json_number_or_null (&place, "own_busy_percent", -100, 100);
  result->ticks = (guint) vmm_json_count (&place, "ticks", 0, MAX_COUNT);
  result->missed = (guint) vmm_json_count (&place, "missed", 0, MAX_COUNT);
  result->self_cpu_percent = vmm_json_number_or_null (&place, "self_cpu_percent", 0, 1e6);
  result->peak_rss_bytes = vmm_json_count (&place, "peak_rss_bytes", 0, MAX_BYTES);
  read_ping (&result->ping, &place);
  read_probing (&result->probes, &place);
}

/* A value and its interval: all three there and in order, or all three null. */
static void
read_score_value (VmmScoreValue *score, const VmmJsonPlace *place, const char *member)
{
  score->value = vmm_json_number_or_null (place, member, 0, MAX_SCORE);
  score->low = vmm_json_number_or_null (place, "low", 0, MAX_SCORE);
  score->high = vmm_json_number_or_null (place, "high", 0, MAX_SCORE);
  score->reason = read_optional (place, "reason", VMM_RESULT_MAX_REASON);
  if (isnan (score->value) && isnan (score->low) && isnan (score->high))
    return;
  if (!(score->low <= score->value && score->value <= score->high))
    vmm_json_complain (place, member, VMM_SAID ("low <= %s <= high was expected"), member);
}

static void
read_score (VmmScore *score, const VmmJsonPlace *root)
{
  VmmJsonPlace place = vmm_json_enter (root, "score");
  VmmJsonPlace categories = vmm_json_enter (&place, "categories");

  score->version = (guint) vmm_json_count (&place, "version", 1, MAX_COUNT);
  read_score_value (&score->total, &place, "total");
  for (guint i = 0; i < VMM_N_CATEGORIES; i++) {
    VmmJsonPlace category = vmm_json_enter (&categories, vmm_metric_id ((VmmMetric) i));
    read_score_value (&score->categories[i], &category, "value");
  }
}

static void
check_unit (const VmmJsonPlace *place, VmmChannelId channel)
{
  const char *unit = vmm_channel (channel)->unit;

  if (strcmp (vmm_json_text (place, "unit", VMM_RESULT_MAX_TEXT), unit) != 0)
    vmm_json_complain (place, "unit", VMM_SAID ("\"%s\" was expected"), unit);
}

/* A probe or channel that the document's writer did not know is absent, not wrong. */
static void
read_probe (VmmScoreProbe *probe, const VmmJsonPlace *probes, const VmmScoreRow *row)
{
  probe->value = probe->ratio = NAN;
  if (!vmm_json_has (probes, row->name)) {
    probe->reason = g_strdup (VMM_SAID ("not recorded in this result"));
    return;
  }
  VmmJsonPlace place = vmm_json_enter (probes, row->name);
  check_unit (&place, row->channel);
  probe->value = vmm_json_number_or_null (&place, "value", 0, MAX_VALUE);
  probe->ratio = vmm_json_number_or_null (&place, "ratio", 0, MAX_RATIO);
  probe->seconds = (guint) vmm_json_count (&place, "seconds", 0, MAX_COUNT);
  probe->scored = vmm_json_boolean (&place, "scored");
  probe->reason = read_optional (&place, "reason", VMM_RESULT_MAX_REASON);
}

static void
read_probes (VmmScore *score, const VmmJsonPlace *root)
{
  VmmJsonPlace       place = vmm_json_enter (root, "probes");
  guint              n;
  const VmmScoreRow *table = vmm_score_table (&n);

  for (guint i = 0; i < n; i++)
    read_probe (&score->probes[i], &place, &table[i]);
}

static void
read_summary (VmmResult *result, const VmmJsonPlace *summaries, VmmChannelId channel)
{
  const char *id = vmm_channel (channel)->id;
  VmmSummary *summary = &result->summaries[channel];

  *summary = (VmmSummary){ NAN, NAN, NAN, NAN, 0, 0 };
  if (!vmm_json_has (summaries, id)) {
    result->reasons[channel] = g_strdup (VMM_SAID ("not recorded in this result"));
    return;
  }
  VmmJsonPlace place = vmm_json_enter (summaries, id);
  check_unit (&place, channel);
  summary->mean = vmm_json_number_or_null (&place, "mean", -MAX_VALUE, MAX_VALUE);
  summary->median = vmm_json_number_or_null (&place, "median", -MAX_VALUE, MAX_VALUE);
  summary->p95 = vmm_json_number_or_null (&place, "p95", -MAX_VALUE, MAX_VALUE);
  summary->max = vmm_json_number_or_null (&place, "max", -MAX_VALUE, MAX_VALUE);
  summary->present = (guint) vmm_json_count (&place, "present", 0, MAX_COUNT);
  summary->missing = (guint) vmm_json_count (&place, "missing", 0, MAX_COUNT);
  result->reasons[channel] = read_optional (&place, "reason", VMM_RESULT_MAX_REASON);
}

/* Format and version first: nothing else means anything without them. */
static gboolean
check_format (const VmmJsonPlace *root)
{
  if (strcmp (vmm_json_text (root, "format", 64), VMM_RESULT_FORMAT) != 0) {
    vmm_json_complain (root, "format", VMM_SAID ("\"%s\" was expected"), VMM_RESULT_FORMAT);
    return FALSE;
  }
  guint64 version = vmm_json_count (root, "version", 1, MAX_COUNT);
  if (version > VMM_RESULT_VERSION)
    g_set_error (
        root->error, VMM_ERROR, VMM_ERROR_UNSUPPORTED,
        VMM_SAID ("%s: version %u of the format is newer than this program, which reads up to %d"),
        root->document, (guint) version, VMM_RESULT_VERSION);
  return !*root->error;
}

gboolean
vmm_result_read_document (VmmResult *result, JsonNode *document, const char *name, GError **error)
{
  g_autoptr (GError) complaint = NULL;
  VmmJsonPlace root = { name, "", json_node_get_object (document), &complaint };

  if (check_format (&root)) {
    read_created (result, &root);
    result->label = g_strdup (vmm_json_text (&root, "label", VMM_RESULT_MAX_TEXT));
    result->program = g_strdup (vmm_json_text (&root, "program", VMM_RESULT_MAX_TEXT));
    read_plan (&result->plan, &root);
    result->plan.label = *result->label ? g_strdup (result->label) : NULL;
    VmmJsonPlace host = vmm_json_enter (&root, "host");
    result->host = vmm_host_read_json (&host);
    read_window (result, &root);
    read_score (&result->score, &root);
    read_probes (&result->score, &root);
    VmmJsonPlace summaries = vmm_json_enter (&root, "summary");
    for (guint i = 0; i < VMM_N_CHANNELS && !complaint; i++)
      read_summary (result, &summaries, (VmmChannelId) i);
    vmm_series_read_json (result, &root);
    if (!complaint)
      vmm_result_check (result, &root);
  }
  if (complaint) {
    g_propagate_error (error, g_steal_pointer (&complaint));
    return FALSE;
  }
  result->document = json_node_ref (document);
  return TRUE;
}
