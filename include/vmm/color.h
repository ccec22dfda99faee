/* SPDX-License-Identifier: MIT */
/* color: a colour, as the style says it and as it is drawn in. */
#pragma once

/* Each from 0 to 1, not premultiplied. */
typedef struct {
  double red, green, blue, alpha;
} VmmColor;
