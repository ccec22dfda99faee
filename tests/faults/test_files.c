/* SPDX-License-Identifier: MIT */
/* test_files: each file that is read is damaged in each way, from the start or on the way; nothing
 * crashes or waits, and no number is invented. */
#include "damage.h"
#include "vmm/result.h"
#include "vmm/sources.h"

#include "route.h"

#include <arpa/inet.h>
#include <json-glib/json-glib.h>

#define SECOND G_TIME_SPAN_SECOND
#define PATIENCE_S 240 /* for the whole test: what waits for a pipe is killed */

/* ---- A machine whose counters move on evenly: whatever is measured whenever is the same. */

/* {A+B} is A, and B more after each tick. */
static const struct {
  const char *path, *text;
} moving[] = {
  { "proc/stat", "cpu  {2000+20} 0 {1000+10} {16000+160} {600+6} {200+2} {200+2} 0 0 0\n"
                 "cpu0 {1000+10} 0 {500+5} {8000+80} {300+3} {100+1} {100+1} 0 0 0\n"
                 "cpu1 {1000+10} 0 {500+5} {8000+80} {300+3} {100+1} {100+1} 0 0 0\n"
                 "intr 1234 5 6\nctxt 98765\nbtime 1700000000\n" },
  { "proc/meminfo", "MemTotal:        4028412 kB\nMemFree:         1028412 kB\n"
                    "MemAvailable:    3021309 kB\nBuffers:          100000 kB\n"
                    "Cached:          2000000 kB\nSwapCached:            0 kB\n"
                    "SwapTotal:       1048572 kB\nSwapFree:         786429 kB\n"
                    "Shmem:             50000 kB\nSReclaimable:      70000 kB\n"
                    "HugePages_Total:       0\n" },
  { "proc/vmstat", "nr_free_pages 257103\nballoon_inflate 10000\nballoon_deflate 2000\n"
                   "swap_ra 0\n" },
  { "proc/diskstats", "   7       0 loop0 10 0 20 1 0 0 0 0 0 1 1\n"
                      "   8       0 sda {500+50} 5 {4000+400} {1000+100} {900+30} 7 {7200+240}"
                      " {2000+60} 0 {3000+250} {3000+160} 0 0 0 0 {100+10} {150+15}\n"
                      "   8       1 sda1 500 5 4000 1000 900 7 7200 2000 0 3000 3000 0 0 0 0\n" },
  { "proc/pressure/cpu", "some avg10=0.00 avg60=0.00 avg300=0.00 total={700000+70000}\n" },
  { "proc/pressure/memory", "some avg10=0.00 avg60=0.00 avg300=0.00 total={500000+50000}\n"
                            "full avg10=0.00 avg60=0.00 avg300=0.00 total={300000+30000}\n" },
  { "proc/pressure/io", "some avg10=0.00 avg60=0.00 avg300=0.00 total={900000+90000}\n"
                        "full avg10=0.00 avg60=0.00 avg300=0.00 total={300000+30000}\n" },
};

/* What the files above say, by hand. */
static const struct {
  VmmChannelId channel;
  double       value;
  gboolean     is_settled; /* whether it is there is decided at the beginning */
} truths[] = {
  { VMM_CHANNEL_CPU_BUSY, 17, FALSE },
  { VMM_CHANNEL_CPU_USER, 10, FALSE },
  { VMM_CHANNEL_CPU_SYSTEM, 5, FALSE },
  { VMM_CHANNEL_CPU_IOWAIT, 3, FALSE },
  { VMM_CHANNEL_CPU_IRQ, 2, FALSE },
  { VMM_CHANNEL_MEMORY_USED, 100 * (1 - 3021309.0 / 4028412), FALSE },
  { VMM_CHANNEL_MEMORY_CACHE, 100 * 2120000.0 / 4028412, FALSE },
  { VMM_CHANNEL_MEMORY_SWAP, 100 * (1 - 786429.0 / 1048572), FALSE },
  { VMM_CHANNEL_MEMORY_BALLOON, 100 * 32000.0 / 4028412, TRUE },
  { VMM_CHANNEL_DISK_READ, 400 * 512 / 1e6, FALSE },
  { VMM_CHANNEL_DISK_WRITE, 240 * 512 / 1e6, FALSE },
  { VMM_CHANNEL_DISK_IOPS, 80, FALSE },
  { VMM_CHANNEL_DISK_AWAIT, 2, FALSE },
  { VMM_CHANNEL_DISK_UTIL, 25, FALSE },
  { VMM_CHANNEL_DISK_FLUSH, 1.5, FALSE },
  { VMM_CHANNEL_PRESSURE_CPU, 7, TRUE },
  { VMM_CHANNEL_PRESSURE_MEMORY, 5, TRUE },
  { VMM_CHANNEL_PRESSURE_IO, 9, TRUE },
};

