/* SPDX-License-Identifier: MIT */
/* usual: what guests of a VMM score on the machines that were measured, as data.
 *
 * One machine says nothing about another: below VMM_USUAL_MIN_MACHINES there is no range. */
#pragma once

#include <glib.h>

#define VMM_USUAL_MIN_MACHINES 3

typedef struct {
  guint       version; /* of the score */
  guint       machines;
  const char *vmm_id;
  double      low, high; /* the middle half of these machines; NAN = too few */
} VmmUsual;

/* Of that version and VMM; without machines where there is none. Static storage, never NULL. */
const VmmUsual *vmm_usual_find (guint version, const char *vmm_id);
