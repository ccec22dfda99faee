/* SPDX-License-Identifier: MIT */
/* result_json: the document of a result, there and back, every member checked before it is believed. */
#include "result_private.h"

#include "members.h"
#include "vmm/language.h"

#include <math.h>
#include <string.h>

#define MAX_BYTES 0x1p52

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

/* What documents hold beside the values themselves. */
typedef struct {
  VmmPlace    place;
  const char *id;
} Place;

typedef struct {
  VmmPlan     plan;
  gboolean    standard; /* FALSE marks a run that is not the one the score is defined for */
  const char *seed;
} Plan;

typedef struct {
  VmmPingInfo info;
  const char *address;
} Ping;

/* clang-format off */
static const VmmMember plan_members[] = {
  { "duration_s",  VMM_MEMBER_COUNT,       AT (Plan, plan.duration_s),  VMM_PLAN_DURATION_MAX_S,  .min = VMM_PLAN_DURATION_MIN_S },
  { "interval_ms", VMM_MEMBER_COUNT,       AT (Plan, plan.interval_ms), VMM_PLAN_INTERVAL_MAX_MS, .min = VMM_PLAN_INTERVAL_MIN_MS },
  { "standard",    VMM_MEMBER_REMARK,      AT (Plan, standard) },
  { "probes",      VMM_MEMBER_BOOLEAN,     AT (Plan, plan.probes) },
  { "light",       VMM_MEMBER_BOOLEAN,     AT (Plan, plan.light), .is_late = TRUE },
  { "ping_target", VMM_MEMBER_OWN_OR_NULL, AT (Plan, plan.ping_target), VMM_RESULT_MAX_TEXT },
  { "network_peer", VMM_MEMBER_OWN_OR_NULL, AT (Plan, plan.network_peer), VMM_RESULT_MAX_TEXT, .is_late = TRUE },
  { "sysroot",     VMM_MEMBER_OWN_OR_NULL, AT (Plan, plan.sysroot),     VMM_RESULT_MAX_TEXT },
  { "scratch_dir", VMM_MEMBER_OWN_OR_NULL, AT (Plan, plan.scratch_dir), VMM_RESULT_MAX_TEXT },
  { "seed",        VMM_MEMBER_TEXT,        AT (Plan, seed),             16 },
};
static const VmmMember place_members[] = {
  { "id",     VMM_MEMBER_TEXT,          AT (Place, id),           VMM_PLACE_ID_SIZE - 1 },
  { "number", VMM_MEMBER_COUNT,         AT (Place, place.number), MAX_COUNT, .min = 1 },
  { "turn",   VMM_MEMBER_COUNT_OR_NULL, AT (Place, place.turn),   MAX_COUNT },
  { "turns",  VMM_MEMBER_COUNT_OR_NULL, AT (Place, place.turns),  MAX_COUNT },
  { "slot",   VMM_MEMBER_BYTES_OR_NULL, AT (Place, place.slot),   MAX_BYTES },
};
static const VmmMember window_members[] = {
  { "quality",          VMM_MEMBER_CHOICE,         AT (VmmResult, score.quality),          VMM_QUALITY_INVALID + 1, get_quality },
  { "reasons",          VMM_MEMBER_OWN_LINES,      AT (VmmResult, score.reasons),          VMM_RESULT_MAX_REASON },
  { "own_busy_percent", VMM_MEMBER_NUMBER_OR_NULL, AT (VmmResult, score.own_busy_percent), 100, .min = -100 },
  { "ticks",            VMM_MEMBER_COUNT,          AT (VmmResult, ticks),                  MAX_COUNT },
  { "missed",           VMM_MEMBER_COUNT,          AT (VmmResult, missed),                 MAX_COUNT },
  { "self_cpu_percent", VMM_MEMBER_NUMBER_OR_NULL, AT (VmmResult, self_cpu_percent),       1e6 },
  { "peak_rss_bytes",   VMM_MEMBER_BYTES,          AT (VmmResult, peak_rss_bytes),         MAX_BYTES },
};
static const VmmMember ping_members[] = {
  { "method",  VMM_MEMBER_CHOICE,       AT (Ping, info.method), VMM_PING_TCP + 1,      get_method },
  { "kind",    VMM_MEMBER_CHOICE,       AT (Ping, info.kind),   VMM_N_TARGET_KINDS,    get_kind },
  { "address", VMM_MEMBER_TEXT_OR_NULL, AT (Ping, address),     sizeof (((VmmPingInfo *) NULL)->address) - 1 },
  { "stamps",  VMM_MEMBER_CHOICE,       AT (Ping, info.stamps), VMM_STAMPS_KERNEL + 1, get_stamps },
};
#define COUNTED(name, count) { name, VMM_MEMBER_NUMBER_OR_NULL, AT (VmmRentedInfo, counts[VMM_RENTED_##count]), MAX_VALUE, .is_late = TRUE }
static const VmmMember rented_members[] = {
  COUNTED ("bandwidth_in_exceeded",  IN),
  COUNTED ("bandwidth_out_exceeded", OUT),
  COUNTED ("packets_exceeded",       PACKETS),
  COUNTED ("connections_exceeded",   CONNECTIONS),
  COUNTED ("services_exceeded",      SERVICES),
  COUNTED ("function_packets",       FUNCTION),
  { "moved", VMM_MEMBER_BOOLEAN, AT (VmmRentedInfo, moved) },
};
static const VmmMember probing_members[] = {
  { "scratch_dir",      VMM_MEMBER_OWN_OR_NULL, AT (VmmProbesInfo, scratch_dir),   VMM_RESULT_MAX_TEXT },
  { "direct",           VMM_MEMBER_BOOLEAN,     AT (VmmProbesInfo, direct) },
  { "own_load_removed", VMM_MEMBER_BOOLEAN,     AT (VmmProbesInfo, own_load_removed) },
  { "buffer_bytes",     VMM_MEMBER_BYTES,       AT (VmmProbesInfo, buffer_bytes),  MAX_BYTES },
  { "cpu_seconds",      VMM_MEMBER_NUMBER,      AT (VmmProbesInfo, cpu_seconds),   MAX_VALUE },
  { "read_bytes",       VMM_MEMBER_BYTES,       AT (VmmProbesInfo, read_bytes),    MAX_BYTES },
  { "written_bytes",    VMM_MEMBER_BYTES,       AT (VmmProbesInfo, written_bytes), MAX_BYTES },
  { "rounds",           VMM_MEMBER_COUNT,       AT (VmmProbesInfo, rounds),        MAX_COUNT },
};
/* clang-format on */

