/* SPDX-License-Identifier: MIT */
/* likeness: what should be the same on all sides, and what must not be compared where it is not. */
#include "compare_private.h"

#include <math.h>
#include <string.h>

/* MemTotal lacks what kernel and firmware keep for themselves: not the same on every VMM. */
#define MEMORY_TOLERANCE 0.05

#define NEAR_US G_TIME_SPAN_HOUR

static gboolean
is_same_version (const VmmResult *a, const VmmResult *b, gsize unused)
{
  return vmm_result_get_score (a)->version == vmm_result_get_score (b)->version;
}

static gboolean
is_scored (const VmmResult *result, VmmChannelId channel)
{
  const VmmScoreProbe *probe = vmm_score_find_probe (vmm_result_get_score (result), channel);

  return probe && probe->scored && isfinite (probe->ratio);
}

/* The probes that have a ratio: what a category's score is made of. */
static gboolean
has_same_probes (const VmmResult *a, const VmmResult *b, gsize category)
{
  guint              n;
  const VmmScoreRow *table = vmm_score_table (vmm_result_get_score (a)->version, &n);

  for (guint i = 0; i < n; i++)
    if ((gsize) table[i].category == category &&
        is_scored (a, table[i].channel) != is_scored (b, table[i].channel))
      return FALSE;
  return TRUE;
}

/* Both ways of sending an echo are one kind; a TCP connect is another. */
static VmmPingMethod
get_ping_kind (const VmmPingInfo *ping)
{
  return ping->method == VMM_PING_ICMP_RAW ? VMM_PING_ICMP_DATAGRAM : ping->method;
}

/* A cloud's service is like no other target, also where neither is scored. */
static gboolean
are_unlike_targets (VmmTargetKind a, VmmTargetKind b)
{
  return a != b && a != VMM_TARGET_NONE && b != VMM_TARGET_NONE &&
         (a == VMM_TARGET_CLOUD || b == VMM_TARGET_CLOUD);
}

static gboolean
has_same_ping (const VmmResult *a, const VmmResult *b, gsize unused)
{
  const VmmPingInfo *first = vmm_result_get_ping (a), *second = vmm_result_get_ping (b);
  gboolean without_a = isnan (vmm_result_get_score (a)->categories[VMM_CATEGORY_NETWORK].value);
  gboolean without_b = isnan (vmm_result_get_score (b)->categories[VMM_CATEGORY_NETWORK].value);

  if (are_unlike_targets (first->kind, second->kind))
    return FALSE;
  if (without_a || without_b)
    return without_a == without_b;
  return first->kind == second->kind && get_ping_kind (first) == get_ping_kind (second) &&
         (first->kind != VMM_TARGET_GIVEN || strcmp (first->address, second->address) == 0);
}

static gboolean
has_same_bursts (const VmmResult *a, const VmmResult *b, gsize unused)
{
  return vmm_result_get_plan (a)->light == vmm_result_get_plan (b)->light;
}

static gboolean
has_same_duration (const VmmResult *a, const VmmResult *b, gsize unused)
{
  return vmm_plan_seconds (vmm_result_get_plan (a)) == vmm_plan_seconds (vmm_result_get_plan (b));
}

static gboolean
has_same_interval (const VmmResult *a, const VmmResult *b, gsize unused)
{
  return vmm_result_get_plan (a)->interval_ms == vmm_result_get_plan (b)->interval_ms;
}

static gboolean
has_same_own_load (const VmmResult *a, const VmmResult *b, gsize unused)
{
  return vmm_result_get_probes_info (a)->own_load_removed ==
         vmm_result_get_probes_info (b)->own_load_removed;
}

static gboolean
is_same_program (const VmmResult *a, const VmmResult *b, gsize unused)
{
  return strcmp (vmm_result_get_program (a), vmm_result_get_program (b)) == 0;
}

static gboolean
is_same_memory (const char *a, const char *b)
{
  double bytes_a = g_ascii_strtod (a, NULL), bytes_b = g_ascii_strtod (b, NULL);

  return fabs (bytes_a - bytes_b) <= MEMORY_TOLERANCE * MAX (bytes_a, bytes_b);
}

static gboolean
has_same_fact (const VmmResult *a, const VmmResult *b, gsize fact)
{
  guint              n;
  const VmmHostFact *row = &vmm_host_facts (&n)[fact];
  g_autofree char   *first = vmm_host_say (vmm_result_get_host (a), row, VMM_ENGLISH);
  g_autofree char   *second = vmm_host_say (vmm_result_get_host (b), row, VMM_ENGLISH);

  return row->member.kind == VMM_MEMBER_BYTES_OR_NULL ? is_same_memory (first, second)
                                                      : strcmp (first, second) == 0;
}

/* What a difference forbids. The total goes with every category. */
enum {
  NOTHING = 0,
  CATEGORY = 1, /* shifted left by its number */
  SCORES = (CATEGORY << VMM_N_CATEGORIES) - 1,
  PROBES = CATEGORY << VMM_N_CATEGORIES, /* the raw values of those categories too */
};

typedef struct {
  gboolean (*is_same) (const VmmResult *a, const VmmResult *b, gsize argument);
  gsize argument;
  guint forbids;
} Row;

