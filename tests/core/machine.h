/* SPDX-License-Identifier: MIT */
/* machine: a root directory made by a test, with files that it writes and replaces. */
#pragma once

#include <fcntl.h>
#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static inline char *
machine_new (void)
{
  char *root = g_dir_make_tmp ("machine-XXXXXX", NULL);
  g_assert_nonnull (root);
  return root;
}

static inline int
machine_remove_entry (const char *path, const struct stat *status, int kind, struct FTW *where)
{
  return remove (path);
}

static inline void
machine_free (char *root)
{
  g_assert_cmpint (nftw (root, machine_remove_entry, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
  g_free (root);
}

/* Puts a new file in the place of `path`, as a rename would, and without waiting for the disk. */
static inline void
machine_write_bytes (const char *root, const char *path, const char *text, gsize length)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_autofree char *directory = g_path_get_dirname (full);

  g_assert_cmpint (g_mkdir_with_parents (directory, 0700), ==, 0);
  g_unlink (full);
  g_assert_true (
      g_file_set_contents_full (full, text, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static inline void
machine_write (const char *root, const char *path, const char *text)
{
  machine_write_bytes (root, path, text, strlen (text));
}

static inline void
machine_remove (const char *root, const char *path)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  g_assert_cmpint (g_remove (full), ==, 0);
}

/* New content in the file itself, as the kernel changes its files: whoever has it open sees it. Cut
 * after the writing: some file systems go to the disk when a file of no length is written to. */
static inline void
machine_put (const char *full, const char *bytes, gsize length)
{
  int fd = open (full, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes, length), ==, length);
  g_assert_cmpint (ftruncate (fd, (off_t) length), ==, 0);
  close (fd);
}

/* The directory of a recorded machine: "kernel-2.6". */
static inline char *
machine_fixture (const char *name)
{
  return g_build_filename (g_getenv ("FIXTURES"), name, NULL);
}

static inline char *
machine_read (const char *root, const char *path)
{
  g_autofree char *full = g_build_filename (root, path, NULL);
  char            *text = NULL;

  g_assert_true (g_file_get_contents (full, &text, NULL, NULL));
  return text;
}

#define assert_value(row, channel, expected)                                                       \
  g_assert_cmpfloat_with_epsilon ((row)[VMM_CHANNEL_##channel], (expected), 1e-3)
#define assert_absent(row, channel, why)                                                           \
  g_assert_cmpstr (vmm_absence_name (vmm_absence ((row)[VMM_CHANNEL_##channel])), ==,              \
                   vmm_absence_name (VMM_##why))
#define assert_reason(source, channel, pattern)                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    const char *reason_ = vmm_source_reason (source, VMM_CHANNEL_##channel).sentence;              \
    if (!reason_ || !g_pattern_match_simple (pattern, reason_))                                    \
      g_error (#channel ": \"%s\" is not \"%s\"", reason_, pattern);                               \
  }                                                                                                \
  G_STMT_END
