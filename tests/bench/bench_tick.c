/* SPDX-License-Identifier: MIT */
/* bench_tick: what a tick of all passive sources costs, beside reading the same files for nothing.
 *
 * Each line is one machine: CPU nanoseconds of the floor (pread of every file, nothing parsed) and of
 * the tick, the fastest of some turns that they take in the same run; their ratio; allocations. Made
 * machines are busy: every counter of every disk moves between two ticks (except where it says that
 * they stand still). Their files come out of the page cache at the speed of memory, while a kernel
 * writes out its counters at every reading. What that costs is measured here, for a line of
 * proc/diskstats, with its twenty numbers; a CPU's line has ten. The last ratio has it on both sides:
 * it is what such a machine would pay. Fails when a tick allocates, or when that is more than 2. One
 * machine has four cards, eight zones of energy and NVIDIA's library, as tests/core/fake_nvml.c plays
 * it: it is asked on a thread of its own, whose allocations are not the tick's. The outlook has a line of its own: what
 * a row costs it beside the tick of this machine; it fails at 2 us, or where it allocates. */
#include "../core/machine.h"
#include "vmm/outlook.h"
#include "vmm/sources.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TURNS 100
#define WARM 5 /* turns after which a tick needs no more memory */
#define GOAL 2.0
#define FULL_TREND 200 /* rows after which the outlook has all that it looks at */
#define OUTLOOK_GOAL_NS 2000
#define BUFFER_BYTES (8 * 1024 * 1024)

/* glibc's own entrances, behind the ones that count. */
void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *block, size_t size);

static _Thread_local guint64 allocations;

void *
malloc (size_t size)
{
  allocations++;
  return __libc_malloc (size);
}

void *
calloc (size_t n, size_t size)
{
  allocations++;
  return __libc_calloc (n, size);
}

void *
realloc (void *block, size_t size)
{
  allocations++;
  return __libc_realloc (block, size);
}

static const char *const paths[] = {
  "proc/stat",         "proc/meminfo",         "proc/diskstats",
  "proc/pressure/cpu", "proc/pressure/memory", "proc/pressure/io"
};

#define CARDS 4
#define ZONES 8
#define MAX_FILES (G_N_ELEMENTS (paths) + CARDS * G_N_ELEMENTS (of_cards) + ZONES)

/* What a tick reads of a card. */
static const struct {
  const char *name, *text;
} of_cards[] = {
  { "device/power/runtime_status", "active\n" },
  { "device/gpu_busy_percent", "37\n" },
  { "device/mem_info_vram_used", "2147483648\n" },
  { "device/mem_info_vram_total", "8589934592\n" },
  { "device/hwmon/hwmon1/power1_average", "33000000\n" },
};

static const VmmHost bare = { .vmm_id = "none", .container = "none" };

typedef struct {
  guint    cpus, disks;
  gboolean is_still, has_cards;
} Machine;

typedef struct {
  int   fds[MAX_FILES];
  guint n;
  char *buffer;
} Floor;

typedef struct {
  VmmSource *sources[8];
  gint64     now_us;
  float      row[VMM_N_CHANNELS];
} Tick;

static void
read_floor (gpointer data)
{
  Floor *floor = data;

  for (guint i = 0; i < floor->n; i++) {
    gssize n, length = 0;
    while ((n = pread (floor->fds[i], floor->buffer + length, (gsize) (BUFFER_BYTES - length),
                       length)) > 0)
      length += n;
  }
}

static void
do_tick (gpointer data)
{
  Tick *tick = data;

  tick->now_us += G_USEC_PER_SEC;
  for (guint i = 0; i < G_N_ELEMENTS (tick->sources); i++)
    vmm_source_sample (tick->sources[i], tick->now_us, tick->row);
}

/* What this thread has computed, the kernel for it included, in ns. */
static double
get_cpu_ns (void)
{
  struct timespec used;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return 1e9 * (double) used.tv_sec + (double) used.tv_nsec;
}

static double
take_time (void (*call) (gpointer), gpointer data)
{
  double start_ns = get_cpu_ns ();

  call (data);
  return get_cpu_ns () - start_ns;
}

