/* SPDX-License-Identifier: MIT */
/* ticks: runs a command slower by so many percent: timer interrupts take their share of each of its CPUs.
 *
 * usage: ticks PERCENT COMMAND... It is the kernel's software clock event (perf_event_open(2)), of a control group of
 * the command's own: nothing ticks while none of its tasks runs, so an idle CPU stays idle. The kernel counts the time
 * neither as load nor as waiting. How often it must tick is measured first, here, by a loop with and without. That
 * says how much slower what computes became: what waits for a disk or a wire does so as before.
 *
 * Needs root and control groups (v2). Exit 77 without. */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <linux/perf_event.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
  SKIPPED = 77,
  PAIRS = 300,
  LOOP_US = 2000,
  ROUNDS = 3,            /* of asking and correcting */
  FIRST_COST_NS = 7000,  /* of a tick, where the search begins */
  MIN_PERIOD_NS = 10000, /* of the kernel's clock event */
  MAX_CPUS = 256
};

typedef struct {
  char *parent, *path; /* of the control group */
  int   events[MAX_CPUS];
  int   n;
} Ticks;

static gboolean
enter (const char *group)
{
  g_autofree char *path = g_build_filename (group, "cgroup.procs", NULL);
  int              fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean         entered = fd >= 0 && write (fd, "0", 1) == 1;

  if (fd >= 0)
    close (fd);
  return entered;
}

/* One event a CPU, stopped; FALSE = not here. */
static gboolean
open_events (Ticks *ticks)
{
  struct perf_event_attr attr = { .type = PERF_TYPE_SOFTWARE,
                                  .size = sizeof attr,
                                  .config = PERF_COUNT_SW_CPU_CLOCK,
                                  .sample_period = G_MAXINT,
                                  .disabled = 1 };
  int                    group = open (ticks->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (group < 0)
    return FALSE;
  for (int cpu = 0; cpu < MIN ((int) sysconf (_SC_NPROCESSORS_CONF), MAX_CPUS); cpu++) {
    int fd = (int) syscall (SYS_perf_event_open, &attr, group, cpu, -1,
                            PERF_FLAG_PID_CGROUP | PERF_FLAG_FD_CLOEXEC);
    if (fd >= 0)
      ticks->events[ticks->n++] = fd;
  }
  close (group);
  return ticks->n > 0;
}

static void
leave (Ticks *ticks)
{
  for (int i = 0; i < ticks->n; i++)
    close (ticks->events[i]);
  ticks->n = 0;
  if (ticks->path) {
    enter (ticks->parent);
    g_rmdir (ticks->path);
  }
  if (ticks->parent) {
    umount2 (ticks->parent, MNT_DETACH);
    g_rmdir (ticks->parent);
  }
  g_clear_pointer (&ticks->path, g_free);
  g_clear_pointer (&ticks->parent, g_free);
}

/* The one hierarchy that is always there for perf is v2's, if no other was made for it. It is mounted anew, in a mount
 * namespace: network.sh's may hide it, and nobody else needs to see it. */
static gboolean
open_ticks (Ticks *ticks)
{
  ticks->parent = g_dir_make_tmp (NULL, NULL);
  if (!ticks->parent || unshare (CLONE_NEWNS) < 0 ||
      mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
      mount ("none", ticks->parent, "cgroup2", 0, NULL) < 0)
    return FALSE;
  ticks->path = g_strdup_printf ("%s/ticks%d", ticks->parent, getpid ());
  return g_mkdir (ticks->path, 0755) == 0 && enter (ticks->path) && open_events (ticks);
}

static void
set (const Ticks *ticks, unsigned long request, guint64 *argument)
{
  for (int i = 0; i < ticks->n; i++)
    ioctl (ticks->events[i], request, argument);
}

static gint64
loop_ns (gint64 steps)
{
  struct timespec  begin, end;
  volatile guint64 x = 1;

  clock_gettime (CLOCK_MONOTONIC, &begin);
  for (gint64 i = 0; i < steps; i++)
    x = x * 6364136223846793005U + 1;
  clock_gettime (CLOCK_MONOTONIC, &end);
  return (end.tv_sec - begin.tv_sec) * 1000000000 + end.tv_nsec - begin.tv_nsec;
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return (x > y) - (x < y);
}

/* How many times as long a loop takes with the ticks as without: the median of pairs. */
static double
ask (const Ticks *ticks, gint64 steps)
{
  double ratios[PAIRS];

  for (int i = 0; i < PAIRS; i++) {
    double without = (double) loop_ns (steps);
    set (ticks, PERF_EVENT_IOC_ENABLE, NULL);
    ratios[i] = (double) loop_ns (steps) / without;
    set (ticks, PERF_EVENT_IOC_DISABLE, NULL);
  }
  qsort (ratios, PAIRS, sizeof *ratios, compare_doubles);
  return ratios[PAIRS / 2];
}

/* Ticks of COST every PERIOD make all PERIOD / (PERIOD - COST) times as long. Returns what was reached, times. */
static double
choose_period (const Ticks *ticks, double wanted, guint64 *ret_period_ns)
{
  double cost_ns = FIRST_COST_NS, reached = 1;
  gint64 steps = 1000000;

  steps = steps * LOOP_US * 1000 / loop_ns (steps);
  for (int i = 0; i < ROUNDS; i++) {
    *ret_period_ns = (guint64) MAX (MIN_PERIOD_NS, cost_ns * wanted / (wanted - 1));
    set (ticks, PERF_EVENT_IOC_PERIOD, ret_period_ns);
    reached = ask (ticks, steps);
    cost_ns = (double) *ret_period_ns * (1 - 1 / MAX (reached, 1.001));
  }
  return reached;
}

int
main (int argc, char **argv)
{
  double percent = argc > 2 ? g_ascii_strtod (argv[1], NULL) : 0;
  Ticks  ticks = { 0 };

  if (percent <= 0) {
    g_printerr ("usage: ticks PERCENT COMMAND...\n");
    return 2;
  }
  if (!open_ticks (&ticks)) {
    leave (&ticks);
    return SKIPPED;
  }

  guint64 period_ns = 0;
  double  reached = choose_period (&ticks, 1 + percent / 100, &period_ns);
  g_printerr ("ticks: %.1f %% slower in a loop, by one every %.1f us\n", 100 * (reached - 1),
              (double) period_ns / 1000);

  set (&ticks, PERF_EVENT_IOC_ENABLE, NULL);
  pid_t child = fork ();
  if (child == 0) {
    execvp (argv[2], argv + 2);
    _exit (127);
  }
  int status = 0;
  while (child > 0 && waitpid (child, &status, 0) < 0 && errno == EINTR)
    ;
  leave (&ticks);
  return child > 0 && WIFEXITED (status) ? WEXITSTATUS (status) : 1;
}
