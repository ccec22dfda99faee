/* SPDX-License-Identifier: MIT */
/* test_cures: what a finding was said to cost stands beside what its absence brings, with an interval where
 * there is one, and with the way back where it brings nothing. */
#include "vmm/account.h"

#include <math.h>

#include "made.h"

#define CH(channel) VMM_CHANNEL_##channel
#define SHARE 0.14 /* of the probe `map` in ln total: 0.20 * 0.70 */

/* What one side has: slow page faults, or none, and how long a mapping takes (reference 500 us). */
typedef struct {
  const char *name, *vmm_id;
  gboolean    faults;
  double      map;
} Kind;

/* Begins at `minute`; with a `wobble` of a few thousandths between windows. */
static VmmResult *
make_window (const Kind *kind, guint minute)
{
  g_autofree char *created =
      g_strdup_printf ("\"2026-05-05T%02u:%02u:05Z\"", 1 + minute / 60, minute % 60);
  float row[VMM_N_CHANNELS];

  made_fill (row);
  row[CH (PROBE_FAULT)] = kind->faults ? 16 : 1;
  row[CH (PROBE_MAP)] = (float) (kind->map * (1 + 0.002 * (minute * 7 % 5)));
  VmmResult *result = made_result (kind->vmm_id, kind->name, row);
  made_change (&result, "created", created, NULL);
  return result;
}

/* Takes `results` (of VmmResult *) over, as a side called `name`. */
static void
add_side (GPtrArray *groups, const char *name, GPtrArray *results)
{
  g_ptr_array_set_free_func (results, (GDestroyNotify) vmm_result_unref);
  g_ptr_array_add (groups, vmm_group_new (name, (VmmResult *const *) results->pdata, results->len));
  g_ptr_array_unref (results);
}

/* Likewise of one result. */
static void
add_one (GPtrArray *groups, const char *name, VmmResult *result)
{
  GPtrArray *results = g_ptr_array_new ();

  g_ptr_array_add (results, result);
  add_side (groups, name, results);
}

/* Takes `groups` over. */
static VmmComparison *
prove (GPtrArray *groups)
{
  VmmComparison *comparison = vmm_compare (groups);

  g_assert_cmpuint (comparison->cures->len, ==, 0);
  vmm_comparison_prove (comparison);
  g_ptr_array_unref (groups);
  return comparison;
}

static GPtrArray *
make_groups (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) vmm_group_free);
}

/* `n` windows of each, two minutes apart: in turns, or one side after the other. */
static VmmComparison *
compare (const Kind *first, const Kind *second, guint n, gboolean turns)
{
  const Kind *const kinds[] = { first, second };
  GPtrArray        *groups = make_groups ();

  for (guint k = 0; k < 2; k++) {
    GPtrArray *results = g_ptr_array_new ();
    for (guint i = 0; i < n; i++)
      g_ptr_array_add (results, make_window (kinds[k], 2 * (turns ? 2 * i + k : n * k + i)));
    add_side (groups, kinds[k]->name, results);
  }
  return prove (groups);
}

/* Of one window each, which are taken over. */
static VmmComparison *
compare_two (VmmResult *first, VmmResult *second)
{
  GPtrArray *groups = make_groups ();

  add_one (groups, "before", first);
  add_one (groups, "after", second);
  return prove (groups);
}

/* The only one there is. */
static const VmmCure *
get_cure (const VmmComparison *comparison)
{
  g_assert_cmpuint (comparison->cures->len, ==, 1);
  return comparison->cures->pdata[0];
}

static void
assert_says (const VmmComparison *comparison, const char *heading, const char *said)
{
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
  g_autofree char *text = vmm_account_cure (account, get_cure (comparison));

  g_assert_cmpstr (vmm_account_cures (account), ==, heading);
  g_assert_cmpstr (vmm_account_cure_title (account, get_cure (comparison)), ==,
                   "Fresh memory is slow to get");
  if (!g_pattern_match_simple (said, text))
    g_error ("not \"%s\": %s", said, text);
}

#define VERDICT "Findings, said and measured"
#define INDICATION VERDICT ", indicative"

