/* SPDX-License-Identifier: MIT */
/* history_plot: a history as a picture: Cairo only, no widget. */
#pragma once

#include <pango/pangocairo.h>

#include "vmm/color.h"
#include "vmm/history.h"

typedef struct {
  VmmColor text, quiet, grid, background;
  VmmColor dots, band, change;
} VmmHistoryColors;

/* Draws into 0, 0, width, height: a dot for each day's median with its interval as a whisker, behind them of each
 * stretch the median and the band that nine of ten windows lie in, and a line with its number where it changed.
 * `layout` carries the font; its text is changed. */
void vmm_history_draw (const VmmHistory *history, const VmmHistoryColors *colors, cairo_t *cr,
                       PangoLayout *layout, double width, double height);
