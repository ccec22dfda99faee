/* SPDX-License-Identifier: MIT */
/* run_report: which run, how good, how sure, and what it says is wrong. */
#include "run_report.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "label.h"
#include "selection.h"
#include "vmm/figure.h"
#include "vmm/language.h"
#include "vmm/phrases.h"
#include "vmm/words.h"

void
vmm_run_report_begin (GtkContainer *box, const VmmResult *result)
{
  const VmmScore  *score = vmm_result_get_score (result);
  const VmmPlan   *plan = vmm_result_get_plan (result);
  g_autofree char *name = vmm_selection_name_run (result, TRUE);
  g_autofree char *words = vmm_words_score (score), *usual = vmm_words_usual (result);
  g_autofree char *host = vmm_host_summary (vmm_result_get_host (result));
  g_autofree char *window = g_strdup_printf (_ ("%1$g s window, a row every %2$u ms"),
                                             vmm_plan_seconds (plan), plan->interval_ms);

  vmm_label_add (box, name, "heading");
  vmm_label_add_sentence (box, words, "verdict");
  vmm_label_add (box, host, "quiet");
  if (usual)
    vmm_label_add_sentence (box, usual, "quiet");
  vmm_label_add (box, window, "quiet");
  for (guint i = 0; score->reasons && i < score->reasons->len; i++) {
    g_autofree char *reason = vmm_say (score->reasons->pdata[i]);
    vmm_label_add_sentence (box, reason, NULL);
  }
}

static void
add_finding (GtkContainer *box, const VmmFinding *finding)
{
  g_autofree char *title = vmm_words_finding_title (finding);

  vmm_label_add (box, title, "finding");
  for (guint i = 0; i < VMM_N_FINDING_PARTS; i++) {
    const char      *heading;
    g_autofree char *text = vmm_words_finding_part (finding, i, &heading);
    g_autofree char *line = g_strdup_printf (C_ ("title: value", "%1$s: %2$s"), heading, text);
    vmm_label_add_sentence (box, line, i + 1 < VMM_N_FINDING_PARTS ? NULL : "quiet");
  }
}

static void
add_missing (GtkContainer *box, const VmmScore *score)
{
  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++) {
    if (probe->row->weight <= 0 || !probe->reason)
      continue;
    g_autofree char *reason = vmm_say (probe->reason);
    g_autofree char *line = g_strdup_printf (C_ ("title: value", "%1$s: %2$s"),
                                             _ (vmm_channel (probe->row->channel)->title), reason);
    vmm_label_add (box, line, "quiet");
  }
}

static void
add_probes (GtkContainer *box, const VmmScore *score)
{
  vmm_label_add (box, _ ("Probes"), "heading");
  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++) {
    const char *title = _ (vmm_channel (probe->row->channel)->title);
    char        value[VMM_FIGURE_SIZE];
    if (isnan (probe->value))
      continue;
    vmm_figure_in (value, VMM_LOCAL, probe->value, vmm_words_probe_unit (probe->row, probe->value));
    g_autofree char *line =
        isnan (probe->ratio)
            ? g_strdup_printf (C_ ("title: value", "%1$s: %2$s"), title, value)
            : g_strdup_printf (_ ("%1$s: %2$s, %3$.2f times the reference's speed"), title, value,
                               probe->ratio);
    vmm_label_add (box, line, NULL);
  }
  add_missing (box, score);
}

void
vmm_run_report_end (GtkContainer *box, const VmmResult *result)
{
  const VmmScore *score = vmm_result_get_score (result);
  g_autoptr (GPtrArray) findings = vmm_advise (result);

  vmm_label_add (box, _ ("Findings"), "heading");
  if (findings->len == 0)
    vmm_label_add_sentence (box, vmm_words_no_findings (score), NULL);
  for (guint i = 0; i < findings->len; i++)
    add_finding (box, findings->pdata[i]);
  if (vmm_result_get_plan (result)->probes)
    add_probes (box, score);
}
