/* SPDX-License-Identifier: MIT */
/* units: a table of ways to count bytes. */
#include "units.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RATE "MB/s" /* what channels of rates are in */
#define RATE_BYTES 1e6

/* clang-format off */
static const VmmUnitsRow rows[VMM_N_UNITS] = {
  [VMM_UNITS_CUSTOMARY] = { "customary", N_ ("MB/s"),  N_ ("GiB"), N_ ("MB/s read"),  1e6,     1073741824 },
  [VMM_UNITS_DECIMAL]   = { "decimal",   N_ ("MB/s"),  N_ ("GB"),  N_ ("MB/s read"),  1e6,     1e9 },
  [VMM_UNITS_BINARY]    = { "binary",    N_ ("MiB/s"), N_ ("GiB"), N_ ("MiB/s read"), 1048576, 1073741824 },
};
/* clang-format on */

const VmmUnitsRow *
vmm_units (VmmUnits units)
{
  g_return_val_if_fail ((guint) units < VMM_N_UNITS, &rows[0]);
  return &rows[units];
}

double
vmm_units_scale (VmmUnits units, const char *unit)
{
  return strcmp (unit, RATE) == 0 ? vmm_units (units)->rate_bytes / RATE_BYTES : 1;
}

const char *
vmm_units_name (VmmUnits units, const char *unit)
{
  return _ (strcmp (unit, RATE) == 0 ? vmm_units (units)->rate : unit);
}
