/* SPDX-License-Identifier: MIT */
/* test_plot: rows become the pixels they stand for. */
#include "vmm/plot.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "vmm/axis.h"
#include "vmm/channel.h"

enum { MAIN, SECONDARY, LOST, N_CHANNELS };

#define WIDTH 400
#define HEIGHT 140
#define SECOND G_USEC_PER_SEC

static const VmmColor white = { 1, 1, 1, 1 }, clear = { 0, 0, 0, 0 }, black = { 0, 0, 0, 1 };
static const guint32  paper = 0xffffff, line_color = 0xff0000, fill_color = 0x00ff00,
                     secondary_color = 0x0000ff;

typedef struct {
  cairo_surface_t *surface;
  double           left, right; /* of the axis of time */
  int              scale;
} Canvas;

static void
canvas_clear (Canvas *canvas)
{
  cairo_surface_destroy (canvas->surface);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Canvas, canvas_clear)

static void
push (VmmRing *ring, gint64 second, float value, float secondary, float lost)
{
  const float row[N_CHANNELS] = { value, secondary, lost };
  vmm_ring_push (ring, second * SECOND, row);
}

/* Nothing but the series is visible unless a test asks for it. */
static VmmPlot
make_plot (const VmmRing *ring, gint64 begin_s, gint64 end_s)
{
  return (VmmPlot){
    .ring = ring,
    .main = MAIN,
    .secondary = -1,
    .lost = LOST,
    .begin_us = begin_s * SECOND,
    .end_us = end_s * SECOND,
    .now_us = end_s * SECOND,
    .interval_us = SECOND,
    .top = 100,
    .crosshair_us = VMM_PLOT_NO_TIME,
    .colors = { clear,
                clear,
                clear,
                white,
                { 1, 0, 0, 1 },
                { 0, 1, 0, 1 },
                { 0, 0, 1, 1 },
                clear,
                clear },
    .line_width = 2,
    .scale = 1,
  };
}

static void
draw (Canvas *canvas, const VmmPlot *as_given)
{
  VmmPlot measured = *as_given, *plot = &measured;

  canvas->scale = plot->scale;
  canvas->surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH * plot->scale, HEIGHT * plot->scale);
  cairo_surface_set_device_scale (canvas->surface, plot->scale, plot->scale);
  cairo_t              *cr = cairo_create (canvas->surface);
  PangoLayout          *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string ("Sans 8");

  pango_layout_set_font_description (layout, font);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  vmm_plot_measure (layout, &plot->metrics);
  vmm_plot_draw_axes (plot, cr, layout, WIDTH, HEIGHT);
  cairo_surface_t *series = vmm_plot_draw_data (plot, cr, layout, WIDTH, HEIGHT);
  g_assert_nonnull (series);
  cairo_surface_destroy (series);
  vmm_plot_get_extent (WIDTH, &canvas->left, &canvas->right);
  pango_font_description_free (font);
  g_object_unref (layout);
  cairo_destroy (cr);
  cairo_surface_flush (canvas->surface);
}

/* 0xrrggbb at a share of the axis of time, `y` device pixels from above. */
static guint32
get_pixel (const Canvas *canvas, double share, int y)
{
  int     x = (int) (canvas->scale * (canvas->left + share * (canvas->right - canvas->left)));
  gsize   stride = (gsize) cairo_image_surface_get_stride (canvas->surface);
  guint32 pixel;

  x = CLAMP (x, 0, canvas->scale * WIDTH - 1);
  memcpy (&pixel, cairo_image_surface_get_data (canvas->surface) + (gsize) y * stride + 4 * x,
          sizeof pixel);
  return pixel & 0xffffff;
}

static guint
count (const Canvas *canvas, double share, guint32 color)
{
  guint n = 0;

  for (int y = 0; y < canvas->scale * HEIGHT; y++)
    n += get_pixel (canvas, share, y) == color;
  return n;
}

/* The most pixels of `color` in any column between two shares of the axis. */
static guint
count_most (const Canvas *canvas, double begin, double end, guint32 color)
{
  guint most = 0;

  for (double share = begin; share < end; share += 0.5 / WIDTH)
    most = MAX (most, count (canvas, share, color));
  return most;
}

