/* SPDX-License-Identifier: MIT */
/* test_result: what a run was is what its document says, and nothing else is believed. */
#include "vmm/export.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "machine.h"
#include "made.h"

/* Ten ticks with gaps of every kind. */
static VmmResult *
make_gappy (void)
{
  static float rows[10][VMM_N_CHANNELS];
  g_auto (VmmPlan) plan = { 0 };

  for (guint i = 0; i < 10; i++) {
    made_fill (rows[i]);
    rows[i][VMM_CHANNEL_DISK_READ] = (float) i * 1.25f;
  }
  rows[0][VMM_CHANNEL_CPU_USER] = vmm_absent (VMM_PENDING);
  rows[3][VMM_CHANNEL_CPU_USER] = vmm_absent (VMM_FAILED);
  rows[4][VMM_CHANNEL_CPU_USER] = vmm_absent (VMM_FAILED);
  rows[9][VMM_CHANNEL_CPU_USER] = vmm_absent (VMM_OFF);
  vmm_plan_init (&plan);
  plan.duration_s = 10;
  plan.label = g_strdup ("with \"quotes\", \\ and \xc3\xa4\n");
  plan.ping_target = g_strdup ("192.0.2.1");
  plan.seed = G_MAXUINT64;
  return made_run (&plan, "virtualbox", (const float (*)[VMM_N_CHANNELS]) rows, 10);
}

static void
assert_same_number (double a, double b)
{
  if (isnan (a) || isnan (b))
    g_assert_true (isnan (a) && isnan (b));
  else
    g_assert_cmpfloat_with_epsilon (a, b, 1e-5 * MAX (1e-3, fabs (a)));
}

static void
assert_same_value (const VmmScoreValue *a, const VmmScoreValue *b)
{
  assert_same_number (a->value, b->value);
  assert_same_number (a->low, b->low);
  assert_same_number (a->high, b->high);
  g_assert_cmpstr (a->reason, ==, b->reason);
  g_assert_cmpint (a->cause, ==, b->cause);
}

static void
assert_same_score (const VmmScore *a, const VmmScore *b)
{
  guint n;

  vmm_score_table (VMM_SCORE_VERSION, &n);
  g_assert_cmpuint (a->version, ==, b->version);
  g_assert_cmpint (a->quality, ==, b->quality);
  g_assert_cmpuint (a->reasons->len, ==, b->reasons->len);
  g_assert_cmpmem (a->causes->data, a->causes->len * sizeof (VmmCause), b->causes->data,
                   b->causes->len * sizeof (VmmCause));
  assert_same_number (a->own_busy_percent, b->own_busy_percent);
  assert_same_value (&a->total, &b->total);
  for (guint i = 0; i < VMM_N_CATEGORIES; i++)
    assert_same_value (&a->categories[i], &b->categories[i]);
  for (guint i = 0; i < n; i++) {
    assert_same_number (a->probes[i].value, b->probes[i].value);
    assert_same_number (a->probes[i].ratio, b->probes[i].ratio);
    g_assert_cmpuint (a->probes[i].seconds, ==, b->probes[i].seconds);
    g_assert_cmpint (a->probes[i].scored, ==, b->probes[i].scored);
    g_assert_cmpstr (a->probes[i].reason, ==, b->probes[i].reason);
    g_assert_cmpint (a->probes[i].cause, ==, b->probes[i].cause);
  }
}

static void
assert_same_host (const VmmHost *a, const VmmHost *b)
{
  g_assert_cmpstr (a->vmm_id, ==, b->vmm_id);
  g_assert_cmpstr (a->vmm_name, ==, b->vmm_name);
  g_assert_cmpstr (a->vmm_version, ==, b->vmm_version);
  g_assert_cmpstr (a->interface, ==, b->interface);
  g_assert_cmpstr (a->evidence[0], ==, b->evidence[0]);
  g_assert_cmpstr (a->evidence[1], ==, b->evidence[1]);
  g_assert_null (b->evidence[2]);
  g_assert_cmpstr (a->cloud_id, ==, b->cloud_id);
  g_assert_cmpstr (a->cpu_model, ==, b->cpu_model);
  g_assert_cmpuint (a->cpus, ==, b->cpus);
  g_assert_cmpuint (a->memory_bytes, ==, b->memory_bytes);
  g_assert_cmpstr (a->kernel, ==, b->kernel);
  g_assert_cmpstr (a->clocksource, ==, b->clocksource);
  g_assert_cmpstr (a->cpu_flags, ==, b->cpu_flags);
  g_assert_cmpstr (a->modules, ==, b->modules);
  g_assert_cmpint (a->steal, ==, b->steal);
  g_assert_cmpstr (a->steal_reason, ==, b->steal_reason);
  g_assert_cmpuint (a->n_devices, ==, b->n_devices);
  g_assert_cmpstr (a->devices[2].name, ==, b->devices[2].name);
  g_assert_cmpstr (a->devices[2].driver, ==, b->devices[2].driver);
  g_assert_cmpstr (a->devices[1].nature, ==, b->devices[1].nature);
}

