/* SPDX-License-Identifier: MIT */
/* exposition: a window's figures as Prometheus takes them: base units, one unit a family, no times. */
#include "vmm/export.h"

#include "metrics_text.h"
#include "vmm/advice.h"

#include <math.h>
#include <string.h>

#define FIGURE "%.6g" /* the digits of documents */
#define MOMENT "%.3f"

/* `labels`: name, value, name, value, NULL. */
static void
append_sample (GString *text, const char *name, const char *const *labels, const char *format,
               double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (value))
    return;
  g_string_append_printf (text, "%s{", name);
  for (guint i = 0; labels[i]; i += 2)
    vmm_metrics_append_label (text, labels[i], labels[i + 1]);
  g_string_append_printf (text, "} %s\n", g_ascii_formatd (digits, sizeof digits, format, value));
}

static void
append_labelled (GString *text, const char *name, const char *label, const char *of, double value)
{
  append_sample (text, name, (const char *const[]){ label, of, NULL }, FIGURE, value);
}

/* ---- What has one value */

static double
get_score (const VmmResult *result)
{
  return vmm_result_get_score (result)->total.value;
}

static double
get_low (const VmmResult *result)
{
  return vmm_result_get_score (result)->total.low;
}

static double
get_high (const VmmResult *result)
{
  return vmm_result_get_score (result)->total.high;
}

static double
get_stolen (const VmmResult *result)
{
  const VmmScoreProbe *probe =
      vmm_score_find_probe (vmm_result_get_score (result), VMM_CHANNEL_CPU_STOLEN);

  return probe ? probe->value / 100 : NAN;
}

static double
get_start (const VmmResult *result)
{
  return (double) vmm_result_get_created (result) / G_USEC_PER_SEC;
}

static double
get_duration (const VmmResult *result)
{
  return vmm_plan_seconds (vmm_result_get_plan (result));
}

/* clang-format off */
static const struct {
  const char *name, *help, *format;
  double    (*get) (const VmmResult *result); /* NAN = absent */
} gauges[] = {
  { "vmm_score", "Score of the newest window; 100 is the reference guest, more is better.", FIGURE, get_score },
  { "vmm_score_lower_bound", "Lower end of the 95 % interval of vmm_score.", FIGURE, get_low },
  { "vmm_score_upper_bound", "Upper end of the 95 % interval of vmm_score.", FIGURE, get_high },
  { "vmm_window_stolen_ratio", "Share of a CPU that the host withheld over the newest window, measured from within.", FIGURE, get_stolen },
  { "vmm_window_start_timestamp_seconds", "When the newest window began.", MOMENT, get_start },
  { "vmm_window_duration_seconds", "How long the newest window was to be.", FIGURE, get_duration },
};
/* clang-format on */

static void
append_gauges (GString *text, const VmmResult *result)
{
  for (guint i = 0; i < G_N_ELEMENTS (gauges); i++)
    vmm_metrics_append_figure (text, gauges[i].name, "gauge", gauges[i].help, gauges[i].format,
                               gauges[i].get (result));
}

/* ---- What has several */

static void
append_categories (GString *text, const VmmResult *result)
{
  const VmmScore *score = vmm_result_get_score (result);

  vmm_metrics_append_family (text, "vmm_category_score", "gauge",
                             "Score of a category of the newest window.");
  for (guint i = 0; i < VMM_N_CATEGORIES; i++)
    append_labelled (text, "vmm_category_score", "category", vmm_category ((VmmCategory) i)->id,
                     score->categories[i].value);
}

static void
append_quality (GString *text, const VmmResult *result)
{
  VmmQuality quality = vmm_result_get_score (result)->quality;

  vmm_metrics_append_family (text, "vmm_window_quality", "gauge",
                             "Quality of the newest window: 1 for the one that it has.");
  for (guint i = VMM_QUALITY_CLEAN; i <= VMM_QUALITY_INVALID; i++)
    append_labelled (text, "vmm_window_quality", "quality", vmm_quality_id ((VmmQuality) i),
                     i == quality);
}

/* The units of probes, and what one is in a base unit. */
static const struct {
  const char *unit, *base;
  double      factor;
} units[] = {
  { "ns", "seconds", 1e-9 },
  { "us", "seconds", 1e-6 },
  { "ms", "seconds", 1e-3 },
  { "MB/s", "bytes_per_second", 1e6 },
};

/* Times have a family, each rate one of its own. */
static void
append_rate (GString *text, const char *probe, const char *base, double value)
{
  g_autofree char *name = g_strdup_printf ("vmm_probe_%s_%s", probe, base);

  vmm_metrics_append_figure (text, name, "gauge",
                             "What this probe measured over the newest window.", FIGURE, value);
}

static void
append_probe (GString *times, GString *rates, const VmmScoreRow *row, double value)
{
  const char *unit = vmm_channel (row->channel)->unit;

  for (guint i = 0; isfinite (value) && i < G_N_ELEMENTS (units); i++)
    if (strcmp (unit, units[i].unit) != 0)
      continue;
    else if (strcmp (units[i].base, "seconds") == 0)
      append_labelled (times, "vmm_probe_seconds", "probe", row->name, value * units[i].factor);
    else
      append_rate (rates, row->name, units[i].base, value * units[i].factor);
}

static void
append_probes (GString *text, const VmmResult *result)
{
  const VmmScore *score = vmm_result_get_score (result);
  g_autoptr (GString) rates = g_string_new (NULL);

  vmm_metrics_append_family (text, "vmm_probe_seconds", "gauge",
                             "The time that a probe measured over the newest window.");
  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++)
    append_probe (text, rates, probe->row, probe->value);
  g_string_append (text, rates->str);
}

