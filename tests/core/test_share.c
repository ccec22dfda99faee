/* SPDX-License-Identifier: MIT */
/* test_share: what is shown to others is short, whole, and harmless wherever it is pasted. */
#include "made.h"

#include "vmm/card.h"
#include "vmm/error.h"
#include "vmm/store.h"
#include "vmm/words.h"

#include <glib/gstdio.h>

/* What a label may try, in each language that it comes into. */
static const char hostile[] = "<script>alert(1)</script> | `x` **b** @all [a](http://e.org) "
                              "www.e.org \xe2\x80\x8b&amp;";

static guint
count (const char *text, const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at; at = strstr (at + 1, part))
    n++;
  return n;
}

static void
assert_has (const char *text, const char *part)
{
  if (!strstr (text, part))
    g_error ("\"%s\" is not in:\n%s", part, text);
}

static void
assert_has_not (const char *text, const char *part)
{
  if (strstr (text, part))
    g_error ("\"%s\" is in:\n%s", part, text);
}

/* ---- A result */

static void
test_paste (void)
{
  g_autoptr (VmmResult) result = made_clean ("virtualbox", "sata");
  g_autoptr (VmmShare) share = vmm_share_new_of_run (result);
  g_autofree char *text = vmm_share_paste (share);
  g_autofree char *digest = vmm_result_get_digest (result);
  g_autofree char *score = vmm_words_score (vmm_result_get_score (result));
  g_autofree char *machine = vmm_host_summary (vmm_result_get_host (result));

  g_assert_cmpuint (count (text, "\n"), <=, VMM_SHARE_LINES);
  assert_has (text, score);
  assert_has (text, machine);
  assert_has (text, "Label      sata\n");
  assert_has (text, "Network    100.0   ");
  assert_has (text, digest);
  assert_has (text, "no symptom found");
}

/* As long as it gets: a version, a label, findings. */
static void
test_longest (void)
{
  g_autoptr (VmmResult) result = made_clean ("virtualbox", "sata");

  made_change (&result, "host/vmm/version", "\"7.1.4\"", "host/clocksource", "\"acpi_pm\"", NULL);
  g_autoptr (VmmShare) share = vmm_share_new_of_run (result);
  g_autofree char *text = vmm_share_paste (share), *markdown = vmm_share_markdown (share);

  g_assert_cmpuint (count (text, "\n"), ==, VMM_SHARE_LINES);
  assert_has (text, "VMM        Oracle VirtualBox version 7.1.4\n");
  assert_has (text, "clock source");
  g_assert_cmpuint (count (markdown, "\n"), <=, VMM_SHARE_LINES);
}

/* The digest is that of the store, whatever the label. */
static void
test_digest (void)
{
  g_autoptr (VmmResult) result = made_clean ("kvm", "one");
  g_autoptr (VmmResult) other = vmm_result_with_label (result, "two");
  g_autofree char *directory = g_dir_make_tmp ("share-XXXXXX", NULL);
  g_autoptr (VmmStore) store = vmm_store_open (directory);
  g_autofree char *id = vmm_store_save (store, result, NULL, NULL);
  g_autofree char *digest = vmm_result_get_digest (result), *same = vmm_result_get_digest (other);
  g_autofree char *begin = g_strndup (digest, 4);

  g_assert_cmpstr (digest, ==, same);
  g_assert_cmpuint (strlen (digest), ==, 64);
  g_assert_true (g_str_has_suffix (id, begin));
  g_assert_true (vmm_store_delete (store, id, NULL));
  vmm_store_purge (store, NULL);
  g_rmdir (directory);
}

static void
test_no_score (void)
{
  g_autoptr (VmmResult) result = made_clean ("kvm", NULL);

  made_set (&result, "window/quality", "\"disturbed\"");
  g_autoptr (VmmShare) disturbed = vmm_share_new_of_run (result);
  g_autofree char *text = vmm_share_paste (disturbed);
  assert_has (text, "Score (100.0)");
  assert_has (text, "not for comparison");

  float   row[VMM_N_CHANNELS];
  VmmPlan plan;
  made_fill (row);
  vmm_plan_init (&plan);
  plan.probes = FALSE;
  g_autoptr (VmmResult) passive = made_run (&plan, "kvm", (const float (*)[VMM_N_CHANNELS]) row, 1);
  vmm_plan_clear (&plan);
  g_autoptr (VmmShare) share = vmm_share_new_of_run (passive);
  g_autofree char *pasted = vmm_share_paste (share), *page = vmm_share_page (share);
  assert_has (pasted, "No score: ");
  assert_has (page, "No score: ");
  g_assert_cmpfloat (vmm_share_scale (share), ==, 125);
}

