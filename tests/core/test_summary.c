/* SPDX-License-Identifier: MIT */
/* test_summary: known figures of known values, and nothing from nothing. */
#include "vmm/channel.h"
#include "vmm/summary.h"

#include <float.h>
#include <math.h>

#define assert_near(found, expected) g_assert_cmpfloat_with_epsilon (found, expected, 1e-12)

static void
assert_empty (const VmmSummary *summary, guint missing)
{
  g_assert_true (isnan (summary->mean) && isnan (summary->median));
  g_assert_true (isnan (summary->p95) && isnan (summary->max));
  g_assert_cmpuint (summary->present, ==, 0);
  g_assert_cmpuint (summary->missing, ==, missing);
}

/* Worked out by hand: rank q * (n - 1), linear between neighbours. */
static void
test_quantile (void)
{
  const double x[] = { 1, 2, 4, 8, 16 }, one[] = { 7 };

  assert_near (vmm_quantile (x, 5, 0), 1);
  assert_near (vmm_quantile (x, 5, 0.1), 1.4);
  assert_near (vmm_quantile (x, 5, 0.5), 4);
  assert_near (vmm_quantile (x, 5, 0.9), 12.8);
  assert_near (vmm_quantile (x, 5, 0.95), 14.4);
  assert_near (vmm_quantile (x, 5, 1), 16);
  assert_near (vmm_quantile (x, 4, 0.5), 3);
  assert_near (vmm_quantile (one, 1, 0.3), 7);
}

static void
test_values (void)
{
  const double values[] = { 16, NAN, 2, INFINITY, 8, 1, -INFINITY, 4 };
  VmmSummary   summary;

  vmm_summary_of_values (&summary, values, G_N_ELEMENTS (values));
  assert_near (summary.mean, 6.2);
  assert_near (summary.median, 4);
  assert_near (summary.p95, 14.4);
  assert_near (summary.max, 16);
  g_assert_cmpuint (summary.present, ==, 5);
  g_assert_cmpuint (summary.missing, ==, 3);
}

static void
test_empty (void)
{
  const double nothing[] = { NAN, NAN };
  VmmSummary   summary;

  vmm_summary_of_values (&summary, nothing, 2);
  assert_empty (&summary, 2);
  vmm_summary_of_values (&summary, NULL, 0);
  assert_empty (&summary, 0);
}

static void
test_extremes (void)
{
  const double large[] = { DBL_MAX, DBL_MAX }, wide[] = { -DBL_MAX, DBL_MAX };
  VmmSummary   summary;

  vmm_summary_of_values (&summary, large, 2);
  assert_near (summary.mean / DBL_MAX, 1);
  assert_near (summary.median / DBL_MAX, 1);
  vmm_summary_of_values (&summary, wide, 2);
  assert_near (summary.mean, 0);
  assert_near (summary.median, 0);
  assert_near (summary.max / DBL_MAX, 1);
}

static void
test_ring (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (8, 2);
  VmmSummary summary;

  for (int i = 0; i < 12; i++) { /* keeps 4 .. 11 */
    const float row[] = { vmm_absent (VMM_OFF), i == 6 ? vmm_absent (VMM_FAILED) : (float) i };
    vmm_ring_push (ring, i, row);
  }
  vmm_summary_of_ring (&summary, ring, 1, 1, 6); /* 5 (6) 7 8 9 */
  assert_near (summary.mean, 7.25);
  assert_near (summary.median, 7.5);
  assert_near (summary.max, 9);
  g_assert_cmpuint (summary.present, ==, 4);
  g_assert_cmpuint (summary.missing, ==, 1);
  vmm_summary_of_ring (&summary, ring, 0, 0, 8);
  assert_empty (&summary, 8);
  vmm_summary_of_ring (&summary, ring, 1, 3, 3);
  assert_empty (&summary, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/summary/quantile", test_quantile);
  g_test_add_func ("/summary/values", test_values);
  g_test_add_func ("/summary/empty", test_empty);
  g_test_add_func ("/summary/extremes", test_extremes);
  g_test_add_func ("/summary/ring", test_ring);
  return g_test_run ();
}
