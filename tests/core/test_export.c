/* SPDX-License-Identifier: MIT */
/* test_export: the texts that other programs read. */
#include "vmm/export.h"

#include <locale.h>

#include "made.h"

/* Three ticks; disk.read has a gap, network.rtt never a value. */
static VmmResult *
make_run (const char *label)
{
  static float rows[5][VMM_N_CHANNELS];
  g_auto (VmmPlan) plan = { 0 };

  for (guint i = 0; i < 5; i++) {
    for (guint c = 0; c < VMM_N_CHANNELS; c++)
      rows[i][c] = vmm_absent (VMM_OFF);
    rows[i][VMM_CHANNEL_CPU_BUSY] = 12.5f * (float) i;
    rows[i][VMM_CHANNEL_DISK_READ] = i == 1 ? vmm_absent (VMM_FAILED) : 0.25f;
  }
  vmm_plan_init (&plan);
  plan.duration_s = 5;
  plan.label = g_strdup (label);
  return made_run (&plan, "kvm", (const float (*)[VMM_N_CHANNELS]) rows, 5);
}

static void
test_csv (void)
{
  g_autoptr (VmmResult) run = make_run (NULL);
  g_autofree char *text = vmm_export_csv (run);

  g_assert_cmpstr (text, ==,
                   "time_s,cpu.busy,memory.used,disk.read,network.rtt\r\n"
                   "1,0,,0.25,\r\n"
                   "2,12.5,,,\r\n"
                   "3,25,,0.25,\r\n"
                   "4,37.5,,0.25,\r\n"
                   "5,50,,0.25,\r\n");
}

/* Every line is a comment or "name{labels} value time"; families are not mixed. */
static void
assert_is_openmetrics (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) sample = g_regex_new (
      "^(\\w+)\\{(\\w+=\"([^\"\\\\]|\\\\[\\\\n\"])*\",?)*\\} -?[0-9.e+-]+ [0-9]+\\.[0-9]{3}$", 0, 0,
      NULL);
  g_autofree char *family = g_strdup ("");
  guint            n = g_strv_length (lines);

  g_assert_cmpstr (lines[n - 2], ==, "# EOF");
  g_assert_cmpstr (lines[n - 1], ==, "");
  for (guint i = 0; i < n - 2; i++)
    if (g_str_has_prefix (lines[i], "# TYPE ")) {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", -1);
      g_free (family);
      family = g_strdup (words[2]);
      g_assert_true (g_hash_table_add (families, g_strdup (family)));
    } else if (!g_str_has_prefix (lines[i], "# HELP ")) {
      g_assert_true (g_regex_match (sample, lines[i], 0, NULL));
      g_assert_true (g_str_has_prefix (lines[i], family));
    }
}

static void
test_openmetrics (void)
{
  g_autoptr (VmmResult) passive = make_run ("a \"b\" \\ c");
  g_autoptr (VmmResult) clean = made_clean ("kvm", NULL);
  g_autofree char *without = vmm_export_openmetrics (passive);
  g_autofree char *with = vmm_export_openmetrics (clean);

  assert_is_openmetrics (without);
  assert_is_openmetrics (with);
  g_assert_nonnull (strstr (without, "label=\"a \\\"b\\\" \\\\ c\""));
  g_assert_nonnull (strstr (without, "vmm_channel{channel=\"cpu.busy\",unit=\"%\"} 12.5 "));
  g_assert_null (strstr (without, "vmm_score{"));
  g_assert_null (strstr (without, "nan"));
  g_assert_nonnull (strstr (with, "vmm_score{of=\"total\"} 100 "));
  g_assert_nonnull (strstr (with, "vmm_probe{probe=\"wake\",unit=\"us\"} 40 "));
}

/* Every line is a comment or a sample without a time, below the two lines of its family. */
static void
assert_is_prometheus (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GHashTable) families = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) sample = g_regex_new (
      "^(\\w+)(\\{(\\w+=\"([^\"\\\\]|\\\\[\\\\n\"])*\",?)*\\})? -?[0-9][0-9.e+-]*$", 0, 0, NULL);
  guint n = g_strv_length (lines);

  g_assert_cmpstr (lines[n - 1], ==, "");
  for (guint i = 0; i < n - 1; i++) {
    g_auto (GStrv) words = g_strsplit_set (lines[i], " {", 4);
    if (g_str_has_prefix (lines[i], "# HELP ")) {
      g_assert_true (g_hash_table_add (families, g_strdup (words[2])));
      g_assert_true (g_str_has_prefix (lines[i + 1], "# TYPE "));
    } else if (!g_str_has_prefix (lines[i], "# TYPE ")) {
      g_assert_true (g_regex_match (sample, lines[i], 0, NULL));
      g_assert_true (g_hash_table_contains (families, words[0]));
    }
  }
}

