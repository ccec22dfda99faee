/* SPDX-License-Identifier: MIT */
/* score: the pure arithmetic from rows and the reference table to one number.
 *
 * 100 = the reference guest, 200 = served twice as fast, 50 = half as fast. Ratio scale, no cap.
 * A missing probe, category or total is NAN and has a reason; it is never 0 and never 100. */
#pragma once

#include "vmm/cause.h"
#include "vmm/channel.h"
#include "vmm/host.h"
#include "vmm/reference.h"
#include "vmm/sources.h"

typedef enum {
  VMM_QUALITY_CLEAN, /* nothing else of note ran in the guest: own load <= 20 % */
  VMM_QUALITY_BUSY,  /* work of its own up to 60 %, its queueing taken out; or nobody knows */
  /* More work than that, or its queueing not taken out; other disk load or no tick in more than a
   * fifth of the window. Shown in brackets, not for comparison. */
  VMM_QUALITY_DISTURBED,
  /* Stopped before its end, the guest stopped for more than 1 s, or its wall clock moved by more
   * than 0.5 s. No number at all. */
  VMM_QUALITY_INVALID,
} VmmQuality;

const char *vmm_quality_id (VmmQuality quality); /* "clean" "busy" "disturbed" "invalid" */

/* The interval is value * exp (+- 1.96 sd); sd^2 = variance of ln value over resamples of the
 * window's seconds (moving blocks of 5 s) + that between equal windows, a constant per category. */
typedef struct {
  double   value, low, high; /* low <= value <= high: 95 % interval; all NAN when absent */
  char    *reason;           /* why absent, or NULL */
  VmmCause cause;
} VmmScoreValue;

typedef struct {
  const VmmScoreRow *row; /* of the table of the score's version */
  /* exp of the median of ln x over the seconds, in the channel's unit; of a share, what the mean
   * of its odds says; NAN = none. */
  double   value;
  double   ratio;   /* reference / value or its inverse, 1/1000 .. 1000; NAN = not scored */
  guint    seconds; /* rows with a value */
  gboolean scored;
  char    *reason; /* why there is no value or no ratio, or NULL */
  VmmCause cause;  /* of few readings: why the others are missing, where that is known */
} VmmScoreProbe;

/* Strings owned; vmm_score_clear(). */
typedef struct {
  guint         version;
  VmmScoreValue total;
  VmmScoreValue categories[VMM_N_CATEGORIES];
  VmmScoreProbe
             probes[VMM_SCORE_MAX_PROBES + 1]; /* as vmm_score_table(); `row` NULL after the last */
  VmmQuality quality;
  GPtrArray *reasons;          /* of char *: what speaks against a clean window; may be empty */
  GArray    *causes;           /* of VmmCause, one for each of them */
  double     own_busy_percent; /* guest's load that was not ours; NAN = unknown */
} VmmScore;

/* What the arithmetic is given: rows of a window, channel by channel, and what is known around
 * them. `values[c]` has `n` floats for channel c (absences included). */
typedef struct {
  const float *const *values; /* VMM_N_CHANNELS arrays */
  guint               n;      /* rows */
  guint               ticks, missed;
  guint               duration_s, interval_ms;
  gboolean            passive;  /* no probes were asked for */
  gboolean            light;    /* nor bursts */
  gboolean            complete; /* the window ran to its end */
  gboolean            own_load_removed;
  VmmPingMethod       ping_method;
  VmmTargetKind       ping_kind;
  const VmmReason    *channel_reasons; /* VMM_N_CHANNELS; or NULL */
  guint64             seed;            /* of the bootstrap */
} VmmScoreInput;

/* About 1 ms for a window of 30 rows, 10 ms for 3600. `*ret_score` is overwritten, not cleared. */
void vmm_score_compute (VmmScore *ret_score, const VmmScoreInput *input);
void vmm_score_copy (VmmScore *ret_copy, const VmmScore *score);
void vmm_score_clear (VmmScore *score);

/* The probe of a channel, wherever the table of the version has it; NULL = nowhere. */
const VmmScoreProbe *vmm_score_find_probe (const VmmScore *score, VmmChannelId channel);

/* Whether that speaks against the window. */
gboolean vmm_score_has_cause (const VmmScore *score, VmmCause cause);

/* ---- The definition's own arithmetic, in logarithms of ratios to the reference guest: NAN = absent, for
 * which the weights of the rest make up. */

/* A ratio stays within 1/1000 .. 1000: one dead probe cannot erase the rest. */
#define VMM_SCORE_RATIO_LIMIT 1000.0

/* Of the probes of the table of `version`, and of the mean of the lost echoes in percent. */
void vmm_score_combine_probes (guint version, const double *probes, double loss,
                               double ret_categories[VMM_N_CATEGORIES]);

/* The total. */
double vmm_score_combine_categories (guint version, const double categories[VMM_N_CATEGORIES]);
