/* SPDX-License-Identifier: MIT */
/* verdict: what a whole comparison says, in one or two sentences. */
#include "join.h"
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

static int
compare_ranks (gconstpointer a, gconstpointer b, gpointer data)
{
  const VmmItem      *total = data;
  const VmmSideValue *first = &total->sides[*(const guint *) a];
  const VmmSideValue *second = &total->sides[*(const guint *) b];

  if (first->rank != second->rank)
    return first->rank < second->rank ? -1 : 1;
  if (first->rank_to != second->rank_to)
    return first->rank_to < second->rank_to ? -1 : 1;
  return (first->value < second->value) - (first->value > second->value);
}

/* What the ranks of an item say. */
typedef struct {
  gboolean indicative; /* a pair makes no verdict */
  gboolean scarce;     /* for there are too few windows */
  gboolean ranked;     /* there is more than one rank */
  gboolean shared;     /* there is one with two sides */
  gboolean exact;      /* sides that share one are not told apart by anything */
} Ranking;

static Ranking
judge_ranks (const VmmItem *total)
{
  Ranking ranking = { .exact = TRUE };

  for (guint i = 0; i < total->n_pairs; i++) {
    const VmmPair *pair = &total->pairs[i];
    gboolean       shared =
        vmm_ranks_are_shared (&total->sides[pair->better], &total->sides[pair->worse]);
    if (pair->verdict == VMM_VERDICT_NONE)
      continue;
    ranking.indicative = ranking.indicative || pair->verdict == VMM_VERDICT_INDICATIVE;
    ranking.scarce = ranking.scarce || (ranking.indicative && pair->tested == VMM_VERDICT_NONE);
    ranking.ranked = ranking.ranked || !shared;
    ranking.shared = ranking.shared || shared;
    ranking.exact = ranking.exact && !(shared && pair->verdict == VMM_VERDICT_DIFFERENT);
  }
  return ranking;
}

static void
append_rank (GString *text, const VmmSideValue *value)
{
  if (value->rank == value->rank_to)
    g_string_append_printf (text, "%u. ", value->rank);
  else
    g_string_append_printf (text, "%u.–%u. ", value->rank, value->rank_to);
}

/* "1. A 120 (110 to 130), 2. B 98 (92 to 104), 2.–3. C 97 (91 to 103)" */
static char *
list_sides (const VmmAccount *account, const VmmItem *total, gboolean ranked)
{
  GString *text = g_string_new (NULL);
  guint    order[VMM_COMPARE_MAX_SIDES], n = 0;

  for (guint i = 0; i < total->n_sides; i++)
    if (account->comparison->sides[i].windows)
      order[n++] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_ranks, (gpointer) total);
  for (guint i = 0; i < n; i++) {
    const VmmSideValue *value = &total->sides[order[i]];
    g_autofree char    *figures = vmm_account_value (account, total, order[i]);
    g_string_append (text, i ? ", " : "");
    if (ranked)
      append_rank (text, value);
    g_string_append_printf (text, "%s %s", account->sides[order[i]].called, figures);
  }
  return g_string_free (text, FALSE);
}

static const char *
get_ranking_format (const Ranking *ranking)
{
  if (ranking->indicative)
    return N_ ("indicative ranking: %s");
  /* TRANSLATORS: %s: "A 120 (110 to 130), B 98 (92 to 104), C 97 (91 to 103)" */
  return ranking->ranked ? N_ ("ranking: %s") : N_ ("no difference that these runs can show: %s");
}

/* What is to be known beside a ranking, or NULL. */
static char *
say_reserve (const VmmAccount *account, const Ranking *ranking)
{
  VmmLanguage language = account->language;

  if (ranking->indicative && !ranking->scarce)
    return vmm_words_join (
        g_strdup (vmm_text (language, N_ ("not measured in turns: a drift of the host looks like a "
                                          "difference"))),
        g_strdup (vmm_account_remedy (account)), language);
  if (ranking->indicative)
    return g_strdup_printf (vmm_text_of (language, "a verdict needs %d window of each",
                                         "a verdict needs %d windows of each",
                                         VMM_COMPARE_MIN_WINDOWS),
                            VMM_COMPARE_MIN_WINDOWS);
  if (!ranking->ranked || !ranking->shared)
    return NULL;
  return g_strdup (vmm_text (
      language,
      ranking->exact
          ? N_ ("between sides that share a rank no difference that these runs can show")
          : N_ ("sides that share a rank are told apart only where a pair is said to be better")));
}

static char *
say_ranking (const VmmAccount *account, const VmmItem *total)
{
  VmmLanguage      language = account->language;
  Ranking          ranking = judge_ranks (total);
  g_autofree char *listed = list_sides (account, total, ranking.ranked);
  char *text = vmm_fill (vmm_text (language, get_ranking_format (&ranking)), listed, NULL);
  char *more = say_reserve (account, &ranking);

  return more ? vmm_words_join (text, more, language) : text;
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
  return say_ranking (account, total);
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
  unfit =
      say_unfit (account, N_ ("no window of %1$s is fit for comparison (%2$s): measure a new one"));
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
