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

static void
summarise (VmmSummary *ret_summary, const float *values, guint n)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (16, 1);

  for (guint i = 0; i < n; i++)
    vmm_ring_push (ring, i, &values[i]);
  vmm_summary_of_ring (ret_summary, ring, 0, 0, n);
}

/* Worked out by hand: rank q * (n - 1), linear between neighbours. */
static void
test_values (void)
{
  static const struct {
    guint  n;
    float  values[5];
    double mean, median, p95;
  } cases[] = {
    { 5, { 16, 2, 8, 1, 4 }, 6.2, 4, 14.4 },
    { 4, { 8, 1, 4, 2 }, 3.75, 3, 7.4 },
    { 1, { 7 }, 7, 7, 7 },
    { 2, { -3, -3 }, -3, -3, -3 },
    { 2, { -FLT_MAX, FLT_MAX }, 0, 0, 0.9 * FLT_MAX },
    { 5, { FLT_MAX, FLT_MAX, FLT_MAX, FLT_MAX, FLT_MAX }, FLT_MAX, FLT_MAX, FLT_MAX },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    VmmSummary summary;
    double     unit = cases[i].p95 > 1e9 ? FLT_MAX : 1;

    summarise (&summary, cases[i].values, cases[i].n);
    assert_near (summary.mean / unit, cases[i].mean / unit);
    assert_near (summary.median / unit, cases[i].median / unit);
    assert_near (summary.p95 / unit, cases[i].p95 / unit);
    g_assert_cmpuint (summary.present, ==, cases[i].n);
    g_assert_cmpuint (summary.missing, ==, 0);
  }
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
  g_test_add_func ("/summary/values", test_values);
  g_test_add_func ("/summary/ring", test_ring);
  return g_test_run ();
}
