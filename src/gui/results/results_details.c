/* SPDX-License-Identifier: MIT */
/* results_details: the chosen runs are read, and what they say is shown. */
#include <glib/gi18n-lib.h>

#include "chart_view.h"
#include "comparison.h"
#include "results_private.h"
#include "run_report.h"
#include "vmm/words.h"
#include "words.h"

static void
clear (VmmResultsPage *page)
{
  GList *children = gtk_container_get_children (GTK_CONTAINER (page->details));

  g_list_free_full (children, (GDestroyNotify) gtk_widget_destroy);
  g_clear_pointer (&page->chart, vmm_chart_unref);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page->details_scroller)), 0);
}

static void
show_chart (VmmResultsPage *page, VmmChart *chart, const char *description)
{
  page->chart = chart;
  chart->mirrored = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  gtk_container_add (GTK_CONTAINER (page->details), vmm_chart_view_new (chart, description));
}

static void
show_run (VmmResultsPage *page, VmmResult *result)
{
  GtkContainer    *box = GTK_CONTAINER (page->details);
  g_autofree char *words = vmm_words_score (vmm_result_get_score (result));
  VmmChart        *chart = vmm_chart_new_of_run (result);

  vmm_chart_describe_run (chart, result, words);
  vmm_run_report_begin (box, result);
  show_chart (page, chart, words);
  vmm_run_report_end (box, result);
}

static void
show_comparison (VmmResultsPage *page, const VmmSelection *selection)
{
  const VmmAccount *account = selection->account;
  gboolean          two = selection->sides == VMM_SIDES_RUN && selection->results->len == 2;
  GPtrArray        *results = selection->results;
  g_autofree char  *verdict = vmm_account_verdict (account);

  VmmChart *chart = vmm_chart_new_of_comparison (account, two ? results->pdata[0] : NULL,
                                                 two ? results->pdata[1] : NULL);

  vmm_chart_describe_comparison (chart, account, results);
  vmm_comparison_begin (GTK_CONTAINER (page->details), account);
  show_chart (page, chart, verdict);
  vmm_comparison_end (GTK_CONTAINER (page->details), account);
}

static void
show_sides (VmmResultsPage *page, const VmmSelection *selection)
{
  gboolean several = selection->results->len >= 2;

  page->showing_sides = TRUE;
  if (several)
    gtk_combo_box_set_active (GTK_COMBO_BOX (page->sides), (int) selection->sides - VMM_SIDES_RUN);
  page->showing_sides = FALSE;
  gtk_widget_set_visible (page->sides_bar, several);
}

static void
on_read (gpointer data, gpointer user_data)
{
  VmmSelection   *selection = data;
  VmmResultsPage *page = user_data;
  GtkContainer   *box = GTK_CONTAINER (page->details);

  if (!g_strv_equal ((const char *const *) selection->ids, (const char *const *) page->chosen))
    return; /* others have been chosen since */
  clear (page);
  show_sides (page, selection);
  for (guint i = 0; i < selection->problems->len; i++) {
    g_autofree char *line =
        g_strdup_printf (_ ("Damaged, left alone: %s; it can be deleted, or imported again."),
                         (char *) selection->problems->pdata[i]);
    vmm_words_add (box, line, NULL);
  }
  if (selection->comparison)
    show_comparison (page, selection);
  else if (selection->results->len >= 2)
    vmm_words_add (
        box, _ ("All chosen runs are on one side: compare by something else, or choose others."),
        NULL);
  else if (selection->results->len == 1)
    show_run (page, selection->results->pdata[0]);
  else if (selection->problems->len == 0)
    vmm_words_add (box,
                   vmm_run_list_count_shown (page->list) > 0
                       ? _ ("Choose a run to read its report, two or more to compare them.")
                       : _ ("No kept run has these words: search for others."),
                   "quiet");
  vmm_results_page_enable_actions (page);
}

void
vmm_results_page_show_chosen (VmmResultsPage *page, VmmSides sides)
{
  vmm_shelf_ask (page->shelf, (VmmShelfWork) vmm_selection_read, on_read,
                 vmm_selection_new (g_strdupv (page->chosen), sides),
                 (GDestroyNotify) vmm_selection_free);
}
