/* SPDX-License-Identifier: MIT */
/* advice: what a result says is wrong with this guest's VMM, and what to do about it there.
 *
 * A finding is a symptom with measured numbers behind it, its likely cause under this VMM, a
 * concrete remedy and where that is documented. It comes from one const table: symptom x VMM. A
 * clean machine has no findings. Nothing is changed on the machine. */
#pragma once

#include "vmm/language.h"
#include "vmm/result.h"

typedef enum {
  VMM_SURE_CERTAIN,  /* the evidence is the cause */
  VMM_SURE_LIKELY,   /* the usual cause of such evidence */
  VMM_SURE_POSSIBLE, /* one of several causes */
} VmmSureness;

typedef struct {
  const char *id;       /* "clocksource": stable */
  const char *symptom;  /* "A slow clock source" */
  char       *evidence; /* "clock source acpi_pm; Wake-up delay 412 µs (reference 40)" */
  const char *cause;
  const char *remedy;
  const char *source; /* where cause and remedy are documented: a title, in no other language */
  VmmSureness sureness;
  double      points; /* of the total, about, that a cure would bring; NAN = cannot be told */
} VmmFinding;

/* The findings (of VmmFinding *, freed with the array) in that language, most points first. Never
 * NULL. */
GPtrArray *vmm_advise (const VmmResult *result, VmmLanguage language);

void vmm_finding_free (VmmFinding *finding); /* NULL is fine */

/* "certain" "likely" "possible": an id (vmm_say_id(), "sureness"). Static storage. */
const char *vmm_sureness_id (VmmSureness sureness);

/* The findings, which were made in VMM_ENGLISH, as a JSON array. Free with g_free(). */
char *vmm_advice_to_json (const GPtrArray *findings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VmmFinding, vmm_finding_free)
