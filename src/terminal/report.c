/* SPDX-License-Identifier: MIT */
/* report: writes a result down for people: score, probes, window, machine, and what is missing. */
#include "report.h"

#include "figure.h"
#include "findings.h"
#include "page.h"
#include "readings.h"
#include "text.h"

#include <string.h>

#define NAME_COLUMNS VMM_PAGE_NAME
#define FIGURE_COLUMNS VMM_PAGE_FIGURE
#define INTERVAL_COLUMNS 19

static const char *const categories[VMM_N_CATEGORIES] = { "CPU", "memory", "disk", "network" };
static const char *const headings[VMM_N_CATEGORIES] = { "CPU", "Memory", "Disk", "Network" };

const char *
vmm_report_category (VmmMetric category)
{
  g_return_val_if_fail ((guint) category < VMM_N_CATEGORIES, NULL);
  return categories[category];
}

/* ---- The score */

static char *
format_points (const VmmScore *score, double points)
{
  char text[VMM_FIGURE_SIZE];

  vmm_figure_points (text, points);
  return g_strdup_printf (
      score->quality == VMM_QUALITY_DISTURBED && isfinite (points) ? "(%s)" : "%s", text);
}

static char *
format_interval (const VmmScoreValue *value)
{
  char low[VMM_FIGURE_SIZE], high[VMM_FIGURE_SIZE];

  if (!isfinite (value->low) || !isfinite (value->high))
    return g_strdup ("");
  return g_strdup_printf ("%s to %s", vmm_figure_points (low, value->low),
                          vmm_figure_points (high, value->high));
}

static const char *
get_reason (const VmmScoreValue *value)
{
  return value->reason ? value->reason : "not known";
}

char *
vmm_report_line (const VmmResult *result)
{
  const VmmScore *score = vmm_result_get_score (result);
  GString        *out = g_string_new (NULL);

  if (isfinite (score->total.value)) {
    g_autofree char *total = format_points (score, score->total.value);
    g_autofree char *interval = format_interval (&score->total);
    g_string_append_printf (out, interval[0] ? "Score %s (%s)" : "Score %s", total, interval);
    for (int i = 0; i < VMM_N_CATEGORIES; i++) {
      char points[VMM_FIGURE_SIZE];
      g_string_append_printf (out, " · %s %s", categories[i],
                              vmm_figure_points (points, score->categories[i].value));
    }
    g_string_append_printf (out, " · %s\n", vmm_quality_id (score->quality));
  } else {
    g_autofree char *reason = vmm_text_clean (get_reason (&score->total));
    g_string_append_printf (out, "No score: %s\n", reason);
  }
  return g_string_free (out, FALSE);
}

static void
append_total (GString *out, const VmmResult *result, const VmmStyle *style)
{
  const VmmScore  *score = vmm_result_get_score (result);
  g_autofree char *total = format_points (score, score->total.value);
  g_autofree char *interval = format_interval (&score->total);

  if (!isfinite (score->total.value)) {
    vmm_page_format (out, style, "Score", "none: %s", get_reason (&score->total));
    return;
  }
  g_string_append_printf (out, "%sScore      %s%s", style->bold, total, style->reset);
  if (interval[0])
    g_string_append_printf (out, "   95 %% interval %s", interval);
  g_string_append_c (out, '\n');
  if (score->quality == VMM_QUALITY_DISTURBED)
    vmm_page_format (out, style, "", "In brackets: the window was disturbed, not for comparison.");
  vmm_page_format (out, style, "",
                   "100 = the reference guest, 200 = served twice as fast, 50 = half as fast "
                   "(definition %u). One window is an indication: compare three or more.",
                   score->version);
}

static void
append_reason (GString *out, const VmmStyle *style, const char *reason, guint indent)
{
  g_autofree char *clean = vmm_text_clean (reason);

  g_string_append_printf (out, "%*s%s", (int) indent, "", style->dim);
  vmm_text_append_wrapped (out, clean, indent, indent, VMM_PAGE_WIDTH);
  g_string_append (out, style->reset);
}