static const Kind slow = { "before", "kvm", TRUE, 5000 }, cured = { "after", "kvm", FALSE, 500 };

/* Said is what the reference would bring; measured is what came. */
static void
test_as_said (void)
{
  g_autoptr (VmmComparison) comparison = compare (&slow, &cured, 4, TRUE);
  const VmmCure *cure = get_cure (comparison);
  double         total = vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total")->sides[0].value;

  g_assert_cmpstr (cure->id, ==, "fault");
  g_assert_cmpuint (cure->with, ==, 0);
  g_assert_cmpuint (cure->without, ==, 1);
  g_assert_false (cure->both);
  g_assert_cmpfloat_with_epsilon (cure->said, total * expm1 (SHARE * log (10)), 0.2);
  g_assert_cmpfloat_with_epsilon (cure->gained, total * expm1 (SHARE * log (10)), 0.2);
  g_assert_true (cure->low < cure->gained && cure->gained < cure->high);
  g_assert_cmpfloat (cure->high - cure->low, <, 1);
  assert_says (
      comparison, VERDICT,
      "before alone has it; said to cost about 28 points; measured: served there as "
      "after, its total changes by +2*.* points, 95 % interval +2*.* to +2*.*; as was said");
}

/* The order of the sides does not matter, and what is measured may be better than the reference. */
static void
test_more_than_said (void)
{
  static const Kind better = { "after", "kvm", FALSE, 125 };
  g_autoptr (VmmComparison) comparison = compare (&better, &slow, 4, TRUE);
  const VmmCure *cure = get_cure (comparison);

  g_assert_cmpuint (cure->with, ==, 1);
  g_assert_cmpuint (cure->without, ==, 0);
  g_assert_cmpfloat (cure->said, <, cure->low);
  assert_says (comparison, VERDICT, "before alone has it; *; more than was said");
}

static void
test_less_than_said (void)
{
  static const Kind half = { "after", "kvm", FALSE, 2500 };
  g_autoptr (VmmComparison) comparison = compare (&slow, &half, 4, TRUE);

  assert_says (comparison, VERDICT, "before alone has it; *; less than was said");
}

/* A symptom that is gone without a gain, or with a loss: the remedy's way back, where it has one. */
static void
test_undo (void)
{
  static const Kind vbox = { "before", "virtualbox", TRUE, 5000 };
  static const Kind same = { "after", "virtualbox", FALSE, 5000 };
  static const Kind worse = { "after", "virtualbox", FALSE, 9000 };
  g_autoptr (VmmComparison) nothing = compare (&vbox, &same, 4, TRUE);
  g_autoptr (VmmComparison) loss = compare (&vbox, &worse, 4, TRUE);

  assert_says (nothing, VERDICT,
               "before alone has it; said to cost about 28 points; measured: *; no gain "
               "that these runs can show; to undo the remedy: *--largepages off*");
  g_assert_cmpfloat (get_cure (loss)->high, <, 0);
  assert_says (loss, VERDICT,
               "*its total changes by -* points, 95 % interval -* to -*; that is a loss; "
               "to undo the remedy: *");
}

/* Nobody has tried a remedy where the finding came later, or on another machine or under another VMM. */
static void
test_not_tried (void)
{
  static const Kind vbox = { "before", "virtualbox", TRUE, 5000 };
  static const Kind same = { "after", "virtualbox", FALSE, 5000 };
  g_autoptr (VmmComparison) came = compare (&same, &vbox, 4, TRUE);
  static const Kind other = { "after", "kvm", FALSE, 5000 };
  g_autoptr (VmmComparison) elsewhere = compare (&vbox, &other, 4, TRUE);

  g_assert_cmpuint (get_cure (came)->with, ==, 1);
  g_assert_null (get_cure (came)->undo);
  assert_says (came, VERDICT, "before alone has it; *; no gain that these runs can show");
  g_assert_null (get_cure (elsewhere)->undo);
}

/* Whether it is later goes by the first of each side, in whatever order they are given; machines that are not
 * known are not the same. */
