/* SPDX-License-Identifier: MIT */
/* test_energy: watts of counters that move at known rates, each quantity once, and no lie believed. */
#include "instrument.h"

#include "vmm/aside.h"
#include "energy.h"
#include "joules.h"

#include <sys/stat.h>

#define ZONES "sys/class/powercap/"
#define SUPPLY "sys/class/power_supply/"
#define TOLD "var/scaphandre/intel-rapl:0/energy_uj"
#define SECOND ((gint64) G_USEC_PER_SEC)

static const VmmHost bare = { .vmm_id = "none", .container = "none" };
static const VmmHost guest = { .vmm_id = "kvm", .container = "none" };

static const VmmChannelId channels[] = { VMM_CHANNEL_ENERGY_GUEST, VMM_CHANNEL_ENERGY_PACKAGE,
                                         VMM_CHANNEL_ENERGY_MEMORY, VMM_CHANNEL_ENERGY_MACHINE };

/* ---- One counter */

/* What all readings of `steps` seconds together say, beside what the counter really did. */
static void
check_rate (double watts, guint64 range, double moves_each_s, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  Joules   joules = { 0 };
  VmmCause cause;
  double   now_s = 1, told_j = 0, from_s = 0, last_s = 0, offset_j = g_rand_double (rand) * 1000;

  for (guint i = 0; i < 400; i++) {
    double  moved_s = moves_each_s * floor (now_s / moves_each_s);
    guint64 total = (guint64) (1e6 * (offset_j + watts * moved_s));
    gint64  now_us = (gint64) (now_s * 1e6);
    float value = joules_take (&joules, range ? total % (range + 1) : total, range, now_us, &cause);

    if (vmm_absence (value) == VMM_PRESENT) {
      g_assert_cmpfloat ((double) value, >, 0);
      told_j += (double) value * ((double) now_us / 1e6 - last_s);
      last_s = (double) now_us / 1e6;
    } else {
      g_assert_cmpint (vmm_absence (value), ==, VMM_PENDING);
      if (from_s == 0 || (told_j == 0 && cause == VMM_CAUSE_FIRST_READING))
        from_s = last_s = (double) now_us / 1e6;
    }
    now_s += g_rand_double_range (rand, 0.5, 1.5);
  }
  g_assert_cmpfloat (fabs (told_j / (last_s - from_s) / watts - 1), <, 0.01);
}

static void
test_rates (void)
{
  static const double  watts[] = { 0.7, 15, 81.3, 692, 900 };
  static const guint64 ranges[] = { 0, 65532610987, 262143328850 };
  static const double  moves[] = { 0.001, 1, 5 };

  for (guint w = 0; w < G_N_ELEMENTS (watts); w++)
    for (guint r = 0; r < G_N_ELEMENTS (ranges); r++)
      for (guint m = 0; m < G_N_ELEMENTS (moves); m++)
        check_rate (watts[w], ranges[r], moves[m], w + 10 * r + 100 * m);
}

