/* SPDX-License-Identifier: MIT */
/* test_pressure: stalled time over elapsed time, of three files that may not be there. */
#include "instrument.h"

static void
write_total (Instrument *instrument, const char *path, guint64 total_us)
{
  g_autofree char *text =
      g_strdup_printf ("some avg10=1.00 avg60=2.00 avg300=3.00 total=%" G_GUINT64_FORMAT "\n"
                       "full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n",
                       total_us);
  machine_write (instrument->root, path, text);
}

static void
write_totals (Instrument *instrument, guint64 cpu_us, guint64 memory_us, guint64 io_us)
{
  write_total (instrument, "proc/pressure/cpu", cpu_us);
  write_total (instrument, "proc/pressure/memory", memory_us);
  write_total (instrument, "proc/pressure/io", io_us);
}

static void
sample (Instrument *instrument, gint64 now_us)
{
  if (!instrument->source)
    instrument->source = vmm_pressure_new (instrument->root);
  vmm_source_sample (instrument->source, now_us, instrument->row);
}

static void
test_shares (Instrument *instrument, gconstpointer data)
{
  write_totals (instrument, 5000000, 0, 18446744073709551000u);
  sample (instrument, 10000000);
  assert_absent (instrument->row, PRESSURE_CPU, PENDING);
  assert_reason (instrument->source, PRESSURE_IO, "needs two readings");
  write_totals (instrument, 5250000, 0, 18446744073709551600u);
  sample (instrument, 10500000); /* half a second */
  assert_value (instrument->row, PRESSURE_CPU, 50);
  assert_value (instrument->row, PRESSURE_MEMORY, 0);
  assert_value (instrument->row, PRESSURE_IO, 0.12);
  g_assert_null (vmm_source_reason (instrument->source, VMM_CHANNEL_PRESSURE_CPU).sentence);

  write_totals (instrument, 6250001, 1, 5); /* more than elapsed; a counter that ran backwards */
  sample (instrument, 11500000);
  assert_value (instrument->row, PRESSURE_CPU, 100);
  assert_value (instrument->row, PRESSURE_MEMORY, 0.0001);
  assert_absent (instrument->row, PRESSURE_IO, FAILED);
  assert_reason (instrument->source, PRESSURE_IO, "*backwards*");
  write_totals (instrument, 6250001, 1, 9);
  sample (instrument, 12500000); /* from that reading follows nothing */
  assert_absent (instrument->row, PRESSURE_IO, PENDING);
  write_totals (instrument, 9750001, 1, 500009);
  sample (instrument, 13500000);
  assert_value (instrument->row, PRESSURE_IO, 50);
  assert_absent (instrument->row, PRESSURE_CPU, FAILED);
  assert_reason (instrument->source, PRESSURE_CPU, "*leapt");

  sample (instrument, 13500000); /* no time passed */
  assert_absent (instrument->row, PRESSURE_IO, PENDING);
}

static void
test_start (Instrument *instrument, gconstpointer data)
{
  write_totals (instrument, 0, 0, 0);
  sample (instrument, 0);
  write_totals (instrument, 1000000, 1000000, 1000000);
  vmm_source_start (instrument->source, 5000000);
  write_totals (instrument, 1100000, 1200000, 1300000);
  sample (instrument, 6000000);
  assert_value (instrument->row, PRESSURE_CPU, 10);
  assert_value (instrument->row, PRESSURE_MEMORY, 20);
  assert_value (instrument->row, PRESSURE_IO, 30);
}

static void
test_not_exposed (Instrument *instrument, gconstpointer data)
{
  write_total (instrument, "proc/pressure/io", 0); /* cpu and memory are missing */
  instrument->source = vmm_pressure_new (instrument->root);
  assert_reason (instrument->source, PRESSURE_CPU, "PSI unavailable: *psi=1");
  for (int i = 0; i < 2; i++) {
    sample (instrument, i);
    assert_absent (instrument->row, PRESSURE_CPU, NOT_EXPOSED);
    assert_absent (instrument->row, PRESSURE_MEMORY, NOT_EXPOSED);
  }
  assert_value (instrument->row, PRESSURE_IO, 0);
}

static void
test_bad_files (Instrument *instrument, gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "some",
    "some avg10=0.00 total=5",
    "some total=\n",
    "some total=x\n",
    "full total=5\n",
    "some total=99999999999999999999999\n",
    "\377\n",
    "some avg10=1.00\nfull total=5\n",
  };

  write_totals (instrument, 0, 0, 0);
  sample (instrument, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    machine_write (instrument->root, "proc/pressure/memory", texts[i]);
    sample (instrument, i + 1);
    assert_value (instrument->row, PRESSURE_CPU, 0);
    assert_absent (instrument->row, PRESSURE_MEMORY, FAILED);
    assert_reason (instrument->source, PRESSURE_MEMORY, "proc/pressure/memory: no \"some*");
  }
  machine_remove (instrument->root, "proc/pressure/memory");
  sample (instrument, 500000);
  assert_absent (instrument->row, PRESSURE_MEMORY, FAILED);
  assert_reason (instrument->source, PRESSURE_MEMORY, "proc/pressure/memory: No such file*");
  write_total (instrument, "proc/pressure/memory", 250000);
  sample (instrument, 1000000); /* since the last good reading */
  assert_value (instrument->row, PRESSURE_MEMORY, 25);
}

static void
test_machine (void)
{
  g_autofree char *root = machine_fixture ("steal-guest");
  g_autoptr (VmmSource) pressure = vmm_pressure_new (root);
  float row[VMM_N_CHANNELS];

  vmm_source_start (pressure, 1);
  vmm_source_sample (pressure, 2, row);
  assert_value (row, PRESSURE_CPU, 0);
  assert_value (row, PRESSURE_MEMORY, 0);
  assert_value (row, PRESSURE_IO, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add (name, Instrument, NULL, instrument_set_up, function, instrument_tear_down)
  ADD ("/pressure/shares", test_shares);
  ADD ("/pressure/start", test_start);
  ADD ("/pressure/not-exposed", test_not_exposed);
  ADD ("/pressure/bad-files", test_bad_files);
  g_test_add_func ("/pressure/machine", test_machine);
  return g_test_run ();
}
