/* SPDX-License-Identifier: MIT */
/* units: how the user wants bytes counted in the graphs. Results and files keep MB/s. */
#pragma once

#include <glib.h>

typedef enum {
  VMM_UNITS_CUSTOMARY, /* memory in GiB, transfers in MB/s, as makers of both say */
  VMM_UNITS_DECIMAL,   /* GB, MB/s */
  VMM_UNITS_BINARY,    /* GiB, MiB/s */
  VMM_N_UNITS
} VmmUnits;

typedef struct {
  const char *id;                     /* in the settings: "decimal" */
  const char *rate, *size;            /* "MB/s", "GiB", to be translated */
  const char *read_rate;              /* "MB/s read", to be translated */
  double      rate_bytes, size_bytes; /* bytes in one of them */
} VmmUnitsRow;

/* The row of the table. Static storage. */
const VmmUnitsRow *vmm_units (VmmUnits units);

/* What one of the unit shown is in the channel's `unit`: 1 but for rates ("MB/s"). */
double vmm_units_scale (VmmUnits units, const char *unit);

/* The unit shown for the channel's `unit`, translated. */
const char *vmm_units_name (VmmUnits units, const char *unit);
