/* SPDX-License-Identifier: MIT */
/* units: a table of ways to count bytes. */
#include "units.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RATE "MB/s" /* what channels of rates are in */
#define RATE_BYTES 1e6

/* clang-format off */
static const VmmUnitsRow rows[VMM_N_UNITS] = {
  [VMM_UNITS_CUSTOMARY] = { { { N_ ("MB/s"),  N_ ("MB/s read"),  1e6 },
                             { N_ ("GB/s"),  N_ ("GB/s read"),  1e9 } }, N_ ("GiB"), 1073741824 },
  [VMM_UNITS_DECIMAL]   = { { { N_ ("MB/s"),  N_ ("MB/s read"),  1e6 },
                             { N_ ("GB/s"),  N_ ("GB/s read"),  1e9 } }, N_ ("GB"), 1e9 },
  [VMM_UNITS_BINARY]    = { { { N_ ("MiB/s"), N_ ("MiB/s read"), 1048576 },
                             { N_ ("GiB/s"), N_ ("GiB/s read"), 1073741824 } }, N_ ("GiB"), 1073741824 },
};
/* clang-format on */

const VmmUnitsRow *
vmm_units (VmmUnits units)
{
  g_return_val_if_fail ((guint) units < VMM_N_UNITS, &rows[0]);
  return &rows[units];
}

const VmmRate *
vmm_units_rate (VmmUnits units, double value)
{
  const VmmRate *rates = vmm_units (units)->rates;

  return &rates[value * RATE_BYTES >= rates[1].bytes];
}

double
vmm_units_scale (VmmUnits units, const char *unit, double value)
{
  return strcmp (unit, RATE) == 0 ? vmm_units_rate (units, value)->bytes / RATE_BYTES : 1;
}

const char *
vmm_units_name (VmmUnits units, const char *unit, double value)
{
  return _ (strcmp (unit, RATE) == 0 ? vmm_units_rate (units, value)->name : unit);
}
