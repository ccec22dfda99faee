/* SPDX-License-Identifier: MIT */
/* test_cpu: shares of the time between two readings, and every way in which there are none. */
#include "instrument.h"

/* A second later, the file says `text`. */
static void
sample (Instrument *instrument, const char *text)
{
  machine_write (instrument->root, "proc/stat", text);
  if (!instrument->source)
    instrument->source = vmm_cpu_new (instrument->root, NULL);
  instrument_sample (instrument, G_USEC_PER_SEC);
}

static void
sample_machine (Instrument *instrument, const char *name)
{
  g_autofree char *root = machine_fixture (name);
  g_autofree char *text = machine_read (root, "proc/stat");
  sample (instrument, text);
}

static void
assert_core (Instrument *instrument, guint number, double expected)
{
  const float *busy;
  guint        n;

  vmm_cpu_get_cores (instrument->source, &busy, &n);
  g_assert_cmpuint (number, <, n);
  g_assert_cmpfloat_with_epsilon (busy[number], expected, 1e-3);
}

static void
assert_core_absent (Instrument *instrument, guint number, VmmAbsence why)
{
  const float *busy;
  guint        n;

  vmm_cpu_get_cores (instrument->source, &busy, &n);
  g_assert_cmpuint (number, <, n);
  g_assert_cmpint (vmm_absence (busy[number]), ==, why);
}

static void
assert_all_absent (Instrument *instrument, VmmAbsence why)
{
  for (guint i = 0; i < instrument->source->class->n_channels; i++)
    g_assert_cmpint (vmm_absence (instrument->row[instrument->source->class->channels[i]]), ==,
                     why);
}

static void
test_shares (Instrument *instrument, gconstpointer data)
{
  sample (instrument, "cpu  1000 200 300 5000 100 10 40 600 150 20\n");
  assert_all_absent (instrument, VMM_PENDING);
  assert_reason (instrument->source, CPU_BUSY, "needs two readings");

  /* 200 ticks: 50+10 user, 30 system, 4+6 irq, 60 idle, 20 iowait, 20 steal; guest is in user */
  sample (instrument, "cpu  1050 210 330 5060 120 14 46 620 190 25\n");
  assert_value (instrument->row, CPU_BUSY, 50);
  assert_value (instrument->row, CPU_USER, 30);
  assert_value (instrument->row, CPU_SYSTEM, 15);
  assert_value (instrument->row, CPU_IOWAIT, 10);
  assert_value (instrument->row, CPU_IRQ, 5);
  assert_value (instrument->row, CPU_STEAL, 10);
  g_assert_null (vmm_source_reason (instrument->source, VMM_CHANNEL_CPU_BUSY).sentence);

  sample (instrument, "cpu  1050 210 330 5060 120 14 46 620 190 25\n");
  assert_all_absent (instrument, VMM_PENDING);
  assert_reason (instrument->source, CPU_BUSY, "no clock tick*");
}

/* start() takes the reading that the first row is measured against. */
static void
test_start (Instrument *instrument, gconstpointer data)
{
  sample (instrument, "cpu  0 0 0 0\n");
  machine_write (instrument->root, "proc/stat", "cpu  900 0 0 100\n");
  vmm_source_start (instrument->source, instrument->now_us + G_USEC_PER_SEC);
  sample (instrument, "cpu  910 0 0 190\n");
  assert_value (instrument->row, CPU_BUSY, 10);
}

