/* SPDX-License-Identifier: MIT */
/* score_json: what a document says of the score, its probes and all channels, there and back. */
#include "result_private.h"

#include "members.h"
#include "vmm/language.h"

#include <math.h>
#include <string.h>

#define MAX_SCORE 1e6
#define MAX_RATIO 1001.0

/* What documents hold beside the values themselves. */
typedef struct {
  VmmScoreProbe score;
  const char   *unit;
} Probe;

typedef struct {
  VmmSummary  values;
  const char *unit;
  char       *reason;
  VmmCause    cause;
} Summary;

/* clang-format off */
static const VmmMember score_members[] = {
  { "version", VMM_MEMBER_COUNT,          AT (VmmScore, version),      MAX_COUNT, .min = 1 },
  { "total",   VMM_MEMBER_NUMBER_OR_NULL, AT (VmmScore, total.value),  MAX_SCORE },
  { "low",     VMM_MEMBER_NUMBER_OR_NULL, AT (VmmScore, total.low),    MAX_SCORE },
  { "high",    VMM_MEMBER_NUMBER_OR_NULL, AT (VmmScore, total.high),   MAX_SCORE },
  { "reason",  VMM_MEMBER_OWN_OR_NULL,    AT (VmmScore, total.reason), VMM_RESULT_MAX_REASON },
  { "cause",   VMM_MEMBER_CHOICE_OR_NULL, AT (VmmScore, total.cause),  VMM_N_CAUSES, vmm_cause_id, TRUE },
};
static const VmmMember category_members[] = {
  { "value",  VMM_MEMBER_NUMBER_OR_NULL, AT (VmmScoreValue, value),  MAX_SCORE },
  { "low",    VMM_MEMBER_NUMBER_OR_NULL, AT (VmmScoreValue, low),    MAX_SCORE },
  { "high",   VMM_MEMBER_NUMBER_OR_NULL, AT (VmmScoreValue, high),   MAX_SCORE },
  { "reason", VMM_MEMBER_OWN_OR_NULL,    AT (VmmScoreValue, reason), VMM_RESULT_MAX_REASON },
  { "cause",  VMM_MEMBER_CHOICE_OR_NULL, AT (VmmScoreValue, cause),  VMM_N_CAUSES, vmm_cause_id, TRUE },
};
static const VmmMember probe_members[] = {
  { "value",   VMM_MEMBER_NUMBER_OR_NULL, AT (Probe, score.value),   MAX_VALUE },
  { "unit",    VMM_MEMBER_TEXT,           AT (Probe, unit),          VMM_RESULT_MAX_TEXT },
  { "ratio",   VMM_MEMBER_NUMBER_OR_NULL, AT (Probe, score.ratio),   MAX_RATIO },
  { "seconds", VMM_MEMBER_COUNT,          AT (Probe, score.seconds), MAX_COUNT },
  { "scored",  VMM_MEMBER_BOOLEAN,        AT (Probe, score.scored) },
  { "reason",  VMM_MEMBER_OWN_OR_NULL,    AT (Probe, score.reason),  VMM_RESULT_MAX_REASON },
  { "cause",   VMM_MEMBER_CHOICE_OR_NULL, AT (Probe, score.cause),   VMM_N_CAUSES, vmm_cause_id, TRUE },
};
static const VmmMember summary_members[] = {
  { "unit",    VMM_MEMBER_TEXT,           AT (Summary, unit),           VMM_RESULT_MAX_TEXT },
  { "mean",    VMM_MEMBER_NUMBER_OR_NULL, AT (Summary, values.mean),    MAX_VALUE, .min = -MAX_VALUE },
  { "median",  VMM_MEMBER_NUMBER_OR_NULL, AT (Summary, values.median),  MAX_VALUE, .min = -MAX_VALUE },
  { "p95",     VMM_MEMBER_NUMBER_OR_NULL, AT (Summary, values.p95),     MAX_VALUE, .min = -MAX_VALUE },
  { "max",     VMM_MEMBER_NUMBER_OR_NULL, AT (Summary, values.max),     MAX_VALUE, .min = -MAX_VALUE },
  { "present", VMM_MEMBER_COUNT,          AT (Summary, values.present), MAX_COUNT },
  { "missing", VMM_MEMBER_COUNT,          AT (Summary, values.missing), MAX_COUNT },
  { "reason",  VMM_MEMBER_OWN_OR_NULL,    AT (Summary, reason),         VMM_RESULT_MAX_REASON },
  { "cause",   VMM_MEMBER_CHOICE_OR_NULL, AT (Summary, cause),          VMM_N_CAUSES, vmm_cause_id, TRUE },
};
/* clang-format on */

static void
build_score (const VmmScore *score, JsonObject *root)
{
  JsonObject *object = vmm_json_set_object (root, "score");
  JsonObject *categories;

  VMM_MEMBERS_BUILD (score_members, score, object);
  categories = vmm_json_set_object (object, "categories");
  for (guint i = 0; i < VMM_N_CATEGORIES; i++)
    VMM_MEMBERS_BUILD (category_members, &score->categories[i],
                       vmm_json_set_object (categories, vmm_category ((VmmCategory) i)->id));
}

