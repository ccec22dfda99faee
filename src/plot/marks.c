/* SPDX-License-Identifier: MIT */
/* marks: what is to be seen where there is nothing to see: gaps, pauses, and the window judged. */
#include "marks.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "vmm/phrases.h"
#include "vmm/channel.h"

/* Narrower gaps are left without a word. */
#define GAP_WITH_TEXT 60.0

/* Of a forecast: its interval, and the tick in it. */
#define AHEAD_HEIGHT 4
#define AHEAD_TICK_WIDTH 2
#define AHEAD_TICK_HEIGHT 14

/* At its beginning, where there is room. */
static void
name_measured (const VmmDrawing *d, double begin, double end)
{
  int width;

  pango_layout_get_pixel_size (d->plot->measured, &width, NULL);
  if (width + 2 * VMM_PAD > end - begin)
    return;
  vmm_pen_set_color (&d->pen, &d->plot->colors.quiet);
  cairo_move_to (d->pen.cr, round (begin + VMM_PAD), d->frame.top + 1);
  pango_cairo_show_layout (d->pen.cr, d->plot->measured);
}

void
vmm_marks_draw_measured (const VmmDrawing *d)
{
  const VmmFrame *frame = &d->frame;
  double   begin = MAX (frame->left, vmm_frame_get_x (frame, (double) d->plot->measured_begin_us));
  double   end = MIN (frame->right, vmm_frame_get_x (frame, (double) d->plot->measured_end_us));
  VmmColor tint = d->plot->colors.quiet;

  if (round (end) <= round (begin))
    return;
  tint.alpha *= 0.07;
  vmm_pen_fill (&d->pen, &tint, begin, frame->top, end - begin, frame->bottom - frame->top);
  if (d->plot->measured)
    name_measured (d, begin, end);
}

/* On the axis, in the ink of its labels: it is no alarm. */
void
vmm_marks_draw_ahead (const VmmDrawing *d)
{
  const VmmPlot  *plot = d->plot;
  const VmmFrame *frame = &d->frame;
  double          begin = MAX (frame->left, vmm_frame_get_x (frame, (double) plot->ahead_low_us));
  double          end = MIN (frame->right, vmm_frame_get_x (frame, (double) plot->ahead_high_us));
  double          tick = round (vmm_frame_get_x (frame, (double) plot->ahead_us));
  VmmColor        tint = plot->colors.quiet;

  if (plot->ahead_high_us <= plot->ahead_low_us || round (end) <= round (begin))
    return;
  tint.alpha *= 0.45;
  vmm_pen_fill (&d->pen, &tint, begin, frame->bottom - AHEAD_HEIGHT, end - begin, AHEAD_HEIGHT);
  if (tick >= frame->left && tick + AHEAD_TICK_WIDTH <= frame->right)
    vmm_pen_fill (&d->pen, &plot->colors.quiet, tick, frame->bottom - AHEAD_TICK_HEIGHT,
                  AHEAD_TICK_WIDTH, AHEAD_TICK_HEIGHT);
}

/* A channel that tells where there was a burst, of those that can: one that has a value in these rows.
 * -1 = there was none. */
static int
find_telling (const VmmPlot *plot, guint first, guint end)
{
  float low, high;

  for (guint i = 0; i < plot->n_bursts; i++)
    if (vmm_ring_get_extremes (plot->ring, plot->bursts[i], first, end, &low, &high))
      return (int) plot->bursts[i];
  return -1;
}

typedef struct {
  double begin, end; /* pixels */
} Stretch;

static void
draw_stretch (const VmmDrawing *d, const Stretch *stretch)
{
  const VmmFrame *frame = &d->frame;
  VmmColor        tint = d->plot->colors.quiet;

  tint.alpha *= 0.12;
  if (stretch->end > stretch->begin)
    vmm_pen_fill (&d->pen, &tint, stretch->begin, frame->top,
                  MAX (1, stretch->end - stretch->begin), frame->bottom - frame->top);
}

/* From the row before, for a row tells of the time since then. */
static Stretch
find_stretch (const VmmDrawing *d, guint row)
{
  const VmmFrame *frame = &d->frame;
  const VmmRing  *ring = d->plot->ring;
  gint64          now_us = vmm_ring_get_time (ring, row), before_us = now_us - d->plot->interval_us;

  if (row > 0)
    before_us = MAX (before_us, vmm_ring_get_time (ring, row - 1));
  return (Stretch){ MAX (frame->left, vmm_frame_get_x (frame, (double) before_us)),
                    MIN (frame->right, vmm_frame_get_x (frame, (double) now_us)) };
}

/* Those that touch are one. */
void
vmm_marks_draw_bursts (const VmmDrawing *d, const guint *rows, guint n)
{
  const VmmRing *ring = d->plot->ring;
  int            channel = find_telling (d->plot, rows[0], rows[n]);
  Stretch        drawn = { 0, 0 };
  float          low, high;

  for (guint i = 0; i < n && channel >= 0; i++) {
    if (rows[i] == rows[i + 1] ||
        !vmm_ring_get_extremes (ring, (guint) channel, rows[i], rows[i + 1], &low, &high))
      continue;
    Stretch next = find_stretch (d, rows[i + 1] - 1);
    if (next.begin > drawn.end + 1) {
      draw_stretch (d, &drawn);
      drawn.begin = next.begin;
    }
    drawn.end = next.end;
  }
  draw_stretch (d, &drawn);
}

