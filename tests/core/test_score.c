/* SPDX-License-Identifier: MIT */
/* test_score: what the definition promises of every window, on windows made to order. */
#include "vmm/score.h"

#include <string.h>

#define MAX_ROWS 3600
#define N_SCORED 11 /* probes with a weight, as the definition lists them */

typedef struct {
  float         values[VMM_N_CHANNELS][MAX_ROWS];
  const float  *columns[VMM_N_CHANNELS];
  VmmReason     reasons[VMM_N_CHANNELS];
  VmmScoreInput input;
} Window;

static void
fill (Window *w, VmmChannelId channel, float value)
{
  for (guint i = 0; i < w->input.n; i++)
    w->values[channel][i] = value;
}

/* Each value times exp (a uniform number of -spread .. spread). */
static void
add_noise (Window *w, VmmChannelId channel, double spread, GRand *random)
{
  for (guint i = 0; i < w->input.n; i++)
    w->values[channel][i] *= (float) exp (g_rand_double_range (random, -spread, spread));
}

/* What bursts measure is there in the rounds that are theirs. */
static void
fill_bursts (Window *w, VmmChannelId channel, float value)
{
  guint n = w->input.n, bursts = vmm_probes_bursts (n);

  fill (w, channel, vmm_absent (VMM_PENDING));
  for (guint i = 0; i < bursts; i++)
    w->values[channel][(2 * i + 1) * n / (2 * bursts)] = value;
}

/* As with `--light`. */
static void
leave_bursts_out (Window *w)
{
  guint               n;
  const VmmChannelId *bursts = vmm_channel_bursts (&n);

  w->input.light = TRUE;
  for (guint i = 0; i < n; i++)
    fill (w, bursts[i], vmm_absent (VMM_OFF));
}

/* The reference guest in a clean window of `n` seconds. */
static Window *
new_window (guint n)
{
  Window            *w = g_new0 (Window, 1);
  guint              n_rows;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n_rows);

  w->input = (VmmScoreInput){
    .values = w->columns,
    .n = n,
    .ticks = n,
    .duration_s = n,
    .interval_ms = 1000,
    .complete = TRUE,
    .own_load_removed = TRUE,
    .ping_method = VMM_PING_ICMP_DATAGRAM,
    .ping_kind = VMM_TARGET_GATEWAY,
    .channel_reasons = w->reasons,
    .seed = 42,
  };
  for (int c = 0; c < VMM_N_CHANNELS; c++) {
    w->columns[c] = w->values[c];
    fill (w, c, vmm_absent (VMM_NOT_EXPOSED));
  }
  for (guint i = 0; i < n_rows; i++)
    if (table[i].weight > 0)
      (vmm_channel_is_of_bursts (table[i].channel) ? fill_bursts : fill) (
          w, table[i].channel, (float) table[i].reference);
  fill (w, VMM_CHANNEL_NETWORK_LOSS, 0);
  fill (w, VMM_CHANNEL_CPU_BUSY, 6);
  fill (w, VMM_CHANNEL_SELF_CPU, 3);
  fill (w, VMM_CHANNEL_SELF_IOPS, 20);
  fill (w, VMM_CHANNEL_DISK_IOPS, 35);
  fill (w, VMM_CHANNEL_DISK_UTIL, 4);
  fill (w, VMM_CHANNEL_CLOCK_LOST, 0);
  fill (w, VMM_CHANNEL_CLOCK_STEP, 0);
  return w;
}

/* The same with 5 to 40 % of noise in every probe. */
static Window *
new_noisy_window (guint n, guint32 seed)
{
  Window            *w = new_window (n);
  GRand             *random = g_rand_new_with_seed (seed);
  guint              n_rows;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n_rows);

  for (guint i = 0; i < n_rows; i++)
    add_noise (w, table[i].channel, g_rand_double_range (random, 0.05, 0.4), random);
  g_rand_free (random);
  return w;
}

static double
get_total (const Window *w)
{
  VmmScore score;

  vmm_score_compute (&score, &w->input);
  double total = score.total.value;
  vmm_score_clear (&score);
  return total;
}

static void
assert_in_interval (const VmmScoreValue *value)
{
  if (isnan (value->value)) {
    g_assert_true (isnan (value->low) && isnan (value->high));
    g_assert_nonnull (value->reason);
    return;
  }
  g_assert_null (value->reason);
  g_assert_cmpfloat (value->low, <=, value->value);
  g_assert_cmpfloat (value->value, <=, value->high);
  g_assert_cmpfloat (value->low, >, 0);
  g_assert_true (isfinite (value->high));
}

/* What holds for every score, whatever it was given. */
static void
assert_sound (const VmmScore *score)
{
  guint              n_rows;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n_rows);

  g_assert_null (score->probes[n_rows].row);
  g_assert_cmpuint (score->version, ==, VMM_SCORE_VERSION);
  assert_in_interval (&score->total);
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    assert_in_interval (&score->categories[c]);
  for (guint i = 0; i < n_rows; i++) {
    const VmmScoreProbe *probe = &score->probes[i];
    g_assert_true (probe->row == &table[i]);
    g_assert_cmpint (probe->scored, ==, !isnan (probe->ratio));
    g_assert_cmpint (probe->scored, ==, probe->reason == NULL);
    if (!probe->scored)
      continue;
    g_assert_cmpfloat (probe->value, >=, 0);
    g_assert_cmpfloat (probe->ratio, >=, 0.001 - 1e-12);
    g_assert_cmpfloat (probe->ratio, <=, 1000 + 1e-9);
  }
  g_assert_nonnull (score->reasons);
  if (score->quality != VMM_QUALITY_CLEAN)
    g_assert_cmpuint (score->reasons->len, >, 0);
}

static const VmmScoreProbe *
get_probe (const VmmScore *score, const char *name)
{
  for (const VmmScoreProbe *probe = score->probes; probe->row; probe++)
    if (strcmp (probe->row->name, name) == 0)
      return probe;
  g_assert_not_reached ();
}

