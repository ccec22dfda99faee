/* SPDX-License-Identifier: MIT */
/* test_ring: what goes in comes out, in order, oldest forgotten first. */
#include "vmm/channel.h"
#include "vmm/ring.h"

/* The value that row `serial` has in `channel`; every seventh is absent. */
static float
value_of (guint serial, guint channel)
{
  if ((serial + channel) % 7 == 0)
    return vmm_absent (VMM_PENDING);
  return (float) ((serial * 37u + channel * 11u) % 101u) - 50.0f;
}

static void
push (VmmRing *ring, guint serial, guint channels)
{
  float row[8];
  for (guint c = 0; c < channels; c++)
    row[c] = value_of (serial, c);
  vmm_ring_push (ring, (gint64) serial * 1000, row);
}

static void
test_empty (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (4, 2);
  float min = 7, max = 8;

  g_assert_cmpuint (vmm_ring_get_length (ring), ==, 0);
  g_assert_cmpuint (vmm_ring_find (ring, 0), ==, 0);
  g_assert_false (vmm_ring_get_extremes (ring, 0, 0, 0, &min, &max));
  g_assert_cmpfloat (min, ==, 7); /* untouched */
  g_assert_cmpfloat (max, ==, 8);
  vmm_ring_free (NULL);
}

/* Each row and each value costs what is said, for any number of channels. */
static void
test_size (void)
{
  for (guint channels = 1; channels <= 1000; channels *= 10) {
    double row =
        (double) (vmm_ring_size (96000, channels) - vmm_ring_size (16000, channels)) / 80000;
    g_assert_cmpfloat (row, ==, 8 + 4.5 * channels);
    g_assert_cmpuint (vmm_ring_size (16000, channels), >=, (gsize) (16000 * row));
    g_assert_cmpuint (vmm_ring_size (1, channels), <=, (gsize) (32 * row) + 128);
  }
}

/* Against an array that forgets nothing, at every length, for capacities around a block. */
static void
test_model (void)
{
  const guint capacities[] = { 1, 2, 15, 16, 17, 33, 100 }, channels = 3;

  for (guint k = 0; k < G_N_ELEMENTS (capacities); k++) {
    g_autoptr (VmmRing) ring = vmm_ring_new (capacities[k], channels);

    for (guint serial = 0; serial < 3 * capacities[k] + 40; serial++) {
      push (ring, serial, channels);
      guint length = vmm_ring_get_length (ring), oldest = serial + 1 - length;
      g_assert_cmpuint (length, ==, MIN (serial + 1, capacities[k]));
      g_assert_cmpuint (vmm_ring_get_pushed (ring), ==, serial + 1);
      for (guint i = 0; i < length; i++) {
        g_assert_cmpint (vmm_ring_get_time (ring, i), ==, (gint64) (oldest + i) * 1000);
        for (guint c = 0; c < channels; c++) {
          float expected = value_of (oldest + i, c), found = vmm_ring_get (ring, i, c);
          g_assert_cmpint (vmm_absence (found), ==, vmm_absence (expected));
          if (!isnan (expected))
            g_assert_cmpfloat (found, ==, expected);
        }
      }
    }
  }
}

static void
test_extremes (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (70, 1);

  for (guint serial = 0; serial < 200; serial++)
    push (ring, serial, 1);
  for (guint first = 0; first <= 70; first++)
    for (guint end = first; end <= 70; end++) {
      float    min = INFINITY, max = -INFINITY, found_min, found_max;
      gboolean any = FALSE;
      for (guint i = first; i < end; i++) {
        float value = value_of (130 + i, 0);
        if (isnan (value))
          continue;
        any = TRUE;
        min = MIN (min, value);
        max = MAX (max, value);
      }
      g_assert_cmpint (vmm_ring_get_extremes (ring, 0, first, end, &found_min, &found_max), ==,
                       any);
      if (any) {
        g_assert_cmpfloat (found_min, ==, min);
        g_assert_cmpfloat (found_max, ==, max);
      }
    }
}

/* Whole blocks of it, at any place in a block. */
static void
test_nothing_present (void)
{
  const float absent = vmm_absent (VMM_FAILED);
  g_autoptr (VmmRing) ring = vmm_ring_new (100, 1);
  float low = 1, high = 2;

  for (gint64 time_us = 0; time_us < 100; time_us++)
    vmm_ring_push (ring, time_us, &absent);
  for (guint first = 0; first < 100; first++)
    g_assert_false (vmm_ring_get_extremes (ring, 0, first, 100, &low, &high));
  g_assert_cmpfloat (low, ==, 1);
  g_assert_cmpfloat (high, ==, 2);
}

static void
test_find (void)
{
  g_autoptr (VmmRing) ring = vmm_ring_new (50, 1);

  for (guint serial = 0; serial < 75; serial++)
    push (ring, serial, 1); /* keeps 25 .. 74 at 25000 .. 74000 us */
  g_assert_cmpuint (vmm_ring_find (ring, G_MININT64), ==, 0);
  g_assert_cmpuint (vmm_ring_find (ring, 25000), ==, 0);
  g_assert_cmpuint (vmm_ring_find (ring, 25001), ==, 1);
  g_assert_cmpuint (vmm_ring_find (ring, 60000), ==, 35);
  g_assert_cmpuint (vmm_ring_find (ring, 74000), ==, 49);
  g_assert_cmpuint (vmm_ring_find (ring, 74001), ==, 50);
}

/* Longer and shorter, in the middle of a block and out of it: the newest rows stay, the count goes on. */
static void
test_resize (void)
{
  static const guint sizes[] = { 50, 20, 1, 33, 200, 90, 16 };
  g_autoptr (VmmRing) ring = vmm_ring_new (70, 3);
  guint serial = 0, length = 0, capacity = 70;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    for (guint n = 0; n < 37; n++)
      push (ring, serial++, 3);
    length = MIN (length + 37, capacity);
    vmm_ring_resize (ring, sizes[i]);
    capacity = sizes[i];
    length = MIN (length, capacity);
    g_assert_cmpuint (vmm_ring_get_length (ring), ==, length);
    g_assert_cmpuint (vmm_ring_get_pushed (ring), ==, serial);
    for (guint first = 0; first < length; first++) {
      float low = INFINITY, high = -INFINITY, found_low = INFINITY, found_high = -INFINITY;
      for (guint row = first; row < length; row++) {
        float value = value_of (serial - length + row, 1);
        low = fminf (low, value);
        high = fmaxf (high, value);
      }
      vmm_ring_get_extremes (ring, 1, first, length, &found_low, &found_high);
      g_assert_cmpfloat (found_low, ==, low);
      g_assert_cmpfloat (found_high, ==, high);
    }
  }
}

static void
test_time_must_rise (void)
{
  if (g_test_subprocess ()) {
    g_autoptr (VmmRing) ring = vmm_ring_new (4, 1);
    push (ring, 2, 1);
    push (ring, 2, 1);
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*time_us >*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ring/empty", test_empty);
  g_test_add_func ("/ring/size", test_size);
  g_test_add_func ("/ring/model", test_model);
  g_test_add_func ("/ring/extremes", test_extremes);
  g_test_add_func ("/ring/nothing-present", test_nothing_present);
  g_test_add_func ("/ring/find", test_find);
  g_test_add_func ("/ring/resize", test_resize);
  g_test_add_func ("/ring/time-must-rise", test_time_must_rise);
  return g_test_run ();
}
