/* SPDX-License-Identifier: MIT */
/* style: what the style sheet says of a part of a widget that draws itself: the part's name is a
 * further class on the widget's own node. */
#pragma once

#include <gtk/gtk.h>

#include "vmm/color.h"

VmmColor vmm_style_get_color (GtkWidget *widget, const char *part);

/* `part` NULL: of the widget itself. */
VmmColor vmm_style_get_background (GtkWidget *widget, const char *part);

/* Gives *layout (made when NULL) the part's font. */
void vmm_style_set_font (GtkWidget *widget, const char *part, PangoLayout **layout);

void vmm_style_set_source (cairo_t *cr, const VmmColor *color);

/* The application's own style sheet, above the theme's, for every window of the screen. */
void vmm_style_load (GdkScreen *screen);

/* Sets the classes `dark` and `contrast` on the window as the theme in force is. */
void vmm_style_classify (GtkWidget *window);
