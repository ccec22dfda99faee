/* SPDX-License-Identifier: MIT */
/* test_figure: numbers read well, and the same in every locale. */
#include "vmm/figure.h"

#include <locale.h>
#include <math.h>

typedef struct {
  double      value;
  const char *unit, *expected;
} Case;

static const Case cases[] = {
  { 0, "us", "0 µs" },
  { 251.4, "us", "251 µs" },
  { 99.96, "us", "100 µs" },
  { 99.94, "us", "99.9 µs" },
  { 9.996, "us", "10.0 µs" },
  { 1.234, "us", "1.23 µs" },
  { 0.05, "ms", "0.050 ms" },
  { 0.312, "ms", "0.31 ms" },
  { 9999, "us", "9999 µs" },
  { 10000, "us", "10.0 ms" },
  { 12345678, "ns", "12.3 ms" },
  { 4500, "MB/s", "4500 MB/s" },
  { 45000, "MB/s", "45.0 GB/s" },
  { 3.14159, "%", "3.1 %" },
  { 100, "%", "100.0 %" },
  { 12, "1/s", "12.0 per s" },
  { 3, "1", "3.00" },
  { -5.25, "ms", "-5.25 ms" },
  { NAN, "us", "-" },
  { INFINITY, "%", "-" },
  { 1e300, "%", "1.00e+300 %" },
  { 3, "furlong", "3.00 furlong" },
};

static void
test_units (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    char text[VMM_FIGURE_SIZE];
    g_assert_cmpstr (vmm_figure (text, cases[i].value, cases[i].unit), ==, cases[i].expected);
  }
}

/* One unit in a row, as large as its least value bears. */
static void
test_row (void)
{
  static const struct {
    double      values[2];
    const char *expected[2];
  } rows[] = {
    { { 20100, 4500 }, { "20.1 GB/s", "4.50 GB/s" } },
    { { 4500, 20100 }, { "4.50 GB/s", "20.1 GB/s" } },
    { { 20100, 3 }, { "20100 MB/s", "3.00 MB/s" } },
    { { 9999, 4500 }, { "9999 MB/s", "4500 MB/s" } },
    { { 20100, NAN }, { "20.1 GB/s", "-" } },
    { { 20100, 0 }, { "20.1 GB/s", "0 GB/s" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    VmmFigureUnit unit = vmm_figure_unit ("MB/s", rows[i].values, 2);
    for (guint k = 0; k < 2; k++) {
      char text[VMM_FIGURE_SIZE];
      vmm_figure_in (text, VMM_ENGLISH, rows[i].values[k], unit);
      g_assert_cmpstr (text, ==, rows[i].expected[k]);
    }
  }
}

static void
test_bare (void)
{
  char text[VMM_FIGURE_SIZE];

  g_assert_cmpstr (vmm_figure_bare (text, 0), ==, "0");
  g_assert_cmpstr (vmm_figure_bare (text, 12.34), ==, "12.3");
  g_assert_cmpstr (vmm_figure_bare (text, 1e15), ==, "1.00e+15");
  g_assert_cmpstr (vmm_figure_bare (text, -NAN), ==, "-");
  g_assert_cmpstr (vmm_figure_points (text, 97.34), ==, "97.3");
  g_assert_cmpstr (vmm_figure_points (text, NAN), ==, "n/a");
}

static void
test_bytes_and_seconds (void)
{
  char text[VMM_FIGURE_SIZE];

  g_assert_cmpstr (vmm_figure_bytes (text, 0), ==, "0 B");
  g_assert_cmpstr (vmm_figure_bytes (text, 4096.0 * 1024 * 1024), ==, "4.00 GiB");
  g_assert_cmpstr (vmm_figure_bytes (text, 1000.0 * 1024), ==, "0.98 MiB");
  g_assert_cmpstr (vmm_figure_bytes (text, NAN), ==, "-");
  g_assert_cmpstr (vmm_figure_seconds (text, 17), ==, "17 s");
  g_assert_cmpstr (vmm_figure_seconds (text, 16.2), ==, "17 s");
  g_assert_cmpstr (vmm_figure_seconds (text, 245), ==, "4 min 05 s");
  g_assert_cmpstr (vmm_figure_seconds (text, -1), ==, "0 s");
}

/* Where the decimal sign is a comma, if such a locale is installed. */
static void
test_locale (void)
{
  char text[VMM_FIGURE_SIZE];

  if (!setlocale (LC_NUMERIC, "de_DE.UTF-8") && !setlocale (LC_NUMERIC, "fr_FR.UTF-8")) {
    g_test_skip ("no locale with a decimal comma");
    return;
  }
  g_assert_cmpstr (vmm_figure (text, 1.5, "ms"), ==, "1,50 ms");
  g_assert_cmpstr (vmm_figure_bytes (text, 4096.0 * 1024 * 1024), ==, "4,00 GiB");
  setlocale (LC_NUMERIC, "C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/figure/units", test_units);
  g_test_add_func ("/figure/row", test_row);
  g_test_add_func ("/figure/bare", test_bare);
  g_test_add_func ("/figure/bytes-and-seconds", test_bytes_and_seconds);
  g_test_add_func ("/figure/locale", test_locale);
  return g_test_run ();
}
