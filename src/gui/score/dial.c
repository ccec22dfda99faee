/* SPDX-License-Identifier: MIT */
/* dial: a ring that counts down and goes; then large digits alone. */
#include "dial.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "style.h"
#include "value_accessible.h"

#define THICKNESS 7.0
#define ROOM 6.0 /* between the ring and the words in it */

struct _VmmDial {
  GtkDrawingArea parent;
  gboolean       is_told; /* the score, without a ring */
  double         share;
  char          *value, *caption;

  gboolean     styled;
  PangoLayout *value_layout, *caption_layout;
};

G_DEFINE_TYPE (VmmDial, vmm_dial, GTK_TYPE_DRAWING_AREA)

static const char *
get_caption_left (guint seconds)
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

/* `x` is where its line begins, from where reading begins; NAN = in the middle. */
static void
show_text (VmmDial *dial, cairo_t *cr, PangoLayout *layout, const char *part, double x, double y)
{
  VmmColor color = vmm_style_get_color (GTK_WIDGET (dial), part);
  double   room = gtk_widget_get_allocated_width (GTK_WIDGET (dial));
  int      width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (isnan (x))
    x = (room - width) / 2;
  else if (gtk_widget_get_direction (GTK_WIDGET (dial)) == GTK_TEXT_DIR_RTL)
    x = room - x - width;
  vmm_style_set_source (cr, &color);
  cairo_move_to (cr, round (x), round (y));
  pango_cairo_show_layout (cr, layout);
}

static void
draw_ring (VmmDial *dial, cairo_t *cr, double width, double height)
{
  double radius = (MIN (width, height) - THICKNESS) / 2 - 1;

  if (radius <= 0)
    return;
  cairo_save (cr);
  cairo_translate (cr, round (width / 2), round (height / 2));
  cairo_set_line_width (cr, THICKNESS);
  draw_arc (GTK_WIDGET (dial), cr, radius, 0, 1, "track");
  if (dial->share < 1)
    draw_arc (GTK_WIDGET (dial), cr, radius, dial->share, 1, "progress");
  cairo_restore (cr);
}

static gboolean
on_draw (GtkWidget *widget, cairo_t *cr)
{
  VmmDial *dial = VMM_DIAL (widget);
  double   width = gtk_widget_get_allocated_width (widget);
  double   height = gtk_widget_get_allocated_height (widget);
  double   x = dial->is_told ? 0 : NAN;
  int      value_height, caption_height;

  ensure_style (dial);
  if (!dial->is_told)
    draw_ring (dial, cr, width, height);
  pango_layout_set_text (dial->value_layout, dial->value, -1);
  pango_layout_set_text (dial->caption_layout, dial->caption, -1);
  pango_layout_get_pixel_size (dial->value_layout, NULL, &value_height);
  pango_layout_get_pixel_size (dial->caption_layout, NULL, &caption_height);
  double top = (height - value_height - caption_height) / 2.0;
  show_text (dial, cr, dial->value_layout, NULL, x, top);
  show_text (dial, cr, dial->caption_layout, "caption", x, top + value_height);
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

static void
measure_lines (VmmDial *dial, int *ret_value_width, int *ret_value_height, int *ret_caption_height)
{
  ensure_style (dial);
  pango_layout_set_text (dial->value_layout, "(000.0)", -1);
  pango_layout_get_pixel_size (dial->value_layout, ret_value_width, ret_value_height);
  pango_layout_get_pixel_size (dial->caption_layout, NULL, ret_caption_height);
}

/* The ring is wide enough for the longest words that come into it, whatever is in it now. */
static int
measure_ring (VmmDial *dial)
{
  int width, value_height, caption_height;

  measure_lines (dial, &width, &value_height, &caption_height);
  /* In the plural, of which some languages have two; in some none left are singular. */
  width = MAX (width, measure_caption (dial, get_caption_left (2)));
  width = MAX (width, measure_caption (dial, get_caption_left (5)));
  /* Both lines lie within the ring, corner to corner. */
  return (int) (hypot (width, value_height + caption_height / 2.0) + 2 * (THICKNESS + ROOM));
}

/* As large as the ring while it counts, and then as what it tells. */
static void
measure (VmmDial *dial, int *ret_width, int *ret_height)
{
  int width, value_height, caption_height;

  *ret_width = *ret_height = measure_ring (dial);
  if (!dial->is_told)
    return;
  measure_lines (dial, &width, &value_height, &caption_height);
  *ret_width = MAX (width, measure_caption (dial, dial->caption));
  *ret_height = value_height + caption_height;
}

static void
get_preferred_width (GtkWidget *widget, int *minimum, int *natural)
{
  int height;

  measure (VMM_DIAL (widget), minimum, &height);
  *natural = *minimum;
}

static void
get_preferred_height (GtkWidget *widget, int *minimum, int *natural)
{
  int width;

  measure (VMM_DIAL (widget), &width, minimum);
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
  widget_class->get_preferred_width = get_preferred_width;
  widget_class->get_preferred_height = get_preferred_height;
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

static void
set_text (VmmDial *dial, const char *value, const char *caption)
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
vmm_dial_count_down (VmmDial *dial, double share, guint seconds)
{
  g_autofree char *value = g_strdup_printf ("%u", seconds);

  share = CLAMP (share, 0, 1);
  set_text (dial, value, get_caption_left (seconds));
  if (dial->is_told)
    gtk_widget_queue_resize (GTK_WIDGET (dial));
  else if (dial->share != share)
    gtk_widget_queue_draw (GTK_WIDGET (dial));
  dial->is_told = FALSE;
  dial->share = share;
}

void
vmm_dial_tell (VmmDial *dial, const char *value, const char *caption)
{
  set_text (dial, value, caption);
  dial->is_told = TRUE;
  gtk_widget_queue_resize (GTK_WIDGET (dial));
}
