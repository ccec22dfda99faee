/* SPDX-License-Identifier: MIT */
/* scratch: a nameless file of random bytes on a real disk, and what is read and written in it. */
#include "scratch.h"

#include "random.h"
#include "stopwatch.h"
#include "vmm/language.h"
#include "vmm/procfs.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK_BYTES VMM_SCRATCH_BLOCK_BYTES
#define SECTOR_BYTES 512 /* in /proc/diskstats, whatever the disk has */
#define SECTORS_FIELD 10 /* of its lines */
#define FILL_NS 1000000000

guint64
vmm_scratch_parse_sectors (const char *text)
{
  VmmProcText rest = { text, text + strlen (text) }, line, word;
  guint64     sum = 0, sectors;

  while (vmm_procfs_next_line (&rest, &line)) {
    for (guint field = 1; field < SECTORS_FIELD; field++)
      vmm_procfs_next_word (&line, &word);
    if (vmm_procfs_next_number (&line, &sectors))
      sum += sectors;
  }
  return sum;
}

static guint64
get_sectors_written (void)
{
  g_autofree char *text = NULL;

  return g_file_get_contents ("/proc/diskstats", &text, NULL, NULL)
             ? vmm_scratch_parse_sectors (text)
             : 0;
}

/* Random bytes, so that nothing on the way compresses, deduplicates or skips them. */
static gboolean
write_chunk (VmmScratch *scratch, guint64 *chunk, guint64 *random, GError **error)
{
  for (guint i = 0; i < VMM_SCRATCH_CHUNK_BYTES / sizeof *chunk; i++)
    chunk[i] = vmm_random (random);

  ssize_t written = pwrite (scratch->fd, chunk, VMM_SCRATCH_CHUNK_BYTES, (off_t) scratch->bytes);
  scratch->operations++;
  if (written != (ssize_t) VMM_SCRATCH_CHUNK_BYTES)
    return vmm_scratch_fail (error, VMM_SAID ("%s: writing the scratch file: %s"),
                             scratch->dir.path, vmm_strerror (written < 0 ? errno : ENOSPC));
  scratch->bytes += VMM_SCRATCH_CHUNK_BYTES;
  scratch->written_bytes += VMM_SCRATCH_CHUNK_BYTES;
  return TRUE;
}

static gboolean
fill (VmmScratch *scratch, guint64 *random, const gint *stopping, GError **error)
{
  gint64   end_ns = vmm_now_ns () + FILL_NS;
  guint64  room = MIN (vmm_scratch_get_room (scratch->fd), VMM_SCRATCH_BYTES);
  guint64 *chunk = NULL;
  gboolean is_written = TRUE;

  if (posix_memalign ((void **) &chunk, BLOCK_BYTES, VMM_SCRATCH_CHUNK_BYTES) != 0)
    return vmm_scratch_fail (error, VMM_SAID ("no memory to fill the scratch file"));
  while (is_written && scratch->bytes + VMM_SCRATCH_CHUNK_BYTES <= room &&
         !g_atomic_int_get (stopping) && (scratch->bytes == 0 || vmm_now_ns () < end_ns))
    is_written = write_chunk (scratch, chunk, random, error);
  if (scratch->bytes > 0)
    memcpy (scratch->block, chunk, BLOCK_BYTES);
  free (chunk);
  if (!is_written)
    return FALSE;
  if (scratch->bytes == 0)
    return vmm_scratch_fail (error, VMM_SAID ("%s: no time or no room for the scratch file"),
                             scratch->dir.path);
  if (fdatasync (scratch->fd) < 0)
    return vmm_scratch_fail (error, VMM_SAID ("%s: writing the scratch file: %s"),
                             scratch->dir.path, vmm_strerror (errno));
  return TRUE;
}

/* Makes and fills the file, and sees that it reaches a disk where that is not known. */
static gboolean
make_file (VmmScratch *scratch, guint64 *random, const gint *stopping, GError **error)
{
  guint64 sectors = get_sectors_written ();

  scratch->bytes = 0;
  scratch->fd = vmm_scratch_open_nameless (scratch->dir.path, error);
  if (scratch->fd < 0) {
    g_prefix_error (error, "%s: ", scratch->dir.path);
    return FALSE;
  }
  if (posix_memalign ((void **) &scratch->block, BLOCK_BYTES, BLOCK_BYTES) != 0) {
    scratch->block = NULL;
    return vmm_scratch_fail (error, VMM_SAID ("no memory for a block"));
  }
  if (!vmm_scratch_set_o_direct (scratch->fd, scratch->dir.direct))
    return vmm_scratch_fail (error, VMM_SAID ("%s: O_DIRECT: %s"), scratch->dir.path,
                             vmm_strerror (errno));
  if (!fill (scratch, random, stopping, error))
    return FALSE;
  if (!scratch->dir.verified && sectors > 0 &&
      get_sectors_written () - sectors < scratch->bytes / SECTOR_BYTES / 2)
    return vmm_scratch_fail (error, VMM_SAID ("%s: what is written there reaches no disk"),
                             scratch->dir.path);
  scratch->is_whole = scratch->bytes == VMM_SCRATCH_BYTES;
  return TRUE;
}

static void
drop_file (VmmScratch *scratch)
{
  if (scratch->fd >= 0)
    close (scratch->fd);
  scratch->fd = -1;
  scratch->is_whole = FALSE;
  g_clear_pointer (&scratch->block, free);
}

