/* SPDX-License-Identifier: MIT */
/* scale: an axis of ratios around the reference. */
#include "vmm/scale.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pen.h"

#define REFERENCE 100.0
#define MOST_LINES 12 /* beyond, one a decade */

/* Lines are numbered: 1, 2 and 5 times each power of ten. */
enum { USUAL_FIRST = 4, REFERENCE_LINE = 6, USUAL_LAST = 8, LEAST_LINE = -9, MOST_LINE = 18 };

#define RADIUS 4.0
#define MAIN_RADIUS 5.0
#define HALO 1.5    /* of paper around a dot */
#define WHISKER 2.0 /* thick */
#define CAP 3.0     /* half of a whisker's end */
#define INSET 8.0   /* of the first and the last line: half of a label lies there, too */
#define LABEL_GAP 8.0

static double
get_line (int line)
{
  static const double mantissas[] = { 1, 2, 5 };
  int                 decade = (line - LEAST_LINE) / 3 + LEAST_LINE / 3;

  return mantissas[(line - LEAST_LINE) % 3] * pow (10, decade);
}

void
vmm_scale_init (VmmScale *ret_scale, const VmmScaleMark *marks, guint n)
{
  *ret_scale = (VmmScale){ USUAL_FIRST, USUAL_LAST };
  for (guint i = 0; i < n; i++) {
    while (marks[i].value < get_line (ret_scale->first) && ret_scale->first > LEAST_LINE)
      ret_scale->first--;
    while (marks[i].value > get_line (ret_scale->last) && ret_scale->last < MOST_LINE)
      ret_scale->last++;
  }
}

/* So many numbers from one line to the next. */
static int
get_step (const VmmScale *scale)
{
  return scale->last - scale->first < MOST_LINES ? 1 : 3;
}

double
vmm_scale_get_x (const VmmScaleView *view, double score)
{
  const VmmScale *scale = &view->scale;
  double          low = get_line (scale->first), high = get_line (scale->last);
  double          share = log (score / low) / log (high / low);
  double          left = view->left + INSET, right = view->right - INSET;

  return left + CLAMP (share, 0, 1) * MAX (0, right - left);
}

static VmmPen
make_pen (const VmmScaleView *view, cairo_t *cr, PangoLayout *layout)
{
  return (VmmPen){ .cr = cr, .layout = layout, .width = view->width, .mirrored = view->mirrored };
}

void
vmm_scale_draw_lines (const VmmScaleView *view, cairo_t *cr, double top, double bottom)
{
  const VmmPen pen = make_pen (view, cr, NULL);

  for (int line = view->scale.first; line <= view->scale.last; line++)
    if ((line - REFERENCE_LINE) % get_step (&view->scale) == 0)
      vmm_pen_fill (&pen, line == REFERENCE_LINE ? &view->colors.reference : &view->colors.grid,
                    floor (vmm_scale_get_x (view, get_line (line))), top, 1, bottom - top);
}

static void
draw_disc (const VmmPen *pen, const VmmColor *color, double x, double y, double radius)
{
  vmm_pen_set_color (pen, color);
  cairo_arc (pen->cr, pen->mirrored ? pen->width - x : x, y, radius, 0, 2 * G_PI);
  cairo_fill (pen->cr);
}

static void
draw_whisker (const VmmScaleView *view, const VmmPen *pen, const VmmScaleMark *mark, double y,
              const VmmColor *color)
{
  double low = vmm_scale_get_x (view, mark->low), high = vmm_scale_get_x (view, mark->high);

  vmm_pen_fill (pen, color, low, y - WHISKER / 2, high - low, WHISKER);
  if (mark->low >= get_line (view->scale.first)) /* else it goes on beyond the picture */
    vmm_pen_fill (pen, color, low, y - CAP, 1, 2 * CAP);
  if (mark->high <= get_line (view->scale.last))
    vmm_pen_fill (pen, color, high - 1, y - CAP, 1, 2 * CAP);
}

void
vmm_scale_draw_mark (const VmmScaleView *view, cairo_t *cr, const VmmScaleMark *mark, double y,
                     const VmmColor *color, gboolean main)
{
  const VmmPen pen = make_pen (view, cr, NULL);
  double       radius = main ? MAIN_RADIUS : RADIUS, x;

  if (isnan (mark->value))
    return;
  x = vmm_scale_get_x (view, mark->value);
  draw_disc (&pen, &view->colors.paper, x, round (y), radius + HALO);
  if (isfinite (mark->low) && isfinite (mark->high))
    draw_whisker (view, &pen, mark, round (y), color);
  draw_disc (&pen, color, x, round (y), radius);
}

/* ---- Labels */

typedef struct {
  double middle, half; /* with what keeps the next one away */
} Label;

/* At its line, but within the picture. */
static Label
place_label (const VmmScaleView *view, const VmmPen *pen, double at, const char *text)
{
  double half = vmm_pen_measure (pen, text) / 2, x = vmm_scale_get_x (view, at);

  return (Label){ CLAMP (x, half, MAX (half, view->width - half)), half + LABEL_GAP / 2 };
}

static gboolean
meet (Label one, Label other)
{
  return fabs (one.middle - other.middle) < one.half + other.half;
}

static void
draw_label (const VmmScaleView *view, const VmmPen *pen, Label label, const char *text, double y)
{
  vmm_pen_write (pen, text, &view->colors.label, label.middle, y, 0.5);
}

/* From the reference on, those that do not meet the one before. */
static void
draw_others (const VmmScaleView *view, const VmmPen *pen, int step, Label taken, double y)
{
  for (int line = REFERENCE_LINE + step; line >= view->scale.first && line <= view->scale.last;
       line += step) {
    g_autofree char *text = g_strdup_printf ("%.6g", get_line (line));
    Label            label = place_label (view, pen, get_line (line), text);
    if (meet (label, taken))
      continue;
    draw_label (view, pen, label, text, y);
    taken = label;
  }
}

/* With what it is, where that leaves room for a label as wide beside it. */
static Label
draw_reference (const VmmScaleView *view, const VmmPen *pen, int step, double y)
{
  const char *const texts[] = { _ ("100 = reference"), "100" };
  Label             next = place_label (view, pen, get_line (REFERENCE_LINE + step), texts[1]);
  Label             label = place_label (view, pen, REFERENCE, texts[0]);
  gboolean          fits = !meet (label, next);

  if (!fits)
    label = place_label (view, pen, REFERENCE, texts[1]);
  draw_label (view, pen, label, texts[fits ? 0 : 1], y);
  return label;
}

double
vmm_scale_draw_labels (const VmmScaleView *view, cairo_t *cr, PangoLayout *layout, double y)
{
  const VmmPen pen = make_pen (view, cr, layout);
  int          step = get_step (&view->scale);
  int          height;

  pango_layout_set_text (layout, "0", -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  if (!cr)
    return height;
  Label reference = draw_reference (view, &pen, step, y);
  draw_others (view, &pen, step, reference, y);
  draw_others (view, &pen, -step, reference, y);
  return height;
}
