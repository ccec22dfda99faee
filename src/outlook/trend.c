/* SPDX-License-Identifier: MIT */
/* trend: least squares over the last rows, and how far they can be trusted. */
#include "trend.h"

#include <math.h>

#define LEANING_MAX 0.98 /* of one residual on the one before */

typedef struct {
  guint  n;
  double time, value; /* means */
  double slope;
  double times; /* sum of squares of the times about their mean */
} Fit;

void
trend_clear (Trend *trend)
{
  trend->n = trend->next = 0;
}

void
trend_push (Trend *trend, double seconds, double value)
{
  trend->seconds[trend->next] = seconds;
  trend->values[trend->next] = value;
  trend->next = (trend->next + 1) % TREND_ROWS;
  trend->n = MIN (trend->n + 1, TREND_ROWS);
}

/* Where row `i` is, the oldest first. */
static guint
find (const Trend *trend, guint i)
{
  guint at = trend->next + i;

  return at < TREND_ROWS ? at : at - TREND_ROWS;
}

/* Of `n` rows, from row `first` on. */
static Fit
fit (const Trend *trend, guint first, guint n)
{
  Fit    line = { .n = n };
  double together = 0;

  for (guint i = 0; i < n; i++) {
    guint at = find (trend, first + i);
    line.time += trend->seconds[at];
    line.value += trend->values[at];
  }
  line.time /= n;
  line.value /= n;
  for (guint i = 0; i < n; i++) {
    guint  at = find (trend, first + i);
    double time = trend->seconds[at] - line.time;
    line.times += time * time;
    together += time * (trend->values[at] - line.value);
  }
  line.slope = together / line.times;
  return line;
}

/* The error of the slope. Residuals that lean on one another are fewer than they seem. */
static double
find_error (const Trend *trend, const Fit *line)
{
  double squares = 0, products = 0, before = 0;

  for (guint i = 0; i < line->n; i++) {
    guint  at = find (trend, i);
    double residual =
        trend->values[at] - line->value - line->slope * (trend->seconds[at] - line->time);
    squares += residual * residual;
    products += residual * before;
    before = residual;
  }
  double leaning = squares > 0 ? CLAMP (products / squares, 0, LEANING_MAX) : 0;
  return sqrt (squares / (line->n - 2) / line->times * (1 + leaning) / (1 - leaning));
}

/* If it goes on slowing down as from the older half to the newer one: as what warms up does. */
static double
find_rest (const Fit *older, const Fit *newer)
{
  double fading = newer->slope > 0 ? newer->slope / older->slope : 0;

  if (older->slope <= 0 || fading >= 1)
    return INFINITY;
  return fading > 0 ? newer->slope * sqrt (fading) * (newer->time - older->time) / -log (fading)
                    : 0;
}

gboolean
trend_fit (const Trend *trend, TrendLine *ret_line)
{
  if (trend->n < TREND_ROWS)
    return FALSE;

  Fit    all = fit (trend, 0, TREND_ROWS);
  double error = find_error (trend, &all);
  *ret_line = (TrendLine){
    .slope = all.slope,
    .z = error > 0       ? all.slope / error
         : all.slope > 0 ? INFINITY
                         : 0,
  };
  return TRUE;
}

double
trend_find_rest (const Trend *trend)
{
  Fit older = fit (trend, 0, TREND_ROWS / 2);
  Fit newer = fit (trend, TREND_ROWS / 2, TREND_ROWS / 2);

  return find_rest (&older, &newer);
}
