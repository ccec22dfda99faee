/* SPDX-License-Identifier: MIT */
/* quality: a table of what can speak against a window, each with what it makes of it. */
#include "quality.h"
#include "vmm/language.h"

#include <glib/gi18n-lib.h>

#define STOPPED_MS 1000.0 /* a guest that was stopped longer at once was paused, saved or moved */
#define STEPPED_MS 500.0  /* NTP slews below this; a step beyond it is somebody's hand or VMM */
#define ROUND_MS 1000     /* of the probes, at least */
#define DAYS_A_YEAR 365.2425
#define BUSY_PERCENT 20.0
#define DISTURBED_PERCENT 60.0

/* More than a fifth of the ticks or rounds: beyond it a median over the seconds leans. */
#define TOO_MANY(part, all) ((part) *5 > (all))

/* Disk operations a second, beside the probes' own, that are let pass: what an idle guest writes,
 * and for each of ours two of the file system's journal (a sync may have it write a descriptor and
 * a commit block). Where the utilisation is known and low, any number passes. */
#define FOREIGN_IOPS 10.0
#define FOREIGN_PER_OWN 2.0
#define FOREIGN_UTIL_PERCENT 20.0

static const char *const ids[] = { NC_ ("quality", "clean"), NC_ ("quality", "busy"),
                                   NC_ ("quality", "disturbed"), NC_ ("quality", "invalid") };

static double
get_value (const VmmScoreInput *input, VmmChannelId channel, guint row)
{
  float value = input->values[channel][row];
  return vmm_absence (value) == VMM_PRESENT ? value : NAN;
}

/* Whether the row is of a round that was a burst, of the probes or to a peer: what there was in it is mostly this program, and
 * that of the kernel on its behalf, which no counter tells from others' work. */
static gboolean
is_burst (const VmmScoreInput *input, guint row)
{
  guint               n, round = vmm_quality_round (input), first = row / round * round;
  const VmmChannelId *bursts = vmm_channel_bursts (&n);

  for (guint i = first; i < MIN (first + round, input->n); i++) {
    if (vmm_absence (input->values[VMM_CHANNEL_PEER_THROUGHPUT][i]) == VMM_PRESENT)
      return TRUE;
    for (guint b = 0; b < n; b++)
      if (vmm_absence (input->values[bursts[b]][i]) == VMM_PRESENT)
        return TRUE;
  }
  return FALSE;
}

/* The value farthest from zero, or 0. */
static double
get_farthest (const VmmScoreInput *input, VmmChannelId channel)
{
  double farthest = 0;
  for (guint i = 0; i < input->n; i++) {
    double value = get_value (input, channel, i);
    if (fabs (value) > fabs (farthest))
      farthest = value;
  }
  return farthest;
}

/* Of the present values in rows first .. end - 1 that are of no burst; NAN when there are none. */
static double
get_mean (const VmmScoreInput *input, VmmChannelId channel, guint first, guint end)
{
  double sum = 0;
  guint  n = 0;
  for (guint i = first; i < end; i++) {
    double value = get_value (input, channel, i);
    if (isnan (value) || is_burst (input, i))
      continue;
    sum += value;
    n++;
  }
  return n > 0 ? sum / n : NAN;
}

/* Busy - self between bursts, in percent of all CPUs; NAN when no row knows both. */
static double
get_own_busy (const VmmScoreInput *input)
{
  double sum = 0;
  guint  n = 0;
  for (guint i = 0; i < input->n; i++) {
    double own =
        get_value (input, VMM_CHANNEL_CPU_BUSY, i) - get_value (input, VMM_CHANNEL_SELF_CPU, i);
    if (isnan (own) || is_burst (input, i))
      continue;
    sum += own;
    n++;
  }
  return n > 0 ? MAX (sum / n, 0) : NAN;
}

/* ---- What speaks against it: a sentence, or NULL. Figures are whole, so no locale shows. */

static char *
find_end_missing (const VmmScoreInput *input, double own)
{
  guint seconds = (guint) ((guint64) input->ticks * input->interval_ms / 1000);

  if (input->complete)
    return NULL;
  return seconds > 0 ? g_strdup_printf (VMM_SAID ("the window was stopped after %u of %u seconds"),
                                        seconds, input->duration_s)
                     : g_strdup (vmm_cause_sentence (VMM_CAUSE_STOPPED_EARLY));
}

static char *
find_guest_stopped (const VmmScoreInput *input, double own)
{
  double lost = get_farthest (input, VMM_CHANNEL_CLOCK_LOST);
  return lost > STOPPED_MS
             ? g_strdup_printf (VMM_SAID ("the guest, or this program, was stopped for %.0f ms"),
                                lost)
             : NULL;
}

/* In the unit that a reader would choose, and no digit that the channel's float does not know. */
static char *
say_step (double ms)
{
  double seconds = ms / 1000, days = seconds / 86400;

  if (fabs (seconds) < 10)
    return g_strdup_printf (VMM_SAID ("the wall clock was moved by %+.0f ms"), ms);
  if (fabs (seconds) < 120)
    return g_strdup_printf (VMM_SAID ("the wall clock was moved by %+.0f seconds"), seconds);
  if (fabs (seconds) < 7200)
    return g_strdup_printf (VMM_SAID ("the wall clock was moved by %+.0f minutes"), seconds / 60);
  if (fabs (days) < 2)
    return g_strdup_printf (VMM_SAID ("the wall clock was moved by %+.0f hours"), seconds / 3600);
  if (fabs (days) < 2 * DAYS_A_YEAR)
    return g_strdup_printf (VMM_SAID ("the wall clock was moved by %+.0f days"), days);
  return g_strdup_printf (VMM_SAID ("the wall clock was moved by %+.0f years"), days / DAYS_A_YEAR);
}

