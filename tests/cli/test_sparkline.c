/* SPDX-License-Identifier: MIT */
/* test_sparkline: a line of blocks is exactly as wide as asked, and a gap is not a zero. */
#include "sparkline.h"

#include "vmm/channel.h"

#include <string.h>

static void
assert_drawn (const float *values, guint n, guint columns, float top, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  vmm_sparkline_append (out, values, n, columns, top);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_blocks (void)
{
  const float values[] = { 0, 12.4f, 12.6f, 50, 87.4f, 87.6f, 100, 130 };

  assert_drawn (values, G_N_ELEMENTS (values), 8, 100, "▁▁▂▅▇███");
  assert_drawn (values, 0, 3, 100, "   ");
  assert_drawn (values + 1, 2, 4, 100, "▁▁▂▂");
  assert_drawn (values + 1, 2, 5, 100, "▁▁▁▂▂");
  assert_drawn (values, 8, 0, 100, "");
  assert_drawn (values, 2, 2, 0, "▁▁"); /* no scale: no height */
}

/* Negative values and NaNs of unknown origin do not leave the scale. */
static void
test_gaps (void)
{
  const float values[] = { -5, NAN, vmm_absent (VMM_PENDING), 100, vmm_absent (VMM_OFF), 0 };

  assert_drawn (values, G_N_ELEMENTS (values), 6, 100, "▁  █ ▁");
  assert_drawn (values, G_N_ELEMENTS (values), 3, 100, "▁█▁"); /* the largest of each pair */
  assert_drawn (values + 1, 2, 1, 100, " ");
}

/* Many values in few columns: none is lost, whatever the ratio. */
static void
test_peak_survives (void)
{
  for (guint n = 1; n < 80; n++)
    for (guint columns = 1; columns < 40; columns++)
      for (guint peak = 0; peak < n; peak++) {
        float values[80] = { 0 };
        g_autoptr (GString) out = g_string_new (NULL);
        values[peak] = 100;
        vmm_sparkline_append (out, values, n, columns, 100);
        g_assert_cmpint (g_utf8_strlen (out->str, -1), ==, columns);
        g_assert_nonnull (strstr (out->str, "█"));
      }
}

static void
test_top (void)
{
  const struct {
    float largest, unit, top;
  } cases[] = { { 0, 1, 1 },     { 1, 1, 1 },      { 1.01f, 1, 2 },      { 3, 1, 5 },
                { 5.1f, 1, 10 }, { 999, 1, 1000 }, { 0.3f, 0.1f, 0.5f }, { -3, 1, 1 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const float values[] = { cases[i].largest, NAN };
    g_assert_cmpfloat_with_epsilon (vmm_sparkline_top (values, 2, cases[i].unit), cases[i].top,
                                    1e-6);
  }
  const float huge = G_MAXFLOAT, gap = NAN;
  g_assert_cmpfloat (vmm_sparkline_top (&huge, 1, 1), ==, G_MAXFLOAT);
  g_assert_cmpfloat (vmm_sparkline_top (&gap, 1, 1), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sparkline/blocks", test_blocks);
  g_test_add_func ("/sparkline/gaps", test_gaps);
  g_test_add_func ("/sparkline/peak-survives", test_peak_survives);
  g_test_add_func ("/sparkline/top", test_top);
  return g_test_run ();
}