/* Computes, checks, and compares the quality and (part of) its first reason. */
static void
assert_quality (const Window *w, VmmQuality quality, const char *reason)
{
  VmmScore score;

  vmm_score_compute (&score, &w->input);
  assert_sound (&score);
  g_assert_cmpstr (vmm_quality_id (score.quality), ==, vmm_quality_id (quality));
  if (reason) {
    g_assert_cmpuint (score.reasons->len, >, 0);
    g_assert_nonnull (strstr (g_ptr_array_index (score.reasons, 0), reason));
  } else {
    g_assert_cmpuint (score.reasons->len, ==, 0);
  }
  g_assert_cmpint (quality == VMM_QUALITY_INVALID, ==, isnan (score.total.value));
  vmm_score_clear (&score);
}

/* ---- The definition */

static void
test_table (void)
{
  guint              n_rows, scored = 0;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n_rows);
  double             inner[VMM_N_CATEGORIES] = { 0 }, outer = 0;

  g_assert_cmpuint (n_rows, <=, VMM_SCORE_MAX_PROBES);
  for (guint i = 0; i < n_rows; i++) {
    g_assert_cmpint (table[i].category, <, VMM_N_CATEGORIES);
    g_assert_true (table[i].weight <= 0 || table[i].reference > 0);
    g_assert_cmpint (table[i].more_is_better, ==,
                     g_str_equal (vmm_channel (table[i].channel)->unit, "MB/s"));
    if (table[i].weight == 0)
      continue;
    g_assert_cmpuint (scored++, ==, i); /* scored rows first */
    inner[table[i].category] += table[i].weight;
    if (i > 0)
      g_assert_cmpint (table[i].category, >=, table[i - 1].category);
  }
  g_assert_cmpuint (scored, ==, N_SCORED);
  for (int c = 0; c < VMM_N_CATEGORIES; c++) {
    g_assert_cmpfloat_with_epsilon (inner[c], 1, 1e-12);
    outer += vmm_score_category_weight (VMM_SCORE_VERSION, c);
  }
  g_assert_cmpfloat_with_epsilon (outer, 1, 1e-12);
}

/* The document that defines the score has the same table. */
static void
test_document (void)
{
  guint              n_rows, lines = 0;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n_rows);
  g_autofree char   *text = NULL;
  g_autofree char   *version = g_strdup_printf ("Definition %u", VMM_SCORE_VERSION);
  static const char *starts[] = { "\n| cpu |", "\n| memory |", "\n| disk |", "\n| network |" };
  g_autoptr (GError) error = NULL;

  g_file_get_contents (g_getenv ("SCORE_DOCUMENT"), &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, version));
  for (guint i = 0; i < n_rows; i++) {
    g_autofree char *line = g_strdup_printf (
        "\n| %s | %.2f | `%s` | %.2f | %g %s |", vmm_category (table[i].category)->id,
        vmm_score_category_weight (VMM_SCORE_VERSION, table[i].category), table[i].name,
        table[i].weight, table[i].reference, vmm_channel (table[i].channel)->unit);
    g_test_message ("%s", line + 1);
    if (table[i].weight > 0)
      g_assert_nonnull (strstr (text, line));
  }
  g_autofree char *spread = g_strdup_printf (
      "its sd is %.2f for ln total, %.2f CPU, %.2f memory, %.2f disk, %.2f network",
      vmm_score_between (VMM_SCORE_VERSION),
      vmm_score_category_between (VMM_SCORE_VERSION, VMM_CATEGORY_CPU),
      vmm_score_category_between (VMM_SCORE_VERSION, VMM_CATEGORY_MEMORY),
      vmm_score_category_between (VMM_SCORE_VERSION, VMM_CATEGORY_DISK),
      vmm_score_category_between (VMM_SCORE_VERSION, VMM_CATEGORY_NETWORK));
  g_test_message ("%s", spread);
  g_assert_nonnull (strstr (text, spread));
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    for (const char *at = strstr (text, starts[i]); at; at = strstr (at + 1, starts[i]))
      lines++;
  g_assert_cmpuint (lines, ==, N_SCORED);
}

static void
test_reference (void)
{
  for (guint n = 5; n <= 60; n++) {
    g_autofree Window *w = new_window (n);
    VmmScore           score;

    vmm_score_compute (&score, &w->input);
    assert_sound (&score);
    g_assert_cmpfloat (score.total.value, ==, 100);
    for (int c = 0; c < VMM_N_CATEGORIES; c++)
      g_assert_cmpfloat (score.categories[c].value, ==, 100);
    g_assert_cmpfloat (get_probe (&score, "copy")->value, ==, 4500);
    g_assert_cmpfloat (get_probe (&score, "copy")->ratio, ==, 1);
    g_assert_cmpint (score.quality, ==, VMM_QUALITY_CLEAN);
    g_assert_cmpuint (score.reasons->len, ==, 0);
    g_assert_cmpfloat_with_epsilon (score.own_busy_percent, 3, 1e-6);
    vmm_score_clear (&score);
  }
}

/* Half as fast in all of a category halves it, and moves the total by its weight. */
static void
test_scale (void)
{
  guint              n_rows;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n_rows);

  for (int c = 0; c < VMM_N_CATEGORIES; c++) {
    g_autofree Window *w = new_noisy_window (30, 7);
    VmmScore           before, after;

    vmm_score_compute (&before, &w->input);
    for (guint i = 0; i < N_SCORED; i++)
      for (guint k = 0; k < 30 && table[i].category == (VmmCategory) c; k++)
        w->values[table[i].channel][k] *= table[i].more_is_better ? 0.5f : 2;
    vmm_score_compute (&after, &w->input);
    for (int d = 0; d < VMM_N_CATEGORIES; d++)
      g_assert_cmpfloat_with_epsilon (after.categories[d].value / before.categories[d].value,
                                      c == d ? 0.5 : 1, 1e-6);
    g_assert_cmpfloat_with_epsilon (after.total.value / before.total.value,
                                    pow (0.5, vmm_score_category_weight (VMM_SCORE_VERSION, c)),
                                    1e-6);
    vmm_score_clear (&before);
    vmm_score_clear (&after);
  }
}