/* clang-format off */
#define PROBES_OF(category) has_same_probes, VMM_CATEGORY_##category, CATEGORY << VMM_CATEGORY_##category
static const Row rows[VMM_N_TRAITS] = {
  [VMM_TRAIT_SCORE_VERSION]  = { is_same_version, 0,   SCORES },
  [VMM_TRAIT_PROBES + VMM_CATEGORY_CPU] = { PROBES_OF (CPU) },
  [VMM_TRAIT_PROBES + VMM_CATEGORY_MEMORY] = { PROBES_OF (MEMORY) },
  [VMM_TRAIT_PROBES + VMM_CATEGORY_DISK] = { PROBES_OF (DISK) },
  [VMM_TRAIT_PROBES + VMM_CATEGORY_NETWORK] = { PROBES_OF (NETWORK) },
  [VMM_TRAIT_PING_TARGET]    = { has_same_ping, 0,     CATEGORY << VMM_CATEGORY_NETWORK | PROBES },
  [VMM_TRAIT_TIME]           = { NULL, 0,              NOTHING }, /* of whole sides */
  [VMM_TRAIT_BURSTS]         = { has_same_bursts, 0,   NOTHING }, /* what is scored of them is among the probes */
  [VMM_TRAIT_FACT]           = { has_same_fact, 0,     NOTHING }, /* argument: which one */
  [VMM_TRAIT_DURATION]       = { has_same_duration, 0, NOTHING },
  [VMM_TRAIT_INTERVAL]       = { has_same_interval, 0, NOTHING },
  [VMM_TRAIT_OWN_LOAD]       = { has_same_own_load, 0, NOTHING },
  [VMM_TRAIT_PROGRAM]        = { is_same_program, 0,   NOTHING },
};
/* clang-format on */

/* The fact that is compared as the number `rank`; NULL after the last. */
static const VmmHostFact *
get_fact (guint rank)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);

  for (guint i = 0; i < n; i++)
    if (facts[i].rank == rank)
      return &facts[i];
  return NULL;
}

/* What programs of before did not look for is no difference. */
static gboolean
says_nothing (const VmmResult *result, const Row *row, gsize argument)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);

  if (row->is_same != has_same_fact || !facts[argument].member.is_late)
    return FALSE;
  g_autofree char *said =
      vmm_host_say (vmm_result_get_host (result), &facts[argument], VMM_ENGLISH);
  return !said[0];
}

/* Of every window with the first of all that says something. */
static gboolean
is_same_everywhere (const Row *row, gsize argument, const VmmSide *sides, guint n_sides)
{
  const VmmResult *first = NULL;

  for (guint side = 0; side < n_sides; side++)
    for (guint i = 0; i < sides[side].results->len; i++) {
      const VmmResult *result = sides[side].results->pdata[i];
      if (says_nothing (result, row, argument))
        continue;
      first = first ? first : result;
      if (!row->is_same (first, result, argument))
        return FALSE;
    }
  return TRUE;
}

/* Between the first and the last beginning of its windows; FALSE without any. */
static gboolean
get_span (const VmmSide *side, gint64 *ret_first_us, gint64 *ret_last_us)
{
  *ret_first_us = G_MAXINT64;
  *ret_last_us = G_MININT64;
  for (guint i = 0; i < side->results->len; i++) {
    gint64 created_us = vmm_result_get_created (side->results->pdata[i]);
    *ret_first_us = MIN (*ret_first_us, created_us);
    *ret_last_us = MAX (*ret_last_us, created_us);
  }
  return side->results->len > 0;
}

static gboolean
are_near (const VmmSide *sides, guint n_sides)
{
  gint64 first_us, last_us, other_first_us, other_last_us;

  for (guint i = 0; i < n_sides; i++)
    for (guint k = 0; k < i; k++)
      if (get_span (&sides[i], &first_us, &last_us) &&
          get_span (&sides[k], &other_first_us, &other_last_us) &&
          (first_us - other_last_us > NEAR_US || other_first_us - last_us > NEAR_US))
        return FALSE;
  return TRUE;
}

static VmmLikeness *
compare_trait (VmmTrait trait, const VmmHostFact *fact, const VmmSide *sides, guint n_sides)
{
  const Row   *row = &rows[trait];
  VmmLikeness *likeness = g_new0 (VmmLikeness, 1);
  guint        n;

  *likeness = (VmmLikeness){ trait, fact };
  likeness->same =
      row->is_same
          ? is_same_everywhere (row, fact ? (gsize) (fact - vmm_host_facts (&n)) : row->argument,
                                sides, n_sides)
          : are_near (sides, n_sides);
  return likeness;
}

GPtrArray *
vmm_likeness_new (const VmmSide *sides, guint n_sides)
{
  GPtrArray         *all = g_ptr_array_new_with_free_func (g_free);
  const VmmHostFact *fact;

  for (VmmTrait trait = 0; trait < VMM_N_TRAITS; trait++)
    if (trait == VMM_TRAIT_FACT)
      for (guint rank = 1; (fact = get_fact (rank)); rank++)
        g_ptr_array_add (all, compare_trait (trait, fact, sides, n_sides));
    else
      g_ptr_array_add (all, compare_trait (trait, NULL, sides, n_sides));
  return all;
}

static gboolean
does_forbid (const Row *row, VmmLevel level, int category)
{
  if (level == VMM_LEVEL_TOTAL)
    return row->forbids != NOTHING;
  if (level == VMM_LEVEL_PROBE && !(row->forbids & PROBES))
    return FALSE;
  return (row->forbids >> category) & CATEGORY;
}

gboolean
vmm_likeness_forbids (const GPtrArray *likeness, VmmLevel level, int category, guint *ret_number)
{
  for (guint i = 0; i < likeness->len; i++) {
    const VmmLikeness *row = likeness->pdata[i];
    *ret_number = i;
    if (!row->same && does_forbid (&rows[row->trait], level, category))
      return TRUE;
  }
  return FALSE;
}
