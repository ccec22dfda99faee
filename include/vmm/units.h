/* SPDX-License-Identifier: MIT */
/* units: how the user wants bytes counted in what is live. Results and files keep MB/s. */
#pragma once

#include "vmm/figure.h"

typedef enum {
  VMM_UNITS_CUSTOMARY, /* memory in GiB, transfers in MB/s, as makers of both say */
  VMM_UNITS_DECIMAL,   /* GB, MB/s */
  VMM_UNITS_BINARY,    /* GiB, MiB/s */
  VMM_N_UNITS
} VmmUnits;

/* What one of the unit that `value` is shown in is in the channel's `unit`: 1 but for rates ("MB/s"), of
 * which the larger one is shown from 1 of it on; and its name, translated; of a rate that is read or
 * written, with that word: "MB/s read". */
double      vmm_units_scale (VmmUnits units, const char *unit, double value);
const char *vmm_units_name (VmmUnits units, const char *unit, double value);
const char *vmm_units_read (VmmUnits units, double value);
const char *vmm_units_written (VmmUnits units, double value);

/* Whether a channel's unit is that of rates. */
gboolean vmm_units_is_rate (const char *unit);

/* "3.80 GiB", "4.08 GB". Returns `ret_text`. */
const char *vmm_units_size (VmmUnits units, char ret_text[VMM_FIGURE_SIZE], double bytes);
