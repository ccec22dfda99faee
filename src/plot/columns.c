/* SPDX-License-Identifier: MIT */
/* columns: a channel's rows, gathered per pixel column and painted as pixels. */
#include "columns.h"

#include "pixels.h"
#include "vmm/channel.h"

void
vmm_column_span_init (VmmColumnSpan *ret_span, const VmmRing *ring, gint64 begin_us, gint64 end_us,
                      guint n, gint64 max_gap_us)
{
  g_return_if_fail (end_us > begin_us && n > 0);

  double column_us = (double) (end_us - begin_us) / n;
  *ret_span = (VmmColumnSpan){
    .ring = ring,
    .first_column = (gint64) floor (end_us / column_us) - n + 1,
    .column_us = column_us,
    .max_gap_us = max_gap_us,
  };
}

gint64
vmm_columns_get_begin (const VmmColumnSpan *span, guint column)
{
  return (gint64) ceil ((double) (span->first_column + column) * span->column_us);
}

void
vmm_columns_find (guint *ret_rows, guint n, const VmmColumnSpan *span)
{
  guint length = vmm_ring_get_length (span->ring);
  guint row = vmm_ring_find (span->ring, vmm_columns_get_begin (span, 0));
  guint far = vmm_ring_find (span->ring, vmm_columns_get_begin (span, n));
  guint step = (far - row) / n;

  for (guint i = 0; i <= n; i++) {
    gint64 begin = vmm_columns_get_begin (span, i);

    /* Rows come at even intervals: the next column begins about one step on. */
    if (i > 0)
      row = MIN (row + step, length);
    while (row > 0 && vmm_ring_get_time (span->ring, row - 1) >= begin)
      row--;
    while (row < length && vmm_ring_get_time (span->ring, row) < begin)
      row++;
    ret_rows[i] = row;
  }
}

static void
widen (VmmPixelColumn *column, float value)
{
  column->low = MIN (column->low, value);
  column->high = MAX (column->high, value);
  column->any = TRUE;
}

/* Adds the value that the line from row - 1 to `row` has at `time_us`, if there is such a line. */
static void
add_edge (VmmPixelColumn *column, const VmmColumnSpan *span, guint channel, guint row,
          gint64 time_us)
{
  if (row == 0 || row >= vmm_ring_get_length (span->ring))
    return;

  float  from = vmm_ring_get (span->ring, row - 1, channel);
  float  to = vmm_ring_get (span->ring, row, channel);
  gint64 begin = vmm_ring_get_time (span->ring, row - 1);
  gint64 end = vmm_ring_get_time (span->ring, row);

  if (isnan (from) || isnan (to) || end - begin > span->max_gap_us)
    return;
  widen (column, from + (to - from) * (float) (time_us - begin) / (float) (end - begin));
  column->floor = MIN (column->floor, MIN (from, to));
  column->ceiling = MAX (column->ceiling, MAX (from, to));
}

/* A value between two absent ones would be a hair of one pixel: make it a dot of three. */
static void
widen_dots (VmmPixelColumn *columns, guint n)
{
  for (guint i = 0; i < n; i++) {
    gboolean before = i > 0 && columns[i - 1].any, after = i + 1 < n && columns[i + 1].any;

    if (!columns[i].any || before || after)
      continue;
    if (i > 0)
      columns[i - 1] = columns[i];
    if (i + 1 < n) {
      columns[i + 1] = columns[i];
      i++;
    }
  }
}

void
vmm_columns_scan (VmmPixelColumn *ret_columns, const guint *rows, guint n,
                  const VmmColumnSpan *span, guint channel)
{
  for (guint i = 0; i < n; i++) {
    VmmPixelColumn column = { INFINITY,  -INFINITY, INFINITY,
                              -INFINITY, FALSE,     rows[i + 1] - rows[i] > 1 };
    float          low, high;

    if (vmm_ring_get_extremes (span->ring, channel, rows[i], rows[i + 1], &low, &high)) {
      widen (&column, low);
      widen (&column, high);
      column.floor = low;
      column.ceiling = high;
    }
    add_edge (&column, span, channel, rows[i], vmm_columns_get_begin (span, i));
    add_edge (&column, span, channel, rows[i + 1], vmm_columns_get_begin (span, i + 1));
    ret_columns[i] = column;
  }
  widen_dots (ret_columns, n);
}

void
vmm_columns_join (VmmPixelColumn *columns, const VmmPixelColumn *others, guint n)
{
  for (guint i = 0; i < n; i++) {
    if (!others[i].any)
      continue;
    widen (&columns[i], others[i].low);
    widen (&columns[i], others[i].high);
    columns[i].floor = MIN (columns[i].floor, others[i].floor);
    columns[i].ceiling = MAX (columns[i].ceiling, others[i].ceiling);
    columns[i].band = TRUE;
  }
}