static char *
fill_in (const char *text, guint tick)
{
  GString *filled = g_string_new (NULL);

  for (char *end; *text; text++) {
    if (*text != '{') {
      g_string_append_c (filled, *text);
      continue;
    }
    guint64 base = g_ascii_strtoull (text + 1, &end, 10);
    guint64 rate = g_ascii_strtoull (end + 1, &end, 10);
    g_string_append_printf (filled, "%" G_GUINT64_FORMAT, base + tick * rate);
    text = end;
  }
  return g_string_free (filled, FALSE);
}

/* A writable copy of a recorded machine. */
static char *
copy_fixture (const char *name)
{
  char            *root = machine_new ();
  g_autofree char *fixture = machine_fixture (name), *from = g_build_filename (fixture, ".", NULL);
  const char      *argv[] = { "cp", "-R", "-P", from, root, NULL };

  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  return root;
}

static char *
copy_moving_fixture (void)
{
  char            *root = copy_fixture ("virtualbox");
  g_autofree char *pressure = g_build_filename (root, "proc/pressure", NULL);

  g_assert_cmpint (g_mkdir_with_parents (pressure, 0700), ==, 0);
  return root;
}

/* ---- Which files are opened. */

static const char *watched_root;
static GPtrArray  *opened;

static void
on_open (const char *path)
{
  if (!g_str_has_prefix (path, watched_root) || path[strlen (watched_root)] != '/')
    return;
  const char *relative = path + strlen (watched_root) + 1;
  if (!g_ptr_array_find_with_equal_func (opened, relative, g_str_equal, NULL))
    g_ptr_array_add (opened, g_strdup (relative));
}

static void
begin_watch (const char *root)
{
  watched_root = root;
  opened = g_ptr_array_new_with_free_func (g_free);
  fault_watch (on_open);
}

static GPtrArray *
end_watch (void)
{
  fault_watch (NULL);
  return g_steal_pointer (&opened);
}

static gboolean
was_opened (const GPtrArray *paths, const char *path)
{
  return g_ptr_array_find_with_equal_func ((GPtrArray *) paths, path, g_str_equal, NULL);
}

/* ---- Numbers: a run of TICKS rows, with a file damaged at some. */

enum { N_SOURCES = 4, TICKS = 7 };

typedef struct {
  const Damage *damage; /* NULL = none */
  const char   *path;
  guint         first, end; /* the ticks at which it is there; 0 = before the sources are made */
} Case;

static void
put_files (const char *root, guint tick, const Case *c)
{
  for (guint i = 0; i < G_N_ELEMENTS (moving); i++) {
    g_autofree char *full = g_build_filename (root, moving[i].path, NULL);
    g_autofree char *text = fill_in (moving[i].text, tick);
    gboolean         is_damaged = c->damage && g_str_equal (c->path, moving[i].path);

    if (is_damaged && tick == c->end)
      damage_undo (full);
    if (is_damaged && tick >= c->first && tick < c->end)
      c->damage->apply (c->damage, full, text, strlen (text));
    else
      machine_put (full, text, strlen (text));
  }
}

/* Right or absent, and then with a word about it; after the damage, there again. */
static void
check_row (const Case *c, guint tick, const float *row, VmmSource *const *sources)
{
  gboolean is_over = tick >= MAX (c->end, 1) + 1;

  for (guint i = 0; i < G_N_ELEMENTS (truths); i++) {
    VmmChannelId channel = truths[i].channel;
    gboolean     is_present = vmm_absence (row[channel]) == VMM_PRESENT;
    const char  *reason = NULL;

    for (guint s = 0; s < N_SOURCES; s++)
      if (vmm_source_has (sources[s], channel))
        reason = vmm_source_reason (sources[s], channel).sentence;
    if (is_present ? fabs (row[channel] - truths[i].value) > 1e-3 : !reason || !*reason)
      g_error ("%s %s (at %" G_GSIZE_FORMAT "), tick %u: %s is %g instead of %g (%s)", c->path,
               c->damage ? c->damage->name : "whole", c->damage ? c->damage->at : 0, tick,
               vmm_channel (channel)->id, row[channel], truths[i].value, reason);
    if (!is_present && (is_over || (c->damage && c->damage->is_transient && tick > 0)) &&
        !(truths[i].is_settled && c->first == 0))
      g_error ("%s %s (at %" G_GSIZE_FORMAT "), tick %u: %s is still absent (%s)", c->path,
               c->damage ? c->damage->name : "whole", c->damage ? c->damage->at : 0, tick,
               vmm_channel (channel)->id, reason);
  }
}

