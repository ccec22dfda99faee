/* SPDX-License-Identifier: MIT */
/* series_json: the rows of a result document and the reasons of their gaps, there and back.
 *
 * "series" has one array per channel, null where a value is absent. "gaps" says why, channel by
 * channel, as runs over the nulls in their order: [["pending", 1], ["failed", 3]]. */
#include "result_private.h"

#include "members.h"
#include "vmm/language.h"

#include <math.h>
#include <string.h>

#define MAX_SECONDS 1e6

/* The mean of the values present in rows first .. end - 1, or why there is none. */
static float
fold_rows (const float *values, guint first, guint end)
{
  double sum = 0;
  guint  n = 0;

  for (guint i = first; i < end; i++)
    if (vmm_absence (values[i]) == VMM_PRESENT) {
      sum += values[i];
      n++;
    }
  return n ? (float) (sum / n) : values[first];
}

static void
add_run (JsonArray *runs, VmmAbsence why, guint length)
{
  JsonArray *run = json_array_new ();

  json_array_add_string_element (run, vmm_absence_name (why));
  json_array_add_int_element (run, length);
  json_array_add_array_element (runs, run);
}

/* Few machines have it, and this one has not: a channel that is not there is read as that. */
static gboolean
is_left_out (const VmmResult *result, VmmChannelId channel)
{
  const float *values = vmm_result_get_series (result, channel);
  gboolean     is_there = !vmm_metric (vmm_channel (channel)->metric)->is_rare;

  for (guint i = 0; i < result->n && !is_there; i++)
    is_there = vmm_absence (values[i]) != VMM_NOT_EXPOSED;
  return !is_there;
}

static void
build_channel (const VmmResult *result, VmmChannelId channel, guint fold, JsonObject *series,
               JsonObject *gaps)
{
  const float *values = vmm_result_get_series (result, channel);
  const char  *id = vmm_channel (channel)->id;
  JsonArray   *points = vmm_json_set_array (series, id);
  JsonArray   *runs = json_array_new ();
  VmmAbsence   why = VMM_PRESENT;
  guint        length = 0;

  for (guint i = 0; i < result->n; i += fold) {
    float      value = fold_rows (values, i, MIN (i + fold, result->n));
    VmmAbsence absence = vmm_absence (value);

    vmm_json_add_number (points, value);
    if (absence == VMM_PRESENT)
      continue;
    if (absence != why && length)
      add_run (runs, why, length);
    length = absence == why ? length + 1 : 1;
    why = absence;
  }
  if (length)
    add_run (runs, why, length);
  if (json_array_get_length (runs))
    json_object_set_array_member (gaps, id, runs);
  else
    json_array_unref (runs);
}

void
vmm_series_build_json (const VmmResult *result, JsonObject *root, guint fold)
{
  JsonObject *series = vmm_json_set_object (root, "series");
  JsonObject *gaps = vmm_json_set_object (root, "gaps");
  JsonArray  *times = vmm_json_set_array (series, "time_s");

  for (guint i = 0; i < result->n; i += fold)
    vmm_json_add_number (times, result->times[MIN (i + fold, result->n) - 1]);
  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    if (!is_left_out (result, (VmmChannelId) c))
      build_channel (result, (VmmChannelId) c, fold, series, gaps);
}

static void
read_times (VmmResult *result, const VmmJsonPlace *series)
{
  JsonArray *times = vmm_json_array (series, "time_s", VMM_RESULT_MAX_ROWS);

  result->n = times ? json_array_get_length (times) : 0;
  result->times = g_new0 (float, result->n + 1);
  result->values = g_new0 (float, (gsize) VMM_N_CHANNELS * result->n + 1);
  for (guint i = 0; i < result->n; i++) {
    double time = vmm_json_element (series, "time_s", times, i, 0, MAX_SECONDS);
    result->times[i] = (float) time;
    if (isnan (time) || (i > 0 && result->times[i] <= result->times[i - 1])) {
      vmm_json_complain (series, "time_s", VMM_SAID ("rising times were expected"));
      return;
    }
  }
}

static void
read_values (VmmResult *result, const VmmJsonPlace *series, VmmChannelId channel)
{
  const char *id = vmm_channel (channel)->id;
  float      *values = result->values + (gsize) channel * result->n;
  JsonArray  *points = NULL;

  for (guint i = 0; i < result->n; i++)
    values[i] = vmm_absent (VMM_NOT_EXPOSED);
  if (!vmm_json_has (series, id)) /* a channel that its writer did not know */
    return;
  points = vmm_json_array (series, id, VMM_RESULT_MAX_ROWS);
  if (!points)
    return;
  if (json_array_get_length (points) != result->n) {
    vmm_json_complain (series, id, VMM_SAID ("as many values as times were expected"));
    return;
  }
  for (guint i = 0; i < result->n; i++) {
    double value = vmm_json_element (series, id, points, i, -MAX_VALUE, MAX_VALUE);
    values[i] = isnan (value) ? vmm_absent (VMM_FAILED) : (float) value;
  }
}

static VmmAbsence
find_absence (const char *name)
{
  for (guint why = VMM_PENDING; why < VMM_N_ABSENCES; why++)
    if (strcmp (name, vmm_absence_name ((VmmAbsence) why)) == 0)
      return (VmmAbsence) why;
  return VMM_PRESENT;
}

/* Gives the next `length` absent values from *at on the reason `why`. */
static gboolean
mark_gap (float *values, guint n, guint *at, VmmAbsence why, guint length)
{
  for (; length > 0; length--) {
    while (*at < n && vmm_absence (values[*at]) == VMM_PRESENT)
      (*at)++;
    if (*at == n)
      return FALSE;
    values[(*at)++] = vmm_absent (why);
  }
  return TRUE;
}

static void
read_gaps (VmmResult *result, const VmmJsonPlace *gaps, VmmChannelId channel)
{
  const char *id = vmm_channel (channel)->id;
  JsonArray  *runs = NULL;
  guint       at = 0;

  if (!vmm_json_has (gaps, id) || !(runs = vmm_json_array (gaps, id, result->n)))
    return;
  for (guint i = 0; i < json_array_get_length (runs) && !*gaps->error; i++) {
    JsonNode  *node = json_array_get_element (runs, i);
    JsonArray *run = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

    if (!run || json_array_get_length (run) != 2) {
      vmm_json_complain (gaps, id,
                         VMM_SAID ("pairs of a reason and a number of values were expected"));
      return;
    }
    VmmAbsence why = find_absence (vmm_json_text_element (gaps, id, run, 0, 32));
    double     length = vmm_json_element (gaps, id, run, 1, 1, result->n);
    if (why == VMM_PRESENT || isnan (length) ||
        !mark_gap (result->values + (gsize) channel * result->n, result->n, &at, why,
                   (guint) length))
      vmm_json_complain (gaps, id, VMM_SAID ("reasons for its null values were expected"));
  }
}

void
vmm_series_read_json (VmmResult *result, const VmmJsonPlace *root)
{
  VmmJsonPlace series = vmm_json_enter (root, "series");

  read_times (result, &series);
  for (guint c = 0; c < VMM_N_CHANNELS && !*root->error; c++)
    read_values (result, &series, (VmmChannelId) c);
  if (!vmm_json_has (root, "gaps"))
    return;
  VmmJsonPlace gaps = vmm_json_enter (root, "gaps");
  for (guint c = 0; c < VMM_N_CHANNELS && !*root->error; c++)
    read_gaps (result, &gaps, (VmmChannelId) c);
}
