/* SPDX-License-Identifier: MIT */
/* test_language: without a catalogue all is English as it was made; figures go where they belong. */
#include "vmm/language.h"

#include <errno.h>
#include <locale.h>

/* What is said again is what was said, whatever it is. */
static void
test_say (void)
{
  static const char *const sentences[] = {
    "",
    "%",
    "%s",
    "100 %",
    ": ",
    "; ",
    "a; b: c; d",
    "proc/stat: no \"cpu\" line",
    "12 of 30 readings: no answer within 1 s",
    "12 of 30 readings: ",
    "window invalid: the guest, or this program, was stopped for 2500 ms",
    "the guest's own load was 41 %",
    "the wall clock was moved by -900 ms",
    "the wall clock was moved by -60 years",
    "/tmp: tmpfs, in memory; /var/tmp: less than 64 MiB free",
    "score.json: score: a digit was expected at byte 12",
    "proc/pressure/cpu: No such file or directory",
    "übergroße Pfade: 漢字 of readings",
  };

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++) {
    g_autofree char *said = vmm_say (sentences[i]);
    g_assert_cmpstr (said, ==, sentences[i]);
  }
}

/* A foreign file may hold anything: long and full of what sentences are joined by. */
static void
test_say_much (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (text->len < 1000)
    g_string_append (text, "a: b; ");
  g_autofree char *said = vmm_say (text->str);
  g_assert_cmpstr (said, ==, text->str);
}

static void
test_fill (void)
{
  g_autofree char *plain = vmm_fill ("%s of %u, %.1f %%", "a", "b", "c", NULL);
  g_autofree char *turned = vmm_fill ("%2$s before %1$s, %2$s", "a", "b", NULL);
  g_autofree char *missing = vmm_fill ("%s and %s, %9$s", "a", NULL);
  g_autofree char *broken = vmm_fill ("a %", "b", NULL);

  g_assert_cmpstr (plain, ==, "a of b, c %");
  g_assert_cmpstr (turned, ==, "b before a, b");
  g_assert_cmpstr (missing, ==, "a and , ");
  g_assert_cmpstr (broken, ==, "a b");
}

static void
test_text (void)
{
  g_assert_cmpstr (vmm_text (VMM_LOCAL, ""), ==, "");
  g_assert_cmpstr (vmm_text (VMM_LOCAL, "clean"), ==, "clean");
  g_assert_cmpstr (vmm_text_of (VMM_ENGLISH, "one", "many", 1), ==, "one");
  g_assert_cmpstr (vmm_text_of (VMM_ENGLISH, "one", "many", 0), ==, "many");
  g_assert_cmpstr (vmm_text_of (VMM_LOCAL, "one", "many", 2), ==, "many");
  g_assert_cmpstr (vmm_say_id ("quality", "clean"), ==, "clean");
  g_assert_cmpstr (vmm_say_id ("quality", ""), ==, "");
}

static void
test_figures (void)
{
  char text[VMM_DECIMAL_SIZE];

  g_assert_cmpstr (vmm_decimal (VMM_ENGLISH, text, "%.1f", 1234.56), ==, "1234.6");
  g_assert_cmpstr (vmm_strerror (ENOENT), ==, "No such file or directory");
  if (!setlocale (LC_ALL, "de_DE.UTF-8")) {
    g_test_skip ("no German locale");
    return;
  }
  g_assert_cmpstr (vmm_decimal (VMM_ENGLISH, text, "%.1f", 1234.56), ==, "1234.6");
  g_assert_cmpstr (vmm_decimal (VMM_LOCAL, text, "%.1f", 1234.56), ==, "1234,6");
  g_assert_cmpstr (vmm_strerror (ENOENT), ==, "No such file or directory");
  setlocale (LC_ALL, "C");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/say", test_say);
  g_test_add_func ("/language/say-much", test_say_much);
  g_test_add_func ("/language/fill", test_fill);
  g_test_add_func ("/language/text", test_text);
  g_test_add_func ("/language/figures", test_figures);
  return g_test_run ();
}
