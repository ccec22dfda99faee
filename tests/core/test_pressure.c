/* SPDX-License-Identifier: MIT */
/* test_pressure: stalled time over elapsed time, of three files that may not be there. */
#include "machine.h"
#include "vmm/source.h"

typedef struct {
  char      *root;
  VmmSource *pressure;
  float      row[VMM_N_CHANNELS];
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = machine_new ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  vmm_source_free (fixture->pressure);
  machine_free (fixture->root);
}

static void
write_total (Fixture *fixture, const char *path, guint64 total_us)
{
  g_autofree char *text =
      g_strdup_printf ("some avg10=1.00 avg60=2.00 avg300=3.00 total=%" G_GUINT64_FORMAT "\n"
                       "full avg10=0.00 avg60=0.00 avg300=0.00 total=7\n",
                       total_us);
  machine_write (fixture->root, path, text);
}

static void
write_totals (Fixture *fixture, guint64 cpu_us, guint64 memory_us, guint64 io_us)
{
  write_total (fixture, "proc/pressure/cpu", cpu_us);
  write_total (fixture, "proc/pressure/memory", memory_us);
  write_total (fixture, "proc/pressure/io", io_us);
}

static void
sample (Fixture *fixture, gint64 now_us)
{
  if (!fixture->pressure)
    fixture->pressure = vmm_pressure_new (fixture->root);
  vmm_source_sample (fixture->pressure, now_us, fixture->row);
}

static void
test_shares (Fixture *fixture, gconstpointer data)
{
  write_totals (fixture, 5000000, 0, 18446744073709551000u);
  sample (fixture, 10000000);
  assert_absent (fixture->row, PRESSURE_CPU, PENDING);
  assert_reason (fixture->pressure, PRESSURE_IO, "needs two readings");
  write_totals (fixture, 5250000, 0, 18446744073709551600u);
  sample (fixture, 10500000); /* half a second */
  assert_value (fixture->row, PRESSURE_CPU, 50);
  assert_value (fixture->row, PRESSURE_MEMORY, 0);
  assert_value (fixture->row, PRESSURE_IO, 0.12);
  g_assert_null (vmm_source_reason (fixture->pressure, VMM_CHANNEL_PRESSURE_CPU));

  write_totals (fixture, 6250001, 1, 5); /* more than elapsed; a counter that ran backwards */
  sample (fixture, 11500000);
  assert_value (fixture->row, PRESSURE_CPU, 100);
  assert_value (fixture->row, PRESSURE_MEMORY, 0.0001);
  assert_absent (fixture->row, PRESSURE_IO, FAILED);
  assert_reason (fixture->pressure, PRESSURE_IO, "*backwards*");
  write_totals (fixture, 6250001, 1, 9);
  sample (fixture, 12500000); /* from that reading follows nothing */
  assert_absent (fixture->row, PRESSURE_IO, PENDING);
  write_totals (fixture, 9750001, 1, 500009);
  sample (fixture, 13500000);
  assert_value (fixture->row, PRESSURE_IO, 50);
  assert_absent (fixture->row, PRESSURE_CPU, FAILED);
  assert_reason (fixture->pressure, PRESSURE_CPU, "*leapt");

  sample (fixture, 13500000); /* no time passed */
  assert_absent (fixture->row, PRESSURE_IO, PENDING);
}

static void
test_start (Fixture *fixture, gconstpointer data)
{
  write_totals (fixture, 0, 0, 0);
  sample (fixture, 0);
  write_totals (fixture, 1000000, 1000000, 1000000);
  vmm_source_start (fixture->pressure, 5000000);
  write_totals (fixture, 1100000, 1200000, 1300000);
  sample (fixture, 6000000);
  assert_value (fixture->row, PRESSURE_CPU, 10);
  assert_value (fixture->row, PRESSURE_MEMORY, 20);
  assert_value (fixture->row, PRESSURE_IO, 30);
}

static void
test_not_exposed (Fixture *fixture, gconstpointer data)
{
  write_total (fixture, "proc/pressure/io", 0); /* cpu and memory are missing */
  fixture->pressure = vmm_pressure_new (fixture->root);
  assert_reason (fixture->pressure, PRESSURE_CPU, "PSI unavailable: *psi=1");
  for (int i = 0; i < 2; i++) {
    sample (fixture, i);
    assert_absent (fixture->row, PRESSURE_CPU, NOT_EXPOSED);
    assert_absent (fixture->row, PRESSURE_MEMORY, NOT_EXPOSED);
  }
  assert_value (fixture->row, PRESSURE_IO, 0);
}

static void
test_bad_files (Fixture *fixture, gconstpointer data)
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

  write_totals (fixture, 0, 0, 0);
  sample (fixture, 0);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    machine_write (fixture->root, "proc/pressure/memory", texts[i]);
    sample (fixture, i + 1);
    assert_value (fixture->row, PRESSURE_CPU, 0);
    assert_absent (fixture->row, PRESSURE_MEMORY, FAILED);
    assert_reason (fixture->pressure, PRESSURE_MEMORY, "proc/pressure/memory: no \"some*");
  }
  machine_remove (fixture->root, "proc/pressure/memory");
  sample (fixture, 500000);
  assert_absent (fixture->row, PRESSURE_MEMORY, FAILED);
  assert_reason (fixture->pressure, PRESSURE_MEMORY, "proc/pressure/memory: No such file*");
  write_total (fixture, "proc/pressure/memory", 250000);
  sample (fixture, 1000000); /* since the last good reading */
  assert_value (fixture->row, PRESSURE_MEMORY, 25);
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
#define ADD(name, function) g_test_add (name, Fixture, NULL, set_up, function, tear_down)
  ADD ("/pressure/shares", test_shares);
  ADD ("/pressure/start", test_start);
  ADD ("/pressure/not-exposed", test_not_exposed);
  ADD ("/pressure/bad-files", test_bad_files);
  g_test_add_func ("/pressure/machine", test_machine);
  return g_test_run ();
}
