/* SPDX-License-Identifier: MIT */
/* bench_tick: what a tick of all passive sources costs, beside reading the same files for nothing.
 *
 * Each line is one machine: CPU nanoseconds of the floor (pread of every file, nothing parsed) and of
 * the tick, the fastest of some turns that they take in the same run; their ratio; allocations.
 * Only the first line is what a monitor pays: there the kernel writes out its counters at every
 * reading, while the made machines come out of the page cache at the speed of memory, so that
 * their ratios tell what parsing costs and how it grows. Fails when a tick allocates. */
#include "../core/machine.h"
#include "vmm/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TURNS 20
#define TURN_NS 20e6
#define BUFFER_BYTES (8 * 1024 * 1024)

/* glibc's own entrances, behind the ones that count. */
void *__libc_malloc (size_t size);
void *__libc_calloc (size_t n, size_t size);
void *__libc_realloc (void *block, size_t size);

static guint64 allocations;

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

typedef struct {
  int   fds[G_N_ELEMENTS (paths)];
  char *buffer;
} Floor;

typedef struct {
  VmmSource *sources[6];
  gint64     now_us;
  float      row[VMM_N_CHANNELS];
} Tick;

static void
read_floor (gpointer data)
{
  Floor *floor = data;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
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

/* Nanoseconds of CPU per call, over one turn. */
static double
take_turn (void (*call) (gpointer), gpointer data)
{
  double start_ns = get_cpu_ns (), now_ns, calls = 0;

  do {
    call (data);
    calls++;
    now_ns = get_cpu_ns ();
  } while (now_ns < start_ns + TURN_NS);
  return (now_ns - start_ns) / calls;
}

static gboolean
measure (const char *title, const char *root)
{
  Floor  floor = { .buffer = g_malloc (BUFFER_BYTES) };
  Tick   tick = { { vmm_cpu_new (root, NULL), vmm_memory_new (root), vmm_disk_new (root),
                    vmm_pressure_new (root), vmm_clock_new (G_USEC_PER_SEC, NULL, NULL),
                    vmm_self_new (1) } };
  double floor_ns = G_MAXDOUBLE, tick_ns = G_MAXDOUBLE;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++) {
    g_autofree char *full = g_build_filename (root, paths[i], NULL);
    floor.fds[i] = open (full, O_RDONLY | O_CLOEXEC);
  }
  for (guint i = 0; i < 3; i++)
    do_tick (&tick);
  guint64 before = allocations;
  do_tick (&tick);
  guint64 per_tick = allocations - before;

  for (guint turn = 0; turn < TURNS; turn++) {
    floor_ns = MIN (floor_ns, take_turn (read_floor, &floor));
    tick_ns = MIN (tick_ns, take_turn (do_tick, &tick));
  }
  printf ("%-28s floor %9.0f ns   tick %9.0f ns   %5.2f x   %" G_GUINT64_FORMAT " allocations\n",
          title, floor_ns, tick_ns, tick_ns / floor_ns, per_tick);

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    if (floor.fds[i] >= 0)
      close (floor.fds[i]);
  for (guint i = 0; i < G_N_ELEMENTS (tick.sources); i++)
    vmm_source_free (tick.sources[i]);
  g_free (floor.buffer);
  return per_tick == 0;
}

static void
append_cpu (GString *text, const char *name)
{
  g_string_append_printf (text, "%s %d 1234 %d %d 56789 0 %d %d 0 0\n", name,
                          g_random_int_range (1000, 9999999), g_random_int_range (1000, 999999),
                          g_random_int_range (1000, 99999999), g_random_int_range (100, 99999),
                          g_random_int_range (100, 99999));
}

static char *
make_machine (guint cpus, guint disks)
{
  char            *root = machine_new ();
  g_autofree char *fixture = machine_fixture ("one-cpu");
  g_autofree char *meminfo = machine_read (fixture, "proc/meminfo");
  g_autoptr (GString) stat = g_string_new (NULL), diskstats = g_string_new (NULL);

  append_cpu (stat, "cpu ");
  for (guint i = 0; i < cpus; i++) {
    char name[16];
    g_snprintf (name, sizeof name, "cpu%u", i);
    append_cpu (stat, name);
  }
  g_string_append (stat, "intr 4711 0 0 0 0\nctxt 123456\nbtime 1700000000\nprocs_running 1\n");
  for (guint i = 0; i < disks; i++)
    g_string_append_printf (diskstats,
                            "%4u %7u d%xx %d 9091 %d 11572 %d 14995 %d 8222 0 9604 20570 6555 63 "
                            "386872 529 5077 245\n",
                            i / 256, i % 256, i, g_random_int_range (1000, 9999999),
                            g_random_int_range (1000, 99999999), g_random_int_range (1000, 999999),
                            g_random_int_range (1000, 99999999));
  machine_write (root, paths[0], stat->str);
  machine_write (root, paths[1], meminfo);
  machine_write (root, paths[2], diskstats->str);
  for (guint i = 3; i < G_N_ELEMENTS (paths); i++)
    machine_write (root, paths[i],
                   "some avg10=0.00 avg60=0.00 avg300=0.00 total=123456789\n"
                   "full avg10=0.00 avg60=0.00 avg300=0.00 total=12345678\n");
  return root;
}

/* "real": this machine alone, for those whose kernel has many CPUs or disks (machines.sh). */
int
main (int argc, char **argv)
{
  static const struct {
    guint cpus, disks;
  } machines[] = {
    { 2, 10 }, { 64, 10 }, { 1024, 10 }, { 2, 1000 }, { 2, 10000 }, { 1024, 10000 }
  };

  gboolean good = measure ("this machine", "/");
  gboolean is_real = argc > 1 && g_str_equal (argv[1], "real");
  for (guint i = 0; !is_real && i < G_N_ELEMENTS (machines); i++) {
    char  title[64];
    char *root = make_machine (machines[i].cpus, machines[i].disks);

    g_snprintf (title, sizeof title, "%u CPUs, %u disks", machines[i].cpus, machines[i].disks);
    good &= measure (title, root);
    machine_free (root);
  }
  return good ? 0 : 1;
}