static void
draw_pause (const VmmDrawing *d, double begin, double end, const char *text)
{
  const VmmFrame *frame = &d->frame;
  const VmmColor *ink = &d->plot->colors.pause;
  VmmColor        tint = *ink;

  begin = CLAMP (begin, frame->left, frame->right - 3);
  end = CLAMP (end, begin + 3, frame->right);
  double middle = round ((begin + end) / 2);

  tint.alpha *= 0.15;
  vmm_pen_fill (&d->pen, &tint, begin, frame->top, end - begin, frame->bottom - frame->top);
  /* Two upright bars, as on every player's pause button. */
  vmm_pen_fill (&d->pen, ink, middle - 4, frame->top + 3, 3, 9);
  vmm_pen_fill (&d->pen, ink, middle + 1, frame->top + 3, 3, 9);
  if (vmm_pen_measure (&d->pen, text) + 2 * VMM_PAD <= end - begin)
    vmm_pen_write (&d->pen, text, ink, middle, frame->top + 14, 0.5);
}

void
vmm_marks_draw_pauses (const VmmDrawing *d, const guint *rows, guint n, gint64 max_gap_us)
{
  const VmmRing *ring = d->plot->ring;

  for (guint i = 0; i < n; i++) {
    guint row = rows[i];
    float least, lost = 0;

    if (row == rows[i + 1] || row == 0)
      continue;
    if (d->plot->lost >= 0)
      vmm_ring_get_extremes (ring, (guint) d->plot->lost, row, rows[i + 1], &least, &lost);
    gint64 before = vmm_ring_get_time (ring, row - 1), now = vmm_ring_get_time (ring, row);
    if (lost <= 0 && now - before <= max_gap_us)
      continue;
    g_autofree char *text = lost > 0 ? g_strdup_printf (_ ("guest stopped %.1f s"), lost / 1000.0)
                                     : g_strdup (_ ("no samples"));
    draw_pause (d, vmm_frame_get_x (&d->frame, (double) before),
                vmm_frame_get_x (&d->frame, (double) now), text);
  }
}

/* Centred between `begin` and `end`, in as many lines as it needs and the height allows; on paper,
 * for lines of the grid cross the middle. */
static void
show_reason (const VmmDrawing *d, const char *text, double begin, double end)
{
  const VmmFrame *frame = &d->frame;
  PangoLayout    *layout = d->pen.layout;
  PangoRectangle  words;

  pango_layout_set_width (layout, (int) ((end - begin - 2 * VMM_PAD) * PANGO_SCALE));
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_extents (layout, NULL, &words);
  if (words.height <= frame->bottom - frame->top) {
    double x = round (begin + VMM_PAD), y = round ((frame->top + frame->bottom - words.height) / 2);
    vmm_pen_fill (&d->pen, &d->plot->colors.background, x + words.x - VMM_PAD, y,
                  words.width + 2 * VMM_PAD, words.height);
    vmm_pen_set_color (&d->pen, &d->plot->colors.quiet);
    cairo_move_to (d->pen.cr, x, y);
    pango_cairo_show_layout (d->pen.cr, layout);
  }
  pango_layout_set_width (layout, -1);
  pango_layout_set_alignment (layout, PANGO_ALIGN_LEFT);
}

void
vmm_marks_draw_gaps (const VmmDrawing *d, const guint *rows, const VmmPixelColumn *columns, guint n)
{
  const VmmPlot *plot = d->plot;
  double         left = d->frame.left, step = (d->frame.right - left) / n;

  for (guint i = 0, end; i < n; i = end + 1) {
    for (end = i; end < n && !columns[end].any; end++)
      ;
    if (rows[i] == rows[end])
      continue;
    const guint last = rows[end] - 1;
    VmmAbsence  why = vmm_absence (vmm_ring_get (plot->ring, last, (guint) plot->main));
    /* Where it can never have a value, the other line is not to be written over. */
    if (why == VMM_NOT_EXPOSED && plot->secondary >= 0 &&
        vmm_absence (vmm_ring_get (plot->ring, last, (guint) plot->secondary)) == VMM_PRESENT)
      continue;
    /* A gap begins where the first of its rows is; one that is all there is takes the whole. */
    gint64      first_us = vmm_ring_get_time (plot->ring, rows[i]);
    double      begin_x = MAX (left, vmm_frame_get_x (&d->frame, (double) first_us));
    double      end_x = left + end * step;
    const char *text = vmm_phrase_absence (why);
    if (end == n && plot->reason)
      text = plot->reason;
    if (i == 0 && end == n)
      begin_x = left;
    if (text && end_x - begin_x >= GAP_WITH_TEXT)
      show_reason (d, text, begin_x, end_x);
  }
}
