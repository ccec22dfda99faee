/* SPDX-License-Identifier: MIT */
/* chart: what is in the picture, and how its parts set text. */
#include "chart_private.h"

#include "vmm/language.h"

#include <string.h>

/* ---- Contents */

static VmmSideValue
to_side (const VmmScoreValue *score)
{
  return (VmmSideValue){ 1, score->value, score->low, score->high, 0 };
}

VmmChart *
vmm_chart_new_of_run (VmmResult *result)
{
  VmmChart       *chart = g_new0 (VmmChart, 1);
  const VmmScore *score = vmm_result_get_score (result);
  const char     *label = vmm_result_get_label (result);

  g_ref_count_init (&chart->references);
  chart->n_sides = 1;
  chart->names = g_new0 (char *, 2);
  chart->names[0] =
      g_strdup (*label ? label : vmm_text (VMM_LOCAL, vmm_result_get_host (result)->vmm_name));
  chart->values = g_new0 (VmmSideValue, VMM_CHART_N_GROUPS);
  chart->values[0] = to_side (&score->total);
  for (guint c = 0; c < VMM_N_CATEGORIES; c++)
    chart->values[1 + c] = to_side (&score->categories[c]);
  chart->runs[0] = vmm_result_ref (result);
  return chart;
}

VmmChart *
vmm_chart_new_of_comparison (const VmmComparison *comparison, VmmResult *first, VmmResult *second)
{
  VmmChart *chart = g_new0 (VmmChart, 1);
  guint     n = comparison->n_sides;

  g_ref_count_init (&chart->references);
  chart->n_sides = n;
  chart->names = g_new0 (char *, n + 1);
  chart->values = g_new (VmmSideValue, VMM_CHART_N_GROUPS * n);
  for (guint i = 0; i < n; i++)
    chart->names[i] = g_strdup (vmm_side_get_brief (&comparison->sides[i]));
  for (guint i = 0; i < VMM_CHART_N_GROUPS * n; i++)
    chart->values[i] = (VmmSideValue){ 0, NAN, NAN, NAN, 0 };
  for (guint i = 0; i < comparison->items->len; i++) {
    const VmmItem *item = comparison->items->pdata[i];
    if (item->level != VMM_LEVEL_PROBE)
      memcpy (&chart->values[(gsize) (item->category + 1) * n], item->sides,
              n * sizeof (VmmSideValue));
  }
  chart->runs[0] = first ? vmm_result_ref (first) : NULL;
  chart->runs[1] = second ? vmm_result_ref (second) : NULL;
  return chart;
}

VmmChart *
vmm_chart_ref (VmmChart *chart)
{
  g_ref_count_inc (&chart->references);
  return chart;
}

void
vmm_chart_unref (VmmChart *chart)
{
  if (!chart || !g_ref_count_dec (&chart->references))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (chart->runs); i++)
    g_clear_pointer (&chart->runs[i], vmm_result_unref);
  g_free (chart->title);
  g_free (chart->words);
  g_strfreev (chart->notes);
  g_strfreev (chart->names);
  g_free (chart->values);
  g_free (chart);
}

/* ---- Pen */

double
vmm_chart_measure (const VmmChartPen *pen, const char *text)
{
  int width;

  pango_layout_set_width (pen->layout, -1);
  pango_layout_set_text (pen->layout, text, -1);
  pango_layout_get_pixel_size (pen->layout, &width, NULL);
  return width;
}

void
vmm_chart_set_color (const VmmChartPen *pen, const VmmColor *color)
{
  cairo_set_source_rgba (pen->cr, color->red, color->green, color->blue, color->alpha);
}

void
vmm_chart_write (const VmmChartPen *pen, const char *text, const VmmColor *color, double x,
                 double y, double align, double room)
{
  double width = MIN (vmm_chart_measure (pen, text), room);

  if (!pen->cr || room <= 0)
    return;
  pango_layout_set_width (pen->layout, (int) (ceil (width) * PANGO_SCALE));
  pango_layout_set_ellipsize (pen->layout, PANGO_ELLIPSIZE_MIDDLE);
  vmm_chart_set_color (pen, color);
  if (pen->mirrored)
    x = pen->width - x - (1 - 2 * align) * width;
  cairo_move_to (pen->cr, round (x - align * width), round (y));
  pango_cairo_show_layout (pen->cr, pen->layout);
  pango_layout_set_width (pen->layout, -1);
}

void
vmm_chart_fill (const VmmChartPen *pen, const VmmColor *color, double x, double y, double width,
                double height)
{
  if (!pen->cr)
    return;
  double left = round (x), wide = MAX (1, round (x + width) - left);
  vmm_chart_set_color (pen, color);
  cairo_rectangle (pen->cr, pen->mirrored ? pen->width - left - wide : left, round (y), wide,
                   MAX (1, round (y + height) - round (y)));
  cairo_fill (pen->cr);
}

/* A run without probes has none, nor has one that is invalid. */
static gboolean
has_scores (const VmmChart *chart)
{
  for (guint i = 0; i < VMM_CHART_N_GROUPS * chart->n_sides; i++)
    if (!isnan (chart->values[i].value))
      return TRUE;
  return FALSE;
}

double
vmm_chart_draw (const VmmChart *chart, const VmmChartColors *colors, cairo_t *cr,
                PangoLayout *layout, double width)
{
  VmmChartPen pen = { chart, colors, cr, layout, floor (width), 0, chart->mirrored };
  double      bottom = 0;
  int         height;

  pango_layout_set_text (layout, "Ag", -1);
  pango_layout_get_pixel_size (layout, NULL, &height);
  pen.line_height = height;
  if (has_scores (chart))
    bottom = vmm_chart_draw_bars (&pen, 0);
  pen.mirrored = FALSE; /* time goes to the right everywhere */
  return ceil (vmm_chart_draw_series (&pen, bottom));
}
