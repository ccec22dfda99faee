/* SPDX-License-Identifier: MIT */
/* scratch_dir: which directory the scratch file goes to: one that is really on a disk. */
#pragma once

#include <glib.h>

typedef struct {
  char    *path;     /* NULL = none */
  char    *reason;   /* why there is none, or why not `direct` */
  gboolean direct;   /* O_DIRECT is accepted there */
  gboolean verified; /* its device is a known block device */
} VmmScratchDir;

/* Directories to try: `given` alone, else the usual places that survive a reboot. Free with
 * g_strfreev(). */
char **vmm_scratch_candidates (const char *given);

/* Chooses the first of `candidates` that is on a disk, can be written and accepts O_DIRECT, else
 * the first one without O_DIRECT. A file is opened in each and closed again; no name is left.
 * Nothing found: `path` is NULL and `reason` names each directory and what was wrong with it. */
void vmm_scratch_dir_choose (VmmScratchDir *ret_dir, const char *const *candidates);
void vmm_scratch_dir_clear (VmmScratchDir *dir);

/* A file without a name, or one whose name goes at once where the file system has none such. */
int vmm_scratch_open_nameless (const char *dir, GError **error);

/* Sets or takes away O_DIRECT; FALSE and errno when the file system refuses. */
gboolean vmm_scratch_set_o_direct (int fd, gboolean direct);

/* Bytes that the file may have: a quarter of what is free. */
guint64 vmm_scratch_get_room (int fd);

/* Sets the error; FALSE. */
gboolean vmm_scratch_fail (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
