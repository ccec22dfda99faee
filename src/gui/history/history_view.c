/* SPDX-License-Identifier: MIT */
/* history_view: the theme's colours and font for a history. */
#include "history_view.h"

#include <glib/gi18n-lib.h>

#include "style.h"
#include "vmm/history_plot.h"

#define MIN_WIDTH 280
#define MIN_HEIGHT 180
#define BAND_ALPHA 0.2

struct _VmmHistoryView {
  GtkDrawingArea    parent;
  const VmmHistory *history;
  PangoLayout      *layout; /* NULL = the style is to be asked again */
};

G_DEFINE_TYPE (VmmHistoryView, vmm_history_view, GTK_TYPE_DRAWING_AREA)

static gboolean
on_draw (GtkWidget *widget, cairo_t *cr)
{
  VmmHistoryView  *view = VMM_HISTORY_VIEW (widget);
  VmmHistoryColors colors = {
    .text = vmm_style_get_color (widget, NULL),
    .quiet = vmm_style_get_color (widget, "quiet"),
    .grid = vmm_style_get_color (widget, "grid"),
    .background = vmm_style_get_color (widget, "paper"),
    .dots = vmm_style_get_color (widget, "blue"),
    .band = vmm_style_get_color (widget, "blue"),
    .change = vmm_style_get_color (widget, "red"),
  };

  colors.band.alpha *= BAND_ALPHA;
  if (!view->layout)
    vmm_style_set_font (widget, "label", &view->layout);
  if (view->history)
    vmm_history_draw (view->history, &colors, cr, view->layout,
                      gtk_widget_get_allocated_width (widget),
                      gtk_widget_get_allocated_height (widget));
  return GDK_EVENT_PROPAGATE;
}

static void
on_style_updated (GtkWidget *widget)
{
  g_clear_object (&VMM_HISTORY_VIEW (widget)->layout);
  GTK_WIDGET_CLASS (vmm_history_view_parent_class)->style_updated (widget);
}

static void
dispose (GObject *object)
{
  g_clear_object (&VMM_HISTORY_VIEW (object)->layout);
  G_OBJECT_CLASS (vmm_history_view_parent_class)->dispose (object);
}

static void
vmm_history_view_class_init (VmmHistoryViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dispose;
  widget_class->draw = on_draw;
  widget_class->style_updated = on_style_updated;
  gtk_widget_class_set_css_name (widget_class, "chart");
}

static void
vmm_history_view_init (VmmHistoryView *view)
{
  AtkObject *object = gtk_widget_get_accessible (GTK_WIDGET (view));

  gtk_widget_set_size_request (GTK_WIDGET (view), MIN_WIDTH, MIN_HEIGHT);
  atk_object_set_role (object, ATK_ROLE_CHART);
  atk_object_set_name (object, _ ("Score over days"));
}

void
vmm_history_view_show (VmmHistoryView *view, const VmmHistory *history, const char *description)
{
  view->history = history;
  atk_object_set_description (gtk_widget_get_accessible (GTK_WIDGET (view)), description);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}
