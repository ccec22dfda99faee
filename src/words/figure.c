/* SPDX-License-Identifier: MIT */
/* figure: formats numbers with their units from a table. */
#include "vmm/figure.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct {
  const char *unit, *shown; /* as in channel.h, as printed in English */
  const char *larger;       /* the unit of 1000 of these, or NULL */
  gboolean    decimal;      /* always one decimal */
} Unit;

/* clang-format off */
static const Unit units[] = {
  { "ns",   "ns",    "us",   FALSE },
  { "us",   "µs",    "ms",   FALSE },
  { "ms",   "ms",    "s",    FALSE },
  { "s",    "s",     NULL,   FALSE },
  { "MB/s", "MB/s",  "GB/s", FALSE },
  { "GB/s", "GB/s",  NULL,   FALSE },
  { "1/s",  N_ ("per s"), NULL,   FALSE },
  { "1",    "",      NULL,   FALSE },
  { "W",    "W",     NULL,   FALSE },
  { "J",    "J",     "kJ",   FALSE },
  { "kJ",   "kJ",    NULL,   FALSE },
  { "%",    "%",     NULL,   TRUE },
};
/* clang-format on */

static const Unit *
find_unit (const char *unit)
{
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (units[i].unit, unit) == 0)
      return &units[i];
  return NULL;
}

/* Three significant digits, two decimals at most; three below a tenth. */
static const char *
get_format (double value)
{
  double size = fabs (value);
  return size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : size >= 0.0995 ? "%.2f" : "%.3f";
}

static void
put (char ret_text[VMM_FIGURE_SIZE], VmmLanguage language, const char *format, double value)
{
  char digits[VMM_DECIMAL_SIZE];

  g_strlcpy (ret_text, vmm_decimal (language, digits, format, value), VMM_FIGURE_SIZE);
}

static void
put_bare (char ret_text[VMM_FIGURE_SIZE], VmmLanguage language, double value)
{
  if (!isfinite (value))
    g_strlcpy (ret_text, "-", VMM_FIGURE_SIZE);
  else if (fabs (value) >= 1e12)
    put (ret_text, language, "%.2e", value);
  else
    put (ret_text, language, value == 0 ? "%.0f" : get_format (value), value);
}

const char *
vmm_figure_bare (char ret_text[VMM_FIGURE_SIZE], double value)
{
  put_bare (ret_text, VMM_LOCAL, value);
  return ret_text;
}

VmmFigureUnit
vmm_figure_unit (const char *unit, const double *values, guint n)
{
  const Unit *row = find_unit (unit);
  double      least = INFINITY, most = 0, scale = 1;

  for (guint i = 0; i < n; i++)
    if (isfinite (values[i])) {
      least = values[i] != 0 ? fmin (least, fabs (values[i])) : least;
      most = fmax (most, fabs (values[i]));
    }
  while (row && row->larger && most / scale >= 9999.5 && least / scale >= 99.95) {
    scale *= 1000;
    row = find_unit (row->larger);
  }
  return (VmmFigureUnit){ row ? row->unit : unit, scale };
}

const char *
vmm_figure_number (char ret_text[VMM_FIGURE_SIZE], VmmLanguage language, double value,
                   VmmFigureUnit unit)
{
  const Unit *row = find_unit (unit.name);

  value /= unit.scale;
  if (row && row->decimal && fabs (value) < 1e12)
    put (ret_text, language, "%.1f", value);
  else
    put_bare (ret_text, language, value);
  return ret_text;
}

const char *
vmm_figure_unit_name (VmmLanguage language, const char *unit)
{
  const Unit *row = find_unit (unit);

  return vmm_text (language, row ? row->shown : unit);
}

const char *
vmm_figure_in (char ret_text[VMM_FIGURE_SIZE], VmmLanguage language, double value,
               VmmFigureUnit unit)
{
  const char *shown = vmm_figure_unit_name (language, unit.name);

  vmm_figure_number (ret_text, language, value, unit);
  if (isfinite (value) && shown[0]) {
    g_strlcat (ret_text, " ", VMM_FIGURE_SIZE);
    g_strlcat (ret_text, shown, VMM_FIGURE_SIZE);
  }
  return ret_text;
}

const char *
vmm_figure (char ret_text[VMM_FIGURE_SIZE], double value, const char *unit)
{
  return vmm_figure_in (ret_text, VMM_LOCAL, value, vmm_figure_unit (unit, &value, 1));
}

const char *
vmm_figure_points (char ret_text[VMM_FIGURE_SIZE], double points)
{
  if (isfinite (points))
    put (ret_text, VMM_LOCAL, "%.1f", points);
  else
    g_strlcpy (ret_text, _ ("n/a"), VMM_FIGURE_SIZE);
  return ret_text;
}

const char *
vmm_figure_bytes_of (char ret_text[VMM_FIGURE_SIZE], double bytes, double step)
{
  static const char *const names[][2] = { { "B", "B" },    { "kB", "KiB" }, { "MB", "MiB" },
                                          { "GB", "GiB" }, { "TB", "TiB" }, { "PB", "PiB" } };
  guint                    i = 0;

  for (; i + 1 < G_N_ELEMENTS (names) && fabs (bytes) >= 1000; i++)
    bytes /= step;
  vmm_figure_bare (ret_text, bytes);
  if (isfinite (bytes)) {
    g_strlcat (ret_text, " ", VMM_FIGURE_SIZE);
    g_strlcat (ret_text, names[i][step == 1024], VMM_FIGURE_SIZE);
  }
  return ret_text;
}

const char *
vmm_figure_bytes (char ret_text[VMM_FIGURE_SIZE], double bytes)
{
  return vmm_figure_bytes_of (ret_text, bytes, 1024);
}

const char *
vmm_figure_seconds (char ret_text[VMM_FIGURE_SIZE], double seconds)
{
  guint64 whole = (guint64) CLAMP (ceil (seconds), 0, 1e9);
  if (whole < 120)
    g_snprintf (ret_text, VMM_FIGURE_SIZE, "%" G_GUINT64_FORMAT " s", whole);
  else
    g_snprintf (ret_text, VMM_FIGURE_SIZE, "%" G_GUINT64_FORMAT " min %02u s", whole / 60,
                (guint) (whole % 60));
  return ret_text;
}
