/* SPDX-License-Identifier: MIT */
/* test_contest: a comparison as a page keeps to its columns, whatever the sides are called. */
#include "contest_page.h"

#include "../core/made.h"
#include "vmm/text.h"

/* Two sides or more of one clean window each, called as said (NULL after the last). */
static VmmComparison *
compare (const char *const *names)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);

  for (guint i = 0; names[i]; i++) {
    float            row[VMM_N_CHANNELS];
    g_autofree char *created = g_strdup_printf ("\"2026-05-05T05:%02u:05Z\"", i);
    made_fill (row);
    row[VMM_CHANNEL_PROBE_COPY] = i ? 4500 : 20100;
    g_autoptr (VmmResult) result = made_result ("kvm", names[i], row);
    made_change (&result, "created", created, NULL);
    g_ptr_array_add (groups, vmm_group_new (names[i], &result, 1));
  }
  return vmm_compare (groups);
}

static char *
write_page (const VmmComparison *comparison, guint width)
{
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
  char *page = vmm_contest_page (account, width);
  g_auto (GStrv) lines = g_strsplit (page, "\n", -1);

  g_assert_true (g_utf8_validate (page, -1, NULL));
  for (guint i = 0; lines[i]; i++) {
    g_assert_cmpuint (vmm_text_width (lines[i]), <=, width);
    g_assert_false (g_str_has_suffix (lines[i], " "));
  }
  return page;
}

static void
assert_says (const char *text, const char *words)
{
  if (!strstr (text, words))
    g_error ("\"%s\" is not in:\n%s", words, text);
}

/* The values of all items begin in one column, two blanks after the longest title. */
static void
check_columns (const VmmComparison *comparison, const char *text)
{
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
  gsize longest = 0;

  for (guint i = 0; i < comparison->items->len; i++)
    longest = MAX (longest, strlen (vmm_account_title (account, comparison->items->pdata[i])));
  for (guint i = 0; i < comparison->items->len; i++) {
    const char      *title = vmm_account_title (account, comparison->items->pdata[i]);
    g_autofree char *line = g_strdup_printf ("\n  %-*s  kvm ", (int) longest, title);
    assert_says (text, line);
  }
}

static void
test_page (void)
{
  g_autoptr (VmmComparison) comparison = compare ((const char *[]){ "kvm", "xen", NULL });
  g_autofree char *page = write_page (comparison, 80);

  assert_says (page, "Sides\n  kvm: 1 measurement\n");
  assert_says (page, "\n\nLike is compared with like.\n");
  assert_says (page, "\n\nVerdict\n  indicative: kvm serves this guest ");
  assert_says (page, "kvm 20.1 GB/s, xen 4.50 GB/s\n");
  check_columns (comparison, page);
}

/* In any width, by a letter where a name is long; a name without a blank is cut in its one line. */
static void
test_narrow (void)
{
  const char *const names[] = {
    "a label that is very long indeed and has many words in it, for sure",
    "/a/path/without/any/blank/at/all/that/is/longer/than/any/line/of/"
    "the/page/that/it/is/on.json",
    "kvm",
    "kvm",
    "日本語の名前がとても長い場合の並べ方です",
    NULL
  };
  g_autoptr (VmmComparison) comparison = compare (names);

  for (guint width = 40; width <= 100; width++) {
    g_autofree char *page = write_page (comparison, width);
    assert_says (page, "\n  C = kvm: 1 measurement\n  D = kvm: 1 measurement\n");
    assert_says (page, " A ");
  }
}

/* What nothing is known of is not in the values of the others. */
static void
test_left_out (void)
{
  g_autoptr (VmmComparison) comparison = compare ((const char *[]){ "kvm", "xen", "qemu", NULL });
  g_autofree char *page = NULL;

  g_assert_cmpuint (comparison->n_fit, ==, 3);
  comparison->sides[1].windows = 0; /* as if */
  comparison->n_fit = 2;
  page = write_page (comparison, 80);
  assert_says (page, "kvm 20.1 GB/s, qemu 4.50 GB/s\n");
  g_assert_null (strstr (page, "no value"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/contest/page", test_page);
  g_test_add_func ("/contest/narrow", test_narrow);
  g_test_add_func ("/contest/left-out", test_left_out);
  return g_test_run ();
}
