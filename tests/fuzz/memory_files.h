/* SPDX-License-Identifier: MIT */
/* memory_files: a machine whose files are in memory, for targets that read millions of them.
 *
 * Linked with memory_files.c, the core's own procfs reads these files, and no others. */
#pragma once

#include <glib.h>

#define MEMORY_FILES_ROOT "/memory" /* is nowhere: whatever else is looked for there is missing */

/* Puts a file in the place of `path` (relative to the root); neither is copied. Of more files than
 * the table holds, the last ones are missing. */
void memory_files_put (const char *path, const void *bytes, gsize length);
void memory_files_clear (void);
