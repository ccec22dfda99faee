/* SPDX-License-Identifier: MIT */
/* chart_view: the theme's colours and font for a chart. */
#include "chart_view.h"

#include <glib/gi18n-lib.h>

#include "style.h"

#define MIN_WIDTH 280

struct _VmmChartView {
  GtkDrawingArea parent;
  VmmChart      *chart;
  PangoLayout   *layout; /* NULL = the style is to be asked again */
};

G_DEFINE_TYPE (VmmChartView, vmm_chart_view, GTK_TYPE_DRAWING_AREA)

static PangoLayout *
get_layout (VmmChartView *view)
{
  if (!view->layout)
    vmm_style_set_font (GTK_WIDGET (view), "label", &view->layout);
  return view->layout;
}

static VmmColor
get_second_color (GtkWidget *widget, const char *hue)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  gtk_style_context_save (context);
  gtk_style_context_add_class (context, hue);
  VmmColor color = vmm_style_get_color (widget, "second");
  gtk_style_context_restore (context);
  return color;
}

static gboolean
on_draw (GtkWidget *widget, cairo_t *cr)
{
  VmmChartView  *view = VMM_CHART_VIEW (widget);
  VmmChartColors colors = {
    .text = vmm_style_get_color (widget, NULL),
    .quiet = vmm_style_get_color (widget, "quiet"),
    .grid = vmm_style_get_color (widget, "grid"),
    .reference = vmm_style_get_color (widget, "reference"),
    .background = vmm_style_get_color (widget, "paper"),
    .total = vmm_style_get_color (widget, "total"),
  };

  for (int hue = 0; hue < VMM_N_HUES; hue++) {
    colors.hues[hue] = vmm_style_get_color (widget, vmm_hue_name (hue));
    colors.second[hue] = get_second_color (widget, vmm_hue_name (hue));
  }
  vmm_chart_draw (view->chart, &colors, cr, get_layout (view),
                  gtk_widget_get_allocated_width (widget));
  return GDK_EVENT_PROPAGATE;
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = MIN_WIDTH;
  *natural = 2 * MIN_WIDTH;
}

static void
get_preferred_height_for_width (GtkWidget *widget, int width, int *minimum, int *natural)
{
  VmmChartView        *view = VMM_CHART_VIEW (widget);
  const VmmChartColors none = { 0 };

  *minimum = *natural =
      (int) vmm_chart_draw (view->chart, &none, NULL, get_layout (view), MAX (width, MIN_WIDTH));
}

static void
get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  get_preferred_height_for_width (widget, MIN_WIDTH, minimum, natural);
}

static void
on_style_updated (GtkWidget *widget)
{
  g_clear_object (&VMM_CHART_VIEW (widget)->layout);
  GTK_WIDGET_CLASS (vmm_chart_view_parent_class)->style_updated (widget);
}

static void
dispose (GObject *object)
{
  g_clear_object (&VMM_CHART_VIEW (object)->layout);
  G_OBJECT_CLASS (vmm_chart_view_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  vmm_chart_unref (VMM_CHART_VIEW (object)->chart);
  G_OBJECT_CLASS (vmm_chart_view_parent_class)->finalize (object);
}

static void
vmm_chart_view_class_init (VmmChartViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dispose;
  G_OBJECT_CLASS (class)->finalize = finalize;
  widget_class->draw = on_draw;
  widget_class->get_request_mode = get_request_mode;
  widget_class->get_preferred_width = get_preferred_width;
  widget_class->get_preferred_height = get_preferred_height;
  widget_class->get_preferred_height_for_width = get_preferred_height_for_width;
  widget_class->style_updated = on_style_updated;
  gtk_widget_class_set_css_name (widget_class, "chart");
}

static void
vmm_chart_view_init (VmmChartView *view)
{
}

GtkWidget *
vmm_chart_view_new (VmmChart *chart, const char *description)
{
  VmmChartView *view = g_object_new (VMM_TYPE_CHART_VIEW, "visible", TRUE, "margin-top", 10, NULL);
  AtkObject    *object = gtk_widget_get_accessible (GTK_WIDGET (view));

  view->chart = vmm_chart_ref (chart);
  atk_object_set_role (object, ATK_ROLE_CHART);
  atk_object_set_name (object, _ ("Scores and graphs"));
  atk_object_set_description (object, description);
  return GTK_WIDGET (view);
}