/* The value half way up has the line in the middle and the fill below it, at both scales. */
static void
test_filled (void)
{
  for (guint scale = 1; scale <= 2; scale++) {
    g_autoptr (VmmRing) ring = vmm_ring_new (100, N_CHANNELS);
    g_auto (Canvas) half = { 0 }, full = { 0 }, none = { 0 };

    for (int i = 0; i <= 60; i++)
      push (ring, i, 50, NAN, 0);
    VmmPlot plot = make_plot (ring, 0, 60);
    plot.scale = (int) scale;
    draw (&half, &plot);
    plot.top = 50;
    draw (&full, &plot);
    plot.top = 1e6;
    draw (&none, &plot);

    guint filled = count (&full, 0.5, fill_color);
    g_assert_cmpuint (filled, >, 100 * scale);
    g_assert_cmpuint (count (&half, 0.5, line_color), >=, 2 * scale - 1);
    g_assert_cmpuint (count (&half, 0.5, line_color), <=, 2 * scale);
    g_assert_cmpuint (count (&half, 0.5, fill_color), >=, filled / 2 - 2);
    g_assert_cmpuint (count (&half, 0.5, fill_color), <=, filled / 2 + 2);
    /* The whole line is inside at either edge. */
    g_assert_cmpuint (count (&full, 0.5, line_color), ==, 2 * scale);
    g_assert_cmpuint (count (&none, 0.5, line_color), ==, 2 * scale);
    g_assert_cmpuint (count (&none, 0.5, fill_color), ==, 0);
  }
}

static void
test_slope_is_antialiased (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (10, N_CHANNELS);
  g_auto (Canvas) canvas = { 0 };
  guint shades = 0;

  push (ring, 0, 0, NAN, 0);
  push (ring, 1, 100, NAN, 0);
  VmmPlot plot = make_plot (ring, 0, 1);
  draw (&canvas, &plot);
  for (int y = 0; y < HEIGHT; y++) {
    guint32 pixel = get_pixel (&canvas, 0.5, y);
    shades += pixel != paper && pixel != line_color && pixel != fill_color;
  }
  g_assert_cmpuint (shades, >=, 1);
  g_assert_cmpuint (shades, <=, 4);
  g_assert_cmpuint (count (&canvas, 0.25, fill_color), <, count (&canvas, 0.75, fill_color));
}

/* The second line is solid, flat and steep, and has no area below it. */
static void
test_second_is_a_line (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (100, N_CHANNELS);
  g_auto (Canvas) canvas = { 0 };
  guint drawn = 0, n = 0;

  for (int i = 0; i <= 60; i++)
    push (ring, i, 20, i < 30 || i % 2 ? 80 : 40, 0);
  VmmPlot plot = make_plot (ring, 0, 60);
  plot.secondary = SECONDARY;
  draw (&canvas, &plot);
  for (double share = 0.1; share < 0.45; share += 1.0 / WIDTH, n++)
    drawn += count (&canvas, share, secondary_color) > 0;
  g_assert_cmpuint (drawn, ==, n);
  g_assert_cmpuint (count_most (&canvas, 0.1, 0.45, secondary_color), <=, 3);
  g_assert_cmpuint (count (&canvas, 0.25, fill_color), ==, count (&canvas, 0.85, fill_color));
}

/* Above zero and below it, each as high as it is, with an area of its own. */
static void
test_opposed (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (100, N_CHANNELS);
  g_auto (Canvas) canvas = { 0 };
  const guint32 below = 0x00ffff;

  for (int i = 0; i <= 60; i++)
    push (ring, i, 50, 100, 0);
  VmmPlot plot = make_plot (ring, 0, 60);
  plot.secondary = SECONDARY;
  plot.is_opposed = TRUE;
  plot.colors.secondary_fill = (VmmColor){ 0, 1, 1, 1 };
  draw (&canvas, &plot);
  guint above = count (&canvas, 0.5, fill_color), under = count (&canvas, 0.5, below);
  g_assert_cmpuint (above, >, 15);
  g_assert_cmpuint (under, >=, 2 * above - 4);
  g_assert_cmpuint (under, <=, 2 * above + 4);
  for (int y = 1; y < HEIGHT; y++) /* read from above: never the second before the first ends */
    g_assert_false (get_pixel (&canvas, 0.5, y) == fill_color &&
                    get_pixel (&canvas, 0.5, y - 1) == below);
}

/* Part of the main value, upon it, and as much as is more than the layer below: 20 within 50, on which 10
 * lie and 15 - 10; rows far apart, and closer than columns. */