/* ---- Whatever a label says */

static void
test_hostile (void)
{
  g_autoptr (VmmResult) result = made_clean ("kvm", hostile);
  g_autoptr (VmmShare) share = vmm_share_new_of_run (result);
  g_autofree char *text = vmm_share_paste (share), *markdown = vmm_share_markdown (share),
                  *page = vmm_share_page (share);

  assert_has_not (text, "\xe2\x80\x8b");
  assert_has_not (markdown, "\xe2\x80\x8b");
  assert_has (markdown, "\\<script\\>");
  assert_has (markdown, "\\| \\`x\\` \\*\\*b\\*\\* @\xe2\x81\xa0"
                        "all \\[a\\](http\\://e.org) www\\.e.org");
  assert_has_not (page, "\xe2\x80\x8b");
  assert_has_not (page, "<script");
  assert_has (page, "&lt;script&gt;alert(1)&lt;/script&gt;");
}

/* ---- The page */

/* Each element is closed, and in order. */
static void
assert_balanced (const char *page)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRegex) tags = g_regex_new ("<(/?)([a-z0-9]+)([^>]*?)(/?)>", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  for (g_regex_match (tags, page, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL)) {
    g_autofree char *end = g_match_info_fetch (match, 1), *name = g_match_info_fetch (match, 2),
                    *self = g_match_info_fetch (match, 4);
    if (*end) {
      g_assert_cmpuint (open->len, >, 0);
      g_assert_cmpstr (open->pdata[open->len - 1], ==, name);
      g_ptr_array_remove_index (open, open->len - 1);
    } else if (!*self && strcmp (name, "meta") != 0)
      g_ptr_array_add (open, g_strdup (name));
  }
  g_assert_cmpuint (open->len, ==, 0);
}

/* Nothing runs in it, and nothing is fetched. */
static void
assert_alone (const char *page)
{
  static const char *const means[] = { "<script", "<link", "<img",    "<iframe", "src=",
                                       "href=",   "url(",  "@import", "onload=" };

  for (guint i = 0; i < G_N_ELEMENTS (means); i++)
    assert_has_not (page, means[i]);
  g_assert_cmpuint (count (page, "http"), ==, 2); /* http-equiv, and the name of SVG */
  assert_has (page, "default-src 'none'");
  assert_has (page, "prefers-color-scheme:dark");
  assert_balanced (page);
}

static void
test_page (void)
{
  g_autoptr (VmmResult) result = made_clean ("virtualbox", "sata");

  made_set (&result, "host/clocksource", "\"acpi_pm\"");
  g_autoptr (VmmShare) share = vmm_share_new_of_run (result);
  g_autofree char *page = vmm_share_page (share);
  assert_alone (page);
  assert_has (page, "<svg ");
  assert_has (page, "<article><h3>");
  assert_has (page, "<dt>Clock source</dt><dd>acpi_pm</dd>");
  assert_has (page, "<dt>undo</dt><dd>with the VM off: VBoxManage modifyvm NAME");
  assert_has (page, share->digest);
}

/* ---- A comparison */

static VmmResult *
make_at (char minute, const char *label)
{
  VmmResult       *result = made_clean ("kvm", label);
  g_autofree char *time = g_strdup_printf ("\"2026-11-26T09:0%c:05Z\"", minute);

  made_set (&result, "created", time);
  return result;
}

static VmmComparison *
compare (VmmResult *const *results, guint n)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);

  for (guint i = 0; i < n; i++) {
    VmmResult *result = results[i];
    g_ptr_array_add (groups, vmm_group_new (vmm_result_get_label (result), &result, 1));
  }
  return vmm_compare (groups);
}

