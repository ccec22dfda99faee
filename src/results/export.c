/* SPDX-License-Identifier: MIT */
/* export: a result as text for spreadsheets and for time series databases. */
#include "vmm/export.h"

#include "metrics_text.h"
#include "result_private.h"

#include <math.h>
#include <string.h>

static void
append_number (GString *text, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (digits, sizeof digits, "%.6g", value));
}

/* ---- CSV */

/* A channel with a value has a column; those of the graphs have theirs in any case. */
static gboolean
has_column (const VmmResult *result, VmmChannelId channel)
{
  const float *values = vmm_result_get_series (result, channel);
  guint        n;

  if (vmm_channel_is_main (channel) && !vmm_metric (vmm_channel (channel)->metric)->is_rare)
    return TRUE;
  vmm_result_get_times (result, &n);
  for (guint i = 0; i < n; i++)
    if (vmm_absence (values[i]) == VMM_PRESENT)
      return TRUE;
  return FALSE;
}

char *
vmm_export_csv (const VmmResult *result)
{
  GString     *text = g_string_new ("time_s");
  guint        n, n_columns = 0;
  const float *times = vmm_result_get_times (result, &n);
  const float *columns[VMM_N_CHANNELS];

  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    if (has_column (result, (VmmChannelId) c)) {
      columns[n_columns++] = vmm_result_get_series (result, (VmmChannelId) c);
      g_string_append_printf (text, ",%s", vmm_channel ((VmmChannelId) c)->id);
    }
  g_string_append (text, "\r\n");
  for (guint i = 0; i < n; i++) {
    append_number (text, times[i]);
    for (guint c = 0; c < n_columns; c++) {
      g_string_append_c (text, ',');
      if (vmm_absence (columns[c][i]) == VMM_PRESENT)
        append_number (text, columns[c][i]);
    }
    g_string_append (text, "\r\n");
  }
  return g_string_free (text, FALSE);
}

/* ---- OpenMetrics */

static void
end_sample (GString *text, double value, gint64 time_us)
{
  g_string_append (text, "} ");
  append_number (text, value);
  g_string_append_printf (text, " %" G_GINT64_FORMAT ".%03d\n", time_us / G_USEC_PER_SEC,
                          (int) (time_us % G_USEC_PER_SEC / 1000));
}

/* One with a label, and the unit of its channel. Nothing where there is no value. */
static void
append_sample (GString *text, const char *family, const char *label, const char *id,
               VmmChannelId channel, double value, gint64 time_us)
{
  if (!isfinite (value))
    return;
  g_string_append_printf (text, "%s{", family);
  vmm_metrics_append_label (text, label, id);
  vmm_metrics_append_label (text, "unit", vmm_channel (channel)->unit);
  end_sample (text, value, time_us);
}

/* What joins the windows of one session. */
static void
append_place (GString *text, const VmmPlace *place)
{
  if (!place->session[0])
    return;
  g_autofree char *number = g_strdup_printf ("%u", place->number);
  vmm_metrics_append_label (text, "session", place->session);
  vmm_metrics_append_label (text, "number", number);
  if (place->turns) {
    g_autofree char *turn = g_strdup_printf ("%u/%u", place->turn, place->turns);
    vmm_metrics_append_label (text, "turn", turn);
  }
}

static void
append_run (GString *text, const VmmResult *result, gint64 time_us)
{
  vmm_metrics_append_family (text, "vmm_run", "info", "The run and the machine it measured.");
  g_string_append (text, "vmm_run_info{");
  vmm_metrics_append_label (text, "label", vmm_result_get_label (result));
  vmm_metrics_append_label (text, "program", vmm_result_get_program (result));
  append_place (text, vmm_result_get_place (result));
  vmm_metrics_append_host (text, vmm_result_get_host (result));
  vmm_metrics_append_label (text, "quality",
                            vmm_quality_id (vmm_result_get_score (result)->quality));
  end_sample (text, 1, time_us);
}

/* `bound` is the place of value, low or high in VmmScoreValue. */
static void
append_scores (GString *text, const VmmResult *result, const char *name, const char *help,
               gsize bound, gint64 time_us)
{
  const VmmScore *score = vmm_result_get_score (result);

  vmm_metrics_append_family (text, name, "gauge", help);
  for (guint i = 0; i <= VMM_N_CATEGORIES; i++) {
    const VmmScoreValue *of = i == 0 ? &score->total : &score->categories[i - 1];
    double               value = G_STRUCT_MEMBER (double, of, bound);
    if (!isfinite (value))
      continue;
    g_string_append_printf (text, "%s{", name);
    vmm_metrics_append_label (text, "of",
                              i == 0 ? "total" : vmm_category ((VmmCategory) (i - 1))->id);
    end_sample (text, value, time_us);
  }
}

static void
append_probes (GString *text, const VmmResult *result, gint64 time_us)
{
  const VmmScore *score = vmm_result_get_score (result);

  vmm_metrics_append_family (text, "vmm_probe", "gauge", "What a probe measured over the window.");
  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++)
    append_sample (text, "vmm_probe", "probe", probe->row->name, probe->row->channel, probe->value,
                   time_us);
}

static void
append_series (GString *text, const VmmResult *result, gint64 start_us)
{
  guint        n;
  const float *times = vmm_result_get_times (result, &n);

  vmm_metrics_append_family (text, "vmm_channel", "gauge",
                             "The readings of the window, one per tick.");
  for (guint c = 0; c < VMM_N_CHANNELS; c++) {
    const float *values = vmm_result_get_series (result, (VmmChannelId) c);
    for (guint i = 0; i < n; i++)
      append_sample (text, "vmm_channel", "channel", vmm_channel ((VmmChannelId) c)->id, c,
                     values[i], start_us + (gint64) (times[i] * (double) G_USEC_PER_SEC));
  }
}

char *
vmm_export_openmetrics (const VmmResult *result)
{
  GString     *text = g_string_new (NULL);
  guint        n;
  const float *times = vmm_result_get_times (result, &n);
  gint64       start_us = vmm_result_get_created (result);
  gint64       end_us = start_us + (n ? (gint64) (times[n - 1] * (double) G_USEC_PER_SEC) : 0);

  append_run (text, result, end_us);
  append_scores (text, result, "vmm_score", "Score of the VMM; 100 is the reference guest.",
                 G_STRUCT_OFFSET (VmmScoreValue, value), end_us);
  append_scores (text, result, "vmm_score_low", "Lower end of the score's 95 % interval.",
                 G_STRUCT_OFFSET (VmmScoreValue, low), end_us);
  append_scores (text, result, "vmm_score_high", "Upper end of the score's 95 % interval.",
                 G_STRUCT_OFFSET (VmmScoreValue, high), end_us);
  append_probes (text, result, end_us);
  append_series (text, result, start_us);
  g_string_append (text, "# EOF\n");
  return g_string_free (text, FALSE);
}