static void
assert_same_series (const VmmResult *a, const VmmResult *b)
{
  guint        n, n_b;
  const float *times = vmm_result_get_times (a, &n), *times_b = vmm_result_get_times (b, &n_b);

  g_assert_cmpuint (n, ==, n_b);
  for (guint c = 0; c < VMM_N_CHANNELS; c++) {
    const VmmSummary *sum = vmm_result_get_summary (a, (VmmChannelId) c);
    const VmmSummary *sum_b = vmm_result_get_summary (b, (VmmChannelId) c);
    assert_same_number (sum->mean, sum_b->mean);
    assert_same_number (sum->p95, sum_b->p95);
    g_assert_cmpuint (sum->present, ==, sum_b->present);
    g_assert_cmpuint (sum->missing, ==, sum_b->missing);
    g_assert_cmpstr (vmm_result_get_reason (a, (VmmChannelId) c).sentence, ==,
                     vmm_result_get_reason (b, (VmmChannelId) c).sentence);
    g_assert_cmpint (vmm_result_get_reason (a, (VmmChannelId) c).cause, ==,
                     vmm_result_get_reason (b, (VmmChannelId) c).cause);
    for (guint i = 0; i < n; i++) {
      float value = vmm_result_get_series (a, (VmmChannelId) c)[i];
      float value_b = vmm_result_get_series (b, (VmmChannelId) c)[i];
      g_assert_cmpint (vmm_absence (value), ==, vmm_absence (value_b));
      assert_same_number (value, value_b);
      assert_same_number (times[i], times_b[i]);
    }
  }
}

static void
test_round_trip (void)
{
  g_autoptr (VmmResult) made = make_gappy ();
  g_autofree char *text = vmm_result_to_json (made);
  g_autoptr (VmmResult) read = made_read (text);
  g_autofree char *again = vmm_result_to_json (read);

  g_assert_cmpstr (text, ==, again);
  g_assert_true (g_str_has_suffix (text, "}\n"));
  g_assert_cmpint (vmm_result_get_created (made), ==, vmm_result_get_created (read));
  g_assert_cmpstr (vmm_result_get_label (made), ==, "with \"quotes\", \\ and \xc3\xa4 ");
  g_assert_cmpstr (vmm_result_get_label (made), ==, vmm_result_get_label (read));
  g_assert_cmpstr (vmm_result_get_program (read), ==, "vmm_monitor " VMM_VERSION);
  g_assert_cmpuint (vmm_result_get_plan (read)->duration_s, ==, 10);
  g_assert_cmpuint (vmm_result_get_plan (read)->seed, ==, G_MAXUINT64);
  g_assert_cmpstr (vmm_result_get_plan (read)->ping_target, ==, "192.0.2.1");
  g_assert_null (vmm_result_get_plan (read)->sysroot);
  g_assert_cmpuint (vmm_result_get_ticks (read), ==, 10);
  g_assert_cmpuint (vmm_result_get_missed (read), ==, 0);
  assert_same_number (vmm_result_get_self_cpu_percent (read), 6); /* 3 % of two CPUs */
  g_assert_cmpuint (vmm_result_get_peak_rss_bytes (read), >, 1 << 20);
  assert_same_host (vmm_result_get_host (made), vmm_result_get_host (read));
  assert_same_score (vmm_result_get_score (made), vmm_result_get_score (read));
  assert_same_series (made, read);
  g_assert_cmpfloat_with_epsilon (vmm_result_get_score (read)->total.value, 100, 0.01);
}

static void
test_gaps (void)
{
  g_autoptr (VmmResult) made = make_gappy ();
  g_autofree char *text = vmm_result_to_json (made);
  const float     *user = vmm_result_get_series (made, VMM_CHANNEL_CPU_USER);

  g_assert_cmpint (vmm_absence (user[3]), ==, VMM_FAILED);
  g_assert_nonnull (
      strstr (text, "\"cpu.user\": [[\"pending\", 1], [\"failed\", 2], [\"off\", 1]]"));
  g_assert_nonnull (strstr (text, "\"cpu.steal\": [[\"not exposed\", 10]]"));
  g_assert_nonnull (strstr (text, "\"cpu.user\": [null, 0.5, 0.5, null, null, 0.5"));
  g_assert_nonnull (strstr (text, "\"standard\": false"));
  g_assert_nonnull (strstr (text, "\"steal_reported\": false"));
  g_assert_cmpstr (vmm_result_get_reason (made, VMM_CHANNEL_CPU_STEAL).sentence, ==,
                   "this VMM never reports steal");
}

/* One of several windows knows which; one that was measured alone, or before there was such a thing, does
 * not. */