static void
run_case (const char *root, const VmmHost *host, const Case *c)
{
  put_files (root, 0, c);
  VmmSource *sources[N_SOURCES] = { vmm_cpu_new (root, host), vmm_memory_new (root),
                                    vmm_disk_new (root), vmm_pressure_new (root) };

  for (guint i = 0; i < N_SOURCES; i++)
    vmm_source_start (sources[i], 0);
  for (guint tick = 1; tick <= TICKS; tick++) {
    float row[VMM_N_CHANNELS];

    put_files (root, tick, c);
    for (guint i = 0; i < N_SOURCES; i++)
      vmm_source_sample (sources[i], tick * SECOND, row);
    check_row (c, tick, row, sources);
  }
  for (guint i = 0; i < N_SOURCES; i++)
    vmm_source_free (sources[i]);
}

/* From the start, and in the middle. */
static void
run_damage (const char *root, const VmmHost *host, const char *path, const Damage *damage)
{
  run_case (root, host, &(Case){ damage, path, 0, 3 });
  run_case (root, host, &(Case){ damage, path, 3, 5 });
}

typedef struct {
  char    *root;
  VmmHost *host;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->root = copy_moving_fixture ();
  f->host = vmm_host_new (f->root);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  vmm_host_unref (f->host);
  machine_free (f->root);
}

/* The files above are all that the sources open, and undamaged they give every number. */
static void
test_whole (Fixture *f, gconstpointer data)
{
  begin_watch (f->root);
  run_case (f->root, f->host, &(Case){ NULL, "", 0, 0 });
  g_autoptr (GPtrArray) paths = end_watch ();

  for (guint i = 0; i < G_N_ELEMENTS (moving); i++)
    g_assert_true (was_opened (paths, moving[i].path));
  for (guint i = 0; i < paths->len; i++) {
    const char *path = g_ptr_array_index (paths, i);
    gboolean    is_known = g_str_has_prefix (path, "sys/block");
    for (guint k = 0; k < G_N_ELEMENTS (moving); k++)
      is_known |= g_str_equal (path, moving[k].path);
    if (!is_known)
      g_error ("%s is opened too: give it a row", path);
  }
}

static void
test_damaged (Fixture *f, gconstpointer data)
{
  const Damage repeated = { "64 MiB", damage_repeated };

  for (guint i = 0; i < G_N_ELEMENTS (moving); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (damages); k++)
      run_damage (f->root, f->host, moving[i].path, &damages[k]);
    run_case (f->root, f->host, &(Case){ &repeated, moving[i].path, 3, 4 });
  }
}

static void
test_cut (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (moving); i++) {
    g_autofree char *text = fill_in (moving[i].text, TICKS);
    for (gsize at = 0; at <= strlen (text); at++) {
      run_damage (f->root, f->host, moving[i].path, &(Damage){ "cut", damage_cut, .at = at });
      run_damage (f->root, f->host, moving[i].path, &(Damage){ "torn", damage_tear, .at = at });
    }
  }
}

/* ---- The way to the gateway: the right one or none. */

static const struct {
  const char *path, *text;
} routes[] = {
  { "proc/net/route",
    "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n"
    "eth0\t0002000A\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0\n"
    "eth0\t00000000\t0102000A\t0003\t0\t0\t100\t00000000\t0\t0\t0\n" },
  { "proc/net/ipv6_route",
    "20010db8000000000000000000000000 40 00000000000000000000000000000000 00 "
    "00000000000000000000000000000000 00000100 00000001 00000000 00000001     eth0\n"
    "00000000000000000000000000000000 00 00000000000000000000000000000000 00 "
    "fe800000000000000000000000000001 00000400 00000002 00000000 00000003     eth0\n" },
};

static void
check_route (const char *root, guint i, const Damage *damage)
{
  g_autofree char *full = g_build_filename (root, routes[i].path, NULL);
  g_autoptr (GError) error = NULL;
  VmmGateway found;
  char       address[INET6_ADDRSTRLEN] = "";

  damage->apply (damage, full, routes[i].text, strlen (routes[i].text));
  if (vmm_route_find (root, &found, &error))
    inet_ntop (found.family, &found.address, address, sizeof address);
  else
    g_assert_nonnull (error->message);
  if (*address && !g_str_equal (address, i == 0 ? "10.0.2.1" : "fe80::1"))
    g_error ("%s %s (at %" G_GSIZE_FORMAT "): %s", full, damage->name, damage->at, address);
  if (damage->is_transient)
    g_assert_true (*address);
  damage_undo (full);
}

