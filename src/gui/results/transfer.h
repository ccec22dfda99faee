/* SPDX-License-Identifier: MIT */
/* transfer: runs in from files and out to files. No widget. */
#pragma once

#include "vmm/store.h"

typedef enum { VMM_FORMAT_JSON, VMM_FORMAT_CSV, VMM_FORMAT_OPENMETRICS, VMM_N_FORMATS } VmmFormat;

/* "json" "csv" "openmetrics": of the action and, but for the last (".txt"), of the file. */
const char *vmm_format_id (VmmFormat format);
const char *vmm_format_ending (VmmFormat format);

typedef struct {
  char     **names; /* import: paths; export: ids */
  char      *path;  /* export: of the file, or of the directory when there are several runs */
  VmmFormat  format;
  guint      done, known;
  GPtrArray *problems; /* of char *: file and reason */
} VmmTransfer;

/* Takes `names` and `path` over. */
VmmTransfer *vmm_transfer_new (char **names, char *path, VmmFormat format);
void         vmm_transfer_free (VmmTransfer *transfer);

/* Neither replaces a kept run, nor a file in a directory. */
void vmm_transfer_import (VmmStore *store, VmmTransfer *transfer);
void vmm_transfer_export (VmmStore *store, VmmTransfer *transfer);

/* What became of it, and what to do where it failed: "2 runs imported. 1 was known already." Free
 * with g_free(). */
char *vmm_transfer_tell_import (const VmmTransfer *transfer);
char *vmm_transfer_tell_export (const VmmTransfer *transfer);
