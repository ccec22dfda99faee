/* SPDX-License-Identifier: MIT */
/* procfs: reads small files under a root that is an argument, and scans them.
 *
 * Paths are relative to the root: "proc/stat". Nothing here blocks: what is not a regular file is
 * refused (VMM_ERROR_FORMAT), a FIFO or a device included. */
#pragma once

#include <glib.h>
#include <string.h>

/* ---- Once: the first 64 KiB of a file as a string, terminated also after zero bytes of its own.
 * Free with g_free(). */
char *vmm_procfs_read_text (const char *root, const char *path, GError **error);

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
} VmmProcFile;

void vmm_procfs_init (VmmProcFile *file, const char *root, const char *path);
void vmm_procfs_clear (VmmProcFile *file);

/* Fills `text` and `length`. On failure `text` is undefined and the next call tries anew. */
gboolean vmm_procfs_read (VmmProcFile *file, GError **error);

/* ---- Scanning: each call takes something off the front of `rest`, or fails and takes nothing.
 * Inline, because a tick of 10 000 disks is 170 000 calls. */
typedef struct {
  const char *at, *end;
} VmmProcText;

/* The next line without its newline. A last line that has none was cut off: it is no line. */
static inline gboolean
vmm_procfs_next_line (VmmProcText *rest, VmmProcText *ret_line)
{
  gsize       length = (gsize) (rest->end - rest->at);
  const char *newline = length > 0 ? memchr (rest->at, '\n', length) : NULL;
  if (!newline)
    return FALSE;
  *ret_line = (VmmProcText){ rest->at, newline };
  rest->at = newline + 1;
  return TRUE;
}

static inline const char *
vmm_procfs_skip_blanks (const VmmProcText *rest)
{
  const char *at = rest->at;
  while (at < rest->end && (*at == ' ' || *at == '\t'))
    at++;
  return at;
}

/* After blanks: everything up to the next blank or the end, at least one byte. */
static inline gboolean
vmm_procfs_next_word (VmmProcText *rest, VmmProcText *ret_word)
{
  const char *word = vmm_procfs_skip_blanks (rest), *at = word;
  while (at < rest->end && *at != ' ' && *at != '\t')
    at++;
  if (at == word)
    return FALSE;
  *ret_word = (VmmProcText){ word, at };
  rest->at = at;
  return TRUE;
}

gboolean vmm_procfs_parse_long_number (const char *at, const char *end, guint64 *ret_number);

/* After blanks: decimal digits that fit in 64 bits, up to a blank or the end. What goes on otherwise
 * is not the number that somebody wrote. */
static inline gboolean
vmm_procfs_next_number (VmmProcText *rest, guint64 *ret_number)
{
  const char *first = vmm_procfs_skip_blanks (rest), *at = first;
  guint64     number = 0;

  for (guint digit; at < rest->end && (digit = (guint) *at - '0') <= 9; at++)
    number = 10 * number + digit;
  if (at == first || (at < rest->end && *at != ' ' && *at != '\t') ||
      (at - first > 19 && !vmm_procfs_parse_long_number (first, at, &number)))
    return FALSE;
  *ret_number = number;
  rest->at = at;
  return TRUE;
}

/* Exactly `prefix`. */
static inline gboolean
vmm_procfs_skip (VmmProcText *rest, const char *prefix)
{
  const char *at = rest->at;
  for (; *prefix; prefix++, at++)
    if (at == rest->end || *at != *prefix)
      return FALSE;
  rest->at = at;
  return TRUE;
}
