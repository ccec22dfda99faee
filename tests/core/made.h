/* SPDX-License-Identifier: MIT */
/* made: sessions and results made to order: a real session on a source that says what the test wants,
 * on a host that never was, and documents with members changed. */
#pragma once

#include <json-glib/json-glib.h>
#include <string.h>

#include "vmm/result.h"
#include "vmm/store.h"

typedef struct {
  VmmSource base;
  const float (*rows)[VMM_N_CHANNELS]; /* one a tick; the last stays */
  guint n, at;
} MadeSource;

static VmmChannelId made_channels[VMM_N_CHANNELS];

/* What a session of made_session() samples: changed by the test between the ticks. */
static float made_row[VMM_N_CHANNELS];

/* What the probes of a made session do. */
static const char *made_activity = "";

/* What a burst would have measured stays in its rows alone. */
static inline void
made_choose_burst (float *row, guint at)
{
  guint               n;
  const VmmChannelId *bursts = vmm_channel_bursts (&n);

  if (at % 8 == 3)
    return;
  for (guint i = 0; i < n; i++)
    row[bursts[i]] = vmm_absent (VMM_PENDING);
  row[VMM_CHANNEL_PEER_THROUGHPUT] = vmm_absent (VMM_PENDING);
}

static inline void
made_sample (VmmSource *source, gint64 now_us, float *row)
{
  MadeSource *self = (MadeSource *) source;
  memcpy (row, self->rows[MIN (self->at, self->n - 1)], sizeof self->rows[0]);
  made_choose_burst (row, self->at++);
}

static inline void
made_describe (VmmSource *source, VmmDescription *description)
{
  description->activity = made_activity;
  description->rented.counts[VMM_RENTED_PACKETS] = 0;
}

static inline void
made_free (VmmSource *source)
{
  g_free (source);
}

static inline VmmReason
made_reason (VmmSource *source, VmmChannelId channel)
{
  const MadeSource *self = (const MadeSource *) source;

  if (channel == VMM_CHANNEL_CPU_STEAL)
    return (VmmReason){ VMM_CAUSE_NO_STEAL_CLOCK, "this VMM never reports steal" };
  if (channel == VMM_CHANNEL_NETWORK_RTT && vmm_absence (self->rows[0][channel]) == VMM_OFF)
    return (VmmReason){ VMM_CAUSE_NO_TARGET, "not allowed to ping" };
  return vmm_reason (VMM_CAUSE_NONE);
}

static const VmmSourceClass made_class = {
  .name = "made",
  .channels = made_channels,
  .n_channels = VMM_N_CHANNELS,
  .sample = made_sample,
  .reason = made_reason,
  .describe = made_describe,
  .free = made_free,
};

/* A clean guest: every probe at its reference, little load, steal not reported. */
static inline void
made_fill (float row[VMM_N_CHANNELS])
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n);

  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    row[c] = 0.5f;
  for (guint i = 0; i < n; i++)
    if (table[i].reference > 0)
      row[table[i].channel] = (float) table[i].reference;
  row[VMM_CHANNEL_CPU_STEAL] = vmm_absent (VMM_NOT_EXPOSED);
  row[VMM_CHANNEL_CPU_BUSY] = 6;
  row[VMM_CHANNEL_SELF_CPU] = 3;
  row[VMM_CHANNEL_NETWORK_LOSS] = 0;
  row[VMM_CHANNEL_CLOCK_LOST] = 0;
  row[VMM_CHANNEL_CLOCK_STEP] = 0;
  row[VMM_CHANNEL_MEMORY_BALLOON] = 0;
  row[VMM_CHANNEL_MEMORY_SWAP] = 0;
}