static void
test_comparison (void)
{
  g_autoptr (VmmResult) sata = make_at ('1', "sata"), virtio = make_at ('2', "virtio");
  made_set (&sata, "host/clocksource", "\"acpi_pm\"");
  VmmResult *const there[] = { sata, virtio }, *const back[] = { virtio, sata };
  g_autoptr (VmmComparison) comparison = compare (there, 2), turned = compare (back, 2);
  vmm_comparison_prove (comparison);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_LOCAL);
  g_autoptr (VmmAccount) other = vmm_account_new (turned, VMM_LOCAL);
  g_autoptr (VmmShare) share = vmm_share_new_of_comparison (account, NULL);
  g_autoptr (VmmShare) same = vmm_share_new_of_comparison (other, NULL);
  g_autofree char *text = vmm_share_paste (share), *markdown = vmm_share_markdown (share),
                  *page = vmm_share_page (share);

  g_assert_cmpuint (count (text, "\n"), <=, VMM_SHARE_LINES);
  assert_has (text, "\nIndicative: between sata and virtio no difference");
  assert_has (text, "\nsata: 1 measurement · ");
  g_assert_cmpuint (count (markdown, "\n"), <=, VMM_SHARE_LINES);
  assert_has (markdown, "| | sata | virtio |");
  assert_alone (page);
  assert_has (page, "<dt>A slow clock source</dt><dd>sata alone has it; said to cost less than 1 "
                    "point; measured: served there as virtio, its total changes by 0.0 points");
  g_assert_cmpstr (share->digest, ==, same->digest);
}

/* Where in a cloud the machine is, and on which host there, is nobody's business. */
static void
test_place (void)
{
  g_autoptr (VmmResult) a = made_clean ("kvm", "a"), b = made_clean ("kvm", "b");
  VmmResult **const        both[] = { &a, &b };
  static const char *const zones[] = { "\"eu-north-7a\"", "\"eu-north-7b\"" };

  for (guint i = 0; i < G_N_ELEMENTS (both); i++)
    made_change (both[i], "host/cloud/id", "\"aws\"", "host/cloud/instance_type", "\"t3.medium\"",
                 "host/cloud/region", "\"eu-north-7\"", "host/cloud/zone", zones[i],
                 "host/cloud/host_hint", i ? "\"feedbead\"" : "\"feedface\"", NULL);
  VmmResult *const results[] = { a, b };
  g_autoptr (VmmComparison) comparison = compare (results, 2);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_LOCAL);
  g_autoptr (VmmShare) one = vmm_share_new_of_run (a);
  g_autoptr (VmmShare) two = vmm_share_new_of_comparison (account, NULL);
  const VmmShare *const shares[] = { one, two };

  for (guint i = 0; i < G_N_ELEMENTS (shares); i++) {
    g_autofree char *page = vmm_share_page (shares[i]), *text = vmm_share_paste (shares[i]);
    g_autofree char *all = g_strconcat (page, text, NULL);
    assert_has (page, "t3.medium");
    assert_has_not (all, "eu-north");
    assert_has_not (all, "feed");
  }
  g_autofree char *compared = vmm_share_page (two);
  assert_has (compared, "<dt>Zone</dt><dd>–</dd>");
}

static void
test_other_sides (void)
{
  g_autoptr (VmmResult) a = make_at ('1', "a"), b = make_at ('2', "b"), c = make_at ('3', "c");
  VmmResult *const results[] = { a, b, c };

  for (guint n = 1; n <= 3; n += 2) {
    g_autoptr (VmmComparison) comparison = compare (results, n);
    g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_LOCAL);
    g_autoptr (GError) error = NULL;
    g_assert_null (vmm_share_new_of_comparison (account, &error));
    g_assert_error (error, VMM_ERROR, VMM_ERROR_RANGE);
  }
}

/* ---- Without pictures: as this test is linked */

static void
test_absent (void)
{
  g_autoptr (VmmResult) result = made_clean ("kvm", NULL);
  g_autoptr (VmmShare) share = vmm_share_new_of_run (result);
  g_autoptr (GError) error = NULL;

  g_assert_false (vmm_card_save (share, "card.png", &error));
  g_assert_error (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED);
  assert_has (error->message, "not in this build");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/share/paste", test_paste);
  g_test_add_func ("/share/longest", test_longest);
  g_test_add_func ("/share/digest", test_digest);
  g_test_add_func ("/share/no-score", test_no_score);
  g_test_add_func ("/share/hostile", test_hostile);
  g_test_add_func ("/share/page", test_page);
  g_test_add_func ("/share/comparison", test_comparison);
  g_test_add_func ("/share/place", test_place);
  g_test_add_func ("/share/other-sides", test_other_sides);
  g_test_add_func ("/share/absent", test_absent);
  return g_test_run ();
}
