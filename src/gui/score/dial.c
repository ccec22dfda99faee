/* SPDX-License-Identifier: MIT */
/* dial: progress while a window runs, the parts of the score afterwards. */
#include "dial.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "style.h"
#include "value_accessible.h"
#include "vmm/score.h"

#define THICKNESS 7.0
#define GAP 0.045 /* between two arcs, in radians */
#define ROOM 6.0  /* between the ring and the words in it */

struct _VmmDial {
  GtkDrawingArea parent;
  gboolean       in_parts;
  double         share;
  gboolean       present[VMM_N_CATEGORIES];
  char          *value, *caption;

  gboolean     styled;
  PangoLayout *value_layout, *caption_layout;
};

G_DEFINE_TYPE (VmmDial, vmm_dial, GTK_TYPE_DRAWING_AREA)

const char *
vmm_dial_caption_left (guint seconds)
{
  return g_dngettext (GETTEXT_PACKAGE, "second left", "seconds left", seconds);
}

static void
ensure_style (VmmDial *dial)
{
  if (dial->styled)
    return;
  vmm_style_set_font (GTK_WIDGET (dial), NULL, &dial->value_layout);
  vmm_style_set_font (GTK_WIDGET (dial), "caption", &dial->caption_layout);
  dial->styled = TRUE;
}

/* `from` and `to` are shares of the circle, clockwise from the top. */
static void
draw_arc (GtkWidget *widget, cairo_t *cr, double radius, double from, double to, const char *part)
{
  VmmColor color = vmm_style_get_color (widget, part);

  vmm_style_set_source (cr, &color);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, radius, (from - 0.25) * 2 * G_PI, (to - 0.25) * 2 * G_PI);
  cairo_stroke (cr);
}

static void
draw_parts (VmmDial *dial, cairo_t *cr, double radius)
{
  double from = 0;

  for (int c = 0; c < VMM_N_CATEGORIES; c++) {
    double to = from + vmm_score_category_weight (VMM_SCORE_VERSION, c);
    double gap = GAP / (2 * G_PI);
    draw_arc (GTK_WIDGET (dial), cr, radius, from + gap / 2, to - gap / 2,
              dial->present[c] ? vmm_hue_name (vmm_category ((VmmCategory) c)->hue) : "track");
    from = to;
  }
}

static void
show_text (VmmDial *dial, cairo_t *cr, PangoLayout *layout, const char *part, double y)
{
  VmmColor color = vmm_style_get_color (GTK_WIDGET (dial), part);
  int      width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  vmm_style_set_source (cr, &color);
  cairo_move_to (cr, round (-width / 2.0), round (y));
  pango_cairo_show_layout (cr, layout);
}

static gboolean
on_draw (GtkWidget *widget, cairo_t *cr)
{
  VmmDial *dial = VMM_DIAL (widget);
  double   width = gtk_widget_get_allocated_width (widget);
  double   height = gtk_widget_get_allocated_height (widget);
  double   radius = (MIN (width, height) - THICKNESS) / 2 - 1;
  int      value_height, caption_height;

  if (radius <= 0)
    return GDK_EVENT_PROPAGATE;
  ensure_style (dial);
  cairo_translate (cr, round (width / 2), round (height / 2));
  cairo_set_line_width (cr, THICKNESS);
  if (dial->in_parts) {
    draw_parts (dial, cr, radius);
  } else {
    draw_arc (widget, cr, radius, 0, 1, "track");
    if (dial->share > 0)
      draw_arc (widget, cr, radius, 0, dial->share, "progress");
  }
  pango_layout_set_text (dial->value_layout, dial->value, -1);
  pango_layout_set_text (dial->caption_layout, dial->caption, -1);
  pango_layout_get_pixel_size (dial->value_layout, NULL, &value_height);
  pango_layout_get_pixel_size (dial->caption_layout, NULL, &caption_height);
  double top = -(value_height + caption_height) / 2.0;
  show_text (dial, cr, dial->value_layout, NULL, top);
  show_text (dial, cr, dial->caption_layout, "caption", top + value_height);
  return GDK_EVENT_PROPAGATE;
}

static int
measure_caption (VmmDial *dial, const char *caption)
{
  int width;

  pango_layout_set_text (dial->caption_layout, caption, -1);
  pango_layout_get_pixel_size (dial->caption_layout, &width, NULL);
  return width;
}

/* Wide enough for the longest words that come into it, whatever is in it now. */
static void
get_preferred_size (GtkWidget *widget, int *minimum, int *natural)
{
  VmmDial *dial = VMM_DIAL (widget);
  int      width, value_width, value_height, caption_height;

  ensure_style (dial);
  pango_layout_set_text (dial->value_layout, "(000.0)", -1);
  pango_layout_get_pixel_size (dial->value_layout, &value_width, &value_height);
  pango_layout_get_pixel_size (dial->caption_layout, NULL, &caption_height);
  width = MAX (value_width, measure_caption (dial, "000.0 – 000.0"));
  /* In the plural, of which some languages have two; in some none left are singular. */
  width = MAX (width, measure_caption (dial, vmm_dial_caption_left (2)));
  width = MAX (width, measure_caption (dial, vmm_dial_caption_left (5)));
  /* Both lines lie within the ring, corner to corner. */
  *minimum = (int) (hypot (width, value_height + caption_height / 2.0) + 2 * (THICKNESS + ROOM));
  *natural = *minimum;
}

static void
on_style_updated (GtkWidget *widget)
{
  VMM_DIAL (widget)->styled = FALSE;
  GTK_WIDGET_CLASS (vmm_dial_parent_class)->style_updated (widget);
}

static void
dispose (GObject *object)
{
  VmmDial *dial = VMM_DIAL (object);

  g_clear_object (&dial->value_layout);
  g_clear_object (&dial->caption_layout);
  g_clear_pointer (&dial->value, g_free);
  g_clear_pointer (&dial->caption, g_free);
  G_OBJECT_CLASS (vmm_dial_parent_class)->dispose (object);
}

static void
vmm_dial_class_init (VmmDialClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = dispose;
  widget_class->draw = on_draw;
  widget_class->get_preferred_width = get_preferred_size;
  widget_class->get_preferred_height = get_preferred_size;
  widget_class->style_updated = on_style_updated;
  gtk_widget_class_set_accessible_type (widget_class, vmm_value_accessible_get_type ());
  gtk_widget_class_set_css_name (widget_class, "dial");
}

static void
vmm_dial_init (VmmDial *dial)
{
  dial->value = g_strdup ("");
  dial->caption = g_strdup ("");
}

void
vmm_dial_set_text (VmmDial *dial, const char *value, const char *caption)
{
  if (strcmp (dial->value, value) == 0 && strcmp (dial->caption, caption) == 0)
    return;
  g_free (dial->value);
  g_free (dial->caption);
  dial->value = g_strdup (value);
  dial->caption = g_strdup (caption);
  gtk_widget_queue_draw (GTK_WIDGET (dial));
}

void
vmm_dial_set_progress (VmmDial *dial, double share)
{
  share = CLAMP (share, 0, 1);
  if (!dial->in_parts && dial->share == share)
    return;
  dial->in_parts = FALSE;
  dial->share = share;
  gtk_widget_queue_draw (GTK_WIDGET (dial));
}

void
vmm_dial_set_parts (VmmDial *dial, const gboolean present[VMM_N_CATEGORIES])
{
  dial->in_parts = TRUE;
  memcpy (dial->present, present, sizeof dial->present);
  gtk_widget_queue_draw (GTK_WIDGET (dial));
}
