/* SPDX-License-Identifier: MIT */
/* ranking: three sides and more in their order, as a sentence or row by row. */
#include "ranking.h"
#include "join.h"

#include <glib/gi18n-lib.h>

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

/* Those that are compared, best first. */
static guint
sort_sides (const VmmAccount *account, const VmmItem *total, guint order[VMM_COMPARE_MAX_SIDES])
{
  guint n = 0;

  for (guint i = 0; i < total->n_sides; i++)
    if (account->comparison->sides[i].windows)
      order[n++] = i;
  g_qsort_with_data (order, (int) n, sizeof *order, compare_ranks, (gpointer) total);
  return n;
}

/* "1. A 120 (110 to 130), 2. B 98 (92 to 104), 2.–3. C 97 (91 to 103)" */
static char *
list_sides (const VmmAccount *account, const VmmItem *total, gboolean ranked)
{
  GString *text = g_string_new (NULL);
  guint    order[VMM_COMPARE_MAX_SIDES], n = sort_sides (account, total, order);

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
    return g_strdup_printf (vmm_text_of (language, "a verdict needs %d measurement of each",
                                         "a verdict needs %d measurements of each",
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

char *
vmm_words_ranking (const VmmAccount *account, const VmmItem *total)
{
  VmmLanguage      language = account->language;
  Ranking          ranking = judge_ranks (total);
  g_autofree char *listed = list_sides (account, total, ranking.ranked);
  char *text = vmm_fill (vmm_text (language, get_ranking_format (&ranking)), listed, NULL);
  char *more = say_reserve (account, &ranking);

  return more ? vmm_words_join (text, more, language) : text;
}

/* ---- As rows */

static const VmmItem *
get_total (const VmmAccount *account)
{
  return vmm_comparison_find (account->comparison, VMM_LEVEL_TOTAL, "total");
}

gboolean
vmm_account_is_ranking (const VmmAccount *account)
{
  return account->comparison->n_fit > 2 && !get_total (account)->barrier;
}

void
vmm_account_sort (const VmmAccount *account, guint ret_order[VMM_COMPARE_MAX_SIDES])
{
  guint n = sort_sides (account, get_total (account), ret_order);

  for (guint i = 0; i < account->comparison->n_sides; i++)
    if (!account->comparison->sides[i].windows)
      ret_order[n++] = i;
}

const char *
vmm_account_ranking (const VmmAccount *account)
{
  Ranking ranking = judge_ranks (get_total (account));

  if (ranking.indicative)
    return vmm_text (account->language, N_ ("indicative ranking"));
  return ranking.ranked
             ? vmm_text (account->language, N_ ("ranking"))
             : vmm_text (account->language, N_ ("no difference that these runs can show"));
}

char *
vmm_account_rank (const VmmAccount *account, guint side)
{
  const VmmItem *total = get_total (account);
  GString       *text = g_string_new (NULL);

  if (judge_ranks (total).ranked && total->sides[side].rank)
    append_rank (text, &total->sides[side]);
  return g_strchomp (g_string_free (text, FALSE));
}

char *
vmm_account_reserve (const VmmAccount *account)
{
  Ranking ranking = judge_ranks (get_total (account));

  return say_reserve (account, &ranking);
}
