/* SPDX-License-Identifier: MIT */
/* chart_bars: a bar per side with the whisker of its interval, group after group. */
#include "chart_private.h"

#include <glib/gi18n-lib.h>

#include "vmm/axis.h"
#include "vmm/words.h"

#define BAR_SHARE 0.55 /* of a row */
#define CAP 4.0        /* half of a whisker's end */
#define MIN_TOP 120.0  /* of the scale: the reference is always on it */
#define NAME_SHARE 0.3 /* of the width, at most */
/* The scale is so many times as long as the longest bar, at most: the whisker of two windows may be of
 * any length. */
#define MAX_SCALE 2.0

typedef struct {
  double left, right, top; /* of the bars, and the score at their right end */
  double row;
} Axis;

static const char *
get_title (guint group)
{
  return group == 0 ? _ ("Total") : vmm_words_metric (vmm_category_metric (group - 1));
}

static char *
format_value (const VmmSideValue *value)
{
  if (isnan (value->value))
    return g_strdup (_ ("no score"));
  if (isnan (value->low))
    return vmm_words_points (value->value, VMM_QUALITY_CLEAN);
  g_autofree char *points = vmm_words_points (value->value, VMM_QUALITY_CLEAN);
  g_autofree char *interval = vmm_words_narrow_interval (value->low, value->high);
  return g_strdup_printf ("%s (%s)", points, interval);
}

static Axis
arrange (const VmmChartDrawing *d)
{
  const VmmChart *chart = d->chart;
  double          names = 0, figures = 0, longest = MIN_TOP, high = MIN_TOP;

  for (guint i = 0; i < VMM_CHART_N_GROUPS * chart->n_sides; i++) {
    const VmmSideValue *value = &chart->values[i];
    g_autofree char    *text = format_value (value);
    figures = MAX (figures, vmm_pen_measure (&d->pen, text));
    longest = fmax (longest, value->value);
    high = fmax (high, fmax (value->value, value->high));
    names =
        MAX (names, vmm_pen_measure (&d->pen, chart->n_sides > 1 ? chart->names[i % chart->n_sides]
                                                                 : get_title (i)));
  }
  high = MIN (high, MAX_SCALE * longest);
  double step = vmm_axis_round_top (0, high / 4, 1);
  names = MIN (names, NAME_SHARE * d->pen.width);
  return (Axis){ ceil (names) + VMM_CHART_GAP, floor (d->pen.width - figures - VMM_CHART_GAP),
                 step * ceil (high / step), d->pen.line_height + 4 };
}

static double
get_x (const Axis *axis, double score)
{
  return axis->left + CLAMP (score / axis->top, 0, 1) * MAX (0, axis->right - axis->left);
}

static void
draw_whisker (const VmmChartDrawing *d, const Axis *axis, const VmmSideValue *value, double y)
{
  const VmmColor *ink = &d->colors->text, *paper = &d->colors->background;
  double          low = round (get_x (axis, value->low)), high = round (get_x (axis, value->high));

  if (isnan (value->low) || isnan (value->high))
    return;
  vmm_pen_fill (&d->pen, paper, low - 1, y - 2, high - low + 3, 3);
  vmm_pen_fill (&d->pen, ink, low, y - 1, high - low + 1, 1);
  vmm_pen_fill (&d->pen, ink, low, y - CAP - 0.5, 1, 2 * CAP);
  if (value->high <= axis->top) /* else it goes on beyond the picture */
    vmm_pen_fill (&d->pen, ink, high, y - CAP - 0.5, 1, 2 * CAP);
}

static const VmmColor *
get_color (const VmmChartDrawing *d, guint group)
{
  return group == 0 ? &d->colors->total : &d->colors->hues[vmm_category (group - 1)->hue];
}

static void
draw_bar (const VmmChartDrawing *d, const Axis *axis, guint group, const char *name,
          const VmmSideValue *value, double y)
{
  g_autofree char *text = format_value (value);
  double           middle = y + axis->row / 2, height = round (BAR_SHARE * axis->row);
  double           line = y + (axis->row - d->pen.line_height) / 2;

  vmm_pen_fit (&d->pen, name, &d->colors->text, 0, line, 0, axis->left - VMM_CHART_GAP);
  vmm_pen_fit (&d->pen, text, isnan (value->value) ? &d->colors->quiet : &d->colors->text,
               d->pen.width, line, 1, d->pen.width);
  if (isnan (value->value))
    return;
  vmm_pen_fill (&d->pen, get_color (d, group), axis->left, middle - height / 2,
                get_x (axis, value->value) - axis->left, height);
  draw_whisker (d, axis, value, round (middle));
}

/* TRUE and where its middle is when there is room for it between the scale's ends. */
static gboolean
place_reference (const VmmChartDrawing *d, const Axis *axis, const char *words, double *ret_x)
{
  g_autofree char *end = g_strdup_printf ("%g", axis->top);
  double           half = vmm_pen_measure (&d->pen, words) / 2;
  double           first = axis->left + vmm_pen_measure (&d->pen, "0") + 2 * VMM_CHART_GAP + half;
  double           last = axis->right - vmm_pen_measure (&d->pen, end) - 2 * VMM_CHART_GAP - half;

  *ret_x = CLAMP (get_x (axis, 100), first, MAX (first, last));
  return first <= last;
}

/* The ends of the scale, and the reference in as many words as there is room for. */
static double
draw_scale (const VmmChartDrawing *d, const Axis *axis, double y)
{
  g_autofree char  *end = g_strdup_printf ("%g", axis->top);
  const char *const words[] = { _ ("100 = reference"), "100" };
  double            room = axis->right - axis->left, x;

  vmm_pen_fill (&d->pen, &d->colors->grid, axis->left, y, room, 1);
  vmm_pen_fit (&d->pen, "0", &d->colors->quiet, axis->left, y + 2, 0, room);
  vmm_pen_fit (&d->pen, end, &d->colors->quiet, axis->right, y + 2, 1, room);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (place_reference (d, axis, words[i], &x)) {
      vmm_pen_fit (&d->pen, words[i], &d->colors->quiet, x, y + 2, 0.5, room);
      break;
    }
  return y + 2 + d->pen.line_height;
}

double
vmm_chart_draw_bars (const VmmChartDrawing *d, double y)
{
  const VmmChart *chart = d->chart;
  Axis            axis = arrange (d);
  double          first = y;

  for (int pass = 0; pass < 2; pass++) { /* the reference's line lies below the bars */
    y = first;
    for (guint group = 0; group < VMM_CHART_N_GROUPS; group++) {
      if (chart->n_sides > 1) {
        if (pass)
          vmm_pen_fit (&d->pen, get_title (group), &d->colors->quiet, 0, y, 0, d->pen.width);
        y += d->pen.line_height;
      }
      for (guint side = 0; side < chart->n_sides; side++) {
        if (pass)
          draw_bar (d, &axis, group, chart->n_sides > 1 ? chart->names[side] : get_title (group),
                    &chart->values[group * chart->n_sides + side], y);
        y += axis.row;
      }
      y += chart->n_sides > 1 ? VMM_CHART_GAP : 0;
    }
    if (!pass)
      vmm_pen_fill (&d->pen, &d->colors->quiet, get_x (&axis, 100), first, 1, y - first);
  }
  return draw_scale (d, &axis, y);
}
