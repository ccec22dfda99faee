/* SPDX-License-Identifier: MIT */
/* report: writes a result down for people: score, probes, window, machine, and what is missing. */
#include "report.h"

#include "findings.h"
#include "outlook_page.h"
#include "page.h"
#include "readings.h"
#include "vmm/figure.h"
#include "vmm/language.h"
#include "vmm/text.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define NAME_COLUMNS VMM_PAGE_NAME

/* Of the table of scores, beside the names. */
enum { MEASURED, REFERENCE, POINTS, INTERVAL, N_COLUMNS };

static const struct {
  const char *heading;
  guint       columns; /* at least */
} figures[N_COLUMNS] = {
  [MEASURED] = { N_ ("measured"), VMM_PAGE_FIGURE },
  [REFERENCE] = { N_ ("100 means"), VMM_PAGE_FIGURE },
  [POINTS] = { N_ ("points"), VMM_PAGE_FIGURE - 2 },
  /* xgettext:no-c-format */
  [INTERVAL] = { N_ ("95 % interval"), 19 },
};

/* ---- The score */

/* Free with g_free(). */
static char *
say_reason (const VmmScoreValue *value)
{
  return vmm_say (value->reason ? value->reason : N_ ("not known"));
}

char *
vmm_report_line (const VmmResult *result)
{
  g_autofree char *line = vmm_words_score_line (vmm_result_get_score (result));
  g_autofree char *clean = vmm_text_clean (line);

  return g_strconcat (clean, "\n", NULL);
}

static void
append_total (GString *out, const VmmResult *result, const VmmStyle *style)
{
  const VmmScore  *score = vmm_result_get_score (result);
  g_autofree char *total = vmm_words_points (score->total.value, score->quality);
  g_autofree char *interval = vmm_words_interval (score->total.low, score->total.high);

  if (!isfinite (score->total.value)) {
    g_autofree char *reason = say_reason (&score->total);
    vmm_page_format (out, style, _ ("Score"), _ ("none: %s"), reason);
    return;
  }
  g_string_append (out, style->bold);
  vmm_text_append_left (out, _ ("Score"), MAX (10, vmm_text_width (_ ("Score"))));
  g_string_append_printf (out, " %s%s", total, style->reset);
  g_autofree char *sure =
      interval[0] ? g_strdup_printf (_ ("95 %% interval %s"), interval) : g_strdup ("");
  /* Beside it, or below it. */
  gboolean fits = 11 + vmm_text_width (total) + 3 + vmm_text_width (sure) <= style->width;
  g_string_append (out, sure[0] && fits ? "   " : "\n");
  if (sure[0] && fits)
    g_string_append_printf (out, "%s\n", sure);
  else if (sure[0])
    vmm_page_note (out, style, "", sure);
  if (score->quality == VMM_QUALITY_DISTURBED)
    vmm_page_format (out, style, "", "%s",
                     _ ("In brackets: the measurement was disturbed, not for comparison."));
  vmm_page_format (out, style, "",
                   _ ("100 = the reference guest, 200 = served twice as fast, 50 = half as fast "
                      "(definition %u). One measurement is an indication: compare three or more."),
                   score->version);
}

static void
append_reason (GString *out, const VmmStyle *style, const char *reason, guint indent)
{
  g_autofree char *said = vmm_say (reason), *clean = vmm_text_clean (said);

  g_string_append_printf (out, "%*s%s", (int) indent, "", style->dim);
  vmm_text_append_wrapped (out, clean, indent, indent, style->width);
  g_string_append (out, style->reset);
}

static void
append_figure (GString *out, const VmmStyle *style, guint column, const char *text)
{
  static const guint spare[N_COLUMNS] = { INTERVAL, REFERENCE, MEASURED, POINTS };
  guint              widths[N_COLUMNS];

  for (guint i = 0; i < N_COLUMNS; i++)
    widths[i] = vmm_page_figure (_ (figures[i].heading), figures[i].columns);
  if (vmm_page_choose (style, widths, N_COLUMNS, spare) & (1u << column))
    vmm_text_append_right (out, text, widths[column]);
}

