/* SPDX-License-Identifier: MIT */
/* cpuinfo: the fields of proc/cpuinfo that say which processor this is. */
#pragma once

#include <glib.h>

#define CPUINFO_FLAGS_MAX 4096

typedef enum {
  CPUINFO_VENDOR,      /* x86 and user-mode Linux */
  CPUINFO_MODEL,       /* "model name" */
  CPUINFO_FLAGS,       /* x86 "flags", arm64 "Features" */
  CPUINFO_IMPLEMENTER, /* arm64: "0x41" */
  CPUINFO_PART,        /* arm64: "0xd0c" */
  CPUINFO_BOARD,       /* "Model" or "Hardware" of small arm64 boards */
  CPUINFO_N_FIELDS
} CpuinfoField;

typedef struct {
  char *values[CPUINFO_N_FIELDS]; /* of the first processor that has them; NULL = none has */
  guint processors;
} Cpuinfo;

/* Reads the text of proc/cpuinfo; lines that it does not know are ignored. */
void cpuinfo_parse (Cpuinfo *ret_cpuinfo, const char *text, gsize length);
void cpuinfo_clear (Cpuinfo *cpuinfo);

gboolean cpuinfo_is_x86 (const Cpuinfo *cpuinfo);
gboolean cpuinfo_has_flag (const Cpuinfo *cpuinfo, const char *flag);

/* "Intel(R) Xeon(R) ...", "Arm Neoverse-N1"; "" when nothing tells. Free with g_free(). */
char *cpuinfo_make_model (const Cpuinfo *cpuinfo);

/* How many CPUs the list "0-3,8" names; 0 when it is not such a list. */
guint cpuinfo_count_list (const char *list);
