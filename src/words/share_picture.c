/* SPDX-License-Identifier: MIT */
/* share_picture: the picture of a page: a bar with its interval for each score of each side, as SVG. */
#include "share_private.h"

#include <math.h>

/* Of the picture, in its own units. */
#define WIDTH 760
#define LEFT 130
#define RIGHT 560
#define TOP 26
#define BAR 16
#define BAR_GAP 4
#define ROW_GAP 20

void
vmm_share_append (GString *out, const char *format, ...)
{
  va_list values;

  va_start (values, format);
  g_autofree char *text = g_markup_vprintf_escaped (format, values);
  va_end (values);
  g_string_append (out, text);
}

static int
get_x (double value, double scale)
{
  return LEFT + (int) round ((RIGHT - LEFT) * CLAMP (value / scale, 0, 1));
}

static void
append_span (GString *out, const VmmShareValue *value, double scale, int y)
{
  int low = get_x (value->low, scale), high = get_x (value->high, scale), middle = y + BAR / 2;

  vmm_share_append (out, "<path class=\"span\" d=\"M%d %dH%dM%d %dV%dM%d %dV%d\"/>", low, middle,
                    high, low, y + 3, y + BAR - 3, high, y + 3, y + BAR - 3);
}

static void
append_bar (GString *out, const VmmShareRow *row, guint side, double scale, int y)
{
  const VmmShareValue *value = &row->sides[side];

  vmm_share_append (out,
                    "<rect class=\"track\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/>",
                    LEFT, y, RIGHT - LEFT, BAR);
  if (isfinite (value->value)) {
    int width = MAX (2, get_x (value->value, scale) - LEFT);
    vmm_share_append (out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" ", LEFT, y,
                      width, BAR);
    if (row->hue < 0)
      vmm_share_append (out, "class=\"t%s\"/>", side ? " second" : "");
    else
      vmm_share_append (out, "class=\"h%d%s\"/>", row->hue, side ? " second" : "");
  }
  if (isfinite (value->low) && isfinite (value->high))
    append_span (out, value, scale, y);
  vmm_share_append (out, "<text x=\"%d\" y=\"%d\">%s</text>\n", RIGHT + 12, y + BAR - 3,
                    value->figure);
}

static int
get_row_height (const VmmShare *share)
{
  return (int) share->n_sides * (BAR + BAR_GAP) + ROW_GAP;
}

static void
append_reference (GString *out, const VmmShare *share, double scale)
{
  int x = get_x (100, scale), bottom = TOP + VMM_SHARE_ROWS * get_row_height (share) - ROW_GAP / 2;

  vmm_share_append (out,
                    "<path class=\"grid\" d=\"M%d %dV%d\"/><text class=\"quiet\" x=\"%d\" y=\"%d\" "
                    "text-anchor=\"middle\">100</text>\n",
                    x, TOP - 6, bottom, x, TOP - 11);
}

void
vmm_share_append_picture (GString *out, const VmmShare *share)
{
  double scale = vmm_share_scale (share);
  int    height = TOP + VMM_SHARE_ROWS * get_row_height (share);

  vmm_share_append (out,
                    "<figure><svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\" "
                    "xmlns=\"http://www.w3.org/2000/svg\">\n",
                    WIDTH, height, share->verdict);
  for (guint i = 0; i < VMM_SHARE_ROWS; i++) {
    int y = TOP + (int) i * get_row_height (share);
    vmm_share_append (out, "<text x=\"0\" y=\"%d\">%s</text>", y + BAR - 3, share->rows[i].title);
    for (guint side = 0; side < share->n_sides; side++)
      append_bar (out, &share->rows[i], side, scale, y + (int) side * (BAR + BAR_GAP));
  }
  append_reference (out, share, scale);
  g_string_append (out, "</svg></figure>\n");
}
