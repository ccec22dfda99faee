/* SPDX-License-Identifier: MIT */
/* run_details: a report or a comparison, made anew each time. */
#include "run_details.h"

#include <glib/gi18n-lib.h>

#include "chart_view.h"
#include "comparison.h"
#include "run_report.h"
#include "template.h"
#include "vmm/words.h"
#include "label.h"

struct _VmmRunDetails {
  GtkBox     parent;
  GtkWidget *sides_bar, *sides, *scroller, *box;
  VmmChart  *chart; /* that is shown, or NULL */
  gboolean   showing_sides;
};

enum { CHART = 1 }; /* properties */
enum { REGROUPED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_TYPE (VmmRunDetails, vmm_run_details, GTK_TYPE_BOX)

static void
clear (VmmRunDetails *details)
{
  GList *shown = gtk_container_get_children (GTK_CONTAINER (details->box));

  g_list_free_full (shown, (GDestroyNotify) gtk_widget_destroy);
  g_clear_pointer (&details->chart, vmm_chart_unref);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (details->scroller)), 0);
}

static void
show_chart (VmmRunDetails *details, VmmChart *chart, const char *description)
{
  details->chart = chart;
  chart->mirrored = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  gtk_container_add (GTK_CONTAINER (details->box), vmm_chart_view_new (chart, description));
}

static void
show_run (VmmRunDetails *details, VmmResult *result)
{
  GtkContainer    *box = GTK_CONTAINER (details->box);
  g_autofree char *words = vmm_words_score (vmm_result_get_score (result));
  VmmChart        *chart = vmm_chart_new_of_run (result);

  vmm_chart_describe_run (chart, result, words);
  vmm_run_report_begin (box, result);
  show_chart (details, chart, words);
  vmm_run_report_end (box, result);
}

static void
show_comparison (VmmRunDetails *details, const VmmSelection *selection)
{
  const VmmAccount *account = selection->account;
  gboolean          two = selection->sides == VMM_SIDES_RUN && selection->results->len == 2;
  GPtrArray        *results = selection->results;
  g_autofree char  *verdict = vmm_account_verdict (account);

  VmmChart *chart = vmm_chart_new_of_comparison (account, two ? results->pdata[0] : NULL,
                                                 two ? results->pdata[1] : NULL);

  vmm_chart_describe_comparison (chart, account, results);
  vmm_comparison_begin (GTK_CONTAINER (details->box), account);
  show_chart (details, chart, verdict);
  vmm_comparison_end (GTK_CONTAINER (details->box), account);
}

static void
show_sides (VmmRunDetails *details, const VmmSelection *selection)
{
  gboolean several = selection->results->len >= 2;

  details->showing_sides = TRUE;
  if (several)
    gtk_combo_box_set_active (GTK_COMBO_BOX (details->sides),
                              (int) selection->sides - VMM_SIDES_RUN);
  details->showing_sides = FALSE;
  gtk_widget_set_visible (details->sides_bar, several);
}

static void
tell_problems (GtkContainer *box, const GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++) {
    g_autofree char *line =
        g_strdup_printf (_ ("Damaged, left alone: %s; it can be deleted, or imported again."),
                         (char *) problems->pdata[i]);
    vmm_label_add (box, line, NULL);
  }
}

void
vmm_run_details_show (VmmRunDetails *details, const VmmSelection *selection, gboolean any_listed)
{
  GtkContainer *box = GTK_CONTAINER (details->box);

  clear (details);
  show_sides (details, selection);
  tell_problems (box, selection->problems);
  if (selection->comparison)
    show_comparison (details, selection);
  else if (selection->results->len >= 2)
    vmm_label_add (
        box, _ ("All chosen runs are on one side: compare by something else, or choose others."),
        NULL);
  else if (selection->results->len == 1)
    show_run (details, selection->results->pdata[0]);
  else if (selection->problems->len == 0)
    vmm_label_add (box,
                   any_listed ? _ ("Choose a run to read its report, two or more to compare them.")
                              : _ ("No kept run has these words: search for others."),
                   "quiet");
  g_object_notify (G_OBJECT (details), "chart");
}

VmmChart *
vmm_run_details_get_chart (VmmRunDetails *details)
{
  return details->chart;
}

VmmSides
vmm_run_details_get_sides (VmmRunDetails *details)
{
  int active = gtk_combo_box_get_active (GTK_COMBO_BOX (details->sides));

  return active < 0 ? VMM_SIDES_CHOOSE : VMM_SIDES_RUN + (VmmSides) active;
}

/* ---- Making */

static void
on_sides_changed (VmmRunDetails *details)
{
  int active = gtk_combo_box_get_active (GTK_COMBO_BOX (details->sides));

  if (!details->showing_sides && active >= 0)
    g_signal_emit (details, signals[REGROUPED], 0, VMM_SIDES_RUN + (VmmSides) active);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  g_value_set_boxed (value, VMM_RUN_DETAILS (object)->chart);
}

static void
finalize (GObject *object)
{
  vmm_chart_unref (VMM_RUN_DETAILS (object)->chart);
  G_OBJECT_CLASS (vmm_run_details_parent_class)->finalize (object);
}

static const VmmChild children[] = { VMM_CHILD (VmmRunDetails, sides_bar),
                                     VMM_CHILD (VmmRunDetails, sides),
                                     VMM_CHILD (VmmRunDetails, scroller),
                                     VMM_CHILD (VmmRunDetails, box) };

static void
vmm_run_details_class_init (VmmRunDetailsClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = get_property;
  object_class->finalize = finalize;
  g_object_class_install_property (
      object_class, CHART,
      g_param_spec_boxed ("chart", NULL, NULL, VMM_TYPE_CHART, G_PARAM_READABLE));
  signals[REGROUPED] = g_signal_new ("regrouped", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  VMM_SET_TEMPLATE (GTK_WIDGET_CLASS (class), "run_details.ui", children);
}

static void
vmm_run_details_init (VmmRunDetails *details)
{
  gtk_widget_init_template (GTK_WIDGET (details));
  g_signal_connect_swapped (details->sides, "changed", G_CALLBACK (on_sides_changed), details);
}
