/* SPDX-License-Identifier: MIT */
/* figure: numbers as people read them: three digits and a unit. */
#pragma once

#include "vmm/language.h"

#define VMM_FIGURE_SIZE 32

/* Writes `value`, given in `unit` (a channel's), into `ret_text`: "251 µs", "1.25 GB/s", "41.0 %";
 * "-" when it is not finite. Returns `ret_text`. From 10 000 on the unit is the next larger one. As the
 * user's locale writes it: for a screen. */
const char *vmm_figure (char ret_text[VMM_FIGURE_SIZE], double value, const char *unit);

/* The unit that values of one row share, so that they can be compared at a glance. */
typedef struct {
  const char *name;
  double      scale; /* so many of the unit that was given */
} VmmFigureUnit;

/* For `values`, given in `unit`: from 10 000 on the next larger one, unless that would leave the least
 * of them below a tenth. NANs do not count. */
VmmFigureUnit vmm_figure_unit (const char *unit, const double *values, guint n);

/* The same as vmm_figure(), in that unit and language; and without the unit. */
const char *vmm_figure_in (char ret_text[VMM_FIGURE_SIZE], VmmLanguage language, double value,
                           VmmFigureUnit unit);
const char *vmm_figure_number (char ret_text[VMM_FIGURE_SIZE], VmmLanguage language, double value,
                               VmmFigureUnit unit);

/* "µs" of "us". Static storage, or `unit` itself. */
const char *vmm_figure_unit_name (VmmLanguage language, const char *unit);

/* The number alone. */
const char *vmm_figure_bare (char ret_text[VMM_FIGURE_SIZE], double value);

/* Points of the score: one decimal, "n/a" when absent. */
const char *vmm_figure_points (char ret_text[VMM_FIGURE_SIZE], double points);

/* "3.80 GiB": powers of 1024; and by what one unit is of the one before it, 1024 or 1000: "4.08 GB". */
const char *vmm_figure_bytes (char ret_text[VMM_FIGURE_SIZE], double bytes);
const char *vmm_figure_bytes_of (char ret_text[VMM_FIGURE_SIZE], double bytes, double step);

/* "17 s", "4 min 05 s". */
const char *vmm_figure_seconds (char ret_text[VMM_FIGURE_SIZE], double seconds);
