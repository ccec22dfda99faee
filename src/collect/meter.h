/* SPDX-License-Identifier: MIT */
/* meter: the watts that one small file tells, in microwatts or as a counter of microjoules. */
#pragma once

#include "joules.h"
#include "vmm/procfs.h"

typedef struct {
  VmmProcFile file;
  gboolean    counts; /* microjoules */
  guint64     range;  /* of the counter, 0 = it never begins again */
  Joules      joules;
} Meter;

/* The file `name` in the directory `directory` below `root`. Free with meter_clear(). */
void meter_init (Meter *meter, const char *root, const char *directory, const char *name,
                 gboolean counts, guint64 range);
void meter_clear (Meter *meter);

/* Watts, or an absent value with its cause. `error` is set where that is VMM_CAUSE_FILE. */
float meter_take (Meter *meter, gint64 now_us, VmmCause *ret_cause, GError **error);

/* Its first number; FALSE when it is empty or has none. */
gboolean meter_parse (const VmmProcFile *file, guint64 *ret_number);

/* The trimmed text of the file, or NULL. Free with g_free(). */
char *meter_read_word (const char *root, const char *directory, const char *name);
