/* SPDX-License-Identifier: MIT */
/* instrument: a source of one file's worth of channels on a machine that a test makes. */
#pragma once

#include "machine.h"
#include "vmm/sources.h"

typedef struct {
  char      *root;
  VmmSource *source; /* made by the test at its first sample */
  gint64     now_us;
  float      row[VMM_N_CHANNELS];
} Instrument;

static inline void
instrument_set_up (Instrument *instrument, gconstpointer data)
{
  instrument->root = machine_new ();
}

static inline void
instrument_tear_down (Instrument *instrument, gconstpointer data)
{
  vmm_source_free (instrument->source);
  machine_free (instrument->root);
}

/* `after_us` later. */
static inline void
instrument_sample (Instrument *instrument, gint64 after_us)
{
  instrument->now_us += after_us;
  vmm_source_sample (instrument->source, instrument->now_us, instrument->row);
}