static void
test_short_lines (Instrument *instrument, gconstpointer data)
{
  static const struct {
    const char *before, *after;
    gboolean    iowait, irq, steal;
  } cases[] = {
    { "cpu  0 0 0 0\n", "cpu  25 0 0 75\n", FALSE, FALSE, FALSE },
    { "cpu  0 0 0 0 0\n", "cpu  25 0 0 25 50\n", TRUE, FALSE, FALSE },
    { "cpu  0 0 0 0 0 0\n", "cpu  25 0 0 25 50 0\n", TRUE, FALSE, FALSE },
    { "cpu  0 0 0 0 0 0 0\n", "cpu  20 0 0 25 50 2 3\n", TRUE, TRUE, FALSE },
    { "cpu  0 0 0 0 0 0 0 0\n", "cpu  20 0 0 25 50 2 3 0\n", TRUE, TRUE, TRUE },
    { "cpu  0 0 0 0 0 0 0 0 0 0 0\n", "cpu  20 0 0 25 50 2 3 0 9 9 9\n", TRUE, TRUE, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_clear_pointer (&instrument->source, vmm_source_free);
    sample (instrument, cases[i].before);
    sample (instrument, cases[i].after);
    assert_value (instrument->row, CPU_BUSY, 25);
#define CHECK(channel, exposed, value)                                                             \
  if (exposed) {                                                                                   \
    assert_value (instrument->row, channel, value);                                                \
  } else {                                                                                         \
    assert_absent (instrument->row, channel, NOT_EXPOSED);                                         \
    assert_reason (instrument->source, channel, "proc/stat: *no such column");                     \
  }
    CHECK (CPU_IOWAIT, cases[i].iowait, 50);
    CHECK (CPU_IRQ, cases[i].irq, 5);
    CHECK (CPU_STEAL, cases[i].steal, 0);
#undef CHECK
  }
}

/* What the kernel calls possible is none, what it rules out is a failure, and neither lasts. */
static void
test_backwards (Instrument *instrument, gconstpointer data)
{
  sample (instrument, "cpu  1000 0 1000 1000 1000 0 0 0\n");
  sample (instrument, "cpu  1050 0 1000 1050 990 0 0 0\n");
  assert_value (instrument->row, CPU_BUSY, 50);
  assert_value (instrument->row, CPU_IOWAIT, 0);
  sample (instrument, "cpu  1100 0 1000 1045 1040 0 0 0\n");
  assert_value (instrument->row, CPU_BUSY, 50);

  static const char *const backwards[] = {
    "cpu  1099 0 1000 9999 9999 0 0 0\n", /* user */
    "cpu  1100 0 1000 944 9999 0 0 0\n",  /* idle, by more than bookkeeping */
    "cpu  0 0 0 0 0 0 0 0\n",
  };
  for (guint i = 0; i < G_N_ELEMENTS (backwards); i++) {
    sample (instrument, "cpu  1100 0 1000 1045 1040 0 0 0\n");
    sample (instrument, backwards[i]);
    assert_all_absent (instrument, VMM_FAILED);
    assert_reason (instrument->source, CPU_USER, "proc/stat: *backwards*");
  }
  sample (instrument,
          "cpu  10 0 0 90 0 0 0 0\n"); /* from a reading that was wrong follows nothing */
  assert_all_absent (instrument, VMM_PENDING);
  assert_reason (instrument->source, CPU_USER, "needs two readings");
  sample (instrument, "cpu  20 0 0 180 0 0 0 0\n");
  assert_value (instrument->row, CPU_BUSY, 10);

  /* near the top of 64 bits, which is a leap, and over it */
  sample (instrument, "cpu  18446744073709551590 0 0 18446744073709551600 0 0 0 0\n");
  assert_all_absent (instrument, VMM_FAILED);
  assert_reason (instrument->source, CPU_USER, "proc/stat: *leapt");
  sample (instrument, "cpu  18446744073709551600 0 0 18446744073709551600 0 0 0 0\n");
  sample (instrument, "cpu  18446744073709551605 0 0 18446744073709551615 0 0 0 0\n");
  assert_value (instrument->row, CPU_BUSY, 25);
  sample (instrument, "cpu  18446744073709551616 0 0 18446744073709551615 0 0 0 0\n");
  assert_all_absent (instrument, VMM_FAILED);
}

static void
test_steal_hidden (Instrument *instrument, gconstpointer data)
{
  const VmmHost host = { .steal = VMM_STEAL_NOT_REPORTED, .steal_reason = "VirtualBox never" };

  machine_write (instrument->root, "proc/stat", "cpu  0 0 0 0 0 0 0 0\n");
  instrument->source = vmm_cpu_new (instrument->root, &host);
  assert_reason (instrument->source, CPU_STEAL, "VirtualBox never");
  sample (instrument, "cpu  0 0 0 100 0 0 0 0\n");
  assert_absent (instrument->row, CPU_BUSY, PENDING);
  assert_absent (instrument->row, CPU_STEAL, NOT_EXPOSED);
  sample (instrument, "cpu  0 0 0 200 0 0 0 0\n");
  assert_value (instrument->row, CPU_BUSY, 0);
  assert_absent (instrument->row, CPU_STEAL, NOT_EXPOSED);
  assert_reason (instrument->source, CPU_STEAL, "VirtualBox never");

  sample (instrument, "cpu  0 0 0 250 0 0 0 50\n"); /* it does after all */
  assert_value (instrument->row, CPU_STEAL, 50);
  g_assert_null (vmm_source_reason (instrument->source, VMM_CHANNEL_CPU_STEAL).sentence);
  sample (instrument, "cpu  0 0 0 350 0 0 0 50\n");
  assert_value (instrument->row, CPU_STEAL, 0);
}

static void
test_steal_unknown (Instrument *instrument, gconstpointer data)
{
  const VmmHost unknown = { .steal = VMM_STEAL_UNKNOWN, .steal_reason = "cannot be told" };
  const VmmHost reported = { .steal = VMM_STEAL_REPORTED, .steal_reason = "CPUID says so" };

  machine_write (instrument->root, "proc/stat", "cpu  0 0 0 0 0 0 0 0\n");
  instrument->source = vmm_cpu_new (instrument->root, &unknown);
  sample (instrument, "cpu  0 0 0 100 0 0 0 0\n");
  sample (instrument, "cpu  0 0 0 200 0 0 0 0\n");
  assert_value (instrument->row, CPU_STEAL, 0);
  assert_reason (instrument->source, CPU_STEAL, "cannot be told");
  sample (instrument, "cpu  0 0 0 200 0 0 0 5\n");
  g_assert_null (vmm_source_reason (instrument->source, VMM_CHANNEL_CPU_STEAL).sentence);

  vmm_source_free (instrument->source);
  instrument->source = vmm_cpu_new (instrument->root, &reported);
  sample (instrument, "cpu  0 0 0 100 0 0 0 0\n");
  sample (instrument, "cpu  0 0 0 200 0 0 0 0\n");
  assert_value (instrument->row, CPU_STEAL, 0);
  g_assert_null (vmm_source_reason (instrument->source, VMM_CHANNEL_CPU_STEAL).sentence);
}

static void
test_bad_files (Instrument *instrument, gconstpointer data)
{
  static const struct {
    const char *text, *reason;
  } cases[] = {
    { "", "proc/stat: no \"cpu\" line" },
    { "cpu  1 2 3 4 5 6 7 8 9 10", "proc/stat: no \"cpu\" line" }, /* cut off */
    { "cpu  1 2 3\n", "proc/stat: the \"cpu\" line is not 4 numbers or more" },
    { "cpu  1 2 3 4 5 \xff\n", "proc/stat: the \"cpu\" line is not 4 numbers or more" },
    { "cpu  1 2 3 4 5x 6 7 8\n", "proc/stat: the \"cpu\" line is not 4 numbers or more" },
    { "cpu\n", "proc/stat: no \"cpu\" line" },
    { "cpu  -1 2 3 4\n", "proc/stat: the \"cpu\" line is not 4 numbers or more" },
    { "\001\377\n\n", "proc/stat: no \"cpu\" line" },
    { "cpu0 1 2 3 4\n", "proc/stat: no \"cpu\" line" },
  };

  instrument->source = vmm_cpu_new (instrument->root, NULL);
  assert_reason (instrument->source, CPU_BUSY, "proc/stat: No such file*");
  sample (instrument, "cpu  0 0 0 0\ncpu0 0 0 0 0\n");
  assert_absent (instrument->row, CPU_BUSY, PENDING);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    sample (instrument, cases[i].text);
    assert_all_absent (instrument, VMM_FAILED);
    assert_core_absent (instrument, 0, VMM_FAILED);
    for (guint c = 0; c < instrument->source->class->n_channels; c++)
      g_assert_true (g_pattern_match_simple (
          cases[i].reason,
          vmm_source_reason (instrument->source, instrument->source->class->channels[c]).sentence));
  }
  machine_remove (instrument->root, "proc/stat");
  instrument_sample (instrument, 5);
  assert_all_absent (instrument, VMM_FAILED);
  sample (instrument, "cpu  40 0 0 60\ncpu0 40 0 0 60\n"); /* since the last good one */
  assert_value (instrument->row, CPU_BUSY, 40);
  assert_core (instrument, 0, 40);
}