/* Any second of any probe made better, by little or much, never lowers the total. */
static void
test_better_never_lowers (void)
{
  guint              n_rows;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n_rows);
  GRand             *random = g_rand_new_with_seed (11);
  g_autofree Window *w = new_noisy_window (30, 11);

  for (int k = 0; k < 60; k++) { /* and a few seconds have no value */
    guint i = (guint) g_rand_int_range (random, 0, N_SCORED);
    w->values[table[i].channel][g_rand_int_range (random, 0, 30)] = vmm_absent (VMM_FAILED);
  }
  fill (w, VMM_CHANNEL_NETWORK_LOSS, 10);
  double before = get_total (w);
  for (int k = 0; k < 300; k++) {
    guint  i = (guint) g_rand_int_range (random, 0, N_SCORED);
    float *value = &w->values[table[i].channel][g_rand_int_range (random, 0, 30)];
    float  factor = (float) pow (10, g_rand_double_range (random, 0, k % 10 == 0 ? 6 : 0.2));

    *value = table[i].more_is_better ? *value * factor : *value / factor;
    if (k % 50 == 0 && !table[i].more_is_better)
      *value = 0; /* faster than the clock can see */
    double after = get_total (w);
    g_assert_cmpfloat (after, >=, before * (1 - 1e-12));
    before = after;
  }
  fill (w, VMM_CHANNEL_NETWORK_LOSS, 5);
  g_assert_cmpfloat (get_total (w), >, before);
  g_rand_free (random);
}

static void
test_loss (void)
{
  static const struct {
    float loss, network;
  } cases[] = { { 0, 100 }, { 2, 96.04f }, { 50, 25 }, { 99, 0.01f }, { 100, 1e-4f } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree Window *w = new_window (30);
    VmmScore           score;

    fill (w, VMM_CHANNEL_NETWORK_LOSS, cases[i].loss);
    vmm_score_compute (&score, &w->input);
    assert_sound (&score);
    g_assert_cmpfloat_with_epsilon (score.categories[VMM_CATEGORY_NETWORK].value, cases[i].network,
                                    1e-5);
    g_assert_cmpfloat (score.categories[VMM_CATEGORY_CPU].value, ==, 100);
    vmm_score_clear (&score);
  }
}

/* The whole loss is the mean of the rows: one bad second of ten is a tenth of it. */
static void
test_loss_mean (void)
{
  g_autofree Window *w = new_window (10);
  VmmScore           score;

  w->values[VMM_CHANNEL_NETWORK_LOSS][3] = 100;
  vmm_score_compute (&score, &w->input);
  g_assert_cmpfloat_with_epsilon (score.categories[VMM_CATEGORY_NETWORK].value, 81, 1e-6);
  vmm_score_clear (&score);
}

static void
test_dead_probe (void)
{
  g_autofree Window *w = new_window (30);
  VmmScore           score;

  fill (w, VMM_CHANNEL_PROBE_SYNC, 1e12f);
  vmm_score_compute (&score, &w->input);
  assert_sound (&score);
  g_assert_cmpfloat_with_epsilon (get_probe (&score, "sync")->ratio, 0.001, 1e-12);
  g_assert_cmpfloat_with_epsilon (score.categories[VMM_CATEGORY_DISK].value, 100 * pow (0.001, 0.2),
                                  1e-9);
  g_assert_cmpfloat_with_epsilon (score.total.value, 100 * pow (0.001, 0.04), 1e-9);
  vmm_score_clear (&score);
}

/* Over the seconds the median of ln x: outliers do not count, two in the middle meet there. */
static void
test_location (void)
{
  g_autofree Window *w = new_window (6);
  const float        waits[] = { 50, 1e6f, 100, 400, 1, 500 }; /* middle: 100 and 400 */
  VmmScore           score;

  memcpy (w->values[VMM_CHANNEL_PROBE_WORK], waits, sizeof waits);
  vmm_score_compute (&score, &w->input);
  g_assert_cmpfloat_with_epsilon (get_probe (&score, "work")->value, 200, 1e-9);
  g_assert_cmpfloat_with_epsilon (get_probe (&score, "work")->ratio, 2.5, 1e-9);
  vmm_score_clear (&score);
}

/* What comes in bursts: half of the rounds lost as much as they had, so a third of all was lost. */
static void
test_share (void)
{
  g_autofree Window *w = new_window (6);
  const float        stolen[] = { 50, 0, 0, 50, 0, 50 }, all[] = { 100, 0, 0, 0, 0, 0 };
  VmmScore           score;

  memcpy (w->values[VMM_CHANNEL_CPU_STOLEN], stolen, sizeof stolen);
  vmm_score_compute (&score, &w->input);
  g_assert_cmpfloat_with_epsilon (get_probe (&score, "stolen")->value, 100.0 / 3, 1e-6);
  vmm_score_clear (&score);
  memcpy (w->values[VMM_CHANNEL_CPU_STOLEN], all, sizeof all);
  vmm_score_compute (&score, &w->input);
  g_assert_cmpfloat (get_probe (&score, "stolen")->value, <, 100);
  vmm_score_clear (&score);
}

/* ---- What is missing */

static void
test_nothing (void)
{
  g_autofree Window *w = new_window (30);
  VmmScore           score;

  for (int c = 0; c < VMM_N_CHANNELS; c++)
    fill (w, c, vmm_absent (VMM_FAILED));
  vmm_score_compute (&score, &w->input);
  assert_sound (&score);
  g_assert_true (isnan (score.total.value));
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    g_assert_cmpstr (score.categories[c].reason, ==, "could not be read");
  vmm_score_clear (&score);

  w->input.n = 0;
  vmm_score_compute (&score, &w->input);
  assert_sound (&score);
  g_assert_true (isnan (score.total.value));
  vmm_score_clear (&score);
}

