/* SPDX-License-Identifier: MIT */
/* stopwatch: wall time less the time that a thread waited for a CPU of its own guest. */
#include "stopwatch.h"

#include "vmm/procfs.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

gint64
vmm_now_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (gint64) now.tv_sec * 1000000000 + now.tv_nsec;
}

gint64
vmm_clock_step_ns (void)
{
  struct timespec step = { 0 };

  clock_getres (CLOCK_MONOTONIC, &step);
  return MAX (1, (gint64) step.tv_sec * 1000000000 + step.tv_nsec);
}

gboolean
vmm_waited_parse (const char *text, gsize length, guint64 *ret_waited_ns)
{
  VmmProcText rest = { text, text + length }, line;
  guint64     ran_ns, waited_ns, slices;

  if (!vmm_procfs_next_line (&rest, &line) || !vmm_procfs_next_number (&line, &ran_ns) ||
      !vmm_procfs_next_number (&line, &waited_ns) || !vmm_procfs_next_number (&line, &slices) ||
      line.at != line.end || (ran_ns | waited_ns | slices) == 0)
    return FALSE;
  *ret_waited_ns = waited_ns;
  return TRUE;
}

static gboolean
read_waited (int schedstat, guint64 *ret_waited_ns)
{
  char    text[80]; /* three 64-bit numbers */
  ssize_t length = schedstat < 0 ? -1 : pread (schedstat, text, sizeof text, 0);

  return length > 0 && vmm_waited_parse (text, (gsize) length, ret_waited_ns);
}

int
vmm_waited_open (void)
{
  int     schedstat = open ("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
  guint64 waited_ns;

  if (schedstat >= 0 && !read_waited (schedstat, &waited_ns)) {
    close (schedstat);
    return -1;
  }
  return schedstat;
}

guint64
vmm_waited_ns (int schedstat)
{
  guint64 waited_ns = 0;

  if (schedstat >= 0)
    read_waited (schedstat, &waited_ns);
  return waited_ns;
}

void
vmm_stopwatch_open (VmmStopwatch *watch)
{
  *watch = (VmmStopwatch){ .schedstat = vmm_waited_open () };
}

void
vmm_stopwatch_close (VmmStopwatch *watch)
{
  if (watch->schedstat >= 0)
    close (watch->schedstat);
  watch->schedstat = -1;
}

void
vmm_stopwatch_reset (VmmStopwatch *watch)
{
  watch->total_ns = 0;
  watch->shortest_ns = G_MAXINT64;
  watch->last_ns = 0;
  watch->operations = 0;
  watch->laps = 0;
}

gint64
vmm_stopwatch_start (VmmStopwatch *watch)
{
  watch->outer_ns = vmm_now_ns ();
  watch->is_waited_known = read_waited (watch->schedstat, &watch->waited_ns);
  watch->inner_ns = vmm_now_ns ();
  return watch->inner_ns;
}

/* A wait may fall between a reading of the clock and one of the counter. Wall time taken outside
 * the readings of the counter holds every wait that is subtracted from it, but also the readings
 * themselves (1 us each); taken inside, it is exact when nothing was waited for. The smaller of
 * the two is right in both cases. */
void
vmm_stopwatch_stop (VmmStopwatch *watch, gint64 nominal_ns, guint64 operations)
{
  gint64  inner_ns = vmm_now_ns () - watch->inner_ns;
  guint64 waited_ns = watch->waited_ns;

  if (!read_waited (watch->schedstat, &waited_ns) || !watch->is_waited_known)
    waited_ns = watch->waited_ns; /* one reading alone says nothing */
  gint64 outer_ns = vmm_now_ns () - watch->outer_ns - (gint64) (waited_ns - watch->waited_ns);

  vmm_stopwatch_add (watch, MIN (inner_ns, outer_ns) - nominal_ns, operations);
}

void
vmm_stopwatch_add (VmmStopwatch *watch, gint64 ns, guint64 operations)
{
  watch->last_ns = MAX (ns, 0);
  watch->total_ns += watch->last_ns;
  watch->shortest_ns = MIN (watch->shortest_ns, watch->last_ns);
  watch->operations += operations;
  watch->laps++;
}

void
vmm_stopwatch_shorten (VmmStopwatch *watch, guint64 waited_ns)
{
  gint64 ns = (gint64) MIN (waited_ns, (guint64) watch->last_ns);

  watch->total_ns -= ns;
  watch->last_ns -= ns;
}

void
vmm_stopwatch_take_out (VmmStopwatch *watch, guint64 waited_ns)
{
  if (watch->laps > 0)
    watch->total_ns = MAX (watch->total_ns - (gint64) waited_ns, watch->shortest_ns * watch->laps);
}