static void
test_tried (void)
{
  static const Kind  before = { "before", "virtualbox", TRUE, 5000 };
  static const Kind  after = { "after", "virtualbox", FALSE, 5000 };
  static const guint minutes[2][3] = { { 8, 4, 0 }, { 2, 6, 10 } };

  for (guint known = 0; known < 2; known++) {
    GPtrArray *groups = make_groups ();
    for (guint side = 0; side < 2; side++) {
      GPtrArray *results = g_ptr_array_new ();
      for (guint i = 0; i < 3; i++) {
        VmmResult *result = make_window (side ? &after : &before, minutes[side][i]);
        if (!known)
          made_set (&result, "host/machine_id", "\"\"");
        g_ptr_array_add (results, result);
      }
      add_side (groups, side ? "after" : "before", results);
    }
    g_autoptr (VmmComparison) comparison = prove (groups);
    g_assert_cmpint (get_cure (comparison)->outcome, ==, VMM_OUTCOME_NOTHING);
    g_assert_cmpint (get_cure (comparison)->undo != NULL, ==, known);
  }
}

/* An interval that holds both nothing and what was said tells neither. */
static void
test_unsure (void)
{
  static const double maps[2][3] = { { 1500, 5000, 9000 }, { 500, 4000, 900 } };
  GPtrArray          *groups = make_groups ();

  for (guint side = 0; side < 2; side++) {
    Kind       kind = { side ? "after" : "before", "kvm", !side };
    GPtrArray *results = g_ptr_array_new ();
    for (guint i = 0; i < 3; i++) {
      kind.map = maps[side][i];
      g_ptr_array_add (results, make_window (&kind, 4 * i + 2 * side));
    }
    add_side (groups, kind.name, results);
  }
  g_autoptr (VmmComparison) comparison = prove (groups);
  g_assert_cmpfloat (get_cure (comparison)->low, <, 0);
  assert_says (comparison, VERDICT,
               "before alone has it; *; these runs cannot tell whether that is so");
}

/* A finding that a better explanation hides, or that is none under the other VMM, did not come with the
 * change: it cannot be told whether the other side had it. */
static void
test_hidden (void)
{
  static const Kind tcg = { "a", "qemu", FALSE, 500 }, kvm = { "b", "kvm", FALSE, 500 };
  VmmResult        *nested = make_window (&kvm, 2), *exits = make_window (&slow, 4);

  made_set (&nested, "probes/exit/value", "20");
  g_autoptr (VmmComparison) under = compare_two (make_window (&tcg, 0), nested);
  g_assert_cmpuint (under->cures->len, ==, 0);

  made_set (&exits, "probes/exit/value", "20"); /* which says better why faults are slow */
  g_autoptr (VmmComparison) better = compare_two (exits, make_window (&slow, 6));
  g_assert_cmpstr (get_cure (better)->id, ==, "exit");
}

/* Numbers that a foreign file may have. */
static void
test_foreign (void)
{
  VmmResult *with = make_window (&slow, 0);

  made_change (&with, "probes/process/value", "null", "probes/process/ratio", "0",
               "score/categories/cpu/value", "null", "score/categories/cpu/low", "null",
               "score/categories/cpu/high", "null", "score/total", "52.4807", "score/low", "40",
               "score/high", "60", NULL);
  g_autoptr (VmmComparison) comparison = compare_two (with, make_window (&cured, 2));
  const VmmCure *cure = get_cure (comparison);
  g_assert_false (isinf (cure->gained) || isinf (cure->low) || isinf (cure->high));
  g_assert_true (isfinite (cure->said));
}

/* One side after the other makes no verdict, and too few windows no interval. */
static void
test_indication (void)
{
  g_autoptr (VmmComparison) blocks = compare (&slow, &cured, 4, FALSE);
  g_autoptr (VmmComparison) one = compare (&slow, &cured, 1, FALSE);

  assert_says (blocks, INDICATION, "before alone has it; *; as was said");
  g_assert_true (isnan (get_cure (one)->low) && isnan (get_cure (one)->high));
  assert_says (one, INDICATION,
               "before alone has it; said to cost about 28 points; measured: served there as "
               "after, its total changes by +27.* points, of too few measurements for an interval");
}