/* Whatever a file says: never below zero, never beyond what a zone can be, never 0 for what stood. */
static void
test_nonsense (void)
{
  static const guint64 ranges[] = { 0, 1, 65532610987, G_MAXUINT64 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (17);

  for (guint r = 0; r < G_N_ELEMENTS (ranges); r++) {
    Joules  joules = { 0 };
    gint64  now_us = 0;
    guint64 total = 5;

    for (guint i = 0; i < 20000; i++) {
      VmmCause cause;
      guint    kind = g_rand_int (rand) % 16;

      now_us += kind == 0   ? 0
                : kind == 1 ? 90 * SECOND
                            : g_rand_int_range (rand, 1, 2 * G_USEC_PER_SEC);
      guint64 next = kind == 0   ? total
                     : kind == 2 ? G_MAXUINT64
                     : kind == 3 ? 0
                     : kind == 4 ? total / 2
                     : kind == 5 ? total
                                 : total + g_rand_int (rand) % 100000000;
      float   value = joules_take (&joules, next, ranges[r], now_us, &cause);
      if (vmm_absence (value) == VMM_PRESENT) {
        g_assert_cmpint (cause, ==, VMM_CAUSE_NONE);
        g_assert_cmpfloat ((double) value, >, 0);
        g_assert_cmpfloat ((double) value, <=, JOULES_WATTS_MAX);
        g_assert_cmpuint (next, !=, total);
      } else
        g_assert_cmpint (cause, !=, VMM_CAUSE_NONE);
      total = next;
    }
  }
}

static void
test_breaks (void)
{
  static const struct {
    guint64    first, second, range;
    gint64     after_us;
    VmmAbsence absence;
    VmmCause   cause;
    double     watts;
  } rows[] = {
    { 1000000, 3000000, 0, SECOND, VMM_PRESENT, VMM_CAUSE_NONE, 2 },
    { 9000000, 1000000, 9999999, SECOND, VMM_PRESENT, VMM_CAUSE_NONE, 2 },
    { 9000000, 1000000, 0, SECOND, VMM_PENDING, VMM_CAUSE_ENERGY_ANEW, 0 },
    { 9000000, 1000000, 8000000, SECOND, VMM_PENDING, VMM_CAUSE_ENERGY_ANEW, 0 },
    { 9000000, 9000000, 0, SECOND, VMM_PENDING, VMM_CAUSE_NO_READING, 0 },
    { 1000000, 9000000, 0, 61 * SECOND, VMM_PENDING, VMM_CAUSE_FIRST_READING, 0 },
    { 1000000, 9000000, 0, 0, VMM_PENDING, VMM_CAUSE_NO_READING, 0 },
    { 1000000, 9000000, 0, -SECOND, VMM_PENDING, VMM_CAUSE_FIRST_READING, 0 },
    { 1000000, 2002000000, 0, SECOND, VMM_FAILED, VMM_CAUSE_ENERGY_LEAPT, 0 },
    { 5, 0, G_MAXUINT64, SECOND, VMM_FAILED, VMM_CAUSE_ENERGY_LEAPT, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Joules   joules = { 0 };
    VmmCause cause;

    joules_take (&joules, rows[i].first, rows[i].range, 5 * SECOND, &cause);
    g_assert_cmpint (cause, ==, VMM_CAUSE_FIRST_READING);
    float value =
        joules_take (&joules, rows[i].second, rows[i].range, 5 * SECOND + rows[i].after_us, &cause);
    g_assert_cmpint (vmm_absence (value), ==, rows[i].absence);
    g_assert_cmpint (cause, ==, rows[i].cause);
    if (rows[i].absence == VMM_PRESENT)
      g_assert_cmpfloat_with_epsilon ((double) value, rows[i].watts, 1e-5);
  }
}

/* ---- Trees */

static void
write_in (const Instrument *instrument, const char *directory, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  machine_write (instrument->root, path, text);
}

static void
write_zone (const Instrument *instrument, const char *zone, const char *name, guint64 joules)
{
  g_autofree char *directory = g_strconcat (ZONES, zone, NULL);
  g_autofree char *energy = g_strdup_printf ("%" G_GUINT64_FORMAT "\n", joules * 1000000);
  g_autofree char *line = g_strconcat (name, "\n", NULL);

  write_in (instrument, directory, "name", line);
  write_in (instrument, directory, "energy_uj", energy);
  write_in (instrument, directory, "max_energy_range_uj", "262143328850\n");
}

/* A machine of 17 packages, as Linux names them. All have counted for `s` seconds. */
static void
write_zones (const Instrument *instrument, guint64 s)
{
  write_zone (instrument, "intel-rapl:0", "package-0", 100 * s);
  write_zone (instrument, "intel-rapl:0:0", "core", 70 * s);
  write_zone (instrument, "intel-rapl:0:1", "uncore", 5 * s);
  write_zone (instrument, "intel-rapl:0:2", "dram", 8 * s);
  write_zone (instrument, "intel-rapl:a", "package-10", 50 * s);
  write_zone (instrument, "intel-rapl:a:0", "dram", 4 * s);
  write_zone (instrument, "intel-rapl:10", "package-16", 20 * s);
  write_zone (instrument, "intel-rapl:11", "psys", 190 * s);
  write_zone (instrument, "intel-rapl-mmio:0", "package-0", 100 * s);
  write_zone (instrument, "intel-rapl-mmio:0:0", "dram", 8 * s);
  write_zone (instrument, "dtpm:0", "package-0", 1000 * s);
}

static void
begin (Instrument *instrument, const VmmHost *host)
{
  instrument->source = vmm_energy_new (instrument->root, host);
  instrument->now_us = 100 * SECOND;
  vmm_source_start (instrument->source, instrument->now_us);
}

static void
assert_none (const Instrument *instrument, VmmChannelId channel, VmmCause cause)
{
  VmmReason reason = vmm_source_reason (instrument->source, channel);

  g_assert_cmpint (vmm_absence (instrument->row[channel]), ==, VMM_NOT_EXPOSED);
  g_assert_cmpstr (vmm_cause_id (reason.cause), ==, vmm_cause_id (cause));
  g_assert_nonnull (reason.sentence);
}

static void
test_machine (Instrument *instrument, gconstpointer data)
{
  write_zones (instrument, 7);
  begin (instrument, &bare);
  write_zones (instrument, 9);
  instrument_sample (instrument, 2 * SECOND);
  assert_value (instrument->row, ENERGY_PACKAGE, 170);
  assert_value (instrument->row, ENERGY_MEMORY, 12);
  assert_value (instrument->row, ENERGY_MACHINE, 190);
  assert_none (instrument, VMM_CHANNEL_ENERGY_GUEST, VMM_CAUSE_NO_GUEST);

  instrument_sample (instrument, SECOND);
  assert_absent (instrument->row, ENERGY_PACKAGE, PENDING);
  assert_reason (instrument->source, ENERGY_PACKAGE, "no new reading");
  machine_remove (instrument->root, ZONES "intel-rapl:a/energy_uj");
  write_zone (instrument, "intel-rapl:0", "package-0", 100 * 10);
  instrument_sample (instrument, SECOND);
  assert_absent (instrument->row, ENERGY_PACKAGE, FAILED);
  assert_reason (instrument->source, ENERGY_PACKAGE, ZONES "intel-rapl:a/energy_uj: No such file*");
}

/* The memory-mapped window alone is the package as well. */
static void
test_mapped (Instrument *instrument, gconstpointer data)
{
  write_zone (instrument, "intel-rapl-mmio:0", "package-0", 1);
  begin (instrument, &bare);
  write_zone (instrument, "intel-rapl-mmio:0", "package-0", 31);
  instrument_sample (instrument, SECOND);
  assert_value (instrument->row, ENERGY_PACKAGE, 30);
  assert_none (instrument, VMM_CHANNEL_ENERGY_MEMORY, VMM_CAUSE_NO_COUNTER);
}

static void
test_share (Instrument *instrument, gconstpointer data)
{
  write_zones (instrument, 1);
  begin (instrument, &guest);
  write_zones (instrument, 2);
  instrument_sample (instrument, SECOND);
  assert_value (instrument->row, ENERGY_GUEST, 170);
  assert_reason (instrument->source, ENERGY_GUEST, "told by QEMU*");
  for (guint i = 1; i < G_N_ELEMENTS (channels); i++)
    assert_none (instrument, channels[i], VMM_CAUSE_OWN_SHARE);
}

static void
test_nobodys (Instrument *instrument, gconstpointer data)
{
  static const char *const vmms[] = { "xen", "hyperv", "unknown", "virtualbox" };

  write_zones (instrument, 1);
  for (guint i = 0; i < G_N_ELEMENTS (vmms); i++) {
    const VmmHost host = { .vmm_id = vmms[i], .container = "none" };

    begin (instrument, &host);
    instrument_sample (instrument, SECOND);
    for (guint c = 0; c < G_N_ELEMENTS (channels); c++)
      assert_none (instrument, channels[c], VMM_CAUSE_NOBODYS_ENERGY);
    g_clear_pointer (&instrument->source, vmm_source_free);
  }
}

/* As nobody, in a tree that he may enter. */
static void
test_forbidden (Instrument *instrument, gconstpointer data)
{
  if (geteuid () != 0) {
    g_test_skip ("only root can be somebody else");
    return;
  }
  write_zone (instrument, "intel-rapl:0", "package-0", 1);
  g_assert_cmpint (chmod (instrument->root, 0755), ==, 0);
  for (const char *const *part =
           (const char *const[]){ "sys", "sys/class", "sys/class/powercap", ZONES "intel-rapl:0",
                                  ZONES "intel-rapl:0/name", NULL };
       *part; part++) {
    g_autofree char *path = g_build_filename (instrument->root, *part, NULL);
    g_assert_cmpint (chmod (path, 0755), ==, 0);
  }
  g_assert_cmpint (seteuid (65534), ==, 0);
  begin (instrument, &bare);
  instrument_sample (instrument, SECOND);
  g_assert_cmpint (seteuid (0), ==, 0);
  assert_none (instrument, VMM_CHANNEL_ENERGY_PACKAGE, VMM_CAUSE_ENERGY_ROOT);
  g_assert_nonnull (vmm_cause_remedy (VMM_CAUSE_ENERGY_ROOT));
}

static void
test_bad_files (Instrument *instrument, gconstpointer data)
{
  static const char *const texts[] = { "12x\n", "-5\n", "99999999999999999999999\n", "\377", "\n" };

  write_zone (instrument, "intel-rapl:0", "package-0", 1);
  begin (instrument, &bare);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    write_in (instrument, ZONES "intel-rapl:0", "energy_uj", texts[i]);
    instrument_sample (instrument, SECOND);
    assert_absent (instrument->row, ENERGY_PACKAGE, FAILED);
    assert_reason (instrument->source, ENERGY_PACKAGE, "*energy_uj: no number");
  }
  write_in (instrument, ZONES "intel-rapl:0", "energy_uj", "");
  instrument_sample (instrument, SECOND);
  assert_absent (instrument->row, ENERGY_PACKAGE, PENDING);
}

static void
test_power_meter (Instrument *instrument, gconstpointer data)
{
  write_in (instrument, "sys/class/hwmon/hwmon3", "name", "power_meter\n");
  write_in (instrument, "sys/class/hwmon/hwmon3", "power1_average", "245500000\n");
  write_in (instrument, "sys/class/hwmon/hwmon3", "power1_input", "1\n");
  write_in (instrument, "sys/class/hwmon/hwmon10", "name", "amdgpu\n");
  write_in (instrument, "sys/class/hwmon/hwmon10", "power1_average", "9000000\n");
  begin (instrument, &bare);
  instrument_sample (instrument, SECOND);
  assert_value (instrument->row, ENERGY_MACHINE, 245.5);
  write_in (instrument, "sys/class/hwmon/hwmon3", "power1_average", "4294967295000\n");
  instrument_sample (instrument, SECOND);
  assert_absent (instrument->row, ENERGY_MACHINE, FAILED);
}

/* status, power_now, current_now, voltage_now */
static const struct {
  const char *vmm, *container, *files[4];
  VmmCause    cause;
  double      watts;
} batteries[] = {
  { "none", "none", { "Discharging\n", "4830000\n", NULL, NULL }, VMM_CAUSE_NONE, 4.83 },
  { "none", "none", { "Discharging\n", "-4077000\n", NULL, NULL }, VMM_CAUSE_NONE, 4.077 },
  { "none", "none", { "Discharging\n", NULL, "2000000\n", "12000000\n" }, VMM_CAUSE_NONE, 24 },
  { "kvm", "none", { "Discharging\n", "4830000\n", NULL, NULL }, VMM_CAUSE_HOSTS_BATTERY, 4.83 },
  { "none", "none", { "Charging\n", "4830000\n", NULL, NULL }, VMM_CAUSE_ON_MAINS, 0 },
  { "none", "none", { "Full\n", "0\n", NULL, NULL }, VMM_CAUSE_ON_MAINS, 0 },
  { "none", "none", { "Discharging\n", "0\n", NULL, NULL }, VMM_CAUSE_BATTERY_BEYOND, 0 },
  { "none",
    "none",
    { "Discharging\n", NULL, "462\n", "4294952836000\n" },
    VMM_CAUSE_BATTERY_BEYOND,
    0 },
  { "none", "none", { "Discharging\n", "2000000000\n", NULL, NULL }, VMM_CAUSE_BATTERY_BEYOND, 0 },
  { "none", "none", { "Discharging\n", NULL, NULL, NULL }, VMM_CAUSE_BATTERY_BEYOND, 0 },
  { "virtualbox",
    "none",
    { "Discharging\n", "4830000\n", NULL, NULL },
    VMM_CAUSE_BATTERY_INVENTED,
    0 },
  { "hyperv", "wsl", { "Discharging\n", "4830000\n", NULL, NULL }, VMM_CAUSE_BATTERY_DUMMY, 0 },
};

static void
test_batteries (Instrument *instrument, gconstpointer data)
{
  static const char *const names[] = { "status", "power_now", "current_now", "voltage_now" };

  write_in (instrument, SUPPLY "BAT0", "type", "Battery\n");
  write_in (instrument, SUPPLY "mouse", "type", "Battery\n");
  write_in (instrument, SUPPLY "mouse", "scope", "Device\n");
  write_in (instrument, SUPPLY "AC", "type", "Mains\n");
  for (guint i = 0; i < G_N_ELEMENTS (batteries); i++) {
    const VmmHost host = { .vmm_id = batteries[i].vmm, .container = batteries[i].container };

    for (guint f = 0; f < G_N_ELEMENTS (names); f++) {
      g_autofree char *full = g_build_filename (instrument->root, SUPPLY "BAT0", names[f], NULL);
      g_unlink (full);
      if (batteries[i].files[f])
        write_in (instrument, SUPPLY "BAT0", names[f], batteries[i].files[f]);
    }
    begin (instrument, &host);
    instrument_sample (instrument, SECOND);
    VmmReason reason = vmm_source_reason (instrument->source, VMM_CHANNEL_ENERGY_MACHINE);
    g_assert_cmpstr (reason.cause ? vmm_cause_id (reason.cause) : NULL, ==,
                     batteries[i].cause ? vmm_cause_id (batteries[i].cause) : NULL);
    if (batteries[i].watts > 0)
      assert_value (instrument->row, ENERGY_MACHINE, batteries[i].watts);
    else
      g_assert_cmpint (vmm_absence (instrument->row[VMM_CHANNEL_ENERGY_MACHINE]), !=, VMM_PRESENT);
    g_clear_pointer (&instrument->source, vmm_source_free);
  }
}

/* ---- Told by the host */

static void
tell (Instrument *instrument, const char *text)
{
  if (text)
    machine_write (instrument->root, TOLD, text);
  instrument_sample (instrument, SECOND);
  energy_settle (instrument->source);
}

/* 30 J each 5 s; a row has what was asked for with the row before. */
static void
test_told (Instrument *instrument, gconstpointer data)
{
  double told_j = 0;

  machine_write (instrument->root, TOLD, "0");
  begin (instrument, &guest);
  energy_settle (instrument->source);
  for (guint s = 1; s <= 61; s++) {
    g_autofree char *text = g_strdup_printf ("%u", s / 5 * 30000000);
    tell (instrument, text);
    g_assert_cmpfloat_with_epsilon (vmm_absence (instrument->row[VMM_CHANNEL_ENERGY_GUEST]) ==
                                            VMM_PRESENT
                                        ? (double) instrument->row[VMM_CHANNEL_ENERGY_GUEST]
                                        : 6,
                                    6, 0.01);
    if (vmm_absence (instrument->row[VMM_CHANNEL_ENERGY_GUEST]) == VMM_PRESENT) {
      assert_reason (instrument->source, ENERGY_GUEST, "told by scaphandre*issue 428*");
      told_j += 30;
    }
  }
  g_assert_cmpfloat (told_j, ==, 330); /* the first move only begins */

  tell (instrument, ""); /* while it is written */
  tell (instrument, NULL);
  assert_absent (instrument->row, ENERGY_GUEST, PENDING);
  machine_remove (instrument->root, TOLD);
  tell (instrument, NULL);
  tell (instrument, NULL);
  assert_absent (instrument->row, ENERGY_GUEST, FAILED);
  assert_reason (instrument->source, ENERGY_GUEST, TOLD ": No such file*");
  tell (instrument, "5");
  tell (instrument, "9000000"); /* the host began anew */
  assert_absent (instrument->row, ENERGY_GUEST, PENDING);
  assert_reason (instrument->source, ENERGY_GUEST, "*anew");
}

/* ---- Aside */

typedef struct {
  GMutex *gate;
} Gate;

static void
work_at_gate (gpointer state, gint64 now_us, gpointer answer)
{
  GMutex *gate = state;

  g_mutex_lock (gate);
  g_mutex_unlock (gate);
  *(gint64 *) answer = now_us;
}

static void
open_gate (gpointer state)
{
}

/* The owner goes on and may leave while the worker hangs. */
static void
test_aside (void)
{
  static const VmmAsideClass class = { "gate", work_at_gate, open_gate, sizeof (gint64) };
  static GMutex gate;
  VmmAside     *aside = vmm_aside_new (&class, &gate);
  gint64        answer = 0;
  VmmCause      cause;

  g_assert_false (vmm_aside_take (aside, 0, &answer, &cause));
  g_assert_cmpint (cause, ==, VMM_CAUSE_NO_READING);
  g_assert_true (vmm_aside_ask (aside, 5));
  g_assert_true (vmm_aside_settle (aside, 60 * SECOND));
  g_assert_true (vmm_aside_take (aside, 5, &answer, &cause));
  g_assert_cmpint (cause, ==, VMM_CAUSE_NONE);
  g_assert_cmpint (answer, ==, 5);

  g_mutex_lock (&gate);
  g_assert_true (vmm_aside_ask (aside, 6));
  g_assert_false (vmm_aside_ask (aside, 7));
  g_assert_false (vmm_aside_settle (aside, 1));
  g_assert_false (vmm_aside_take (aside, 6 + 10 * SECOND, &answer, &cause));
  g_assert_cmpint (cause, ==, VMM_CAUSE_NO_READING);
  g_assert_false (vmm_aside_take (aside, 7 + 10 * SECOND, &answer, &cause));
  g_assert_cmpint (cause, ==, VMM_CAUSE_NO_REPLY);
  g_assert_cmpint (answer, ==, 5);
  g_mutex_unlock (&gate);
  g_assert_true (vmm_aside_settle (aside, 60 * SECOND));
  g_assert_true (vmm_aside_take (aside, 7, &answer, &cause));
  g_assert_cmpint (answer, ==, 6);

  g_mutex_lock (&gate);
  g_assert_true (vmm_aside_ask (aside, 8));
  vmm_aside_free (aside); /* and leaves it behind */
  g_mutex_unlock (&gate);
}

/* ---- Recorded machines */

static void
test_fixtures (void)
{
  g_autoptr (GDir) dir = g_dir_open (g_getenv ("FIXTURES"), 0, NULL);
  const char *name;
  guint       n = 0;

  while ((name = g_dir_read_name (dir))) {
    g_autofree char *root = machine_fixture (name);
    g_autoptr (VmmHost) host = vmm_host_new (root);
    g_autoptr (VmmSource) energy = vmm_energy_new (root, host);
    float row[VMM_N_CHANNELS];

    if (g_str_has_prefix (name, "energy-") || g_str_has_prefix (name, "gpu-"))
      continue;
    vmm_source_start (energy, SECOND);
    vmm_source_sample (energy, 2 * SECOND, row);
    for (guint i = 0; i < G_N_ELEMENTS (channels); i++) {
      g_assert_cmpint (vmm_absence (row[channels[i]]), ==, VMM_NOT_EXPOSED);
      g_assert_nonnull (vmm_source_reason (energy, channels[i]).sentence);
    }
    n++;
  }
  g_assert_cmpuint (n, >=, 40);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add (name, Instrument, NULL, instrument_set_up, function, instrument_tear_down)
  g_test_add_func ("/energy/rates", test_rates);
  g_test_add_func ("/energy/nonsense", test_nonsense);
  g_test_add_func ("/energy/breaks", test_breaks);
  ADD ("/energy/machine", test_machine);
  ADD ("/energy/mapped", test_mapped);
  ADD ("/energy/share", test_share);
  ADD ("/energy/nobodys", test_nobodys);
  ADD ("/energy/forbidden", test_forbidden);
  ADD ("/energy/bad-files", test_bad_files);
  ADD ("/energy/power-meter", test_power_meter);
  ADD ("/energy/batteries", test_batteries);
  ADD ("/energy/told", test_told);
  g_test_add_func ("/energy/aside", test_aside);
  g_test_add_func ("/energy/fixtures", test_fixtures);
  return g_test_run ();
}
