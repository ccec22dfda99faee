/* SPDX-License-Identifier: MIT */
/* comparison: the verdict first, then what it stands on. */
#include "comparison.h"

#include <glib/gi18n-lib.h>

#include "vmm/phrases.h"
#include "item_grid.h"
#include "label.h"

/* The best first, row by row. */
static void
begin_ranking (GtkContainer *box, const VmmAccount *account)
{
  g_autofree char *verdict = vmm_account_verdict (account);
  g_autofree char *reserve = vmm_account_reserve (account);
  GtkWidget       *title = vmm_label_add_sentence (box, vmm_account_ranking (account), "verdict");

  gtk_widget_set_tooltip_text (title, verdict);
  vmm_ranking_add (box, account);
  if (reserve)
    vmm_label_add_sentence (box, reserve, "quiet");
}

static void
begin_verdict (GtkContainer *box, const VmmAccount *account)
{
  g_autofree char *verdict = vmm_phrase_verdict (account);

  vmm_label_add (box, verdict, "verdict");
  for (guint i = 0; i < account->comparison->n_sides; i++) {
    g_autofree char *line = vmm_account_side (account, i);
    vmm_label_add (box, line, "quiet");
  }
  g_autofree char *order = vmm_account_order (account);
  if (order)
    vmm_label_add_sentence (box, order, "quiet");
}

void
vmm_comparison_begin (GtkContainer *box, const VmmAccount *account)
{
  vmm_label_add (box, _ ("Verdict"), "heading");
  if (vmm_account_is_ranking (account))
    begin_ranking (box, account);
  else
    begin_verdict (box, account);
}

static void
add_likeness (GtkContainer *box, const VmmAccount *account)
{
  const GPtrArray *likeness = account->comparison->likeness;
  guint            told = 0;

  vmm_label_add (box, _ ("Like for like"), "heading");
  for (guint i = 0; i < likeness->len; i++) {
    const VmmLikeness *row = likeness->pdata[i];
    const char        *consequence = vmm_account_consequence (account, row);
    if (row->same)
      continue;
    g_autofree char *values = vmm_account_traits (account, row);
    g_autofree char *line = g_strdup_printf (C_ ("title: value", "%1$s: %2$s"),
                                             vmm_account_trait (account, row), values);
    vmm_label_add (box, line, "finding");
    vmm_label_add_sentence (box, consequence ? consequence : _ ("take note"), "quiet");
    told++;
  }
  if (!told)
    vmm_label_add (box, _ ("Like is compared with like."), NULL);
}

static void
add_cures (GtkContainer *box, const VmmAccount *account)
{
  const GPtrArray *cures = account->comparison->cures;

  if (cures->len)
    vmm_label_add (box, vmm_account_cures (account), "heading");
  for (guint i = 0; i < cures->len; i++) {
    const VmmCure   *cure = cures->pdata[i];
    g_autofree char *text = vmm_account_cure (account, cure);
    vmm_label_add (box, vmm_account_cure_title (account, cure), "finding");
    GtkWidget *label = vmm_label_add_sentence (box, text, NULL);
    gtk_label_set_selectable (GTK_LABEL (label), cure->undo != NULL); /* there are commands in it */
  }
}

/* Of more than two sides: which of them are told apart. */
static void
add_pairs (GtkContainer *box, const VmmAccount *account)
{
  const VmmItem *total = vmm_comparison_find (account->comparison, VMM_LEVEL_TOTAL, "total");

  if (account->comparison->n_fit == 2)
    return; /* it is the verdict */
  g_autofree char *values = vmm_account_values (account, total);
  gtk_widget_set_tooltip_text (
      vmm_label_add (box, vmm_account_level (account, VMM_LEVEL_TOTAL), "heading"), values);
  for (guint i = 0; i < total->n_pairs; i++) {
    g_autofree char *verdict = vmm_account_pair (account, total, &total->pairs[i]);
    if (vmm_account_tells (account, total, &total->pairs[i]))
      vmm_label_add_sentence (box, verdict, "quiet");
  }
}

void
vmm_comparison_end (GtkContainer *box, const VmmAccount *account)
{
  add_cures (box, account);
  vmm_item_grid_add (box, account);
  vmm_label_add (
      box,
      _ ("The ratio is that of the better side to the other, of the best to the last; in bold "
         "where it is no chance. The pointer on a figure shows more."),
      "quiet");
  add_likeness (box, account);
  add_pairs (box, account);
}