/* `told` is the reason that the category has given already, or NULL. */
static void
append_probe (GString *out, const VmmStyle *style, const VmmScoreProbe *probe, const char *told)
{
  char               text[VMM_FIGURE_SIZE];
  const VmmScoreRow *row = probe->row;
  VmmFigureUnit      unit = vmm_words_probe_unit (row, probe->value);
  double             needed = row->weight > 0 ? probe->ratio : probe->value;

  g_string_append (out, "  ");
  vmm_page_name (out, _ (vmm_channel (row->channel)->title), NAME_COLUMNS - 2);
  append_figure (out, style, MEASURED, vmm_figure_in (text, VMM_LOCAL, probe->value, unit));
  if (row->weight > 0) {
    append_figure (out, style, REFERENCE, vmm_figure_in (text, VMM_LOCAL, row->reference, unit));
    append_figure (out, style, POINTS, vmm_figure_points (text, probe->ratio * 100));
  }
  g_string_append_c (out, '\n');
  if (!isfinite (needed) && probe->reason && g_strcmp0 (probe->reason, told) != 0)
    append_reason (out, style, probe->reason, 4);
}

static void
append_category (GString *out, const VmmScore *score, const VmmStyle *style, VmmCategory category)
{
  const VmmScoreValue *value = &score->categories[category];
  const char          *told = isfinite (value->value) ? NULL : value->reason;
  g_autofree char     *interval = vmm_words_interval (value->low, value->high);
  g_autofree char     *points = vmm_words_points (value->value, score->quality);

  g_string_append_printf (out, "%s%s", style->hues[vmm_category (category)->hue], style->bold);
  vmm_page_name (out, vmm_words_metric (vmm_category_metric (category)), NAME_COLUMNS);
  append_figure (out, style, MEASURED, "");
  append_figure (out, style, REFERENCE, "");
  append_figure (out, style, POINTS, points);
  g_string_append (out, style->reset);
  if (interval[0])
    append_figure (out, style, INTERVAL, interval);
  g_string_append_c (out, '\n');
  if (told)
    append_reason (out, style, told, 2);
  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++)
    if (probe->row->category == category && probe->row->weight > 0)
      append_probe (out, style, probe, told);
}

static void
append_scores (GString *out, const VmmScore *score, const VmmStyle *style)
{
  g_string_append (out, style->dim);
  vmm_page_name (out, "", NAME_COLUMNS);
  for (guint i = 0; i < N_COLUMNS; i++)
    append_figure (out, style, i, _ (figures[i].heading));
  g_string_append_printf (out, "%s\n", style->reset);
  for (int category = 0; category < VMM_N_CATEGORIES; category++)
    append_category (out, score, style, category);

  g_string_append_printf (out, "%s%s%s\n", style->bold, _ ("Shown, never scored"), style->reset);
  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++)
    if (probe->row->weight <= 0 && probe->cause != VMM_CAUSE_NOT_RECORDED)
      append_probe (out, style, probe, NULL);
}

/* ---- The window */

static void
append_quality (GString *out, const VmmResult *result, const VmmStyle *style)
{
  char            text[VMM_FIGURE_SIZE], seconds[VMM_DECIMAL_SIZE];
  const VmmScore *score = vmm_result_get_score (result);
  const VmmPlan  *plan = vmm_result_get_plan (result);
  guint           ticks = vmm_result_get_ticks (result), missed = vmm_result_get_missed (result);

  vmm_page_note (out, style, C_ ("heading", "Quality"), vmm_words_quality (score->quality));
  for (guint i = 0; i < score->reasons->len; i++) {
    g_autofree char *reason = vmm_say (g_ptr_array_index (score->reasons, i));
    vmm_page_note (out, style, "", reason);
  }
  vmm_page_format (out, style, "", _ ("%1$s seconds, %2$u readings, %3$u missed"),
                   vmm_decimal (VMM_LOCAL, seconds, "%g", ticks * (plan->interval_ms / 1000.0)),
                   ticks - MIN (missed, ticks), missed);
  if (isfinite (score->total.value) && !vmm_plan_is_standard (plan))
    vmm_page_note (out, style, "",
                   _ ("the score is defined for 30 seconds: compare only with the same length"));
  if (vmm_words_unseen (result))
    vmm_page_note (out, style, "", vmm_words_unseen (result));
  if (isfinite (score->own_busy_percent) && score->reasons->len == 0)
    vmm_page_format (out, style, "", _ ("other programs of this guest used %s of its CPUs"),
                     vmm_figure (text, score->own_busy_percent, "%"));
}

