/* SPDX-License-Identifier: MIT */
/* clock: whether the guest was stopped, or its wall clock moved, between two readings. */
#include "passive.h"

#include <time.h>

/* Differences below this are how the readings themselves differ: the kernel slews both clocks
 * together, so that what is left is a step. */
#define NOISE_US 20000

/* A reading that is this much later than planned is late, not stopped; and half an interval is. */
#define LATE_US 200000

/* Three clocks are read as one when this is all that passes meanwhile. */
#define TOGETHER_US 100
#define TRIES 3

static const VmmChannelId channels[] = { VMM_CHANNEL_CLOCK_LOST, VMM_CHANNEL_CLOCK_STEP };

typedef struct {
  gint64 monotonic_us; /* stops with the guest in a suspend */
  gint64 boot_us;      /* does not */
  gint64 real_us;      /* neither, and may be set */
  gint64 busy_us;      /* what this thread has computed */
} Reading;

typedef struct {
  Passive      passive;
  gint64       interval_us;
  VmmClockRead read;
  gpointer     data;
  gboolean     has_last;
  Reading      last;
} Clock;

static gint64
read_real_clock (int id, gpointer data)
{
  struct timespec time = { 0 };

  if (clock_gettime ((clockid_t) id, &time) != 0)
    clock_gettime (CLOCK_MONOTONIC, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Being preempted between two clocks looks like a step: the tightest of some tries. */
static Reading
take_reading (Clock *clock)
{
  Reading best = { 0 };
  gint64  best_us = G_MAXINT64;

  for (guint i = 0; i < TRIES && best_us > TOGETHER_US; i++) {
    gint64  before_us = clock->read (CLOCK_MONOTONIC, clock->data);
    Reading now = { .boot_us = clock->read (CLOCK_BOOTTIME, clock->data),
                    .real_us = clock->read (CLOCK_REALTIME, clock->data) };
    now.monotonic_us = clock->read (CLOCK_MONOTONIC, clock->data);
    now.busy_us = clock->read (CLOCK_THREAD_CPUTIME_ID, clock->data);
    if (now.monotonic_us - before_us < best_us) {
      best_us = now.monotonic_us - before_us;
      best = now;
    }
  }
  return best;
}

/* Suspended: the time that only one clock saw. Stopped with its clocks running: the time by which
 * the reading came late, and not because this thread was at work. */
static double
get_lost_us (const Clock *clock, const Reading *passed)
{
  gint64 suspended_us = passed->boot_us - passed->monotonic_us;
  gint64 late_us = passed->monotonic_us - clock->interval_us - passed->busy_us;
  gint64 lost_us = suspended_us > NOISE_US ? suspended_us : 0;

  if (late_us > MAX (clock->interval_us / 2, LATE_US))
    lost_us += late_us;
  return (double) lost_us;
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Clock  *clock = (Clock *) source;
  Reading now = take_reading (clock), last = clock->last;

  clock->last = now;
  if (!clock->has_last) {
    clock->has_last = TRUE;
    passive_put_all_absent (&clock->passive, row, VMM_PENDING, VMM_CAUSE_FIRST_READING);
    return;
  }

  Reading passed = { .monotonic_us = now.monotonic_us - last.monotonic_us,
                     .boot_us = now.boot_us - last.boot_us,
                     .real_us = now.real_us - last.real_us,
                     .busy_us = now.busy_us - last.busy_us };
  gint64  step_us = passed.real_us - passed.boot_us; /* a suspend moves both */
  passive_put (&clock->passive, row, VMM_CHANNEL_CLOCK_LOST, get_lost_us (clock, &passed) / 1000);
  passive_put (&clock->passive, row, VMM_CHANNEL_CLOCK_STEP,
               step_us > NOISE_US || step_us < -NOISE_US ? (double) step_us / 1000 : 0);
}

static void
free_clock (VmmSource *source)
{
  g_free (source);
}

static const VmmSourceClass class = {
  .name = "clock",
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .start = passive_start,
  .sample = sample,
  .reason = passive_reason,
  .free = free_clock,
};

VmmSource *
vmm_clock_new (gint64 interval_us, VmmClockRead read, gpointer data)
{
  g_return_val_if_fail (interval_us > 0, NULL);

  Clock *clock = g_new0 (Clock, 1);

  clock->passive.source.class = &class;
  clock->interval_us = interval_us;
  clock->read = read ? read : read_real_clock;
  clock->data = data;
  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    clock->passive.reasons[channels[i]] = vmm_reason (VMM_CAUSE_FIRST_READING);
  return &clock->passive.source;
}
