/* SPDX-License-Identifier: MIT */
/* advice_private: symptoms, remedies, and what joins them. */
#pragma once

#include "vmm/advice.h"

/* What to do about a symptom under one VMM. */
typedef struct {
  const char *symptom; /* its id */
  const char
      *vmm_id; /* "wsl": Hyper-V's guest that nobody configures as one; NULL: any other; the first
                        * that fits is taken */
  const char *drivers; /* of the devices it is about, separated by blanks; NULL = none */
  const char *cause;
  const char *remedy;
  const char *undo; /* how to take the remedy back; NULL where it changes nothing that lasts */
  const char *source;
} VmmRemedy;

/* Of remedies that name no one setting. */
#define VMM_UNDO_NOTED N_ ("set it back as it was: write the old setting down before you change it")

/* Which number of a result. */
typedef enum {
  VMM_NO_NUMBER, /* ends a symptom's limits */
  VMM_VALUE,     /* what a probe measured */
  VMM_RATIO,     /* reference : value, less is worse; not the scored ratio, for a disturbed window
                  * has values too */
  VMM_QUOTIENT,  /* of what two probes measured, the first by the second */
  VMM_MEAN,      /* of a channel over the window */
  VMM_MAX,
} VmmStatistic;

typedef enum { VMM_AT_LEAST, VMM_ABOVE, VMM_BELOW } VmmRelation;

/* A number, and from where on it is a symptom. One that is absent meets no limit. */
typedef struct {
  VmmStatistic statistic;
  const char  *probes;  /* separated by blanks: of VMM_VALUE and VMM_RATIO one of them suffices */
  VmmChannelId channel; /* of the others */
  VmmRelation  relation;
  double       threshold; /* in the number's own unit */
  const char  *evidence;  /* "steal %s %% of all CPUs" says the number; NULL = the probes do */
} VmmLimit;

#define VMM_MAX_LIMITS 2

/* A symptom is shown when all of its limits are met, and what else it asks for is so. */
typedef struct {
  const char *id, *title;
  VmmSureness sureness;
  VmmLimit    limits[VMM_MAX_LIMITS];

  /* What no limit can say, and what to tell of it; NULL = nothing. Asked after the limits. */
  gboolean (*find) (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);

  const char *driven; /* kind of device that one of the remedy's drivers must drive; NULL = none */
  VmmTargetKind target;    /* whom the ping must have asked; VMM_TARGET_NONE = no matter */
  const char   *not_under; /* VMMs under which it is no symptom */
  const char   *better;    /* symptoms that say it better: where one holds, this is none */
  const char   *tells;     /* probes that are evidence, after what the limits and find() tell */
  const char   *slows;     /* probes that it slows down: what a cure gains */

  /* The first limit's number is a percentage that is taken from a category, so many times over;
   * 0 = it is not. */
  VmmCategory takes_from;
  double      takes_times;
} VmmSymptom;

/* The table. Static storage. */
const VmmSymptom *vmm_symptoms (guint *ret_n);

/* Row `i` of the remedies, NULL after the last; those of one symptom in the order in which they are
 * tried. Static storage. */
const VmmRemedy *vmm_remedy (guint i);

/* Those about disks, networks and tools, until one without a symptom: a part of the above. */
extern const VmmRemedy vmm_device_remedies[];

/* ---- cloud_symptoms: what no limit can say, as `find` of a symptom. */
gboolean vmm_find_burstable (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);
gboolean vmm_find_no_function (const VmmResult *result, const VmmRemedy *remedy,
                               GPtrArray *evidence);
gboolean vmm_find_idle_function (const VmmResult *result, const VmmRemedy *remedy,
                                 GPtrArray *evidence);
gboolean vmm_find_event (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);
gboolean vmm_find_moved (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);
gboolean vmm_find_allowances (const VmmResult *result, const VmmRemedy *remedy,
                              GPtrArray *evidence);
gboolean vmm_find_ebs (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);
gboolean vmm_find_seccomp (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);

/* ---- vmm_symptoms: likewise. */
gboolean vmm_find_version (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);
gboolean vmm_find_no_pcid (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);
gboolean vmm_find_folder (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);
gboolean vmm_find_tools (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);
gboolean vmm_find_one_queue (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);
gboolean vmm_find_kvm_clock (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);

/* ---- display_symptoms: likewise. */
gboolean vmm_find_no_3d (const VmmResult *result, const VmmRemedy *remedy, GPtrArray *evidence);

/* ---- gain: logarithms of what the total is multiplied by. */

/* If the probe were at least as good as the reference; and each that the symptom slows, with what it takes
 * given back. 0 = nothing. */
double vmm_gain_of_probe (const VmmScore *score, const VmmScoreProbe *probe);
double vmm_gain_of_cure (const VmmResult *result, const VmmSymptom *symptom);

/* As it is, by the scored probes that the symptom slows and the category that it takes from: what a cure
 * changes. NAN where nothing of the score hangs on the symptom, or no value is there. */
double vmm_gain_served (const VmmResult *result, const VmmSymptom *symptom);

/* Whether both symptoms are felt in one of the probes that version of the score has: served worse by either.
 * With itself: whether it is felt at all. */
gboolean vmm_gain_is_shared (guint version, const VmmSymptom *a, const VmmSymptom *b);

/* Points that a gain makes of a total; NAN without one, and where that is no number. */
double vmm_gain_points (double total, double gain);

/* ---- advice */

/* Whether a result shows a symptom; it cannot be told where a better explanation hides it, and where it is
 * none under that VMM. */
typedef enum { VMM_SYMPTOM_ABSENT, VMM_SYMPTOM_SHOWN, VMM_SYMPTOM_UNKNOWN } VmmSymptomState;

VmmSymptomState vmm_symptom_state (const VmmResult *result, const VmmSymptom *symptom);

/* What undoes the remedy of a symptom under the VMM of a result, or NULL. Static storage. */
const char *vmm_symptom_undo (const VmmResult *result, const VmmSymptom *symptom);

/* ---- evidence: numbers of a result; NAN = none. */

/* Of several probes, the number that is nearest to meeting the limit. */
double vmm_get_number (const VmmResult *result, const VmmLimit *limit);

gboolean vmm_is_met (const VmmResult *result, const VmmLimit *limit);

/* VMM_VALUE and VMM_RATIO of one. */
double vmm_get_value (const VmmResult *result, const char *probe);
double vmm_get_ratio (const VmmResult *result, const char *probe);

/* Adds to the evidence: a number, for a format with one %s; each probe that has a value; how many times
 * worse than the reference one is; names, NULL after the last, for the places of a format; a sentence as
 * it is stored. */
void vmm_tell_number (GPtrArray *evidence, const char *format, double number);
void vmm_tell_probes (GPtrArray *evidence, const VmmResult *result, const char *probes);
void vmm_tell_times (GPtrArray *evidence, const VmmResult *result, const char *probe);
void vmm_tell_names (GPtrArray *evidence, const char *format, ...) G_GNUC_NULL_TERMINATED;
void vmm_tell_reason (GPtrArray *evidence, const char *reason);

/* An empty list. */
GPtrArray *vmm_evidence_new (void);

/* Whether it is one of `words`, which are separated by blanks; NULL has none. */
gboolean vmm_has_word (const char *words, const char *word);