static void
test_stack (void)
{
  static const VmmLayer layers[] = { { 0, 0, VMM_LAYER_WITHIN, "a" },
                                     { 1, 1, VMM_LAYER_WITHIN, "b" },
                                     { 2, 2, VMM_LAYER_ON, "c" },
                                     { 3, 3, VMM_LAYER_BEYOND, "d" } };
  static const guint32  colors[] = { 0xff00ff, 0x00ff00, 0x00ffff, 0xffff00 };
  static const double   levels[] = { 20, 50 - 20, 10, 15 - 10 };
  static const int      lengths[] = { 60, 6000 };

  for (guint k = 0; k < G_N_ELEMENTS (lengths); k++) {
    const int n = lengths[k];
    g_autoptr (VmmRing) ring = vmm_ring_new ((guint) n + 1, 4);
    g_auto (Canvas) canvas = { 0 };
    VmmPlot plot = make_plot (ring, 0, n);

    for (int i = 0; i <= n; i++) {
      const float row[] = { 20, 50, 10, i % 2 ? NAN : 15 };
      vmm_ring_push (ring, i * SECOND, row);
    }
    plot.main = 1;
    plot.lost = -1;
    plot.layers = layers;
    plot.n_layers = G_N_ELEMENTS (layers);
    plot.colors.line = clear;
    plot.colors.layers[0] = (VmmColor){ 1, 0, 1, 1 };
    plot.colors.layers[1] = (VmmColor){ 0, 1, 0, 1 };
    plot.colors.layers[2] = (VmmColor){ 0, 1, 1, 1 };
    plot.colors.layers[3] = (VmmColor){ 1, 1, 0, 1 };
    draw (&canvas, &plot);
    double all = 0;
    for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
      all += count (&canvas, 0.5, colors[i]);
    g_assert_cmpfloat (all, >, 60);
    for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
      g_assert_cmpfloat_with_epsilon (count (&canvas, 0.5, colors[i]), all * levels[i] / 65, 2);
  }
}

/* Where the main value is not known there is no area, whatever else is. */
static void
test_stack_of_nothing (void)
{
  static const VmmLayer layers[] = { { MAIN, MAIN, VMM_LAYER_WITHIN, "a" },
                                     { SECONDARY, SECONDARY, VMM_LAYER_ON, "b" } };
  g_autoptr (VmmRing) ring = vmm_ring_new (100, N_CHANNELS);
  g_auto (Canvas) canvas = { 0 };
  VmmPlot plot = make_plot (ring, 0, 60);

  for (int i = 0; i <= 60; i++)
    push (ring, i, vmm_absent (VMM_FAILED), 50, 0);
  plot.layers = layers;
  plot.n_layers = G_N_ELEMENTS (layers);
  plot.colors.layers[1] = black;
  draw (&canvas, &plot);
  g_assert_cmpuint (count (&canvas, 0.5, paper), ==, HEIGHT);
}

/* A lane for each CPU, one below the other; where there is no room for all, they share some, and the one that
 * works is seen. */
static void
test_lanes (void)
{
  static const guint numbers[] = { 3, 500 };

  for (guint k = 0; k < G_N_ELEMENTS (numbers); k++) {
    const guint n = numbers[k];
    g_autoptr (VmmRing) rows = vmm_ring_new (100, N_CHANNELS), lanes = vmm_ring_new (100, n);
    g_autofree float *busy = g_new0 (float, n);
    g_auto (Canvas) canvas = { 0 };
    VmmPlot plot = make_plot (rows, 0, 60);

    busy[n - 1] = 100; /* the last of them alone */
    for (int i = 0; i <= 60; i++) {
      push (rows, i, 50, NAN, 0);
      vmm_ring_push (lanes, i * SECOND, busy);
    }
    plot.lanes = lanes;
    plot.n_lanes = n;
    draw (&canvas, &plot);
    guint seen = count (&canvas, 0.5, fill_color) + count (&canvas, 0.5, line_color);
    g_assert_cmpuint (seen, >=, k == 0 ? 25 : 1);
    for (int y = 0; y < HEIGHT / 2 - 10; y++) {
      guint32 pixel = get_pixel (&canvas, 0.5, y);
      g_assert_true (pixel != fill_color);
    }
  }
}