static void
test_routes (Fixture *f, gconstpointer data)
{
  g_autofree char *directory = g_build_filename (f->root, "proc/net", NULL);

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++) {
    for (guint k = 0; k < G_N_ELEMENTS (damages); k++)
      check_route (f->root, i, &damages[k]);
    for (gsize at = 0; at <= strlen (routes[i].text); at++) {
      check_route (f->root, i, &(Damage){ "cut", damage_cut, .at = at });
      check_route (f->root, i, &(Damage){ "torn", damage_tear, .at = at });
    }
    check_route (f->root, i, &(Damage){ "64 MiB", damage_repeated });
  }
}

/* ---- The host, on every recorded machine. */

/* What it says is bounded, clean and, as far as it goes, true. */
static void
check_host (const VmmHost *host, const VmmHost *truth, const char *what)
{
  const char *const strings[] = { host->vmm_name,    host->vmm_version, host->interface,
                                  host->container,   host->cpu_model,   host->kernel,
                                  host->clocksource, host->modules,     host->steal_reason };
  g_autofree char  *summary = vmm_host_summary (host), *json = vmm_host_to_json (host, NULL, 0);
  g_autoptr (JsonParser) parser = json_parser_new ();

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    if (strlen (strings[i]) > 256 || !g_utf8_validate (strings[i], -1, NULL))
      g_error ("%s: \"%s\"", what, strings[i]);
  for (guint i = 0; host->evidence[i]; i++)
    if (strlen (host->evidence[i]) > 256 || !g_utf8_validate (host->evidence[i], -1, NULL))
      g_error ("%s: evidence \"%s\"", what, host->evidence[i]);
  g_assert_true (g_utf8_validate (summary, -1, NULL));
  g_assert_true (json_parser_load_from_data (parser, json, -1, NULL));
  g_assert_nonnull (vmm_host_vmm_name (host->vmm_id));
  g_assert_true (strlen (host->cpu_flags) <= 4096);
  if (host->memory_bytes != 0 && host->memory_bytes != truth->memory_bytes)
    g_error ("%s: %" G_GUINT64_FORMAT " bytes of memory", what, host->memory_bytes);
  if (host->cpus != 0 && host->cpus != truth->cpus && !strstr (what, "proc/cpuinfo"))
    g_error ("%s: %u CPUs", what, host->cpus);
}

/* Of less than all the evidence there may come another verdict: each that the loss of a whole file
 * gives is honest. */
typedef struct {
  char       *root;
  VmmHost    *truth;
  GHashTable *honest;         /* set of VMM ids */
  GPtrArray  *paths, *others; /* files, there or not; directories and links */
} Machine;

static void
look (const Machine *machine, const char *path, const Damage *damage, gboolean may_differ)
{
  g_autofree char *full = g_build_filename (machine->root, path, NULL), *text = NULL;
  g_autofree char *what = g_strdup_printf ("%s/%s: %s (at %" G_GSIZE_FORMAT ")", machine->root,
                                           path, damage->name, damage->at);
  gsize            length = 0;
  gboolean         is_there = g_file_get_contents (full, &text, &length, NULL);

  damage->apply (damage, full, text ? text : "", length);
  g_autoptr (VmmHost) host = vmm_host_new (machine->root);
  check_host (host, machine->truth, what);
  if (may_differ)
    g_hash_table_add (machine->honest, g_strdup (host->vmm_id));
  else if (!g_hash_table_contains (machine->honest, host->vmm_id))
    g_error ("%s: VMM %s, which is %s", what, host->vmm_id, machine->truth->vmm_id);
  if (damage->is_transient && is_there)
    g_assert_cmpstr (host->vmm_id, ==, machine->truth->vmm_id);
  damage_undo (full);
  if (is_there)
    machine_put (full, text, length);
}

/* The same for what is a directory or a link. */
static void
look_without (const Machine *machine, const char *path, const Damage *damage)
{
  g_autofree char *full = g_build_filename (machine->root, path, NULL);
  g_autofree char *away = g_build_filename (machine->root, "away", NULL);

  if (rename (full, away) < 0)
    return; /* not there */
  look (machine, path, damage, TRUE);
  g_assert_cmpint (rename (away, full), ==, 0);
}