/* ---- Made machines */

static void
append_cpu (GString *text, const char *name)
{
  g_string_append_printf (text, "%s %d 1234 %d %d 56789 0 %d %d 0 0\n", name,
                          g_random_int_range (1000, 9999999), g_random_int_range (1000, 999999),
                          g_random_int_range (1000, 99999999), g_random_int_range (100, 99999),
                          g_random_int_range (100, 99999));
}

/* Longer at every step, if anything: it is written over the one before. */
static GString *
make_diskstats (guint disks, guint step)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (disks);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < disks; i++) {
    guint count = (guint) g_rand_int_range (random, 100000, 999000) + 7 * step;
    g_string_append_printf (text,
                            "%4u %7u d%xx %u 9091 %u 11572 %u 8222 %u 14995 0 %u 20570 6555 63 "
                            "386872 529 5077 245\n",
                            i / 256, i % 256, i, count, 24 * count, count, 9 * count, count);
  }
  return text;
}

static void
write_diskstats (int fd, guint disks, guint step)
{
  GString *text = make_diskstats (disks, step);

  if (pwrite (fd, text->str, text->len, 0) != (gssize) text->len)
    g_error ("proc/diskstats cannot be written");
  g_string_free (text, TRUE);
}

static char *
name_file_of_card (guint card, guint i)
{
  return g_strdup_printf ("sys/class/drm/card%u/%s", card, of_cards[i].name);
}

static char *
name_file_of_zone (guint zone, const char *name)
{
  return g_strdup_printf ("sys/class/powercap/intel-rapl:%u/%s", zone, name);
}

static void
make_zone (const char *root, guint zone)
{
  g_autofree char *name = name_file_of_zone (zone, "name");
  g_autofree char *energy = name_file_of_zone (zone, "energy_uj");

  machine_write (root, name, "package-0\n");
  machine_write (root, energy, "4711000000\n");
}

static void
make_cards (const char *root)
{
  for (guint card = 0; card < CARDS; card++) {
    for (guint i = 0; i < G_N_ELEMENTS (of_cards); i++) {
      g_autofree char *path = name_file_of_card (card, i);
      machine_write (root, path, of_cards[i].text);
    }
    g_autofree char *link = g_strdup_printf ("%s/sys/class/drm/card%u/device/driver", root, card);
    if (symlink ("drivers/amdgpu", link) != 0)
      g_error ("no link %s", link);
  }
  for (guint zone = 0; zone < ZONES; zone++)
    make_zone (root, zone);
  machine_write (root, "proc/driver/nvidia/version", "NVRM version: 580\n");
}

static char *
make_machine (const Machine *machine)
{
  char            *root = machine_new ();
  g_autofree char *fixture = machine_fixture ("one-cpu");
  g_autofree char *meminfo = machine_read (fixture, "proc/meminfo");
  GString         *stat = g_string_new (NULL), *diskstats = make_diskstats (machine->disks, 0);

  append_cpu (stat, "cpu ");
  for (guint i = 0; i < machine->cpus; i++) {
    char name[16];
    g_snprintf (name, sizeof name, "cpu%u", i);
    append_cpu (stat, name);
  }
  g_string_append (stat, "intr 4711 0 0 0 0\nctxt 123456\nbtime 1700000000\nprocs_running 1\n");
  machine_write (root, paths[0], stat->str);
  machine_write (root, paths[1], meminfo);
  machine_write (root, paths[2], diskstats->str);
  for (guint i = 3; i < G_N_ELEMENTS (paths); i++)
    machine_write (root, paths[i],
                   "some avg10=0.00 avg60=0.00 avg300=0.00 total=123456789\n"
                   "full avg10=0.00 avg60=0.00 avg300=0.00 total=12345678\n");
  if (machine->has_cards)
    make_cards (root);
  g_string_free (stat, TRUE);
  g_string_free (diskstats, TRUE);
  return root;
}

/* ---- Measuring */

static void
read_diskstats (gpointer data)
{
  Floor *floor = data;
  gssize n, length = 0;

  while ((n = pread (floor->fds[2], floor->buffer + length, 4096, length)) > 0)
    length += n;
  floor->buffer[length] = '\0';
}

