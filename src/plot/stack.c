/* SPDX-License-Identifier: MIT */
/* stack: levels at the edges of each pixel column, and what lies between them. */
#include "stack.h"

#include <math.h>

#include "pixels.h"

/* Rows closer than so many columns are told by the highest of each column. */
#define CLOSE 3

typedef struct {
  float    levels[VMM_LAYERS_MAX];
  gboolean any; /* FALSE: nothing is known here */
} Edge;

/* Values become levels. The last area within is what must be there. */
static Edge
stack_up (const VmmStack *stack, const float *values)
{
  Edge  edge = { .any = TRUE };
  float level = 0, before = 0;

  for (guint k = 0; k < stack->n; k++) {
    VmmLayerKind kind = stack->layers[k].kind;
    float        value = isnan (values[k]) ? 0 : values[k];

    if (kind == VMM_LAYER_WITHIN) {
      level = MAX (level, value);
      edge.any = !isnan (values[k]);
    } else {
      level += kind == VMM_LAYER_ON ? value : MAX (0, value - before);
    }
    before = value;
    edge.levels[k] = level;
  }
  return edge;
}

/* On the line from row - 1 to `row`, if there is one. */
static Edge
find_between (const VmmStack *stack, const VmmColumnSpan *span, guint row, gint64 time_us)
{
  const VmmRing *ring = span->ring;
  float          values[VMM_LAYERS_MAX];

  if (row == 0 || row >= vmm_ring_get_length (ring))
    return (Edge){ .any = FALSE };
  gint64 begin = vmm_ring_get_time (ring, row - 1), end = vmm_ring_get_time (ring, row);
  float  share = (float) (time_us - begin) / (float) (end - begin);
  if (end - begin > span->max_gap_us)
    return (Edge){ .any = FALSE };
  for (guint k = 0; k < stack->n; k++) {
    guint channel = (guint) stack->layers[k].channel;
    float from = vmm_ring_get (ring, row - 1, channel), to = vmm_ring_get (ring, row, channel);

    /* What is only sometimes told is not drawn out beyond. */
    values[k] = isnan (from) ? to : isnan (to) ? from : from + (to - from) * share;
  }
  return stack_up (stack, values);
}

static Edge
find_highest (const VmmStack *stack, const VmmColumnSpan *span, guint first, guint end)
{
  float values[VMM_LAYERS_MAX], least;

  for (guint k = 0; k < stack->n; k++) {
    values[k] = NAN;
    vmm_ring_get_extremes (span->ring, (guint) stack->layers[k].channel, first, end, &least,
                           &values[k]);
  }
  return stack_up (stack, values);
}

/* One layer of a column, from the level below it, at the column's two edges, up to its own. */
typedef struct {
  double high, low; /* the two ends of a level, the higher first: y */
} Slope;

static Slope
make_slope (float left, float right, double height, double top)
{
  double scale = height / top;
  double high = MAX (left, right), low = MIN (left, right);

  return (Slope){ height - CLAMP (high * scale, 0, height),
                  height - CLAMP (low * scale, 0, height) };
}

/* Two layers share a pixel without covering one another; rounded, they may be too much for it. */
static guint32
add (guint32 pixel, guint32 more)
{
  return (pixel >> 24) + (more >> 24) > 255 ? pixel : pixel + more;
}

static void
paint_layer (const VmmPicture *picture, guint x, const Slope *upper, const Slope *lower,
             const VmmColor *color)
{
  const guint32 whole = pixels_blend (0, color, 1);
  guint         begin = (guint) floor (upper->high), end = (guint) ceil (lower->low);
  guint32      *pixel = picture->pixels + (gssize) begin * picture->stride + x;

  for (guint y = begin; y < end; y++, pixel += picture->stride)
    if (y >= upper->low && y + 1 <= lower->high) {
      *pixel = whole;
    } else {
      double cover =
          pixels_cover (y, upper->high, upper->low) - pixels_cover (y, lower->high, lower->low);
      *pixel = add (*pixel, pixels_blend (0, color, CLAMP (cover, 0, 1)));
    }
}

static void
paint_column (const VmmPicture *picture, guint x, const Edge *left, const Edge *right, double top,
              const VmmStack *stack)
{
  Slope lower = { picture->height, picture->height };

  for (guint k = 0; k < stack->n; k++) {
    Slope upper = make_slope (left->levels[k], right->levels[k], picture->height, top);
    if (upper.high < lower.high || upper.low < lower.low)
      paint_layer (picture, x, &upper, &lower, &stack->colors[k]);
    lower = upper;
  }
}

void
vmm_stack_paint (const VmmPicture *picture, const guint *rows, const VmmColumnSpan *span,
                 double top, const VmmStack *stack)
{
  const guint n = picture->width;
  gboolean    close = (gsize) CLOSE * (rows[n] - rows[0]) > n;
  Edge        left = find_between (stack, span, rows[0], vmm_columns_get_begin (span, 0));

  g_return_if_fail (top > 0 && stack->n <= VMM_LAYERS_MAX);

  for (guint x = 0; x < n; x++) {
    Edge right = find_between (stack, span, rows[x + 1], vmm_columns_get_begin (span, x + 1));
    Edge highest = { .any = FALSE };

    if (rows[x] < rows[x + 1] && (close || !left.any || !right.any))
      highest = find_highest (stack, span, rows[x], rows[x + 1]);
    if (highest.any)
      paint_column (picture, x, &highest, &highest, top, stack);
    else if (left.any && right.any)
      paint_column (picture, x, &left, &right, top, stack);
    left = right;
  }
}
