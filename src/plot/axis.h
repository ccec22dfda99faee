/* SPDX-License-Identifier: MIT */
/* axis: the grid with its labels. */
#pragma once

#include "drawing.h"

/* Of both axes. */
void vmm_axis_draw (const VmmDrawing *d);
