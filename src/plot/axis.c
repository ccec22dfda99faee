/* SPDX-License-Identifier: MIT */
/* axis: round values upwards, round times backwards from now, and the grid between them. */
#include "axis.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "vmm/axis.h"

/* Steps of the time grid, in seconds. */
static const guint time_steps[] = { 1,   2,   5,    10,   15,   30,    60,    120,   300,
                                    600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400 };

double
vmm_axis_round_top (double top, double high, double least)
{
  static const double steps[] = { 1, 2, 5 };
  gboolean            falling = top > 0 && high <= top;

  /* To fall, the next axis must hold a third more than there is. */
  double wanted = CLAMP (falling ? high * 4 / 3 : high, least, 1e12);
  double power = pow (10, floor (log10 (wanted)));
  double found = 10 * power;

  for (guint i = G_N_ELEMENTS (steps); i-- > 0;)
    if (steps[i] * power >= wanted * (1 - 1e-9))
      found = steps[i] * power;
  return falling ? MIN (top, found) : found;
}

typedef enum { SECONDS, MINUTES, HOURS } Unit;

/* To a tenth. */
static char *
format_in (Unit unit, double seconds)
{
  static const double units[] = { [SECONDS] = 1, [MINUTES] = 60, [HOURS] = 3600 };
  double              figure = round (10 * seconds / units[unit]) / 10;

  if (unit == SECONDS)
    return g_strdup_printf (C_ ("span of time", "%.6g s"), figure);
  if (unit == MINUTES)
    return g_strdup_printf (C_ ("span of time", "%.6g min"), figure);
  return g_strdup_printf (C_ ("span of time", "%.6g h"), figure);
}

char *
vmm_axis_format_span (gint64 span_us)
{
  double   seconds = (double) span_us / G_USEC_PER_SEC;
  gboolean short_of_hours = seconds <= 7200 && seconds != 3600;

  return format_in (seconds <= 120 ? SECONDS : short_of_hours ? MINUTES : HOURS, seconds);
}

char *
vmm_axis_format_step (gint64 span_us, gint64 step_us)
{
  double step = (double) step_us / G_USEC_PER_SEC, seconds = (double) span_us / G_USEC_PER_SEC;

  return format_in (step < 60 ? SECONDS : step < 3600 ? MINUTES : HOURS, seconds);
}

static void
draw_line (const VmmDrawing *d, double y)
{
  vmm_pen_fill (&d->pen, &d->plot->colors.grid, d->frame.left, y, d->frame.right - d->frame.left,
                1);
}

/* On its line, where reading begins: no column of labels takes room from the plot. */
static void
write_value (const VmmDrawing *d, double value, const char *unit, double y)
{
  const double     shown = d->plot->unit > 0 ? value / d->plot->unit : value;
  g_autofree char *figure = g_strdup_printf ("%.6g", shown);
  g_autofree char *text =
      unit ? g_strdup_printf (C_ ("figure, unit", "%1$s %2$s"), figure, unit) : NULL;
  gboolean from_right = d->plot->from_right;

  vmm_pen_write (&d->pen, text ? text : figure, &d->plot->colors.quiet,
                 from_right ? d->frame.right : d->frame.left, y - d->pen.line_height,
                 from_right ? 1 : 0);
}

/* Zero is where the lines stand: it needs no label. */
static void
draw_values (const VmmDrawing *d)
{
  const VmmFrame *frame = &d->frame;
  guint           parts = frame->bottom - frame->top >= 5 * d->pen.line_height ? 2 : 1;

  draw_line (d, frame->bottom - 1);
  for (guint i = 1; i <= parts; i++) {
    double value = frame->high * i / parts, y = vmm_frame_get_y (frame, value);

    draw_line (d, y);
    write_value (d, value, d->plot->unit_name, y);
  }
}

/* The same above and below a zero in the middle. */
static void
draw_opposed_values (const VmmDrawing *d)
{
  const VmmFrame *frame = &d->frame;
  VmmColor        zero = d->plot->colors.quiet;

  draw_line (d, frame->top);
  draw_line (d, frame->bottom - 1);
  zero.alpha *= 0.5;
  vmm_pen_fill (&d->pen, &zero, frame->left, vmm_drawing_get_zero (d), frame->right - frame->left,
                1);
  write_value (d, frame->high, d->plot->unit_name, frame->top);
  if (frame->bottom - frame->top >= 4 * d->pen.line_height)
    write_value (d, frame->high, d->plot->opposed_name, frame->bottom);
}

