/* SPDX-License-Identifier: MIT */
/* outlook: gives each row to those who learn from it, and clears what does not follow. */
#include "vmm/outlook.h"

#include "beat.h"
#include "headroom.h"
#include "ledger.h"
#include "level.h"
#include "usual.h"

#define GAP 2.5         /* intervals: rows were missed, or the guest stood still */
#define BALLOON 0.1     /* % of memory: it moved */
#define LOST_MS 1000.0f /* in which a guest is moved to another host */
#define STEP_MS 500.0f  /* of the wall clock */

/* What an episode is: so long at or above `level`, or that many times what is usual. */
typedef struct {
  const char  *id;
  VmmChannelId channel;
  float        level, times, floor;
  guint        least_s;
} Subject;

/* clang-format off */
static const Subject subjects[VMM_N_OUTLOOKS] = {
  [VMM_OUTLOOK_MEMORY] = { "memory", VMM_CHANNEL_MEMORY_USED },
  [VMM_OUTLOOK_CPU]    = { "cpu",    VMM_CHANNEL_CPU_BUSY,   .level = 80, .least_s = 10 },
  [VMM_OUTLOOK_DISK]   = { "disk",   VMM_CHANNEL_DISK_UTIL,  .level = 80, .least_s = 10 },
  [VMM_OUTLOOK_WRITE]  = { "write",  VMM_CHANNEL_DISK_WRITE, .times = 10, .floor = 1, .least_s = 2 },
  [VMM_OUTLOOK_STEAL]  = { "steal",  VMM_CHANNEL_CPU_STEAL,  .level = 10, .least_s = 5 },
};
/* clang-format on */

static const char *const whys[VMM_N_OUTLOOK_WHYS] = {
  "said",    "no-value", "probing", "early",     "steady", "slowing",  "half", "far",
  "stopped", "full",     "few",     "irregular", "short",  "unproved", "late", "wrong",
};

struct _VmmOutlook {
  gint64    interval_us, now_us;
  gboolean  is_probing;
  float     balloon;
  Level     memory;
  Beat      beats[VMM_N_OUTLOOKS]; /* but of memory */
  Usual     usual[VMM_N_OUTLOOKS];
  Load      load;
  VmmLedger ledger;
  guint64   sum; /* of the ledger, at the newest row */
  guint64   changes;
};

const char *
vmm_outlook_id (guint subject)
{
  return subject < VMM_N_OUTLOOKS ? subjects[subject].id : NULL;
}

const char *
vmm_outlook_why_id (guint why)
{
  return why < VMM_N_OUTLOOK_WHYS ? whys[why] : NULL;
}

VmmChannelId
vmm_outlook_channel (VmmOutlookSubject subject)
{
  return subjects[subject].channel;
}

VmmOutlook *
vmm_outlook_new (gint64 interval_us)
{
  VmmOutlook *outlook = g_new0 (VmmOutlook, 1);

  outlook->interval_us = interval_us;
  outlook->now_us = G_MININT64;
  outlook->balloon = vmm_absent (VMM_PENDING);
  level_init (&outlook->memory);
  load_init (&outlook->load);
  for (guint i = VMM_OUTLOOK_CPU; i < VMM_N_OUTLOOKS; i++)
    beat_init (&outlook->beats[i], interval_us, (gint64) subjects[i].least_s * G_USEC_PER_SEC);
  return outlook;
}

void
vmm_outlook_free (VmmOutlook *outlook)
{
  g_free (outlook);
}

static gboolean
is_present (float value)
{
  return vmm_absence (value) == VMM_PRESENT;
}

/* Rows were missed, the guest was stopped, or its wall clock moved. */
static gboolean
is_gap (const VmmOutlook *outlook, gint64 now_us, const float *row)
{
  float lost = row[VMM_CHANNEL_CLOCK_LOST], step = row[VMM_CHANNEL_CLOCK_STEP];

  return (outlook->now_us != G_MININT64 &&
          (double) (now_us - outlook->now_us) > GAP * (double) outlook->interval_us) ||
         (is_present (lost) && lost > 0) || (is_present (step) && fabsf (step) > STEP_MS);
}

/* The guest may be on another host since: it was stopped for long, or its wall clock was set. */
static gboolean
is_elsewhere (const float *row)
{
  float lost = row[VMM_CHANNEL_CLOCK_LOST], step = row[VMM_CHANNEL_CLOCK_STEP];

  return (is_present (lost) && lost > LOST_MS) || (is_present (step) && fabsf (step) > STEP_MS);
}

static gboolean
has_moved (float before, float now)
{
  return is_present (before) != is_present (now) ||
         (is_present (now) && fabsf (now - before) > (float) BALLOON);
}

/* A burst of writes is one against what is usual here; what is usual is learnt from the row after that. */
static gboolean
is_above (VmmOutlook *outlook, guint subject, float value)
{
  const Subject *what = &subjects[subject];
  float          level = what->level;

  if (what->times > 0) {
    level = MAX (what->floor, what->times * usual_get (&outlook->usual[subject]));
    usual_push (&outlook->usual[subject], value);
  }
  return value >= level;
}

