/* SPDX-License-Identifier: MIT */
/* test_memory: shares of MemTotal and SwapTotal, and which of them a kernel does not have. */
#include "instrument.h"

static void
sample (Instrument *instrument, const char *meminfo)
{
  machine_write (instrument->root, "proc/meminfo", meminfo);
  if (!instrument->source)
    instrument->source = vmm_memory_new (instrument->root);
  vmm_source_sample (instrument->source, 1, instrument->row);
}

/* Percentages; negative = absent. */
static void
test_machines (void)
{
  static const struct {
    const char *name;
    double      used, cache, swap, balloon;
  } cases[] = {
    { "one-cpu", 40, 40, 25, -1 },
    { "kernel-2.6", 21.5062, 51.1653, 0.0152590, -1 }, /* no MemAvailable, Shmem, SReclaimable */
    { "kernel-4.9", 25, 55, -1, 10 },
    { "steal-guest", 75, 20, 25, 25 },
    { "container", 0, 12.5, -1, -1 }, /* more available than there is */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *root = machine_fixture (cases[i].name);
    g_autoptr (VmmSource) memory = vmm_memory_new (root);
    float        row[VMM_N_CHANNELS];
    const double expected[] = { cases[i].used, cases[i].cache, cases[i].swap, cases[i].balloon };

    vmm_source_sample (memory, 1, row);
    for (guint c = 0; c < G_N_ELEMENTS (expected); c++) {
      VmmChannelId channel = VMM_CHANNEL_MEMORY_USED + c;
      double       value = expected[c];
      if (channel == VMM_CHANNEL_MEMORY_BALLOON && g_str_equal (cases[i].name, "kernel-4.9"))
        value *= (double) sysconf (_SC_PAGESIZE) / 4096; /* counted in pages */
      if (expected[c] < 0)
        g_assert_cmpint (vmm_absence (row[channel]), ==, VMM_NOT_EXPOSED);
      else
        g_assert_cmpfloat_with_epsilon (row[channel], value, 1e-3);
    }
  }
}

static void
test_shares (Instrument *instrument, gconstpointer data)
{
  sample (instrument,
          "MemTotal: 1000 kB\nMemAvailable: 250 kB\nCached: 100 kB\nBuffers: 20 kB\n"
          "SwapTotal: 400 kB\nSwapFree: 300 kB\nShmem: 30 kB\nSReclaimable: 0 kB\nBalloon: 5 kB\n");
  assert_value (instrument->row, MEMORY_USED, 75);
  assert_value (instrument->row, MEMORY_CACHE, 9);
  assert_value (instrument->row, MEMORY_SWAP, 25);
  assert_value (instrument->row, MEMORY_BALLOON, 0.5);
}

/* Unknown lines, another order, twice the same, other units of blank. */
static void
test_lines (Instrument *instrument, gconstpointer data)
{
  sample (instrument,
          "Balloon:\t0 kB\nCached: 1\nNew: 7 kB\n\nMemAvailable: 10 kB\nMemTotalX: 5 kB\n"
          "MemTotal: 100 kB\nMemTotal:\nMemTotal: 40 kB\n"
          "SReclaimable: 0 kB\nBuffers: 0 kB\nShmem: 0 kB\n");
  assert_value (instrument->row, MEMORY_USED, 75);
  assert_value (instrument->row, MEMORY_CACHE, 2.5);
  assert_absent (instrument->row, MEMORY_SWAP, NOT_EXPOSED);
  assert_value (instrument->row, MEMORY_BALLOON, 0);
}

static void
test_reasons (Instrument *instrument, gconstpointer data)
{
  instrument->source = vmm_memory_new (instrument->root);
  assert_reason (instrument->source, MEMORY_USED, "proc/meminfo: No such file*");

  sample (instrument, "MemTotal: 100 kB\nMemFree: 30 kB\nCached: 30 kB\nSReclaimable: 5 kB\n"
                      "Shmem: 15 kB\n");
  assert_value (instrument->row, MEMORY_USED, 50);
  assert_reason (instrument->source, MEMORY_USED, "estimated*");
  assert_reason (instrument->source, MEMORY_SWAP, "no swap configured");
  assert_reason (instrument->source, MEMORY_BALLOON, "this kernel counts no balloon*");

  sample (instrument, "MemTotal: 100 kB\nSwapTotal: 10 kB\n");
  assert_absent (instrument->row, MEMORY_USED, FAILED);
  assert_reason (instrument->source, MEMORY_USED, "proc/meminfo: no MemAvailable*");
  assert_absent (instrument->row, MEMORY_CACHE, FAILED);
  assert_reason (instrument->source, MEMORY_CACHE, "proc/meminfo: not all of Buffers, Cached*");
  assert_absent (instrument->row, MEMORY_SWAP, FAILED);
  assert_reason (instrument->source, MEMORY_SWAP, "proc/meminfo: no SwapFree");

  /* A kernel that knows MemAvailable knows Shmem: the file was cut off. */
  sample (instrument, "MemTotal: 100 kB\nMemAvailable: 30 kB\nCached: 30 kB\n");
  g_assert_null (vmm_source_reason (instrument->source, VMM_CHANNEL_MEMORY_USED).sentence);
  assert_absent (instrument->row, MEMORY_CACHE, FAILED);
}

