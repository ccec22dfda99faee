/* SPDX-License-Identifier: MIT */
/* run_report: which run, how good, how sure, and what it says is wrong. */
#include "run_report.h"

#include <math.h>

#include "selection.h"
#include "vmm/advice.h"
#include "vmm/compare.h"
#include "words.h"

char *
vmm_run_report_score (const VmmResult *result)
{
  const VmmScore *score = vmm_result_get_score (result);
  const char     *quality = vmm_quality_id (score->quality);

  if (isnan (score->total.value))
    return g_strdup_printf ("no score: %s", score->total.reason ? score->total.reason : quality);
  return g_strdup_printf (
      score->quality == VMM_QUALITY_DISTURBED
          ? "score (%.1f), 95 %% interval %.1f to %.1f, %s window: not for comparison"
          : "score %.1f, 95 %% interval %.1f to %.1f, %s window",
      score->total.value, score->total.low, score->total.high, quality);
}

void
vmm_run_report_begin (GtkContainer *box, const VmmResult *result)
{
  const VmmScore  *score = vmm_result_get_score (result);
  const VmmPlan   *plan = vmm_result_get_plan (result);
  g_autofree char *name = vmm_selection_name_run (result, TRUE);
  g_autofree char *words = vmm_run_report_score (result);
  g_autofree char *host = vmm_host_summary (vmm_result_get_host (result));
  g_autofree char *window = g_strdup_printf ("%g s window, a row every %u ms",
                                             vmm_plan_seconds (plan), plan->interval_ms);

  vmm_words_add (box, name, "heading");
  vmm_words_add_sentence (box, words, "verdict");
  vmm_words_add (box, host, "quiet");
  vmm_words_add (box, window, "quiet");
  for (guint i = 0; score->reasons && i < score->reasons->len; i++)
    vmm_words_add_sentence (box, score->reasons->pdata[i], NULL);
}

static char *
format_points (double points)
{
  if (!isfinite (points))
    return g_strdup ("");
  if (points < 0.5)
    return g_strdup (", less than 1 point");
  return g_strdup_printf (", about %.0f point%s", points, points < 1.5 ? "" : "s");
}

static void
add_finding (GtkContainer *box, const VmmFinding *finding)
{
  const char      *sureness = vmm_sureness_id (finding->sureness);
  g_autofree char *weight = format_points (finding->points);
  g_autofree char *title = g_strdup_printf ("%s (%s%s)", finding->symptom, sureness, weight);
  g_autofree char *evidence = g_strdup_printf ("Measured: %s", finding->evidence);
  g_autofree char *cause = g_strdup_printf ("Cause: %s", finding->cause);
  g_autofree char *remedy = g_strdup_printf ("Remedy: %s", finding->remedy);
  g_autofree char *source = g_strdup_printf ("Source: %s", finding->source);

  vmm_words_add (box, title, "finding");
  vmm_words_add (box, evidence, NULL);
  vmm_words_add (box, cause, NULL);
  vmm_words_add (box, remedy, NULL);
  vmm_words_add (box, source, "quiet");
}

static void
add_missing (GtkContainer *box, const VmmScore *score)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (&n);

  for (guint i = 0; i < n; i++) {
    if (table[i].weight <= 0 || !score->probes[i].reason)
      continue;
    g_autofree char *line = g_strdup_printf ("%s: %s", table[i].title, score->probes[i].reason);
    vmm_words_add (box, line, "quiet");
  }
}

static void
add_probes (GtkContainer *box, const VmmScore *score)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (&n);

  vmm_words_add (box, "Probes", "heading");
  for (guint i = 0; i < n; i++) {
    const VmmScoreProbe *probe = &score->probes[i];
    const VmmSideValue   figure = { 1, probe->value, NAN, NAN, 0 };
    if (isnan (probe->value))
      continue;
    g_autofree char *value =
        vmm_side_value_to_text (&figure, vmm_channel (table[i].channel)->unit, VMM_LOCAL);
    g_autofree char *line = isnan (probe->ratio)
                                ? g_strdup_printf ("%s: %s", table[i].title, value)
                                : g_strdup_printf ("%s: %s, %.2f times the reference's speed",
                                                   table[i].title, value, probe->ratio);
    vmm_words_add (box, line, NULL);
  }
  add_missing (box, score);
}

void
vmm_run_report_end (GtkContainer *box, const VmmResult *result)
{
  const VmmScore *score = vmm_result_get_score (result);
  g_autoptr (GPtrArray) findings = vmm_advise (result, VMM_LOCAL);

  vmm_words_add (box, "Findings", "heading");
  if (findings->len == 0)
    vmm_words_add_sentence (box, vmm_advise_nothing (result, VMM_LOCAL), NULL);
  for (guint i = 0; i < findings->len; i++)
    add_finding (box, findings->pdata[i]);
  if (vmm_result_get_plan (result)->probes)
    add_probes (box, score);
}
