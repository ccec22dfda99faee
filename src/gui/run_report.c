/* SPDX-License-Identifier: MIT */
/* run_report: which run, how good, how sure, and what it says is wrong. */
#include "run_report.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "phrases.h"
#include "selection.h"
#include "vmm/advice.h"
#include "vmm/figure.h"
#include "words.h"
#include "vmm/language.h"

char *
vmm_run_report_score (const VmmResult *result)
{
  const VmmScore *score = vmm_result_get_score (result);
  const char     *quality = vmm_say_id ("quality", vmm_quality_id (score->quality));

  if (isnan (score->total.value)) {
    g_autofree char *reason =
        score->total.reason ? vmm_say (score->total.reason) : g_strdup (quality);
    return g_strdup_printf (_ ("no score: %s"), reason);
  }
  if (score->quality == VMM_QUALITY_DISTURBED)
    return g_strdup_printf (_ ("score (%1$.1f), 95 %% interval %2$.1f to %3$.1f, disturbed window: "
                               "not for comparison"),
                            score->total.value, score->total.low, score->total.high);
  return g_strdup_printf (_ ("score %1$.1f, 95 %% interval %2$.1f to %3$.1f, window: %4$s"),
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
  g_autofree char *window = g_strdup_printf (_ ("%1$g s window, a row every %2$u ms"),
                                             vmm_plan_seconds (plan), plan->interval_ms);

  vmm_words_add (box, name, "heading");
  vmm_words_add_sentence (box, words, "verdict");
  vmm_words_add (box, host, "quiet");
  vmm_words_add (box, window, "quiet");
  for (guint i = 0; score->reasons && i < score->reasons->len; i++) {
    g_autofree char *reason = vmm_say (score->reasons->pdata[i]);
    vmm_words_add_sentence (box, reason, NULL);
  }
}

/* "A slow clock source (likely, about 3 points)" */
static char *
format_title (const VmmFinding *finding)
{
  const char *symptom = finding->symptom,
             *sureness = vmm_say_id ("sureness", vmm_sureness_id (finding->sureness));

  if (!isfinite (finding->points))
    return g_strdup_printf (C_ ("symptom, how sure its cause is", "%1$s (%2$s)"), symptom,
                            sureness);
  guint points = (guint) CLAMP (lround (finding->points), 0, 100000);
  if (points == 0)
    return g_strdup_printf (_ ("%1$s (%2$s, less than 1 point)"), symptom, sureness);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%1$s (%2$s, about %3$u point)",
                                       "%1$s (%2$s, about %3$u points)", points),
                          symptom, sureness, points);
}

static void
add_finding (GtkContainer *box, const VmmFinding *finding)
{
  g_autofree char *title = format_title (finding);
  g_autofree char *evidence = g_strdup_printf (_ ("Measured: %s"), finding->evidence);
  g_autofree char *cause = g_strdup_printf (_ ("Cause: %s"), finding->cause);
  g_autofree char *remedy = g_strdup_printf (_ ("Remedy: %s"), finding->remedy);
  g_autofree char *source = g_strdup_printf (_ ("Source: %s"), finding->source);

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
    g_autofree char *reason = vmm_say (score->probes[i].reason);
    g_autofree char *line =
        g_strdup_printf (C_ ("title: value", "%1$s: %2$s"), _ (table[i].title), reason);
    vmm_words_add (box, line, "quiet");
  }
}

static void
add_probes (GtkContainer *box, const VmmScore *score)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (&n);

  vmm_words_add (box, _ ("Probes"), "heading");
  for (guint i = 0; i < n; i++) {
    const VmmScoreProbe *probe = &score->probes[i];
    char                 value[VMM_FIGURE_SIZE];
    if (isnan (probe->value))
      continue;
    vmm_figure (value, probe->value, vmm_channel (table[i].channel)->unit);
    g_autofree char *line =
        isnan (probe->ratio)
            ? g_strdup_printf (C_ ("title: value", "%1$s: %2$s"), _ (table[i].title), value)
            : g_strdup_printf (_ ("%1$s: %2$s, %3$.2f times the reference's speed"),
                               _ (table[i].title), value, probe->ratio);
    vmm_words_add (box, line, NULL);
  }
  add_missing (box, score);
}

void
vmm_run_report_end (GtkContainer *box, const VmmResult *result)
{
  const VmmScore *score = vmm_result_get_score (result);
  g_autoptr (GPtrArray) findings = vmm_advise (result, VMM_LOCAL);

  vmm_words_add (box, _ ("Findings"), "heading");
  if (findings->len == 0)
    vmm_words_add_sentence (box, vmm_advise_nothing (result, VMM_LOCAL), NULL);
  for (guint i = 0; i < findings->len; i++)
    add_finding (box, findings->pdata[i]);
  if (vmm_result_get_plan (result)->probes)
    add_probes (box, score);
}