static void
append_findings (GString *text, const VmmResult *result)
{
  g_autoptr (GPtrArray) findings = vmm_advise (result);

  vmm_metrics_append_family (text, "vmm_finding", "gauge",
                             "What the newest window found to be wrong with the guest.");
  for (guint i = 0; i < findings->len; i++) {
    const VmmFinding *finding = g_ptr_array_index (findings, i);
    g_string_append (text, "vmm_finding{");
    vmm_metrics_append_label (text, "id", finding->id);
    vmm_metrics_append_label (text, "sureness", vmm_sureness_id (finding->sureness));
    g_string_append (text, "} 1\n");
  }
}

/* ---- What the cloud has announced */

/* Of "Sep", from 1; 0 = it is none. */
static int
find_month (const char *word)
{
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    if (strcmp (word, months[i]) == 0)
      return (int) i + 1;
  return 0;
}

/* "21 Jan 2019 09:00:43 GMT" as Amazon writes it, and Azure with "Mon, " before; NULL where it is neither. */
static GDateTime *
parse_words (const char *text)
{
  enum { DAY, MONTH, YEAR, HOUR, MINUTE, SECOND, ZONE, WORDS };
  const char *comma = strstr (text, ", ");
  g_auto (GStrv) words = g_strsplit_set (comma ? comma + 2 : text, " :", WORDS + 1);
  guint64 numbers[WORDS] = { 0 };

  if (g_strv_length (words) != WORDS || strcmp (words[ZONE], "GMT") != 0)
    return NULL;
  for (guint i = 0; i < ZONE; i++)
    if (i != MONTH && !g_ascii_string_to_unsigned (words[i], 10, 0, 9999, &numbers[i], NULL))
      return NULL;
  return g_date_time_new_utc ((int) numbers[YEAR], find_month (words[MONTH]), (int) numbers[DAY],
                              (int) numbers[HOUR], (int) numbers[MINUTE], (double) numbers[SECOND]);
}

/* In s since the epoch; NAN = it is not told, or not as any cloud does. */
static double
parse_time (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) of_words = parse_words (text);
  g_autoptr (GDateTime) of_figures = g_date_time_new_from_iso8601 (text, utc);
  GDateTime *time = of_words ? of_words : of_figures;

  return time ? (double) g_date_time_to_unix (time) : NAN;
}

static void
append_event_figure (GString *text, const VmmHost *host, const char *name, const char *help,
                     double value)
{
  const char *const labels[] = { "kind", host->event, "source", host->cloud_id, NULL };

  if (!isfinite (value))
    return;
  vmm_metrics_append_family (text, name, "gauge", help);
  append_sample (text, name, labels, "%.0f", value);
}

static void
append_event (GString *text, const VmmHost *host)
{
  if (!*host->event)
    return;
  append_event_figure (text, host, "vmm_cloud_event",
                       "What the cloud had announced for this guest when the newest window began.",
                       1);
  append_event_figure (text, host, "vmm_cloud_event_not_before_timestamp_seconds",
                       "Before when that is not to happen.", parse_time (host->event_time));
}

/* Those that grow with the load; a document of before has none. */
static void
append_headroom (GString *text, const VmmResult *result)
{
  const VmmOutlookState *outlook = vmm_result_get_outlook (result);

  vmm_metrics_append_family (text, "vmm_headroom_ratio", "gauge",
                             "About how many times the load of the newest window fits into this "
                             "resource; no digit of it is sure.");
  for (guint i = 0; outlook && i < VMM_N_RESOURCES; i++)
    append_labelled (text, "vmm_headroom_ratio", "resource", vmm_resource_id (i),
                     outlook->headroom.resources[i].multiple);
}

static void
append_bound (GString *text, const char *subject, const char *bound, double seconds)
{
  append_sample (text, "vmm_forecast_seconds",
                 (const char *const[]){ "subject", subject, "bound", bound, NULL }, FIGURE,
                 seconds);
}

/* Of those alone that are said: there are none among probes. */
static void
append_forecasts (GString *text, const VmmResult *result)
{
  const VmmOutlookState *outlook = vmm_result_get_outlook (result);

  vmm_metrics_append_family (text, "vmm_forecast_seconds", "gauge",
                             "How long after the newest window memory is full at its rate, or the "
                             "next episode begins, where that is forecast.");
  for (guint i = 0; outlook && i < VMM_N_OUTLOOKS; i++) {
    const VmmOutlookItem *item = &outlook->items[i];
    if (item->why != VMM_OUTLOOK_SAID)
      continue;
    append_bound (text, vmm_outlook_id (i), "low", item->low_s);
    append_bound (text, vmm_outlook_id (i), "middle", item->when_s);
    append_bound (text, vmm_outlook_id (i), "high", item->high_s);
  }
}

char *
vmm_export_prometheus (const VmmResult *result)
{
  GString *text = g_string_new (NULL);

  vmm_metrics_append_machine (text, vmm_result_get_program (result),
                              vmm_result_get_score (result)->version, vmm_result_get_host (result));
  append_gauges (text, result);
  append_quality (text, result);
  append_categories (text, result);
  append_probes (text, result);
  append_findings (text, result);
  append_headroom (text, result);
  append_forecasts (text, result);
  append_event (text, vmm_result_get_host (result));
  return g_string_free (text, FALSE);
}
