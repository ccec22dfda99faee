/* SPDX-License-Identifier: MIT */
/* reference: what 100 means, and how much each probe and category counts. */
#include "vmm/reference.h"

/* What is better; of a share of time that comes in bursts, less. */
enum { LESS, MORE, SHARE };

/* Version 3 is prepared, and not in use yet: its weights are a rounding of a first fit to what programs felt.
 * The rows of all versions are the same, in the same order; what differs is the weight, which is 0
 * for what a version shows and does not score, or did not know. The reference guest is a definition:
 * round figures near one measured KVM guest. */
/* clang-format off */
#define ROWS(ROW) \
  /*   name           channel             category  in 2  in 3  100 means better is */ \
  ROW ("compute",     PROBE_COMPUTE,      CPU,      0.40, 0,    250.0,    LESS) /* us */ \
  ROW ("wake",        PROBE_WAKE,         CPU,      0.20, 0,    40.0,     LESS) /* us */ \
  ROW ("syscall",     PROBE_SYSCALL,      CPU,      0.20, 0,    120.0,    LESS) /* ns */ \
  ROW ("switch",      PROBE_SWITCH,       CPU,      0.20, 0,    4.0,      LESS) /* us */ \
  ROW ("fault",       PROBE_FAULT,        MEMORY,   0.35, 0,    1.6,      LESS) /* us */ \
  ROW ("copy",        PROBE_COPY,         MEMORY,   0.30, 0.30, 4500.0,   MORE) /* MB/s */ \
  ROW ("load",        PROBE_LOAD,         MEMORY,   0.35, 0,    250.0,    LESS) /* ns */ \
  ROW ("read",        PROBE_READ,         DISK,     0.50, 0,    70.0,     LESS) /* us */ \
  ROW ("sync",        PROBE_SYNC,         DISK,     0.50, 0.20, 150.0,    LESS) /* us */ \
  ROW ("rtt",         NETWORK_RTT,        NETWORK,  0.70, 0.70, 0.30,     LESS) /* ms */ \
  ROW ("jitter",      NETWORK_JITTER,     NETWORK,  0.30, 0.30, 0.05,     LESS) /* ms */ \
  /* Each of these is a fingerprint, or would mislead as a score. */ \
  ROW ("exit",        PROBE_EXIT,         CPU,      0,    0,    0,        LESS) /* us */ \
  ROW ("stolen",      CPU_STOLEN,         CPU,      0,    0,    0,        SHARE) /* % */ \
  ROW ("halt",        PROBE_HALT,         CPU,      0,    0,    0,        LESS) /* us */ \
  ROW ("cross",       PROBE_CROSS,        CPU,      0,    0,    0,        LESS) /* us */ \
  /* What programs do to a machine: for version 3. */ \
  ROW ("work",        PROBE_WORK,         CPU,      0,    0.20, 500.0,    LESS) /* us */ \
  ROW ("clock",       PROBE_CLOCK,        CPU,      0,    0.10, 30.0,     LESS) /* ns */ \
  ROW ("map",         PROBE_MAP,          MEMORY,   0,    0.70, 500.0,    LESS) /* us */ \
  ROW ("process",     PROBE_PROCESS,      CPU,      0,    0.40, 350.0,    LESS) /* us */ \
  ROW ("tcp",         PROBE_TCP,          CPU,      0,    0,    8.0,      LESS) /* us */ \
  ROW ("files",       PROBE_FILES,        DISK,     0,    0.60, 20.0,     LESS) /* us */ \
  /* The same, in bursts. */ \
  ROW ("parallel",    PROBE_PARALLEL,     CPU,      0,    0.30, 500.0,    LESS) /* us */ \
  ROW ("streamwrite", PROBE_STREAMWRITE,  DISK,     0,    0,    1500.0,   MORE) /* MB/s */ \
  ROW ("streamread",  PROBE_STREAMREAD,   DISK,     0,    0.20, 1200.0,   MORE) /* MB/s */ \
  ROW ("deep",        PROBE_DEEP,         DISK,     0,    0,    14.0,     LESS) /* us */

#define ROW_2(name, CHANNEL, CATEGORY, in_2, in_3, reference, better) \
  { name, VMM_CHANNEL_##CHANNEL, VMM_CATEGORY_##CATEGORY, in_2, reference, (better) == MORE, (better) == SHARE },
#define ROW_3(name, CHANNEL, CATEGORY, in_2, in_3, reference, better) \
  { name, VMM_CHANNEL_##CHANNEL, VMM_CATEGORY_##CATEGORY, in_3, reference, (better) == MORE, (better) == SHARE },
static const VmmScoreRow rows_2[] = { ROWS (ROW_2) }, rows_3[] = { ROWS (ROW_3) };
#undef ROWS
#undef ROW_2
#undef ROW_3

/* What differs between equal windows: of fifteen of them in half an hour on a shared host; that of a
 * real network is a guess. */
static const struct {
  guint              version;
  const VmmScoreRow *rows;
  double             weights[VMM_N_CATEGORIES], betweens[VMM_N_CATEGORIES], between;
} definitions[] = {
#define OF(cpu, memory, disk, network) \
  { [VMM_CATEGORY_CPU] = (cpu), [VMM_CATEGORY_MEMORY] = (memory), \
    [VMM_CATEGORY_DISK] = (disk), [VMM_CATEGORY_NETWORK] = (network) }
  { 3, rows_3, OF (0.50, 0.20, 0.20, 0.10), OF (0.04, 0.05, 0.08, 0.10), 0.05 },
  { 2, rows_2, OF (0.35, 0.25, 0.25, 0.15), OF (0.04, 0.05, 0.08, 0.10), 0.05 },
#undef OF
};
/* clang-format on */

G_STATIC_ASSERT (G_N_ELEMENTS (rows_3) <= VMM_SCORE_MAX_PROBES);

/* Of a version that this program does not know, the one in use. */
static guint
find (guint version)
{
  guint used = 0;

  for (guint i = 0; i < G_N_ELEMENTS (definitions); i++) {
    if (definitions[i].version == version)
      return i;
    if (definitions[i].version == VMM_SCORE_VERSION)
      used = i;
  }
  return used;
}

gboolean
vmm_score_knows (guint version)
{
  return definitions[find (version)].version == version;
}

const VmmScoreRow *
vmm_score_table (guint version, guint *ret_n)
{
  *ret_n = G_N_ELEMENTS (rows_3);
  return definitions[find (version)].rows;
}

double
vmm_score_category_weight (guint version, VmmCategory category)
{
  g_return_val_if_fail ((guint) category < VMM_N_CATEGORIES, 0);
  return definitions[find (version)].weights[category];
}

double
vmm_score_category_between (guint version, VmmCategory category)
{
  g_return_val_if_fail ((guint) category < VMM_N_CATEGORIES, 0);
  return definitions[find (version)].betweens[category];
}

double
vmm_score_between (guint version)
{
  return definitions[find (version)].between;
}
