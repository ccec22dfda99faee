/* SPDX-License-Identifier: MIT */
/* files: a small file made, written, read back and removed, in the page cache. */
#include "probe.h"

#include "random.h"
#include "vmm/language.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <unistd.h>

#define FILES 5
#define BYTES 2048

static gboolean
check (const VmmKit *kit, GError **error)
{
  return vmm_disk_check (kit, FALSE, error);
}

/* What is wrong, as errno; 0 = nothing. */
static int
write_file (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  int problem = 0;

  if (fd < 0)
    return errno;
  ssize_t written = write (fd, text, BYTES);
  if (written != BYTES)
    problem = written < 0 ? errno : ENOSPC;
  close (fd);
  return problem;
}

static int
read_file (const char *path, char *text)
{
  int fd = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  int problem = 0;

  if (fd < 0)
    return errno;
  ssize_t length = read (fd, text, BYTES);
  if (length != BYTES)
    problem = length < 0 ? errno : EIO;
  close (fd);
  return problem;
}

/* A name that was there before is another's, and stays. */
static int
do_file (const char *path, char *text)
{
  int problem = write_file (path, text);

  if (problem == EEXIST)
    return problem;
  if (problem == 0)
    problem = read_file (path, text);
  return unlink (path) < 0 && problem == 0 ? errno : problem;
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  const char      *dir = kit->scratch.dir.path;
  char             text[BYTES] = { 0 };
  int              problem = 0;
  g_autofree char *path = g_strdup_printf ("%s/vmm_monitor-%d-%016" G_GINT64_MODIFIER "x.probe",
                                           dir, (int) getpid (), vmm_random (&kit->random));

  vmm_stopwatch_start (&kit->watch);
  for (guint i = 0; i < FILES && problem == 0; i++)
    problem = do_file (path, text);
  vmm_stopwatch_stop (&kit->watch, 0, FILES);
  return problem == 0 ||
         vmm_scratch_fail (error, VMM_SAID ("%s: a small file: %s"), dir, vmm_strerror (problem));
}

const VmmProbe vmm_probe_files = {
  .channel = VMM_CHANNEL_PROBE_FILES,
  .activity = N_ ("small files"),
  .batches = 8,
  .budget_ms = 4,
  .factor = 1e-3, /* us */
  .refusal = VMM_CAUSE_NO_SCRATCH,
  .check = check,
  .batch = run_batch,
};