static void
test_place (void)
{
  const VmmPlace place = { "0123456789abcdef", 3, 2, 5, 44721361 };
  g_autoptr (VmmSession) session = made_session (VMM_PLAN_DURATION_MIN_S, "kvm");
  g_autoptr (VmmResult) alone = made_clean ("kvm", NULL);
  g_autofree char *without = vmm_result_to_json (alone);

  vmm_session_set_place (session, &place);
  vmm_session_start (session, 0, G_USEC_PER_SEC);
  g_autoptr (VmmResult) made = vmm_result_new (session);
  g_autofree char *text = vmm_result_to_json (made);
  g_autoptr (VmmResult) read = made_read (text);
  const VmmPlace *again = vmm_result_get_place (read);
  g_assert_cmpstr (again->session, ==, place.session);
  g_assert_cmpuint (again->number, ==, 3);
  g_assert_cmpuint (again->turn, ==, 2);
  g_assert_cmpuint (again->turns, ==, 5);
  g_assert_cmpuint (again->slot, ==, 44721361);
  g_assert_null (strstr (without, "\"session\""));
  g_autoptr (VmmResult) read_alone = made_read (without);
  g_assert_cmpstr (vmm_result_get_place (read_alone)->session, ==, "");
}

/* What a newer program adds is kept wherever it stands. */
static void
test_unknown_members (void)
{
  g_autoptr (VmmResult) made = make_gappy ();
  g_autofree char *text = vmm_result_to_json (made);
  g_autofree char *top =
      made_replace (text, "\"label\":", "\"gpu\": {\"load\": [1, {}]}, \"label\":");
  g_autofree char *deep = made_replace (top, "\"cpus\": 2", "\"cpus\": 2, \"sockets\": 1.5e-7");
  g_autofree char *channel =
      made_replace (deep, "\"time_s\":", "\"npu.busy\": [\"?\"], \"time_s\":");
  g_autoptr (VmmResult) read = made_read (channel);
  g_autoptr (VmmResult) labelled = vmm_result_with_label (read, "new \x1b[31m label");
  g_autofree char *back = vmm_result_to_json (labelled);
  g_autoptr (VmmResult) again = made_read (back);

  g_assert_nonnull (strstr (back, "\"gpu\": {\n    \"load\": ["));
  g_assert_nonnull (strstr (back, "\"sockets\": 1.5e-07"));
  g_assert_nonnull (strstr (back, "\"npu.busy\": [\"?\"]"));
  g_assert_cmpstr (vmm_result_get_label (again), ==, "new  [31m label");
  g_assert_cmpint (vmm_result_get_created (again), ==, vmm_result_get_created (made));
}

/* A document without a channel, a probe or the gaps is an older program's, not a wrong one. */
static void
test_fewer_members (void)
{
  g_autoptr (VmmResult) made = make_gappy ();
  g_autofree char   *text = vmm_result_to_json (made);
  guint              n;
  const VmmScoreRow *rows = vmm_score_table (VMM_SCORE_VERSION, &n);
  g_autofree char   *last = g_strdup_printf ("\"%s\": {", rows[n - 1].name);
  g_autofree char   *probe = made_replace (text, last, "\"other\": {");
  g_autofree char   *sum = made_replace (probe, "\"pressure.io\": {", "\"other\": {");
  g_autofree char   *series = made_replace (sum, "\"pressure.io\": [", "\"other\": [");
  g_autofree char   *gaps = made_replace (series, "\"gaps\":", "\"other\":");
  g_autoptr (VmmResult) read = made_read (gaps);

  g_assert_cmpstr (vmm_result_get_score (read)->probes[n - 1].reason, ==,
                   "not recorded in this result");
  g_assert_cmpstr (vmm_result_get_reason (read, VMM_CHANNEL_PRESSURE_IO).sentence, ==,
                   "not recorded in this result");
  g_assert_cmpint (vmm_absence (vmm_result_get_series (read, VMM_CHANNEL_PRESSURE_IO)[0]), ==,
                   VMM_NOT_EXPOSED);
  g_assert_cmpint (vmm_absence (vmm_result_get_series (read, VMM_CHANNEL_CPU_USER)[0]), ==,
                   VMM_FAILED);
}

static void
assert_refused (const char *text, gsize length, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (vmm_result_from_json (text, length, "carried.json", &error));
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_true (g_str_has_prefix (error->message, "carried.json: "));
  if (message && !strstr (error->message, message))
    g_error ("\"%s\" lacks \"%s\"", error->message, message);
}

#define PLACE(id, number, turn)                                                                    \
  "\"session\": {\"id\": \"" id "\", \"number\": " number ", \"turn\": " turn                      \
  ", \"turns\": 2, \"slot\": 7}, \"host\": {"