static void
test_cores (Instrument *instrument, gconstpointer data)
{
  sample_machine (instrument, "hotplug/before");
  assert_core_absent (instrument, 3, VMM_PENDING);
  sample_machine (instrument, "hotplug/after");
  assert_value (instrument->row, CPU_BUSY, 35); /* of CPUs 0 and 2; the total line would say 100 */
  assert_core (instrument, 0, 50);
  assert_core_absent (instrument, 1, VMM_NOT_EXPOSED);
  assert_core (instrument, 2, 20);
  assert_core_absent (instrument, 3, VMM_NOT_EXPOSED);
  assert_core_absent (instrument, 4, VMM_PENDING);

  /* cpu1 is back with older counters, cpu4 runs backwards, cpu2 goes */
  sample (instrument, "cpu  4200 0 2000 72000 0 0 0 0\ncpu0 1080 0 500 23570 0 0 0 0\n"
                      "cpu1 3 0 0 5 0 0 0 0\ncpu4 4 0 0 0 0 0 0 0\n");
  assert_value (instrument->row, CPU_BUSY, 60);
  assert_core_absent (instrument, 1, VMM_PENDING);
  assert_core_absent (instrument, 2, VMM_NOT_EXPOSED);
  assert_core_absent (instrument, 4, VMM_FAILED);
}

