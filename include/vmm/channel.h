/* SPDX-License-Identifier: MIT */
/* channel: the const table of everything that is measured over time.
 *
 * A channel's value is a float. An absent value is a NaN that carries its reason (VmmAbsence) in
 * its payload, so a row of values is complete in itself: absent is never zero. Move such values by
 * assignment or memcpy only; arithmetic on a NaN may lose the reason (never the absence). */
#pragma once

#include "vmm/cause.h"
#include "vmm/metric.h"

#include <glib.h>
#include <math.h>

typedef enum {
  VMM_CHANNEL_CPU_BUSY,
  VMM_CHANNEL_CPU_USER,
  VMM_CHANNEL_CPU_SYSTEM,
  VMM_CHANNEL_CPU_IOWAIT,
  VMM_CHANNEL_CPU_IRQ,
  VMM_CHANNEL_CPU_STEAL,
  VMM_CHANNEL_CPU_STOLEN,
  VMM_CHANNEL_MEMORY_USED,
  VMM_CHANNEL_MEMORY_CACHE,
  VMM_CHANNEL_MEMORY_SWAP,
  VMM_CHANNEL_MEMORY_BALLOON,
  VMM_CHANNEL_DISK_READ,
  VMM_CHANNEL_DISK_WRITE,
  VMM_CHANNEL_DISK_IOPS,
  VMM_CHANNEL_DISK_AWAIT,
  VMM_CHANNEL_DISK_UTIL,
  VMM_CHANNEL_DISK_FLUSH,
  VMM_CHANNEL_NETWORK_RTT,
  VMM_CHANNEL_NETWORK_JITTER,
  VMM_CHANNEL_NETWORK_LOSS,
  VMM_CHANNEL_NETWORK_LATE,
  VMM_CHANNEL_NETWORK_DUPLICATE,
  VMM_CHANNEL_PEER_THROUGHPUT,
  VMM_CHANNEL_PEER_RTT_IDLE,
  VMM_CHANNEL_PEER_RTT_LOADED,
  VMM_CHANNEL_PRESSURE_CPU,
  VMM_CHANNEL_PRESSURE_MEMORY,
  VMM_CHANNEL_PRESSURE_IO,
  VMM_CHANNEL_GPU_BUSY,
  VMM_CHANNEL_GPU_MEMORY,
  VMM_CHANNEL_GPU_POWER,
  VMM_CHANNEL_ENERGY_GUEST,
  VMM_CHANNEL_ENERGY_PACKAGE,
  VMM_CHANNEL_ENERGY_MEMORY,
  VMM_CHANNEL_ENERGY_MACHINE,
  VMM_CHANNEL_CLOCK_LOST,
  VMM_CHANNEL_CLOCK_STEP,
  VMM_CHANNEL_SELF_CPU,
  VMM_CHANNEL_SELF_IOPS,
  VMM_CHANNEL_PROBE_COMPUTE,
  VMM_CHANNEL_PROBE_WAKE,
  VMM_CHANNEL_PROBE_SYSCALL,
  VMM_CHANNEL_PROBE_SWITCH,
  VMM_CHANNEL_PROBE_FAULT,
  VMM_CHANNEL_PROBE_COPY,
  VMM_CHANNEL_PROBE_LOAD,
  VMM_CHANNEL_PROBE_READ,
  VMM_CHANNEL_PROBE_SYNC,
  VMM_CHANNEL_PROBE_EXIT,
  VMM_CHANNEL_PROBE_HALT,
  VMM_CHANNEL_PROBE_CROSS,
  VMM_CHANNEL_PROBE_WORK,
  VMM_CHANNEL_PROBE_CLOCK,
  VMM_CHANNEL_PROBE_MAP,
  VMM_CHANNEL_PROBE_PROCESS,
  VMM_CHANNEL_PROBE_TCP,
  VMM_CHANNEL_PROBE_FILES,
  VMM_CHANNEL_PROBE_PARALLEL,
  VMM_CHANNEL_PROBE_STREAMWRITE,
  VMM_CHANNEL_PROBE_STREAMREAD,
  VMM_CHANNEL_PROBE_DEEP,
  VMM_CHANNEL_PROBE_UNEQUAL,
  VMM_N_CHANNELS
} VmmChannelId;

typedef struct {
  const char *id; /* "cpu.busy": the name in results and exports, stable for ever */
  VmmMetric   metric;
  const char *title; /* "CPU busy": English, sentence case */
  const char *unit;  /* "%", "MB/s" (10^6 bytes), "1/s", "ms", "us", "ns", "W" */
  const char *about; /* what is measured, a sentence; of every channel that is scored, else NULL */
} VmmChannel;

/* Why a value is absent. */
typedef enum {
  VMM_PRESENT,     /* it is not: the float is a number */
  VMM_PENDING,     /* the first reading of a counter, or no new reading since the last row */
  VMM_NOT_EXPOSED, /* this VMM, kernel or machine does not offer it */
  VMM_FAILED,      /* it should be there, and could not be read */
  VMM_OFF,         /* not asked for: passive run, probes stopped, no ping wanted */
  VMM_N_ABSENCES
} VmmAbsence;

/* The row of the table; `id` < VMM_N_CHANNELS. Static storage. */
const VmmChannel *vmm_channel (VmmChannelId id);

/* The channel named `id` ("cpu.busy"), or -1. */
int vmm_channel_find (const char *id);

/* Whether the channel is the filled line of a graph. */
gboolean vmm_channel_is_main (VmmChannelId id);

/* The channels that only a burst fills, `*ret_n` of them: a row in which one has a value is of a
 * second in which this program asked for all that the guest has. Static storage. */
const VmmChannelId *vmm_channel_bursts (guint *ret_n);
gboolean            vmm_channel_is_of_bursts (VmmChannelId id);

/* A float that is absent for `why` (not VMM_PRESENT), and back. A NaN of any other origin, and an
 * infinity, read as VMM_FAILED. */
float      vmm_absent (VmmAbsence why);
VmmAbsence vmm_absence (float value);

/* "pending", "not exposed", "failed", "off"; NULL for VMM_PRESENT. Static storage. */
const char *vmm_absence_name (VmmAbsence why);

/* The same as a reason for people, where nobody knows a better one: "not asked for". */
VmmReason vmm_absence_reason (VmmAbsence why);