static void
push_beat (VmmOutlook *outlook, guint subject, gint64 now_us, gint64 wall_us, float value)
{
  VmmLedgerPage *page = &outlook->ledger.pages[subject];

  if (outlook->is_probing)
    beat_break (&outlook->beats[subject], page, VMM_OUTLOOK_PROBING);
  else if (!is_present (value))
    beat_break (&outlook->beats[subject], page, VMM_OUTLOOK_NO_VALUE);
  else
    beat_push (&outlook->beats[subject], page, now_us, wall_us, is_above (outlook, subject, value));
}

static void
break_all (VmmOutlook *outlook)
{
  level_break (&outlook->memory, &outlook->ledger.pages[VMM_OUTLOOK_MEMORY]);
  for (guint i = VMM_OUTLOOK_CPU; i < VMM_N_OUTLOOKS; i++)
    beat_break (&outlook->beats[i], &outlook->ledger.pages[i], VMM_OUTLOOK_FEW);
}

static void
push_memory (VmmOutlook *outlook, gint64 now_us, gint64 wall_us, const float *row)
{
  VmmLedgerPage *page = &outlook->ledger.pages[VMM_OUTLOOK_MEMORY];
  gboolean       has_balloon = has_moved (outlook->balloon, row[VMM_CHANNEL_MEMORY_BALLOON]);

  if (has_balloon)
    load_break (&outlook->load, FALSE);
  if (outlook->is_probing || has_balloon)
    level_break (&outlook->memory, page);
  outlook->balloon = row[VMM_CHANNEL_MEMORY_BALLOON];
  level_push (&outlook->memory, page, now_us, wall_us, row[VMM_CHANNEL_MEMORY_USED]);
}

/* What the ledger says of itself, to see whether it changed. */
static guint64
add_up (const VmmLedger *ledger)
{
  guint64 sum = 0;

  for (guint i = 0; i < VMM_N_OUTLOOKS; i++) {
    const VmmLedgerPage *page = &ledger->pages[i];
    const VmmClaim      *newest = page->n > 0 ? &page->claims[page->n - 1] : NULL;
    sum += newest ? (guint64) newest->made_us * VMM_N_FATES + newest->fate : 0;
  }
  return sum;
}

static void
note_changes (VmmOutlook *outlook)
{
  guint64 sum = add_up (&outlook->ledger);

  outlook->changes += sum != outlook->sum;
  outlook->sum = sum;
}

void
vmm_outlook_push (VmmOutlook *outlook, gint64 now_us, gint64 wall_us, const float *row)
{
  if (is_gap (outlook, now_us, row))
    break_all (outlook);
  if (is_elsewhere (row))
    load_break (&outlook->load, TRUE);
  outlook->now_us = now_us;
  outlook->is_probing = vmm_absence (row[VMM_CHANNEL_PROBE_CLOCK]) != VMM_OFF;
  push_memory (outlook, now_us, wall_us, row);
  load_push (&outlook->load, now_us, row, outlook->is_probing);
  for (guint i = VMM_OUTLOOK_CPU; i < VMM_N_OUTLOOKS; i++)
    push_beat (outlook, i, now_us, wall_us, row[subjects[i].channel]);
  note_changes (outlook);
}

void
vmm_outlook_get_item (const VmmOutlook *outlook, VmmOutlookSubject subject,
                      VmmOutlookItem *ret_item)
{
  const VmmLedgerPage *page = &outlook->ledger.pages[subject];

  *ret_item = (VmmOutlookItem){ .when_s = NAN,
                                .low_s = NAN,
                                .high_s = NAN,
                                .level = NAN,
                                .rate = NAN,
                                .shortest_s = NAN,
                                .longest_s = NAN };
  if (subject == VMM_OUTLOOK_MEMORY)
    level_get_item (&outlook->memory, page, ret_item);
  else
    beat_get_item (&outlook->beats[subject], page, ret_item);
  if (subject == VMM_OUTLOOK_MEMORY && outlook->is_probing && ret_item->why == VMM_OUTLOOK_EARLY)
    ret_item->why = VMM_OUTLOOK_PROBING;
  ret_item->right = vmm_ledger_count (page, &ret_item->of);
}

void
vmm_outlook_get_headroom (const VmmOutlook *outlook, VmmHeadroom *ret_headroom)
{
  headroom_find (&outlook->load, outlook->now_us, ret_headroom);
}

void
vmm_outlook_describe (const VmmOutlook *outlook, VmmOutlookState *ret_state)
{
  for (guint i = 0; i < VMM_N_OUTLOOKS; i++)
    vmm_outlook_get_item (outlook, (VmmOutlookSubject) i, &ret_state->items[i]);
  vmm_outlook_get_headroom (outlook, &ret_state->headroom);
}

const VmmLedger *
vmm_outlook_get_ledger (const VmmOutlook *outlook)
{
  return &outlook->ledger;
}

guint64
vmm_outlook_get_changes (const VmmOutlook *outlook)
{
  return outlook->changes;
}

void
vmm_outlook_set_ledger (VmmOutlook *outlook, const VmmLedger *ledger)
{
  outlook->ledger = *ledger;
  for (guint i = 0; i < VMM_N_OUTLOOKS; i++)
    ledger_settle (&outlook->ledger.pages[i], VMM_FATE_UNSEEN, 0);
  outlook->sum = add_up (&outlook->ledger);
}
