/* SPDX-License-Identifier: MIT */
/* window_peer: as little as a GTK 3 program can do that repaints four areas once a second.
 *
 * Usage: window_peer lines|fill WIDTH HEIGHT, the size of one area. `lines` draws what a graph must: paper,
 * grid, a filled line of 60 points and a dashed one; `fill` the paper alone.
 * window_peer manager: says that there is a window manager, and no more. */
#include <gtk/gtk.h>

#include "manager.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define POINTS 60
#define AREAS 4

static double
get_y (int area, int point, int second, double height)
{
  return height * (0.5 + 0.3 * sin (0.7 * (point + second + 10 * area)));
}

static void
trace (cairo_t *cr, int area, int second, double width, double height)
{
  for (int i = 0; i < POINTS; i++)
    cairo_line_to (cr, i * width / (POINTS - 1), get_y (area, i, second, height));
}

static void
draw_lines (cairo_t *cr, int area, double width, double height)
{
  const double dashes[] = { 5, 3 };
  int          second = (int) (g_get_monotonic_time () / G_USEC_PER_SEC);

  cairo_set_source_rgb (cr, 0.9, 0.9, 0.9);
  for (int i = 0; i < 5; i++) {
    cairo_rectangle (cr, 0, round (i * height / 5), width, 1);
    cairo_rectangle (cr, round (i * width / 5), 0, 1, height);
  }
  cairo_fill (cr);
  trace (cr, area, second, width, height);
  cairo_line_to (cr, width, height);
  cairo_line_to (cr, 0, height);
  cairo_set_source_rgba (cr, 0.2, 0.5, 0.9, 0.2);
  cairo_fill (cr);
  trace (cr, area, second, width, height);
  cairo_set_source_rgb (cr, 0.1, 0.4, 0.8);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke (cr);
  trace (cr, area, second + 5, width, height);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_stroke (cr);
}

static gboolean
on_draw (GtkWidget *widget, cairo_t *cr, gpointer with_lines)
{
  int area = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (widget), "area"));

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (with_lines)
    draw_lines (cr, area, gtk_widget_get_allocated_width (widget),
                gtk_widget_get_allocated_height (widget));
  return GDK_EVENT_PROPAGATE;
}

static gboolean
on_second (gpointer data)
{
  GtkWidget **areas = data;

  for (int i = 0; i < AREAS; i++)
    gtk_widget_queue_draw (areas[i]);
  return G_SOURCE_CONTINUE;
}

int
main (int argc, char **argv)
{
  GtkWidget *areas[AREAS];

  gtk_init (&argc, &argv);
  if (argc == 2 && g_str_equal (argv[1], "manager")) {
    manager_announce ();
    puts ("there");
    fflush (stdout);
    gtk_main ();
    return 0;
  }
  if (argc != 4)
    return 2;
  GtkWidget *window = gtk_window_new (GTK_WINDOW_TOPLEVEL), *grid = gtk_grid_new ();
  g_object_set (grid, "row-spacing", 10, "column-spacing", 10, NULL);
  for (int i = 0; i < AREAS; i++) {
    areas[i] = gtk_drawing_area_new ();
    g_object_set_data (G_OBJECT (areas[i]), "area", GINT_TO_POINTER (i));
    gtk_widget_set_size_request (areas[i], atoi (argv[2]), atoi (argv[3]));
    g_signal_connect (areas[i], "draw", G_CALLBACK (on_draw),
                      GINT_TO_POINTER (g_str_equal (argv[1], "lines")));
    gtk_grid_attach (GTK_GRID (grid), areas[i], i % 2, i / 2, 1, 1);
  }
  gtk_container_add (GTK_CONTAINER (window), grid);
  g_signal_connect (window, "destroy", G_CALLBACK (gtk_main_quit), NULL);
  gtk_widget_show_all (window);
  g_timeout_add (1000, on_second, areas);
  gtk_main ();
  return 0;
}