static void
test_prometheus (void)
{
  g_autoptr (VmmResult) passive = make_run ("a label");
  g_autoptr (VmmResult) clean = made_clean ("kvm", NULL);
  g_autofree char *without = vmm_export_prometheus (passive);
  g_autofree char *with = vmm_export_prometheus (clean);

  made_set (&clean, "host/kernel", "\"a \\\"b\\\" \\\\ c\"");
  g_autofree char *escaped = vmm_export_prometheus (clean);
  assert_is_prometheus (without);
  assert_is_prometheus (with);
  assert_is_prometheus (escaped);
  g_assert_nonnull (strstr (escaped, "kernel=\"a \\\"b\\\" \\\\ c\""));
  g_assert_null (strstr (without, "a label"));
  g_assert_null (strstr (without, "vmm_score"));
  g_assert_null (strstr (without, "nan"));
  g_assert_nonnull (strstr (with, "\nvmm_score 100\n"));
  g_assert_nonnull (strstr (with, "\nvmm_probe_seconds{probe=\"wake\"} 4e-05\n"));
  g_assert_nonnull (strstr (with, "\nvmm_probe_copy_bytes_per_second 4.5e+09\n"));
  g_assert_nonnull (strstr (with, "\nvmm_window_stolen_ratio 0.005\n"));
  g_assert_nonnull (strstr (with, "\nvmm_window_quality{quality=\"clean\"} 1\n"));
  g_assert_nonnull (strstr (with, "\nvmm_window_quality{quality=\"busy\"} 0\n"));
}

/* What is forecast has three bounds; what is not is told by nothing. */
static void
test_forecasts (void)
{
  g_autoptr (VmmResult) result = made_clean ("kvm", NULL);
  g_autofree char *silent = vmm_export_prometheus (result);

  made_change (&result, "outlook/forecasts/cpu/state", "\"said\"", "outlook/forecasts/cpu/low_s",
               "4", "outlook/forecasts/cpu/when_s", "12", "outlook/forecasts/cpu/high_s", "20.5",
               NULL);
  g_autofree char *text = vmm_export_prometheus (result);
  assert_is_prometheus (text);
  g_assert_null (strstr (silent, "vmm_forecast_seconds{"));
  g_assert_nonnull (strstr (text, "\nvmm_forecast_seconds{subject=\"cpu\",bound=\"low\"} 4\n"));
  g_assert_nonnull (strstr (text, "\nvmm_forecast_seconds{subject=\"cpu\",bound=\"middle\"} 12\n"));
  g_assert_nonnull (strstr (text, "\nvmm_forecast_seconds{subject=\"cpu\",bound=\"high\"} 20.5\n"));
  g_assert_null (strstr (text, "subject=\"memory\""));
}

/* What the cloud announces is told with its time, however that cloud writes it, and a time that is none is not. */
static void
test_event (void)
{
  static const struct {
    const char *time;
    double      seconds; /* 0 = none */
  } rows[] = {
    { "\"2026-11-28T15:04:05Z\"", 1795878245 },
    { "\"Sat, 28 Nov 2026 15:04:05 GMT\"", 1795878245 },
    { "\"28 Nov 2026 15:04:05 GMT\"", 1795878245 },
    { "\"28 Nov 2026 15:04:05 CET\"", 0 },
    { "\"28 Nom 2026 15:04:05 GMT\"", 0 },
    { "\"28 Nov 2026 15:04:05 GMT GMT\"", 0 },
    { "\"x Nov 2026 15:04:05 GMT\"", 0 },
    { "\"soon\"", 0 },
    { "null", 0 },
  };
  g_autoptr (VmmResult) without = made_clean ("hyperv", NULL);
  g_autofree char *silent = vmm_export_prometheus (without);

  g_assert_null (strstr (silent, "vmm_cloud_event"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (VmmResult) result = made_clean ("hyperv", NULL);
    made_change (&result, "host/cloud/id", "\"azure\"", "host/cloud/event", "\"pause\"",
                 "host/cloud/event_time", rows[i].time, NULL);
    g_autofree char *text = vmm_export_prometheus (result);
    const char      *not_before =
        "\nvmm_cloud_event_not_before_timestamp_seconds{kind=\"pause\",source=\"azure\"} ";
    const char *found = strstr (text, not_before);
    assert_is_prometheus (text);
    g_assert_nonnull (strstr (text, "\nvmm_cloud_event{kind=\"pause\",source=\"azure\"} 1\n"));
    g_assert_cmpfloat (found ? g_ascii_strtod (found + strlen (not_before), NULL) : 0, ==,
                       rows[i].seconds);
  }
}

/* The decimal point stays one where people write a comma. */
static void
test_locale (void)
{
  g_autoptr (VmmResult) run = make_run (NULL);
  g_autofree char *csv = vmm_export_csv (run), *json = vmm_result_to_json (run);

  if (!setlocale (LC_ALL, "de_DE.UTF-8")) {
    g_test_skip ("no German locale");
    return;
  }
  g_autofree char *german_csv = vmm_export_csv (run), *german_json = vmm_result_to_json (run);
  g_autoptr (VmmResult) read = made_read (german_json);
  setlocale (LC_ALL, "C");
  g_assert_cmpstr (csv, ==, german_csv);
  g_assert_cmpstr (json, ==, german_json);
  g_assert_cmpfloat (vmm_result_get_series (read, VMM_CHANNEL_CPU_BUSY)[1], ==, 12.5f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/csv", test_csv);
  g_test_add_func ("/export/openmetrics", test_openmetrics);
  g_test_add_func ("/export/prometheus", test_prometheus);
  g_test_add_func ("/export/forecasts", test_forecasts);
  g_test_add_func ("/export/event", test_event);
  g_test_add_func ("/export/locale", test_locale);
  return g_test_run ();
}