/* `told` is the reason that the category has given already, or NULL. */
static void
append_probe (GString *out, const VmmStyle *style, const VmmScoreRow *row,
              const VmmScoreProbe *probe, const char *told)
{
  char        text[VMM_FIGURE_SIZE];
  const char *unit = vmm_channel (row->channel)->unit;
  double      needed = row->weight > 0 ? probe->ratio : probe->value;

  g_string_append (out, "  ");
  vmm_text_append_left (out, row->title, NAME_COLUMNS - 2);
  vmm_text_append_right (out, vmm_figure (text, probe->value, unit), FIGURE_COLUMNS);
  if (row->weight > 0) {
    vmm_text_append_right (out, vmm_figure (text, row->reference, unit), FIGURE_COLUMNS);
    vmm_text_append_right (out, vmm_figure_points (text, probe->ratio * 100), FIGURE_COLUMNS - 2);
  }
  g_string_append_c (out, '\n');
  if (!isfinite (needed) && probe->reason && g_strcmp0 (probe->reason, told) != 0)
    append_reason (out, style, probe->reason, 4);
}

static void
append_category (GString *out, const VmmScore *score, const VmmStyle *style, VmmMetric category)
{
  guint                n;
  const VmmScoreRow   *table = vmm_score_table (&n);
  const VmmScoreValue *value = &score->categories[category];
  const char          *told = isfinite (value->value) ? NULL : value->reason;
  g_autofree char     *interval = format_interval (value);
  g_autofree char     *points = format_points (score, value->value);

  g_string_append_printf (out, "%s%s", style->metrics[category], style->bold);
  vmm_text_append_left (out, headings[category], NAME_COLUMNS + 2 * FIGURE_COLUMNS);
  vmm_text_append_right (out, points, FIGURE_COLUMNS - 2);
  g_string_append (out, style->reset);
  vmm_text_append_right (out, interval, interval[0] ? INTERVAL_COLUMNS : 0);
  g_string_append_c (out, '\n');
  if (told)
    append_reason (out, style, told, 2);
  for (guint i = 0; i < n; i++)
    if (table[i].category == category && table[i].weight > 0)
      append_probe (out, style, &table[i], &score->probes[i], told);
}

static void
append_scores (GString *out, const VmmScore *score, const VmmStyle *style)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (&n);

  g_string_append (out, style->dim);
  vmm_text_append_right (out, "measured", NAME_COLUMNS + FIGURE_COLUMNS);
  vmm_text_append_right (out, "100 means", FIGURE_COLUMNS);
  vmm_text_append_right (out, "points", FIGURE_COLUMNS - 2);
  vmm_text_append_right (out, "95 % interval", INTERVAL_COLUMNS);
  g_string_append_printf (out, "%s\n", style->reset);
  for (int category = 0; category < VMM_N_CATEGORIES; category++)
    append_category (out, score, style, category);

  g_string_append_printf (out, "%sShown, never scored%s\n", style->bold, style->reset);
  for (guint i = 0; i < n; i++)
    if (table[i].weight <= 0)
      append_probe (out, style, &table[i], &score->probes[i], NULL);
}

/* ---- The window */

static void
append_quality (GString *out, const VmmResult *result, const VmmStyle *style)
{
  char            text[VMM_FIGURE_SIZE];
  const VmmScore *score = vmm_result_get_score (result);
  const VmmPlan  *plan = vmm_result_get_plan (result);
  guint           ticks = vmm_result_get_ticks (result), missed = vmm_result_get_missed (result);

  vmm_page_format (out, style, "Window", "%s", vmm_quality_id (score->quality));
  for (guint i = 0; i < score->reasons->len; i++)
    vmm_page_note (out, style, "", g_ptr_array_index (score->reasons, i));
  vmm_page_format (
      out, style, "", "%g seconds, %u readings, %u missed%s", vmm_plan_seconds (plan),
      ticks - MIN (missed, ticks), missed,
      vmm_plan_is_standard (plan)
          ? ""
          : "; the score is defined for 30 seconds: compare only with the same length");
  if (isfinite (score->own_busy_percent) && score->reasons->len == 0)
    vmm_page_format (out, style, "", "other programs of this guest used %s of its CPUs",
                     vmm_figure (text, score->own_busy_percent, "%"));
}

