/* SPDX-License-Identifier: MIT */
/* deep: random reads of 4 KiB past the page cache, sixteen of them under way at any time. */
#include "probe.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <linux/aio_abi.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "vmm/language.h"

#define DEPTH 16
#define BUDGET_MS 65
#define BYTES ((gsize) DEPTH * VMM_SCRATCH_BLOCK_BYTES)

typedef struct {
  aio_context_t context; /* 0 = none */
  char         *blocks;
  gsize         bytes;
  struct iocb   requests[DEPTH];
} Deep;

static gboolean
check (const VmmKit *kit, GError **error)
{
  return vmm_disk_check (kit, TRUE, error);
}

static gboolean
fail (const char *what, int number, GError **error)
{
  g_set_error (error, VMM_ERROR, VMM_ERROR_UNSUPPORTED, "%s: %s", what, vmm_strerror (number));
  return FALSE;
}

/* A kernel without AIO, and a filter of system calls, refuse here. */
static gboolean
open_context (VmmKit *kit, GError **error)
{
  Deep *deep = kit->state;

  if (!vmm_disk_open (kit, error))
    return FALSE;
  if (syscall (SYS_io_setup, DEPTH, &deep->context) < 0) {
    deep->context = 0;
    return fail ("io_setup", errno, error);
  }
  deep->blocks = vmm_pages_new (kit, BYTES, BYTES, &deep->bytes, error);
  return deep->blocks != NULL;
}

static gboolean
enter (VmmKit *kit, GError **error)
{
  return vmm_disk_enter (kit, TRUE, error);
}

static void
aim (VmmKit *kit, struct iocb *request)
{
  Deep *deep = kit->state;
  guint i = (guint) (request - deep->requests);

  *request = (struct iocb){
    .aio_data = i,
    .aio_lio_opcode = IOCB_CMD_PREAD,
    .aio_fildes = (guint32) kit->scratch.fd,
    .aio_buf = (guintptr) (deep->blocks + (gsize) i * VMM_SCRATCH_BLOCK_BYTES),
    .aio_nbytes = VMM_SCRATCH_BLOCK_BYTES,
    .aio_offset = vmm_scratch_pick_offset (&kit->scratch, &kit->random),
  };
}

/* Sends the `n` requests; *under_way counts those that were. */
static gboolean
submit (VmmKit *kit, struct iocb **requests, guint n, guint *under_way, GError **error)
{
  const Deep *deep = kit->state;
  long        sent;

  for (guint i = 0; i < n; i++)
    aim (kit, requests[i]);
  for (guint done = 0; done < n; done += (guint) sent) {
    sent = syscall (SYS_io_submit, deep->context, (long) (n - done), requests + done);
    if (sent <= 0)
      return fail ("io_submit", sent < 0 ? errno : EAGAIN, error);
    *under_way += (guint) sent;
  }
  return TRUE;
}

/* Waits for some of those under way: `ret_done`, and how many they are; 0 and the error. */
static guint
reap (VmmKit *kit, struct iocb **ret_done, GError **error)
{
  Deep           *deep = kit->state;
  struct io_event events[DEPTH];
  long            n;

  do
    n = syscall (SYS_io_getevents, deep->context, 1L, (long) DEPTH, events, NULL);
  while (n < 0 && errno == EINTR);
  if (n <= 0)
    fail ("io_getevents", n < 0 ? errno : EAGAIN, error);
  for (long i = 0; i < n; i++) {
    ret_done[i] = &deep->requests[events[i].data];
    if (events[i].res != VMM_SCRATCH_BLOCK_BYTES && !*error)
      vmm_scratch_fail (error, VMM_SAID ("%s: reading the scratch file: %s"), kit->scratch.dir.path,
                        events[i].res < 0 ? vmm_strerror ((int) -events[i].res)
                                          : VMM_SAID ("cut off"));
  }
  vmm_scratch_count_read (&kit->scratch, n > 0 ? (guint64) n : 0);
  return n > 0 ? (guint) n : 0;
}

/* What is under way is always waited for: it writes into our memory. */
static guint64
run_reads (VmmKit *kit, gint64 begin_ns, GError **error)
{
  Deep        *deep = kit->state;
  struct iocb *ready[DEPTH];
  guint        n = DEPTH, under_way = 0;
  guint64      done = 0;

  for (guint i = 0; i < DEPTH; i++)
    ready[i] = &deep->requests[i];
  submit (kit, ready, n, &under_way, error);
  while (under_way > 0) {
    n = reap (kit, ready, error);
    if (n == 0)
      break;
    under_way -= n;
    done += n;
    if (!*error && !vmm_kit_is_over (kit, begin_ns, BUDGET_MS) &&
        vmm_idler_keep_awake (kit->idler, error))
      submit (kit, ready, n, &under_way, error);
  }
  return done;
}

static gboolean
run_batch (VmmKit *kit, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (!vmm_idler_keep_awake (kit->idler, error))
    return FALSE;
  gint64  begin_ns = vmm_stopwatch_start (&kit->watch);
  guint64 done = run_reads (kit, begin_ns, &problem);
  vmm_stopwatch_stop (&kit->watch, 0, done);
  if (!problem)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static void
close_context (VmmKit *kit)
{
  Deep *deep = kit->state;

  if (deep->context)
    syscall (SYS_io_destroy, deep->context);
  vmm_pages_free (kit, deep->blocks, deep->bytes);
  memset (deep, 0, sizeof *deep);
  vmm_disk_close (kit);
}

const VmmProbe vmm_probe_deep = {
  .channel = VMM_CHANNEL_PROBE_DEEP,
  .activity = N_ ("reading, 16 at once"),
  .batches = 1,
  .budget_ms = BUDGET_MS,
  .factor = 1e-3, /* us */
  .state_bytes = sizeof (Deep),
  .check = check,
  .refusal = VMM_CAUSE_NO_SCRATCH,
  .open = open_context,
  .enter = enter,
  .batch = run_batch,
  .leave = vmm_awake_leave,
  .close = close_context,
};
