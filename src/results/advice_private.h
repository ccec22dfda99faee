/* SPDX-License-Identifier: MIT */
/* advice_private: symptoms, remedies, and what joins them. */
#pragma once

#include "vmm/advice.h"

/* What is told of a symptom: phrases beside one another. */
typedef struct {
  VmmLanguage language;
  char       *text; /* NULL: nothing yet */
} VmmTelling;

/* What to do about a symptom under one VMM. */
typedef struct {
  const char *vmm_id;  /* NULL: any other; the first that fits is taken */
  const char *drivers; /* of the devices it is about, separated by blanks; NULL = none */
  const char *cause;
  const char *remedy; /* NULL: under this VMM it is no finding (another one tells it better) */
  const char *source;
} VmmRemedy;

#define VMM_MAX_REMEDIES 8 /* a row may have fewer; the first without a cause is its end */

typedef struct {
  const char *id, *title;

  /* TRUE when the result shows the symptom: then `evidence` has its numbers. */
  gboolean (*find) (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence);

  const char *probes; /* those that it slows down, separated by blanks; "" = none */

  /* ln of what a cure gains in a category beside them; NULL = nothing. */
  double (*get_gain) (const VmmResult *result);
  VmmCategory gains_in;
  VmmSureness sureness;
  VmmRemedy   remedies[VMM_MAX_REMEDIES];
} VmmSymptom;

/* The table. Static storage. */
const VmmSymptom *vmm_symptoms (guint *ret_n);

/* ---- evidence: numbers of a result; NAN = none. */

/* What a probe measured; reference : value (less is worse; not the scored ratio: a disturbed
 * window has values too); mean of a channel. */
double vmm_result_value (const VmmResult *result, const char *probe);
double vmm_result_ratio (const VmmResult *result, const char *probe);
double vmm_result_mean (const VmmResult *result, VmmChannelId channel);

/* "steal 12.1 %", from a format with one %s; "Page fault 5.1 µs (reference 1.6)", nothing where the
 * probe has no value; how many times worse than the reference that is; and a phrase that is in the
 * language already, which is taken over. */
void vmm_tell (VmmTelling *evidence, const char *format, double value);
void vmm_tell_probe (VmmTelling *evidence, const VmmResult *result, const char *probe);
void vmm_tell_times (VmmTelling *evidence, const VmmResult *result, const char *probe);
void vmm_tell_phrase (VmmTelling *evidence, char *phrase);

gboolean vmm_has_word (const char *words, const char *word);

/* ---- symptoms, symptoms_io: the table's functions. */
gboolean vmm_find_pause (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence);
gboolean vmm_find_clock_moved (const VmmResult *result, const VmmRemedy *remedy,
                               VmmTelling *evidence);
gboolean vmm_find_emulation (const VmmResult *result, const VmmRemedy *remedy,
                             VmmTelling *evidence);
gboolean vmm_find_slow_exit (const VmmResult *result, const VmmRemedy *remedy,
                             VmmTelling *evidence);
gboolean vmm_find_slow_syscall (const VmmResult *result, const VmmRemedy *remedy,
                                VmmTelling *evidence);
gboolean vmm_find_clocksource (const VmmResult *result, const VmmRemedy *remedy,
                               VmmTelling *evidence);
gboolean vmm_find_slow_fault (const VmmResult *result, const VmmRemedy *remedy,
                              VmmTelling *evidence);
gboolean vmm_find_slow_wake (const VmmResult *result, const VmmRemedy *remedy,
                             VmmTelling *evidence);
gboolean vmm_find_generic_cpu (const VmmResult *result, const VmmRemedy *remedy,
                               VmmTelling *evidence);
gboolean vmm_find_steal (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence);
gboolean vmm_find_stolen (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence);
gboolean vmm_find_balloon (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence);
gboolean vmm_find_swapping (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence);
gboolean vmm_find_disk_driver (const VmmResult *result, const VmmRemedy *remedy,
                               VmmTelling *evidence);
gboolean vmm_find_slow_disk (const VmmResult *result, const VmmRemedy *remedy,
                             VmmTelling *evidence);
gboolean vmm_find_early_sync (const VmmResult *result, const VmmRemedy *remedy,
                              VmmTelling *evidence);
gboolean vmm_find_nic_driver (const VmmResult *result, const VmmRemedy *remedy,
                              VmmTelling *evidence);
gboolean vmm_find_loss (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence);
gboolean vmm_find_slow_way (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence);
gboolean vmm_find_given_target (const VmmResult *result, const VmmRemedy *remedy,
                                VmmTelling *evidence);
gboolean vmm_find_jitter (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence);
gboolean vmm_find_no_tools (const VmmResult *result, const VmmRemedy *remedy, VmmTelling *evidence);

double vmm_gain_of_steal (const VmmResult *result);
double vmm_gain_of_stolen (const VmmResult *result);
double vmm_gain_of_loss (const VmmResult *result);