static char *
describe_scratch (const VmmProbesInfo *probes)
{
  if (!probes->scratch_dir)
    return g_strdup (_ ("no scratch file"));
  return g_strdup_printf (probes->direct ? _ ("scratch file in %s past the cache")
                                         : _ ("scratch file in %s"),
                          probes->scratch_dir);
}

/* How the network and the probes were measured. */
static void
append_means (GString *out, const VmmResult *result, const VmmStyle *style)
{
  char                 buffers[VMM_FIGURE_SIZE];
  const VmmPingInfo   *ping = vmm_result_get_ping (result);
  const VmmProbesInfo *probes = vmm_result_get_probes_info (result);

  if (ping->method != VMM_PING_NONE)
    /* TRANSLATORS: "192.0.2.1 (gateway), icmp, time stamps: kernel" */
    vmm_page_format (out, style, _ ("Ping"), _ ("%1$s (%2$s), %3$s, time stamps: %4$s"),
                     ping->address, vmm_say_id ("target", vmm_target_kind_id (ping->kind)),
                     vmm_say_id ("ping", vmm_ping_method_id (ping->method)),
                     vmm_say_id ("stamps", vmm_stamps_id (ping->stamps)));
  if (!vmm_result_get_plan (result)->probes)
    return;
  g_autofree char *scratch = describe_scratch (probes);
  /* TRANSLATORS: "29 rounds, 96.0 MiB of buffers, no scratch file, own load removed" */
  vmm_page_format (out, style, _ ("Probes"), _ ("%1$u rounds, %2$s of buffers, %3$s, %4$s"),
                   probes->rounds, vmm_figure_bytes (buffers, (double) probes->buffer_bytes),
                   scratch,
                   probes->own_load_removed ? _ ("own load removed") : _ ("own load not removed"));
}

static void
append_usual (GString *out, const VmmResult *result, const VmmStyle *style)
{
  g_autofree char *usual = vmm_words_usual (result);

  if (usual)
    vmm_page_note (out, style, C_ ("heading", "Usual"), usual);
}

static void
append_cost (GString *out, const VmmResult *result, const VmmStyle *style)
{
  char   cpu[VMM_FIGURE_SIZE], memory[VMM_FIGURE_SIZE];
  double peak = (double) vmm_result_get_peak_rss_bytes (result);

  vmm_page_format (out, style, _ ("Own cost"), _ ("%1$s of one CPU, %2$s of memory at most"),
                   vmm_figure (cpu, vmm_result_get_self_cpu_percent (result), "%"),
                   vmm_figure_bytes (memory, peak));
}

static void
append_title (GString *out, const VmmResult *result, const VmmStyle *style)
{
  g_autoptr (GDateTime) utc =
      g_date_time_new_from_unix_utc (vmm_result_get_created (result) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_local (utc) : NULL;
  /* TRANSLATORS: as times are written in your language, by strftime(3), at most 20 columns wide */
  /* xgettext:no-c-format */
  const char      *format = _ ("%Y-%m-%d %H:%M:%S");
  g_autofree char *when = local ? g_date_time_format (local, format) : NULL;
  g_autofree char *program = vmm_text_clean (vmm_result_get_program (result));

  g_string_append (out, style->bold);
  vmm_text_append_left (out, program, style->width - 20);
  g_string_append (out, style->reset);
  vmm_text_append_right (out, when ? when : "", 20);
  g_string_append_c (out, '\n');
  if (vmm_result_get_label (result)[0])
    vmm_page_note (out, style, _ ("Label"), vmm_result_get_label (result));
}

char *
vmm_report (const VmmResult *result, const VmmConsole *console)
{
  const VmmStyle look = vmm_console_style (console), *style = &look;
  GString       *out = g_string_new (NULL);

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
  vmm_outlook_append (out, result, style);
  vmm_readings_append (out, result, style);
  g_string_append_c (out, '\n');
  vmm_page_machine_details (out, vmm_result_get_host (result), style);
  append_usual (out, result, style);
  append_means (out, result, style);
  vmm_readings_append_energy (out, result, style);
  vmm_readings_append_missing (out, result, style);
  append_cost (out, result, style);
  return g_string_free (out, FALSE);
}
