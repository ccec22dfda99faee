/* SPDX-License-Identifier: MIT */
/* units: how the user wants bytes counted in the graphs. Results and files keep MB/s. */
#pragma once

#include "vmm/units.h"

typedef struct {
  const char *name, *read; /* "MB/s", "MB/s read", to be translated */
  double      bytes;       /* in one of them */
} VmmRate;

typedef struct {
  VmmRate     rates[2]; /* the usual one, and a thousand of it */
  const char *size;     /* "GiB", to be translated */
  double      size_bytes;
} VmmUnitsRow;

/* The row of the table. Static storage. */
const VmmUnitsRow *vmm_units (VmmUnits units);

/* What a rate of `value` MB/s is shown in: the larger one from 1 of it on. Static storage. */
const VmmRate *vmm_units_rate (VmmUnits units, double value);

/* What one of the unit that `value` is shown in is in the channel's `unit`: 1 but for rates
 * ("MB/s"). */
double vmm_units_scale (VmmUnits units, const char *unit, double value);

/* The unit shown for the channel's `value` in its `unit`, translated. */
const char *vmm_units_name (VmmUnits units, const char *unit, double value);