static char *
find_clock_moved (const VmmScoreInput *input, double own)
{
  double step = get_farthest (input, VMM_CHANNEL_CLOCK_STEP);
  return fabs (step) > STEPPED_MS ? say_step (step) : NULL;
}

static char *
find_ticks_missed (const VmmScoreInput *input, double own)
{
  return TOO_MANY (input->missed, input->ticks)
             ? g_strdup_printf (VMM_SAID ("%u of %u ticks were missed"), input->missed,
                                input->ticks)
             : NULL;
}

/* Round by round, for the probes' own I/O comes all at once. */
static char *
find_disk_load (const VmmScoreInput *input, double own)
{
  double probes = get_mean (input, VMM_CHANNEL_SELF_IOPS, 0, input->n), foreign_sum = 0;
  guint  round = vmm_quality_round (input), known = 0, loaded = 0;

  if (isnan (probes))
    probes = 0; /* none ran */
  for (guint i = 0; i < input->n; i += round) {
    guint  end = MIN (i + round, input->n);
    double foreign = get_mean (input, VMM_CHANNEL_DISK_IOPS, i, end) - probes;
    double util = get_mean (input, VMM_CHANNEL_DISK_UTIL, i, end);
    if (isnan (foreign))
      continue;
    known++;
    if (foreign <= FOREIGN_IOPS + FOREIGN_PER_OWN * probes || util < FOREIGN_UTIL_PERCENT)
      continue;
    loaded++;
    foreign_sum += foreign;
  }
  return TOO_MANY (loaded, known)
             ? g_strdup_printf (
                   VMM_SAID ("other disk load: %.0f operations a second in %u of %u rounds"),
                   foreign_sum / loaded, loaded, known)
             : NULL;
}

static char *
find_load (const VmmScoreInput *input, double own)
{
  return own > BUSY_PERCENT ? g_strdup_printf (VMM_SAID ("the guest's own load was %.0f %%"), own)
                            : NULL;
}

static char *
find_heavy_load (const VmmScoreInput *input, double own)
{
  return own > DISTURBED_PERCENT ? find_load (input, own) : NULL;
}

/* A load that nobody knows cannot be called small. */
static char *
find_load_unknown (const VmmScoreInput *input, double own)
{
  return isnan (own) ? g_strdup (vmm_cause_sentence (VMM_CAUSE_LOAD_UNKNOWN)) : NULL;
}

/* Queueing behind a load of note distorts; behind a small one it is worth a word. */
static char *
find_queueing_left (const VmmScoreInput *input, double own)
{
  return !input->passive && !input->own_load_removed
             ? g_strdup (vmm_cause_sentence (VMM_CAUSE_LOAD_LEFT_IN))
             : NULL;
}

static char *
find_much_queueing_left (const VmmScoreInput *input, double own)
{
  return own > BUSY_PERCENT ? find_queueing_left (input, own) : NULL;
}

typedef struct {
  VmmQuality quality; /* at best, when it is found */
  VmmCause   cause;
  char *(*find) (const VmmScoreInput *input, double own);
} Rule;

/* clang-format off */
static const Rule rules[] = { /* worst first */
  { VMM_QUALITY_INVALID,   VMM_CAUSE_STOPPED_EARLY, find_end_missing },
  { VMM_QUALITY_INVALID,   VMM_CAUSE_GUEST_STOPPED, find_guest_stopped },
  { VMM_QUALITY_INVALID,   VMM_CAUSE_CLOCK_MOVED,   find_clock_moved },
  { VMM_QUALITY_DISTURBED, VMM_CAUSE_TICKS_MISSED,  find_ticks_missed },
  { VMM_QUALITY_DISTURBED, VMM_CAUSE_DISK_LOAD,     find_disk_load },
  { VMM_QUALITY_DISTURBED, VMM_CAUSE_OWN_LOAD,      find_heavy_load },
  { VMM_QUALITY_DISTURBED, VMM_CAUSE_LOAD_LEFT_IN,  find_much_queueing_left },
  { VMM_QUALITY_BUSY,      VMM_CAUSE_OWN_LOAD,      find_load },
  { VMM_QUALITY_BUSY,      VMM_CAUSE_LOAD_UNKNOWN,  find_load_unknown },
  { VMM_QUALITY_CLEAN,     VMM_CAUSE_LOAD_LEFT_IN,  find_queueing_left },
};
/* clang-format on */

gboolean
vmm_score_has_cause (const VmmScore *score, VmmCause cause)
{
  for (guint i = 0; i < score->causes->len; i++)
    if (g_array_index (score->causes, VmmCause, i) == cause)
      return TRUE;
  return FALSE;
}

void
vmm_quality_assess (VmmScore *score, const VmmScoreInput *input)
{
  score->own_busy_percent = get_own_busy (input);
  score->quality = VMM_QUALITY_CLEAN;
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    const Rule *rule = &rules[i];
    char       *reason = vmm_score_has_cause (score, rule->cause)
                             ? NULL /* a worse rule has said it */
                             : rule->find (input, score->own_busy_percent);
    if (!reason)
      continue;
    score->quality = MAX (score->quality, rule->quality);
    g_ptr_array_add (score->reasons, reason);
    g_array_append_val (score->causes, rule->cause);
  }
}

guint
vmm_quality_round (const VmmScoreInput *input)
{
  guint interval_ms = MAX (input->interval_ms, 1);
  return (ROUND_MS + interval_ms - 1) / interval_ms;
}

const char *
vmm_quality_id (VmmQuality quality)
{
  g_return_val_if_fail ((guint) quality < G_N_ELEMENTS (ids), NULL);
  return ids[quality];
}
