/* SPDX-License-Identifier: MIT */
/* pen: where things are, and how text is set. */
#include "pen.h"

#include <math.h>

void
vmm_pen_set_color (const VmmPen *pen, const VmmColor *color)
{
  cairo_set_source_rgba (pen->cr, color->red, color->green, color->blue, color->alpha);
}

void
vmm_pen_fill (const VmmPen *pen, const VmmColor *color, double x, double y, double width,
              double height)
{
  if (!pen->cr)
    return;
  double left = round (x), wide = MAX (1, round (x + width) - left);
  vmm_pen_set_color (pen, color);
  cairo_rectangle (pen->cr, pen->mirrored ? pen->width - left - wide : left, round (y), wide,
                   MAX (1, round (y + height) - round (y)));
  cairo_fill (pen->cr);
}

double
vmm_pen_measure (const VmmPen *pen, const char *text)
{
  int width;

  pango_layout_set_text (pen->layout, text, -1);
  pango_layout_get_pixel_size (pen->layout, &width, NULL);
  return width;
}

/* The layout, `width` wide. */
static void
show (const VmmPen *pen, const VmmColor *color, double x, double y, double align, double width)
{
  if (pen->mirrored)
    x = pen->width - x - (1 - 2 * align) * width;
  vmm_pen_set_color (pen, color);
  cairo_move_to (pen->cr, round (CLAMP (x - align * width, 0, MAX (0, pen->width - width))),
                 round (y));
  pango_cairo_show_layout (pen->cr, pen->layout);
}

void
vmm_pen_write (const VmmPen *pen, const char *text, const VmmColor *color, double x, double y,
               double align)
{
  if (pen->cr)
    show (pen, color, x, y, align, vmm_pen_measure (pen, text));
}

void
vmm_pen_fit (const VmmPen *pen, const char *text, const VmmColor *color, double x, double y,
             double align, double room)
{
  if (!pen->cr || room <= 0)
    return;
  double width = MIN (vmm_pen_measure (pen, text), room);
  pango_layout_set_width (pen->layout, (int) (ceil (width) * PANGO_SCALE));
  pango_layout_set_ellipsize (pen->layout, PANGO_ELLIPSIZE_MIDDLE);
  show (pen, color, x, y, align, width);
  pango_layout_set_width (pen->layout, -1);
  pango_layout_set_ellipsize (pen->layout, PANGO_ELLIPSIZE_NONE);
}

double
vmm_frame_get_x (const VmmFrame *frame, double time)
{
  double share = (time - frame->begin) / (frame->end - frame->begin);
  return frame->left + share * (frame->right - frame->left);
}

double
vmm_frame_get_y (const VmmFrame *frame, double value)
{
  return frame->bottom - CLAMP (value / frame->high, 0, 1) * (frame->bottom - frame->top);
}
