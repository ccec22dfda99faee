/* SPDX-License-Identifier: MIT */
/* damage: the ways in which a file of a machine goes wrong, one row each.
 *
 * `apply` puts the damage in the place of the file `full`, whose good content is `text`; the file
 * need not be there. `undo` takes it away again, file and all. */
#pragma once

#include "../core/machine.h"
#include "injector.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define HUGE_BYTES (64 << 20)

typedef struct _Damage Damage;
struct _Damage {
  const char *name;
  void (*apply) (const Damage *damage, const char *full, const char *text, gsize length);
  /* Of the rows with an injected fault. `is_transient`: a sound program hides it. */
  const char *call;
  guint       nth;
  int         number;
  gboolean    is_transient;
  /* Of those that cut, where: set by the test. */
  gsize at;
};

static inline void
damage_undo (const char *full)
{
  fault_disarm ();
  g_assert_true (remove (full) == 0 || errno == ENOENT);
}

static inline void
damage_remove (const Damage *damage, const char *full, const char *text, gsize length)
{
  damage_undo (full);
}

static inline void
damage_empty (const Damage *damage, const char *full, const char *text, gsize length)
{
  machine_put (full, "", 0);
}

static inline void
damage_binary (const Damage *damage, const char *full, const char *text, gsize length)
{
  char   bytes[4096];
  guint8 state = 1;

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (char) (state = (guint8) (state * 141 + 3)); /* every byte, in a wild order */
  machine_put (full, bytes, sizeof bytes);
}

static inline void
damage_zero (const Damage *damage, const char *full, const char *text, gsize length)
{
  const char zeros[4096] = { 0 };
  machine_put (full, zeros, sizeof zeros);
}

/* One line that never ends. */
static inline void
damage_line (const Damage *damage, const char *full, const char *text, gsize length)
{
  g_autofree char *line = g_malloc (100000);

  memset (line, '7', 100000);
  machine_put (full, line, 100000);
}

/* The good content, and no end of zeros; without taking room on the disk. */
static inline void
damage_huge (const Damage *damage, const char *full, const char *text, gsize length)
{
  machine_put (full, text, length);
  g_assert_cmpint (truncate (full, HUGE_BYTES), ==, 0);
}

/* The good content over and over, in memory. */
static inline void
damage_repeated (const Damage *damage, const char *full, const char *text, gsize length)
{
  static int       fd = -1;
  char             name[64];
  g_autofree char *bytes = g_malloc (HUGE_BYTES);

  for (gsize i = 0; i < HUGE_BYTES; i += length)
    memcpy (bytes + i, text, MIN (length, HUGE_BYTES - i));
  if (fd >= 0)
    close (fd);
  fd = memfd_create ("huge", MFD_CLOEXEC);
  g_assert_cmpint (write (fd, bytes, HUGE_BYTES), ==, HUGE_BYTES);
  g_snprintf (name, sizeof name, "/proc/self/fd/%d", fd);
  damage_undo (full);
  g_assert_cmpint (symlink (name, full), ==, 0);
}

static inline void
damage_fifo (const Damage *damage, const char *full, const char *text, gsize length)
{
  damage_undo (full);
  g_assert_cmpint (mkfifo (full, 0600), ==, 0);
}

static inline void
damage_directory (const Damage *damage, const char *full, const char *text, gsize length)
{
  damage_undo (full);
  g_assert_cmpint (mkdir (full, 0700), ==, 0);
}

static inline void
damage_link (const Damage *damage, const char *full, const char *text, gsize length)
{
  damage_undo (full);
  g_assert_cmpint (symlink (damage->at ? full : "nowhere", full), ==, 0);
}

static inline void
damage_device (const Damage *damage, const char *full, const char *text, gsize length)
{
  damage_undo (full);
  g_assert_cmpint (symlink ("/dev/zero", full), ==, 0);
}

static inline void
damage_inject (const Damage *damage, const char *full, const char *text, gsize length)
{
  fault_disarm (); /* or this very write would fail */
  machine_put (full, text, length);
  fault_arm (damage->call, damage->nth, damage->number, full);
}

/* The first `at` bytes. */
static inline void
damage_cut (const Damage *damage, const char *full, const char *text, gsize length)
{
  machine_put (full, text, MIN (damage->at, length));
}

/* The first `at` bytes, then some that no text has. */
static inline void
damage_tear (const Damage *damage, const char *full, const char *text, gsize length)
{
  static const char torn[] = "\x80\xff\xfe\x01 \xc3\n\xf0\x9f\x80\n\x7f\x00\x02\n";
  g_autofree char  *bytes = g_malloc (damage->at + sizeof torn);

  memcpy (bytes, text, MIN (damage->at, length));
  memcpy (bytes + MIN (damage->at, length), torn, sizeof torn - 1);
  machine_put (full, bytes, MIN (damage->at, length) + sizeof torn - 1);
}

/* clang-format off */
static const Damage damages[] = {
  { "missing",          damage_remove },
  { "empty",            damage_empty },
  { "binary",           damage_binary },
  { "zeros",            damage_zero },
  { "one long line",    damage_line },
  { "a pipe",           damage_fifo },
  { "a directory",      damage_directory },
  { "a link to nothing", damage_link, .at = 0 },
  { "a link to itself", damage_link, .at = 1 },
  { "a device",         damage_device },
  { "64 MiB of zeros",  damage_huge },
  { "not permitted",    damage_inject, "open", 0, EACCES },
  { "out of files",     damage_inject, "open", 0, EMFILE },
  { "out of memory",    damage_inject, "open", 0, ENOMEM },
  { "unreadable",       damage_inject, "read", 0, EIO },
  { "unreadable later", damage_inject, "read", 2, EIO },
  { "interrupted",      damage_inject, "read", 1, EINTR, .is_transient = TRUE },
  { "byte by byte",     damage_inject, "read", 0, FAULT_SHORT, .is_transient = TRUE },
};
/* clang-format on */
