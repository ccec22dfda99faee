/* SPDX-License-Identifier: MIT */
/* memory: how full memory, swap and the balloon are, from proc/meminfo. */
#include "passive.h"
#include "vmm/error.h"
#include "vmm/language.h"
#include "vmm/procfs.h"

#include <string.h>
#include <unistd.h>

/* The lines that are read, in the kernel's order. */
enum {
  TOTAL,
  FREE,
  AVAILABLE,
  BUFFERS,
  CACHED,
  SWAP_TOTAL,
  SWAP_FREE,
  SHMEM,
  RECLAIMABLE,
  BALLOON,
  N_LINES
};

static const char *const names[N_LINES] = {
  "MemTotal:",  "MemFree:",  "MemAvailable:", "Buffers:",      "Cached:",
  "SwapTotal:", "SwapFree:", "Shmem:",        "SReclaimable:", "Balloon:",
};

static const VmmChannelId channels[] = {
  VMM_CHANNEL_MEMORY_USED,
  VMM_CHANNEL_MEMORY_CACHE,
  VMM_CHANNEL_MEMORY_SWAP,
  VMM_CHANNEL_MEMORY_BALLOON,
};

typedef struct {
  Passive     passive;
  VmmProcFile meminfo, vmstat;
  gboolean    has_vmstat; /* vmstat counts the balloon, and meminfo does not show it */
  guint64     page_bytes;
} Memory;

/* Bytes per line; NAN for lines that are not there. */
static void
parse_meminfo (VmmProcText rest, double *ret_bytes)
{
  VmmProcText line;
  guint       next = 0;

  for (guint i = 0; i < N_LINES; i++)
    ret_bytes[i] = NAN;
  while (vmm_procfs_next_line (&rest, &line))
    for (guint tried = 0; tried < N_LINES; tried++, next = (next + 1) % N_LINES) {
      guint64 kib;
      if (!vmm_procfs_skip (&line, names[next]))
        continue;
      if (vmm_procfs_next_number (&line, &kib))
        ret_bytes[next] = 1024.0 * (double) kib;
      break;
    }
}

static double
or_zero (double bytes)
{
  return isnan (bytes) ? 0 : bytes;
}

/* What the kernel could give back: shared memory counts as cached and cannot be dropped. Kernels
 * without MemAvailable may lack some lines as well; from others a line that is missing was lost. */
static double
add_up_cache (const double *bytes)
{
  double buffers = bytes[BUFFERS], reclaimable = bytes[RECLAIMABLE], shared = bytes[SHMEM];

  if (isnan (bytes[AVAILABLE])) {
    buffers = or_zero (buffers);
    reclaimable = or_zero (reclaimable);
    shared = or_zero (shared);
  }
  return bytes[CACHED] + buffers + reclaimable - shared;
}

static void
put_used (Memory *memory, const double *bytes, float *row)
{
  double   total = bytes[TOTAL], available = bytes[AVAILABLE];
  VmmCause remark = VMM_CAUSE_NONE;

  if (isnan (available)) { /* before Linux 3.14 */
    available = bytes[FREE] + add_up_cache (bytes);
    remark = VMM_CAUSE_MEMORY_ESTIMATED;
  }
  if (isnan (available)) {
    passive_put_absent (&memory->passive, row, VMM_CHANNEL_MEMORY_USED, VMM_FAILED,
                        VMM_CAUSE_NO_AVAILABLE);
    return;
  }
  passive_put (&memory->passive, row, VMM_CHANNEL_MEMORY_USED,
               100 * (total - CLAMP (available, 0, total)) / total);
  memory->passive.reasons[VMM_CHANNEL_MEMORY_USED] = vmm_reason (remark);
}

static void
put_cache (Memory *memory, const double *bytes, float *row)
{
  double cache = add_up_cache (bytes);

  if (isnan (cache)) {
    passive_put_absent (&memory->passive, row, VMM_CHANNEL_MEMORY_CACHE, VMM_FAILED,
                        VMM_CAUSE_NO_CACHE);
    return;
  }
  passive_put (&memory->passive, row, VMM_CHANNEL_MEMORY_CACHE,
               100 * CLAMP (cache, 0, bytes[TOTAL]) / bytes[TOTAL]);
}