/* One thing of a good document made bad, and what the complaint must name. */
static void
test_bad_members (void)
{
  /* clang-format off */
  static const struct { const char *old, *new, *message; } cases[] = {
    { "\"vmm-monitor-result\"", "\"other\"", "format" },
    { "\"version\": 1", "\"version\": 2", "newer than this program" },
    { "\"version\": 1", "\"version\": \"1\"", "version: a number" },
    { "\"version\": 1", "\"version\": 1.5", "version: a whole number" },
    { "\"version\": 1", "\"version\": 9.5", "version: a whole number" },
    { "\"version\": 1", "\"version\": 1, \"version\": 1", "version: member given twice" },
    { "\"created\": \"2", "\"created\": \"x2", "created: a time" },
    { "\"label\": \"", "\"label\": \"\\u001b[31m", "label: a text" },
    { "\"label\": \"", "\"label\": \"\\u202e", "label: a text" },
    { "\"label\": \"", "\"label\": \"\x1b", "label: control character" },
    { "\"label\": \"", "\"label\": \"\xff", "UTF-8" },
    { "\"label\": \"", "\"label\": \"\\ud800", "label: bad escape" },
    { "\"label\": \"", "\"label\": \"\\u0000", "label: bad escape" },
    { "\"label\": \"", "\"label\": \"\\x", "label: bad escape" },
    { "\"label\":", "\"lable\":", "label: the member was expected" },
    { "\"duration_s\": 10", "\"duration_s\": 0", "plan.duration_s: a number from 5 to 3600" },
    { "\"duration_s\": 10", "\"duration_s\": NaN", "plan.duration_s: a value" },
    { "\"duration_s\": 10", "\"duration_s\": 1e999", "plan.duration_s: number out of range" },
    { "\"duration_s\": 10", "\"duration_s\": 99999999999999999999", "plan.duration_s: number out" },
    { "\"duration_s\": 10", "\"duration_s\": 010", "expected" },
    { "\"duration_s\": 10", "\"duration_s\": 1.", "plan.duration_s: a digit" },
    { "\"duration_s\": 10", "\"duration_s\": +1", "plan.duration_s: a value" },
    { "\"probes\": true", "\"probes\": 1", "plan.probes: true or false" },
    { "\"plan\": {", "\"plan\": [], \"x\": {", "plan: an object" },
    { "\"host\": {", "\"session\": 3, \"host\": {", "session: an object" },
    { "\"host\": {", PLACE ("0123", "1", "null"), "session.id: 16 hexadecimal" },
    { "\"host\": {", PLACE ("0123456789ABCDEF", "1", "null"), "session.id: 16 hexadecimal" },
    { "\"host\": {", PLACE ("0123456789abcdef", "0", "null"), "session.number: a number" },
    { "\"host\": {", PLACE ("0123456789abcdef", "1", "3"), "session.turn: no more" },
    { "\"cpus\": 2", "\"cpus\": -2", "host.cpus" },
    { "\"cpus\": 2", "\"cpus\": 1e9", "host.cpus" },
    { "\"buffer_bytes\": 0", "\"buffer_bytes\": -1", "from 0 to 4503599627370496 was expected" },
    { "\"self_cpu_percent\": ", "\"self_cpu_percent\": -", "from 0 to 1000000 was expected" },
    { "\"nature\": \"paravirtual\"", "\"nature\": \"astral\"", "host.devices[0].nature" },
    { "\"devices\": [", "\"devices\": [7, ", "host.devices[0]: an object" },
    { "\"evidence\": [", "\"evidence\": [{}, ", "host.vmm.evidence: a text" },
    { "\"quality\": \"", "\"quality\": \"very ", "window.quality" },
    { "\"own_busy_percent\": 3", "\"own_busy_percent\": 300", "window.own_busy_percent" },
    { "\"ticks\": 10", "\"ticks\": -1", "window.ticks" },
    { "\"method\": \"", "\"method\": \"x", "window.ping.method" },
    { "\"total\": 1", "\"total\": -1", "score.total" },
    { "\"total\": 1", "\"total\": 9", "score.total: low <= total <= high" },
    { "\"total\": 1", "\"total\": null, \"x\": 1", "score.total: low <= total <= high" },
    { "\"categories\": {", "\"categories\": {\"cpu\": 3, \"x\": {", NULL },
    { "\"unit\": \"us\"", "\"unit\": \"ms\"", "probes.process.unit: \"us\"" },
    { "\"seconds\": 10", "\"seconds\": \"10\"", "probes.process.seconds" },
    { "\"ratio\": 1", "\"ratio\": 100000", "probes.process.ratio" },
    { "\"mean\": 6", "\"mean\": 1e300", "summary.cpu.busy.mean" },
    { "\"time_s\": [", "\"time_s\": [9, ", "series.time_s: rising times" },
    { "\"time_s\": [1,", "\"time_s\": [", "as many values as times" },
    { "\"time_s\": [1,", "\"time_s\": [null,", "series.time_s: rising times" },
    { "\"cpu.busy\": [6,", "\"cpu.busy\": [\"6\",", "series.cpu.busy" },
    { "[\"pending\", 1]", "[\"pending\", 2]", "gaps.cpu.user: reasons" },
    { "[\"pending\", 1]", "[\"tired\", 1]", "gaps.cpu.user: reasons" },
    { "[\"pending\", 1]", "[\"pending\"]", "gaps.cpu.user: pairs" },
    { "[\"pending\", 1]", "[\"pending\", 1e9]", "gaps.cpu.user" },
    { "{", "", "a result, which is a JSON object, was expected" },
    { "{", "{,", "the name of a member" },
    { "{", "{\"a\" 1,", "a: \":\" was expected" },
    { "{", "{\"a\": 1;", "\",\" or \"}\"" },
    { "{", "{\"a\": [1;2],", "a: \",\" or \"]\"" },
    { "{", "\xef\xbb\xbf{", "a result, which is a JSON object, was expected" },
    { "{", "[{}]", "a result, which is a JSON object, was expected" },
    { "{", "{\"a\": 'b',", "a: a value was expected" },
    { "{", "{/* a */", "the name of a member" },
    { "{", "{} {", "the end of the document" },
  };
  /* clang-format on */
  g_autoptr (VmmResult) made = make_gappy ();
  g_autofree char *text = vmm_result_to_json (made);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *bad = made_replace (text, cases[i].old, cases[i].new);
    assert_refused (bad, strlen (bad), cases[i].message);
  }
}

