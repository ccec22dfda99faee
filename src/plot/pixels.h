/* SPDX-License-Identifier: MIT */
/* pixels: the arithmetic of one pixel. Heights y are pixels from the upper edge. */
#pragma once

#include "vmm/color.h"

#include <glib.h>

/* `color` at `coverage` 0 .. 1 over the premultiplied `pixel`. */
static inline guint32
pixels_blend (guint32 pixel, const VmmColor *color, double coverage)
{
  double  alpha = color->alpha * coverage;
  guint   rest = 256 - (guint) (alpha * 256 + 0.5);
  guint   own = (guint) (alpha * 255 + 0.5);
  guint32 red = (guint32) (color->red * own + 0.5), green = (guint32) (color->green * own + 0.5),
          blue = (guint32) (color->blue * own + 0.5);
  guint32 odd = (((pixel >> 8) & 0xff00ff) * rest) & 0xff00ff00;
  guint32 even = (((pixel & 0xff00ff) * rest) >> 8) & 0xff00ff;

  return (odd | even) + (own << 24 | red << 16 | green << 8 | blue);
}

/* The part of a column above `y` that lies under an edge running from `high` at one side to `low`
 * at the other (high <= low): the integral of the coverage. */
static inline double
pixels_area (double y, double high, double low)
{
  if (y <= high)
    return 0;
  if (y < low)
    return (y - high) * (y - high) / (2 * (low - high));
  return y - (high + low) / 2;
}

static inline double
pixels_cover (guint row, double high, double low)
{
  return pixels_area (row + 1.0, high, low) - pixels_area (row, high, low);
}
