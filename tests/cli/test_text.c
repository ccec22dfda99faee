/* SPDX-License-Identifier: MIT */
/* test_text: text keeps to its columns, cannot steer the terminal, and survives in ASCII. */
#include "vmm/text.h"

static void
test_width (void)
{
  g_assert_cmpuint (vmm_text_width (""), ==, 0);
  g_assert_cmpuint (vmm_text_width ("abc"), ==, 3);
  g_assert_cmpuint (vmm_text_width ("µ▁█·"), ==, 4);
  g_assert_cmpuint (vmm_text_width ("日本"), ==, 4);
  g_assert_cmpuint (vmm_text_width ("e\u0301"), ==, 1); /* combining accent */
  g_assert_cmpuint (vmm_text_width ("\033[94m\033[1mabc\033[0m"), ==, 3);
  g_assert_cmpuint (vmm_text_width ("abc\033["), ==, 3); /* cut off */
}

static void
assert_cell (const char *text, guint width, const char *left, const char *right)
{
  g_autoptr (GString) out = g_string_new (NULL);

  vmm_text_append_left (out, text, width);
  g_assert_cmpstr (out->str, ==, left);
  g_string_truncate (out, 0);
  vmm_text_append_right (out, text, width);
  g_assert_cmpstr (out->str, ==, right);
}

static void
test_cells (void)
{
  assert_cell ("ab", 4, "ab  ", "  ab");
  assert_cell ("abcd", 4, "abcd", "abcd");
  assert_cell ("abcde", 4, "abc…", "abc…");
  assert_cell ("abcde", 1, "…", "…");
  assert_cell ("abcde", 0, "", "");
  assert_cell ("", 2, "  ", "  ");
  assert_cell ("日本語", 4, "日… ", "日…"); /* a wide character is not cut in two */
}

static void
assert_wrapped (const char *text, guint width, const char *expected)
{
  g_autoptr (GString) out = g_string_new (NULL);

  vmm_text_append_wrapped (out, text, 2, 2, width);
  g_assert_cmpstr (out->str, ==, expected);
}

static void
test_wrap (void)
{
  assert_wrapped ("", 10, "\n");
  assert_wrapped ("one two", 10, "one two\n");
  assert_wrapped ("one two three", 10, "one two\n  three\n");
  assert_wrapped ("one  two ", 10, "one two\n");
  assert_wrapped ("unbreakably long", 6, "unbreakably\n  long\n");
  assert_wrapped ("exactly8 x", 10, "exactly8\n  x\n");
  assert_wrapped ("a of 95 % b", 9, "a of\n  95 % b\n");
  assert_wrapped ("a 95 % b", 8, "a 95 %\n  b\n");
}

static void
test_break (void)
{
  static const char *const cases[][2] = { { "one two", "one two" },
                                          { "", "" },
                                          { "/a/long/path and", "/a/lo ng/pa th and" },
                                          { "12345 12345", "12345 12345" },
                                          { "日本語", "日本 語" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *broken = vmm_text_break (cases[i][0], 5);
    g_assert_cmpstr (broken, ==, cases[i][1]);
  }
}

static void
assert_converted (char *(*convert) (const char *), const char *text, const char *expected)
{
  g_autofree char *converted = convert (text);
  g_assert_cmpstr (converted, ==, expected);
}

static void
test_clean (void)
{
  assert_converted (vmm_text_clean, "Xeon® 2.3 GHz, für 日本", "Xeon® 2.3 GHz, für 日本");
  assert_converted (vmm_text_clean, "\033[2Jx", "\uFFFD[2Jx");
  assert_converted (vmm_text_clean, "a\nb\rc\td\x7f", "a\uFFFDb\uFFFDc\uFFFDd\uFFFD");
  assert_converted (vmm_text_clean,
                    "\xc2\x9b"
                    "2J",
                    "\uFFFD2J"); /* C1: CSI in one character */
  assert_converted (vmm_text_clean, "\u202eabc\u2028", "\uFFFDabc\uFFFD");
  assert_converted (vmm_text_clean, "\xff\xfe", "\uFFFD\uFFFD");
}

static void
test_ascii (void)
{
  assert_converted (vmm_text_to_ascii, "plain\n", "plain\n");
  assert_converted (vmm_text_to_ascii, "▁▂▃▄▅▆▇█░", "_.-:=+*#.");
  assert_converted (vmm_text_to_ascii, "3 µs · 4…", "3 us - 4~");
  assert_converted (vmm_text_to_ascii, "für", "fur");
  assert_converted (vmm_text_to_ascii, "“a” −15 to 1.–2.\u00A0%", "\"a\" -15 to 1.-2. %");
  assert_converted (vmm_text_to_ascii, "日", "?");
  assert_converted (vmm_text_to_ascii, "\033[0m", "\033[0m");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/width", test_width);
  g_test_add_func ("/text/cells", test_cells);
  g_test_add_func ("/text/wrap", test_wrap);
  g_test_add_func ("/text/break", test_break);
  g_test_add_func ("/text/clean", test_clean);
  g_test_add_func ("/text/ascii", test_ascii);
  return g_test_run ();
}