static char *
contradict (const char *text, const char *path, const char *value, const char *version)
{
  g_autoptr (JsonNode) root = json_from_string (text, NULL);

  made_put (json_node_get_object (root), path, value);
  if (version)
    made_put (json_node_get_object (root), "score/version", version);
  return json_to_string (root, FALSE);
}

/* Each member is fine by itself, and cannot be true beside the others. What is said by a definition of
 * the score that this program does not have is believed. */
static void
test_contradictions (void)
{
#define SCORE(value) "{\"value\": " value ", \"low\": 0, \"high\": 999, \"reason\": null}"
  static const struct {
    const char *path, *value, *message;
    gboolean    by_definition; /* of the score */
  } cases[] = {
    { "score/categories/cpu", SCORE ("0"), "cpu.value: 100.0 was expected, which follows", TRUE },
    { "score/categories/network", SCORE ("101"), "network.value: 100.0 was expected", TRUE },
    { "score/total", "100.2", "score.total: 100.0 was expected", TRUE },
    { "probes/copy/ratio", "1000", "probes.copy.ratio: 1.000 was expected, which follows", TRUE },
    { "probes/copy/value", "9000", "probes.copy.ratio: 2.000 was expected", TRUE },
    { "probes/sync/scored", "false", NULL, TRUE }, /* the other probes are the category */
    { "summary/network.loss/mean", "50", "network.value: 25.0 was expected", TRUE },
    { "window/quality", "\"invalid\"", "window.quality: an invalid measurement has no score",
      FALSE },
    { "window/ticks", "1000000", "window.ticks: 10 was expected", FALSE },
    { "window/ticks", "5", "window.ticks: 10 was expected", FALSE },
    { "window/missed", "11", "window.missed: no more than the ticks", FALSE },
    { "plan/duration_s", "30", "window.ticks: 30 was expected", FALSE },
    { "series/cpu.busy", "[6,6,6,-5,6,6,6,6,6,6]", "series.cpu.busy: percentages", FALSE },
    { "series/memory.used", "[6,6,6,1e14,6,6,6,6,6,6]", "series.memory.used: perc", FALSE },
    { "series/self.cpu", "[6,6,6,160,6,6,6,6,6,6]", NULL, FALSE }, /* more than one CPU's worth */
    { "series/clock.step", "[0,0,0,-400,0,0,0,0,0,0]", NULL, FALSE },
  };
  g_autoptr (VmmResult) made = make_gappy ();
  g_autofree char *text = vmm_result_to_json (made);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char      *path = cases[i].path, *value = cases[i].value;
    gboolean         foreign_refused = cases[i].message && !cases[i].by_definition;
    g_autofree char *bad = contradict (text, path, value, NULL);
    g_autofree char *older = contradict (text, path, value, "1");
    g_autofree char *newer = contradict (text, path, value, "99");
    if (cases[i].message)
      assert_refused (bad, strlen (bad), cases[i].message);
    else
      vmm_result_unref (made_read (bad));
    if (foreign_refused)
      assert_refused (newer, strlen (newer), cases[i].message);
    else {
      vmm_result_unref (made_read (older));
      vmm_result_unref (made_read (newer));
    }
  }
}

/* A run so slow that half of its readings are beyond the limit of a ratio: their median lies between one
 * that was cut and one that was not, and what was kept is read again. */
static void
test_limit (void)
{
  static float rows[10][VMM_N_CHANNELS];
  g_auto (VmmPlan) plan = { 0 };

  vmm_plan_init (&plan);
  plan.duration_s = 10;
  for (guint i = 0; i < 10; i++) {
    made_fill (rows[i]);
    rows[i][VMM_CHANNEL_PROBE_SWITCH] *= i % 2 ? 20 : 5000;
  }
  g_autoptr (VmmResult) made = made_run (&plan, "kvm", (const float (*)[VMM_N_CHANNELS]) rows, 10);
  g_autofree char *text = vmm_result_to_json (made);
  vmm_result_unref (made_read (text));
}

static void
test_cut_off (void)
{
  g_autoptr (VmmResult) made = make_gappy ();
  g_autofree char *text = vmm_result_to_json (made);
  gsize            length = strlen (text);

  g_assert_cmpint (text[length - 2], ==, '}');
  for (gsize cut = 0; cut + 1 < length; cut++) {
    g_autofree char *part = g_memdup2 (text, MAX (cut, 1)); /* no byte beyond may be read */
    assert_refused (part, cut, NULL);
  }
}

