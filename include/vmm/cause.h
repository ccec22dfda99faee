/* SPDX-License-Identifier: MIT */
/* cause: why a value is absent, a window is not clean, two runs are unlike.
 *
 * Code asks for the cause, people read the sentence; nothing is ever concluded from a sentence. A cause
 * has an id, which is stable for ever and stands in documents, a sentence in English (or the formats of
 * it, where it has figures), and what would remove it. One table, static storage, any thread. */
#pragma once

#include "vmm/language.h"

typedef enum {
  VMM_CAUSE_NONE, /* nothing is wrong; or a document does not tell, or has an id of a newer program */

  /* Why there is no value, where nobody knows better: VmmAbsence (vmm/channel.h). */
  VMM_CAUSE_NO_READING,
  VMM_CAUSE_NOT_OFFERED,
  VMM_CAUSE_NOT_READ,
  VMM_CAUSE_NOT_ASKED,

  /* Of several sources. */
  VMM_CAUSE_FIRST_READING,
  VMM_CAUSE_FILE,
  VMM_CAUSE_SYSROOT,

  VMM_CAUSE_NO_TICK,
  VMM_CAUSE_CPU_LEAPT,
  VMM_CAUSE_NO_COLUMN,
  VMM_CAUSE_NO_VMM,
  VMM_CAUSE_VMM_UNKNOWN,
  VMM_CAUSE_NO_STEAL_CLOCK,
  VMM_CAUSE_STEAL_OFF,
  VMM_CAUSE_STEAL_UNTOLD,
  VMM_CAUSE_NO_CPU_TIME,

  VMM_CAUSE_MEMORY_ESTIMATED,
  VMM_CAUSE_NO_AVAILABLE,
  VMM_CAUSE_NO_CACHE,
  VMM_CAUSE_NO_SWAP,
  VMM_CAUSE_NO_SWAP_FREE,
  VMM_CAUSE_NO_BALLOON,

  VMM_CAUSE_NO_DISK,
  VMM_CAUSE_NO_IO,
  VMM_CAUSE_NO_FLUSH,
  VMM_CAUSE_NO_FLUSH_COUNT,
  VMM_CAUSE_DISK_GARBLED,
  VMM_CAUSE_DISK_LEAPT,
  VMM_CAUSE_DISK_LEFT_OUT,

  VMM_CAUSE_NO_PSI,
  VMM_CAUSE_PRESSURE_LEAPT,

  VMM_CAUSE_ENERGY_UNTOLD,
  VMM_CAUSE_NO_COUNTER,
  VMM_CAUSE_NO_GUEST,
  VMM_CAUSE_OWN_SHARE,
  VMM_CAUSE_NOBODYS_ENERGY,
  VMM_CAUSE_ENERGY_ROOT,
  VMM_CAUSE_ENERGY_ANEW,
  VMM_CAUSE_ENERGY_LEAPT,
  VMM_CAUSE_GUESTS_SHARE,
  VMM_CAUSE_HOST_TELLS,
  VMM_CAUSE_BATTERY_INVENTED,
  VMM_CAUSE_BATTERY_DUMMY,
  VMM_CAUSE_BATTERY_BEYOND,
  VMM_CAUSE_ON_MAINS,
  VMM_CAUSE_HOSTS_BATTERY,
  VMM_CAUSE_NO_REPLY,

  VMM_CAUSE_NO_GPU,
  VMM_CAUSE_GPU_SILENT,
  VMM_CAUSE_GPU_ASLEEP,
  VMM_CAUSE_GPU_AWAKE,
  VMM_CAUSE_GPU_GARBLED,
  VMM_CAUSE_NO_SENSOR,
  VMM_CAUSE_NVML_ABSENT,
  VMM_CAUSE_NVML_OLD,
  VMM_CAUSE_NVML_LEFT_OUT,
  VMM_CAUSE_NVML_UNTOLD,
  VMM_CAUSE_NVML_MISMATCH,
  VMM_CAUSE_NVML_FAILED,

  /* Of a question by HTTP (vmm/http.h). */
  VMM_CAUSE_HTTP_ABSENT,
  VMM_CAUSE_HTTP_NO_LIBRARY,
  VMM_CAUSE_HTTP_NO_URL,
  VMM_CAUSE_HTTP_NO_NAME,
  VMM_CAUSE_HTTP_REFUSED,
  VMM_CAUSE_HTTP_UNREACHABLE,
  VMM_CAUSE_HTTP_TLS,
  VMM_CAUSE_HTTP_LATE,
  VMM_CAUSE_HTTP_LONG,
  VMM_CAUSE_HTTP_REDIRECT,
  VMM_CAUSE_HTTP_STATUS,
  VMM_CAUSE_HTTP_GARBLED,
  VMM_CAUSE_HTTP_BROKEN,

  VMM_CAUSE_NO_CLOUD_SERVICE,
  VMM_CAUSE_CLOUD_UNFIT,

  VMM_CAUSE_PING_OFF,
  VMM_CAUSE_NO_TARGET,
  VMM_CAUSE_NOT_SENT,
  VMM_CAUSE_NO_ANSWER,
  VMM_CAUSE_TCP_INSTEAD,

  /* Of the peer that was named. */
  VMM_CAUSE_PEER_UNREACHABLE,
  VMM_CAUSE_PEER_SILENT,
  VMM_CAUSE_PEER_FOREIGN,
  VMM_CAUSE_PEER_BUSY,
  VMM_CAUSE_PEER_REFUSES,
  VMM_CAUSE_PEER_VANISHED,

  VMM_CAUSE_PROBE_FAILED,
  VMM_CAUSE_NO_THREAD,
  VMM_CAUSE_NO_MEMORY,
  VMM_CAUSE_NO_SCRATCH,
  VMM_CAUSE_ONE_CPU,
  VMM_CAUSE_LIGHT,
  VMM_CAUSE_SHORT_WINDOW,
  VMM_CAUSE_NO_CPUID,

  /* What speaks against a window. */
  VMM_CAUSE_STOPPED_EARLY,
  VMM_CAUSE_GUEST_STOPPED,
  VMM_CAUSE_CLOCK_MOVED,
  VMM_CAUSE_TICKS_MISSED,
  VMM_CAUSE_DISK_LOAD,
  VMM_CAUSE_OWN_LOAD,
  VMM_CAUSE_LOAD_UNKNOWN,
  VMM_CAUSE_LOAD_LEFT_IN,

  /* Why there is no score. */
  VMM_CAUSE_NO_ROWS,
  VMM_CAUSE_NO_TURN,
  VMM_CAUSE_FEW_READINGS,
  VMM_CAUSE_OUT_OF_RANGE,
  VMM_CAUSE_NEVER_SCORED,
  VMM_CAUSE_PASSIVE,
  VMM_CAUSE_NO_PROBES,
  VMM_CAUSE_WINDOW_INVALID,
  VMM_CAUSE_TCP_TIMES,
  VMM_CAUSE_OWN_TARGET,
  VMM_CAUSE_NOTHING_MEASURED,

  VMM_CAUSE_EMPTY_WINDOW,
  VMM_CAUSE_NOT_RECORDED,

  VMM_N_CAUSES
} VmmCause;

/* A cause in words. The sentence is English (vmm/language.h), NULL = nothing to say, and belongs to
 * whoever lends it. */
typedef struct {
  VmmCause    cause;
  const char *sentence;
} VmmReason;

/* "no-swap"; NULL for VMM_CAUSE_NONE. */
const char *vmm_cause_id (guint cause);

/* The cause called `id`; VMM_CAUSE_NONE when there is none. */
VmmCause vmm_cause_find (const char *id);

/* In the table's words: of causes whose sentence has no figures and no names, else NULL. */
const char *vmm_cause_sentence (VmmCause cause);

/* The same as a reason. */
VmmReason vmm_reason (VmmCause cause);

/* What would remove it, N_(); NULL = nothing is known to. */
const char *vmm_cause_remedy (VmmCause cause);
