/* SPDX-License-Identifier: MIT */
/* stack: areas upon areas, each as high as a channel says. */
#pragma once

#include "columns.h"
#include "vmm/metric.h"

typedef struct {
  const VmmLayer *layers; /* from below */
  const VmmColor *colors; /* as many */
  guint           n;      /* no more than VMM_LAYERS_MAX */
} VmmStack;

/* Paints on pixels that are clear. `rows` from vmm_columns_find(). Where rows are closer than columns,
 * each layer is as high as the highest of its column. A layer without a value is as high as 0. */
void vmm_stack_paint (const VmmPicture *picture, const guint *rows, const VmmColumnSpan *span,
                      double top, const VmmStack *stack);