static void
test_nesting (void)
{
  g_autoptr (VmmResult) made = make_gappy ();
  g_autofree char *text = vmm_result_to_json (made);

  for (guint depth = 30; depth <= 100000; depth += depth < 33 ? 1 : 33322) {
    g_autofree char *open = g_strnfill (depth, '['), *close = g_strnfill (depth, ']');
    g_autofree char *member = g_strdup_printf ("{\"deep\": %s%s,", open, close);
    g_autofree char *deep = made_replace (text, "{", member);
    if (depth <= 31) /* and the document itself */
      vmm_result_unref (made_read (deep));
    else
      assert_refused (deep, strlen (deep), "nested too deeply");
  }
}

static void
test_huge_strings (void)
{
  g_autoptr (VmmResult) made = make_gappy ();
  g_autofree char *text = vmm_result_to_json (made);

  for (guint length = 256; length <= 1 << 20; length *= 4) {
    g_autofree char *fill = g_strnfill (length - 10, 'a');
    g_autofree char *old = g_strdup ("\"label\": \"with");
    g_autofree char *new = g_strdup_printf ("\"label\": \"%s", fill);
    g_autofree char *long_label = made_replace (text, old, new);
    assert_refused (long_label, strlen (long_label), length < 1 << 20 ? "label" : "bytes");
  }
}

/* ---- Files */

static gboolean
save (const VmmResult *result, const char *path, GError **error)
{
  g_autofree char *text = vmm_result_to_json (result);

  return vmm_export_save (path, text, error);
}

static void
test_save (void)
{
  char *root = machine_new ();
  g_autoptr (VmmResult) made = make_gappy ();
  g_autofree char *path = g_build_filename (root, "run.json", NULL);
  g_autofree char *link = g_build_filename (root, "link.json", NULL);
  g_autoptr (GError) error = NULL;
  struct stat status;

  g_assert_true (save (made, path, &error));
  g_assert_cmpint (chmod (path, 0640), ==, 0);
  g_assert_cmpint (symlink (path, link), ==, 0);
  g_assert_true (save (made, link, &error));
  g_assert_cmpint (lstat (link, &status), ==, 0);
  g_assert_true (S_ISLNK (status.st_mode));
  g_assert_cmpint (lstat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 07777, ==, 0640);
  g_autoptr (VmmResult) read = vmm_result_load (link, &error);
  g_assert_no_error (error);
  assert_same_score (vmm_result_get_score (made), vmm_result_get_score (read));
  g_assert_true (save (made, "/dev/null", &error));
  g_assert_cmpint (stat ("/dev/null", &status), ==, 0);
  g_assert_true (S_ISCHR (status.st_mode));
  machine_free (root);
}

static void
assert_not_saved (const char *path)
{
  g_autoptr (VmmResult) made = make_gappy ();
  g_autoptr (GError) error = NULL;

  g_assert_false (save (made, path, &error));
  g_assert_nonnull (error);
  g_assert_true (g_str_has_prefix (error->message, path));
}

static void
test_save_fails (void)
{
  char            *root = machine_new ();
  g_autofree char *missing = g_build_filename (root, "no", "run.json", NULL);
  g_autoptr (GDir) directory = NULL;

  assert_not_saved (missing);
  assert_not_saved (root); /* a directory */
  assert_not_saved ("/dev/full");
  directory = g_dir_open (root, 0, NULL);
  g_assert_null (g_dir_read_name (directory)); /* nothing is left */
  machine_free (root);
}

static void
assert_not_loaded (const char *path, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (vmm_result_load (path, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, message));
}

static void
test_load_fails (void)
{
  char            *root = machine_new ();
  g_autofree char *pipe = g_build_filename (root, "pipe", NULL);
  g_autofree char *huge = g_build_filename (root, "huge", NULL);
  g_autofree char *empty = g_build_filename (root, "empty", NULL);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_true (g_file_set_contents (huge, "{", 1, NULL));
  g_assert_cmpint (truncate (huge, (off_t) 1 << 30), ==, 0);
  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  assert_not_loaded (pipe, "a regular file was expected");
  assert_not_loaded (root, "a regular file was expected");
  assert_not_loaded ("/dev/zero", "a regular file was expected");
  assert_not_loaded (huge, "at most 1048576 bytes");
  assert_not_loaded (empty, "a result, which is a JSON object, was expected");
  assert_not_loaded ("/nonexistent/run.json", "cannot be opened");
  machine_free (root);
}

