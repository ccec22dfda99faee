/* SPDX-License-Identifier: MIT */
/* share: what is told to others of a result, or of two sides. */
#include "share_private.h"

#include "vmm/error.h"
#include "vmm/phrases.h"
#include "vmm/words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SCALE_MIN 125.0

char *
vmm_share_clean (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString         *clean = g_string_new (NULL);

  for (const char *at = valid; *at; at = g_utf8_next_char (at))
    g_string_append_unichar (clean,
                             vmm_may_show (g_utf8_get_char (at)) ? g_utf8_get_char (at) : 0xfffd);
  return g_string_free (clean, FALSE);
}

/* Takes `text`. */
static char *
take_clean (char *text)
{
  g_autofree char *taken = text;

  return taken ? vmm_share_clean (taken) : NULL;
}

/* ---- What all have */

static void
init_rows (VmmShare *share)
{
  share->rows[0].title = _ ("Score");
  share->rows[0].hue = -1;
  for (guint c = 0; c < VMM_N_CATEGORIES; c++) {
    share->rows[1 + c].title = vmm_words_metric (vmm_category_metric ((VmmCategory) c));
    share->rows[1 + c].hue = (int) vmm_category ((VmmCategory) c)->hue;
  }
}

/* Of the newest of the windows that are compared, or of the one. */
static void
describe_making (VmmShare *share, const VmmResult *result)
{
  share->program = vmm_share_clean (vmm_result_get_program (result));
  share->moment = vmm_phrase_moment (vmm_result_get_created (result), FALSE);
  share->meaning =
      g_strdup_printf (_ ("100 = the reference guest, 200 = served twice as fast (definition %u)"),
                       vmm_result_get_score (result)->version);
}

/* Without where it is, which others need not know. */
static void
describe_machine (VmmShareSide *side, const VmmHost *host)
{
  const char *name = vmm_text (VMM_LOCAL, host->vmm_name);
  VmmHost     anywhere = *host;

  anywhere.region = anywhere.zone = "";
  g_autofree char *summary = vmm_host_summary (&anywhere);

  side->machine =
      take_clean (g_strconcat (summary, host->cpu_model[0] ? " · " : "", host->cpu_model, NULL));
  side->version =
      host->vmm_version[0]
          ? take_clean (g_strdup_printf (_ ("%1$s version %2$s"), name, host->vmm_version))
          : NULL;
}

/* ---- A result */

static void
fill_run_row (VmmShareRow *row, const VmmScoreValue *value, VmmQuality quality)
{
  row->sides[0] = (VmmShareValue){ value->value, value->low, value->high,
                                   vmm_words_points (value->value, quality),
                                   vmm_words_interval (value->low, value->high) };
}

static char **
list_findings (const VmmResult *result)
{
  g_autoptr (GPtrArray) findings = vmm_advise (result);
  GPtrArray *titles = g_ptr_array_new ();

  for (guint i = 0; i < findings->len; i++)
    g_ptr_array_add (titles, take_clean (vmm_words_finding_title (findings->pdata[i])));
  if (!findings->len)
    g_ptr_array_add (titles, g_strdup (vmm_words_no_findings (vmm_result_get_score (result))));
  g_ptr_array_add (titles, NULL);
  return (char **) g_ptr_array_free (titles, FALSE);
}

VmmShare *
vmm_share_new_of_run (VmmResult *result)
{
  VmmShare       *share = g_new0 (VmmShare, 1);
  const VmmScore *score = vmm_result_get_score (result);
  const VmmHost  *host = vmm_result_get_host (result);
  const char     *label = vmm_result_get_label (result);

  share->n_sides = 1;
  share->result = vmm_result_ref (result);
  init_rows (share);
  describe_making (share, result);
  fill_run_row (&share->rows[0], &score->total, score->quality);
  for (guint c = 0; c < VMM_N_CATEGORIES; c++)
    fill_run_row (&share->rows[1 + c], &score->categories[c], score->quality);
  share->label = *label ? vmm_share_clean (label) : NULL;
  share->sides[0].name = vmm_share_clean (vmm_text (VMM_LOCAL, host->vmm_name));
  describe_machine (&share->sides[0], host);
  share->verdict = take_clean (vmm_words_score (score));
  share->quality = g_strdup_printf (C_ ("title: value", "%1$s: %2$s"), C_ ("heading", "Quality"),
                                    vmm_words_quality (score->quality));
  share->findings = list_findings (result);
  share->digest = vmm_result_get_digest (result);
  return share;
}

/* ---- A comparison */

static const VmmItem *
find_item (const VmmComparison *comparison, guint row)
{
  return row ? vmm_comparison_find (comparison, VMM_LEVEL_CATEGORY,
                                    vmm_category ((VmmCategory) (row - 1))->id)
             : vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total");
}