/* Without the network the total is the others' mean; its reason is the source's own. */
static void
test_category_missing (void)
{
  g_autofree Window *w = new_window (30);
  VmmScore           score;

  fill (w, VMM_CHANNEL_NETWORK_RTT, vmm_absent (VMM_NOT_EXPOSED));
  fill (w, VMM_CHANNEL_NETWORK_JITTER, vmm_absent (VMM_NOT_EXPOSED));
  fill (w, VMM_CHANNEL_NETWORK_LOSS, vmm_absent (VMM_NOT_EXPOSED));
  w->reasons[VMM_CHANNEL_NETWORK_RTT] =
      (VmmReason){ VMM_CAUSE_NO_TARGET, "proc/net/route: no default gateway" };
  vmm_score_compute (&score, &w->input);
  assert_sound (&score);
  g_assert_true (isnan (score.categories[VMM_CATEGORY_NETWORK].value));
  g_assert_cmpstr (score.categories[VMM_CATEGORY_NETWORK].reason, ==,
                   "proc/net/route: no default gateway");
  g_assert_cmpstr (get_probe (&score, "jitter")->reason, ==, "not offered here");
  g_assert_cmpfloat_with_epsilon (score.total.value, 100, 1e-9);
  vmm_score_clear (&score);

  for (guint i = 0; i < 30; i++)
    w->values[VMM_CHANNEL_PROBE_FILES][i] *= 4;
  vmm_score_compute (&score, &w->input);
  g_assert_cmpfloat_with_epsilon (score.total.value, 100 * pow (0.25, 0.6 * 0.20 / 0.90), 1e-6);
  vmm_score_clear (&score);
}

/* Half of the seconds is enough, one less is not; missed ticks are seconds too. */
static void
test_half_of_seconds (void)
{
  g_autofree Window *w = new_window (30);
  VmmScore           score;

  leave_bursts_out (w); /* else they take some of its rounds */
  for (int k = 0; k < 15; k++)
    w->values[VMM_CHANNEL_PROBE_FILES][2 * k] = k % 2 ? NAN : vmm_absent (VMM_FAILED);
  vmm_score_compute (&score, &w->input);
  g_assert_true (get_probe (&score, "files")->scored);
  g_assert_cmpuint (get_probe (&score, "files")->seconds, ==, 15);
  vmm_score_clear (&score);

  w->values[VMM_CHANNEL_PROBE_FILES][1] = -1; /* impossible: as good as none */
  w->reasons[VMM_CHANNEL_PROBE_FILES] = (VmmReason){ VMM_CAUSE_PROBE_FAILED, "the disk is gone" };
  vmm_score_compute (&score, &w->input);
  assert_sound (&score);
  g_assert_false (get_probe (&score, "files")->scored);
  g_assert_true (isnan (get_probe (&score, "files")->value));
  g_assert_cmpstr (get_probe (&score, "files")->reason, ==, "14 of 30 readings: the disk is gone");
  g_assert_cmpfloat (score.categories[VMM_CATEGORY_DISK].value, ==, 100); /* of the rest */
  vmm_score_clear (&score);

  w->input.n = 14;
  w->input.missed = 16;
  vmm_score_compute (&score, &w->input);
  g_assert_cmpstr (get_probe (&score, "sync")->reason, ==, "14 of 30 readings");
  vmm_score_clear (&score);
}

/* A guest that finishes too few rounds of what is asked of itself is not as good as its network. */
static void
test_starved (void)
{
  g_autofree Window *w = new_window (30);
  guint              n_rows;
  const VmmScoreRow *table = vmm_score_table (VMM_SCORE_VERSION, &n_rows);
  VmmScore           score;

  for (guint i = 0; i < n_rows; i++)
    for (guint k = 8; k < 30 && table[i].category == VMM_CATEGORY_DISK; k++)
      w->values[table[i].channel][k] = vmm_absent (VMM_PENDING);
  vmm_score_compute (&score, &w->input);
  g_assert_true (isnan (score.total.value));
  g_assert_cmpint (score.total.cause, ==, VMM_CAUSE_FEW_READINGS);
  g_assert_cmpstr (score.total.reason, ==, "too little was measured in time: 8 of 26 readings");
  g_assert_cmpfloat_with_epsilon (score.categories[VMM_CATEGORY_CPU].value, 100, 1e-3);
  vmm_score_clear (&score);
}

/* Bursts take rounds from the other probes, have few readings of their own, and what this program and the
 * kernel do in them is nobody's load. */
static void
test_bursts (void)
{
  g_autofree Window *w = new_window (30);
  const guint        at[] = { 3, 11, 18, 26 };
  VmmScore           score;

  for (guint i = 0; i < G_N_ELEMENTS (at); i++) {
    w->values[VMM_CHANNEL_PROBE_FILES][at[i]] = vmm_absent (VMM_PENDING);
    w->values[VMM_CHANNEL_PROBE_PARALLEL][at[i]] = 500;
    w->values[VMM_CHANNEL_PROBE_DEEP][at[i]] = 14;
    w->values[VMM_CHANNEL_CPU_BUSY][at[i]] = 100;
    w->values[VMM_CHANNEL_DISK_IOPS][at[i]] = 9000;
    w->values[VMM_CHANNEL_DISK_UTIL][at[i]] = 90;
    w->values[VMM_CHANNEL_SELF_IOPS][at[i]] = 4000;
  }
  vmm_score_compute (&score, &w->input);
  assert_sound (&score);
  g_assert_cmpint (score.quality, ==, VMM_QUALITY_CLEAN);
  g_assert_cmpfloat_with_epsilon (score.own_busy_percent, 3, 1e-6);
  g_assert_cmpuint (get_probe (&score, "files")->seconds, ==, 26);
  g_assert_true (get_probe (&score, "files")->scored);
  g_assert_cmpfloat (get_probe (&score, "parallel")->value, ==, 500);
  g_assert_true (get_probe (&score, "parallel")->scored);
  g_assert_cmpint (get_probe (&score, "deep")->cause, ==, VMM_CAUSE_NEVER_SCORED);
  vmm_score_clear (&score);

  /* Half of the rounds without one. */
  for (guint i = 0; i < 13; i++)
    w->values[VMM_CHANNEL_PROBE_FILES][i] = vmm_absent (VMM_PENDING);
  w->values[VMM_CHANNEL_PROBE_PARALLEL][3] = vmm_absent (VMM_PENDING);
  w->values[VMM_CHANNEL_PROBE_PARALLEL][11] = vmm_absent (VMM_PENDING);
  vmm_score_compute (&score, &w->input);
  g_assert_true (get_probe (&score, "files")->scored);
  g_assert_true (
      isnan (get_probe (&score, "parallel")->value)); /* two say nothing of their spread */
  vmm_score_clear (&score);

  w->values[VMM_CHANNEL_PROBE_PARALLEL][3] = w->values[VMM_CHANNEL_PROBE_PARALLEL][11] = 500;
  /* Others' disk load between them is seen, and the probes' own in them does not hide it. */
  for (guint i = 0; i < 30; i++)
    w->values[VMM_CHANNEL_DISK_UTIL][i] = 50;
  for (guint i = 19; i < 26; i++)
    w->values[VMM_CHANNEL_DISK_IOPS][i] = 300;
  assert_quality (w, VMM_QUALITY_DISTURBED, "280 operations a second in 7 of 26 rounds");
}

