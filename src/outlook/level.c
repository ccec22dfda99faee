/* SPDX-License-Identifier: MIT */
/* level: memory at this rate: arithmetic with gates, and an interval as wide as it was seen to be. */
#include "level.h"

#include "ledger.h"

#define LIMIT 95.0  /* %: as good as full */
#define NEARLY 85.0 /* a plain warning */
#define HALF 50.0   /* below, most rises are warm-ups that stop */
#define LEAST_Z 3.0
#define HORIZON_S 600.0 /* ten times the time of the rows, where they come every second */
#define LASTING 0.75    /* of the time that the rows span: it has to rise steadily for so long */
#define EARLIEST 0.7    /* times what is said: 5 to 95 % of those that arrived */
#define LATEST 2.0
#define ROW_US 900000 /* rows that come faster are not all taken */

void
level_init (Level *level)
{
  *level =
      (Level){ .taken_us = G_MININT64, .rising_us = G_MAXINT64, .value = vmm_absent (VMM_PENDING) };
  level->why = VMM_OUTLOOK_NO_VALUE;
}

void
level_break (Level *level, VmmLedgerPage *page)
{
  trend_clear (&level->trend);
  level->is_fitted = FALSE;
  level->rising_us = G_MAXINT64;
  level->why = VMM_OUTLOOK_EARLY;
  ledger_settle (page, VMM_FATE_UNSEEN, 0);
}

/* Seconds that a full trend spans. */
static double
get_span (const Level *level)
{
  const Trend *trend = &level->trend;
  guint        newest = (trend->next + TREND_ROWS - 1) % TREND_ROWS;

  return trend->seconds[newest] - trend->seconds[trend->next];
}

/* Sixty rows a minute look ten minutes ahead, sixty an hour ten hours. */
static double
get_horizon (const Level *level)
{
  return MAX (HORIZON_S, HORIZON_S / TREND_ROWS * get_span (level));
}

/* Fitted once for each row of the trend, and only where somebody asks. */
static const TrendLine *
get_line (Level *level)
{
  if (!level->is_fitted)
    level->is_fitted = trend_fit (&level->trend, &level->line);
  return &level->line;
}

/* The gates, in the order in which they are told of. */
static VmmOutlookWhy
judge (Level *level)
{
  if (level->value >= (float) LIMIT)
    return VMM_OUTLOOK_FULL;
  if (level->trend.n < TREND_ROWS)
    return VMM_OUTLOOK_EARLY;
  if (level->value < (float) HALF)
    return VMM_OUTLOOK_HALF;
  if (get_line (level)->z <= LEAST_Z)
    return VMM_OUTLOOK_STEADY;
  if ((double) level->value + trend_find_rest (&level->trend) < LIMIT)
    return VMM_OUTLOOK_SLOWING;
  level->slope = level->line.slope;
  level->eta_s = (LIMIT - (double) level->value) / level->slope;
  return level->eta_s <= get_horizon (level) ? VMM_OUTLOOK_SAID : VMM_OUTLOOK_FAR;
}

/* What rises by chance does so for a moment: it has to go on rising. */
static VmmOutlookWhy
demand_lasting (Level *level, VmmOutlookWhy why)
{
  if (why != VMM_OUTLOOK_SAID && why != VMM_OUTLOOK_FAR)
    level->rising_us = G_MAXINT64;
  else if (level->rising_us == G_MAXINT64)
    level->rising_us = level->now_us;
  gboolean is_lasting =
      (double) (level->now_us - level->rising_us) >= LASTING * get_span (level) * G_USEC_PER_SEC;
  return why == VMM_OUTLOOK_SAID && !is_lasting ? VMM_OUTLOOK_STEADY : why;
}

static gint64
add_seconds (gint64 time_us, double seconds)
{
  return time_us + (gint64) (seconds * G_USEC_PER_SEC);
}

/* What became of the claim that is open. */
static void
settle (const Level *level, VmmLedgerPage *page, gint64 wall_us)
{
  const VmmClaim *claim = &page->claims[page->n - 1];

  if (level->value >= (float) LIMIT)
    ledger_settle (page,
                   wall_us >= claim->low_us && wall_us <= claim->high_us ? VMM_FATE_RIGHT
                                                                         : VMM_FATE_WRONG,
                   wall_us);
  else if (wall_us > claim->high_us)
    ledger_settle (page, VMM_FATE_WRONG, 0);
}

/* One claim at a time: the next one when it is known what became of this one. */
static void
keep_books (const Level *level, VmmLedgerPage *page, gint64 wall_us)
{
  if (ledger_is_open (page))
    settle (level, page, wall_us);
  if (level->why == VMM_OUTLOOK_SAID && !ledger_is_open (page))
    ledger_make (page, wall_us, add_seconds (wall_us, EARLIEST * level->eta_s),
                 add_seconds (wall_us, LATEST * level->eta_s), ledger_is_discredited (page));
}

void
level_push (Level *level, VmmLedgerPage *page, gint64 now_us, gint64 wall_us, float value)
{
  level->now_us = now_us;
  level->value = value;
  if (vmm_absence (value) != VMM_PRESENT) {
    level_break (level, page);
    level->why = VMM_OUTLOOK_NO_VALUE;
    return;
  }
  if (level->trend.n == 0 || now_us - level->taken_us >= ROW_US) {
    trend_push (&level->trend, (double) now_us / G_USEC_PER_SEC, (double) value);
    level->taken_us = now_us;
    level->is_fitted = FALSE;
  }
  level->why = demand_lasting (level, judge (level));
  keep_books (level, page, wall_us);
}

/* It rose until just now: a claim is open that is said no more. */
static gboolean
has_stopped (const Level *level, const VmmLedgerPage *page)
{
  return (level->why == VMM_OUTLOOK_STEADY || level->why == VMM_OUTLOOK_SLOWING) &&
         ledger_is_open (page) && !page->claims[page->n - 1].is_secret;
}

static VmmOutlookWhy
find_why (const Level *level, const VmmLedgerPage *page)
{
  if (has_stopped (level, page))
    return VMM_OUTLOOK_STOPPED;
  if (level->why == VMM_OUTLOOK_SAID && ledger_is_discredited (page))
    return VMM_OUTLOOK_WRONG;
  return level->why;
}

void
level_get_item (const Level *level, const VmmLedgerPage *page, VmmOutlookItem *ret_item)
{
  gboolean is_there = vmm_absence (level->value) == VMM_PRESENT;

  ret_item->why = find_why (level, page);
  ret_item->level = is_there ? (double) level->value : NAN;
  ret_item->is_nearly_full = is_there && level->value >= (float) NEARLY;
  if (level->why == VMM_OUTLOOK_EARLY) {
    ret_item->seen = level->trend.n;
    ret_item->needed = TREND_ROWS;
  }
  if (ret_item->why != VMM_OUTLOOK_SAID)
    return;
  ret_item->rate = 60 * level->slope;
  ret_item->when_s = level->eta_s;
  ret_item->low_s = EARLIEST * level->eta_s;
  ret_item->high_s = LATEST * level->eta_s;
}
