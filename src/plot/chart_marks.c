/* SPDX-License-Identifier: MIT */
/* chart_marks: a dot per side with the whisker of its interval, group after group, on one scale. */
#include "chart_private.h"

#include <glib/gi18n-lib.h>

#include "vmm/scale.h"
#include "vmm/words.h"

#define NAME_SHARE 0.3 /* of the width, at most */

typedef struct {
  VmmScaleView view;
  double       row;
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

static VmmScaleMark
to_mark (const VmmSideValue *value)
{
  return (VmmScaleMark){ value->value, value->low, value->high };
}

static VmmScale
choose_scale (const VmmChart *chart)
{
  const guint              n = VMM_CHART_N_GROUPS * chart->n_sides;
  g_autofree VmmScaleMark *marks = g_new (VmmScaleMark, n);
  VmmScale                 scale;

  for (guint i = 0; i < n; i++)
    marks[i] = to_mark (&chart->values[i]);
  vmm_scale_init (&scale, marks, n);
  return scale;
}

static Axis
arrange (const VmmChartDrawing *d)
{
  const VmmChart *chart = d->chart;
  double          names = 0, figures = 0;

  for (guint i = 0; i < VMM_CHART_N_GROUPS * chart->n_sides; i++) {
    g_autofree char *text = format_value (&chart->values[i]);
    figures = MAX (figures, vmm_pen_measure (&d->pen, text));
    names =
        MAX (names, vmm_pen_measure (&d->pen, chart->n_sides > 1 ? chart->names[i % chart->n_sides]
                                                                 : get_title (i)));
  }
  names = MIN (names, NAME_SHARE * d->pen.width);
  const VmmScaleColors colors = { d->colors->grid, d->colors->reference, d->colors->quiet,
                                  d->colors->background };
  return (Axis){ { choose_scale (chart), colors, ceil (names) + VMM_CHART_GAP,
                   floor (d->pen.width - figures - VMM_CHART_GAP), d->pen.width, d->pen.mirrored },
                 d->pen.line_height + 4 };
}

static const VmmColor *
get_color (const VmmChartDrawing *d, guint group)
{
  return group == 0 ? &d->colors->total : &d->colors->hues[vmm_category (group - 1)->hue];
}

static void
draw_side (const VmmChartDrawing *d, const Axis *axis, guint group, const char *name,
           const VmmSideValue *value, double y)
{
  const VmmScaleMark mark = to_mark (value);
  g_autofree char   *text = format_value (value);
  double             line = y + (axis->row - d->pen.line_height) / 2;

  vmm_pen_fit (&d->pen, name, &d->colors->text, 0, line, 0, axis->view.left - VMM_CHART_GAP);
  vmm_pen_fit (&d->pen, text, isnan (value->value) ? &d->colors->quiet : &d->colors->text,
               d->pen.width, line, 1, d->pen.width);
  if (d->pen.cr)
    vmm_scale_draw_mark (&axis->view, d->pen.cr, &mark, y + axis->row / 2, get_color (d, group),
                         group == 0);
}

/* The sides of a group, under its title where there are several. Returns where it ends. */
static double
draw_group (const VmmChartDrawing *d, const Axis *axis, guint group, double y)
{
  const VmmChart *chart = d->chart;
  gboolean        several = chart->n_sides > 1;

  if (several) {
    vmm_pen_fit (&d->pen, get_title (group), &d->colors->quiet, 0, y, 0, d->pen.width);
    y += d->pen.line_height;
  }
  if (d->pen.cr)
    vmm_scale_draw_lines (&axis->view, d->pen.cr, y, y + chart->n_sides * axis->row);
  for (guint side = 0; side < chart->n_sides; side++) {
    draw_side (d, axis, group, several ? chart->names[side] : get_title (group),
               &chart->values[group * chart->n_sides + side], y);
    y += axis->row;
  }
  return y + (several ? VMM_CHART_GAP : 0);
}

double
vmm_chart_draw_marks (const VmmChartDrawing *d, double y)
{
  const Axis axis = arrange (d);

  for (guint group = 0; group < VMM_CHART_N_GROUPS; group++)
    y = draw_group (d, &axis, group, y);
  return y + 2 + vmm_scale_draw_labels (&axis.view, d->pen.cr, d->pen.layout, y + 2);
}