/* What a burst to a peer costs this guest is nobody's load either, and never scored. */
static void
test_peer (void)
{
  g_autofree Window *w = new_window (30);
  const guint        at[] = { 1, 8, 16, 23 };
  VmmScore           with, without;

  fill (w, VMM_CHANNEL_PEER_THROUGHPUT, vmm_absent (VMM_OFF));
  vmm_score_compute (&without, &w->input);
  fill (w, VMM_CHANNEL_PEER_THROUGHPUT, vmm_absent (VMM_PENDING));
  for (guint i = 0; i < G_N_ELEMENTS (at); i++) {
    w->values[VMM_CHANNEL_PEER_THROUGHPUT][at[i]] = 3000;
    w->values[VMM_CHANNEL_CPU_BUSY][at[i]] = 100;
  }
  vmm_score_compute (&with, &w->input);
  g_assert_cmpint (with.quality, ==, VMM_QUALITY_CLEAN);
  g_assert_cmpfloat_with_epsilon (with.own_busy_percent, 3, 1e-6);
  g_assert_cmpfloat (with.total.value, ==, without.total.value);
  g_assert_cmpfloat (with.total.low, ==, without.total.low);
  vmm_score_clear (&with);
  vmm_score_clear (&without);

  fill (w, VMM_CHANNEL_PEER_THROUGHPUT, vmm_absent (VMM_PENDING));
  vmm_score_compute (&with, &w->input);
  g_assert_cmpfloat (with.own_busy_percent, >, 10);
  vmm_score_clear (&with);
}

/* What a short window has of bursts is told. */
static void
test_short_bursts (void)
{
  g_autofree Window *w = new_window (10);
  VmmScore           score;

  w->values[VMM_CHANNEL_PROBE_PARALLEL][2] = w->values[VMM_CHANNEL_PROBE_PARALLEL][7] = 500;
  vmm_score_compute (&score, &w->input);
  g_assert_cmpfloat (get_probe (&score, "parallel")->value, ==, 500);
  vmm_score_clear (&score);
  w->values[VMM_CHANNEL_PROBE_PARALLEL][2] = vmm_absent (VMM_PENDING);
  vmm_score_compute (&score, &w->input);
  g_assert_true (isnan (get_probe (&score, "parallel")->value));
  g_assert_cmpstr (get_probe (&score, "parallel")->reason, ==, "1 of 2 readings");
  vmm_score_clear (&score);
}