/* ---- There */

static void
build_plan (const VmmPlan *plan, JsonObject *root)
{
  g_autofree char *seed = g_strdup_printf ("%016" G_GINT64_MODIFIER "x", plan->seed);
  const Plan       row = { *plan, vmm_plan_is_standard (plan), seed };

  VMM_MEMBERS_BUILD (plan_members, &row, vmm_json_set_object (root, "plan"));
}

/* A window for itself has no such member. */
static void
build_place (const VmmPlace *place, JsonObject *root)
{
  const Place row = { *place, place->session };

  if (place->session[0])
    VMM_MEMBERS_BUILD (place_members, &row, vmm_json_set_object (root, "session"));
}

/* Where nothing is known there is no such member, as in documents of before. */
static void
build_rented (const VmmRentedInfo *rented, JsonObject *window)
{
  gboolean is_known = rented->moved;

  for (guint i = 0; i < VMM_N_RENTED; i++)
    is_known |= !isnan (rented->counts[i]);
  if (is_known)
    VMM_MEMBERS_BUILD (rented_members, rented, vmm_json_set_object (window, "rented"));
}

static void
build_window (const VmmResult *result, JsonObject *root)
{
  JsonObject *window = vmm_json_set_object (root, "window");
  const Ping  ping = { result->ping, result->ping.address };

  VMM_MEMBERS_BUILD (window_members, result, window);
  vmm_causes_build_json (&result->score, window);
  VMM_MEMBERS_BUILD (ping_members, &ping, vmm_json_set_object (window, "ping"));
  VMM_MEMBERS_BUILD (probing_members, &result->probes, vmm_json_set_object (window, "probing"));
  build_rented (&result->rented, window);
}