static void
put_swap (Memory *memory, const double *bytes, float *row)
{
  double total = bytes[SWAP_TOTAL], used = total - CLAMP (bytes[SWAP_FREE], 0, total);

  if (or_zero (total) == 0) {
    passive_put_absent (&memory->passive, row, VMM_CHANNEL_MEMORY_SWAP, VMM_NOT_EXPOSED,
                        VMM_CAUSE_NO_SWAP);
    return;
  }
  if (isnan (used)) {
    passive_put_absent (&memory->passive, row, VMM_CHANNEL_MEMORY_SWAP, VMM_FAILED,
                        VMM_CAUSE_NO_SWAP_FREE);
    return;
  }
  passive_put (&memory->passive, row, VMM_CHANNEL_MEMORY_SWAP, 100 * used / total);
}

/* Pages that went into the balloon less those that came out; NAN when nobody counts them. */
static double
read_vmstat (Memory *memory)
{
  VmmProcText line, rest;
  guint64     inflated = 0, deflated = 0;
  guint       found = 0;

  if (!vmm_procfs_read (&memory->vmstat, NULL))
    return NAN;
  rest = (VmmProcText){ memory->vmstat.text, memory->vmstat.text + memory->vmstat.length };
  while (found < 2 && vmm_procfs_next_line (&rest, &line))
    if (vmm_procfs_skip (&line, "balloon_inflate "))
      found += vmm_procfs_next_number (&line, &inflated);
    else if (vmm_procfs_skip (&line, "balloon_deflate "))
      found += vmm_procfs_next_number (&line, &deflated);
  if (found < 2)
    return NAN;
  return inflated < deflated ? 0 : (double) (inflated - deflated) * (double) memory->page_bytes;
}

/* Of MemTotal, which itself shrinks while most balloons grow: it may pass 100. */
static void
put_balloon (Memory *memory, const double *bytes, float *row)
{
  double balloon = bytes[BALLOON];

  if (isnan (balloon) && memory->has_vmstat)
    balloon = read_vmstat (memory);
  if (isnan (balloon)) {
    passive_put_absent (&memory->passive, row, VMM_CHANNEL_MEMORY_BALLOON, VMM_NOT_EXPOSED,
                        VMM_CAUSE_NO_BALLOON);
    return;
  }
  passive_put (&memory->passive, row, VMM_CHANNEL_MEMORY_BALLOON, 100 * balloon / bytes[TOTAL]);
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Memory *memory = (Memory *) source;
  double  bytes[N_LINES];

  g_clear_error (&memory->passive.error);
  if (!vmm_procfs_read (&memory->meminfo, &memory->passive.error)) {
    passive_fail (&memory->passive, row);
    return;
  }
  parse_meminfo (
      (VmmProcText){ memory->meminfo.text, memory->meminfo.text + memory->meminfo.length }, bytes);
  if (or_zero (bytes[TOTAL]) == 0) {
    g_set_error (&memory->passive.error, VMM_ERROR, VMM_ERROR_FORMAT,
                 VMM_SAID ("proc/meminfo: no \"MemTotal:\" line"));
    passive_fail (&memory->passive, row);
    return;
  }
  put_used (memory, bytes, row);
  put_cache (memory, bytes, row);
  put_swap (memory, bytes, row);
  put_balloon (memory, bytes, row);
}

static void
free_memory (VmmSource *source)
{
  Memory *memory = (Memory *) source;

  vmm_procfs_clear (&memory->meminfo);
  vmm_procfs_clear (&memory->vmstat);
  g_clear_error (&memory->passive.error);
  g_free (memory);
}

static const VmmSourceClass class = {
  .name = "memory",
  .channels = channels,
  .n_channels = G_N_ELEMENTS (channels),
  .sample = sample,
  .reason = passive_reason,
  .free = free_memory,
};

VmmSource *
vmm_memory_new (const char *root)
{
  g_return_val_if_fail (root != NULL, NULL);

  Memory *memory = g_new0 (Memory, 1);
  float   row[VMM_N_CHANNELS];

  memory->passive.source.class = &class;
  memory->page_bytes = (guint64) sysconf (_SC_PAGESIZE);
  vmm_procfs_init (&memory->meminfo, root, "proc/meminfo");
  vmm_procfs_init (&memory->vmstat, root, "proc/vmstat");
  memory->has_vmstat = !isnan (read_vmstat (memory)); /* a dear file, not to be read in vain */
  sample (&memory->passive.source, 0, row);           /* for the reasons */
  return &memory->passive.source;
}
