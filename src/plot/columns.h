/* SPDX-License-Identifier: MIT */
/* columns: what a channel did within each pixel column of a span of time, and its picture.
 *
 * One way for every density: where rows are further apart than columns, a column holds a piece of
 * the line between two rows, antialiased by its exact area; where they are closer, it holds the
 * band from their smallest to their largest value. The cost comes from pixels, not from rows.
 * Columns lie at multiples of their own duration, so a picture that moves on does not shimmer. */
#pragma once

#include "vmm/color.h"
#include "vmm/ring.h"

typedef struct {
  float    low, high;      /* smallest and largest value in the column, its edges included */
  float    floor, ceiling; /* of the rows that the piece of line runs between */
  gboolean any, band;      /* FALSE, ..: the pen is lifted; .., TRUE: two rows or more */
} VmmPixelColumn;

/* Column i of `n` is the time from (first_column + i) * column_us, `column_us` long. */
typedef struct {
  const VmmRing *ring;
  gint64         first_column;
  double         column_us;
  gint64         max_gap_us; /* rows further apart are not joined */
} VmmColumnSpan;

/* The span of `n` columns that ends with the column of `end_us`. */
void vmm_column_span_init (VmmColumnSpan *ret_span, const VmmRing *ring, gint64 begin_us,
                           gint64 end_us, guint n, gint64 max_gap_us);

/* The time at which a column begins. */
gint64 vmm_columns_get_begin (const VmmColumnSpan *span, guint column);

/* The first row of each of `n` columns, and of the one after: n + 1 figures. */
void vmm_columns_find (guint *ret_rows, guint n, const VmmColumnSpan *span);

/* `rows` from vmm_columns_find(). */
void vmm_columns_scan (VmmPixelColumn *ret_columns, const guint *rows, guint n,
                       const VmmColumnSpan *span, guint channel);

/* Puts what `others` reach to into `columns`, `n` of each. */
void vmm_columns_join (VmmPixelColumn *columns, const VmmPixelColumn *others, guint n);

/* How a series looks. `width` in pixels of the picture; `fill` with alpha 0 = only the line. */
typedef struct {
  VmmColor line, fill;
  double   width;
} VmmColumnStyle;

/* A picture of premultiplied ARGB words, as cairo's image surfaces have them. */
typedef struct {
  guint32 *pixels;
  guint    width, height; /* pixels */
  gssize   stride;        /* the same; below 0: it is upside down */
} VmmPicture;

/* Paints one column for each of the picture's: a line over what is there, a filled area in place
 * of it. `top` is the value at the upper edge, 0 at the lower. */
void vmm_columns_paint (const VmmPicture *picture, const VmmPixelColumn *columns, double top,
                        const VmmColumnStyle *style);
