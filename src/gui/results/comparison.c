/* SPDX-License-Identifier: MIT */
/* comparison: the verdict first, then what it stands on. */
#include "comparison.h"

#include <glib/gi18n-lib.h>

#include "vmm/phrases.h"
#include "label.h"

void
vmm_comparison_begin (GtkContainer *box, const VmmAccount *account)
{
  g_autofree char *verdict = vmm_phrase_verdict (account);

  vmm_label_add (box, _ ("Verdict"), "heading");
  vmm_label_add (box, verdict, "verdict");
  for (guint i = 0; i < account->comparison->n_sides; i++) {
    g_autofree char *line = vmm_account_side (account, i);
    vmm_label_add (box, line, "quiet");
  }
  g_autofree char *order = vmm_account_order (account);
  if (order)
    vmm_label_add_sentence (box, order, "quiet");
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
add_item (GtkContainer *box, const VmmItem *item, const VmmAccount *account)
{
  g_autofree char *values = vmm_account_values (account, item);

  if (item->level != VMM_LEVEL_TOTAL)
    vmm_label_add (box, vmm_account_title (account, item), "finding");
  vmm_label_add (box, values, NULL);
  for (guint i = 0; i < item->n_pairs; i++) {
    g_autofree char *verdict = vmm_account_pair (account, item, &item->pairs[i]);
    if (vmm_account_tells (account, item, &item->pairs[i]))
      vmm_label_add (box, verdict, "quiet");
  }
}

void
vmm_comparison_end (GtkContainer *box, const VmmAccount *account)
{
  const VmmComparison *comparison = account->comparison;
  int                  level = -1;

  add_likeness (box, account);
  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    if (item->level == VMM_LEVEL_TOTAL && comparison->n_fit == 2)
      continue; /* is the verdict */
    if ((int) item->level != level)
      vmm_label_add (box, vmm_account_level (account, item->level), "heading");
    level = (int) item->level;
    add_item (box, item, account);
  }
}
