/* SPDX-License-Identifier: MIT */
/* load: what the guest used in the last rows, without what the probes did. */
#pragma once

#include "capacity.h"

#define LOAD_ROWS 60
#define LOAD_LEAST 20

typedef enum {
  USE_CPU,      /* % of all CPUs, without what was stolen */
  USE_REQUESTS, /* 1/s */
  USE_READ,     /* MB/s */
  USE_WRITE,    /* MB/s */
  USE_MEMORY,   /* % */
  USE_STOLEN,   /* % of the time that was wanted; not a use */
  N_USES
} Use;

typedef struct {
  Capacity capacity;
  gboolean is_probing;
  guint    skipped; /* rows of this window */
  guint    n, next;
  float    rows[LOAD_ROWS][N_USES]; /* in no order; absent values are NAN */
  float    stolen;                  /* what the probes saw last; absent = nothing */
} Load;

void load_init (Load *load);

/* What comes is another load, on another machine perhaps: with `moved` the capacities are no more. */
void load_break (Load *load, gboolean moved);

void load_push (Load *load, gint64 now_us, const float *row, gboolean is_probing);

/* NAN if a row has none. */
double load_get_mean (const Load *load, Use use);