/* The longest run at the shortest tick still makes a document that can be read. */
static void
test_long_run (void)
{
  g_auto (VmmPlan) plan = { 0 };
  const guint n = 36000;
  float (*rows)[VMM_N_CHANNELS] = g_malloc (n * sizeof *rows);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (VmmResult) made = NULL, read = NULL;
  g_autofree char *text = NULL;
  guint            kept;

  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < VMM_N_CHANNELS; c++)
      rows[i][c] = vmm_metric (vmm_channel (c)->metric)->is_rare
                       ? vmm_absent (VMM_NOT_EXPOSED)
                       : (float) g_rand_double_range (random, 0, 0.01);
  vmm_plan_init (&plan);
  plan.duration_s = 3600;
  plan.interval_ms = 100;
  plan.probes = FALSE;
  plan.history = n;
  made = made_run (&plan, "kvm", (const float (*)[VMM_N_CHANNELS]) rows, n);
  text = vmm_result_to_json (made);
  g_assert_cmpuint (strlen (text), <=, VMM_RESULT_MAX_BYTES);
  read = made_read (text);
  vmm_result_get_times (read, &kept);
  g_assert_cmpuint (kept, >=, 600); /* a document is no longer with more channels */
  g_assert_null (strstr (text, "\"gpu.busy\": ["));
  g_assert_cmpint (vmm_absence (vmm_result_get_series (read, VMM_CHANNEL_GPU_BUSY)[0]), ==,
                   VMM_NOT_EXPOSED);
  g_assert_cmpuint (vmm_result_get_summary (read, VMM_CHANNEL_CPU_BUSY)->present, ==, n);
  g_free (rows);
}

static void
test_host_document (void)
{
  g_autoptr (VmmHost) host = made_host ("vmware");
  const VmmMeasurable rows[] = { { "cpu.busy", TRUE, NULL, NULL },
                                 { "probe.exit", FALSE, "no CPUID", "none \x01 known" } };
  g_autofree char    *text = vmm_host_to_json (host, rows, G_N_ELEMENTS (rows));
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (root);
  JsonObject *vmm = json_object_get_object_member (object, "vmm");
  JsonObject *measurable = json_object_get_object_member (object, "measurable");
  JsonObject *exit = json_object_get_object_member (measurable, "probe.exit");

  g_assert_cmpstr (json_object_get_string_member (vmm, "id"), ==, "vmware");
  g_assert_true (json_object_get_null_member (vmm, "version"));
  g_assert_false (json_object_get_boolean_member (exit, "measurable"));
  g_assert_cmpstr (json_object_get_string_member (exit, "reason"), ==, "no CPUID");
  g_assert_cmpstr (json_object_get_string_member (exit, "remedy"), ==, "none   known");
}

/* The member of a document that the fact is. */
static JsonNode *
get_fact_node (JsonNode *root, const VmmHostFact *fact)
{
  JsonObject *object = json_node_get_object (root);

  if (fact->group)
    object = json_object_get_object_member (object, fact->group);
  return json_object_get_member (object, fact->member.name);
}

/* Its row is all that it takes for a fact to be read, copied and written. */
static void
test_facts (void)
{
  guint              n;
  const VmmHostFact *facts = vmm_host_facts (&n);
  const char        *json, *said;

  for (guint i = 0; i < n; i++) {
    g_autoptr (VmmResult) result = made_clean ("kvm", NULL);
    g_autofree char *path = made_fact_path (&facts[i]);
    if (!made_fact (&facts[i], &json, &said))
      continue;
    made_set (&result, path, json);
    const VmmHost   *host = vmm_result_get_host (result);
    g_autofree char *read = vmm_host_say (host, &facts[i], VMM_ENGLISH);
    g_autofree char *written = vmm_host_to_json (host, NULL, 0);
    g_autoptr (JsonNode) root = json_from_string (written, NULL);
    g_autofree char *kept = json_to_string (get_fact_node (root, &facts[i]), FALSE);
    g_assert_cmpstr (read, ==, said);
    g_assert_cmpstr (kept, ==, json);
  }
}

/* Documents from before causes were told: each is read, what speaks against its window has its cause,
 * and what is written again is what was read. */
static void
test_recorded (void)
{
  const char *directory = g_getenv ("RECORDED"), *name;
  g_autoptr (GDir) list = g_dir_open (directory, 0, NULL);
  guint found = 0, told = 0;

  g_assert_nonnull (list);
  while ((name = g_dir_read_name (list))) {
    g_autofree char *path = g_build_filename (directory, name, NULL);
    g_autoptr (GError) error = NULL;
    if (!g_str_has_suffix (name, ".json"))
      continue;
    g_autoptr (VmmResult) result = vmm_result_load (path, &error);
    g_assert_no_error (error);
    const VmmScore *score = vmm_result_get_score (result);
    g_assert_cmpuint (score->causes->len, ==, score->reasons->len);
    for (guint i = 0; i < score->reasons->len; i++, told++)
      g_assert_cmpint (g_array_index (score->causes, VmmCause, i), !=, VMM_CAUSE_NONE);
    g_autofree char *json = vmm_result_to_json (result);
    g_assert_null (strstr (json, "\"cause"));
    found++;
  }
  g_assert_cmpuint (found, >, 50);
  g_assert_cmpuint (told, >, 0);
}

