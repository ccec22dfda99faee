/* SPDX-License-Identifier: MIT */
/* test_words: what is said of a run is said once, whole, and with the same figures everywhere. */
#include "made.h"
#include "vmm/account.h"
#include "vmm/phrases.h"
#include "vmm/words.h"

#include <string.h>

static void
assert_words (char *words, const char *expected)
{
  g_assert_cmpstr (words, ==, expected);
  g_free (words);
}

/* ---- Scores */

static VmmScore
make_score (double total, double low, double high, VmmQuality quality)
{
  VmmScore score = { .total = { total, low, high, NULL }, .quality = quality };

  for (guint i = 0; i < VMM_N_CATEGORIES; i++)
    score.categories[i] = (VmmScoreValue){ 100 + i, NAN, NAN, NULL };
  return score;
}

static void
test_score (void)
{
  static const struct {
    double      total, low, high;
    VmmQuality  quality;
    const char *sentence, *line;
  } cases[] = {
    { 97.34, 94.06, 100.6, VMM_QUALITY_CLEAN,
      "Score 97.3, 95 % interval 94.1 to 100.6, measurement: clean",
      "Score 97.3 (94.1 to 100.6) · CPU 100.0 · memory 101.0 · disk 102.0 · network 103.0 · "
      "clean" },
    { 97.36, 94.06, 100.6, VMM_QUALITY_DISTURBED,
      "Score (97.4), 95 % interval 94.1 to 100.6, disturbed measurement: not for comparison",
      "Score (97.4) (94.1 to 100.6) · CPU 100.0 · memory 101.0 · disk 102.0 · network 103.0 · "
      "disturbed" },
    { 97.3, NAN, NAN, VMM_QUALITY_BUSY, "Score 97.3, measurement: busy",
      "Score 97.3 · CPU 100.0 · memory 101.0 · disk 102.0 · network 103.0 · busy" },
    { NAN, NAN, NAN, VMM_QUALITY_INVALID, "No score: not known", "No score: not known" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    VmmScore score = make_score (cases[i].total, cases[i].low, cases[i].high, cases[i].quality);
    assert_words (vmm_words_score (&score), cases[i].sentence);
    assert_words (vmm_words_score_line (&score), cases[i].line);
  }
}

/* Of those that are fit for it: a result, a second one, a disturbed third, a third. */
static void
test_mean (void)
{
  static const struct {
    gboolean    disturbed;
    const char *expected;
  } steps[] = {
    { FALSE, NULL },
    { TRUE, NULL },
    { FALSE, "mean of 2 measurements: 100 (88.3 to 113)" },
    { FALSE, "mean of 3 measurements: 100 (100 to 100)" },
  };
  g_autoptr (GPtrArray) results =
      g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_result_unref);

  g_assert_null (vmm_account_mean (results));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    float row[VMM_N_CHANNELS];
    made_fill (row);
    row[VMM_CHANNEL_CPU_BUSY] = steps[i].disturbed ? 43 : 6;
    g_ptr_array_add (results, made_result ("kvm", NULL, row));
    assert_words (vmm_account_mean (results), steps[i].expected);
  }
}

