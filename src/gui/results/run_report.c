/* SPDX-License-Identifier: MIT */
/* run_report: which run, how good, how sure, and what it says is wrong. */
#include "run_report.h"

#include <glib/gi18n-lib.h>

#include "finding.h"
#include "label.h"
#include "probe_table.h"
#include "selection.h"
#include "vmm/language.h"
#include "vmm/phrases.h"
#include "vmm/words.h"

/* “before the update” · Today 14:05 */
static char *
make_title (const VmmResult *result)
{
  const char      *label = vmm_result_get_label (result);
  g_autofree char *name =
      *label ? g_strdup_printf (_ ("“%s”"), label) : vmm_selection_name_run (result, FALSE);
  g_autofree char *day = vmm_phrase_day (vmm_result_get_created (result), g_get_real_time ());

  return g_strdup_printf (C_ ("name of a run, day", "%1$s · %2$s"), name, day);
}

void
vmm_run_report_begin (GtkContainer *box, const VmmResult *result)
{
  const VmmScore  *score = vmm_result_get_score (result);
  const VmmPlan   *plan = vmm_result_get_plan (result);
  g_autofree char *title = make_title (result);
  g_autofree char *moment = vmm_phrase_moment (vmm_result_get_created (result), TRUE);
  g_autofree char *words = vmm_words_score (score), *usual = vmm_words_usual (result);
  g_autofree char *host = vmm_host_summary (vmm_result_get_host (result));
  g_autofree char *window = g_strdup_printf (_ ("Measured for %1$g s, a reading every %2$u ms"),
                                             vmm_plan_seconds (plan), plan->interval_ms);

  gtk_widget_set_tooltip_text (vmm_label_add (box, title, "heading"), moment);
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

void
vmm_run_report_end (GtkContainer *box, const VmmResult *result)
{
  const VmmScore *score = vmm_result_get_score (result);
  g_autoptr (GPtrArray) findings = vmm_advise (result);

  vmm_label_add (box, _ ("Findings"), "heading");
  if (findings->len == 0)
    vmm_label_add_sentence (box, vmm_words_no_findings (score), NULL);
  for (guint i = 0; i < findings->len; i++)
    vmm_finding_add (box, findings->pdata[i]);
  if (!vmm_result_get_plan (result)->probes)
    return;
  vmm_label_add (box, _ ("Probes"), "heading");
  vmm_probe_table_add (box, score, TRUE);
}