/* Ticks shorter than a second have a round of the probes every so many; echoes have each. */
static void
test_short_ticks (void)
{
  static const struct {
    guint    interval_ms, every, seconds;
    gboolean scored;
  } cases[] = {
    { 100, 10, 15, TRUE }, { 100, 10, 14, FALSE }, { 300, 4, 13, TRUE },
    { 300, 4, 12, FALSE }, { 10000, 1, 3, TRUE },  { 10000, 1, 2, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint              n = 30000 / cases[i].interval_ms;
    g_autofree Window *w = new_window (n);
    VmmScore           score;

    w->input.interval_ms = cases[i].interval_ms;
    leave_bursts_out (w);
    fill (w, VMM_CHANNEL_PROBE_FILES, vmm_absent (VMM_PENDING));
    for (guint k = 0; k < cases[i].seconds; k++)
      w->values[VMM_CHANNEL_PROBE_FILES][k * cases[i].every] = 200;
    vmm_score_compute (&score, &w->input);
    assert_sound (&score);
    g_assert_cmpint (get_probe (&score, "files")->scored, ==, cases[i].scored);
    g_assert_cmpuint (get_probe (&score, "files")->seconds, ==, cases[i].seconds);
    g_assert_true (get_probe (&score, "rtt")->scored);
    vmm_score_clear (&score);
    for (guint k = n / 2 - 1; k < n; k++)
      w->values[VMM_CHANNEL_NETWORK_RTT][k] = vmm_absent (VMM_PENDING);
    vmm_score_compute (&score, &w->input);
    g_assert_false (get_probe (&score, "rtt")->scored);
    vmm_score_clear (&score);
  }
}

static void
test_passive (void)
{
  g_autofree Window *w = new_window (30);
  VmmScore           score;

  w->input.passive = TRUE;
  w->input.own_load_removed = FALSE; /* no probe, no queueing */
  vmm_score_compute (&score, &w->input);
  assert_sound (&score);
  g_assert_true (isnan (score.total.value));
  g_assert_cmpuint (score.reasons->len, ==, 0);
  g_assert_nonnull (strstr (score.total.reason, "passive run"));
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    g_assert_nonnull (strstr (score.categories[c].reason, "passive run"));
  g_assert_cmpfloat_with_epsilon (get_probe (&score, "rtt")->value, 0.3, 1e-6); /* shown */
  vmm_score_clear (&score);
}

static void
test_tcp (void)
{
  g_autofree Window *w = new_window (30);
  VmmScore           score;

  w->input.ping_method = VMM_PING_TCP;
  vmm_score_compute (&score, &w->input);
  assert_sound (&score);
  g_assert_cmpfloat_with_epsilon (get_probe (&score, "rtt")->value, 0.3, 1e-6);
  g_assert_false (get_probe (&score, "rtt")->scored);
  g_assert_nonnull (strstr (score.categories[VMM_CATEGORY_NETWORK].reason, "TCP"));
  g_assert_cmpfloat_with_epsilon (score.total.value, 100, 1e-9);
  vmm_score_clear (&score);
}

/* No VMM is on the way from a guest to itself. */
static void
test_self (void)
{
  g_autofree Window *w = new_window (30);
  VmmScore           score;

  w->input.ping_kind = VMM_TARGET_SELF;
  vmm_score_compute (&score, &w->input);
  assert_sound (&score);
  g_assert_cmpfloat_with_epsilon (get_probe (&score, "rtt")->value, 0.3, 1e-6);
  g_assert_false (get_probe (&score, "rtt")->scored);
  g_assert_true (isnan (score.categories[VMM_CATEGORY_NETWORK].value));
  g_assert_nonnull (strstr (score.categories[VMM_CATEGORY_NETWORK].reason, "itself"));
  vmm_score_clear (&score);
}

static void
test_never_scored (void)
{
  g_autofree Window *w = new_window (30);
  VmmScore           score;

  fill (w, VMM_CHANNEL_PROBE_EXIT, 11);
  fill (w, VMM_CHANNEL_CPU_STOLEN, 0);
  vmm_score_compute (&score, &w->input);
  assert_sound (&score);
  g_assert_cmpfloat (get_probe (&score, "exit")->value, ==, 11);
  g_assert_cmpfloat (get_probe (&score, "stolen")->value, ==, 0);
  g_assert_cmpstr (get_probe (&score, "exit")->reason, ==, "shown, never scored");
  g_assert_cmpfloat (score.total.value, ==, 100);
  vmm_score_clear (&score);
}

/* ---- Quality of the window */

static void
test_own_load (void)
{
  static const struct {
    float       busy;
    gboolean    removed;
    VmmQuality  quality;
    const char *reason; /* the first of */
    guint       reasons;
  } cases[] = {
    { 3, TRUE, VMM_QUALITY_CLEAN, NULL, 0 },
    { 1, TRUE, VMM_QUALITY_CLEAN, NULL, 0 }, /* less than self: rounding */
    { 23, TRUE, VMM_QUALITY_CLEAN, NULL, 0 },
    { 24, TRUE, VMM_QUALITY_BUSY, "own load was 21 %", 1 },
    { 63, TRUE, VMM_QUALITY_BUSY, "own load was 60 %", 1 },
    { 64, TRUE, VMM_QUALITY_DISTURBED, "own load was 61 %", 1 },
    { 3, FALSE, VMM_QUALITY_CLEAN, "own load not removed", 1 },
    { 24, FALSE, VMM_QUALITY_DISTURBED, "own load not removed", 2 }, /* once, the worse */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree Window *w = new_window (30);
    fill (w, VMM_CHANNEL_CPU_BUSY, cases[i].busy);
    w->input.own_load_removed = cases[i].removed;
    assert_quality (w, cases[i].quality, cases[i].reason);

    VmmScore score;
    vmm_score_compute (&score, &w->input);
    g_assert_cmpuint (score.reasons->len, ==, cases[i].reasons);
    g_assert_cmpuint (score.causes->len, ==, cases[i].reasons);
    g_assert_cmpint (vmm_score_has_cause (&score, VMM_CAUSE_LOAD_LEFT_IN), ==, !cases[i].removed);
    g_assert_cmpint (vmm_score_has_cause (&score, VMM_CAUSE_OWN_LOAD), ==, cases[i].busy > 23);
    g_assert_cmpfloat_with_epsilon (score.own_busy_percent, MAX (cases[i].busy - 3, 0), 1e-5);
    vmm_score_clear (&score);
  }
}

static void
test_load_unknown (void)
{
  const VmmChannelId channels[] = { VMM_CHANNEL_CPU_BUSY, VMM_CHANNEL_SELF_CPU };

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++) {
    g_autofree Window *w = new_window (30);
    VmmScore           score;

    fill (w, channels[i], vmm_absent (VMM_FAILED));
    assert_quality (w, VMM_QUALITY_BUSY, "guest load unknown");
    vmm_score_compute (&score, &w->input);
    g_assert_true (isnan (score.own_busy_percent));
    vmm_score_clear (&score);
  }
}

