/* SPDX-License-Identifier: MIT */
/* score_bar: how a sub-score compares with the reference, at a glance. */
#include "score_bar.h"

#include <math.h>

#include "style.h"
#include "value_accessible.h"

#define HEIGHT 8.0
#define MARK_OVERHANG 3.0
#define OCTAVES 2.0 /* shown on either side of the reference */

struct _VmmScoreBar {
  GtkDrawingArea parent;
  double         value, low, high;
};

G_DEFINE_TYPE (VmmScoreBar, vmm_score_bar, GTK_TYPE_DRAWING_AREA)

static void
fill (GtkWidget *widget, cairo_t *cr, const char *part, double x, double y, double width,
      double height)
{
  VmmColor color = vmm_style_get_color (widget, part);

  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_allocated_width (widget) - x - width;
  vmm_style_set_source (cr, &color);
  cairo_rectangle (cr, round (x), round (y), MAX (1, round (width)), round (height));
  cairo_fill (cr);
}

static double
get_x (double score, double width)
{
  return width * CLAMP (log2 (score / 100) / (2 * OCTAVES) + 0.5, 0, 1);
}

static gboolean
on_draw (GtkWidget *widget, cairo_t *cr)
{
  VmmScoreBar *bar = VMM_SCORE_BAR (widget);
  double       width = gtk_widget_get_allocated_width (widget);
  double       top = round ((gtk_widget_get_allocated_height (widget) - HEIGHT) / 2);

  fill (widget, cr, "track", 0, top, width, HEIGHT);
  if (!isnan (bar->value)) {
    double low = get_x (bar->low, width), high = get_x (bar->high, width);
    fill (widget, cr, "series", 0, top, get_x (bar->value, width), HEIGHT);
    fill (widget, cr, "interval", low, top + HEIGHT / 2 - 1, high - low, 2);
  }
  fill (widget, cr, "mark", width / 2, top - MARK_OVERHANG, 1, HEIGHT + 2 * MARK_OVERHANG);
  return GDK_EVENT_PROPAGATE;
}

static void
get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = 60;
  *natural = 110;
}

static void
get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = *natural = (int) (HEIGHT + 2 * MARK_OVERHANG);
}

static void
vmm_score_bar_class_init (VmmScoreBarClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  widget_class->draw = on_draw;
  widget_class->get_preferred_width = get_preferred_width;
  widget_class->get_preferred_height = get_preferred_height;
  gtk_widget_class_set_accessible_type (widget_class, vmm_value_accessible_get_type ());
  gtk_widget_class_set_css_name (widget_class, "scorebar");
}

static void
vmm_score_bar_init (VmmScoreBar *bar)
{
  bar->value = bar->low = bar->high = NAN;
}

void
vmm_score_bar_set (VmmScoreBar *bar, double value, double low, double high)
{
  bar->value = value;
  bar->low = low;
  bar->high = high;
  gtk_widget_queue_draw (GTK_WIDGET (bar));
}
