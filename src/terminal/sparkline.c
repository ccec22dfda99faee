/* SPDX-License-Identifier: MIT */
/* sparkline: draws values as eighths of a block, gaps as blanks. */
#include "sparkline.h"

#include "vmm/channel.h"

static const char *const blocks[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };

static const char *
get_block (float value, float top)
{
  if (vmm_absence (value) != VMM_PRESENT)
    return " ";
  const guint n = G_N_ELEMENTS (blocks);
  float       share = top > 0 ? CLAMP (value / top, 0.0f, 1.0f) : 0.0f;
  return blocks[MIN ((guint) (share * n), n - 1)];
}

/* The largest present value, or an absent one when there is none. */
static float
get_largest (const float *values, guint n)
{
  float largest = vmm_absent (VMM_PENDING);
  for (guint i = 0; i < n; i++)
    if (vmm_absence (values[i]) == VMM_PRESENT && !(values[i] <= largest))
      largest = values[i];
  return largest;
}

void
vmm_sparkline_append (GString *out, const float *values, guint n, guint columns, float top)
{
  for (guint i = 0; i < columns; i++) {
    guint first = (guint) ((guint64) i * n / columns);
    guint end = (guint) ((guint64) (i + 1) * n / columns);
    g_string_append (
        out, n > 0 ? get_block (get_largest (values + first, MAX (end - first, 1)), top) : " ");
  }
}

float
vmm_sparkline_top (const float *values, guint n, float unit)
{
  static const float steps[] = { 1, 2, 5 };

  float largest = get_largest (values, n), decade = unit;
  if (vmm_absence (largest) != VMM_PRESENT)
    return unit;
  for (guint i = 0; decade < G_MAXFLOAT / 10; i++) {
    float top = decade * steps[i % G_N_ELEMENTS (steps)];
    if (largest <= top)
      return top;
    if (i % G_N_ELEMENTS (steps) == G_N_ELEMENTS (steps) - 1)
      decade *= 10;
  }
  return largest;
}
