/* SPDX-License-Identifier: MIT */
/* reference: what 100 means, and how much each probe and category counts. */
#include "vmm/reference.h"

/* Version 2. The reference guest is a definition: round figures near one measured KVM guest. */
/* clang-format off */
static const VmmScoreRow table[] = {
#define ROW(name, CHANNEL, CATEGORY, weight, reference, more) \
  { name, VMM_CHANNEL_##CHANNEL, VMM_CATEGORY_##CATEGORY, weight, reference, more }
  ROW ("compute", PROBE_COMPUTE,  CPU,     0.40,  250.0,  FALSE), /* us */
  ROW ("wake",    PROBE_WAKE,     CPU,     0.20,   40.0,  FALSE), /* us */
  ROW ("syscall", PROBE_SYSCALL,  CPU,     0.20,  120.0,  FALSE), /* ns */
  ROW ("switch",  PROBE_SWITCH,   CPU,     0.20,    4.0,  FALSE), /* us */
  ROW ("fault",   PROBE_FAULT,    MEMORY,  0.35,    1.6,  FALSE), /* us */
  ROW ("copy",    PROBE_COPY,     MEMORY,  0.30, 4500.0,  TRUE),  /* MB/s */
  ROW ("load",    PROBE_LOAD,     MEMORY,  0.35,  250.0,  FALSE), /* ns */
  ROW ("read",    PROBE_READ,     DISK,    0.50,   70.0,  FALSE), /* us */
  ROW ("sync",    PROBE_SYNC,     DISK,    0.50,  150.0,  FALSE), /* us */
  ROW ("rtt",     NETWORK_RTT,    NETWORK, 0.70,    0.30, FALSE), /* ms */
  ROW ("jitter",  NETWORK_JITTER, NETWORK, 0.30,    0.05, FALSE), /* ms */
  /* Each of these is a fingerprint, or would mislead as a score. */
  ROW ("exit",    PROBE_EXIT,     CPU,     0,       0,    FALSE), /* us */
  { "stolen", VMM_CHANNEL_CPU_STOLEN, VMM_CATEGORY_CPU, .is_share = TRUE }, /* % */
  ROW ("halt",    PROBE_HALT,     CPU,     0,       0,    FALSE), /* us */
  ROW ("cross",   PROBE_CROSS,    CPU,     0,       0,    FALSE), /* us */
#undef ROW
};

static const double category_weights[VMM_N_CATEGORIES] = {
  [VMM_CATEGORY_CPU] = 0.35, [VMM_CATEGORY_MEMORY] = 0.25, [VMM_CATEGORY_DISK] = 0.25, [VMM_CATEGORY_NETWORK] = 0.15,
};

/* Of fifteen windows in half an hour on a shared host; that of a real network is a guess. */
static const double between_categories[VMM_N_CATEGORIES] = {
  [VMM_CATEGORY_CPU] = 0.04, [VMM_CATEGORY_MEMORY] = 0.05, [VMM_CATEGORY_DISK] = 0.08, [VMM_CATEGORY_NETWORK] = 0.10,
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (table) <= VMM_SCORE_MAX_PROBES);

const VmmScoreRow *
vmm_score_table (guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (table);
  return table;
}

double
vmm_score_category_weight (VmmCategory category)
{
  g_return_val_if_fail ((guint) category < VMM_N_CATEGORIES, 0);
  return category_weights[category];
}

double
vmm_score_category_between (VmmCategory category)
{
  g_return_val_if_fail ((guint) category < VMM_N_CATEGORIES, 0);
  return between_categories[category];
}
