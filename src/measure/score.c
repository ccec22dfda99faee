/* SPDX-License-Identifier: MIT */
/* score: what the arithmetic on the reference table says in numbers and words. */
#include "vmm/score.h"

#include "estimate.h"
#include "quality.h"
#include "vmm/language.h"

#define BLOCK_MS 5000  /* of the bootstrap: seconds beside each other are alike */
#define MIN_READINGS 3 /* fewer say nothing about their own spread */
#define SHARE_MAX 0.999
#define NORMAL_95 1.959964 /* half width of a 95 % interval in standard deviations */

/* The present values of a channel, sorted. A scored one cannot be negative: a ratio scale has no
 * place for it. */
static void
gather (VmmColumn *ret_column, const VmmScoreRow *row, const VmmScoreInput *input)
{
  const float *values = input->values[row->channel];
  VmmCell     *cells = g_new (VmmCell, input->n);
  guint        n = 0;
  for (guint i = 0; i < input->n; i++)
    if (vmm_absence (values[i]) == VMM_PRESENT && (row->weight == 0 || values[i] >= 0))
      cells[n++] = (VmmCell){ values[i], i };
  vmm_column_init (ret_column, cells, n);
}

/* The median, of ln x where that has a meaning. */
static double
get_location (const VmmColumn *column, gboolean ratio_scale)
{
  double low = column->cells[(column->n - 1) / 2].value, high = column->cells[column->n / 2].value;
  if (low == high)
    return low;
  return ratio_scale ? sqrt (low * high) : (low + high) / 2;
}

/* Of a share (percent) whose bursts come in some rounds and not in others, where a median is all or
 * nothing. Each round had the same time of its own, so the odds have the same weight. */
static double
get_share (const VmmColumn *column)
{
  double odds = 0;

  for (guint i = 0; i < column->n; i++) {
    double share = CLAMP (column->cells[i].value / 100, 0, SHARE_MAX);
    odds += share / (1 - share) / column->n;
  }
  return 100 * odds / (1 + odds);
}

/* In order still, if perhaps the other way round: the same to a median. */
static void
turn_into_log_ratios (VmmColumn *column, const VmmScoreRow *row)
{
  for (guint i = 0; i < column->n; i++)
    column->cells[i].value = vmm_log_ratio (row, column->cells[i].value);
}

static gboolean
is_pending (const VmmScoreRow *row, const VmmScoreInput *input)
{
  return input->n > 0 && vmm_absence (input->values[row->channel][input->n - 1]) == VMM_PENDING;
}

/* What is known of a channel's absence: from its source, else from what it left. */
static VmmReason
find_reason (const VmmScoreRow *row, const VmmScoreInput *input, guint seconds)
{
  VmmReason none = vmm_reason (VMM_CAUSE_NONE);
  VmmReason known = input->channel_reasons ? input->channel_reasons[row->channel] : none;

  if (known.sentence || seconds > 0)
    return known;
  if (row->category != VMM_CATEGORY_NETWORK && is_pending (row, input))
    return vmm_reason (VMM_CAUSE_NO_TURN);
  if (input->n == 0)
    return vmm_reason (VMM_CAUSE_NO_ROWS);
  known = vmm_absence_reason (vmm_absence (input->values[row->channel][input->n - 1]));
  return known.sentence ? known : vmm_reason (VMM_CAUSE_OUT_OF_RANGE);
}

static void
set_reason (VmmScoreProbe *probe, VmmReason reason)
{
  probe->cause = reason.cause;
  probe->reason = g_strdup (reason.sentence);
}

/* "12 of 30 readings: no reply", "O_DIRECT refused", "not asked for". */
static void
explain_absence (VmmScoreProbe *probe, const VmmScoreInput *input, guint expected)
{
  VmmReason why = find_reason (probe->row, input, probe->seconds);

  set_reason (probe, why);
  if (probe->seconds == 0)
    return;
  g_free (probe->reason);
  if (why.sentence) {
    probe->reason = g_strdup_printf (VMM_SAID ("%u of %u readings: %s"), probe->seconds, expected,
                                     why.sentence);
    return;
  }
  probe->cause = VMM_CAUSE_FEW_READINGS;
  probe->reason = g_strdup_printf (VMM_SAID ("%u of %u readings"), probe->seconds, expected);
}

