/* SPDX-License-Identifier: MIT */
/* score_scale: how a score compares with the reference, at a glance. */
#include "score_scale.h"

#include <math.h>

#include "style.h"
#include "value_accessible.h"

#define MIN_WIDTH 96
#define NATURAL_WIDTH 150
#define MIN_HEIGHT 18

struct _VmmScoreScale {
  GtkDrawingArea parent;
  VmmScale       scale;
  VmmScaleMark   mark;
  PangoLayout   *layout; /* of the labels, or NULL: not made yet */
  gboolean       main, has_labels;
};

G_DEFINE_TYPE (VmmScoreScale, vmm_score_scale, GTK_TYPE_DRAWING_AREA)

static PangoLayout *
get_layout (VmmScoreScale *row)
{
  if (!row->layout)
    vmm_style_set_font (GTK_WIDGET (row), "label", &row->layout);
  return row->layout;
}

static gboolean
on_draw (GtkWidget *widget, cairo_t *cr)
{
  VmmScoreScale *row = VMM_SCORE_SCALE (widget);
  double         height = gtk_widget_get_allocated_height (widget);
  VmmScaleView   view = {
      .scale = row->scale,
      .colors = { .grid = vmm_style_get_color (widget, "grid"),
                  .reference = vmm_style_get_color (widget, "reference"),
                  .label = vmm_style_get_color (widget, "label"),
                  .paper = vmm_style_get_color (widget, "paper") },
      .right = gtk_widget_get_allocated_width (widget),
      .width = gtk_widget_get_allocated_width (widget),
      .mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL,
  };
  VmmColor color = vmm_style_get_color (widget, "series");

  if (row->has_labels) {
    vmm_scale_draw_labels (&view, cr, get_layout (row), 0);
  } else {
    vmm_scale_draw_lines (&view, cr, 0, height);
    vmm_scale_draw_mark (&view, cr, &row->mark, height / 2, &color, row->main);
  }
  return GDK_EVENT_PROPAGATE;
}

static void
get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = MIN_WIDTH;
  *natural = NATURAL_WIDTH;
}

static void
get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  const VmmScaleView none = { 0 };
  VmmScoreScale     *row = VMM_SCORE_SCALE (widget);

  *minimum = *natural =
      row->has_labels ? (int) vmm_scale_draw_labels (&none, NULL, get_layout (row), 0) : MIN_HEIGHT;
}

static void
on_style_updated (GtkWidget *widget)
{
  g_clear_object (&VMM_SCORE_SCALE (widget)->layout);
  GTK_WIDGET_CLASS (vmm_score_scale_parent_class)->style_updated (widget);
}

static void
dispose (GObject *object)
{
  g_clear_object (&VMM_SCORE_SCALE (object)->layout);
  G_OBJECT_CLASS (vmm_score_scale_parent_class)->dispose (object);
}

static void
vmm_score_scale_class_init (VmmScoreScaleClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dispose;
  widget_class->draw = on_draw;
  widget_class->get_preferred_width = get_preferred_width;
  widget_class->get_preferred_height = get_preferred_height;
  widget_class->style_updated = on_style_updated;
  gtk_widget_class_set_accessible_type (widget_class, vmm_value_accessible_get_type ());
  gtk_widget_class_set_css_name (widget_class, "scorescale");
}

static void
vmm_score_scale_init (VmmScoreScale *row)
{
  row->mark = (VmmScaleMark){ NAN, NAN, NAN };
  vmm_scale_init (&row->scale, NULL, 0);
}

void
vmm_score_scale_set (VmmScoreScale *row, const VmmScale *scale, const VmmScaleMark *mark,
                     gboolean main)
{
  row->scale = *scale;
  row->mark = *mark;
  row->main = main;
  gtk_widget_queue_draw (GTK_WIDGET (row));
}

void
vmm_score_scale_set_labels (VmmScoreScale *row, const VmmScale *scale)
{
  row->scale = *scale;
  row->has_labels = TRUE;
  gtk_widget_queue_resize (GTK_WIDGET (row));
}
