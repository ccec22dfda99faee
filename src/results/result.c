/* SPDX-License-Identifier: MIT */
/* result: what is left of a run when its window is over, immutable from then on. */
#include "result_private.h"

#include "vmm/language.h"

#include <math.h>
#include <string.h>
#include <sys/resource.h>

G_STATIC_ASSERT (VMM_PLAN_LABEL_MAX <= VMM_RESULT_MAX_TEXT); /* a label is kept whole */

/* Without content, one reference. */
static VmmResult *
alloc (void)
{
  VmmResult *result = g_new0 (VmmResult, 1);

  result->refs = 1;
  vmm_plan_init (&result->plan);
  result->score.reasons = g_ptr_array_new_with_free_func (g_free);
  result->score.causes = g_array_new (FALSE, FALSE, sizeof (VmmCause));
  return result;
}

VmmResult *
vmm_result_ref (VmmResult *result)
{
  g_atomic_int_inc (&result->refs);
  return result;
}

void
vmm_result_unref (VmmResult *result)
{
  if (!result || !g_atomic_int_dec_and_test (&result->refs))
    return;
  for (guint i = 0; i < VMM_N_CHANNELS; i++)
    g_free (result->reasons[i]);
  g_free (result->label);
  g_free (result->program);
  vmm_plan_clear (&result->plan);
  if (result->host)
    vmm_host_unref (result->host);
  vmm_score_clear (&result->score);
  g_free (result->probes.scratch_dir);
  g_free (result->times);
  g_free (result->values);
  g_clear_pointer (&result->document, json_node_unref);
  g_free (result);
}

static guint64
read_peak_rss (void)
{
  g_autofree char *status = NULL;
  struct rusage    usage = { 0 };
  const char      *line;

  /* ru_maxrss may be that of the program which started this one; VmHWM is our own. */
  if (g_file_get_contents ("/proc/self/status", &status, NULL, NULL) &&
      (line = strstr (status, "\nVmHWM:")))
    return g_ascii_strtoull (line + strlen ("\nVmHWM:"), NULL, 10) * 1024;
  getrusage (RUSAGE_SELF, &usage);
  return (guint64) usage.ru_maxrss * 1024;
}

static void
copy_rows (VmmResult *result, const VmmRing *ring, const VmmWindow *window)
{
  result->n = window->end - window->first;
  result->times = g_new0 (float, result->n + 1);
  result->values = g_new0 (float, (gsize) VMM_N_CHANNELS * result->n + 1);
  for (guint i = 0; i < result->n; i++) {
    gint64 since = vmm_ring_get_time (ring, window->first + i) - window->start_us;
    result->times[i] = (float) ((double) since / G_USEC_PER_SEC);
    for (guint c = 0; c < VMM_N_CHANNELS; c++)
      result->values[(gsize) c * result->n + i] = vmm_ring_get (ring, window->first + i, c);
  }
}

/* What the source says, or the reason that the last row carries. */
static VmmReason
find_reason (const VmmResult *result, const VmmSession *session, VmmChannelId channel)
{
  VmmReason reason = vmm_session_get_reason (session, channel);

  if (reason.sentence)
    return reason;
  if (result->summaries[channel].present)
    return vmm_reason (VMM_CAUSE_NONE);
  if (!result->n)
    return vmm_reason (VMM_CAUSE_EMPTY_WINDOW);
  return vmm_absence_reason (
      vmm_absence (result->values[(gsize) channel * result->n + result->n - 1]));
}

static void
set_reason (VmmResult *result, const VmmSession *session, VmmChannelId channel)
{
  VmmReason reason = find_reason (result, session, channel);

  result->causes[channel] = reason.cause;
  result->reasons[channel] =
      reason.sentence ? vmm_json_clean (reason.sentence, VMM_RESULT_MAX_REASON) : NULL;
}