static void
test_bad_files (Instrument *instrument, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "MemTotal: 100 kB",  /* cut off */
    "MemTotal: 0 kB\n",  /* none */
    "MemTotal: x kB\n",  /* no number */
    "MemTotal: -5 kB\n", /* no memory */
    "MemTotal 100 kB\n", /* another format */
    "MemTotal: 99999999999999999999999 kB\n",
    "\377\001\n\n\n:\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    sample (instrument, texts[i]);
    for (guint c = 0; c < instrument->source->class->n_channels; c++) {
      VmmChannelId channel = instrument->source->class->channels[c];
      g_assert_cmpint (vmm_absence (instrument->row[channel]), ==, VMM_FAILED);
      g_assert_cmpstr (vmm_source_reason (instrument->source, channel).sentence, ==,
                       "proc/meminfo: no \"MemTotal:\" line");
    }
  }
  sample (instrument, "MemTotal: 100 kB\nMemAvailable: 101 kB\nBuffers: 0 kB\nCached: 500 kB\n"
                      "Shmem: 0 kB\nSReclaimable: 0 kB\n");
  assert_value (instrument->row, MEMORY_USED, 0);
  assert_value (instrument->row, MEMORY_CACHE, 100);
  sample (instrument, "MemTotal: 100 kB\nMemAvailable: 1 kB\nBuffers: 0 kB\nCached: 5 kB\n"
                      "Shmem: 10 kB\nSReclaimable: 0 kB\n");
  assert_value (instrument->row, MEMORY_CACHE, 0);
}

static void
test_balloon (Instrument *instrument, gconstpointer data)
{
  const double     page = (double) sysconf (_SC_PAGESIZE);
  const char      *meminfo = "MemTotal: 1048576 kB\nMemAvailable: 30 kB\n";
  g_autofree char *shown = g_strconcat (meminfo, "Balloon: 1048576 kB\n", NULL);

  machine_write (instrument->root, "proc/vmstat", "balloon_deflate 5\nballoon_inflate 70\n");
  sample (instrument, meminfo);
  assert_value (instrument->row, MEMORY_BALLOON, 100 * 65 * page / 1073741824);
  machine_write (instrument->root, "proc/vmstat", "balloon_deflate 71\nballoon_inflate 70\n");
  sample (instrument, meminfo);
  assert_value (instrument->row, MEMORY_BALLOON, 0);
  machine_remove (instrument->root, "proc/vmstat");
  sample (instrument, meminfo);
  assert_absent (instrument->row, MEMORY_BALLOON, NOT_EXPOSED);
  sample (instrument, shown);
  assert_value (instrument->row, MEMORY_BALLOON, 100);
}

static void
test_real (void)
{
  g_autoptr (VmmSource) memory = vmm_memory_new ("/");
  float row[VMM_N_CHANNELS];

  vmm_source_sample (memory, 1, row);
  g_assert_cmpfloat (row[VMM_CHANNEL_MEMORY_USED], >, 0);
  g_assert_cmpfloat (row[VMM_CHANNEL_MEMORY_USED], <=, 100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add (name, Instrument, NULL, instrument_set_up, function, instrument_tear_down)
  g_test_add_func ("/memory/machines", test_machines);
  ADD ("/memory/shares", test_shares);
  ADD ("/memory/lines", test_lines);
  ADD ("/memory/reasons", test_reasons);
  ADD ("/memory/bad-files", test_bad_files);
  ADD ("/memory/balloon", test_balloon);
  g_test_add_func ("/memory/real", test_real);
  return g_test_run ();
}
