/* SPDX-License-Identifier: MIT */
/* figure: numbers as people read them: three digits and a unit. */
#pragma once

#include <glib.h>

#define VMM_FIGURE_SIZE 32

/* Writes `value`, given in `unit` (a channel's), into `ret_text`: "251 µs", "1.25 GB/s", "41.0 %";
 * "-" when it is not finite. Returns `ret_text`. From 10 000 on the unit is the next larger one. As the
 * user's locale writes it: for a screen. */
const char *vmm_figure (char ret_text[VMM_FIGURE_SIZE], double value, const char *unit);

/* The number alone. */
const char *vmm_figure_bare (char ret_text[VMM_FIGURE_SIZE], double value);

/* Points of the score: one decimal, "n/a" when absent. */
const char *vmm_figure_points (char ret_text[VMM_FIGURE_SIZE], double points);

/* "3.8 GiB": powers of 1024. */
const char *vmm_figure_bytes (char ret_text[VMM_FIGURE_SIZE], double bytes);

/* "17 s", "4 min 05 s". */
const char *vmm_figure_seconds (char ret_text[VMM_FIGURE_SIZE], double seconds);