/* The stretch of the score is a tint from top to bottom, and there is none beside it. */
static void
test_measured (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (100, N_CHANNELS);
  g_auto (Canvas) canvas = { 0 };
  VmmPlot plot = make_plot (ring, 0, 60);

  for (int i = 0; i <= 60; i++)
    push (ring, i, vmm_absent (VMM_PENDING), NAN, 0);
  plot.colors.quiet = black;
  plot.measured_begin_us = 20 * SECOND;
  plot.measured_end_us = 40 * SECOND;
  draw (&canvas, &plot);
  g_assert_cmpuint (count (&canvas, 0.5, paper), <, HEIGHT / 3);
  g_assert_cmpuint (count (&canvas, 0.5, 0x000000), ==, 0);
  g_assert_cmpuint (count (&canvas, 0.25, paper), >=, HEIGHT - 20);
}

/* A forecast is a bar on the axis of time with a tick in it, where there is room for what comes. */
static void
test_ahead (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (100, N_CHANNELS);
  g_auto (Canvas) canvas = { 0 }, past = { 0 };
  VmmPlot plot = make_plot (ring, 0, 60);

  for (int i = 0; i <= 45; i++)
    push (ring, i, 0, NAN, 0);
  plot.now_us = 45 * SECOND;
  plot.colors.quiet = black;
  plot.ahead_low_us = 50 * SECOND;
  plot.ahead_us = 53 * SECOND;
  plot.ahead_high_us = 56 * SECOND;
  draw (&canvas, &plot);
  g_assert_cmpuint (count (&canvas, 53.1 / 60, 0x000000), >=, 8);       /* the tick */
  g_assert_cmpuint (count (&canvas, 51.0 / 60, paper), <=, HEIGHT - 3); /* the bar */
  g_assert_cmpuint (count (&canvas, 51.0 / 60, 0x000000), ==, 0);
  g_assert_cmpuint (count (&canvas, 49.0 / 60, paper), ==, HEIGHT);
  g_assert_cmpuint (count (&canvas, 57.0 / 60, paper), ==, HEIGHT);

  plot.begin_us = -20 * SECOND; /* one who looks at the past sees none of it */
  plot.end_us = 40 * SECOND;
  draw (&past, &plot);
  g_assert_cmpuint (count (&past, 0.97, 0x000000), ==, 0);
}

/* The first dark pixel from the left within some rows. */
static int
find_ink (const Canvas *canvas, int from_y, int to_y)
{
  for (int x = 0; x < WIDTH; x++)
    for (int y = from_y; y < to_y; y++)
      if ((get_pixel (canvas, (double) x / WIDTH, y) & 0xff) < 0x80)
        return x;
  return WIDTH;
}

/* Values and times begin where the plot does; from right to left values end where it ends. */
static void
test_one_left_edge (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (100, N_CHANNELS);

  for (int from_right = 0; from_right <= 1; from_right++) {
    g_auto (Canvas) canvas = { 0 };
    VmmPlot plot = make_plot (ring, 0, 60);

    plot.colors.quiet = black;
    plot.unit_name = "%";
    plot.from_right = from_right;
    draw (&canvas, &plot);
    g_assert_cmpfloat (canvas.left, ==, 0);
    g_assert_cmpint (find_ink (&canvas, HEIGHT - 10, HEIGHT), <=, 3);
    if (from_right)
      g_assert_cmpint (find_ink (&canvas, 0, 12), >, WIDTH / 2);
    else
      g_assert_cmpint (find_ink (&canvas, 0, 12), <=, 3);
  }
}

/* Absent values and missing rows leave the paper blank; rows a tick late are joined. */
static void
test_gaps (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (100, N_CHANNELS);
  g_auto (Canvas) canvas = { 0 };

  for (int i = 0; i <= 100; i++)
    if (i <= 50 || (i >= 60 && i != 80))
      push (ring, i, i > 20 && i < 30 ? vmm_absent (VMM_FAILED) : 60, NAN, 0);
  VmmPlot plot = make_plot (ring, 0, 100);
  draw (&canvas, &plot);
  g_assert_cmpuint (count (&canvas, 0.10, fill_color), >, 40);
  g_assert_cmpuint (count (&canvas, 0.25, paper), ==, HEIGHT);
  g_assert_cmpuint (count (&canvas, 0.40, fill_color), >, 40);
  g_assert_cmpuint (count (&canvas, 0.55, paper), ==, HEIGHT);
  g_assert_cmpuint (count (&canvas, 0.80, fill_color), >, 40);
}