static void
test_both (void)
{
  static const Kind still = { "after", "kvm", TRUE, 2500 };
  g_autoptr (VmmComparison) comparison = compare (&slow, &still, 4, TRUE);

  g_assert_true (get_cure (comparison)->both);
  g_assert_true (isnan (get_cure (comparison)->gained));
  assert_says (
      comparison, VERDICT,
      "before has it, said to cost about 28 points, and after, said to cost about 2? points");
}

/* Half of a side's windows do not make a finding of it; more do, and the points are of all of them. */
static void
test_some_windows (void)
{
  for (guint shown = 2; shown <= 3; shown++) {
    GPtrArray *groups = make_groups (), *results = g_ptr_array_new ();
    for (guint i = 0; i < 4; i++)
      g_ptr_array_add (results, make_window (i < shown ? &slow : &cured, 2 * i));
    add_side (groups, "a", results);
    add_one (groups, "b", make_window (&cured, 59));
    g_autoptr (VmmComparison) comparison = prove (groups);
    g_assert_cmpuint (comparison->cures->len, ==, shown > 2);
    if (shown > 2) {
      const VmmCure *cure = get_cure (comparison);
      double         gain = 0.75 * SHARE * log (10), total = 100 * exp (-gain);
      g_assert_cmpfloat_with_epsilon (cure->gained, total * expm1 (gain), 0.3);
      g_assert_cmpfloat_with_epsilon (
          cure->said, 0.75 * 100 * exp (-SHARE * log (10)) * expm1 (SHARE * log (10)), 0.3);
    }
  }
}

/* What the host takes is measured by what is left of it: the CPU's score. */
static void
test_taken (void)
{
  GPtrArray         *groups = make_groups ();
  guint              n;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n);

  for (guint side = 0; side < 2; side++) {
    float            row[VMM_N_CHANNELS];
    g_autofree char *created = g_strdup_printf ("\"2026-05-05T05:%02u:05Z\"", side);
    made_fill (row);
    row[CH (CPU_STEAL)] = side ? 0 : 50;
    for (guint i = 0; i < n && !side; i++)
      if (table[i].category == VMM_CATEGORY_CPU && table[i].weight > 0)
        row[table[i].channel] *= 2;
    VmmResult *result = made_result ("kvm", NULL, row);
    made_change (&result, "created", created, NULL);
    add_one (groups, side ? "b" : "a", result);
  }
  g_autoptr (VmmComparison) comparison = prove (groups);
  const VmmCure *cure = get_cure (comparison);
  double         total = vmm_comparison_find (comparison, VMM_LEVEL_TOTAL, "total")->sides[0].value;

  g_assert_cmpstr (cure->id, ==, "steal");
  g_assert_cmpfloat_with_epsilon (cure->said, total * expm1 (0.50 * log (2)), 0.01);
  g_assert_cmpfloat_with_epsilon (cure->gained, total * expm1 (0.50 * log (2)), 0.01);
}

/* Where two findings are felt in the same, neither has what is measured for itself. */
static void
test_shared (void)
{
  static const Kind kinds[] = { { "a", "xen", TRUE, 5000 }, { "b", "xen", FALSE, 500 } };
  GPtrArray        *groups = make_groups ();
  GString          *all = g_string_new (NULL);

  for (guint side = 0; side < 2; side++) {
    GPtrArray *results = g_ptr_array_new ();
    for (guint i = 0; i < 3; i++) {
      VmmResult *result = make_window (&kinds[side], 4 * i + 2 * side);
      if (side == 0)
        made_change (&result, "host/clocksource", "\"acpi_pm\"", "probes/exit/value", "20",
                     "probes/syscall/value", "600", NULL);
      g_ptr_array_add (results, result);
    }
    add_side (groups, kinds[side].name, results);
  }
  g_autoptr (VmmComparison) comparison = prove (groups);
  g_autoptr (VmmAccount) account = vmm_account_new (comparison, VMM_ENGLISH);
  for (guint i = 0; i < comparison->cures->len; i++) {
    const VmmCure   *cure = comparison->cures->pdata[i];
    g_autofree char *text = vmm_account_cure (account, cure);
    g_string_append_printf (all, "%s:%d ", cure->id, cure->shared);
    if (strcmp (cure->id, "exit") == 0)
      g_assert_true (g_str_has_suffix (text, "; other findings are felt there as well"));
    /* Nothing was promised, so nothing is to be taken back. */
    if (strcmp (cure->id, "clocksource") == 0)
      g_assert_true (g_str_has_suffix (text, "; no gain that these runs can show"));
  }
  g_assert_cmpstr (all->str, ==, "exit:1 syscall:1 clocksource:0 ");
  g_string_free (all, TRUE);
}