/* Why a value that is there gets no ratio, or VMM_CAUSE_NONE. */
static VmmCause
explain_no_ratio (const VmmScoreRow *row, const VmmScoreInput *input, VmmQuality quality)
{
  if (row->weight == 0)
    return VMM_CAUSE_NEVER_SCORED;
  if (input->passive)
    return VMM_CAUSE_PASSIVE;
  if (quality == VMM_QUALITY_INVALID)
    return VMM_CAUSE_WINDOW_INVALID;
  if (row->category == VMM_CATEGORY_NETWORK && input->ping_method == VMM_PING_TCP)
    return VMM_CAUSE_TCP_TIMES;
  if (row->category == VMM_CATEGORY_NETWORK && input->ping_kind == VMM_TARGET_SELF)
    return VMM_CAUSE_OWN_TARGET;
  return VMM_CAUSE_NONE;
}

/* Readings in a whole window: an echo has one each tick, a probe one each round, in which either it or
 * a burst has its turn. */
static guint
get_expected (const VmmScoreRow *row, const VmmScoreInput *input)
{
  guint ticks = MAX (input->n, input->ticks), rounds = ticks / vmm_quality_round (input);
  guint bursts = input->light ? 0 : vmm_probes_bursts (rounds);

  if (row->category == VMM_CATEGORY_NETWORK)
    return ticks;
  return vmm_channel_is_of_bursts (row->channel) ? bursts : rounds - bursts;
}

/* A short window has fewer bursts than say something of their spread, and what they said is told. */
static guint
get_least (const VmmScoreRow *row, guint expected)
{
  return vmm_channel_is_of_bursts (row->channel) ? CLAMP (expected, 1, MIN_READINGS) : MIN_READINGS;
}

/* Fills `probe`, and leaves its ln ratios in `ret_column`, which stays empty when not scored. */
static void
score_probe (VmmScoreProbe *probe, VmmColumn *ret_column, const VmmScoreRow *row,
             const VmmScoreInput *input, VmmQuality quality)
{
  VmmColumn column;
  guint     expected = get_expected (row, input), least = get_least (row, expected);

  gather (&column, row, input);
  *probe = (VmmScoreProbe){ .row = row, .value = NAN, .ratio = NAN, .seconds = column.n };
  if (column.n < least || column.n * 2 < expected) {
    explain_absence (probe, input, MAX (expected, least));
  } else {
    probe->value = row->is_share ? get_share (&column) : get_location (&column, row->weight > 0);
    set_reason (probe, vmm_reason (explain_no_ratio (row, input, quality)));
    probe->scored = probe->reason == NULL;
  }
  if (!probe->scored) {
    vmm_column_clear (&column);
    return;
  }
  turn_into_log_ratios (&column, row);
  probe->ratio = exp (vmm_column_median (&column, NULL));
  *ret_column = column;
}

static VmmScoreValue
get_score (double log_ratio, double within, double between)
{
  double value = 100 * exp (log_ratio);
  double half = NORMAL_95 * sqrt ((isnan (within) ? 0 : within * within) + between * between);
  return (VmmScoreValue){ value, value * exp (-half), value * exp (half), NULL, VMM_CAUSE_NONE };
}

static VmmScoreValue
get_no_score (VmmReason reason)
{
  return (VmmScoreValue){ NAN, NAN, NAN, g_strdup (reason.sentence), reason.cause };
}

/* The reason of the category's first probe: where one is missing for a cause, all are. */
static VmmReason
explain_category (const VmmScore *score, VmmCategory category)
{
  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++)
    if (probe->row->category == category)
      return (VmmReason){ probe->cause, probe->reason };
  return vmm_reason (VMM_CAUSE_NONE);
}

/* Why something of the machine itself could not be asked often enough; no cause = all could. */
static VmmReason
find_starved (const VmmScore *score, const VmmEstimate *estimate)
{
  for (int c = 0; c < VMM_N_CATEGORIES; c++) {
    VmmReason reason = explain_category (score, c);
    if (c != VMM_CATEGORY_NETWORK && isnan (estimate->categories[c]) &&
        (reason.cause == VMM_CAUSE_FEW_READINGS || reason.cause == VMM_CAUSE_NO_TURN))
      return reason;
  }
  return vmm_reason (VMM_CAUSE_NONE);
}