static void
test_disk_load (void)
{
  static const struct {
    float      own, all, util; /* of the disk: I/O a second, percent */
    guint      rows;
    VmmQuality quality;
  } cases[] = {
    { 20, 70, 60, 30, VMM_QUALITY_CLEAN }, /* our own syncs and the journal's writes for them */
    { 20, 71, 60, 30, VMM_QUALITY_DISTURBED },
    { 20, 900, 60, 6, VMM_QUALITY_CLEAN }, /* a burst of others */
    { 20, 900, 60, 7, VMM_QUALITY_DISTURBED },
    { 20, 900, 5, 30, VMM_QUALITY_CLEAN }, /* a disk that hardly notices */
    { 20, 900, NAN, 30, VMM_QUALITY_DISTURBED },
    { 4, 12, 99, 30, VMM_QUALITY_CLEAN }, /* a slow disk, slow by itself */
    { 4, 40, 99, 30, VMM_QUALITY_DISTURBED },
    { NAN, 10, 99, 30, VMM_QUALITY_CLEAN }, /* no probe of ours */
    { NAN, 11, 99, 30, VMM_QUALITY_DISTURBED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree Window *w = new_window (30);

    leave_bursts_out (w);
    fill (w, VMM_CHANNEL_SELF_IOPS, cases[i].own);
    for (guint k = 0; k < cases[i].rows; k++) {
      w->values[VMM_CHANNEL_DISK_IOPS][k * 4 % 30] = cases[i].all;
      w->values[VMM_CHANNEL_DISK_UTIL][k * 4 % 30] = cases[i].util;
    }
    if (cases[i].rows == 30) {
      fill (w, VMM_CHANNEL_DISK_IOPS, cases[i].all);
      fill (w, VMM_CHANNEL_DISK_UTIL, cases[i].util);
    }
    assert_quality (w, cases[i].quality,
                    cases[i].quality == VMM_QUALITY_DISTURBED ? "other disk load" : NULL);
  }
}

/* In short ticks the probes' own I/O is many operations in one and none in the next three. */
static void
test_disk_bursts (void)
{
  g_autofree Window *w = new_window (100);

  w->input.interval_ms = 300;
  for (guint i = 0; i < 100; i++) {
    w->values[VMM_CHANNEL_DISK_IOPS][i] = i % 4 == 0 ? 120 : 2;
    w->values[VMM_CHANNEL_SELF_IOPS][i] = i % 4 == 1 ? 80 : 0;
    w->values[VMM_CHANNEL_DISK_UTIL][i] = 90;
  }
  assert_quality (w, VMM_QUALITY_CLEAN, NULL);
}

static void
test_missed (void)
{
  g_autofree Window *w = new_window (30);

  w->input.n = 24;
  w->input.missed = 6;
  assert_quality (w, VMM_QUALITY_CLEAN, NULL);
  w->input.n = 23;
  w->input.missed = 7;
  assert_quality (w, VMM_QUALITY_DISTURBED, "7 of 30 ticks were missed");
}

/* No number anywhere, and the reason in front. */
static void
test_invalid (void)
{
  static const struct {
    VmmChannelId channel;
    float        value;
    gboolean     invalid;
    const char  *reason;
  } cases[] = {
    { VMM_CHANNEL_CLOCK_LOST, 1000, FALSE, NULL },
    { VMM_CHANNEL_CLOCK_LOST, 5200, TRUE, "this program, was stopped for 5200 ms" },
    { VMM_CHANNEL_CLOCK_STEP, 500, FALSE, NULL },
    { VMM_CHANNEL_CLOCK_STEP, -500, FALSE, NULL },
    { VMM_CHANNEL_CLOCK_STEP, 501, TRUE, "the wall clock was moved by +501 ms" },
    { VMM_CHANNEL_CLOCK_STEP, -9900, TRUE, "the wall clock was moved by -9900 ms" },
    { VMM_CHANNEL_CLOCK_STEP, 12000, TRUE, "the wall clock was moved by +12 seconds" },
    { VMM_CHANNEL_CLOCK_STEP, -3600000, TRUE, "the wall clock was moved by -60 minutes" },
    { VMM_CHANNEL_CLOCK_STEP, 36e5f * 5, TRUE, "the wall clock was moved by +5 hours" },
    { VMM_CHANNEL_CLOCK_STEP, -864e5f * 30, TRUE, "the wall clock was moved by -30 days" },
    { VMM_CHANNEL_CLOCK_STEP, -1.9e12f, TRUE, "the wall clock was moved by -60 years" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree Window *w = new_window (30);
    w->values[cases[i].channel][29] = cases[i].value;
    assert_quality (w, cases[i].invalid ? VMM_QUALITY_INVALID : VMM_QUALITY_CLEAN, cases[i].reason);
  }
}

static void
test_incomplete (void)
{
  g_autofree Window *w = new_window (30);
  VmmScore           score;

  w->input.complete = FALSE;
  w->input.ticks = 0;
  assert_quality (w, VMM_QUALITY_INVALID, "stopped before its end");
  w->input.ticks = 5;
  vmm_score_compute (&score, &w->input);
  g_assert_cmpstr (score.total.reason, ==,
                   "window invalid: the window was stopped after 5 of 30 seconds");
  for (int c = 0; c < VMM_N_CATEGORIES; c++)
    g_assert_true (isnan (score.categories[c].value));
  for (guint i = 0; i < VMM_SCORE_MAX_PROBES; i++)
    g_assert_false (score.probes[i].scored);
  vmm_score_clear (&score);
}

/* ---- The interval */

static void
test_interval_repeats (void)
{
  const guint64      seeds[] = { 42, 43, G_GUINT64_CONSTANT (42) + (G_GUINT64_CONSTANT (1) << 32) };
  g_autofree Window *w = new_noisy_window (30, 3);
  VmmScore           first, other;

  vmm_score_compute (&first, &w->input);
  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++) {
    w->input.seed = seeds[i];
    vmm_score_compute (&other, &w->input);
    g_assert_cmpfloat (first.total.value, ==, other.total.value);
    g_assert_cmpint (first.total.low == other.total.low, ==, i == 0); /* the seed is used, whole */
    g_assert_cmpint (first.total.high == other.total.high, ==, i == 0);
    g_assert_cmpfloat_with_epsilon (first.total.low / other.total.low, 1, 0.02);
    vmm_score_clear (&other);
  }
  vmm_score_clear (&first);
}

/* Without noise, what windows differ by remains; with more noise, more. */
static void
test_interval_widens (void)
{
  const double spreads[] = { 0, 0.2, 0.6, 1.5 };
  double       before = 0.99 * exp (1.96 * vmm_score_between (VMM_SCORE_VERSION));

  for (guint i = 0; i < G_N_ELEMENTS (spreads); i++) {
    g_autofree Window *w = new_window (30);
    GRand             *random = g_rand_new_with_seed (5);
    VmmScore           score;
    double             width;

    for (int c = 0; c < VMM_N_CHANNELS; c++)
      if (vmm_absence (w->values[c][0]) == VMM_PRESENT &&
          vmm_channel (c)->metric == VMM_METRIC_PROBE)
        add_noise (w, c, spreads[i], random);
    vmm_score_compute (&score, &w->input);
    assert_sound (&score);
    width = score.total.high / score.total.value;
    g_assert_cmpfloat (width, >, before);
    before = width;
    vmm_score_clear (&score);
    g_rand_free (random);
  }
}

/* Seconds that come in runs say less than as many that do not: blocks see it. */
static void
test_interval_blocks (void)
{
  double widths[2];

  for (guint run = 0; run < 2; run++) {
    g_autofree Window *w = new_window (60);
    VmmScore           score;

    for (guint i = 0; i < 60; i++) /* the same values, in another order */
      w->values[VMM_CHANNEL_PROBE_SYNC][i] = (run ? i / 10 % 2 : i % 2) ? 200 : 500;
    vmm_score_compute (&score, &w->input);
    widths[run] =
        score.categories[VMM_CATEGORY_DISK].high / score.categories[VMM_CATEGORY_DISK].low;
    vmm_score_clear (&score);
  }
  g_assert_cmpfloat (widths[1], >, widths[0] * 1.02);
}

/* Echoes lost here and there are uncertain too. */
static void
test_interval_of_loss (void)
{
  double widths[2];

  for (guint run = 0; run < 2; run++) {
    g_autofree Window *w = new_window (30);
    VmmScore           score;

    for (guint i = 0; i < 30; i++)
      w->values[VMM_CHANNEL_NETWORK_LOSS][i] = run == 0 ? 20 : i % 10 < 2 ? 100 : 0;
    vmm_score_compute (&score, &w->input);
    g_assert_cmpfloat_with_epsilon (score.categories[VMM_CATEGORY_NETWORK].value, 64, 1e-6);
    widths[run] =
        score.categories[VMM_CATEGORY_NETWORK].high / score.categories[VMM_CATEGORY_NETWORK].low;
    vmm_score_clear (&score);
  }
  g_assert_cmpfloat (widths[1], >, widths[0] * 1.05);
}

/* ---- Anything at all */

static float
get_anything (GRand *random)
{
  switch (g_rand_int_range (random, 0, 10)) {
  case 0:
    return NAN;
  case 1:
    return vmm_absent ((VmmAbsence) g_rand_int_range (random, 1, VMM_N_ABSENCES));
  case 2:
    return g_rand_boolean (random) ? INFINITY : -INFINITY;
  case 3:
    return 0;
  case 4:
    return -1;
  case 5:
    return 3.4e38f;
  case 6:
    return 1e-45f;
  default:
    return (float) g_rand_double_range (random, 0, 1000);
  }
}

static void
test_anything (void)
{
  GRand             *random = g_rand_new_with_seed (1);
  g_autofree Window *w = new_window (MAX_ROWS);

  for (guint round = 0; round < 200; round++) {
    VmmScore score, copy;

    w->input.n = (guint) g_rand_int_range (random, 0, 40);
    w->input.ticks = w->input.n + (guint) g_rand_int_range (random, 0, 5);
    w->input.missed = w->input.ticks - w->input.n;
    w->input.interval_ms = (guint) g_rand_int_range (random, 100, 10000);
    w->input.ping_method = (VmmPingMethod) g_rand_int_range (random, 0, 4);
    w->input.passive = round % 10 == 0;
    w->input.channel_reasons = round % 3 ? w->reasons : NULL;
    w->input.seed = round * G_GUINT64_CONSTANT (0x100000001);
    for (int c = 0; c < VMM_N_CHANNELS; c++)
      for (guint i = 0; i < w->input.n; i++)
        w->values[c][i] = get_anything (random);
    if (round % 2)
      fill (w, VMM_CHANNEL_CLOCK_LOST, 0), fill (w, VMM_CHANNEL_CLOCK_STEP, 0);
    vmm_score_compute (&score, &w->input);
    assert_sound (&score);
    vmm_score_copy (&copy, &score);
    vmm_score_clear (&score);
    assert_sound (&copy);
    vmm_score_clear (&copy);
  }
  g_rand_free (random);
}

static void
test_copy (void)
{
  g_autofree Window *w = new_window (30);
  VmmScore           score, copy, blank = { 0 };

  fill (w, VMM_CHANNEL_CPU_BUSY, 90);
  fill (w, VMM_CHANNEL_NETWORK_RTT, vmm_absent (VMM_FAILED));
  vmm_score_compute (&score, &w->input);
  vmm_score_copy (&copy, &score);
  g_assert_true (copy.reasons != score.reasons);
  g_assert_true (copy.probes[9].reason != score.probes[9].reason);
  vmm_score_clear (&score);
  g_assert_cmpstr (get_probe (&copy, "rtt")->reason, ==, "could not be read");
  g_assert_cmpstr (g_ptr_array_index (copy.reasons, 0), ==, "the guest's own load was 87 %");
  vmm_score_clear (&copy);
  vmm_score_clear (&blank);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/score/table", test_table);
  g_test_add_func ("/score/document", test_document);
  g_test_add_func ("/score/reference", test_reference);
  g_test_add_func ("/score/scale", test_scale);
  g_test_add_func ("/score/better-never-lowers", test_better_never_lowers);
  g_test_add_func ("/score/loss", test_loss);
  g_test_add_func ("/score/loss-mean", test_loss_mean);
  g_test_add_func ("/score/dead-probe", test_dead_probe);
  g_test_add_func ("/score/location", test_location);
  g_test_add_func ("/score/share", test_share);
  g_test_add_func ("/score/nothing", test_nothing);
  g_test_add_func ("/score/category-missing", test_category_missing);
  g_test_add_func ("/score/half-of-seconds", test_half_of_seconds);
  g_test_add_func ("/score/starved", test_starved);
  g_test_add_func ("/score/bursts", test_bursts);
  g_test_add_func ("/score/short-bursts", test_short_bursts);
  g_test_add_func ("/score/peer", test_peer);
  g_test_add_func ("/score/short-ticks", test_short_ticks);
  g_test_add_func ("/score/passive", test_passive);
  g_test_add_func ("/score/tcp", test_tcp);
  g_test_add_func ("/score/self", test_self);
  g_test_add_func ("/score/never-scored", test_never_scored);
  g_test_add_func ("/score/own-load", test_own_load);
  g_test_add_func ("/score/load-unknown", test_load_unknown);
  g_test_add_func ("/score/disk-load", test_disk_load);
  g_test_add_func ("/score/disk-bursts", test_disk_bursts);
  g_test_add_func ("/score/missed", test_missed);
  g_test_add_func ("/score/invalid", test_invalid);
  g_test_add_func ("/score/incomplete", test_incomplete);
  g_test_add_func ("/score/interval-repeats", test_interval_repeats);
  g_test_add_func ("/score/interval-widens", test_interval_widens);
  g_test_add_func ("/score/interval-blocks", test_interval_blocks);
  g_test_add_func ("/score/interval-of-loss", test_interval_of_loss);
  g_test_add_func ("/score/anything", test_anything);
  g_test_add_func ("/score/copy", test_copy);
  return g_test_run ();
}