/* A lone value between absent ones is still to be seen. */
static void
test_lone_value (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (100, N_CHANNELS);
  g_auto (Canvas) canvas = { 0 };
  guint seen = 0;

  for (int i = 0; i <= 60; i++)
    push (ring, i, i == 30 ? 50 : vmm_absent (VMM_PENDING), NAN, 0);
  VmmPlot plot = make_plot (ring, 0, 60);
  draw (&canvas, &plot);
  for (double share = 0; share < 1; share += 1.0 / (canvas.right - canvas.left))
    seen += count (&canvas, share, line_color) > 0;
  g_assert_cmpuint (seen, >=, 2);
  g_assert_cmpuint (seen, <=, 4);
}

static void
test_reason_and_pause (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (101, N_CHANNELS);
  guint words[2] = { 0, 0 };

  for (int i = 0; i <= 100; i++)
    push (ring, i, i > 40 ? vmm_absent (VMM_OFF) : 10, NAN, i == 20 ? 7000 : 0);
  for (int k = 0; k < 2; k++) {
    g_auto (Canvas) canvas = { 0 };
    VmmPlot plot = make_plot (ring, 0, 100);

    plot.colors.quiet = plot.colors.pause = black;
    plot.reason = k ? "a far longer reason than that, in words" : NULL;
    draw (&canvas, &plot);
    for (double share = 0.45; share < 0.98; share += 1.0 / WIDTH)
      for (int y = HEIGHT / 4; y < HEIGHT * 3 / 4; y++)
        words[k] += get_pixel (&canvas, share, y) != paper;
    g_assert_cmphex (get_pixel (&canvas, 0.195, HEIGHT / 2), !=, paper);
    g_assert_cmphex (get_pixel (&canvas, 0.30, HEIGHT / 2), ==, paper);
  }
  g_assert_cmpuint (words[0], >, 5);
  g_assert_cmpuint (words[1], >, words[0]);
}

/* Why the line can never have a value is not written over the other one; why it has none now, is. */
static void
test_reason_or_line (void)
{
  static const VmmAbsence absences[] = { VMM_NOT_EXPOSED, VMM_FAILED };

  for (guint k = 0; k < G_N_ELEMENTS (absences); k++) {
    g_autoptr (VmmRing) ring = vmm_ring_new (101, N_CHANNELS);
    g_auto (Canvas) canvas = { 0 };
    VmmPlot plot = make_plot (ring, 0, 100);
    guint   words = 0;

    for (int i = 0; i <= 100; i++)
      push (ring, i, vmm_absent (absences[k]), 10, 0);
    plot.colors.quiet = black;
    plot.secondary = SECONDARY;
    plot.reason = "a reason";
    draw (&canvas, &plot);
    for (double share = 0.2; share < 0.98; share += 1.0 / WIDTH)
      for (int y = HEIGHT / 4; y < HEIGHT * 3 / 4; y++)
        words += get_pixel (&canvas, share, y) != paper;
    g_assert_cmpint (words > 5, ==, absences[k] == VMM_FAILED);
  }
}

/* The lines of the grid do not cross the words. */
static void
test_reason_on_paper (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (101, N_CHANNELS);
  g_auto (Canvas) canvas = { 0 };
  VmmPlot plot = make_plot (ring, 0, 100);
  int     line = 0; /* the middle one */

  for (int i = 0; i <= 100; i++)
    push (ring, i, vmm_absent (VMM_OFF), NAN, 0);
  plot.colors.grid = black;
  draw (&canvas, &plot);
  for (int y = HEIGHT / 4; y < HEIGHT * 3 / 4; y++)
    line = get_pixel (&canvas, 0.3, y) != paper ? y : line;
  g_assert_cmpint (line, >, 0);
  for (int step = -1; step <= 1; step++)
    for (int y = -2; y <= 2; y++)
      g_assert_cmphex (get_pixel (&canvas, 0.5 + step * 0.01, line + y), ==, paper);
}