static void
test_usual (void)
{
  static const struct {
    guint       machines;
    double      total;
    const char *sentence;
  } cases[] = {
    { 0, 90, "what is usual for KVM is not known yet: 0 machines" },
    { 1, 90, "what is usual for KVM is not known yet: 1 machine" },
    { 2, 90, "what is usual for KVM is not known yet: 2 machines" },
    { 3, 79.9, "low for KVM: the middle half of 3 machines is at 80.0 to 105.0" },
    { 3, 80, "usual for KVM: the middle half of 3 machines is at 80.0 to 105.0" },
    { 3, 105, "usual for KVM: the middle half of 3 machines is at 80.0 to 105.0" },
    { 4, 105.1, "high for KVM: the middle half of 4 machines is at 80.0 to 105.0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const VmmUsual usual = { 3, cases[i].machines, "kvm", 80, 105 };
    assert_words (vmm_words_usual_by (&usual, "KVM", cases[i].total), cases[i].sentence);
  }
  g_assert_cmpuint (vmm_usual_find (2, "kvm")->machines, ==, 1);
  g_assert_cmpuint (vmm_usual_find (2, "nonsense")->machines, ==, 0);
  g_assert_cmpuint (vmm_usual_find (99, "kvm")->machines, ==, 0);
}

static void
test_category (void)
{
  const VmmScoreValue sure = { 97.34, 94.06, 100.6, NULL }, bare = { 97.36, NAN, NAN, NULL };
  const VmmScoreValue none = { NAN, NAN, NAN, (char *) "no default gateway" };

  assert_words (vmm_words_category_score (VMM_CATEGORY_MEMORY, &sure),
                "Memory 97.3, 95 % interval 94.1 to 100.6");
  assert_words (vmm_words_category_score (VMM_CATEGORY_CPU, &bare), "CPU 97.4");
  assert_words (vmm_words_category_score (VMM_CATEGORY_NETWORK, &none),
                "Network: no default gateway");
  assert_words (vmm_words_narrow_interval (94.06, 100.6), "94.1 – 100.6");
  assert_words (vmm_words_narrow_interval (NAN, 100.6), "");
}

static void
test_quality (void)
{
  const VmmStoreEntry watched = { .passive = TRUE, .quality = VMM_QUALITY_DISTURBED };
  const VmmStoreEntry invalid = { .passive = TRUE, .quality = VMM_QUALITY_INVALID };
  const VmmStoreEntry busy = { .quality = VMM_QUALITY_BUSY };

  g_assert_cmpstr (vmm_words_entry_quality (&watched), ==, "passive");
  g_assert_cmpstr (vmm_words_entry_quality (&invalid), ==, "invalid");
  g_assert_cmpstr (vmm_words_entry_quality (&busy), ==, "busy");
}

/* ---- Findings */

static void
test_finding_title (void)
{
  static const struct {
    double      points;
    const char *title;
  } cases[] = {
    { NAN, "A slow disk (likely)" },
    { -3, "A slow disk (likely, less than 1 point)" },
    { 0.49, "A slow disk (likely, less than 1 point)" },
    { 0.5, "A slow disk (likely, about 1 point)" },
    { 2.5, "A slow disk (likely, about 3 points)" },
    { 1e300, "A slow disk (likely, about 1000000000 points)" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    VmmFinding finding = { .symptom = "A slow disk", .sureness = VMM_SURE_LIKELY };
    finding.points = cases[i].points;
    assert_words (vmm_words_finding_title (&finding), cases[i].title);
  }
}

static void
test_no_findings (void)
{
  VmmScore clean = make_score (100, 99, 101, VMM_QUALITY_BUSY), disturbed = clean, none = clean;

  disturbed.quality = VMM_QUALITY_DISTURBED;
  none.total.value = NAN;
  g_assert_cmpstr (vmm_words_no_findings (&clean), ==, "no symptom found: nothing to fix");
  g_assert_cmpstr (vmm_words_no_findings (&disturbed), ==,
                   "no symptom found in the little that could be measured");
  g_assert_cmpstr (vmm_words_no_findings (&none), ==, vmm_words_no_findings (&disturbed));
}

/* ---- Names */

static void
test_names (void)
{
  for (VmmMetric metric = 0; metric < VMM_N_METRICS; metric++)
    g_assert_cmpstr (vmm_words_metric (metric), !=, "");
  g_assert_cmpstr (vmm_words_metric (VMM_METRIC_DISK), ==, "Disk");
  g_assert_cmpstr (vmm_words_category_within (VMM_CATEGORY_DISK), ==, "disk");
}

static void
test_capitalise (void)
{
  static const struct {
    const char *text, *shown;
  } cases[] = {
    { "", "" },
    { "no answer within 1 s", "No answer within 1 s" },
    { "âge", "Âge" },
    { "/var/tmp: O_DIRECT is refused", "/var/tmp: O_DIRECT is refused" },
    { "proc/diskstats: no whole disk", "proc/diskstats: no whole disk" },
    { "mount /proc", "Mount /proc" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *shown = vmm_phrase_capitalise (cases[i].text);
    g_assert_cmpstr (shown, ==, cases[i].shown);
  }
}

/* ---- Outlook */

/* Every sentence, with its figures; and none of them says that anything "will". */
static void
test_forecast (void)
{
  static const struct {
    VmmOutlookSubject subject;
    VmmOutlookItem    item;
    gboolean          is_news;
    const char       *sentence;
  } cases[] = {
    { VMM_OUTLOOK_MEMORY,
      { .why = VMM_OUTLOOK_SAID,
        .when_s = 240,
        .low_s = 168,
        .high_s = 480,
        .level = 80,
        .rate = 1.2 },
      TRUE,
      "At this rate memory is full in about 4 min 00 s (2 min 48 s to 8 min 00 s): it rises 1.2 % "
      "a minute." },
    { VMM_OUTLOOK_MEMORY,
      { .why = VMM_OUTLOOK_STOPPED, .level = 71 },
      TRUE,
      "Memory stopped rising at 71.0 %." },
    { VMM_OUTLOOK_MEMORY,
      { .why = VMM_OUTLOOK_STEADY, .level = 91, .is_nearly_full = TRUE },
      TRUE,
      "Memory is nearly full: 91.0 %." },
    { VMM_OUTLOOK_MEMORY,
      { .why = VMM_OUTLOOK_EARLY, .seen = 12, .needed = 60 },
      FALSE,
      "No outlook for memory yet: 12 of 60 readings." },
    { VMM_OUTLOOK_CPU,
      { .why = VMM_OUTLOOK_SAID,
        .when_s = 12,
        .low_s = 4,
        .high_s = 20,
        .shortest_s = 41,
        .longest_s = 43,
        .right = 9,
        .of = 10 },
      TRUE,
      "CPU episodes come every 41 s to 43 s; the next in about 12 s (4 s to 20 s). Right 9 of the "
      "last 10 times here." },
    { VMM_OUTLOOK_CPU,
      { .why = VMM_OUTLOOK_IRREGULAR, .shortest_s = 5, .longest_s = 240 },
      FALSE,
      "No outlook: CPU episodes came at irregular times (5 s to 4 min 00 s)." },
    { VMM_OUTLOOK_DISK,
      { .why = VMM_OUTLOOK_FEW, .seen = 4, .needed = 7 },
      FALSE,
      "No outlook yet: 4 of 7 disk episodes seen." },
    { VMM_OUTLOOK_WRITE,
      { .why = VMM_OUTLOOK_UNPROVED, .right = 1, .of = 2 },
      FALSE,
      "No outlook yet: bursts of writes look regular; forecasts in secret came true 1 of 2 "
      "times." },
    { VMM_OUTLOOK_STEAL,
      { .why = VMM_OUTLOOK_LATE },
      FALSE,
      "No outlook: episodes of stolen time did not come when they were due." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_words (vmm_words_forecast (&cases[i].item, cases[i].subject), cases[i].sentence);
    g_assert_cmpint (vmm_words_forecast_is_news (&cases[i].item), ==, cases[i].is_news);
  }
  for (guint subject = 0; subject < VMM_N_OUTLOOKS; subject++)
    for (guint why = 0; why < VMM_N_OUTLOOK_WHYS; why++) {
      const VmmOutlookItem item = { .why = why };
      g_autofree char     *words = vmm_words_forecast (&item, subject);
      g_assert_null (strstr (words, "will"));
    }
}

/* What is said of what is known; all of one window's probes say nothing. */
static void
test_outlook_lines (void)
{
  VmmOutlookState state = { 0 };

  for (guint i = 0; i < VMM_N_OUTLOOKS; i++)
    state.items[i].why = VMM_OUTLOOK_PROBING;
  g_autoptr (GPtrArray) none = vmm_words_outlook (&state);
  g_assert_cmpuint (none->len, ==, 0);
  for (guint i = 0; i < VMM_N_OUTLOOKS; i++)
    state.items[i].why = i ? VMM_OUTLOOK_FEW : VMM_OUTLOOK_STEADY;
  g_autoptr (GPtrArray) one = vmm_words_outlook (&state);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_true (g_str_has_prefix (one->pdata[0], "No outlook: nothing has come"));
  state.items[VMM_OUTLOOK_CPU].seen = 2;
  state.items[VMM_OUTLOOK_MEMORY].is_nearly_full = TRUE;
  g_autoptr (GPtrArray) two = vmm_words_outlook (&state);
  g_assert_cmpuint (two->len, ==, 2);
}

static void
test_headroom (void)
{
  VmmHeadroom headroom = { .first = VMM_RESOURCE_REQUESTS, .second = VMM_RESOURCE_CPU };

  headroom.resources[VMM_RESOURCE_REQUESTS] = (VmmHeadroomResource){ 61, 200, 3.3, VMM_HEADROOM_4 };
  headroom.resources[VMM_RESOURCE_CPU] = (VmmHeadroomResource){ 7, 100, 14, VMM_HEADROOM_BEYOND };
  assert_words (vmm_words_headroom (&headroom), "First to fill: disk requests, at about 3 to 4 "
                                                "times the present load (61.0 per s of 200 per s "
                                                "now). Next: CPU, at more than 10 times.");
  headroom.or_more = headroom.is_ratio = TRUE;
  headroom.second = VMM_N_RESOURCES;
  assert_words (
      vmm_words_headroom (&headroom),
      "First to fill: disk requests, at about 3 to 4 times or more the present load (61.0 per s of "
      "200 per s now). The load was steady: all use counts as load.");
  headroom = (VmmHeadroom){ .why = VMM_HEADROOM_EARLY, .seen = 5, .needed = 20 };
  assert_words (vmm_words_headroom (&headroom),
                "Headroom is not known yet: 5 of 20 readings of the load.");
  for (guint why = VMM_HEADROOM_NO_BURSTS; why < VMM_N_HEADROOM_WHYS; why++) {
    headroom.why = why;
    g_autofree char *words = vmm_words_headroom (&headroom);
    g_assert_true (g_str_has_prefix (words, "Headroom is not known"));
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/score", test_score);
  g_test_add_func ("/words/mean", test_mean);
  g_test_add_func ("/words/usual", test_usual);
  g_test_add_func ("/words/category", test_category);
  g_test_add_func ("/words/quality", test_quality);
  g_test_add_func ("/words/finding-title", test_finding_title);
  g_test_add_func ("/words/no-findings", test_no_findings);
  g_test_add_func ("/words/names", test_names);
  g_test_add_func ("/words/capitalise", test_capitalise);
  g_test_add_func ("/words/forecast", test_forecast);
  g_test_add_func ("/words/outlook-lines", test_outlook_lines);
  g_test_add_func ("/words/headroom", test_headroom);
  return g_test_run ();
}
