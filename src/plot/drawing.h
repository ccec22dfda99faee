/* SPDX-License-Identifier: MIT */
/* drawing: what the parts of one plot draw it with. */
#pragma once

#include "pen.h"
#include "vmm/plot.h"

#define VMM_PAD 4.0 /* between text and what it belongs to */

typedef struct {
  const VmmPlot *plot;
  VmmPen         pen;
  VmmFrame       frame; /* the axes; edges on whole user units, times in microseconds */
} VmmDrawing;
