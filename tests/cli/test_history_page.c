/* SPDX-License-Identifier: MIT */
/* test_history_page: what is said of a history, and the page that it is on. */
#include <math.h>
#include <string.h>

#include "history_page.h"
#include "vmm/history_words.h"
#include "vmm/text.h"

#define MACHINE "kvm/none/none"
#define A_DAY 12

static const VmmHistoryQuery query = { .machine = MACHINE };
static const VmmStyle        plain = {
         .hues = { "", "", "", "", "", "" }, .bold = "", .dim = "", .reset = "", .width = 80
};

/* From a day in November 2026 on, `days` days; each third value a little more; at 04:00 an eighth less. */
static VmmHistory *
make_history (guint days, guint changed_day)
{
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_store_entry_free);

  for (guint i = 0; i < days * A_DAY; i++) {
    VmmStoreEntry *entry = g_new0 (VmmStoreEntry, 1);
    gint64         second = 1793491200 + (gint64) i * (86400 / A_DAY);
    double         total = (i / A_DAY < changed_day ? 100 : 80) + i % 7;
    *entry = (VmmStoreEntry){ .id = g_strdup_printf ("run-%u", i),
                              .created = second * G_USEC_PER_SEC,
                              .label = g_strdup (""),
                              .vmm_id = g_strdup ("kvm"),
                              .vmm_name = g_strdup ("KVM"),
                              .instance_type = g_strdup (""),
                              .zone = g_strdup (""),
                              .machine = g_strdup (MACHINE),
                              .version = VMM_SCORE_VERSION,
                              .total = i % A_DAY == 2 ? total * 0.875 : total };
    g_ptr_array_add (entries, entry);
  }
  return vmm_history_new (entries, &query);
}

static void
assert_contains (const char *text, const char *part)
{
  g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, part));
}

/* Steady: nothing is found, and it is said so; what was skipped as well. */
static void
test_steady (void)
{
  g_autoptr (VmmHistory) history = make_history (20, 99);
  history->skipped = (VmmSkips){ { 12, 3 }, 1793491200 * (gint64) G_USEC_PER_SEC };
  g_autofree char *page = vmm_history_page (history, &plain);

  assert_contains (page, "History    240 measurements on 20 days: median 103.0, nine of ten from ");
  assert_contains (page, "skipped since 2026-11-01: 12 as the guest was busy, 3 as it was\n");
  assert_contains (page, "Changes    no change beyond chance\n");
  assert_contains (page, "Hours      low from 04:00 to 05:00: 12.");
  assert_contains (page, "\n2026-11-01  ");
  assert_contains (page, "\n2026-11-20  ");
}

static void
test_changed (void)
{
  g_autoptr (VmmHistory) history = make_history (20, 12);
  g_autofree char *page = vmm_history_page (history, &plain);
  g_autofree char *json = vmm_history_to_json (history);
  g_auto (GStrv) machine = vmm_history_say_machine (history, 0);

  assert_contains (page, "240 measurements on 20 days; since the last change: median 83.0, ");
  assert_contains (page, "──  changed 2026-11-13 00:00\n2026-11-13 ");
  assert_contains (page,
                   "Changes    2026-11-13 00:00: 103.0 before, 83.0 since: 19.4 % lower (p 0.00");
  assert_contains (page, "           what the machine was is not kept\n");
  g_assert_cmpuint (g_strv_length (machine), ==, 1);
  g_assert_null (vmm_history_say_what (history, 0));
  assert_contains (json, "\"time\": \"2026-11-13T00:00:00Z\"");
  assert_contains (json, "\"result\": \"run-144\"");
  assert_contains (json, "\"machine\": null");
  assert_contains (json, "\"low\": [4]");
}

/* Too little of everything, and nothing. */
static void
test_few (void)
{
  g_autoptr (VmmHistory) days = make_history (2, 99);
  g_autoptr (VmmHistory) none = make_history (0, 0);
  g_autofree char *page = vmm_history_page (days, &plain);
  g_autofree char *empty = vmm_history_page (none, &plain);

  assert_contains (page, "Changes    too few days to look for changes: 2 of 10\n");
  assert_contains (page, "Hours      too few measurements: 24 of 168\n");
  g_assert_cmpstr (empty, ==, "History    No measurement of this machine is kept\n");
}

/* No line is wider than the page, however many columns that has. */
static void
test_width (void)
{
  g_autoptr (VmmHistory) history = make_history (20, 12);

  for (guint width = 50; width <= 80; width++) {
    VmmStyle style = plain;
    style.width = width;
    g_autofree char *page = vmm_history_page (history, &style);
    g_auto (GStrv) lines = g_strsplit (page, "\n", -1);
    for (guint i = 0; lines[i]; i++)
      g_assert_cmpuint (vmm_text_width (lines[i]), <=, width);
  }
}

int
main (int argc, char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history-page/steady", test_steady);
  g_test_add_func ("/history-page/changed", test_changed);
  g_test_add_func ("/history-page/few", test_few);
  g_test_add_func ("/history-page/width", test_width);
  return g_test_run ();
}