static void
compute_score (VmmResult *result, gboolean complete)
{
  const float *values[VMM_N_CHANNELS];
  VmmReason    reasons[VMM_N_CHANNELS];

  for (guint c = 0; c < VMM_N_CHANNELS; c++) {
    values[c] = vmm_result_get_series (result, (VmmChannelId) c);
    reasons[c] = vmm_result_get_reason (result, (VmmChannelId) c);
  }

  VmmScoreInput input = {
    .values = values,
    .n = result->n,
    .ticks = result->ticks,
    .missed = result->missed,
    .duration_s = result->plan.duration_s,
    .interval_ms = result->plan.interval_ms,
    .passive = !result->plan.probes,
    .light = result->plan.light,
    .complete = complete,
    .own_load_removed = result->probes.own_load_removed,
    .ping_method = result->ping.method,
    .ping_kind = result->ping.kind,
    .channel_reasons = reasons,
    .seed = result->plan.seed,
  };

  vmm_score_clear (&result->score);
  vmm_score_compute (&result->score, &input);
}

VmmResult *
vmm_result_new (VmmSession *session)
{
  VmmResult     *result = alloc ();
  const VmmRing *ring = vmm_session_get_ring (session);
  VmmDescription description;
  VmmWindow      window;

  vmm_session_get_window (session, &window);
  result->created = vmm_session_get_created (session);
  vmm_plan_clear (&result->plan);
  vmm_plan_copy (&result->plan, vmm_session_get_plan (session));
  result->place = *vmm_session_get_place (session);
  result->label =
      vmm_json_clean (result->plan.label ? result->plan.label : "", VMM_RESULT_MAX_TEXT);
  result->program = g_strdup ("vmm_monitor " VMM_VERSION);
  vmm_session_settle (session);
  vmm_session_describe (session, &description);
  result->host =
      vmm_host_ref (description.host ? description.host : vmm_session_get_host (session));
  result->ping = description.ping;
  result->probes = description.probes;
  result->rented = description.rented;
  vmm_outlook_describe (vmm_session_get_outlook (session), &result->outlook);
  result->has_outlook = TRUE;
  result->probes.scratch_dir = g_strdup (result->probes.scratch_dir);
  result->ticks = window.ticks;
  result->missed = window.missed;
  copy_rows (result, ring, &window);
  for (guint c = 0; c < VMM_N_CHANNELS; c++) {
    vmm_summary_of_ring (&result->summaries[c], ring, c, window.first, window.end);
    set_reason (result, session, (VmmChannelId) c);
  }
  result->self_cpu_percent =
      result->summaries[VMM_CHANNEL_SELF_CPU].mean * MAX (result->host->cpus, 1);
  result->peak_rss_bytes = read_peak_rss ();
  compute_score (result, window.complete);
  return result;
}

VmmResult *
vmm_result_from_json (const char *json, gsize length, const char *name, GError **error)
{
  g_autoptr (VmmResult) result = NULL;
  g_autoptr (JsonNode) document = NULL;

  if (!vmm_check_length (length, name, error))
    return NULL;
  document = vmm_json_parse (json, length, name, error);
  if (!document)
    return NULL;
  result = alloc ();
  if (!vmm_result_read_document (result, document, name, error))
    return NULL;
  return g_steal_pointer (&result);
}

VmmResult *
vmm_result_load (const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  g_autofree char *name = g_filename_display_name (path);
  gsize            length;

  if (!vmm_load_bytes (path, &bytes, &length, error))
    return NULL;
  return vmm_result_from_json (bytes, length, name, error);
}

VmmResult *
vmm_result_with_label (const VmmResult *result, const char *label)
{
  VmmResult *copy = g_new (VmmResult, 1);

  *copy = *result;
  copy->refs = 1;
  copy->label = vmm_json_clean (label, VMM_RESULT_MAX_TEXT);
  copy->program = g_strdup (result->program);
  vmm_plan_copy (&copy->plan, &result->plan);
  g_free (copy->plan.label);
  copy->plan.label = *copy->label ? g_strdup (copy->label) : NULL;
  copy->host = vmm_host_ref (result->host);
  vmm_score_copy (&copy->score, &result->score);
  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    copy->reasons[c] = g_strdup (result->reasons[c]);
  copy->probes.scratch_dir = g_strdup (result->probes.scratch_dir);
  copy->times = g_memdup2 (result->times, result->n * sizeof *result->times);
  copy->values =
      g_memdup2 (result->values, (gsize) VMM_N_CHANNELS * result->n * sizeof *result->values);
  if (result->document)
    json_node_ref (result->document);
  return copy;
}
