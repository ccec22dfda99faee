/* SPDX-License-Identifier: MIT */
/* fleet_spark: a column for each point, from 0 to 100 or to the largest of them. */
#include "fleet_spark.h"

#include "vmm/channel.h"

#define LEAST 100.0f /* points that the scale ends at */
#define PADDING 3
#define ALPHA 0.65

struct _VmmFleetSpark {
  GtkCellRenderer parent;
  const float    *points;
};

G_DEFINE_TYPE (VmmFleetSpark, vmm_fleet_spark, GTK_TYPE_CELL_RENDERER)

void
vmm_fleet_spark_set (VmmFleetSpark *spark, const float *points)
{
  spark->points = points;
}

static float
get_top (const float *points)
{
  float top = LEAST;

  for (guint i = 0; i < VMM_FLEET_POINTS; i++)
    if (vmm_absence (points[i]) == VMM_PRESENT)
      top = MAX (top, points[i]);
  return top;
}

static void
add_columns (cairo_t *cairo, const GdkRectangle *area, const float *points)
{
  double step = (double) (area->width - 2 * PADDING) / VMM_FLEET_POINTS;
  double base = area->y + area->height - PADDING, height = area->height - 2 * PADDING;
  float  top = get_top (points);

  for (guint i = 0; i < VMM_FLEET_POINTS; i++)
    if (vmm_absence (points[i]) == VMM_PRESENT)
      cairo_rectangle (cairo, area->x + PADDING + i * step, base, step,
                       -MAX ((double) (points[i] / top) * height, 1));
}

static void
render (GtkCellRenderer *cell, cairo_t *cairo, GtkWidget *widget, const GdkRectangle *background,
        const GdkRectangle *area, GtkCellRendererState flags)
{
  const VmmFleetSpark *spark = VMM_FLEET_SPARK (cell);
  GtkStyleContext     *style = gtk_widget_get_style_context (widget);
  GdkRGBA              colour;

  if (!spark->points)
    return;
  gtk_style_context_get_color (style, gtk_cell_renderer_get_state (cell, widget, flags), &colour);
  colour.alpha *= ALPHA;
  gdk_cairo_set_source_rgba (cairo, &colour);
  add_columns (cairo, area, spark->points);
  cairo_fill (cairo);
}

/* As much as there is. */
static void
get_preferred (GtkCellRenderer *cell, GtkWidget *widget, int *ret_minimum, int *ret_natural)
{
  if (ret_minimum)
    *ret_minimum = 1;
  if (ret_natural)
    *ret_natural = 1;
}

static void
vmm_fleet_spark_class_init (VmmFleetSparkClass *class)
{
  GtkCellRendererClass *cell_class = GTK_CELL_RENDERER_CLASS (class);

  cell_class->render = render;
  cell_class->get_preferred_width = get_preferred;
  cell_class->get_preferred_height = get_preferred;
}

static void
vmm_fleet_spark_init (VmmFleetSpark *spark)
{
}