/* ---- Painting. Heights y are pixels from the upper edge. */

typedef struct {
  double   high, low;  /* the edge of the filled area */
  double   thickness;  /* of the line, measured upright */
  double   begin, end; /* the line is cut off here: no spikes at corners */
  gboolean band;
} Piece;

static double
line_coverage (const Piece *piece, guint row)
{
  double half = piece->thickness / 2;
  double inside = MIN (row + 1.0, piece->end) - MAX ((double) row, piece->begin);

  if (inside <= 0)
    return 0;
  if (piece->band)
    return inside;
  double coverage = pixels_cover (row, piece->high - half, piece->low - half) -
                    pixels_cover (row, piece->high + half, piece->low + half);
  return CLAMP (MIN (coverage, inside), 0, 1);
}

static Piece
make_piece (const VmmPixelColumn *column, double height, double top, double width)
{
  double scale = height / top;
  Piece  piece = {
     .high = height - CLAMP (column->high * scale, 0, height),
     .low = height - CLAMP (column->low * scale, 0, height),
     .band = column->band,
  };
  double ceiling = height - CLAMP (column->ceiling * scale, 0, height);
  double floor = height - CLAMP (column->floor * scale, 0, height);

  /* A line is as thick across as it is wide: a steep one is taller. */
  piece.thickness = width * (piece.band ? 1 : hypot (1, piece.low - piece.high));
  piece.begin = MIN (ceiling, piece.high) - width / 2;
  piece.end = MAX (floor, piece.low) + width / 2;
  /* At the edges the whole line stays inside the picture. */
  if (piece.end > height) {
    double lift = MIN (piece.end - height, width / 2);
    piece.low -= lift, piece.high = MIN (piece.high, piece.low);
    piece.begin = MIN (piece.begin, piece.high - width / 2), piece.end = height;
  }
  if (piece.begin < 0) {
    double drop = MIN (-piece.begin, width / 2);
    piece.high += drop, piece.low = MAX (piece.low, piece.high);
    piece.end = MAX (piece.end, piece.low + width / 2), piece.begin = 0;
  }
  return piece;
}

/* The rows from `begin` on, `end` left out. */
static void
paint_line (const VmmPicture *picture, guint x, const Piece *piece, const VmmColumnStyle *style,
            guint begin, guint end)
{
  gboolean filled = style->fill.alpha > 0;
  guint32 *pixel = picture->pixels + (gssize) begin * picture->stride + x;

  /* Inside a band every pixel is the line's own: dense histories are little else. */
  gboolean      solid = piece->band && style->line.alpha >= 1;
  guint         solid_begin = solid ? (guint) ceil (MAX (0, piece->begin)) : end;
  guint         solid_end = solid ? (guint) MAX (0, floor (piece->end)) : end;
  const guint32 line_pixel = pixels_blend (0, &style->line, 1);

  for (guint y = begin; y < end; y++, pixel += picture->stride) {
    if (y >= solid_begin && y < solid_end) {
      *pixel = line_pixel;
      continue;
    }
    double line = line_coverage (piece, y);
    if (filled && line < 1)
      *pixel =
          pixels_blend (0, &style->fill,
                        piece->band ? y >= piece->low : pixels_cover (y, piece->high, piece->low));
    if (line > 0)
      *pixel = pixels_blend (*pixel, &style->line, line);
  }
}

static void
paint_piece (const VmmPicture *picture, guint x, const Piece *piece, const VmmColumnStyle *style)
{
  double half = piece->thickness / 2;
  guint  begin = (guint) MAX (0, floor (MAX (piece->high - half, piece->begin)));
  guint  end = (guint) CLAMP (ceil (MIN (piece->low + half, piece->end)), 0, picture->height);

  paint_line (picture, x, piece, style, begin, end);
  if (style->fill.alpha <= 0)
    return;
  const guint32 fill = pixels_blend (0, &style->fill, 1);
  guint32      *pixel = picture->pixels + (gssize) end * picture->stride + x;
  for (guint y = end; y < picture->height; y++, pixel += picture->stride)
    *pixel = fill;
}

void
vmm_columns_paint (const VmmPicture *picture, const VmmPixelColumn *columns, double top,
                   const VmmColumnStyle *style)
{
  g_return_if_fail (top > 0);

  for (guint x = 0; x < picture->width; x++) {
    if (!columns[x].any)
      continue;
    const Piece piece = make_piece (&columns[x], picture->height, top, style->width);
    paint_piece (picture, x, &piece, style);
  }
}