static gboolean
is_file_or_nothing (const Machine *machine, const char *path)
{
  g_autofree char *full = g_build_filename (machine->root, path, NULL);
  g_autofree char *directory = g_path_get_dirname (full);
  struct stat      status;

  return lstat (full, &status) == 0 ? S_ISREG (status.st_mode)
                                    : g_file_test (directory, G_FILE_TEST_IS_DIR);
}

static void
open_machine (Machine *machine, const char *name)
{
  machine->root = copy_fixture (name);
  begin_watch (machine->root);
  machine->truth = vmm_host_new (machine->root);
  machine->paths = end_watch ();
  machine->honest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (machine->honest, g_strdup (machine->truth->vmm_id));
  g_hash_table_add (machine->honest, g_strdup ("none"));
  g_hash_table_add (machine->honest, g_strdup ("other"));
  g_assert_cmpuint (machine->paths->len, >, 10);
  machine->others = g_ptr_array_new_with_free_func (g_free);
  for (guint i = machine->paths->len; i-- > 0;)
    if (!is_file_or_nothing (machine, g_ptr_array_index (machine->paths, i)))
      g_ptr_array_add (machine->others, g_ptr_array_steal_index (machine->paths, i));
  for (guint i = 0; i < machine->paths->len; i++)
    look (machine, g_ptr_array_index (machine->paths, i), &damages[0], TRUE);
}

static void
close_machine (Machine *machine)
{
  g_ptr_array_unref (machine->paths);
  g_ptr_array_unref (machine->others);
  g_hash_table_unref (machine->honest);
  vmm_host_unref (machine->truth);
  machine_free (machine->root);
}

static void
cut_everywhere (const Machine *machine, const char *path)
{
  g_autofree char *full = g_build_filename (machine->root, path, NULL);
  struct stat      status;

  if (lstat (full, &status) < 0)
    return;
  for (gsize at = 0; at < (gsize) status.st_size; at++) {
    look (machine, path, &(Damage){ "cut", damage_cut, .at = at }, FALSE);
    look (machine, path, &(Damage){ "torn", damage_tear, .at = at }, FALSE);
  }
}

static void
test_host_damaged (gconstpointer name)
{
  Machine machine;

  open_machine (&machine, name);
  for (guint i = 0; i < machine.paths->len; i++)
    for (guint k = 1; k < G_N_ELEMENTS (damages); k++)
      look (&machine, g_ptr_array_index (machine.paths, i), &damages[k], FALSE);
  for (guint i = 0; i < machine.others->len; i++)
    for (guint k = 0; k < G_N_ELEMENTS (damages); k++)
      look_without (&machine, g_ptr_array_index (machine.others, i), &damages[k]);
  close_machine (&machine);
}

static void
test_host_cut (gconstpointer name)
{
  Machine machine;

  open_machine (&machine, name);
  for (guint i = 0; i < machine.paths->len; i++)
    cut_everywhere (&machine, g_ptr_array_index (machine.paths, i));
  close_machine (&machine);
}

/* A few machines that have most kinds of files among them; with -m slow, all. */
static void
add_hosts (void)
{
  static const char *const few[] = {
    "ec2-xen", "kvm-arm64-devicetree", "kvm-lxc", "uml", "virtualbox", "wsl2", "xen-pv", NULL
  };
  g_autoptr (GDir) fixtures = g_dir_open (g_getenv ("FIXTURES"), 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (fixtures))) {
    g_autofree char *expected = g_build_filename (g_getenv ("FIXTURES"), name, "expected", NULL);
    g_autofree char *damaged = g_strdup_printf ("/files/host/damaged/%s", name);
    g_autofree char *shorter = g_strdup_printf ("/files/host/cut/%s", name);

    if (!g_file_test (expected, G_FILE_TEST_EXISTS) ||
        !(g_test_slow () || g_strv_contains (few, name)))
      continue;
    g_test_add_data_func_full (damaged, g_strdup (name), test_host_damaged, g_free);
    g_test_add_data_func_full (shorter, g_strdup (name), test_host_cut, g_free);
  }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  alarm (g_test_slow () ? 10 * PATIENCE_S : PATIENCE_S);
  g_test_add ("/files/whole", Fixture, NULL, set_up, test_whole, tear_down);
  g_test_add ("/files/damaged", Fixture, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/files/cut", Fixture, NULL, set_up, test_cut, tear_down);
  g_test_add ("/files/routes", Fixture, NULL, set_up, test_routes, tear_down);
  add_hosts ();
  return g_test_run ();
}
