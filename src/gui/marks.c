/* SPDX-License-Identifier: MIT */
/* marks: what is to be seen where there is nothing to see: gaps, pauses, and the window judged. */
#include <glib/gi18n-lib.h>

#include "vmm/channel.h"

#include "drawing.h"
#include "phrases.h"

/* Narrower gaps are left without a word. */
#define GAP_WITH_TEXT 60.0

void
vmm_marks_draw_measured (const VmmDrawing *d)
{
  const VmmPlot *plot = d->plot;
  double         begin = MAX (d->left, vmm_drawing_get_x (d, plot->measured_begin_us));
  double         end = MIN (d->right, vmm_drawing_get_x (d, plot->measured_end_us));

  if (end <= begin)
    return;
  vmm_drawing_set_color (d, &plot->colors.quiet);
  vmm_drawing_fill (d, begin, d->bottom, end - begin, 2);
}

static void
draw_pause (const VmmDrawing *d, double begin, double end, const char *text)
{
  VmmColor tint = d->plot->colors.pause;

  begin = CLAMP (begin, d->left, d->right - 3);
  end = CLAMP (end, begin + 3, d->right);
  double middle = round ((begin + end) / 2);

  tint.alpha *= 0.15;
  vmm_drawing_set_color (d, &tint);
  vmm_drawing_fill (d, begin, d->top, end - begin, d->bottom - d->top);
  /* Two upright bars, as on every player's pause button. */
  vmm_drawing_set_color (d, &d->plot->colors.pause);
  vmm_drawing_fill (d, middle - 4, d->top + 3, 3, 9);
  vmm_drawing_fill (d, middle + 1, d->top + 3, 3, 9);
  if (vmm_drawing_get_text_width (d, text) + 2 * VMM_PAD <= end - begin)
    vmm_drawing_show_text (d, text, middle, d->top + 14, 0.5);
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
    draw_pause (d, vmm_drawing_get_x (d, before), vmm_drawing_get_x (d, now), text);
  }
}

/* Centred between `begin` and `end`, in as many lines as it needs and the height allows; on paper,
 * for lines of the grid cross the middle. */
static void
show_reason (const VmmDrawing *d, const char *text, double begin, double end)
{
  PangoRectangle words;
  int            height;

  pango_layout_set_width (d->layout, (int) ((end - begin - 2 * VMM_PAD) * PANGO_SCALE));
  pango_layout_set_alignment (d->layout, PANGO_ALIGN_CENTER);
  pango_layout_set_text (d->layout, text, -1);
  pango_layout_get_pixel_extents (d->layout, NULL, &words);
  height = words.height;
  if (height <= d->bottom - d->top) {
    double x = round (begin + VMM_PAD), y = round ((d->top + d->bottom - height) / 2);
    vmm_drawing_set_color (d, &d->plot->colors.background);
    vmm_drawing_fill (d, x + words.x - VMM_PAD, y, words.width + 2 * VMM_PAD, height);
    vmm_drawing_set_color (d, &d->plot->colors.quiet);
    cairo_move_to (d->cr, x, y);
    pango_cairo_show_layout (d->cr, d->layout);
  }
  pango_layout_set_width (d->layout, -1);
  pango_layout_set_alignment (d->layout, PANGO_ALIGN_LEFT);
}

void
vmm_marks_draw_gaps (const VmmDrawing *d, const guint *rows, const VmmColumn *columns, guint n)
{
  const VmmPlot *plot = d->plot;
  double         step = (d->right - d->left) / n;

  for (guint i = 0, end; i < n; i = end + 1) {
    for (end = i; end < n && !columns[end].any; end++)
      ;
    if (rows[i] == rows[end])
      continue;
    VmmAbsence why = vmm_absence (vmm_ring_get (plot->ring, rows[end] - 1, (guint) plot->main));
    /* A gap begins where the first of its rows is; one that is all there is takes the whole. */
    gint64 first_us = vmm_ring_get_time (plot->ring, rows[i]);
    double begin_x = MAX (d->left, vmm_drawing_get_x (d, first_us)), end_x = d->left + end * step;
    const char *text = vmm_phrase_absence (why);
    if (end == n && plot->reason)
      text = plot->reason;
    if (i == 0 && end == n)
      begin_x = d->left;
    if (text && end_x - begin_x >= GAP_WITH_TEXT)
      show_reason (d, text, begin_x, end_x);
  }
}