char *
vmm_json_time (gint64 time_us)
{
  gint64 us = CLAMP (time_us, 0, (VMM_RESULT_MAX_SECOND + 1) * G_USEC_PER_SEC - 1);
  g_autoptr (GDateTime) second = g_date_time_new_from_unix_utc (us / G_USEC_PER_SEC);
  g_autofree char *text = g_date_time_format (second, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%06dZ", text, (int) (us % G_USEC_PER_SEC));
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
  build_place (&result->place, root);
  vmm_host_build_json (result->host, vmm_json_set_object (root, "host"));
  build_window (result, root);
  vmm_score_build_json (result, root);
  vmm_outlook_build_json (result, root);
  vmm_series_build_json (result, root, fold);
  return node;
}

/* ---- And back */

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

static void
read_plan (VmmPlan *plan, const VmmJsonPlace *root)
{
  VmmJsonPlace place = vmm_json_enter (root, "plan");
  Plan         row = { .plan = *plan };

  VMM_MEMBERS_READ (plan_members, &row, &place);
  *plan = row.plan;
  plan->seed = g_ascii_strtoull (row.seed, NULL, 16);
}

static gboolean
is_session_id (const char *text)
{
  return strlen (text) == VMM_PLACE_ID_SIZE - 1 &&
         strspn (text, "0123456789abcdef") == VMM_PLACE_ID_SIZE - 1;
}

/* What documents of before do not have. */
static void
read_place (VmmPlace *place, const VmmJsonPlace *root)
{
  Place row = { .id = "" };

  if (!vmm_json_has (root, "session"))
    return;
  VmmJsonPlace session = vmm_json_enter (root, "session");
  VMM_MEMBERS_READ (place_members, &row, &session);
  if (!is_session_id (row.id))
    vmm_json_complain (&session, "id", VMM_SAID ("16 hexadecimal digits were expected"));
  if (row.place.turn > row.place.turns)
    vmm_json_complain (&session, "turn", VMM_SAID ("no more than the turns was expected"));
  *place = row.place;
  g_strlcpy (place->session, row.id, sizeof place->session);
}

static void
read_rented (VmmRentedInfo *rented, const VmmJsonPlace *window)
{
  vmm_rented_init (rented);
  if (!vmm_json_has (window, "rented"))
    return;
  VmmJsonPlace place = vmm_json_enter (window, "rented");
  VMM_MEMBERS_READ (rented_members, rented, &place);
}

static void
read_window (VmmResult *result, const VmmJsonPlace *root)
{
  VmmJsonPlace window = vmm_json_enter (root, "window");
  VmmJsonPlace ping = vmm_json_enter (&window, "ping");
  VmmJsonPlace probing = vmm_json_enter (&window, "probing");
  Ping         row = { .address = "" };

  VMM_MEMBERS_READ (window_members, result, &window);
  vmm_causes_read_json (&result->score, &window);
  VMM_MEMBERS_READ (ping_members, &row, &ping);
  result->ping = row.info;
  g_strlcpy (result->ping.address, row.address, sizeof result->ping.address);
  VMM_MEMBERS_READ (probing_members, &result->probes, &probing);
  read_rented (&result->rented, &window);
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
    read_place (&result->place, &root);
    result->plan.label = *result->label ? g_strdup (result->label) : NULL;
    VmmJsonPlace host = vmm_json_enter (&root, "host");
    result->host = vmm_host_read_json (&host);
    read_window (result, &root);
    vmm_score_read_json (result, &root);
    vmm_outlook_read_json (result, &root);
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