static void
build_probes (const VmmScore *score, JsonObject *root)
{
  JsonObject *object = vmm_json_set_object (root, "probes");

  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++) {
    const Probe row = { *probe, vmm_channel (probe->row->channel)->unit };
    VMM_MEMBERS_BUILD (probe_members, &row, vmm_json_set_object (object, probe->row->name));
  }
}

static void
build_summaries (const VmmResult *result, JsonObject *root)
{
  JsonObject *object = vmm_json_set_object (root, "summary");

  for (guint i = 0; i < VMM_N_CHANNELS; i++) {
    const VmmChannel *channel = vmm_channel ((VmmChannelId) i);
    const Summary     row = { result->summaries[i], channel->unit, result->reasons[i],
                              result->causes[i] };
    VMM_MEMBERS_BUILD (summary_members, &row, vmm_json_set_object (object, channel->id));
  }
}

void
vmm_score_build_json (const VmmResult *result, JsonObject *root)
{
  build_score (&result->score, root);
  build_probes (&result->score, root);
  build_summaries (result, root);
}

/* A value and its interval: all three there and in order, or all three null. */
static void
check_interval (const VmmScoreValue *score, const VmmJsonPlace *place, const char *member)
{
  if (isnan (score->value) && isnan (score->low) && isnan (score->high))
    return;
  if (!(score->low <= score->value && score->value <= score->high))
    vmm_json_complain (place, member, VMM_SAID ("low <= %s <= high was expected"), member);
}

static void
recall (VmmCause *cause, const char *sentence)
{
  if (*cause == VMM_CAUSE_NONE && sentence)
    *cause = vmm_cause_recall (sentence);
}

static void
read_score (VmmScore *score, const VmmJsonPlace *root)
{
  VmmJsonPlace place = vmm_json_enter (root, "score");
  VmmJsonPlace categories = vmm_json_enter (&place, "categories");

  VMM_MEMBERS_READ (score_members, score, &place);
  recall (&score->total.cause, score->total.reason);
  check_interval (&score->total, &place, "total");
  for (guint i = 0; i < VMM_N_CATEGORIES; i++) {
    VmmJsonPlace category = vmm_json_enter (&categories, vmm_category ((VmmCategory) i)->id);
    VMM_MEMBERS_READ (category_members, &score->categories[i], &category);
    recall (&score->categories[i].cause, score->categories[i].reason);
    check_interval (&score->categories[i], &category, "value");
  }
}

static void
check_unit (const VmmJsonPlace *place, const char *found, VmmChannelId channel)
{
  const char *unit = vmm_channel (channel)->unit;

  if (strcmp (found, unit) != 0)
    vmm_json_complain (place, "unit", VMM_SAID ("\"%s\" was expected"), unit);
}

/* A probe or channel that the document's writer did not know is absent, not wrong. */
static void
read_probe (VmmScoreProbe *probe, const VmmJsonPlace *probes, const VmmScoreRow *row)
{
  Probe read = { { .row = row } };

  if (!vmm_json_has (probes, row->name)) {
    *probe = (VmmScoreProbe){ row, NAN, NAN, .cause = VMM_CAUSE_NOT_RECORDED,
                              .reason = g_strdup (vmm_cause_sentence (VMM_CAUSE_NOT_RECORDED)) };
    return;
  }
  VmmJsonPlace place = vmm_json_enter (probes, row->name);
  VMM_MEMBERS_READ (probe_members, &read, &place);
  check_unit (&place, read.unit, row->channel);
  recall (&read.score.cause, read.score.reason);
  *probe = read.score;
}

static void
read_probes (VmmScore *score, const VmmJsonPlace *root)
{
  VmmJsonPlace       place = vmm_json_enter (root, "probes");
  guint              n;
  const VmmScoreRow *table = vmm_score_table (score->version, &n);

  for (guint i = 0; i < n; i++)
    read_probe (&score->probes[i], &place, &table[i]);
}

static void
read_summary (VmmResult *result, const VmmJsonPlace *summaries, VmmChannelId channel)
{
  const char *id = vmm_channel (channel)->id;
  Summary     read = { 0 };

  result->summaries[channel] = (VmmSummary){ NAN, NAN, NAN, NAN, 0, 0 };
  if (!vmm_json_has (summaries, id)) {
    result->causes[channel] = VMM_CAUSE_NOT_RECORDED;
    result->reasons[channel] = g_strdup (vmm_cause_sentence (VMM_CAUSE_NOT_RECORDED));
    return;
  }
  VmmJsonPlace place = vmm_json_enter (summaries, id);
  VMM_MEMBERS_READ (summary_members, &read, &place);
  check_unit (&place, read.unit, channel);
  result->summaries[channel] = read.values;
  recall (&read.cause, read.reason);
  result->reasons[channel] = read.reason;
  result->causes[channel] = read.cause;
}

static void
read_summaries (VmmResult *result, const VmmJsonPlace *root)
{
  VmmJsonPlace place = vmm_json_enter (root, "summary");

  for (guint i = 0; i < VMM_N_CHANNELS && !*root->error; i++)
    read_summary (result, &place, (VmmChannelId) i);
}

void
vmm_score_read_json (VmmResult *result, const VmmJsonPlace *root)
{
  read_score (&result->score, root);
  read_probes (&result->score, root);
  read_summaries (result, root);
}
