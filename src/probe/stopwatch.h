/* SPDX-License-Identifier: MIT */
/* stopwatch: wall time less the time that a thread waited for a CPU of its own guest.
 *
 * The second field of /proc/thread-self/schedstat counts the nanoseconds for which the thread was
 * runnable and another task of the guest had the CPU, or a CPU quota of its cgroup was used up.
 * What the host takes is not in it, so that stays in the result. The CPU clock of a thread would
 * not do: it ticks in 10 ms under user-mode Linux, and leaves steal out where steal is reported. */
#pragma once

#include <glib.h>

typedef struct {
  int      schedstat; /* of the thread that opened it; -1 = not there, nothing is taken out */
  gint64   outer_ns, inner_ns;
  guint64  waited_ns;
  gboolean is_waited_known;

  gint64  total_ns, shortest_ns, last_ns; /* of the laps since the last reset */
  guint64 operations;
  guint   laps;
} VmmStopwatch;

/* CLOCK_MONOTONIC, and its resolution: 1 ns, or a whole tick where no clock source is fine enough. */
gint64 vmm_now_ns (void);
gint64 vmm_clock_step_ns (void);

/* Opens the schedstat of the calling thread; -1 when this kernel keeps none. */
int vmm_waited_open (void);

/* Nanoseconds waited so far by the thread that opened `schedstat`; 0 when it is -1. */
guint64 vmm_waited_ns (int schedstat);

/* Reads "RUN WAITED SLICES\n", `length` bytes. FALSE, and *ret_waited_ns untouched, when it is not
 * that, or all three are 0: a kernel with the file and without the accounting. */
gboolean vmm_waited_parse (const char *text, gsize length, guint64 *ret_waited_ns);

/* A stopwatch belongs to the thread that opens it. */
void vmm_stopwatch_open (VmmStopwatch *watch);
void vmm_stopwatch_close (VmmStopwatch *watch);
void vmm_stopwatch_reset (VmmStopwatch *watch);

/* Begins a lap; returns the clock at its beginning. */
gint64 vmm_stopwatch_start (VmmStopwatch *watch);

/* Ends it: it did `operations` and would have taken `nominal_ns` under an ideal VMM (a sleep). */
void vmm_stopwatch_stop (VmmStopwatch *watch, gint64 nominal_ns, guint64 operations);

/* Adds a lap that was timed by other means. */
void vmm_stopwatch_add (VmmStopwatch *watch, gint64 ns, guint64 operations);

/* Takes out what the last lap waited for in other ways. */
void vmm_stopwatch_shorten (VmmStopwatch *watch, guint64 waited_ns);

/* Takes out what the laps together waited for in other ways, but no lap becomes shorter than the
 * shortest of them: two may have waited at once for the same. */
void vmm_stopwatch_take_out (VmmStopwatch *watch, guint64 waited_ns);
