/* SPDX-License-Identifier: MIT */
/* measuring_series: what measurements that were asked for together say together. */
#include "measuring_private.h"

#include <glib/gi18n-lib.h>

#include "measure_button.h"
#include "turns_news.h"
#include "vmm/account.h"

void
vmm_measuring_series_take (VmmMeasuring *measuring, VmmResult *result)
{
  if (vmm_run_get_number (measuring->run) == 1 || vmm_turns_news_is_by_turns (measuring->run))
    g_ptr_array_set_size (measuring->series, 0);
  g_ptr_array_add (measuring->series, vmm_result_ref (result));
}

/* NULL before the last one. Free with g_free(). */
static char *
say_together (const VmmMeasuring *measuring)
{
  const VmmPlan *plan = vmm_session_get_plan (vmm_run_get_session (measuring->run));

  if (measuring->series->len < 2 || vmm_run_count_left (measuring->run) > 0 || !plan->probes)
    return NULL;
  char *mean = vmm_account_mean (measuring->series);
  return mean
             ? mean
             : g_strdup (_ ("no common mean: fewer than two of these measurements are fit for it"));
}

void
vmm_measuring_series_show (VmmMeasuring *measuring, const VmmResult *result, const GError *error)
{
  g_autofree char *together = say_together (measuring);
  g_autofree char *unkept = error ? vmm_measure_button_not_kept (error) : NULL;
  g_autofree char *note = together ? g_strjoin ("\n", together, unkept, NULL) : g_strdup (unkept);

  vmm_dashboard_show_result (measuring->place.dashboard, result, note);
}