/* What this machine's kernel takes to write a line of proc/diskstats, in ns. */
static double
measure_kernel (void)
{
  Floor  floor = { .buffer = g_malloc (BUFFER_BYTES) };
  double fastest_ns = G_MAXDOUBLE;
  guint  lines = 0;

  floor.fds[2] = open ("/proc/diskstats", O_RDONLY | O_CLOEXEC);
  for (guint turn = 0; turn < TURNS; turn++)
    fastest_ns = MIN (fastest_ns, take_time (read_diskstats, &floor));
  for (const char *at = floor.buffer; (at = strchr (at, '\n')); at++)
    lines++;
  close (floor.fds[2]);
  g_free (floor.buffer);
  return lines > 0 ? fastest_ns / lines : 0;
}

static void
open_file (Floor *floor, const char *root, const char *path, int flags)
{
  g_autofree char *full = g_build_filename (root, path, NULL);

  floor->fds[floor->n++] = open (full, flags | O_CLOEXEC);
}

/* `machine` NULL: this one. */
static void
open_floor (Floor *floor, const char *root, const Machine *machine)
{
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    open_file (floor, root, paths[i], i == 2 && machine ? O_RDWR : O_RDONLY);
  for (guint card = 0; machine && machine->has_cards && card < CARDS; card++)
    for (guint i = 0; i < G_N_ELEMENTS (of_cards); i++) {
      g_autofree char *path = name_file_of_card (card, i);
      open_file (floor, root, path, O_RDONLY);
    }
  for (guint zone = 0; machine && machine->has_cards && zone < ZONES; zone++) {
    g_autofree char *path = name_file_of_zone (zone, "energy_uj");
    open_file (floor, root, path, O_RDONLY);
  }
}

/* Likewise. */
static gboolean
measure (const char *title, const char *root, const Machine *machine, double line_ns)
{
  Floor            floor = { .buffer = g_malloc (BUFFER_BYTES) };
  g_autofree char *library = g_strconcat (g_getenv ("FAKE_NVML"), "/nvml.so", NULL);
  Tick             tick = { { vmm_cpu_new (root, NULL), vmm_memory_new (root), vmm_disk_new (root),
                              vmm_pressure_new (root), vmm_clock_new (G_USEC_PER_SEC, NULL, NULL),
                              vmm_self_new (1), vmm_gpu_new (root, machine ? library : NULL),
                              vmm_energy_new (root, &bare) } };
  gboolean         is_busy = machine && !machine->is_still;
  double           floor_ns = G_MAXDOUBLE, tick_ns = G_MAXDOUBLE;
  double           kernel_ns = machine ? line_ns * (machine->disks + machine->cpus / 2.0) : 0;
  guint64          allocated = 0;

  open_floor (&floor, root, machine);
  for (guint turn = 0; turn < TURNS; turn++) {
    if (is_busy)
      write_diskstats (floor.fds[2], machine->disks, turn);
    guint64 before = allocations;
    double  floor_now_ns = take_time (read_floor, &floor), tick_now_ns = take_time (do_tick, &tick);
    if (turn < WARM)
      continue;
    allocated = MAX (allocated, allocations - before);
    floor_ns = MIN (floor_ns, floor_now_ns);
    tick_ns = MIN (tick_ns, tick_now_ns);
  }
  double ratio = (tick_ns + kernel_ns) / (floor_ns + kernel_ns);
  printf ("%-28s %10.0f %10.0f %7.2f %12" G_GUINT64_FORMAT " %10.0f %7.2f\n", title, floor_ns,
          tick_ns, tick_ns / floor_ns, allocated, kernel_ns, ratio);

  for (guint i = 0; i < floor.n; i++)
    if (floor.fds[i] >= 0)
      close (floor.fds[i]);
  for (guint i = 0; i < G_N_ELEMENTS (tick.sources); i++)
    vmm_source_free (tick.sources[i]);
  g_free (floor.buffer);
  return allocated == 0 && ratio <= GOAL;
}

/* ---- What comes */