gboolean
vmm_scratch_open (VmmScratch *scratch, guint64 *random, const gint *stopping, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (scratch->fd >= 0)
    return TRUE;
  if (!scratch->problem && !make_file (scratch, random, stopping, &problem)) {
    scratch->problem = g_strdup (problem->message);
    drop_file (scratch);
  }
  return !scratch->problem || vmm_scratch_fail (error, "%s", scratch->problem);
}

void
vmm_scratch_close (VmmScratch *scratch)
{
  if (!scratch->stays || !scratch->is_whole)
    drop_file (scratch);
  g_clear_pointer (&scratch->problem, g_free);
}

void
vmm_scratch_init (VmmScratch *scratch, const char *const *candidates)
{
  *scratch = (VmmScratch){ .fd = -1 };
  vmm_scratch_dir_choose (&scratch->dir, candidates);
}

void
vmm_scratch_clear (VmmScratch *scratch)
{
  scratch->stays = FALSE;
  vmm_scratch_close (scratch);
  vmm_scratch_dir_clear (&scratch->dir);
}

gboolean
vmm_scratch_set_direct (VmmScratch *scratch, gboolean direct, GError **error)
{
  return vmm_scratch_set_o_direct (scratch->fd, direct) ||
         vmm_scratch_fail (error, VMM_SAID ("%s: O_DIRECT: %s"), scratch->dir.path,
                           vmm_strerror (errno));
}

gint64
vmm_scratch_pick_offset (const VmmScratch *scratch, guint64 *random)
{
  return (gint64) (vmm_random (random) % (scratch->bytes / BLOCK_BYTES) * BLOCK_BYTES);
}

static gboolean
fail_reading (VmmScratch *scratch, ssize_t length, GError **error)
{
  scratch->is_whole = FALSE;
  return vmm_scratch_fail (error, VMM_SAID ("%s: reading the scratch file: %s"), scratch->dir.path,
                           length < 0 ? vmm_strerror (errno) : VMM_SAID ("cut off"));
}

static gboolean
fail_writing (VmmScratch *scratch, gboolean is_cut_off, GError **error)
{
  scratch->is_whole = FALSE;
  return vmm_scratch_fail (error, VMM_SAID ("%s: writing the scratch file: %s"), scratch->dir.path,
                           is_cut_off ? VMM_SAID ("cut off") : vmm_strerror (errno));
}

gboolean
vmm_scratch_read (VmmScratch *scratch, guint64 *random, GError **error)
{
  ssize_t length =
      pread (scratch->fd, scratch->block, BLOCK_BYTES, vmm_scratch_pick_offset (scratch, random));

  scratch->operations++;
  if (length != (ssize_t) BLOCK_BYTES)
    return fail_reading (scratch, length, error);
  scratch->read_bytes += BLOCK_BYTES;
  return TRUE;
}

gboolean
vmm_scratch_sync (VmmScratch *scratch, guint64 *random, GError **error)
{
  memcpy (scratch->block, random, sizeof *random); /* never the same block twice */

  gint64  offset = vmm_scratch_pick_offset (scratch, random);
  ssize_t length = pwrite (scratch->fd, scratch->block, BLOCK_BYTES, offset);

  scratch->operations++;
  if (length != (ssize_t) BLOCK_BYTES || fdatasync (scratch->fd) < 0)
    return fail_writing (scratch, length >= 0 && length != (ssize_t) BLOCK_BYTES, error);
  scratch->written_bytes += BLOCK_BYTES;
  return TRUE;
}

static gint64
get_chunk_offset (const VmmScratch *scratch, guint64 index)
{
  return (gint64) (index % (scratch->bytes / VMM_SCRATCH_CHUNK_BYTES) * VMM_SCRATCH_CHUNK_BYTES);
}

gboolean
vmm_scratch_read_chunk (VmmScratch *scratch, void *chunk, guint64 index, GError **error)
{
  ssize_t length =
      pread (scratch->fd, chunk, VMM_SCRATCH_CHUNK_BYTES, get_chunk_offset (scratch, index));

  scratch->operations++;
  if (length != (ssize_t) VMM_SCRATCH_CHUNK_BYTES)
    return fail_reading (scratch, length, error);
  scratch->read_bytes += VMM_SCRATCH_CHUNK_BYTES;
  return TRUE;
}

gboolean
vmm_scratch_write_chunk (VmmScratch *scratch, const void *chunk, guint64 index, GError **error)
{
  ssize_t length =
      pwrite (scratch->fd, chunk, VMM_SCRATCH_CHUNK_BYTES, get_chunk_offset (scratch, index));

  scratch->operations++;
  if (length != (ssize_t) VMM_SCRATCH_CHUNK_BYTES)
    return fail_writing (scratch, length >= 0, error);
  scratch->written_bytes += VMM_SCRATCH_CHUNK_BYTES;
  return TRUE;
}

gboolean
vmm_scratch_flush (VmmScratch *scratch, GError **error)
{
  return fdatasync (scratch->fd) == 0 || fail_writing (scratch, FALSE, error);
}

void
vmm_scratch_count_read (VmmScratch *scratch, guint64 operations)
{
  scratch->operations += operations;
  scratch->read_bytes += operations * BLOCK_BYTES;
}
