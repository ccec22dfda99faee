/* SPDX-License-Identifier: MIT */
/* history: bands, then changes, then days over both. */
#include "vmm/history_plot.h"

#include "pen.h"
#include "vmm/axis.h"
#include "vmm/history_words.h"

#include <math.h>

#define GAP 8.0
#define DASH 6
#define CAP 2.5 /* half of a whisker's end */
#define DOT 2.5 /* its radius */
#define FEW_LINES 4.0
#define MARGIN 0.05  /* of the values' span, above and below them */
#define LEAST_SPAN 2 /* points */

typedef struct {
  VmmPen                  pen;
  const VmmHistory       *history;
  const VmmHistoryColors *colors;
  double                  left, right, top, bottom;
  double                  low, high, step; /* values at the edges */
  guint                   first, last;     /* days there */
} Drawing;

static const VmmHistoryDay *
get_day (const Drawing *d, guint i)
{
  return &g_array_index (d->history->days, VmmHistoryDay, i);
}

static const VmmHistoryWindow *
get_window (const Drawing *d, guint i)
{
  return &g_array_index (d->history->windows, VmmHistoryWindow, i);
}

/* ---- Where things are */

static double
get_x (const Drawing *d, double day)
{
  return d->left + (day + 0.5 - d->first) / (d->last + 1.0 - d->first) * (d->right - d->left);
}

/* Within the day as well: its middle is noon. */
static double
get_window_x (const Drawing *d, guint i)
{
  const VmmHistoryWindow *window = get_window (d, i);

  return get_x (d, window->day + window->hour / 24.0 - 0.5);
}

static double
get_y (const Drawing *d, double value)
{
  return d->bottom -
         (CLAMP (value, d->low, d->high) - d->low) / (d->high - d->low) * (d->bottom - d->top);
}

/* The days and the bands, on round values. */
static void
set_scale (Drawing *d)
{
  double low = INFINITY, high = -INFINITY;

  for (guint i = 0; i < d->history->days->len; i++) {
    low = fmin (low, get_day (d, i)->low);
    high = fmax (high, get_day (d, i)->high);
  }
  for (guint i = 0; i < d->history->stretches->len; i++) {
    const VmmHistoryStretch *stretch = &g_array_index (d->history->stretches, VmmHistoryStretch, i);
    low = fmin (low, stretch->low);
    high = fmax (high, stretch->high);
  }
  double span = fmax (high - low, LEAST_SPAN);
  d->step = vmm_axis_round_top (0, span / FEW_LINES, 0.5);
  d->low = fmax (0, floor ((low - MARGIN * span) / d->step) * d->step);
  d->high = ceil ((high + MARGIN * span) / d->step) * d->step;
}

static void
arrange (Drawing *d, double height)
{
  int line;

  pango_layout_set_text (d->pen.layout, "Ag", -1);
  pango_layout_get_pixel_size (d->pen.layout, NULL, &line);
  d->pen.line_height = line;
  set_scale (d);
  g_autofree char *label = g_strdup_printf ("%.1f", d->high);
  d->first = get_day (d, 0)->day;
  d->last = get_day (d, d->history->days->len - 1)->day;
  d->left = ceil (vmm_pen_measure (&d->pen, label)) + GAP;
  d->right = d->pen.width - GAP;
  d->top = line + GAP; /* the numbers of changes */
  d->bottom = height - line - GAP;
}

/* ---- What is drawn */

static void
draw_grid (const Drawing *d)
{
  guint lines = (guint) lround ((d->high - d->low) / d->step);

  for (guint i = 0; i <= lines; i++) {
    double           value = d->low + i * d->step, y = round (get_y (d, value));
    g_autofree char *label = g_strdup_printf ("%g", value);
    vmm_pen_fill (&d->pen, &d->colors->grid, d->left, y, d->right - d->left, 1);
    vmm_pen_write (&d->pen, label, &d->colors->quiet, d->left - GAP, y - d->pen.line_height / 2, 1);
  }
}