typedef struct {
  VmmOutlook *outlook;
  gint64      now_us;
  float       row[VMM_N_CHANNELS];
} Coming;

/* Memory rises, as it does where the outlook has most to do, and the CPU has episodes. */
static void
push_row (gpointer data)
{
  Coming *coming = data;
  gint64  second = coming->now_us / G_USEC_PER_SEC;

  coming->row[VMM_CHANNEL_MEMORY_USED] =
      60 + (float) (second % 1000) / 40 + (float) (second % 7) / 9;
  coming->row[VMM_CHANNEL_CPU_BUSY] = second % 60 < 15 ? 95 : 5;
  vmm_outlook_push (coming->outlook, coming->now_us, coming->now_us, coming->row);
  coming->now_us += G_USEC_PER_SEC;
}

/* The outlook's share of a tick, beside that of this machine's sources. */
static gboolean
measure_outlook (void)
{
  Tick    tick = { { vmm_cpu_new ("/", NULL), vmm_memory_new ("/"), vmm_disk_new ("/"),
                     vmm_pressure_new ("/"), vmm_clock_new (G_USEC_PER_SEC, NULL, NULL),
                     vmm_self_new (1), vmm_gpu_new ("/", NULL), vmm_energy_new ("/", &bare) } };
  Coming  coming = { .outlook = vmm_outlook_new (G_USEC_PER_SEC), .now_us = G_USEC_PER_SEC };
  double  tick_ns = G_MAXDOUBLE, outlook_ns = G_MAXDOUBLE;
  guint64 allocated = 0;

  for (guint c = 0; c < VMM_N_CHANNELS; c++)
    coming.row[c] = vmm_absent (VMM_OFF);
  for (guint turn = 0; turn < FULL_TREND; turn++)
    push_row (&coming);
  for (guint turn = 0; turn < TURNS; turn++) {
    tick_ns = MIN (tick_ns, take_time (do_tick, &tick));
    guint64 before = allocations;
    outlook_ns = MIN (outlook_ns, take_time (push_row, &coming));
    allocated += allocations - before;
  }
  printf ("%-28s %10.0f %10.0f %7.2f %12" G_GUINT64_FORMAT "\n", "outlook beside this machine",
          tick_ns, outlook_ns, outlook_ns / tick_ns, allocated);
  for (guint i = 0; i < G_N_ELEMENTS (tick.sources); i++)
    vmm_source_free (tick.sources[i]);
  vmm_outlook_free (coming.outlook);
  return allocated == 0 && outlook_ns < OUTLOOK_GOAL_NS;
}

/* "real": this machine alone, for those whose kernel has many CPUs or disks (machines.sh). */
int
main (int argc, char **argv)
{
  static const Machine machines[] = {
    { 2, 10, FALSE, FALSE },    { 2, 10, FALSE, TRUE },        { 64, 10, FALSE, FALSE },
    { 1024, 10, FALSE, FALSE }, { 2, 1000, FALSE, FALSE },     { 2, 10000, FALSE, FALSE },
    { 2, 10000, TRUE, FALSE },  { 1024, 10000, FALSE, FALSE },
  };

  double line_ns = measure_kernel ();
  printf ("a line of proc/diskstats takes the kernel %.0f ns\n%-28s %10s %10s %7s %12s %10s %7s\n",
          line_ns, "", "floor ns", "tick ns", "ratio", "allocations", "kernel ns", "ratio");
  gboolean good = measure ("this machine", "/", NULL, line_ns);
  good &= measure_outlook ();
  gboolean is_real = argc > 1 && g_str_equal (argv[1], "real");
  for (guint i = 0; !is_real && i < G_N_ELEMENTS (machines); i++) {
    char  title[64];
    char *root = make_machine (&machines[i]);

    g_snprintf (title, sizeof title, "%u CPUs, %u %sdisks%s", machines[i].cpus, machines[i].disks,
                machines[i].is_still ? "still " : "", machines[i].has_cards ? ", 4 cards" : "");
    good &= measure (title, root, &machines[i], line_ns);
    machine_free (root);
  }
  return good ? 0 : 1;
}
