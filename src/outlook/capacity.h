/* SPDX-License-Identifier: MIT */
/* capacity: what the bursts of a window measured that there is. */
#pragma once

#include "vmm/channel.h"

#define CAPACITY_BURSTS 4
#define CAPACITY_WORKS 32

typedef enum {
  BURST_PARALLEL,
  BURST_DEEP,
  BURST_STREAM_READ,
  BURST_STREAM_WRITE,
  N_BURST_KINDS
} BurstKind;

typedef struct {
  gint64 at_us; /* of the newest burst; G_MININT64 = there was none */
  guint  n[N_BURST_KINDS], works;
  float  bursts[N_BURST_KINDS][CAPACITY_BURSTS]; /* the first ones */
  float  work[CAPACITY_WORKS];                   /* the first ones */
} Capacity;

void capacity_clear (Capacity *capacity);

/* Takes what a row of a window tells. TRUE: it is a burst's, and tells nothing of the load. */
gboolean capacity_push (Capacity *capacity, gint64 now_us, const float *row);

/* NAN where it is not known: with fewer than two bursts. */
double capacity_get_cpu (const Capacity *capacity);      /* % of all CPUs */
double capacity_get_requests (const Capacity *capacity); /* 1/s */
double capacity_get_read (const Capacity *capacity);     /* MB/s */
double capacity_get_write (const Capacity *capacity);    /* MB/s */

/* The disk was faster in the first half of the bursts than in the second, by much. */
gboolean capacity_has_faded (const Capacity *capacity);
