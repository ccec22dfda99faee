/* SPDX-License-Identifier: MIT */
/* history_reading: this machine's history read, aside of the main loop. No widget. */
#pragma once

#include "vmm/history.h"

typedef struct {
  gint64      span_us; /* before now; 0 = all */
  VmmHistory *history; /* or NULL and `error` says why */
  GError     *error;
} VmmHistoryReading;

VmmHistoryReading *vmm_history_reading_new (gint64 span_us);
void               vmm_history_reading_free (VmmHistoryReading *reading);
void               vmm_history_reading_do (VmmStore *store, VmmHistoryReading *reading);
