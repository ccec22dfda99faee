/* SPDX-License-Identifier: MIT */
/* fleet_curve: a column for each point; where nothing was told there is none. */
#include "fleet_curve.h"

#include <glib/gi18n-lib.h>

#include "vmm/channel.h"
#include "vmm/figure.h"
#include "vmm/fleet_words.h"

#define HEIGHT 56 /* of one */
#define NAMES 180 /* left of them */
#define GAP 8

struct _VmmFleetCurve {
  GtkDrawingArea parent;
  float          points[2][VMM_FLEET_POINTS]; /* score; stolen, percent */
};

G_DEFINE_TYPE (VmmFleetCurve, vmm_fleet_curve, GTK_TYPE_DRAWING_AREA)

static const struct {
  VmmFleetColumn column;
  float          least; /* that the scale ends at */
  const char    *unit;
} curves[] = { { VMM_FLEET_SCORE, 100, "" }, { VMM_FLEET_STOLEN, 10, "%" } };

static float
get_top (const VmmFleetCurve *curve, guint which)
{
  float top = curves[which].least;

  for (guint i = 0; i < VMM_FLEET_POINTS; i++)
    if (vmm_absence (curve->points[which][i]) == VMM_PRESENT)
      top = MAX (top, curve->points[which][i]);
  return top;
}

/* "Score, 0 to 114". Free with g_free(). */
static char *
describe (const VmmFleetCurve *curve, guint which)
{
  char figure[VMM_FIGURE_SIZE];

  /* TRANSLATORS: a curve and its scale: "Score, 0 to 114" */
  return g_strdup_printf (_ ("%1$s, 0 to %2$s"), vmm_fleet_heading (curves[which].column),
                          vmm_figure (figure, (double) get_top (curve, which), curves[which].unit));
}

static void
draw_one (VmmFleetCurve *curve, cairo_t *cairo, guint which, int width)
{
  g_autofree char *text = describe (curve, which);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (curve), text);
  double top = (double) get_top (curve, which), step = (double) (width - NAMES) / VMM_FLEET_POINTS;
  double base = which * (HEIGHT + GAP) + HEIGHT;

  pango_layout_set_width (layout, (NAMES - GAP) * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  cairo_move_to (cairo, 0, base - HEIGHT);
  pango_cairo_show_layout (cairo, layout);
  for (guint i = 0; i < VMM_FLEET_POINTS; i++) {
    float value = curve->points[which][i];
    if (vmm_absence (value) == VMM_PRESENT)
      cairo_rectangle (cairo, NAMES + i * step, base, MAX (step - 1, 1),
                       -MAX ((double) value / top * HEIGHT, 1));
  }
  cairo_rectangle (cairo, NAMES, base, width - NAMES, 1);
  cairo_fill (cairo);
}

static gboolean
on_draw (GtkWidget *widget, cairo_t *cairo)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA          colour;

  gtk_style_context_get_color (style, gtk_style_context_get_state (style), &colour);
  gdk_cairo_set_source_rgba (cairo, &colour);
  for (guint i = 0; i < G_N_ELEMENTS (curves); i++)
    draw_one (VMM_FLEET_CURVE (widget), cairo, i, gtk_widget_get_allocated_width (widget));
  return GDK_EVENT_PROPAGATE;
}

void
vmm_fleet_curve_show (VmmFleetCurve *curve, const VmmFleetStory *story)
{
  GtkWidget *widget = GTK_WIDGET (curve);

  gtk_widget_set_visible (widget, story != NULL);
  if (!story)
    return;
  for (guint i = 0; i < VMM_FLEET_POINTS; i++) {
    curve->points[0][i] = story->score[i];
    curve->points[1][i] = story->stolen[i];
  }
  g_autofree char *score = describe (curve, 0), *stolen = describe (curve, 1);
  g_autofree char *name = g_strdup_printf ("%s: %s; %s", _ ("The last 24 hours"), score, stolen);
  atk_object_set_name (gtk_widget_get_accessible (widget), name);
  gtk_widget_queue_draw (widget);
}

static void
vmm_fleet_curve_class_init (VmmFleetCurveClass *class)
{
  GTK_WIDGET_CLASS (class)->draw = on_draw;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (class), ATK_ROLE_IMAGE);
}

static void
vmm_fleet_curve_init (VmmFleetCurve *curve)
{
  gtk_widget_set_size_request (GTK_WIDGET (curve), -1, 2 * HEIGHT + GAP + 1);
}