/* As many dates as have room, evenly, the first and the last among them. */
static void
draw_dates (const Drawing *d)
{
  g_autofree char *longest = vmm_history_say_day (d->history, get_day (d, 0));
  double           room = vmm_pen_measure (&d->pen, longest) + 2 * GAP;
  guint            days = d->last - d->first;
  guint            n = MIN (days, (guint) MAX (1, floor ((d->right - d->left) / room) - 1));

  for (guint i = 0; i <= n; i++) {
    VmmHistoryDay day = *get_day (d, 0);
    guint         after = n ? (guint) lround ((double) i * days / n) : 0;
    day.begin_us += (gint64) after * G_TIME_SPAN_DAY + G_TIME_SPAN_HOUR; /* summer time */
    g_autofree char *text = vmm_history_say_day (d->history, &day);
    vmm_pen_write (&d->pen, text, &d->colors->quiet, get_x (d, d->first + after),
                   d->bottom + GAP / 2, 0.5);
  }
}

static void
draw_band (const Drawing *d, const VmmHistoryStretch *stretch)
{
  double left = get_window_x (d, stretch->first), right = get_window_x (d, stretch->end - 1);
  double high = get_y (d, stretch->high), low = get_y (d, stretch->low);

  vmm_pen_fill (&d->pen, &d->colors->band, left, high, right - left, low - high);
  vmm_pen_fill (&d->pen, &d->colors->dots, left, get_y (d, stretch->median), right - left, 1);
}

/* Where the next change is, or the picture ends. */
static double
get_end (const Drawing *d, guint i)
{
  if (i + 1 == d->history->changes->len)
    return d->pen.width;
  return get_window_x (d, g_array_index (d->history->changes, VmmHistoryChange, i + 1).window);
}

/* Its number, and where there is room what changed in the machine. */
static void
draw_change (const Drawing *d, guint i)
{
  const VmmHistoryChange *change = &g_array_index (d->history->changes, VmmHistoryChange, i);
  double                  x = round (get_window_x (d, change->window));
  g_autofree char        *number = g_strdup_printf ("%u", i + 1);
  g_autofree char        *what = vmm_history_say_what (d->history, i);

  for (int y = (int) d->top; y < (int) d->bottom; y += DASH)
    vmm_pen_fill (&d->pen, &d->colors->change, x, y, 2, DASH / 2.0);
  g_autofree char *text = what ? g_strdup_printf ("%s · %s", number, what) : g_strdup (number);
  vmm_pen_fit (&d->pen, text, &d->colors->change, x, 0, 0, get_end (d, i) - x - GAP);
}

static void
draw_day (const Drawing *d, const VmmHistoryDay *day)
{
  double x = round (get_x (d, day->day));
  double low = round (get_y (d, day->low)), high = round (get_y (d, day->high));

  vmm_pen_fill (&d->pen, &d->colors->text, x, high, 1, low - high + 1);
  vmm_pen_fill (&d->pen, &d->colors->text, x - CAP, high, 2 * CAP + 1, 1);
  vmm_pen_fill (&d->pen, &d->colors->text, x - CAP, low, 2 * CAP + 1, 1);
  vmm_pen_set_color (&d->pen, &d->colors->dots);
  cairo_arc (d->pen.cr, x + 0.5, get_y (d, day->median), DOT, 0, 2 * G_PI);
  cairo_fill (d->pen.cr);
}

void
vmm_history_draw (const VmmHistory *history, const VmmHistoryColors *colors, cairo_t *cr,
                  PangoLayout *layout, double width, double height)
{
  Drawing d = { { cr, layout, floor (width), 0, FALSE }, history, colors };

  if (!history->windows->len)
    return;
  arrange (&d, floor (height));
  if (d.right <= d.left || d.bottom <= d.top)
    return;
  draw_grid (&d);
  draw_dates (&d);
  for (guint i = 0; i < history->stretches->len; i++)
    draw_band (&d, &g_array_index (history->stretches, VmmHistoryStretch, i));
  for (guint i = 0; i < history->changes->len; i++)
    draw_change (&d, i);
  for (guint i = 0; i < history->days->len; i++)
    draw_day (&d, get_day (&d, i));
}