static inline VmmHost *
made_host (const char *vmm_id)
{
  static const char *const evidence[] = { "DMI sys_vendor: \"Made\"", "CPUID: KVMKVMKVM", NULL };
  static const VmmDevice   devices[] = { { "vda", "disk", "virtio_blk", "paravirtual" },
                                         { "eth0", "network", "virtio_net", "paravirtual" },
                                         { "sr0", "disk", "", "unknown" } };
  VmmHost                  fields = {
                     .vmm_id = vmm_id,
                     .vmm_name = vmm_host_vmm_name (vmm_id),
                     .vmm_version = "",
                     .interface = "KVM",
                     .evidence = evidence,
                     .cloud_id = "none",
                     .instance_type = "made.large",
                     .region = "made-1",
                     .zone = "made-1a",
                     .lifecycle = "on-demand",
                     .host_hint = "0123456789ab",
                     .container = "none",
                     .machine_id = "00112233445546778899aabbccddeeff",
                     .seccomp = "off",
                     .cpu_model = "Made CPU @ 2.30GHz",
                     .cpus = 2,
                     .memory_bytes = 4ull << 30,
                     .kernel = "6.1.0-made",
                     .clocksource = "kvm-clock",
                     .mitigations = "on",
                     .cpu_flags = "fpu sse2 aes avx2",
                     .modules = "virtio_balloon vboxguest",
                     .steal = VMM_STEAL_NOT_REPORTED,
                     .steal_reason = "this VMM never reports steal",
                     .devices = devices,
                     .n_devices = G_N_ELEMENTS (devices),
  };
  return vmm_host_copy (&fields);
}

/* A session of `plan` in which tick k gives rows[k]. Takes `host` over. */
static inline VmmSession *
made_session_of (const VmmPlan *plan, VmmHost *host, const float (*rows)[VMM_N_CHANNELS], guint n)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  MadeSource *source = g_new0 (MadeSource, 1);

  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    made_channels[c] = (VmmChannelId) c;
  source->base.class = &made_class;
  source->rows = rows;
  source->n = n;
  g_ptr_array_add (sources, source);
  VmmSession *session = vmm_session_new_with_sources (plan, host, sources, &error);
  g_assert_no_error (error);
  vmm_host_unref (host);
  return session;
}

/* A session that samples made_row, at first nothing, and remembers a day. */
static inline VmmSession *
made_session (guint duration_s, const char *vmm_id)
{
  g_auto (VmmPlan) plan = { 0 };

  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    made_row[c] = vmm_absent (VMM_OFF);
  vmm_plan_init (&plan);
  plan.duration_s = duration_s;
  plan.history = 86400;
  return made_session_of (&plan, made_host (vmm_id), (const float (*)[VMM_N_CHANNELS]) made_row, 1);
}

/* The result of a window of `plan` in which tick k gives rows[k]. */
static inline VmmResult *
made_run (const VmmPlan *plan, const char *vmm_id, const float (*rows)[VMM_N_CHANNELS], guint n)
{
  g_autoptr (VmmSession) session = made_session_of (plan, made_host (vmm_id), rows, n);
  gint64 now_us = 1000000;

  vmm_session_start (session, now_us, g_get_real_time ());
  ((MadeSource *) vmm_session_get_source (session, VMM_CHANNEL_CPU_BUSY))->at =
      0; /* the counters' first reading is no row */
  while (vmm_session_get_state (session) == VMM_SESSION_OBSERVING)
    now_us = vmm_session_step (session, now_us);
  return vmm_result_new (session);
}

static inline VmmResult *
made_result (const char *vmm_id, const char *label, const float row[VMM_N_CHANNELS])
{
  g_auto (VmmPlan) plan = { 0 };

  vmm_plan_init (&plan);
  plan.label = g_strdup (label);
  return made_run (&plan, vmm_id, (const float (*)[VMM_N_CHANNELS]) row, 1);
}

static inline VmmResult *
made_clean (const char *vmm_id, const char *label)
{
  float row[VMM_N_CHANNELS];

  made_fill (row);
  return made_result (vmm_id, label, row);
}

