/* SPDX-License-Identifier: MIT */
/* probes: the source that puts each round of the probes into one row. */
#include "rounds.h"
#include "vmm/sources.h"

#include <unistd.h>

typedef struct {
  VmmSource base;
  VmmSourceClass class;
  VmmChannelId channels[VMM_MAX_PROBES + 1]; /* of the table, and self.iops */
  VmmRounds    rounds;
  gboolean     own_load_removed;
  char        *reason; /* lent out by get_reason() */
  gint64       last_us;
  guint64      last_operations;
} Probes;

static void
window_begins (VmmSource *source, gint64 now_us)
{
  Probes *self = (Probes *) source;

  self->last_us = 0;
  vmm_rounds_start (&self->rounds, now_us);
}

/* Also the stop, for one in a window. */
static void
window_ends (VmmSource *source)
{
  vmm_rounds_stop (&((Probes *) source)->rounds);
}

/* Our own operations per second since the last sample. */
static float
get_iops (Probes *self, gint64 now_us, guint64 operations)
{
  gint64  elapsed_us = now_us - self->last_us;
  guint64 done = operations - self->last_operations;
  float   value = vmm_absent (VMM_PENDING);

  if (self->last_us > 0 && elapsed_us > 0)
    value = (float) ((double) done * 1e6 / (double) elapsed_us);
  self->last_us = now_us;
  self->last_operations = operations;
  return value;
}

static void
sample (VmmSource *source, gint64 now_us, float *row)
{
  Probes                *self = (Probes *) source;
  guint                  n;
  const VmmProbe *const *table = vmm_probes_table (&n);
  VmmReport              report;

  if (!self->rounds.worker) {
    for (guint i = 0; i < self->class.n_channels; i++)
      row[self->channels[i]] = vmm_absent (VMM_OFF);
    return;
  }
  vmm_rounds_take (&self->rounds, &report);
  for (guint i = 0; i < n; i++) {
    float *value = &row[table[i]->channel];

    if (self->rounds.barriers[i])
      *value = vmm_absent (self->rounds.barriers[i]);
    else
      *value = report.is_new ? report.values[i] : vmm_absent (VMM_PENDING);
  }
  row[VMM_CHANNEL_SELF_IOPS] = get_iops (self, now_us, report.operations);
}

static VmmReason
get_reason (VmmSource *source, VmmChannelId channel)
{
  Probes                *self = (Probes *) source;
  guint                  n;
  const VmmProbe *const *table = vmm_probes_table (&n);

  for (guint i = 0; i < n; i++)
    if (table[i]->channel == channel) {
      VmmCause cause;
      g_free (self->reason);
      self->reason = vmm_rounds_get_reason (&self->rounds, i, &cause);
      return (VmmReason){ cause, self->reason };
    }
  return vmm_reason (VMM_CAUSE_NONE);
}

static void
describe (VmmSource *source, VmmDescription *description)
{
  Probes           *self = (Probes *) source;
  const VmmScratch *scratch = &self->rounds.kit.scratch; /* chosen once, at construction */
  VmmReport         report;

  g_mutex_lock (&self->rounds.lock);
  report = self->rounds.report;
  g_mutex_unlock (&self->rounds.lock);
  description->probes = (VmmProbesInfo){
    .scratch_dir = scratch->dir.path,
    .direct = scratch->dir.direct,
    .buffer_bytes = report.buffer_bytes,
    .own_load_removed = self->own_load_removed,
    .cpu_seconds = report.cpu_seconds,
    .read_bytes = report.read_bytes,
    .written_bytes = report.written_bytes,
    .rounds = report.rounds,
  };
  description->activity = g_atomic_pointer_get (&self->rounds.activity);
}

static void
free_probes (VmmSource *source)
{
  Probes *self = (Probes *) source;

  vmm_rounds_clear (&self->rounds);
  g_free (self->reason);
  g_free (self);
}

static const VmmSourceClass class = {
  .name = "probes",
  .stop = window_ends,
  .window_begins = window_begins,
  .window_ends = window_ends,
  .sample = sample,
  .reason = get_reason,
  .describe = describe,
  .free = free_probes,
};

/* A row of the table of probes fills a channel, without being named here. */
static void
init_class (Probes *self)
{
  guint                  n;
  const VmmProbe *const *table = vmm_probes_table (&n);

  for (guint i = 0; i < n; i++)
    self->channels[i] = table[i]->channel;
  self->channels[n] = VMM_CHANNEL_SELF_IOPS;
  self->class = class;
  self->class.channels = self->channels;
  self->class.n_channels = n + 1;
  self->base.class = &self->class;
}

VmmSource *
vmm_probes_new (const VmmProbesOptions *options)
{
  g_return_val_if_fail (options->interval_us > 0, NULL);

  Probes *self = g_new0 (Probes, 1);
  int     schedstat = vmm_waited_open ();

  init_class (self);
  self->own_load_removed = schedstat >= 0;
  if (schedstat >= 0)
    close (schedstat);
  vmm_rounds_init (&self->rounds, options);
  return &self->base;
}