/* Numbers of the lanes that are high enough for one; what all of them reach to is above. */
static void
draw_lanes (const VmmDrawing *d)
{
  const guint n = vmm_drawing_count_lanes (d);
  double      height = (d->frame.bottom - d->frame.top) / n;

  write_value (d, d->frame.high, d->plot->unit_name, d->frame.top);
  for (guint i = 0; i <= n && height >= 4; i++)
    draw_line (d, MIN (d->frame.top + i * height, d->frame.bottom - 1));
  for (guint i = 0; i < n && height >= d->pen.line_height; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i);
    vmm_pen_write (&d->pen, number, &d->plot->colors.quiet,
                   d->plot->from_right ? d->frame.right : d->frame.left, d->frame.top + i * height,
                   d->plot->from_right ? 1 : 0);
  }
}

double
vmm_axis_get_room (double label, double last)
{
  return MAX (1.5 * label + 4 * VMM_PAD, label / 2 + VMM_PAD + last);
}

static const char *
say_now (void)
{
  return C_ ("right end of the axis of time", "now");
}

/* The smallest step at which the labels stand well apart. */
static gint64
choose_time_step (const VmmDrawing *d)
{
  gint64 span_us = d->plot->end_us - d->plot->begin_us;
  gint64 longest_us = d->plot->begin_us - d->plot->now_us;
  double last = vmm_pen_measure (&d->pen, say_now ());

  for (guint i = 0; i < G_N_ELEMENTS (time_steps); i++) {
    gint64           step_us = (gint64) time_steps[i] * G_USEC_PER_SEC;
    g_autofree char *longest = vmm_axis_format_step (longest_us / step_us * step_us, step_us);
    double           room = vmm_axis_get_room (vmm_pen_measure (&d->pen, longest), last);
    if ((double) step_us / (double) span_us * (d->frame.right - d->frame.left) >= room)
      return step_us;
  }
  return span_us + 1;
}

static void
draw_times (const VmmDrawing *d)
{
  const VmmFrame *frame = &d->frame;
  const VmmColor *grid = &d->plot->colors.grid, *ink = &d->plot->colors.quiet;
  gint64          step_us = choose_time_step (d);
  gint64          first = (d->plot->now_us - d->plot->end_us + step_us - 1) / step_us * step_us;

  for (gint64 ago = MAX (0, first); d->plot->now_us - ago >= d->plot->begin_us; ago += step_us) {
    double           x = vmm_frame_get_x (frame, (double) (d->plot->now_us - ago));
    g_autofree char *span = vmm_axis_format_step (ago, step_us);
    g_autofree char *text = ago > 0 ? g_strconcat ("−", span, NULL) : g_strdup (say_now ());

    vmm_pen_fill (&d->pen, grid, MIN (x, frame->right - 1), frame->top, 1,
                  frame->bottom - frame->top);
    vmm_pen_write (&d->pen, text, ink, x, frame->bottom + VMM_PAD, 0.5);
  }
}

/* The large figure is of now: that the plot is not must be told. */
static void
draw_past (const VmmDrawing *d)
{
  const char *text = _ ("the past · Esc: now");
  double      width = vmm_pen_measure (&d->pen, text);
  double      right = d->frame.right - 2 * VMM_PAD, top = d->frame.top + 1;

  vmm_pen_fill (&d->pen, &d->plot->colors.text, right - width - VMM_PAD, top, width + 2 * VMM_PAD,
                d->pen.line_height);
  vmm_pen_write (&d->pen, text, &d->plot->colors.background, right, top, 1);
}

void
vmm_axis_draw (const VmmDrawing *d)
{
  if (d->plot->lanes)
    draw_lanes (d);
  else if (d->plot->is_opposed)
    draw_opposed_values (d);
  else
    draw_values (d);
  draw_times (d);
  if (d->plot->end_us < d->plot->now_us)
    draw_past (d);
}
