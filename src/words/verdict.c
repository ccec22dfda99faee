/* SPDX-License-Identifier: MIT */
/* verdict: what a whole comparison says, in one or two sentences. */
#include "join.h"
#include "ranking.h"
#include "vmm/account.h"

#include <glib/gi18n-lib.h>

/* What can be compared where the totals cannot. */
static char *
say_rest (const VmmAccount *account)
{
  const VmmComparison *comparison = account->comparison;
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    if (item->level == VMM_LEVEL_CATEGORY && !item->barrier)
      g_string_append_printf (titles, "%s%s", titles->len ? ", " : "",
                              vmm_account_title (account, item));
  }
  if (!titles->len)
    return g_strdup (vmm_text (account->language, N_ ("still compared: the probes' own values")));
  /* TRANSLATORS: %s: "CPU, Disk" */
  return g_strdup_printf (vmm_text (account->language, N_ ("still compared: %s")), titles->str);
}

/* Which sides have nothing to compare, or NULL. */
static char *
say_unfit (const VmmAccount *account, const char *format)
{
  VmmLanguage language = account->language;
  char       *text = NULL;

  for (guint i = 0; i < account->comparison->n_sides; i++) {
    const VmmSideWords *words = &account->sides[i];
    if (account->comparison->sides[i].windows)
      continue;
    const char *note = words->note ? words->note : vmm_text (language, N_ ("none given"));
    text = vmm_words_join (text, vmm_fill (vmm_text (language, format), words->called, note, NULL),
                           language);
  }
  return text;
}

/* The only two sides that are compared. */
static const VmmPair *
find_pair (const VmmComparison *comparison, const VmmItem *total)
{
  const VmmPair *pair = total->pairs;

  while (!comparison->sides[pair->better].windows || !comparison->sides[pair->worse].windows)
    pair++;
  return pair;
}

char *
vmm_account_order (const VmmAccount *account)
{
  const VmmItem *total = vmm_comparison_find (account->comparison, VMM_LEVEL_TOTAL, "total");
  const VmmPair *pair =
      account->comparison->n_fit == 2 ? find_pair (account->comparison, total) : NULL;
  VmmLanguage language = account->language;

  if (!pair || pair->tested == VMM_VERDICT_NONE)
    return NULL;
  if (pair->design == VMM_DESIGN_INTERLEAVED)
    return g_strdup_printf (vmm_text_of (language, "measured in turns: %u pair",
                                         "measured in turns: %u pairs", pair->units),
                            pair->units);
  if (pair->design == VMM_DESIGN_SESSIONS)
    return g_strdup_printf (
        vmm_text_of (language, "measured at different hours: %u session of each at least",
                     "measured at different hours: %u sessions of each at least", pair->units),
        pair->units);
  return NULL;
}

static char *
say_totals_barred (const VmmAccount *account, const char *barrier)
{
  return g_strdup_printf (vmm_text (account->language, N_ ("the totals are not compared: %s")),
                          barrier);
}

/* Of the sides that are fit, two at least. */
static char *
say_fit (const VmmAccount *account)
{
  const VmmComparison *comparison = account->comparison;
  const VmmItem       *total = vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total");
  g_autofree char     *barrier = vmm_account_barrier (account, total);

  if (barrier)
    return vmm_words_join (say_totals_barred (account, barrier), say_rest (account),
                           account->language);
  if (comparison->n_fit == 2)
    return vmm_account_pair (account, total, find_pair (comparison, total));
  return vmm_words_ranking (account, total);
}

static char *
say_all (const VmmAccount *account)
{
  VmmLanguage language = account->language;
  char       *unfit;

  if (account->comparison->n_fit >= 2) {
    char *text = say_fit (account);
    /* TRANSLATORS: a side, and what is wrong with its windows: "left out: KVM (2 disturbed)" */
    unfit = say_unfit (account, N_ ("left out: %1$s (%2$s)"));
    return unfit ? vmm_words_join (text, unfit, language) : text;
  }
  unfit = say_unfit (account,
                     N_ ("no measurement of %1$s is fit for comparison (%2$s): measure a new one"));
  if (account->comparison->n_sides >= 2)
    return unfit;
  return vmm_words_join (
      unfit, g_strdup (vmm_text (language, N_ ("two sides at least make a comparison"))), language);
}

char *
vmm_account_verdict (const VmmAccount *account)
{
  guint ignored = account->comparison->ignored;
  char *text = say_all (account);

  if (!ignored)
    return text;
  return vmm_words_join (
      text,
      g_strdup_printf (vmm_text_of (account->language, "%u more side was left out",
                                    "%u more sides were left out", ignored),
                       ignored),
      account->language);
}
