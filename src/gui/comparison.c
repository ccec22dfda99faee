/* SPDX-License-Identifier: MIT */
/* comparison: the verdict first, then what it stands on. */
#include "comparison.h"

#include <glib/gi18n-lib.h>

#include "vmm/phrases.h"
#include "words.h"

void
vmm_comparison_begin (GtkContainer *box, const VmmComparison *comparison)
{
  g_autofree char *verdict = vmm_phrase_verdict (comparison);

  vmm_words_add (box, _ ("Verdict"), "heading");
  vmm_words_add (box, verdict, "verdict");
  for (guint i = 0; i < comparison->n_sides; i++) {
    g_autofree char *line = vmm_side_to_text (&comparison->sides[i], VMM_LOCAL);
    vmm_words_add (box, line, "quiet");
  }
}

static void
add_likeness (GtkContainer *box, const VmmComparison *comparison)
{
  guint told = 0;

  vmm_words_add (box, _ ("Like for like"), "heading");
  for (guint i = 0; i < comparison->likeness->len; i++) {
    const VmmLikeness *row = comparison->likeness->pdata[i];
    if (row->same)
      continue;
    g_autofree char *values = vmm_likeness_to_text (comparison, row);
    g_autofree char *line = g_strdup_printf (C_ ("title: value", "%1$s: %2$s"), row->name, values);
    vmm_words_add (box, line, "finding");
    vmm_words_add_sentence (box, row->consequence ? row->consequence : _ ("take note"), "quiet");
    told++;
  }
  if (!told)
    vmm_words_add (box, _ ("Like is compared with like."), NULL);
}

static void
add_item (GtkContainer *box, const VmmItem *item, const VmmComparison *comparison)
{
  g_autoptr (GString) values = g_string_new (NULL);

  for (guint i = 0; i < item->n_sides; i++) {
    if (!comparison->sides[i].windows)
      continue;
    g_autofree char *value = vmm_side_value_to_text (item, i, VMM_LOCAL);
    g_autofree char *line = g_strdup_printf (C_ ("title: value", "%1$s: %2$s"),
                                             vmm_side_get_brief (&comparison->sides[i]), value);
    g_string_append_printf (values, "%s%s", values->len ? " · " : "", line);
  }
  if (item->level != VMM_LEVEL_TOTAL)
    vmm_words_add (box, item->title, "finding");
  vmm_words_add (box, values->str, NULL);
  for (guint i = 0; i < item->n_pairs; i++)
    if (vmm_pair_is_told (comparison, item, &item->pairs[i]))
      vmm_words_add (box, item->pairs[i].text, "quiet");
}

void
vmm_comparison_end (GtkContainer *box, const VmmComparison *comparison)
{
  static const char *const titles[] = { N_ ("Total"), N_ ("Categories, most decisive first"),
                                        N_ ("Probes, most decisive first") };
  int                      level = -1;

  add_likeness (box, comparison);
  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    if (item->level == VMM_LEVEL_TOTAL && comparison->n_fit == 2)
      continue; /* is the verdict */
    if ((int) item->level != level)
      vmm_words_add (box, _ (titles[item->level]), "heading");
    level = (int) item->level;
    add_item (box, item, comparison);
  }
}