/* What a document of before says of its window, and what it meant by that. */
static void
test_recalled (void)
{
  static const struct {
    const char *sentence;
    VmmCause    cause;
  } cases[] = {
    { "the window was stopped after 7 of 30 seconds", VMM_CAUSE_STOPPED_EARLY },
    { "the window was stopped before its end", VMM_CAUSE_STOPPED_EARLY },
    { "the guest, or this program, was stopped for 1200 ms", VMM_CAUSE_GUEST_STOPPED },
    { "the wall clock was moved by -3 hours", VMM_CAUSE_CLOCK_MOVED },
    { "9 of 30 ticks were missed", VMM_CAUSE_TICKS_MISSED },
    { "other disk load: 90 operations a second in 9 of 30 rounds", VMM_CAUSE_DISK_LOAD },
    { "the guest's own load was 25 %", VMM_CAUSE_OWN_LOAD },
    { "guest load unknown", VMM_CAUSE_LOAD_UNKNOWN },
    { "own load not removed", VMM_CAUSE_LOAD_LEFT_IN },
    { "a reason of somebody else", VMM_CAUSE_NONE },
  };
  g_autoptr (VmmResult) made = made_clean ("kvm", "before");
  g_autofree char *json = vmm_result_to_json (made);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JsonNode) root = json_from_string (json, NULL);
    JsonObject *window = json_object_get_object_member (json_node_get_object (root), "window");
    JsonArray  *reasons = json_array_new ();
    json_array_add_string_element (reasons, cases[i].sentence);
    json_object_set_array_member (window, "reasons", reasons);
    json_object_remove_member (window, "causes");
    g_autofree char *text = json_to_string (root, FALSE);
    g_autoptr (VmmResult) read = vmm_result_from_json (text, strlen (text), "made", NULL);
    const VmmScore *score = vmm_result_get_score (read);
    g_assert_cmpuint (score->causes->len, ==, 1);
    g_assert_cmpint (g_array_index (score->causes, VmmCause, 0), ==, cases[i].cause);
    g_assert_cmpstr (score->reasons->pdata[0], ==, cases[i].sentence);
  }
}

/* What comes is written and read; of before it is not known, and what cannot be is refused. */
static void
test_outlook (void)
{
  g_autoptr (VmmResult) result = made_clean ("kvm", "");
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (vmm_result_get_outlook (result)->items[VMM_OUTLOOK_CPU].why, ==,
                   VMM_OUTLOOK_PROBING);
  made_change (&result, "outlook/forecasts/cpu/state", "\"said\"", "outlook/forecasts/cpu/when_s",
               "12", "outlook/headroom/state", "\"known\"", "outlook/headroom/first",
               "\"requests\"", "outlook/headroom/resources/requests/multiple", "3.5", NULL);
  const VmmOutlookState *state = vmm_result_get_outlook (result);
  g_assert_cmpint (state->items[VMM_OUTLOOK_CPU].why, ==, VMM_OUTLOOK_SAID);
  g_assert_cmpfloat (state->items[VMM_OUTLOOK_CPU].when_s, ==, 12);
  g_assert_cmpint (state->headroom.first, ==, VMM_RESOURCE_REQUESTS);
  g_assert_cmpint (state->headroom.second, ==, VMM_N_RESOURCES);
  g_assert_cmpfloat (state->headroom.resources[VMM_RESOURCE_REQUESTS].multiple, ==, 3.5);

  g_autofree char *text = vmm_result_to_json (result);
  g_autofree char *wrong = made_replace (text, "\"first\": \"requests\"", "\"first\": null");
  g_assert_null (vmm_result_from_json (wrong, strlen (wrong), "made", &error));
  g_assert_nonnull (strstr (error->message, "outlook.headroom.first"));
  g_clear_error (&error);
  g_autofree char *alone = made_replace (text, "\"close\": false", "\"close\": true");
  g_assert_null (vmm_result_from_json (alone, strlen (alone), "made", &error));
  g_assert_nonnull (strstr (error->message, "outlook.headroom.second"));

  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  json_object_remove_member (json_node_get_object (root), "outlook");
  g_autofree char *old = json_to_string (root, FALSE);
  g_autoptr (VmmResult) before = made_read (old);
  g_assert_null (vmm_result_get_outlook (before));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/result/round-trip", test_round_trip);
  g_test_add_func ("/result/outlook", test_outlook);
  g_test_add_func ("/result/recorded", test_recorded);
  g_test_add_func ("/result/place", test_place);
  g_test_add_func ("/result/recalled", test_recalled);
  g_test_add_func ("/result/gaps", test_gaps);
  g_test_add_func ("/result/unknown-members", test_unknown_members);
  g_test_add_func ("/result/fewer-members", test_fewer_members);
  g_test_add_func ("/result/bad-members", test_bad_members);
  g_test_add_func ("/result/contradictions", test_contradictions);
  g_test_add_func ("/result/limit", test_limit);
  g_test_add_func ("/result/cut-off", test_cut_off);
  g_test_add_func ("/result/nesting", test_nesting);
  g_test_add_func ("/result/huge-strings", test_huge_strings);
  g_test_add_func ("/result/save", test_save);
  g_test_add_func ("/result/save-fails", test_save_fails);
  g_test_add_func ("/result/load-fails", test_load_fails);
  g_test_add_func ("/result/long-run", test_long_run);
  g_test_add_func ("/result/host-document", test_host_document);
  g_test_add_func ("/result/facts", test_facts);
  return g_test_run ();
}
