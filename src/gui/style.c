/* SPDX-License-Identifier: MIT */
/* style: the style sheet, and its answers to widgets that draw themselves. */
#include "style.h"

#include <string.h>

#define STYLE_SHEET "/io/github/vmm_monitor/VmmMonitor/style.css"

static VmmColor
to_color (const GdkRGBA *rgba)
{
  return (VmmColor){ rgba->red, rgba->green, rgba->blue, rgba->alpha };
}

static GtkStyleContext *
enter (GtkWidget *widget, const char *part)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  gtk_style_context_save (context);
  if (part)
    gtk_style_context_add_class (context, part);
  return context;
}

VmmColor
vmm_style_get_color (GtkWidget *widget, const char *part)
{
  GtkStyleContext *context = enter (widget, part);
  GdkRGBA          color;

  gtk_style_context_get_color (context, gtk_style_context_get_state (context), &color);
  gtk_style_context_restore (context);
  return to_color (&color);
}

VmmColor
vmm_style_get_background (GtkWidget *widget, const char *part)
{
  GtkStyleContext *context = enter (widget, part);
  GdkRGBA         *color;

  gtk_style_context_get (context, gtk_style_context_get_state (context), "background-color", &color,
                         NULL);
  gtk_style_context_restore (context);
  VmmColor found = to_color (color);
  gdk_rgba_free (color);
  return found;
}

void
vmm_style_set_font (GtkWidget *widget, const char *part, PangoLayout **layout)
{
  GtkStyleContext      *context = enter (widget, part);
  PangoFontDescription *font;

  gtk_style_context_get (context, gtk_style_context_get_state (context), "font", &font, NULL);
  gtk_style_context_restore (context);
  if (!*layout)
    *layout = gtk_widget_create_pango_layout (widget, NULL);
  pango_layout_set_font_description (*layout, font);
  pango_layout_context_changed (*layout);
  pango_font_description_free (font);
}

void
vmm_style_set_source (cairo_t *cr, const VmmColor *color)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha);
}

void
vmm_style_load (GdkScreen *screen)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, STYLE_SHEET);
  gtk_style_context_add_provider_for_screen (screen, GTK_STYLE_PROVIDER (provider),
                                             GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static gboolean
is_high_contrast (GtkWidget *window)
{
  const char      *environment = g_getenv ("GTK_THEME");
  g_autofree char *theme = NULL;

  g_object_get (gtk_widget_get_settings (window), "gtk-theme-name", &theme, NULL);
  const char *name = environment ? environment : theme;
  return name && (strstr (name, "HighContrast") || strstr (name, "ContrastHigh"));
}

static void
set_class (GtkWidget *widget, const char *class, gboolean wanted)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  if (gtk_style_context_has_class (context, class) == wanted)
    return;
  if (wanted)
    gtk_style_context_add_class (context, class);
  else
    gtk_style_context_remove_class (context, class);
}

/* The theme's text where nothing happens to the window: without the focus it is greyed. */
static VmmColor
get_usual_text (GtkWidget *window)
{
  GtkStyleContext *context = gtk_widget_get_style_context (window);
  GdkRGBA          color;

  gtk_style_context_save (context);
  gtk_style_context_set_state (context, GTK_STATE_FLAG_NORMAL);
  gtk_style_context_get_color (context, GTK_STATE_FLAG_NORMAL, &color);
  gtk_style_context_restore (context);
  return to_color (&color);
}

void
vmm_style_classify (GtkWidget *window)
{
  VmmColor text = get_usual_text (window);

  /* Rec. 709 luma: light text means a dark theme. */
  set_class (window, "dark", 0.2126 * text.red + 0.7152 * text.green + 0.0722 * text.blue > 0.5);
  set_class (window, "contrast", is_high_contrast (window));
}
