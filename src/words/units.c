/* SPDX-License-Identifier: MIT */
/* units: a table of ways to count bytes. */
#include "vmm/units.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define RATE "MB/s" /* what channels of rates are in */
#define RATE_BYTES 1e6

typedef struct {
  const char *name, *read, *written;
  double      bytes; /* in one of them */
} Rate;

/* clang-format off */
static const struct {
  Rate   rates[2]; /* the usual one, and a thousand of it */
  double size;     /* of the units of memory, each is so many of the one before it */
} rows[VMM_N_UNITS] = {
  [VMM_UNITS_CUSTOMARY] = { { { N_ ("MB/s"),  N_ ("MB/s read"), N_ ("MB/s write"),  1e6 },
                             { N_ ("GB/s"),  N_ ("GB/s read"), N_ ("GB/s write"),  1e9 } }, 1024 },
  [VMM_UNITS_DECIMAL]   = { { { N_ ("MB/s"),  N_ ("MB/s read"), N_ ("MB/s write"),  1e6 },
                             { N_ ("GB/s"),  N_ ("GB/s read"), N_ ("GB/s write"),  1e9 } }, 1000 },
  [VMM_UNITS_BINARY]    = { { { N_ ("MiB/s"), N_ ("MiB/s read"), N_ ("MiB/s write"), 1048576 },
                             { N_ ("GiB/s"), N_ ("GiB/s read"), N_ ("GiB/s write"), 1073741824 } }, 1024 },
};
/* clang-format on */

static const Rate *
get_rate (VmmUnits units, double value)
{
  const Rate *rates = rows[units < VMM_N_UNITS ? units : 0].rates;

  return &rates[value * RATE_BYTES >= rates[1].bytes];
}

gboolean
vmm_units_is_rate (const char *unit)
{
  return strcmp (unit, RATE) == 0;
}

double
vmm_units_scale (VmmUnits units, const char *unit, double value)
{
  return vmm_units_is_rate (unit) ? get_rate (units, value)->bytes / RATE_BYTES : 1;
}

const char *
vmm_units_name (VmmUnits units, const char *unit, double value)
{
  return vmm_units_is_rate (unit) ? _ (get_rate (units, value)->name)
                                  : vmm_figure_unit_name (VMM_LOCAL, unit);
}

const char *
vmm_units_read (VmmUnits units, double value)
{
  return _ (get_rate (units, value)->read);
}

const char *
vmm_units_written (VmmUnits units, double value)
{
  return _ (get_rate (units, value)->written);
}

const char *
vmm_units_size (VmmUnits units, char ret_text[VMM_FIGURE_SIZE], double bytes)
{
  return vmm_figure_bytes_of (ret_text, bytes, rows[units < VMM_N_UNITS ? units : 0].size);
}