/* How the network and the probes were measured. */
static void
append_means (GString *out, const VmmResult *result, const VmmStyle *style)
{
  char                 buffers[VMM_FIGURE_SIZE];
  const VmmPingInfo   *ping = vmm_result_get_ping (result);
  const VmmProbesInfo *probes = vmm_result_get_probes_info (result);

  if (ping->method != VMM_PING_NONE)
    vmm_page_format (out, style, "Ping", "%s (%s), %s, time stamps: %s", ping->address,
                     vmm_target_kind_id (ping->kind), vmm_ping_method_id (ping->method),
                     vmm_stamps_id (ping->stamps));
  if (!vmm_result_get_plan (result)->probes)
    return;
  vmm_page_format (out, style, "Probes", "%u rounds, %s of buffers, %s%s%s, %s", probes->rounds,
                   vmm_figure_bytes (buffers, (double) probes->buffer_bytes),
                   probes->scratch_dir ? "scratch file in " : "no scratch file",
                   probes->scratch_dir ? probes->scratch_dir : "",
                   probes->direct ? " past the cache" : "",
                   probes->own_load_removed ? "own load removed" : "own load not removed");
}

static void
append_cost (GString *out, const VmmResult *result, const VmmStyle *style)
{
  char   cpu[VMM_FIGURE_SIZE], memory[VMM_FIGURE_SIZE];
  double peak = (double) vmm_result_get_peak_rss_bytes (result);

  vmm_page_format (out, style, "Own cost", "%s of one CPU, %s of memory at most",
                   vmm_figure (cpu, vmm_result_get_self_cpu_percent (result), "%"),
                   vmm_figure_bytes (memory, peak));
}

static void
append_title (GString *out, const VmmResult *result, const VmmStyle *style)
{
  g_autoptr (GDateTime) utc =
      g_date_time_new_from_unix_utc (vmm_result_get_created (result) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;
  g_autofree char *when = local ? g_date_time_format (local, "%Y-%m-%d %H:%M:%S") : NULL;
  g_autofree char *program = vmm_text_clean (vmm_result_get_program (result));

  g_string_append (out, style->bold);
  vmm_text_append_left (out, program, VMM_PAGE_WIDTH - 20);
  g_string_append (out, style->reset);
  vmm_text_append_right (out, when ? when : "", 20);
  g_string_append_c (out, '\n');
  if (vmm_result_get_label (result)[0])
    vmm_page_note (out, style, "Label", vmm_result_get_label (result));
}

char *
vmm_report (const VmmResult *result, const VmmConsole *console)
{
  const VmmStyle *style = vmm_console_style (console);
  GString        *out = g_string_new (NULL);

  append_title (out, result, style);
  vmm_page_machine (out, vmm_result_get_host (result), style);
  append_total (out, result, style);
  append_quality (out, result, style);
  g_string_append_c (out, '\n');
  if (vmm_result_get_plan (result)->probes) {
    append_scores (out, vmm_result_get_score (result), style);
    g_string_append_c (out, '\n');
  }
  vmm_findings_append (out, result, style);
  vmm_readings_append (out, result, style);
  g_string_append_c (out, '\n');
  vmm_page_machine_details (out, vmm_result_get_host (result), style);
  append_means (out, result, style);
  vmm_readings_append_missing (out, result, style);
  append_cost (out, result, style);
  return g_string_free (out, FALSE);
}
