/* SPDX-License-Identifier: MIT */
/* beat: forecasts in secret until two of the last three came true, then aloud. */
#include "beat.h"

#include "ledger.h"

void
beat_init (Beat *beat, gint64 interval_us, gint64 least_us)
{
  *beat = (Beat){ .state = RHYTHM_FEW, .why = VMM_OUTLOOK_NO_VALUE };
  rhythm_init (&beat->rhythm, interval_us, least_us);
}

void
beat_break (Beat *beat, VmmLedgerPage *page, VmmOutlookWhy why)
{
  rhythm_break (&beat->rhythm);
  beat->state = RHYTHM_FEW;
  beat->why = why;
  ledger_settle (page, VMM_FATE_UNSEEN, 0);
}

/* The next one is forecast from the one that is known now. */
static void
forecast (Beat *beat, VmmLedgerPage *page, gint64 wall_us)
{
  beat->state = rhythm_judge (&beat->rhythm, &beat->due_us, &beat->tolerance_us);
  if (beat->state != RHYTHM_ALIKE)
    return;
  gint64 due_us = wall_us + beat->due_us - beat->now_us;
  ledger_make (page, wall_us, due_us - beat->tolerance_us, due_us + beat->tolerance_us,
               !ledger_is_proved (page));
}

static void
take_episode (Beat *beat, VmmLedgerPage *page, gint64 wall_us, gint64 begin_us)
{
  gboolean is_right = ABS (begin_us - beat->due_us) <= beat->tolerance_us;

  beat->episodes = MIN (beat->episodes + 1, RHYTHM_INTERVALS + 1);
  ledger_settle (page, is_right ? VMM_FATE_RIGHT : VMM_FATE_WRONG,
                 wall_us - beat->now_us + begin_us);
  forecast (beat, page, wall_us);
}

void
beat_push (Beat *beat, VmmLedgerPage *page, gint64 now_us, gint64 wall_us, gboolean is_above)
{
  gint64 begin_us;

  beat->now_us = now_us;
  beat->why = VMM_OUTLOOK_SAID;
  if (rhythm_push (&beat->rhythm, now_us, is_above, &begin_us))
    take_episode (beat, page, wall_us, begin_us);
  else if (now_us > beat->due_us + beat->tolerance_us + beat->rhythm.least_us)
    ledger_settle (page, VMM_FATE_WRONG, 0); /* one that began in time would be known by now */
}

/* Of intervals that are alike. */
static VmmOutlookWhy
judge_record (const Beat *beat, const VmmLedgerPage *page)
{
  guint of;

  if (beat->now_us > beat->due_us + beat->tolerance_us)
    return VMM_OUTLOOK_LATE;
  if (ledger_is_proved (page))
    return VMM_OUTLOOK_SAID;
  ledger_count_last (page, &of);
  return of < 3 ? VMM_OUTLOOK_UNPROVED : VMM_OUTLOOK_WRONG;
}

static VmmOutlookWhy
judge (const Beat *beat, const VmmLedgerPage *page)
{
  static const VmmOutlookWhy whys[] = {
    [RHYTHM_FEW] = VMM_OUTLOOK_FEW,
    [RHYTHM_IRREGULAR] = VMM_OUTLOOK_IRREGULAR,
    [RHYTHM_SHORT] = VMM_OUTLOOK_SHORT,
  };

  if (beat->why != VMM_OUTLOOK_SAID)
    return beat->why;
  return beat->state == RHYTHM_ALIKE ? judge_record (beat, page) : whys[beat->state];
}

static double
get_seconds (const Beat *beat, gint64 time_us)
{
  return MAX (0, (double) (time_us - beat->now_us) / G_USEC_PER_SEC);
}

/* Intervals of before a gap are still intervals; one episode more begins the next. */
static guint
count_episodes (const Beat *beat)
{
  guint intervals = beat->rhythm.n;

  return MIN (beat->episodes, intervals + (beat->rhythm.last_us != G_MININT64));
}

void
beat_get_item (const Beat *beat, const VmmLedgerPage *page, VmmOutlookItem *ret_item)
{
  gint64 shortest_us, longest_us;

  ret_item->why = judge (beat, page);
  ret_item->seen = count_episodes (beat);
  ret_item->needed = RHYTHM_INTERVALS + 1;
  if (beat->rhythm.n > 0) {
    rhythm_get_range (&beat->rhythm, &shortest_us, &longest_us);
    ret_item->shortest_s = (double) shortest_us / G_USEC_PER_SEC;
    ret_item->longest_s = (double) longest_us / G_USEC_PER_SEC;
  }
  if (ret_item->why != VMM_OUTLOOK_SAID)
    return;
  ret_item->when_s = get_seconds (beat, beat->due_us);
  ret_item->low_s = get_seconds (beat, beat->due_us - beat->tolerance_us);
  ret_item->high_s = get_seconds (beat, beat->due_us + beat->tolerance_us);
}