/* Nothing is measured of what the score does not stand on, nor where the totals are not compared; and
 * between three sides there is no before and after. */
static void
test_not_measured (void)
{
  static const Kind other = { "third", "xen", FALSE, 500 };
  VmmResult        *with = make_window (&slow, 0), *third = make_window (&other, 2);
  GPtrArray        *groups = make_groups ();
  float             row[VMM_N_CHANNELS];

  made_set (&with, "score/version", "99");
  g_autoptr (VmmComparison) unlike = compare_two (with, make_window (&cured, 1));
  assert_says (unlike, VERDICT,
               "before alone has it; *; not measured: the totals are not compared");

  add_one (groups, "before", make_window (&slow, 0));
  add_one (groups, "after", make_window (&cured, 1));
  add_one (groups, "third", third);
  g_autoptr (VmmComparison) three = prove (groups);
  g_assert_cmpuint (three->cures->len, ==, 0);

  made_fill (row);
  row[CH (MEMORY_BALLOON)] = 20;
  g_autoptr (VmmComparison) balloon =
      compare_two (made_result ("kvm", NULL, row), make_window (&cured, 1));
  g_autoptr (VmmAccount) account = vmm_account_new (balloon, VMM_ENGLISH);
  g_autofree char *text = vmm_account_cure (account, get_cure (balloon));
  g_assert_true (isnan (get_cure (balloon)->gained));
  g_assert_true (isnan (get_cure (balloon)->said));
  g_assert_cmpstr (text, ==, "before alone has it; no points of the score hang on it");
}

static void
test_document (void)
{
  g_autoptr (VmmComparison) comparison = compare (&slow, &cured, 1, FALSE);
  g_autofree char *json = vmm_comparison_to_json (comparison);
  g_autoptr (JsonNode) root = json_from_string (json, NULL);
  JsonArray  *findings = json_object_get_array_member (json_node_get_object (root), "findings");
  JsonObject *finding = json_array_get_object_element (findings, 0);

  g_assert_cmpuint (json_array_get_length (findings), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (finding, "id"), ==, "fault");
  g_assert_cmpint (json_object_get_int_member (finding, "with"), ==, 0);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (finding, "gained"),
                                  get_cure (comparison)->gained, 1e-3);
  g_assert_true (json_object_get_null_member (finding, "low"));
  g_assert_true (json_object_get_null_member (finding, "undo"));
  g_assert_cmpstr (json_object_get_string_member (finding, "title"), ==,
                   "Fresh memory is slow to get");
  g_assert_cmpstr (json_object_get_string_member (finding, "outcome"), ==, "none");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cures/as-said", test_as_said);
  g_test_add_func ("/cures/more-than-said", test_more_than_said);
  g_test_add_func ("/cures/less-than-said", test_less_than_said);
  g_test_add_func ("/cures/undo", test_undo);
  g_test_add_func ("/cures/not-tried", test_not_tried);
  g_test_add_func ("/cures/tried", test_tried);
  g_test_add_func ("/cures/unsure", test_unsure);
  g_test_add_func ("/cures/hidden", test_hidden);
  g_test_add_func ("/cures/foreign", test_foreign);
  g_test_add_func ("/cures/indication", test_indication);
  g_test_add_func ("/cures/both", test_both);
  g_test_add_func ("/cures/some-windows", test_some_windows);
  g_test_add_func ("/cures/taken", test_taken);
  g_test_add_func ("/cures/shared", test_shared);
  g_test_add_func ("/cures/not-measured", test_not_measured);
  g_test_add_func ("/cures/document", test_document);
  return g_test_run ();
}
