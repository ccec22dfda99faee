/* SPDX-License-Identifier: MIT */
/* words: what is said of a run, every sentence once, for all faces.
 *
 * A face lays out what is said here and words nothing anew, so that two of them cannot disagree in a
 * word or in the last digit. Texts are in the user's language and figures. Those that are returned as
 * `char *` are freed with g_free(), others are static. What a user or a foreign file wrote is in them as
 * it came: a face cleans what it shows. No state, any thread. */
#pragma once

#include "vmm/advice.h"
#include "vmm/figure.h"
#include "vmm/score.h"
#include "vmm/store.h"
#include "vmm/usual.h"

/* ---- names: what a metric is called as a title ("Memory", "Pressure"), and one of the categories in
 * the middle of a line ("memory"). */
const char *vmm_words_metric (VmmMetric metric);
const char *vmm_words_category_within (VmmCategory category);

/* ---- score: points have one decimal everywhere. */

/* "97.3", in brackets when the window was disturbed; "n/a" when absent. */
char *vmm_words_points (double points, VmmQuality quality);

/* "94.1 to 100.6"; where there is little room, "94.1 – 100.6"; "" when it is absent. */
char *vmm_words_interval (double low, double high);
char *vmm_words_narrow_interval (double low, double high);

/* "Score 97.3, 95 % interval 94.1 to 100.6, window: clean", "No score: the window was stopped". */
char *vmm_words_score (const VmmScore *score);

/* The whole in a line: "Score 97.3 (94.1 to 100.6) · CPU 111.4 · ... · clean", "No score: ...". */
char *vmm_words_score_line (const VmmScore *score);

/* "Memory 97.3, 95 % interval 94.1 to 100.6", "Network: no default gateway". */
char *vmm_words_category_score (VmmCategory category, const VmmScoreValue *value);

/* What a total means beside others: "usual for KVM: the middle half of 7 machines is at 80.0 to 105.0", or
 * that this is not known yet. NULL of a result without a total that counts. */
char *vmm_words_usual (const VmmResult *result);
char *vmm_words_usual_by (const VmmUsual *usual, const char *vmm_name, double total);

/* What the probe measured and its reference are shown in, side by side. */
VmmFigureUnit vmm_words_probe_unit (const VmmScoreRow *row, double value);

/* "clean" "busy" "disturbed" "invalid"; of a kept run without probes just "passive", whatever the guest
 * did meanwhile. */
const char *vmm_words_quality (VmmQuality quality);
const char *vmm_words_entry_quality (const VmmStoreEntry *entry);

/* What the score of a light run cannot see; NULL of another. */
const char *vmm_words_unseen (const VmmResult *result);

/* What bursts are among a result's readings; NULL when there is none. */
char *vmm_words_bursts (const VmmResult *result);

/* ---- outlook */

/* What is said of a forecast, or why nothing is; whether it is more than that; and of all, the lines that
 * are worth a place (of char *). */
char      *vmm_words_forecast (const VmmOutlookItem *item, VmmOutlookSubject subject);
gboolean   vmm_words_forecast_is_news (const VmmOutlookItem *item);
GPtrArray *vmm_words_outlook (const VmmOutlookState *state);

/* What fills first and how far off that is, or why it is not known; and what always belongs to it. */
char       *vmm_words_headroom (const VmmHeadroom *headroom);
const char *vmm_words_headroom_limits (void);

/* A resource, as a title; and of one that was measured "61 per s of 200 per s; full at about 3 to 4 times". */
const char *vmm_words_resource (VmmResource resource);
char       *vmm_words_headroom_of (const VmmHeadroom *headroom, VmmResource resource);

/* ---- findings */

/* "A slow clock source (likely, about 3 points)". */
char *vmm_words_finding_title (const VmmFinding *finding);

/* "clock source acpi_pm; Wake-up delay 412 µs (reference 40)". */
char *vmm_words_evidence (const VmmFinding *finding, VmmLanguage language);

/* What is said below the title, one after the other: a heading ("measured", "cause", "remedy", "undo",
 * "source"), and the text; NULL where there is none: nothing is to be undone. */
typedef enum {
  VMM_FINDING_MEASURED,
  VMM_FINDING_CAUSE,
  VMM_FINDING_REMEDY,
  VMM_FINDING_UNDO,
  VMM_FINDING_SOURCE,
  VMM_N_FINDING_PARTS,
} VmmFindingPart;
char *vmm_words_finding_part (const VmmFinding *finding, VmmFindingPart part,
                              const char **ret_heading);

/* What to say of a run without findings; less where less was measured. */
const char *vmm_words_no_findings (const VmmScore *score);