/* A CPU that restarts counts from anew: the others tell, or nobody does. */
static void
test_restarts (Instrument *instrument, gconstpointer data)
{
  sample (instrument, "cpu  800 0 0 8000\ncpu0 400 0 0 4000\ncpu1 400 0 0 4000\n");
  sample (instrument, "cpu  825 0 0 8175\ncpu0 410 0 0 4090\ncpu1 415 0 0 4085\n");
  assert_value (instrument->row, CPU_BUSY, 12.5);
  /* the total runs on, and would say 97 % */
  sample (instrument, "cpu  1000 0 0 8181\ncpu0 440 0 0 4160\ncpu1 0 0 0 21\n");
  assert_value (instrument->row, CPU_BUSY, 30);
  assert_core (instrument, 0, 30);
  assert_core_absent (instrument, 1, VMM_FAILED);
  sample (instrument, "cpu  1040 0 0 8341\ncpu0 460 0 0 4240\ncpu1 20 0 0 101\n");
  assert_value (instrument->row, CPU_BUSY, 20);

  /* all are exchanged for others */
  sample (instrument, "cpu  9040 0 0 9341\ncpu2 400 0 0 9000\ncpu3 9 0 0 9\n");
  assert_absent (instrument->row, CPU_BUSY, PENDING);
  assert_reason (instrument->source, CPU_BUSY, "no clock tick*of a CPU");
  sample (instrument, "cpu  9060 0 0 9521\ncpu2 410 0 0 9090\ncpu3 19 0 0 99\n");
  assert_value (instrument->row, CPU_BUSY, 10);
}

static void
test_strange_cores (Instrument *instrument, gconstpointer data)
{
  const float *busy;
  guint        n;

  for (int i = 0; i < 2; i++)
    sample (instrument, "cpu  0 0 0 0\ncpu4294967296 1 2 3 4\ncpu65536 1 2 3 4\ncpu 1 2 3 4\n"
                        "cpux 1 2 3 4\ncpu2 1 2\ncpu1 1 2 3 4\ncpu1 9 9 9 9\n");
  vmm_cpu_get_cores (instrument->source, &busy, &n);
  g_assert_cmpuint (n, ==, 2);
  assert_core_absent (instrument, 0, VMM_NOT_EXPOSED);
  assert_core_absent (instrument, 1, VMM_PENDING); /* the first line counts: no tick passed */
}

