/* SPDX-License-Identifier: MIT */
/* result_check: whether what a document says of one run can be true of one run. */
#include "result_private.h"

#include "vmm/language.h"

#include <math.h>

#define TOLERANCE 1e-3    /* of a score; figures are kept with six digits */
#define PERCENT_SLACK 1.0 /* two counters are never read at the same moment */

static gboolean
is_near (double a, double b)
{
  return fabs (log (a / b)) <= TOLERANCE;
}

/* ---- The score, of whose definition all is known */

static void
check_value (const VmmJsonPlace *place, const char *member, double value, double expected)
{
  if (isnan (value) || is_near (value, expected))
    return;
  if (isnan (expected))
    vmm_json_complain (place, member,
                       VMM_SAID ("null was expected, for none of its parts is scored"));
  else
    vmm_json_complain (place, member, VMM_SAID ("%.1f was expected, which follows from its parts"),
                       expected);
}

/* Whether a reading's own ratio was cut at its limit: then the ratio of all is not that of their value. */
static gboolean
has_met_limit (const VmmResult *result, const VmmScoreRow *row)
{
  const float *values = vmm_result_get_series (result, row->channel);

  for (guint i = 0; i < result->n; i++)
    if (values[i] > VMM_SCORE_RATIO_LIMIT * row->reference ||
        values[i] < row->reference / VMM_SCORE_RATIO_LIMIT)
      return TRUE;
  return FALSE;
}

static void
check_ratio (const VmmResult *result, const VmmJsonPlace *probes, const VmmScoreProbe *probe)
{
  const VmmScoreRow *row = probe->row;
  double             expected =
      row->more_is_better ? probe->value / row->reference : row->reference / probe->value;

  if (isnan (probe->ratio) || !(probe->value > 0) || is_near (probe->ratio, expected) ||
      has_met_limit (result, row))
    return;
  VmmJsonPlace place = vmm_json_enter (probes, row->name);
  vmm_json_complain (&place, "ratio", VMM_SAID ("%.3f was expected, which follows from its value"),
                     expected);
}

/* Leaves the logarithms of what is scored, NAN for the rest. */
static void
check_probes (const VmmResult *result, const VmmJsonPlace *root,
              double ret_logs[VMM_SCORE_MAX_PROBES])
{
  VmmJsonPlace probes = vmm_json_enter (root, "probes");

  for (const VmmScoreProbe *probe = result->score.probes; probe->row; probe++) {
    gboolean scored = probe->row->weight > 0 && probe->scored;
    *ret_logs++ = scored ? log (probe->ratio) : NAN;
    if (scored)
      check_ratio (result, &probes, probe);
  }
}

static void
check_score (const VmmResult *result, const VmmJsonPlace *root)
{
  const VmmScore *score = &result->score;
  VmmJsonPlace    place = vmm_json_enter (root, "score"),
               categories = vmm_json_enter (&place, "categories");
  double probes[VMM_SCORE_MAX_PROBES], expected[VMM_N_CATEGORIES], given[VMM_N_CATEGORIES];

  check_probes (result, root, probes);
  vmm_score_combine_probes (score->version, probes,
                            result->summaries[VMM_CHANNEL_NETWORK_LOSS].mean, expected);
  for (guint i = 0; i < VMM_N_CATEGORIES; i++) {
    VmmJsonPlace category = vmm_json_enter (&categories, vmm_category ((VmmCategory) i)->id);
    check_value (&category, "value", score->categories[i].value, 100 * exp (expected[i]));
    given[i] = log (score->categories[i].value);
  }
  check_value (&place, "total", score->total.value,
               exp (vmm_score_combine_categories (score->version, given)));
}

/* ---- The window */

static void
check_window (const VmmResult *result, const VmmJsonPlace *root)
{
  VmmJsonPlace place = vmm_json_enter (root, "window");
  guint        planned = vmm_plan_ticks (&result->plan);
  gboolean     invalid = result->score.quality == VMM_QUALITY_INVALID;

  if (invalid ? result->ticks > planned : result->ticks != planned)
    vmm_json_complain (&place, "ticks", VMM_SAID ("%u was expected, as the plan says"), planned);
  if (result->missed > result->ticks)
    vmm_json_complain (&place, "missed", VMM_SAID ("no more than the ticks was expected"));
  if (invalid && !isnan (result->score.total.value))
    vmm_json_complain (&place, "quality", VMM_SAID ("an invalid measurement has no score"));
}

/* ---- What is a share of a whole */

static gboolean
is_share (double value, VmmChannelId channel)
{
  double most = channel == VMM_CHANNEL_SELF_CPU ? G_MAXDOUBLE : 100 + PERCENT_SLACK;

  return !(value < -PERCENT_SLACK) && !(value > most);
}

static void
check_shares (const VmmResult *result, const VmmJsonPlace *root, VmmChannelId channel)
{
  const VmmSummary *summary = &result->summaries[channel];
  const float      *values = vmm_result_get_series (result, channel);
  const char       *id = vmm_channel (channel)->id;
  VmmJsonPlace      series = vmm_json_enter (root, "series"),
               summaries = vmm_json_enter (root, "summary");

  for (guint i = 0; i < result->n; i++)
    if (!is_share (values[i], channel))
      vmm_json_complain (&series, id, VMM_SAID ("percentages from 0 to 100 were expected"));
  if (!is_share (summary->mean, channel) || !is_share (summary->median, channel) ||
      !is_share (summary->p95, channel) || !is_share (summary->max, channel))
    vmm_json_complain (&summaries, id, VMM_SAID ("percentages from 0 to 100 were expected"));
}

void
vmm_result_check (const VmmResult *result, const VmmJsonPlace *root)
{
  check_window (result, root);
  if (vmm_score_knows (result->score.version))
    check_score (result, root);
  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    if (g_str_equal (vmm_channel ((VmmChannelId) c)->unit, "%"))
      check_shares (result, root, (VmmChannelId) c);
}
