/* SPDX-License-Identifier: MIT */
/* procfs: reads small files under a root that is an argument, and scans them.
 *
 * Paths are relative to the root: "proc/stat". Nothing here blocks: what is not a regular file is
 * refused (VMM_ERROR_FORMAT), a FIFO or a device included. */
#pragma once

#include <glib.h>

/* ---- Once: the first 64 KiB of a file as a string, terminated also after zero bytes of its own.
 * Free with g_free(). */
char *procfs_read_text (const char *root, const char *path, GError **error);

/* ---- Again and again: the descriptor stays open and is read from 0 into a buffer that grows, to
 * 8 MiB at most (VMM_ERROR_RANGE). Outside of a real procfs, a file that was replaced is noticed. */
typedef struct {
  char       *full;    /* root and path */
  const char *path;    /* the part of `full` that messages name */
  int         fd;      /* -1 = to be opened at the next reading */
  gboolean    is_proc; /* of a real procfs, where nothing is ever replaced */
  gint64      identity[2];
  char       *text; /* the last reading, terminated; NULL before the first */
  gsize       length, capacity;
} ProcFile;

void procfs_init (ProcFile *file, const char *root, const char *path);
void procfs_clear (ProcFile *file);

/* Fills `text` and `length`. On failure `text` is undefined and the next call tries anew. */
gboolean procfs_read (ProcFile *file, GError **error);

/* ---- Scanning: each call takes something off the front of `rest`, or fails and takes nothing. */
typedef struct {
  const char *at, *end;
} ProcText;

/* The next line without its newline. A last line that has none was cut off: it is no line. */
gboolean procfs_next_line (ProcText *rest, ProcText *ret_line);

/* After blanks: everything up to the next blank or the end, at least one byte. */
gboolean procfs_next_word (ProcText *rest, ProcText *ret_word);

/* After blanks: decimal digits that fit in 64 bits, up to whatever follows them. */
gboolean procfs_next_number (ProcText *rest, guint64 *ret_number);

/* Exactly `prefix`. */
gboolean procfs_skip (ProcText *rest, const char *prefix);