/* Every CPU of `n` does another percentage; the mean is the total's. */
static void
test_many (Instrument *instrument, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);

  for (guint reading = 0; reading < 3; reading++) {
    g_autoptr (GString) text = g_string_new (NULL);
    guint sum = 0;
    for (guint i = 0; i < n; i++) {
      g_string_append_printf (text, "cpu%u %u 0 0 %u 0 0 0 0 0 0\n", i, reading * (i % 101),
                              reading * (100 - i % 101));
      sum += reading * (i % 101);
    }
    g_autofree char *total =
        g_strdup_printf ("cpu  %u 0 0 %u 0 0 0 0 0 0\n", sum, reading * 100 * n - sum);
    g_string_prepend (text, total);
    g_string_append (text, "intr 1 2 3\n");
    sample (instrument, text->str);
  }
  double sum = 0;
  for (guint i = 0; i < n; i++) {
    assert_core (instrument, i, i % 101);
    sum += i % 101;
  }
  assert_value (instrument->row, CPU_BUSY, sum / n);
}

static void
test_machines (Instrument *instrument, gconstpointer data)
{
  static const struct {
    const char *name, *later;
    double      busy;
    gboolean    steal;
  } cases[] = {
    { "one-cpu", "cpu  2265 34 2290 22625643 6300 127 456 0 0 0\n", 10, TRUE },
    { "kernel-2.6", "cpu  10132153 290696 3084769 46828533 16683 25195 175628\n", 50, FALSE },
    { "kernel-4.9", "cpu  79242 0 74326 842486493 756859 6140 67701 0 0 0\n", 20, TRUE },
    { "steal-guest", "cpu  1040 200 300 5000 100 10 40 660 190 20\n", 40, TRUE },
    { "container", "cpu  11849 0 6391 1829992 0 0 0 0 0 0\n", 20, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_clear_pointer (&instrument->source, vmm_source_free);
    sample_machine (instrument, cases[i].name);
    assert_absent (instrument->row, CPU_BUSY, PENDING);
    assert_core_absent (instrument, 0, VMM_PENDING);
    g_autofree char *later = g_strconcat (cases[i].later, "intr 0\n", NULL);
    sample (instrument, later);
    /* all CPUs have gone, so only the total line is left to believe */
    assert_value (instrument->row, CPU_BUSY, cases[i].busy);
    g_assert_cmpint (vmm_absence (instrument->row[VMM_CHANNEL_CPU_STEAL]) == VMM_PRESENT, ==,
                     cases[i].steal);
  }
}

static void
test_real (void)
{
  g_autoptr (VmmSource) cpu = vmm_cpu_new ("/", NULL);
  float row[VMM_N_CHANNELS];

  vmm_source_sample (cpu, 1, row);
  assert_absent (row, CPU_BUSY, PENDING);
  vmm_source_sample (cpu, 2, row); /* perhaps within the same clock tick */
  if (vmm_absence (row[VMM_CHANNEL_CPU_BUSY]) == VMM_PRESENT) {
    g_assert_cmpfloat (row[VMM_CHANNEL_CPU_BUSY], >=, 0);
    g_assert_cmpfloat (row[VMM_CHANNEL_CPU_BUSY], <=, 100.01f);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, data, function)                                                                  \
  g_test_add (name, Instrument, data, instrument_set_up, function, instrument_tear_down)
  ADD ("/cpu/shares", NULL, test_shares);
  ADD ("/cpu/start", NULL, test_start);
  ADD ("/cpu/short-lines", NULL, test_short_lines);
  ADD ("/cpu/backwards", NULL, test_backwards);
  ADD ("/cpu/steal-hidden", NULL, test_steal_hidden);
  ADD ("/cpu/steal-unknown", NULL, test_steal_unknown);
  ADD ("/cpu/bad-files", NULL, test_bad_files);
  ADD ("/cpu/cores", NULL, test_cores);
  ADD ("/cpu/restarts", NULL, test_restarts);
  ADD ("/cpu/strange-cores", NULL, test_strange_cores);
  ADD ("/cpu/64", GUINT_TO_POINTER (64), test_many);
  ADD ("/cpu/1024", GUINT_TO_POINTER (1024), test_many);
  ADD ("/cpu/machines", NULL, test_machines);
  g_test_add_func ("/cpu/real", test_real);
  return g_test_run ();
}