/* Why there is no number at all, or none. `*ret_words` is what its sentence is in: free with g_free(). */
static VmmReason
explain_no_total (const VmmScore *score, const VmmScoreInput *input, char **ret_words)
{
  *ret_words = NULL;
  if (score->quality == VMM_QUALITY_INVALID) {
    *ret_words = g_strdup_printf (VMM_SAID ("window invalid: %s"),
                                  (char *) g_ptr_array_index (score->reasons, 0));
    return (VmmReason){ VMM_CAUSE_WINDOW_INVALID, *ret_words };
  }
  return vmm_reason (input->passive ? VMM_CAUSE_NO_PROBES : VMM_CAUSE_NONE);
}

/* A guest that is too starved to be asked is not as good as its network. */
static VmmScoreValue
get_total (const VmmScore *score, const VmmEstimate *estimate, const VmmEstimate *sd)
{
  VmmReason starved = find_starved (score, estimate);

  if (isnan (estimate->total))
    return get_no_score (vmm_reason (VMM_CAUSE_NOTHING_MEASURED));
  if (!starved.cause)
    return get_score (estimate->total, sd->total, vmm_score_between (score->version));
  g_autofree char *words =
      g_strdup_printf (VMM_SAID ("too little was measured in time: %s"), starved.sentence);
  return get_no_score ((VmmReason){ starved.cause, words });
}

static void
fill_values (VmmScore *score, const VmmScoreInput *input, const VmmEvidence *evidence)
{
  g_autofree char *words = NULL;
  VmmReason        nothing = explain_no_total (score, input, &words);
  VmmEstimate      estimate, sd = { .total = NAN };
  guint            block = (BLOCK_MS + input->interval_ms / 2) / MAX (input->interval_ms, 1);

  vmm_estimate (&estimate, evidence, NULL);
  if (!isnan (estimate.total))
    /* At least three blocks, or resamples would all be the same. */
    vmm_estimate_spread (&sd, evidence, CLAMP (block, 1, MAX (input->n / 3, 1)), input->seed);

  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    score->categories[c] =
        isnan (estimate.categories[c])
            ? get_no_score (nothing.cause ? nothing : explain_category (score, c))
            : get_score (estimate.categories[c], sd.categories[c],
                         vmm_score_category_between (score->version, c));
  score->total = nothing.cause ? get_no_score (nothing) : get_total (score, &estimate, &sd);
}

void
vmm_score_compute (VmmScore *ret_score, const VmmScoreInput *input)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n);
  VmmEvidence        evidence = { .n = input->n, .loss = input->values[VMM_CHANNEL_NETWORK_LOSS] };

  *ret_score = (VmmScore){ .version = VMM_SCORE_VERSION };
  ret_score->reasons = g_ptr_array_new_with_free_func (g_free);
  ret_score->causes = g_array_new (FALSE, FALSE, sizeof (VmmCause));
  vmm_quality_assess (ret_score, input);
  for (guint i = 0; i < n; i++)
    score_probe (&ret_score->probes[i], &evidence.columns[i], &table[i], input, ret_score->quality);
  fill_values (ret_score, input, &evidence);
  for (guint i = 0; i < n; i++)
    vmm_column_clear (&evidence.columns[i]);
}

const VmmScoreProbe *
vmm_score_find_probe (const VmmScore *score, VmmChannelId channel)
{
  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++)
    if (probe->row->channel == channel)
      return probe;
  return NULL;
}

void
vmm_score_copy (VmmScore *ret_copy, const VmmScore *score)
{
  *ret_copy = *score;
  ret_copy->total.reason = g_strdup (score->total.reason);
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    ret_copy->categories[c].reason = g_strdup (score->categories[c].reason);
  for (guint i = 0; i < VMM_SCORE_MAX_PROBES; i++)
    ret_copy->probes[i].reason = g_strdup (score->probes[i].reason);
  ret_copy->reasons = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; score->reasons && i < score->reasons->len; i++)
    g_ptr_array_add (ret_copy->reasons, g_strdup (g_ptr_array_index (score->reasons, i)));
  ret_copy->causes =
      score->causes ? g_array_copy (score->causes) : g_array_new (FALSE, FALSE, sizeof (VmmCause));
}

void
vmm_score_clear (VmmScore *score)
{
  g_clear_pointer (&score->total.reason, g_free);
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    g_clear_pointer (&score->categories[c].reason, g_free);
  for (guint i = 0; i < VMM_SCORE_MAX_PROBES; i++)
    g_clear_pointer (&score->probes[i].reason, g_free);
  g_clear_pointer (&score->reasons, g_ptr_array_unref);
  g_clear_pointer (&score->causes, g_array_unref);
}