/* One row of a day stands out: neither a spike nor a hole is averaged away. */
static void
test_extremes_of_a_day (void)
{
  const int day = 86400;
  g_autoptr (VmmRing) ring = vmm_ring_new ((guint) day, N_CHANNELS);
  g_auto (Canvas) canvas = { 0 };

  for (int i = 0; i < day; i++)
    push (ring, i, i == day / 2 ? 100 : i == day / 4 ? 0 : 30, NAN, 0);
  VmmPlot plot = make_plot (ring, 0, day - 1);
  draw (&canvas, &plot);
  g_assert_cmpuint (count_most (&canvas, 0.45, 0.55, line_color), >, 60); /* 30 to 100 */
  g_assert_cmpuint (count_most (&canvas, 0.20, 0.30, line_color), >, 25); /* 30 to 0 */
  g_assert_cmpuint (count_most (&canvas, 0.60, 0.99, line_color), <=, 3);
}

static gint64
spend (const VmmPlot *plot)
{
  gint64 best = G_MAXINT64;

  for (int k = 0; k < 9; k++) {
    g_auto (Canvas) canvas = { 0 };
    struct timespec begin, end;

    clock_gettime (CLOCK_THREAD_CPUTIME_ID, &begin);
    draw (&canvas, plot);
    clock_gettime (CLOCK_THREAD_CPUTIME_ID, &end);
    best = MIN (best, (end.tv_sec - begin.tv_sec) * 1000000 + (end.tv_nsec - begin.tv_nsec) / 1000);
  }
  return best;
}

/* A day has 1440 times the rows of a minute, and the same pixels. */
static void
test_cost_is_of_pixels (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (86400, N_CHANNELS);

  for (int i = 0; i < 86400; i++)
    push (ring, i, (float) g_test_rand_double_range (10, 90), NAN, 0);
  VmmPlot day = make_plot (ring, 0, 86399), minute = make_plot (ring, 86339, 86399);
  gint64  day_us = spend (&day), minute_us = spend (&minute);
  g_test_message ("a day: %" G_GINT64_FORMAT " us, a minute: %" G_GINT64_FORMAT " us", day_us,
                  minute_us);
  g_assert_cmpint (day_us, <, 10 * minute_us);
}

static void
test_crosshair (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (100, N_CHANNELS);
  g_auto (Canvas) with = { 0 }, outside = { 0 };

  for (int i = 0; i <= 60; i++)
    push (ring, i, 10, NAN, 0);
  VmmPlot plot = make_plot (ring, 20, 60);
  plot.colors.crosshair = black;
  plot.crosshair_us = 40 * SECOND;
  draw (&with, &plot);
  plot.crosshair_us = 10 * SECOND;
  draw (&outside, &plot);
  g_assert_cmpuint (count (&with, 0.5, 0x000000), >, 60);
  g_assert_cmpuint (count_most (&outside, 0, 1, 0x000000), ==, 0);
}

/* What is not of now says so. */
static void
test_past (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (100, N_CHANNELS);
  g_auto (Canvas) now = { 0 }, past = { 0 };

  for (int i = 0; i <= 60; i++)
    push (ring, i, 10, NAN, 0);
  VmmPlot plot = make_plot (ring, 0, 60);
  plot.colors.text = black;
  draw (&now, &plot);
  plot.now_us = 90 * SECOND;
  draw (&past, &plot);
  g_assert_cmpuint (count (&now, 0.97, 0x000000), ==, 0);
  g_assert_cmpuint (count (&past, 0.97, 0x000000), >, 3);
}

/* Nothing is drawn, and nothing breaks, where there is nothing or no room. */
static void
test_nothing (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (10, N_CHANNELS);
  g_auto (Canvas) canvas = { 0 };
  VmmPlot plot = make_plot (ring, 0, 60);

  draw (&canvas, &plot);
  g_assert_cmpuint (count (&canvas, 0.5, paper), ==, HEIGHT);

  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 1, 1);
  cairo_t         *cr = cairo_create (surface);
  PangoLayout     *layout = pango_cairo_create_layout (cr);
  vmm_plot_measure (layout, &plot.metrics);
  for (int size = 0; size < 60; size++) {
    vmm_plot_draw_axes (&plot, cr, layout, size, size);
    cairo_surface_t *series = vmm_plot_draw_data (&plot, cr, layout, size, size);
    /* Where there is room for one at all. */
    g_assert_true (size > 20 || !series);
    g_clear_pointer (&series, cairo_surface_destroy);
  }
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  g_object_unref (layout);
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

