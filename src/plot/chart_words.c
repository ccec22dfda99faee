/* SPDX-License-Identifier: MIT */
/* chart_words: what is written above a picture: what it shows, of which machine, when, made by what. */
#include "vmm/chart.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vmm/phrases.h"

/* Each text once. */
static void
add_note (GPtrArray *notes, char *text)
{
  if (g_ptr_array_find_with_equal_func (notes, text, g_str_equal, NULL))
    g_free (text);
  else
    g_ptr_array_add (notes, text);
}

/* When the first and the last of the runs began. */
static char *
describe_time (VmmResult *const *results, guint n)
{
  gint64 first = vmm_result_get_created (results[0]), last = first;

  for (guint i = 1; i < n; i++) {
    first = MIN (first, vmm_result_get_created (results[i]));
    last = MAX (last, vmm_result_get_created (results[i]));
  }
  g_autofree char *begin = vmm_phrase_moment (first, FALSE);
  g_autofree char *end = vmm_phrase_moment (last, FALSE);
  /* TRANSLATORS: two moments: "2026-11-26 21:23 to 2026-11-27 08:05" */
  return strcmp (begin, end) == 0 ? g_strdup (begin)
                                  : g_strdup_printf (C_ ("moments", "%1$s to %2$s"), begin, end);
}

/* Takes `notes`. */
static void
describe_runs (VmmChart *chart, GPtrArray *notes, VmmResult *const *results, guint n)
{
  g_ptr_array_add (notes, describe_time (results, n));
  for (guint i = 0; i < n; i++)
    add_note (notes, vmm_host_summary (vmm_result_get_host (results[i])));
  for (guint i = 0; i < n; i++)
    add_note (notes, g_strdup (vmm_result_get_program (results[i])));
  g_ptr_array_add (notes, NULL);
  g_strfreev (chart->notes);
  chart->notes = (char **) g_ptr_array_free (notes, FALSE);
}

void
vmm_chart_describe_run (VmmChart *chart, VmmResult *result, const char *words)
{
  GPtrArray  *notes = g_ptr_array_new ();
  const char *label = vmm_result_get_label (result);

  g_free (chart->title);
  /* TRANSLATORS: %s: the label of a run or its VMM: the title of a picture */
  chart->title = *label ? g_strdup_printf (_ ("Score: “%s”"), label)
                        : g_strdup_printf (_ ("Score: %s"), chart->names[0]);
  g_free (chart->words);
  chart->words = vmm_phrase_capitalise (words);
  describe_runs (chart, notes, &result, 1);
}

void
vmm_chart_describe_comparison (VmmChart *chart, const VmmAccount *account, const GPtrArray *results)
{
  GPtrArray *notes = g_ptr_array_new ();
  guint      n_sides = account->comparison->n_sides;

  g_free (chart->title);
  chart->title = n_sides == 2
                     /* TRANSLATORS: two VMMs, labels or letters: the title of a picture */
                     ? g_strdup_printf (_ ("Comparison of %1$s and %2$s"), account->sides[0].called,
                                        account->sides[1].called)
                     : g_strdup_printf (_ ("Comparison of %u sides"), n_sides);
  g_free (chart->words);
  chart->words = vmm_phrase_verdict (account);
  for (guint i = 0; i < n_sides; i++)
    g_ptr_array_add (notes, vmm_account_side (account, i));
  describe_runs (chart, notes, (VmmResult *const *) results->pdata, results->len);
}
