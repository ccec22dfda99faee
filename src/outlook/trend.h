/* SPDX-License-Identifier: MIT */
/* trend: whether a level rises steadily, and when it arrives at a limit if it goes on so. */
#pragma once

#include <glib.h>

#define TREND_ROWS 60

typedef struct {
  guint  n;    /* rows so far, at most TREND_ROWS */
  guint  next; /* where the next one goes */
  double seconds[TREND_ROWS], values[TREND_ROWS];
} Trend;

typedef struct {
  double slope; /* a second, by least squares */
  double z;     /* of that slope and its error, widened by what the residuals have in common */
} TrendLine;

void trend_clear (Trend *trend);
void trend_push (Trend *trend, double seconds, double value);

/* FALSE before there are TREND_ROWS rows. */
gboolean trend_fit (const Trend *trend, TrendLine *ret_line);

/* How much further a trend of TREND_ROWS rises if it goes on slowing down; INFINITY = it does not. */
double trend_find_rest (const Trend *trend);
