/* SPDX-License-Identifier: MIT */
/* error: the one error domain of the core.
 *
 * Every run-time failure is a GError of this domain (or G_FILE_ERROR / G_IO_ERROR where GLib made
 * it). Its message names the file and what was expected of it: `proc/stat: no "cpu" line`. */
#pragma once

#include <glib.h>

#define VMM_ERROR (vmm_error_quark ())

typedef enum {
  VMM_ERROR_MISSING,     /* the file, field, device or service is not there */
  VMM_ERROR_FORMAT,      /* it is there, and is not what its format says */
  VMM_ERROR_RANGE,       /* well formed, and outside what is possible */
  VMM_ERROR_PERMISSION,  /* refused by the kernel */
  VMM_ERROR_UNSUPPORTED, /* this kernel, VMM or build does not have it */
  VMM_ERROR_IO,          /* reading or writing failed */
} VmmError;

GQuark vmm_error_quark (void);
