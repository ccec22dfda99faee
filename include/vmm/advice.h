/* SPDX-License-Identifier: MIT */
/* advice: what a result says is wrong with this guest's VMM, and what to do about it there.
 *
 * A finding is a symptom with measured numbers behind it, its likely cause under this VMM, a
 * concrete remedy and where that is documented. It comes from one const table: symptom x VMM. A
 * clean machine has no findings. Nothing is changed on the machine. */
#pragma once

#include "vmm/result.h"

typedef enum {
  VMM_SURE_CERTAIN,  /* the evidence is the cause */
  VMM_SURE_LIKELY,   /* the usual cause of such evidence */
  VMM_SURE_POSSIBLE, /* one of several causes */
} VmmSureness;

/* One of the things that a finding stands on. */
typedef enum {
  VMM_EVIDENCE_NUMBER, /* `format` has a place for `number`: "steal %s %% of all CPUs" */
  VMM_EVIDENCE_PROBE,  /* `probe` measured `number` */
  VMM_EVIDENCE_TIMES,  /* that is `number` times worse than the reference */
  VMM_EVIDENCE_NAMES,  /* `format` has places for `names`: "clock source %s" */
  VMM_EVIDENCE_REASON, /* the sentence names[0], as it is stored (vmm_say()) */
} VmmEvidenceKind;

#define VMM_MAX_EVIDENCE_NAMES 3

typedef struct {
  VmmEvidenceKind    kind;
  const char        *format; /* N_(), or NULL */
  double             number;
  const VmmScoreRow *probe;                         /* or NULL */
  char              *names[VMM_MAX_EVIDENCE_NAMES]; /* NULL after the last */
} VmmEvidence;

/* Its texts are English, to be translated; what to say of it is in vmm/words.h. */
typedef struct {
  const char *id;       /* "clocksource": stable */
  const char *symptom;  /* "A slow clock source" */
  GPtrArray  *evidence; /* of VmmEvidence * */
  const char *cause;
  const char *remedy;
  const char *undo;   /* how to take the remedy back; NULL where it changes nothing that lasts */
  const char *source; /* where cause and remedy are documented: a title, in no other language */
  VmmSureness sureness;
  double      points; /* of the total, about, that a cure would bring; NAN = cannot be told */
} VmmFinding;

/* The findings (of VmmFinding *, freed with the array), most points first. Never NULL. */
GPtrArray *vmm_advise (const VmmResult *result);

/* "A slow clock source" of "clocksource": English, to be translated; NULL of an id that nobody knows.
 * Static storage. */
const char *vmm_symptom_title (const char *id);

/* "certain" "likely" "possible": an id (vmm_say_id(), "sureness"). Static storage. */
const char *vmm_sureness_id (VmmSureness sureness);