static void
test_round_top (void)
{
  /* clang-format off */
  static const struct { double top, high, least, expected; } cases[] = {
    {  0, 0,    1,    1    }, { 0, 1,    1, 1    }, { 0, 1.01, 1, 2    }, { 0, 4, 1, 5 },
    {  0, 0.03, 0.01, 0.05 }, { 0, 1234, 1, 2000 }, { 0, 1e30, 1, 1e12 }, { 0, 6, 1, 10 },
    { 10, 10.1, 1, 20 }, /* rises at once */
    { 10, 4.9,  1, 10 }, /* would fit into 5, but only just: stays */
    { 10, 3.7,  1,  5 }, /* plenty of room: falls */
    { 10, 0,    1,  1 },
  };
  /* clang-format on */

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (
        vmm_axis_round_top (cases[i].top, cases[i].high, cases[i].least), cases[i].expected,
        cases[i].expected * 1e-9);

  /* A value that swings by a tenth around a round one moves the axis once. */
  double top = 0;
  guint  moves = 0;
  for (int i = 0; i < 1000; i++) {
    double now = vmm_axis_round_top (top, 5 * g_test_rand_double_range (0.9, 1.1), 1);
    moves += now != top;
    top = now;
  }
  g_assert_cmpuint (moves, <=, 2);
}

static void
test_format_span (void)
{
  static const struct {
    gint64      seconds;
    const char *expected;
  } cases[] = { { 0, "0 s" },    { 60, "60 s" },     { 90, "90 s" },   { 300, "5 min" },
                { 3600, "1 h" }, { 5400, "90 min" }, { 86400, "24 h" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = vmm_axis_format_span (cases[i].seconds * SECOND);
    g_assert_cmpstr (text, ==, cases[i].expected);
  }
}

/* The labels of one axis are in one unit. */
static void
test_format_step (void)
{
  static const struct {
    gint64      seconds, step;
    const char *expected;
  } cases[] = { { 15, 15, "15 s" },     { 120, 30, "120 s" },    { 120, 60, "2 min" },
                { 240, 120, "4 min" },  { 3600, 900, "60 min" }, { 7200, 3600, "2 h" },
                { 1815, 15, "1815 s" }, { 43200, 21600, "12 h" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        vmm_axis_format_step (cases[i].seconds * SECOND, cases[i].step * SECOND);
    g_assert_cmpstr (text, ==, cases[i].expected);
  }
}

/* Where "now" is a long word, it has the room that it needs. */
static void
test_room (void)
{
  for (double label = 10; label < 100;
       label += 10) /* the first is whole beside the second's half */
    g_assert_cmpfloat (vmm_axis_get_room (label, 0), >, label + label / 2 + 12);
  for (double last = 0; last < 200; last += 10)
    g_assert_cmpfloat (vmm_axis_get_room (34, last), >, 34. / 2 + last);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plot/room", test_room);
  g_test_add_func ("/plot/filled", test_filled);
  g_test_add_func ("/plot/slope-is-antialiased", test_slope_is_antialiased);
  g_test_add_func ("/plot/second-is-a-line", test_second_is_a_line);
  g_test_add_func ("/plot/opposed", test_opposed);
  g_test_add_func ("/plot/stack", test_stack);
  g_test_add_func ("/plot/stack-of-nothing", test_stack_of_nothing);
  g_test_add_func ("/plot/lanes", test_lanes);
  g_test_add_func ("/plot/measured", test_measured);
  g_test_add_func ("/plot/ahead", test_ahead);
  g_test_add_func ("/plot/one-left-edge", test_one_left_edge);
  g_test_add_func ("/plot/gaps", test_gaps);
  g_test_add_func ("/plot/lone-value", test_lone_value);
  g_test_add_func ("/plot/reason-and-pause", test_reason_and_pause);
  g_test_add_func ("/plot/reason-or-line", test_reason_or_line);
  g_test_add_func ("/plot/reason-on-paper", test_reason_on_paper);
  g_test_add_func ("/plot/extremes-of-a-day", test_extremes_of_a_day);
  g_test_add_func ("/plot/cost-is-of-pixels", test_cost_is_of_pixels);
  g_test_add_func ("/plot/crosshair", test_crosshair);
  g_test_add_func ("/plot/past", test_past);
  g_test_add_func ("/plot/nothing", test_nothing);
  g_test_add_func ("/plot/round-top", test_round_top);
  g_test_add_func ("/plot/format-span", test_format_span);
  g_test_add_func ("/plot/format-step", test_format_step);
  return g_test_run ();
}
