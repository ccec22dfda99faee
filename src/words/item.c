/* SPDX-License-Identifier: MIT */
/* item: one row of a comparison, cell by cell. */
#include "join.h"
#include "vmm/account.h"
#include "vmm/figure.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>

const char *
vmm_account_level (const VmmAccount *account, VmmLevel level)
{
  static const char *const titles[] = { N_ ("Total"), N_ ("Categories, most decisive first"),
                                        N_ ("Probes, most decisive first") };

  return vmm_text (account->language, titles[level]);
}

const char *
vmm_account_title (const VmmAccount *account, const VmmItem *item)
{
  switch (item->level) {
  case VMM_LEVEL_CATEGORY:
    return vmm_text (account->language, vmm_category ((VmmCategory) item->category)->title);
  case VMM_LEVEL_PROBE:
    return vmm_text (account->language, vmm_channel (item->probe->channel)->title);
  case VMM_LEVEL_TOTAL:
  default:
    return vmm_text (account->language, N_ ("Total"));
  }
}

char *
vmm_account_barrier (const VmmAccount *account, const VmmItem *item)
{
  switch (item->barrier) {
  case VMM_BARRIER_UNLIKE:
    return g_strdup (vmm_account_consequence (
        account, g_ptr_array_index (account->comparison->likeness, item->barred_by)));
  case VMM_BARRIER_NO_VALUE:
    return g_strdup_printf (vmm_text (account->language, N_ ("%s has no value")),
                            account->sides[item->barred_by].called);
  case VMM_BARRIER_NONE:
  default:
    return NULL;
  }
}

char *
vmm_account_value (const VmmAccount *account, const VmmItem *item, guint side)
{
  const VmmSideValue *value = &item->sides[side];
  VmmLanguage         language = account->language;
  double              values[VMM_COMPARE_MAX_SIDES];
  char                figure[VMM_FIGURE_SIZE], low[VMM_FIGURE_SIZE], high[VMM_FIGURE_SIZE];

  if (isnan (value->value))
    return g_strdup (vmm_text (language, N_ ("no value")));
  for (guint i = 0; i < item->n_sides; i++)
    values[i] = item->sides[i].value;
  VmmFigureUnit unit = vmm_figure_unit (item->unit, values, item->n_sides);
  vmm_figure_in (figure, language, value->value, unit);
  if (isnan (value->low))
    return g_strdup (figure);
  /* TRANSLATORS: a value and its 95 % interval: "101 µs (97.8 to 105)" */
  return g_strdup_printf (vmm_text (language, N_ ("%1$s (%2$s to %3$s)")), figure,
                          vmm_figure_number (low, language, value->low, unit),
                          vmm_figure_number (high, language, value->high, unit));
}

/* Of the sides that are compared; NULL when none has a value. */
static char *
list_values (const VmmAccount *account, const VmmItem *item)
{
  GString *text = g_string_new (NULL);
  guint    values = 0;

  for (guint i = 0; i < item->n_sides; i++) {
    g_autofree char *figures = vmm_account_value (account, item, i);
    values += item->sides[i].windows > 0;
    if (account->comparison->sides[i].windows)
      g_string_append_printf (text, "%s%s %s", text->len ? ", " : "", account->sides[i].called,
                              figures);
  }
  return g_string_free (text, !values);
}

char *
vmm_account_values (const VmmAccount *account, const VmmItem *item)
{
  VmmLanguage      language = account->language;
  char            *values = list_values (account, item);
  g_autofree char *barrier = vmm_account_barrier (account, item);
  char            *why =
      barrier ? g_strdup_printf (vmm_text (language, N_ ("not compared: %s")), barrier) : NULL;

  if (values && why)
    return vmm_words_join (values, why, language);
  return values ? values : why ? why : g_strdup ("");
}
