/* SPDX-License-Identifier: MIT */
/* units: how the user wants bytes counted in the graphs. Results and files keep MB/s. */
#pragma once

typedef enum {
  VMM_UNITS_CUSTOMARY, /* memory in GiB, transfers in MB/s, as makers of both say */
  VMM_UNITS_DECIMAL,   /* GB, MB/s */
  VMM_UNITS_BINARY,    /* GiB, MiB/s */
  VMM_N_UNITS
} VmmUnits;