static void
fill_compared_row (VmmShareRow *row, const VmmAccount *account, const VmmItem *item)
{
  for (guint i = 0; i < VMM_SHARE_SIDES; i++) {
    const VmmSideValue *side = &item->sides[i];
    row->sides[i] =
        (VmmShareValue){ side->value, side->low, side->high,
                         take_clean (vmm_account_value (account, item, i)), g_strdup ("") };
  }
  if (item->n_pairs && vmm_account_tells (account, item, &item->pairs[0]))
    row->verdict = take_clean (vmm_account_pair (account, item, &item->pairs[0]));
}

static int
compare_digests (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* The digest of the digests, whichever side was named first; and the newest window. */
static char *
sum_up (const VmmComparison *comparison, const VmmResult **ret_newest)
{
  g_autoptr (GPtrArray) digests = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < VMM_SHARE_SIDES; i++)
    for (guint j = 0; j < comparison->sides[i].results->len; j++) {
      const VmmResult *result = comparison->sides[i].results->pdata[j];
      g_ptr_array_add (digests, vmm_result_get_digest (result));
      if (!*ret_newest || vmm_result_get_created (result) > vmm_result_get_created (*ret_newest))
        *ret_newest = result;
    }
  g_ptr_array_sort (digests, compare_digests);
  for (guint i = 0; i < digests->len; i++) {
    g_checksum_update (sum, digests->pdata[i], -1);
    g_checksum_update (sum, (const guchar *) "\n", 1);
  }
  return g_strdup (g_checksum_get_string (sum));
}

static void
describe_side (VmmShareSide *side, const VmmAccount *account, guint i)
{
  const VmmResult *first = account->comparison->sides[i].results->pdata[0];

  side->name = vmm_share_clean (vmm_account_brief (account, i));
  side->told = take_clean (vmm_account_side (account, i));
  describe_machine (side, vmm_result_get_host (first));
}

VmmShare *
vmm_share_new_of_comparison (const VmmAccount *account, GError **error)
{
  const VmmComparison *comparison = account->comparison;
  const VmmResult     *newest = NULL;

  if (comparison->n_sides != VMM_SHARE_SIDES || comparison->n_fit != VMM_SHARE_SIDES) {
    g_set_error (
        error, VMM_ERROR, VMM_ERROR_RANGE,
        _ ("two sides with measurements to compare are needed to show them to others: there "
           "are %u"),
        comparison->n_fit);
    return NULL;
  }
  VmmShare *share = g_new0 (VmmShare, 1);
  share->n_sides = VMM_SHARE_SIDES;
  share->account = account;
  init_rows (share);
  share->digest = sum_up (comparison, &newest);
  describe_making (share, newest);
  for (guint i = 0; i < VMM_SHARE_SIDES; i++)
    describe_side (&share->sides[i], account, i);
  for (guint i = 0; i < VMM_SHARE_ROWS; i++)
    fill_compared_row (&share->rows[i], account, find_item (comparison, i));
  share->verdict = take_clean (vmm_phrase_verdict (account));
  share->order = take_clean (vmm_account_order (account));
  share->findings = g_new0 (char *, 1);
  return share;
}

/* ---- Both */

double
vmm_share_scale (const VmmShare *share)
{
  double scale = SCALE_MIN;

  for (guint i = 0; i < VMM_SHARE_ROWS; i++)
    for (guint j = 0; j < share->n_sides; j++) {
      const VmmShareValue *value = &share->rows[i].sides[j];
      scale = isfinite (value->value) ? MAX (scale, value->value) : scale;
      scale = isfinite (value->high) ? MAX (scale, value->high) : scale;
    }
  return scale;
}

static void
clear_row (VmmShareRow *row)
{
  for (guint i = 0; i < VMM_SHARE_SIDES; i++) {
    g_free (row->sides[i].figure);
    g_free (row->sides[i].interval);
  }
  g_free (row->verdict);
}

void
vmm_share_free (VmmShare *share)
{
  if (!share)
    return;
  for (guint i = 0; i < VMM_SHARE_SIDES; i++) {
    g_free (share->sides[i].name);
    g_free (share->sides[i].told);
    g_free (share->sides[i].machine);
    g_free (share->sides[i].version);
  }
  for (guint i = 0; i < VMM_SHARE_ROWS; i++)
    clear_row (&share->rows[i]);
  g_free (share->program);
  g_free (share->moment);
  g_free (share->label);
  g_free (share->verdict);
  g_free (share->quality);
  g_free (share->order);
  g_free (share->meaning);
  g_strfreev (share->findings);
  g_free (share->digest);
  g_clear_pointer (&share->result, vmm_result_unref);
  g_free (share);
}