/* Badly served in many ways. */
static inline VmmResult *
made_bad (void)
{
  float row[VMM_N_CHANNELS];

  made_fill (row);
  row[VMM_CHANNEL_PROBE_EXIT] = 20.36f;
  row[VMM_CHANNEL_PROBE_FAULT] = 7.754f;
  row[VMM_CHANNEL_PROBE_COPY] = 20100;
  row[VMM_CHANNEL_CPU_STEAL] = 12.345f;
  row[VMM_CHANNEL_MEMORY_BALLOON] = 10.55f;
  row[VMM_CHANNEL_PROBE_READ] = 1234.5f;
  return made_result ("kvm", NULL, row);
}

/* ---- Documents */

static inline VmmResult *
made_read (const char *text)
{
  g_autoptr (GError) error = NULL;
  VmmResult *result = vmm_result_from_json (text, strlen (text), "made", &error);

  g_assert_no_error (error);
  return result;
}

/* `text` with the first `old` replaced by `new`; `old` must be there. Free with g_free(). */
static inline char *
made_replace (const char *text, const char *old, const char *new)
{
  const char *found = strstr (text, old);

  g_assert_nonnull (found);
  return g_strdup_printf ("%.*s%s%s", (int) (found - text), text, new, found + strlen (old));
}

static inline void
made_put (JsonObject *object, const char *path, const char *value)
{
  g_auto (GStrv) steps = g_strsplit (path, "/", -1);
  guint last = g_strv_length (steps) - 1;

  for (guint i = 0; i < last; i++) {
    g_assert_true (json_object_has_member (object, steps[i]));
    object = json_object_get_object_member (object, steps[i]);
  }
  json_object_set_member (object, steps[last], json_from_string (value, NULL));
}

/* Changes members of *result: pairs of path ("host/vmm/id") and JSON text, up to a NULL. */
static inline void
made_change (VmmResult **result, ...)
{
  g_autofree char *text = vmm_result_to_json (*result);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  va_list     pairs;
  const char *path;

  va_start (pairs, result);
  while ((path = va_arg (pairs, const char *)))
    made_put (json_node_get_object (root), path, va_arg (pairs, const char *));
  va_end (pairs);
  g_autofree char *changed = json_to_string (root, FALSE);
  vmm_result_unref (*result);
  *result = made_read (changed);
}

static inline void
made_set (VmmResult **result, const char *path, const char *value)
{
  made_change (result, path, value, NULL);
}

/* ---- Facts of the host */

/* A value that no made host has, as in a document, and as vmm_host_say() says it; FALSE for lists and
 * what else is not said. */
static inline gboolean
made_fact (const VmmHostFact *fact, const char **ret_json, const char **ret_said)
{
  const gboolean is_text =
      fact->member.kind == VMM_MEMBER_TEXT || fact->member.kind == VMM_MEMBER_TEXT_OR_NULL;
  const gboolean is_count = fact->member.kind == VMM_MEMBER_COUNT_OR_NULL;

  *ret_json = is_text ? "\"strange\"" : is_count ? "77" : "85899345920";
  *ret_said = is_text ? "strange" : is_count ? "77" : "81920 MiB";
  return is_text || is_count || fact->member.kind == VMM_MEMBER_BYTES_OR_NULL;
}

/* The way to it in a result's document. Free with g_free(). */
static inline char *
made_fact_path (const VmmHostFact *fact)
{
  return g_strjoin ("/", "host", fact->group ? fact->group : fact->member.name,
                    fact->group ? fact->member.name : NULL, NULL);
}

/* How many results the user's own store has. */
static inline guint
made_count_kept (void)
{
  g_autofree char *directory = vmm_store_default_directory ();
  g_autoptr (VmmStore) store = vmm_store_open (directory);
  g_autoptr (GPtrArray) ids = vmm_store_list_ids (store, NULL);

  return ids->len;
}
